//! Forgetting a need for good: its rows, what could be undone, and the bytes that they leave in the file.
//!
//! Invariant: afterwards no file of the data folder but those that are named holds what the need said. The file is
//! written anew, because a page keeps what was deleted from it, and so does the log of the database.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::backups::aside;
use super::{User, audit, backup, last};
use crate::api::types::{Changes, Deleted, Edit, Event, Forgotten, PortfolioPlan};
use crate::model::RecordRef;
use crate::store::{Folder, StoreError, db};

impl User {
    /// Forgets a need, and tells which files still hold it. May be asked again until none does.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process reads the file and so keeps its log alive; then the need is
    /// deleted, and asking again completes the work.
    pub fn forget(
        &self,
        folder: &Folder,
        reference: &RecordRef,
        now: &str,
    ) -> Result<Forgotten, StoreError> {
        let mut state = self.lock();
        let sql = |error| StoreError::sqlite(&self.path, error);
        // What is deleted is overwritten, and nothing of it goes to a temporary file.
        for (pragma, on) in [("secure_delete", true), ("temp_store", true)] {
            let value = if pragma == "temp_store" {
                2
            } else {
                i32::from(on)
            };
            state
                .connection
                .pragma_update(None, pragma, value)
                .map_err(sql)?;
        }
        let transaction = state
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(sql)?;
        delete(&transaction, reference, now).map_err(sql)?;
        transaction.commit().map_err(sql)?;
        let mentions = |edit: &Edit| mentions(edit, reference);
        state.undo.retain(|edit| !mentions(edit));
        state.redo.retain(|edit| !mentions(edit));
        state.connection.flush_prepared_statement_cache();
        state.connection.execute_batch("vacuum").map_err(sql)?;
        let busy: bool = state
            .connection
            .query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))
            .map_err(sql)?;
        if busy {
            return Err(StoreError::InUse(self.path.clone()));
        }
        let mut held: Vec<_> = backup::list(folder)
            .iter()
            .filter(|backup| holds(&backup.path, reference))
            .map(backup::Backup::view)
            .collect();
        held.extend(
            aside(folder)
                .iter()
                .filter(|path| holds(path, reference))
                .map(|path| backup::aside(path)),
        );
        Ok(Forgotten {
            changes: Changes {
                undo: state.undo.len(),
                redo: state.redo.len(),
                ..Changes::ALL
            },
            held,
        })
    }
}

/// Deletes every row that names the need, and takes it out of what names it among others.
fn delete(transaction: &Transaction<'_>, reference: &RecordRef, now: &str) -> rusqlite::Result<()> {
    let name = reference.to_string();
    let mut found = 0;
    for table in tables(transaction)? {
        found += transaction.execute(&format!("delete from \"{table}\" where ref = ?"), [&name])?;
    }
    last::forget_record(transaction, reference)?;
    let plan: Option<String> = transaction
        .query_row("select plan from portfolio", [], |row| row.get(0))
        .optional()?;
    if let Some(mut plan) = plan.and_then(|plan| serde_json::from_str::<PortfolioPlan>(&plan).ok())
    {
        plan.without.retain(|need| need != reference);
        plan.demands.retain(|one| one.reference != *reference);
        for pairs in [&mut plan.locks, &mut plan.forbids, &mut plan.kept] {
            pairs.retain(|pair| pair.need != *reference);
        }
        let json = serde_json::to_string(&plan).map_err(super::unreadable)?;
        transaction.execute("update portfolio set plan = ?", [json])?;
    }
    // Where the window was last may name it.
    transaction.execute(
        "delete from setting where key = 'address' and instr(value, ?) > 0",
        params![reference.id],
    )?;
    // The index of own records is thrown away: it would keep the words of what it only marks as deleted.
    transaction.execute("update own_revision set history = 'forgot ' || ?", [now])?;
    if found > 0 {
        let event = Event::Deletion {
            what: Deleted::NeedForgotten,
            count: 1,
        };
        audit::write(transaction, now, &event)?;
    }
    Ok(())
}

/// The tables whose rows are about one record: each has a column `ref`.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare(
            "select t.name from sqlite_schema t where t.type = 'table'
             and exists (select 1 from pragma_table_info(t.name) where name = 'ref') order by t.name",
        )?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// Whether what an undo or redo would bring back names the need.
fn mentions(edit: &Edit, reference: &RecordRef) -> bool {
    serde_json::to_string(edit).map_or(true, |json| json.contains(&reference.id))
}

/// Whether a file still holds the need: its name stands in it, whatever state the file is in.
fn holds(path: &Path, reference: &RecordRef) -> bool {
    let rows = || -> Result<bool, StoreError> {
        let connection = db::read(path)?;
        let sql = |error| StoreError::sqlite(path, error);
        for table in tables(&connection).map_err(sql)? {
            let there: bool = connection
                .query_row(
                    &format!("select exists (select 1 from \"{table}\" where ref = ?)"),
                    [reference.to_string()],
                    |row| row.get(0),
                )
                .map_err(sql)?;
            if there {
                return Ok(true);
            }
        }
        Ok(false)
    };
    matches!(rows(), Ok(true)) || contains(path, reference.id.as_bytes()).unwrap_or(true)
}

/// Whether bytes stand in a file.
fn contains(path: &Path, wanted: &[u8]) -> std::io::Result<bool> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut window: Vec<u8> = Vec::new();
    let mut block = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(false);
        }
        window.extend_from_slice(&block[..read]);
        if window.windows(wanted.len()).any(|part| part == wanted) {
            return Ok(true);
        }
        let keep = window.len().saturating_sub(wanted.len());
        window.drain(..keep);
    }
}
