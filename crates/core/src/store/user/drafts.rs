//! What is being written in a form: kept as it is typed, so that it outlives any end of the process. No edit that undo
//! would take back.

use rusqlite::{OptionalExtension as _, params};

use super::edit::{Edited, refused};
use super::needs::Desk;
use super::{User, own};
use crate::api::types::{Changes, Draft};
use crate::model::RecordRef;
use crate::store::StoreError;

/// Most drafts that are kept; the oldest give way.
const DRAFTS_MAX: u32 = 200;

impl User {
    /// What is being written, last changed first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let rows: Vec<(String, String, String)> = self.read(|connection| {
            connection
                .prepare_cached(
                    "select ref, changed, document from draft order by changed desc, ref",
                )?
                .query_map([], |row| {
                    Ok((row.get("ref")?, row.get("changed")?, row.get("document")?))
                })?
                .collect()
        })?;
        Ok(rows.into_iter().filter_map(draft).collect())
    }

    /// What is being written of a record.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn draft(&self, reference: &RecordRef) -> Result<Option<Draft>, StoreError> {
        let row = self.read(|connection| {
            connection
                .prepare_cached("select ref, changed, document from draft where ref = ?")?
                .query_row([reference.to_string()], |row| {
                    Ok((row.get("ref")?, row.get("changed")?, row.get("document")?))
                })
                .optional()
        })?;
        Ok(row.and_then(draft))
    }
}

fn draft((reference, changed, document): (String, String, String)) -> Option<Draft> {
    Some(Draft {
        reference: reference.parse().ok()?,
        changed,
        document: serde_json::from_str(&document).ok()?,
    })
}

/// Keeps what is being written of a record, or nothing more without a document.
pub(super) fn save(
    desk: &Desk<'_>,
    reference: &RecordRef,
    document: Option<&serde_json::Value>,
) -> Edited {
    let changes = Changes {
        own: true,
        ..Changes::NONE
    };
    if !reference.is_own() {
        return refused("ref");
    }
    let Some(document) = document else {
        delete(desk, reference)?;
        return Ok((None, changes));
    };
    let text = document.to_string();
    if !document.is_object() || text.len() > own::RECORD_MAX {
        return refused("document");
    }
    desk.transaction
        .execute(
            "insert or replace into draft (ref, changed, document) values (?, ?, ?)",
            params![reference.to_string(), desk.now, text],
        )
        .and_then(|_| {
            desk.transaction.execute(
                "delete from draft where ref in \
                 (select ref from draft order by changed desc, ref limit -1 offset ?)",
                [DRAFTS_MAX],
            )
        })
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    Ok((None, changes))
}

/// Forgets what was being written of a record.
pub(super) fn delete(desk: &Desk<'_>, reference: &RecordRef) -> Result<(), StoreError> {
    desk.transaction
        .prepare_cached("delete from draft where ref = ?")
        .and_then(|mut statement| statement.execute([reference.to_string()]))
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    Ok(())
}
