//! Putting needs back as they were: the inverse of every edit of needs, and how a work bundle comes in.

use super::remove::delete;
use super::{Desk, Edited, NEEDS, Need, refused};
use crate::api::types::Edit;
use crate::model::RecordRef;
use crate::store::StoreError;
use crate::store::user::own::RECORDS_MAX;
use crate::store::user::trash;

/// Most needs of a work bundle.
pub const NEEDS_MAX: usize = 2_000;

/// Puts each need in the place of what is there now; without a document it goes. A document is checked like anything
/// that crosses the boundary. What was last looked at is no edit, so it stays as it is.
pub(in crate::store::user) fn restore(
    desk: &Desk<'_>,
    needs: &[(RecordRef, Option<String>)],
) -> Edited {
    if needs.len() > RECORDS_MAX {
        return refused("needs");
    }
    let mut former = Vec::new();
    for (reference, document) in needs {
        if !reference.is_own_need() {
            return refused("ref");
        }
        let stored = desk.stored(reference)?;
        match document {
            Some(document) => {
                put_back(desk, reference, document)?;
                trash::take(desk, reference)?;
            }
            None => delete(desk, reference)?,
        }
        former.push((reference.clone(), stored));
    }
    // Taken back in the opposite order, should one need be named twice.
    former.reverse();
    let changed = former.iter().any(|(_, document)| document.is_some())
        || needs.iter().any(|(_, document)| document.is_some());
    let inverse = changed.then_some(Edit::RestoreNeeds { needs: former });
    Ok((inverse, NEEDS))
}

/// Puts a need back as its document says.
pub(in crate::store::user) fn put_back(
    desk: &Desk<'_>,
    reference: &RecordRef,
    document: &str,
) -> Result<(), StoreError> {
    let Ok(mut need) = serde_json::from_str::<Need>(document) else {
        return refused("document");
    };
    if let Some(stored) = desk.stored(reference)? {
        need.standings = desk.parse(&stored)?.standings;
    }
    desk.keep(reference, &need)
}
