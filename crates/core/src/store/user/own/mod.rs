//! The user's own records: one row a record, its document the record as a feed would carry it. One file per verb.
//!
//! Invariant: whatever changes an own record or a need is told to [`Desk::touch`], so that the index of own records
//! can follow by revisions.

mod links;
mod list;
mod save;
mod touched;

pub use links::OwnLink;
pub use list::OwnRecord;
pub(super) use save::{put, remove, save, stored};
pub(super) use touched::Touched;

use super::edit::refused;
use super::needs::Desk;
use crate::api::types::Changes;
use crate::model::{Kind, Record, RecordRef};
use crate::store::StoreError;

/// Largest record as JSON, in bytes.
pub const RECORD_MAX: usize = 256 * 1024;
/// Most records of one edit.
pub const RECORDS_MAX: usize = 1_000_000;
/// Longest name, in bytes.
const NAME_MAX: usize = 4 * 1024;

const OWN: Changes = Changes {
    own: true,
    ..Changes::NONE
};

/// Reads a document and checks that it is the record of that reference.
///
/// # Errors
/// [`StoreError::Edit`] with `ref`, `document`, `kind`, `id` or `name`.
pub fn check(reference: &RecordRef, document: &str) -> Result<Record, StoreError> {
    if !reference.is_own() || Kind::parse(&reference.kind).is_none_or(|kind| kind == Kind::Need) {
        return refused("ref");
    }
    if document.len() > RECORD_MAX {
        return refused("document");
    }
    let Ok(record) = serde_json::from_str::<Record>(document) else {
        return refused("document");
    };
    if record.kind().as_str() != reference.kind {
        return refused("kind");
    }
    if record.head().id != reference.id {
        return refused("id");
    }
    let name = record.head().name.any();
    if name.trim().is_empty() || name.len() > NAME_MAX {
        return refused("name");
    }
    Ok(record)
}
