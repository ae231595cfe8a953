//! Favourites: references with a whole copy of the record, so that they outlive their feed.

use rusqlite::{OptionalExtension as _, params};

use super::needs::Desk;
use super::{Kept, User};
use crate::api::types::{Changes, Edit};
use crate::model::RecordRef;
use crate::store::StoreError;

impl User {
    /// The favourites, newest first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn favourites(&self) -> Result<Vec<Kept>, StoreError> {
        self.kept_records(
            "select ref, added, copy from favourite order by added desc, ref",
            [],
        )
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
}

const FAVOURITES: Changes = Changes {
    favourites: true,
    ..Changes::NONE
};

/// Adds a favourite with a copy of the record as it is now.
pub(super) fn add(
    desk: &Desk<'_>,
    reference: &RecordRef,
) -> Result<(Option<Edit>, Changes), StoreError> {
    let copy = desk
        .copy_of(reference)?
        .ok_or_else(|| StoreError::NotFound(reference.to_string()))?;
    insert(desk, reference, desk.now, &copy)
}

/// Puts a favourite in its place.
pub(super) fn insert(
    desk: &Desk<'_>,
    reference: &RecordRef,
    added: &str,
    copy: &str,
) -> Result<(Option<Edit>, Changes), StoreError> {
    let inserted = desk
        .transaction
        .execute(
            "insert or ignore into favourite values (?, ?, ?)",
            params![reference.to_string(), added, copy],
        )
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    let inverse = (inserted == 1).then(|| Edit::RemoveFavourite {
        reference: reference.clone(),
    });
    Ok((inverse, FAVOURITES))
}

/// Removes a favourite.
pub(super) fn remove(
    desk: &Desk<'_>,
    reference: &RecordRef,
) -> Result<(Option<Edit>, Changes), StoreError> {
    let removed = desk
        .transaction
        .query_row(
            "delete from favourite where ref = ? returning added, copy",
            [reference.to_string()],
            |row| Ok((row.get("added")?, row.get("copy")?)),
        )
        .optional()
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    let inverse = removed.map(|(added, copy)| Edit::RestoreFavourite {
        reference: reference.clone(),
        added,
        copy,
    });
    Ok((inverse, FAVOURITES))
}
