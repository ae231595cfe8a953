//! The last edit, kept in the file itself: whoever opens it next, the terminal above all, can take it back.
//!
//! It is written in the transaction of the edit and goes with the next one, with an undo and with whatever is to come back
//! by no way. Steps before it are known only to the process that made them ([`super::undo`]): keeping those as well would
//! double every document in the file.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::User;
use crate::api::types::{Changes, Edit, LastEdit};
use crate::model::RecordRef;
use crate::store::StoreError;

impl User {
    /// The last edit, if it can be taken back.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn last_edit(&self) -> Result<Option<LastEdit>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select made, changes, records from last_edit")?
                .query_row([], |row| {
                    let changes: String = row.get("changes")?;
                    Ok(LastEdit {
                        made: row.get("made")?,
                        changes: serde_json::from_str(&changes).map_err(super::unreadable)?,
                        records: row.get("records")?,
                    })
                })
                .optional()
        })
    }
}

/// Keeps an edit with its inverse, in the place of the one before.
pub(super) fn keep(
    connection: &Connection,
    now: &str,
    edit: &Edit,
    inverse: &Edit,
    changes: Changes,
) -> rusqlite::Result<()> {
    let json = |written: serde_json::Result<String>| written.map_err(super::unreadable);
    connection.execute(
        "insert or replace into last_edit values (1, ?, ?, ?, ?)",
        params![
            now,
            json(serde_json::to_string(&changes))?,
            records(edit),
            json(serde_json::to_string(inverse))?,
        ],
    )?;
    Ok(())
}

/// Forgets the last edit.
pub(super) fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("delete from last_edit", [])?;
    Ok(())
}

/// Forgets the last edit if what takes it back names a record.
pub(super) fn forget_record(
    connection: &Connection,
    reference: &RecordRef,
) -> rusqlite::Result<()> {
    connection.execute(
        "delete from last_edit where instr(inverse, ?) > 0",
        [&reference.id],
    )?;
    Ok(())
}

/// What takes the last edit back.
pub(super) fn inverse(connection: &Connection) -> rusqlite::Result<Option<Edit>> {
    let inverse: Option<String> = connection
        .query_row("select inverse from last_edit", [], |row| row.get(0))
        .optional()?;
    inverse
        .map(|inverse| serde_json::from_str(&inverse).map_err(super::unreadable))
        .transpose()
}

/// How many records an edit is about.
fn records(edit: &Edit) -> u32 {
    let count = match edit {
        Edit::SaveRecords { records } => records.len(),
        Edit::RestoreNeeds { needs } => needs.len(),
        Edit::RestoreFavourites { favourites } => favourites.len(),
        Edit::RestoreMembers { members, .. } => members.len(),
        Edit::RestoreAnnotations { annotations } => annotations.len(),
        Edit::RemoveFavourites { refs }
        | Edit::MoveToTrash { refs }
        | Edit::RestoreTrash { refs }
        | Edit::AddMembers { refs, .. }
        | Edit::RemoveMembers { refs, .. }
        | Edit::SetTags { refs, .. } => refs.len(),
        _ => 1,
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}
