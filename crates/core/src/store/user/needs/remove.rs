//! Removing a need with all the work on it.

use super::{Desk, Edited, NEEDS, restoring};
use crate::model::RecordRef;
use crate::store::StoreError;

/// Removes a need; undo puts it back whole.
pub(in crate::store::user) fn remove(desk: &Desk<'_>, reference: &RecordRef) -> Edited {
    let document = desk.stored(reference)?;
    if document.is_some() {
        delete(desk, reference)?;
    }
    let inverse = document.map(|document| restoring(reference, Some(document)));
    Ok((inverse, NEEDS))
}

/// Deletes the row of a need.
pub(super) fn delete(desk: &Desk<'_>, reference: &RecordRef) -> Result<(), StoreError> {
    desk.transaction
        .execute("delete from need where ref = ?", [reference.to_string()])
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    Ok(())
}
