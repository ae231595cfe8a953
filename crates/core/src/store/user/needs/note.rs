//! The note on a need, and when something has to be done next.

use super::{Desk, Edited};
use crate::api::types::Happening;
use crate::model::{Date, RecordRef};

/// Sets both.
pub(in crate::store::user) fn note(
    desk: &Desk<'_>,
    reference: &RecordRef,
    note: &str,
    next: Option<&Date>,
) -> Edited {
    desk.change(reference, |need| {
        if need.note == note && need.next.as_ref() == next {
            return Ok(None);
        }
        note.clone_into(&mut need.note);
        need.next = next.cloned();
        Ok(Some(Happening::Noted))
    })
}
