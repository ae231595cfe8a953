//! The weights with which a need is matched.

use super::{Desk, Edited, NEEDS, restoring};
use crate::api::types::Weighing;
use crate::model::RecordRef;
use crate::store::StoreError;

/// Sets them. They say how somebody looks at the need and nothing about it, so its history does not tell.
pub(in crate::store::user) fn weigh(
    desk: &Desk<'_>,
    reference: &RecordRef,
    weighing: &Weighing,
) -> Edited {
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
