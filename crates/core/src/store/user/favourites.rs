//! Favourites: references with a whole copy of the record, so that they outlive their feed.

use super::User;
use crate::model::{Record, RecordRef};
use crate::store::StoreError;

/// A favourite as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFavourite {
    /// The record.
    pub reference: RecordRef,
    /// When it was added (ISO 8601).
    pub added: String,
    /// The record as it was then.
    pub record: Record,
}

impl User {
    /// The favourites, newest first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn favourites(&self) -> Result<Vec<StoredFavourite>, StoreError> {
        let rows: Vec<(String, String, String)> = self.read(|connection| {
            connection
                .prepare_cached("select ref, added, copy from favourite order by added desc, ref")?
                .query_map([], |row| {
                    Ok((row.get("ref")?, row.get("added")?, row.get("copy")?))
                })?
                .collect()
        })?;
        Ok(rows
            .into_iter()
            .filter_map(|(reference, added, copy)| {
                Some(StoredFavourite {
                    reference: reference.parse().ok()?,
                    added,
                    record: serde_json::from_str(&copy).ok()?,
                })
            })
            .collect())
    }

    /// The references of all favourites.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn favourite_refs(&self) -> Result<std::collections::BTreeSet<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select ref from favourite")?
                .query_map([], |row| row.get("ref"))?
                .collect()
        })
    }

    /// The copy kept with a favourite.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn favourite(&self, reference: &RecordRef) -> Result<Option<Record>, StoreError> {
        use rusqlite::OptionalExtension as _;
        let copy: Option<String> = self.read(|connection| {
            connection
                .prepare_cached("select copy from favourite where ref = ?")?
                .query_row([reference.to_string()], |row| row.get("copy"))
                .optional()
        })?;
        Ok(copy.and_then(|copy| serde_json::from_str(&copy).ok()))
    }
}
