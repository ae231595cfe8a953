//! The record of what happened to the data. It grows at its end alone, and the oldest lines give way. It holds facts
//! (which feed, how many), never what a record says.

use rusqlite::{Connection, params};

use super::User;
use crate::api::types::{AuditLine, Event};
use crate::store::StoreError;

/// Lines that are kept.
pub const LINES_MAX: u32 = 2_000;

impl User {
    /// Writes down what happened.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn record_event(&self, now: &str, event: &Event) -> Result<(), StoreError> {
        write(&self.lock().connection, now, event)
            .map_err(|error| StoreError::sqlite(&self.path, error))
    }

    /// The newest lines, newest first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn events(&self, limit: u32) -> Result<Vec<AuditLine>, StoreError> {
        let rows: Vec<(String, String)> = self.read(|connection| {
            connection
                .prepare_cached("select at, event from audit order by id desc limit ?")?
                .query_map([limit], |row| Ok((row.get("at")?, row.get("event")?)))?
                .collect()
        })?;
        // What a newer version wrote down and this one does not know is passed over.
        Ok(rows
            .into_iter()
            .filter_map(|(at, event)| {
                let what = serde_json::from_str(&event).ok()?;
                Some(AuditLine { at, what })
            })
            .collect())
    }
}

/// Writes a line within whatever transaction is open.
pub(super) fn write(connection: &Connection, now: &str, event: &Event) -> rusqlite::Result<()> {
    let json = serde_json::to_string(event).map_err(super::unreadable)?;
    connection
        .prepare_cached("insert into audit (at, event) values (?, ?)")?
        .execute(params![now, json])?;
    connection
        .prepare_cached("delete from audit where id <= (select max(id) from audit) - ?")?
        .execute([LINES_MAX])?;
    Ok(())
}
