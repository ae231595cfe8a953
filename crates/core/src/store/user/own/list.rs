//! Reading own records.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, Row, params};

use crate::api::types::OwnSort;
use crate::model::{Kind, Record, RecordRef};
use crate::store::StoreError;
use crate::store::user::{User, unreadable};

/// An own record as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnRecord {
    /// The record's name everywhere.
    pub reference: RecordRef,
    /// The record.
    pub record: Record,
    /// When it was written down (ISO 8601).
    pub created: String,
    /// When it was last changed (ISO 8601).
    pub changed: String,
}

impl User {
    /// An own record; needs are asked for by [`User::need`].
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_record(&self, reference: &RecordRef) -> Result<Option<OwnRecord>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select ref, created, changed, document from own where ref = ?")?
                .query_row([reference.to_string()], own_record)
                .optional()
        })
    }

    /// An own record or need, as records are shown.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own(&self, reference: &RecordRef) -> Result<Option<Record>, StoreError> {
        if reference.is_own_need() {
            return Ok(self.need(reference)?.map(|need| need.record(reference)));
        }
        Ok(self.own_record(reference)?.map(|own| own.record))
    }

    /// The JSON of an own record, as it was written.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_document(&self, reference: &RecordRef) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select document from own where ref = ?")?
                .query_row([reference.to_string()], |row| row.get("document"))
                .optional()
        })
    }

    /// The own records of a kind, `limit` of them after the first `offset`.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_records(
        &self,
        kind: Kind,
        sort: OwnSort,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<OwnRecord>, StoreError> {
        let sql = match sort {
            OwnSort::Changed => {
                "select ref, created, changed, document from own where kind = ? \
                 order by changed desc, ref desc limit ? offset ?"
            }
            OwnSort::Name => {
                "select ref, created, changed, document from own where kind = ? \
                 order by name, ref limit ? offset ?"
            }
        };
        self.read(|connection| {
            connection
                .prepare_cached(sql)?
                .query_map(params![kind.as_str(), limit, offset], own_record)?
                .collect()
        })
    }

    /// How many own records there are of each kind.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_counts(&self) -> Result<BTreeMap<String, u32>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select kind, count(*) from own group by kind")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// Whether there are any own records or needs.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn has_own(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select exists (select 1 from own) or exists (select 1 from need)")?
                .query_row([], |row| row.get(0))
        })
    }

    /// The revision of own records and needs, and a digest of how it came to be.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_revision(&self) -> Result<(u32, String), StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select max(revision) as revision, history from own_revision")?
                .query_row([], |row| Ok((row.get("revision")?, row.get("history")?)))
        })
    }

    /// The digest of how a former revision came to be, if it is still known.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_history(&self, revision: u32) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select history from own_revision where revision = ?")?
                .query_row([revision], |row| row.get("history"))
                .optional()
        })
    }

    /// The own records and needs that changed after a revision, in order; some may be gone.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_changes(&self, after: u32) -> Result<Vec<RecordRef>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select ref from own_change where revision > ? order by ref")?
                .query_map([after], reference)?
                .collect()
        })
    }

    /// How many own records and needs changed after a revision.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_changed(&self, after: u32) -> Result<u32, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select count(*) from own_change where revision > ?")?
                .query_row([after], |row| row.get(0))
        })
    }

    /// Tells every own record, in order of their references.
    ///
    /// # Errors
    /// Those of reading the file; what `each` answers.
    pub fn each_own<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(&RecordRef, &Record) -> Result<(), E>,
    ) -> Result<(), E> {
        // A page at a time: the lock is free in between, and memory does not grow with the records.
        const PAGE: u32 = 512;
        let mut after = String::new();
        loop {
            let page: Vec<OwnRecord> = self.read(|connection| {
                connection
                    .prepare_cached(
                        "select ref, created, changed, document from own where ref > ? order by ref limit ?",
                    )?
                    .query_map(params![after, PAGE], own_record)?
                    .collect()
            })?;
            for own in &page {
                each(&own.reference, &own.record)?;
            }
            match page.last() {
                Some(last) if page.len() == PAGE as usize => after = last.reference.to_string(),
                _ => return Ok(()),
            }
        }
    }
}

fn reference(row: &Row<'_>) -> rusqlite::Result<RecordRef> {
    row.get::<_, String>("ref")?.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}

fn own_record(row: &Row<'_>) -> rusqlite::Result<OwnRecord> {
    let document: String = row.get("document")?;
    Ok(OwnRecord {
        reference: reference(row)?,
        record: serde_json::from_str(&document).map_err(unreadable)?,
        created: row.get("created")?,
        changed: row.get("changed")?,
    })
}
