//! Removing a need with all the work on it.

use super::{Desk, Edited, NEEDS, Need};
use crate::api::types::{Changes, Edit};
use crate::model::RecordRef;
use crate::store::StoreError;
use crate::store::user::trash;

/// Moves a need to the trash; undo puts it back whole.
pub(in crate::store::user) fn remove(desk: &Desk<'_>, reference: &RecordRef) -> Edited {
    let there = discard(desk, reference)?;
    let inverse = there.then(|| Edit::RestoreTrash {
        refs: vec![reference.clone()],
    });
    let changes = Changes {
        trash: there,
        ..NEEDS
    };
    Ok((inverse, changes))
}

/// Moves a need to the trash and answers whether it was there.
pub(in crate::store::user) fn discard(
    desk: &Desk<'_>,
    reference: &RecordRef,
) -> Result<bool, StoreError> {
    let Some(document) = desk.stored(reference)? else {
        return Ok(false);
    };
    // A document that cannot be read is removed as it is: what is in the way of the user has to be removable.
    let need = serde_json::from_str::<Need>(&document).unwrap_or_default();
    trash::put(desk, reference, &need.form.title, &need.created, &document)?;
    delete(desk, reference)?;
    Ok(true)
}

/// Deletes the row of a need.
pub(super) fn delete(desk: &Desk<'_>, reference: &RecordRef) -> Result<(), StoreError> {
    desk.transaction
        .execute("delete from need where ref = ?", [reference.to_string()])
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    desk.touch(reference, "")
}
