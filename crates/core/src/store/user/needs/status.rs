//! How far the work on a need has come.

use super::{Desk, Edited, refused};
use crate::api::types::Happening;
use crate::model::{NeedStatus, RecordRef};

/// Sets the status. Giving a need up asks for a reason; no other status has one.
pub(in crate::store::user) fn set_status(
    desk: &Desk<'_>,
    reference: &RecordRef,
    status: NeedStatus,
    reason: &str,
) -> Edited {
    let reason = match status {
        NeedStatus::Dropped => reason.trim(),
        _ => "",
    };
    if status == NeedStatus::Dropped && reason.is_empty() {
        return refused("reason");
    }
    desk.change(reference, |need| {
        let from = std::mem::replace(&mut need.form.status, status);
        if from == status && need.reason == reason {
            return Ok(None);
        }
        reason.clone_into(&mut need.reason);
        Ok(Some(Happening::Status {
            from,
            to: status,
            reason: reason.to_owned(),
        }))
    })
}
