//! Kept mappings: how a table with certain columns became records.

use rusqlite::{OptionalExtension as _, params};

use super::User;
use super::edit::{Edited, refused};
use super::needs::Desk;
use crate::api::types::{Changes, Edit, TableMapping};
use crate::store::StoreError;

/// Largest mapping as JSON, in bytes.
const MAPPING_MAX: usize = 1024 * 1024;

const MAPPINGS: Changes = Changes {
    mappings: true,
    ..Changes::NONE
};

impl User {
    /// The mapping kept for columns; none when there is none, or when a newer version wrote it.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn mapping(&self, fingerprint: &str) -> Result<Option<TableMapping>, StoreError> {
        let document: Option<String> = self.read(|connection| {
            connection
                .prepare_cached("select document from mapping where fingerprint = ?")?
                .query_row([fingerprint], |row| row.get("document"))
                .optional()
        })?;
        Ok(document.and_then(|document| serde_json::from_str(&document).ok()))
    }
}

/// Keeps a mapping, or removes it.
pub(super) fn save(desk: &Desk<'_>, fingerprint: &str, mapping: Option<&TableMapping>) -> Edited {
    let sql = |error| StoreError::sqlite(desk.path, error);
    if fingerprint.len() != 64 || !fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return refused("fingerprint");
    }
    let before: Option<String> = desk
        .transaction
        .query_row(
            "select document from mapping where fingerprint = ?",
            [fingerprint],
            |row| row.get("document"),
        )
        .optional()
        .map_err(sql)?;
    let document = mapping.map(serde_json::to_string).transpose();
    let Ok(document) = document else {
        return refused("mapping");
    };
    if document
        .as_ref()
        .is_some_and(|document| document.len() > MAPPING_MAX)
    {
        return refused("mapping");
    }
    if before == document {
        return Ok((None, MAPPINGS));
    }
    match (&document, mapping) {
        (Some(document), Some(mapping)) => desk.transaction.execute(
            "insert or replace into mapping (fingerprint, kind, changed, document) values (?, ?, ?, ?)",
            params![fingerprint, mapping.kind.as_str(), desk.now, document],
        ),
        _ => desk
            .transaction
            .execute("delete from mapping where fingerprint = ?", [fingerprint]),
    }
    .map_err(sql)?;
    let inverse = Edit::SaveMapping {
        fingerprint: fingerprint.to_owned(),
        mapping: before
            .and_then(|before| serde_json::from_str(&before).ok())
            .map(Box::new),
    };
    Ok((Some(inverse), MAPPINGS))
}
