//! Favourites: references with a whole copy of the record, so that they outlive their feed.

use rusqlite::{OptionalExtension as _, params};

use super::edit::Edited;
use super::needs::Desk;
use super::{Kept, User};
use crate::api::types::{Changes, Edit, StoredFavourite};
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
pub(super) fn add(desk: &Desk<'_>, reference: &RecordRef) -> Edited {
    let copy = desk
        .copy_of(reference)?
        .ok_or_else(|| StoreError::NotFound(reference.to_string()))?;
    let favourite = StoredFavourite {
        reference: reference.clone(),
        added: desk.now.to_owned(),
        copy,
    };
    restore(desk, &[favourite])
}

/// Puts favourites in their place; those that are there already stay as they are.
pub(super) fn restore(desk: &Desk<'_>, favourites: &[StoredFavourite]) -> Edited {
    let mut refs = Vec::new();
    for favourite in favourites {
        let inserted = desk
            .transaction
            .prepare_cached("insert or ignore into favourite values (?, ?, ?)")
            .and_then(|mut statement| {
                statement.execute(params![
                    favourite.reference.to_string(),
                    favourite.added,
                    favourite.copy
                ])
            })
            .map_err(|error| StoreError::sqlite(desk.path, error))?;
        if inserted == 1 {
            refs.push(favourite.reference.clone());
        }
    }
    let inverse = (!refs.is_empty()).then_some(Edit::RemoveFavourites { refs });
    Ok((inverse, FAVOURITES))
}

/// Removes favourites.
pub(super) fn remove(desk: &Desk<'_>, refs: &[RecordRef]) -> Edited {
    let mut favourites = Vec::new();
    for reference in refs {
        let removed = desk
            .transaction
            .prepare_cached("delete from favourite where ref = ? returning added, copy")
            .and_then(|mut statement| {
                statement
                    .query_row([reference.to_string()], |row| {
                        Ok((row.get("added")?, row.get("copy")?))
                    })
                    .optional()
            })
            .map_err(|error| StoreError::sqlite(desk.path, error))?;
        favourites.extend(removed.map(|(added, copy)| StoredFavourite {
            reference: reference.clone(),
            added,
            copy,
        }));
    }
    let inverse = (!favourites.is_empty()).then_some(Edit::RestoreFavourites { favourites });
    Ok((inverse, FAVOURITES))
}
