//! The shortlist of a need: whole copies of records, so that they outlive their feed.

use super::{Desk, Edited, Kept, SHORTLIST_MAX, refused};
use crate::api::types::Happening;
use crate::model::RecordRef;
use crate::store::StoreError;

/// Puts a record on the shortlist with a copy of it as it is now, or changes the note on one that is there already.
pub(in crate::store::user) fn shortlist(
    desk: &Desk<'_>,
    need: &RecordRef,
    reference: &RecordRef,
    note: &str,
) -> Edited {
    desk.change(need, |need| {
        let listed = need
            .shortlist
            .iter_mut()
            .find(|kept| kept.reference == *reference);
        if let Some(kept) = listed {
            if kept.note == note {
                return Ok(None);
            }
            note.clone_into(&mut kept.note);
            return Ok(Some(Happening::Noted));
        }
        if need.shortlist.len() == SHORTLIST_MAX {
            return refused("shortlist");
        }
        let missing = || StoreError::NotFound(reference.to_string());
        let copy = desk.copy_of(reference)?.ok_or_else(missing)?;
        let kept = Kept {
            reference: reference.clone(),
            added: desk.now.to_owned(),
            note: note.to_owned(),
            record: serde_json::from_str(&copy).map_err(|_| missing())?,
        };
        // A record of a kind that nobody here can show cannot be found, so nobody means it.
        let record = kept.named().ok_or_else(missing)?;
        need.shortlist.push(kept);
        Ok(Some(Happening::Shortlisted { record }))
    })
}

/// Takes a record off the shortlist.
pub(in crate::store::user) fn unlist(
    desk: &Desk<'_>,
    need: &RecordRef,
    reference: &RecordRef,
) -> Edited {
    desk.change(need, |need| {
        let place = need
            .shortlist
            .iter()
            .position(|kept| kept.reference == *reference);
        let Some(place) = place else {
            return Ok(None);
        };
        let kept = need.shortlist.remove(place);
        Ok(kept.named().map(|record| Happening::Unlisted { record }))
    })
}
