//! Applying an edit, which answers its inverse.

use std::path::Path;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::settings;
use crate::api::types::{Changes, Edit};
use crate::model::RecordRef;
use crate::store::StoreError;

/// Applies an edit. The inverse is absent when nothing changed.
pub(super) fn apply(
    transaction: &Transaction<'_>,
    path: &Path,
    edit: &Edit,
    now: &str,
    copy: &dyn Fn(&RecordRef) -> Result<Option<String>, StoreError>,
) -> Result<(Option<Edit>, Changes), StoreError> {
    let sql = |error| StoreError::sqlite(path, error);
    match edit {
        Edit::SetSetting { key, value } => {
            let value = settings::check(key, value)?;
            let before: Option<String> = transaction
                .query_row("select value from setting where key = ?", [key], |row| {
                    row.get(0)
                })
                .optional()
                .map_err(sql)?;
            let changes = Changes {
                settings: true,
                ..Changes::default()
            };
            if before.as_ref() == Some(&value) {
                return Ok((None, changes));
            }
            transaction
                .execute(
                    "insert or replace into setting values (?, ?)",
                    params![key, value],
                )
                .map_err(sql)?;
            // Where one was, and how the window looked, is no edit that somebody would take back.
            let inverse = settings::is_undoable(key).then(|| Edit::SetSetting {
                key: key.clone(),
                value: before
                    .and_then(|json| serde_json::from_str(&json).ok())
                    .unwrap_or_else(|| settings::default_of(key)),
            });
            Ok((inverse, changes))
        }
        Edit::AddFavourite { reference } => {
            let copy =
                copy(reference)?.ok_or_else(|| StoreError::NotFound(reference.to_string()))?;
            insert(transaction, reference, now, &copy).map_err(sql)
        }
        Edit::RestoreFavourite {
            reference,
            added,
            copy,
        } => insert(transaction, reference, added, copy).map_err(sql),
        Edit::RemoveFavourite { reference } => {
            let removed = transaction
                .query_row(
                    "delete from favourite where ref = ? returning added, copy",
                    [reference.to_string()],
                    |row| Ok((row.get("added")?, row.get("copy")?)),
                )
                .optional()
                .map_err(sql)?;
            let inverse = removed.map(|(added, copy)| Edit::RestoreFavourite {
                reference: reference.clone(),
                added,
                copy,
            });
            Ok((inverse, FAVOURITES))
        }
    }
}

const FAVOURITES: Changes = Changes {
    settings: false,
    favourites: true,
    undo: 0,
    redo: 0,
};

fn insert(
    transaction: &Transaction<'_>,
    reference: &RecordRef,
    added: &str,
    copy: &str,
) -> rusqlite::Result<(Option<Edit>, Changes)> {
    let inserted = transaction.execute(
        "insert or ignore into favourite values (?, ?, ?)",
        params![reference.to_string(), added, copy],
    )?;
    Ok((
        (inserted == 1).then(|| Edit::RemoveFavourite {
            reference: reference.clone(),
        }),
        FAVOURITES,
    ))
}
