//! Corrections of catalog records and remarks on them. The records stay as their feed has them: the screen shows both.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension as _, params};

use super::User;
use super::edit::{Edited, refused};
use super::needs::Desk;
use crate::api::types::{Changes, Edit, Overlay};
use crate::model::RecordRef;
use crate::store::StoreError;

/// Most corrections of a record.
const CORRECTIONS_MAX: usize = 100;
/// Largest overlay as JSON, in bytes.
const OVERLAY_MAX: usize = 64 * 1024;

const OVERLAYS: Changes = Changes {
    overlays: true,
    ..Changes::NONE
};

impl User {
    /// The corrections of a record.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn overlay(&self, reference: &RecordRef) -> Result<Option<Overlay>, StoreError> {
        let document: Option<String> = self.read(|connection| {
            connection
                .prepare_cached("select document from overlay where ref = ?")?
                .query_row([reference.to_string()], |row| row.get("document"))
                .optional()
        })?;
        Ok(document.and_then(|document| serde_json::from_str(&document).ok()))
    }

    /// The references of all records that the user corrected, last changed first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn overlay_refs(&self) -> Result<Vec<RecordRef>, StoreError> {
        let refs: Vec<String> = self.read(|connection| {
            connection
                .prepare_cached("select ref from overlay order by changed desc, ref")?
                .query_map([], |row| row.get("ref"))?
                .collect()
        })?;
        Ok(refs.iter().filter_map(|text| text.parse().ok()).collect())
    }
}

/// Puts the corrections of a record in the place of those that are there; without any they go.
pub(super) fn save(desk: &Desk<'_>, reference: &RecordRef, overlay: Option<&Overlay>) -> Edited {
    let sql = |error| StoreError::sqlite(desk.path, error);
    if reference.is_own() {
        return refused("ref");
    }
    let document = overlay.map(check).transpose()?;
    let before: Option<String> = desk
        .transaction
        .query_row(
            "select document from overlay where ref = ?",
            [reference.to_string()],
            |row| row.get("document"),
        )
        .optional()
        .map_err(sql)?;
    if before == document {
        return Ok((None, OVERLAYS));
    }
    match document {
        Some(document) => desk.transaction.execute(
            "insert or replace into overlay (ref, changed, document) values (?, ?, ?)",
            params![reference.to_string(), desk.now, document],
        ),
        None => desk
            .transaction
            .execute("delete from overlay where ref = ?", [reference.to_string()]),
    }
    .map_err(sql)?;
    let before = before
        .map(|before| serde_json::from_str(&before).map_err(super::unreadable))
        .transpose()
        .map_err(sql)?;
    let inverse = Edit::SaveOverlay {
        reference: reference.clone(),
        overlay: before,
    };
    Ok((Some(inverse), OVERLAYS))
}

fn check(overlay: &Overlay) -> Result<String, StoreError> {
    let fields: BTreeSet<&str> = overlay
        .corrections
        .iter()
        .map(|correction| correction.field.as_str())
        .collect();
    if overlay.corrections.len() > CORRECTIONS_MAX
        || fields.len() < overlay.corrections.len()
        || fields
            .iter()
            .any(|field| field.is_empty() || field.len() > 64)
    {
        return refused("corrections");
    }
    if overlay.corrections.is_empty() && overlay.note.trim().is_empty() {
        return refused("overlay");
    }
    let Ok(document) = serde_json::to_string(overlay) else {
        return refused("overlay");
    };
    if document.len() > OVERLAY_MAX {
        return refused("overlay");
    }
    Ok(document)
}
