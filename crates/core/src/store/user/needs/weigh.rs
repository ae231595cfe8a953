//! The weights with which a need is matched.

use super::{Desk, Edited, NEEDS, document, refused, restoring};
use crate::api::types::{Edit, Weighing};
use crate::model::{Kind, RecordRef};
use crate::store::StoreError;
use crate::store::user::keyed::Keyed;
use crate::store::user::{User, unreadable};

impl User {
    /// The weights with which a need of the catalog is matched; an own need holds its own.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn weighing(&self, reference: &RecordRef) -> Result<Weighing, StoreError> {
        Ok(read(self.keyed(Keyed::Weighing, reference)?))
    }
}

/// What cannot be read is no weights at all.
fn read(kept: Option<String>) -> Weighing {
    let kept = kept.and_then(|kept| serde_json::from_str(&kept).ok());
    kept.unwrap_or_default()
}

/// Sets them. They say how somebody looks at the need and nothing about it, so its history does not tell.
pub(in crate::store::user) fn weigh(
    desk: &Desk<'_>,
    reference: &RecordRef,
    weighing: &Weighing,
) -> Edited {
    if !reference.is_own_need() {
        return weigh_public(desk, reference, weighing);
    }
    let document = desk
        .stored(reference)?
        .ok_or_else(|| StoreError::NotFound(reference.to_string()))?;
    let mut need = desk.parse(&document)?;
    if need.weighing == *weighing {
        return Ok((None, NEEDS));
    }
    need.weighing = weighing.clone();
    desk.now.clone_into(&mut need.changed);
    desk.keep(reference, &need)?;
    Ok((Some(restoring(reference, Some(document))), NEEDS))
}

fn weigh_public(desk: &Desk<'_>, reference: &RecordRef, weighing: &Weighing) -> Edited {
    if reference.kind != Kind::Need.as_str() || reference.is_own() {
        refused("ref")?;
    }
    if !document::fit(weighing) {
        refused("weights")?;
    }
    let before = read(desk.keyed(Keyed::Weighing, reference)?);
    if before == *weighing {
        return Ok((None, NEEDS));
    }
    let written = serde_json::to_string(weighing).map_err(|error| desk.sql(unreadable(error)))?;
    let kept = (*weighing != Weighing::default()).then_some(written);
    desk.set_keyed(Keyed::Weighing, reference, kept.as_deref())?;
    let inverse = Edit::WeighNeed {
        reference: reference.clone(),
        weighing: before,
    };
    Ok((Some(inverse), NEEDS))
}
