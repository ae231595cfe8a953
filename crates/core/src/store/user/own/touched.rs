//! Which own records and needs changed, so that the index can follow.

use std::cell::RefCell;

use rusqlite::params;
use sha2::{Digest as _, Sha256};

use super::Desk;
use crate::feed::Digest;
use crate::model::RecordRef;
use crate::store::StoreError;

/// Revisions by which an index is recognised; one that is further behind is built anew.
const REVISIONS: u32 = 1_000;

/// What an edit touched so far: a digest over it, nothing when nothing was.
#[derive(Default)]
pub(in crate::store::user) struct Touched(RefCell<Option<Sha256>>);

impl Desk<'_> {
    /// Notes that an own record or a need has now this document, or none when it is empty.
    pub(in crate::store::user) fn touch(
        &self,
        reference: &RecordRef,
        document: &str,
    ) -> Result<(), StoreError> {
        let reference = reference.to_string();
        self.transaction
            .prepare_cached(
                "insert into own_change (ref, revision) values (?1, (select max(revision) + 1 from own_revision)) \
                 on conflict (ref) do update set revision = excluded.revision",
            )
            .and_then(|mut statement| statement.execute([&reference]))
            .map_err(|error| StoreError::sqlite(self.path, error))?;
        let mut touched = self.touched.0.borrow_mut();
        let digest = touched.get_or_insert_with(Sha256::new);
        for part in [&reference, document] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Ok(())
    }

    /// Ends the edit: what it touched is a revision.
    pub(in crate::store::user) fn close(&self) -> Result<(), StoreError> {
        let Some(mut digest) = self.touched.0.take() else {
            return Ok(());
        };
        let sql = |error| StoreError::sqlite(self.path, error);
        let (revision, before): (u32, String) = self
            .transaction
            .query_row(
                "select max(revision), history from own_revision",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .map_err(sql)?;
        digest.update(before);
        let history = Digest(digest.finalize().into()).to_string();
        self.transaction
            .execute(
                "insert into own_revision (revision, history) values (?, ?)",
                params![revision + 1, history],
            )
            .map_err(sql)?;
        self.transaction
            .execute(
                "delete from own_revision where revision <= ?",
                [revision.saturating_sub(REVISIONS)],
            )
            .map_err(sql)?;
        Ok(())
    }
}
