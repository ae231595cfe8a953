//! The user's needs: one row a need, one document with all the work on it, one file a verb.
//!
//! Invariant: every edit answers `RestoreNeeds` with the whole former document, so that undo and redo bring back
//! exactly what was. Every edit but that one and the weights appends to the history.

pub mod bundle;
mod document;
mod list;
mod look;
mod note;
mod remove;
mod restore;
mod save;
mod shortlist;
mod status;
mod weigh;

pub use document::{Kept, NOTE_MAX, Need, SHORTLIST_MAX, Standing, StandingHit, TEXT_MAX};
pub(super) use note::note;
pub(super) use remove::{discard, remove};
pub use restore::NEEDS_MAX;
pub(super) use restore::{put_back, restore};
pub(super) use save::save;
pub(super) use shortlist::{shortlist, unlist};
pub(super) use status::set_status;
pub(super) use weigh::weigh;

use std::path::Path;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::edit::{Copy, Edited, refused};
use super::own::{self, Touched};
use super::unreadable;
use crate::api::types::{Changes, Edit, Happening};
use crate::model::RecordRef;
use crate::store::StoreError;

const NEEDS: Changes = Changes {
    needs: true,
    ..Changes::NONE
};

/// The transaction in which an edit is applied, and where it is.
pub(super) struct Desk<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    pub(super) path: &'a Path,
    /// The time (ISO 8601).
    pub(super) now: &'a str,
    /// Reads a record of the catalog as it is now.
    pub(super) copy: &'a Copy<'a>,
    /// Which own records and needs the edit changed so far.
    pub(super) touched: Touched,
}

impl Desk<'_> {
    /// A copy of a record as it is now, wherever it is.
    pub(super) fn copy_of(&self, reference: &RecordRef) -> Result<Option<String>, StoreError> {
        if reference.is_own_need() {
            let Some(document) = self.stored(reference)? else {
                return Ok(None);
            };
            let record = self.parse(&document)?.record(reference);
            return serde_json::to_string(&record)
                .map(Some)
                .map_err(|error| self.unreadable(error));
        }
        if reference.is_own() {
            return own::stored(self, reference);
        }
        (self.copy)(reference)
    }

    /// Runs a statement that answers nothing.
    pub(super) fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params))
            .map(|_| ())
            .map_err(|error| self.sql(error))
    }

    /// The number that a statement answers.
    pub(super) fn count(&self, sql: &str) -> Result<u32, StoreError> {
        self.transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(|error| self.sql(error))
    }

    /// Tells a failure of SQLite apart.
    pub(super) fn sql(&self, error: rusqlite::Error) -> StoreError {
        StoreError::sqlite(self.path, error)
    }

    /// The document of a need as stored.
    fn stored(&self, reference: &RecordRef) -> Result<Option<String>, StoreError> {
        self.transaction
            .query_row(
                "select document from need where ref = ?",
                [reference.to_string()],
                |row| row.get("document"),
            )
            .optional()
            .map_err(|error| StoreError::sqlite(self.path, error))
    }

    /// Writes a need, and takes from it what lists show.
    fn write(&self, reference: &RecordRef, need: &Need) -> Result<(), StoreError> {
        need.check()?;
        let row = need.row(reference);
        let date = |date: &Option<crate::model::Date>| date.as_ref().map(ToString::to_string);
        let document = serde_json::to_string(need).map_err(|error| self.unreadable(error))?;
        self.transaction
            .execute(
                "insert or replace into need (ref, title, enterprise, masked, status, reason, next, deadline, expires, \
                 shortlisted, created, changed, document) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    reference.to_string(),
                    row.title,
                    row.enterprise,
                    row.masked,
                    row.status.as_str(),
                    row.reason,
                    date(&row.next),
                    date(&row.deadline),
                    date(&row.expires),
                    row.shortlisted,
                    need.created,
                    row.changed,
                    document,
                ],
            )
            .map_err(|error| StoreError::sqlite(self.path, error))?;
        Ok(())
    }

    /// Writes a need that an edit changed.
    fn keep(&self, reference: &RecordRef, need: &Need) -> Result<(), StoreError> {
        self.write(reference, need)?;
        let form = serde_json::to_string(&need.form).map_err(|error| self.unreadable(error))?;
        self.touch(reference, &form)
    }

    /// Changes a need that is there. `work` answers what happened, or nothing when nothing changed.
    fn change(
        &self,
        reference: &RecordRef,
        work: impl FnOnce(&mut Need) -> Result<Option<Happening>, StoreError>,
    ) -> Edited {
        let document = self
            .stored(reference)?
            .ok_or_else(|| StoreError::NotFound(reference.to_string()))?;
        let mut need = self.parse(&document)?;
        let Some(happening) = work(&mut need)? else {
            return Ok((None, NEEDS));
        };
        self.now.clone_into(&mut need.changed);
        need.happened(happening, self.now);
        self.keep(reference, &need)?;
        Ok((Some(restoring(reference, Some(document))), NEEDS))
    }

    fn parse(&self, document: &str) -> Result<Need, StoreError> {
        serde_json::from_str(document).map_err(|error| self.unreadable(error))
    }

    fn unreadable(&self, error: serde_json::Error) -> StoreError {
        StoreError::sqlite(self.path, unreadable(error))
    }
}

fn restoring(reference: &RecordRef, document: Option<String>) -> Edit {
    Edit::RestoreNeeds {
        needs: vec![(reference.clone(), document)],
    }
}
