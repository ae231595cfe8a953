//! The trash: what was removed, whole, for 30 days. Any table may put its rows here by their references; restoring
//! hands each back to where it came from.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::edit::{Edited, refused};
use super::needs::{self, Desk};
use super::{User, audit, own};
use crate::api::types::{Changes, Deleted, Edit, Event, TrashEntry};
use crate::model::RecordRef;
use crate::store::StoreError;

/// How long what was removed is kept.
const KEPT_DAYS: i64 = 30;
/// Most entries of one edit.
const REFS_MAX: usize = own::RECORDS_MAX;

/// What the trash held of a reference.
pub(super) struct Taken {
    pub(super) created: String,
    pub(super) document: String,
}

const TRASH: Changes = Changes {
    trash: true,
    ..Changes::NONE
};

impl User {
    /// What is in the trash, last removed first, `limit` entries after the first `offset`; and how many there are.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn trash(&self, offset: u32, limit: u32) -> Result<(Vec<TrashEntry>, u32), StoreError> {
        self.read(|connection| {
            let total = connection
                .prepare_cached("select count(*) from trash")?
                .query_row([], |row| row.get(0))?;
            let entries: Vec<TrashEntry> = connection
                .prepare_cached(
                    "select ref, name, created, removed from trash order by removed desc, ref limit ? offset ?",
                )?
                .query_map([limit, offset], |row| {
                    let reference: String = row.get("ref")?;
                    Ok(TrashEntry {
                        reference: reference.parse().map_err(|error| {
                            rusqlite::Error::FromSqlConversionFailure(
                                0,
                                rusqlite::types::Type::Text,
                                Box::new(error),
                            )
                        })?,
                        name: row.get("name")?,
                        created: row.get("created")?,
                        removed: row.get("removed")?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok((entries, total))
        })
    }

    /// The references of everything in the trash.
    pub(super) fn trash_refs(&self) -> Result<Vec<RecordRef>, StoreError> {
        let refs: Vec<String> = self.read(|connection| {
            connection
                .prepare_cached("select ref from trash")?
                .query_map([], |row| row.get("ref"))?
                .collect()
        })?;
        Ok(refs.iter().filter_map(|text| text.parse().ok()).collect())
    }
}

/// Puts what was removed into the trash.
pub(super) fn put(
    desk: &Desk<'_>,
    reference: &RecordRef,
    name: &str,
    created: &str,
    document: &str,
) -> Result<(), StoreError> {
    desk.transaction
        .prepare_cached(
            "insert or replace into trash (ref, name, created, removed, document) values (?, ?, ?, ?, ?)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                reference.to_string(),
                name,
                created,
                desk.now,
                document
            ])
        })
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    Ok(())
}

/// Takes something out of the trash, if it is there.
pub(super) fn take(desk: &Desk<'_>, reference: &RecordRef) -> Result<Option<Taken>, StoreError> {
    desk.transaction
        .prepare_cached("delete from trash where ref = ? returning created, document")
        .and_then(|mut statement| {
            statement
                .query_row([reference.to_string()], |row| {
                    Ok(Taken {
                        created: row.get("created")?,
                        document: row.get("document")?,
                    })
                })
                .optional()
        })
        .map_err(|error| StoreError::sqlite(desk.path, error))
}

/// Moves own records and needs to the trash.
pub(super) fn discard(desk: &Desk<'_>, refs: &[RecordRef]) -> Edited {
    if refs.len() > REFS_MAX {
        return refused("refs");
    }
    let mut removed = Vec::new();
    let mut changes = TRASH;
    for reference in refs {
        let there = if reference.is_own_need() {
            changes.needs = true;
            needs::discard(desk, reference)?
        } else if reference.is_own() {
            changes.own = true;
            own::remove(desk, reference)?.is_some()
        } else {
            return refused("ref");
        };
        if there {
            removed.push(reference.clone());
        }
    }
    let inverse = (!removed.is_empty()).then_some(Edit::RestoreTrash { refs: removed });
    Ok((inverse, changes))
}

/// Puts what is in the trash back where it was.
pub(super) fn restore(desk: &Desk<'_>, refs: &[RecordRef]) -> Edited {
    if refs.len() > REFS_MAX {
        return refused("refs");
    }
    let mut changes = TRASH;
    for reference in refs {
        let taken =
            take(desk, reference)?.ok_or_else(|| StoreError::NotFound(reference.to_string()))?;
        if reference.is_own_need() {
            changes.needs = true;
            needs::put_back(desk, reference, &taken.document)?;
        } else if reference.is_own() {
            changes.own = true;
            own::put(desk, reference, &taken.document, Some(&taken.created))?;
        } else {
            return refused("ref");
        }
    }
    let inverse = (!refs.is_empty()).then(|| Edit::MoveToTrash {
        refs: refs.to_vec(),
    });
    Ok((inverse, changes))
}

/// Removes entries for good, all of them without `refs`. Nothing takes that back.
pub(super) fn clear(desk: &Desk<'_>, refs: Option<&[RecordRef]>) -> Edited {
    let sql = |error| StoreError::sqlite(desk.path, error);
    let mut cleared = Vec::new();
    match refs {
        Some(refs) if refs.len() > REFS_MAX => return refused("refs"),
        Some(refs) => {
            for reference in refs {
                let gone = desk
                    .transaction
                    .prepare_cached("delete from trash where ref = ?")
                    .and_then(|mut statement| statement.execute([reference.to_string()]))
                    .map_err(sql)?;
                if gone > 0 {
                    cleared.push(reference.clone());
                }
            }
        }
        None => {
            cleared =
                delete(desk.transaction, "delete from trash returning ref", []).map_err(sql)?;
        }
    }
    tell(desk.transaction, desk.now, &cleared).map_err(sql)?;
    Ok((None, TRASH))
}

/// Removes what has been in the trash for longer than it is kept.
pub(super) fn purge(connection: &Connection, now: &str) -> rusqlite::Result<()> {
    let Some(since) = now.parse::<Timestamp>().ok().and_then(|now| {
        now.checked_sub(SignedDuration::from_hours(KEPT_DAYS * 24))
            .ok()
    }) else {
        return Ok(());
    };
    let purged = delete(
        connection,
        "delete from trash where removed < ? returning ref",
        [since.to_string()],
    )?;
    tell(connection, now, &purged)
}

/// Deletes entries and answers which.
fn delete(
    connection: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<Vec<RecordRef>> {
    let refs: Vec<String> = connection
        .prepare_cached(sql)?
        .query_map(params, |row| row.get("ref"))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(refs.iter().filter_map(|text| text.parse().ok()).collect())
}

/// Writes down how many of what are gone for good.
fn tell(connection: &Connection, now: &str, refs: &[RecordRef]) -> rusqlite::Result<()> {
    for (what, count) in kinds(refs.iter()) {
        audit::write(connection, now, &Event::Deletion { what, count })?;
    }
    Ok(())
}

/// How many of references are needs, and how many records.
pub(super) fn kinds<'r>(refs: impl Iterator<Item = &'r RecordRef>) -> Vec<(Deleted, u32)> {
    let (mut needs, mut records) = (0, 0);
    for reference in refs {
        *(if reference.is_own_need() {
            &mut needs
        } else {
            &mut records
        }) += 1;
    }
    let both = [(Deleted::Need, needs), (Deleted::Record, records)];
    both.into_iter().filter(|(_, count)| *count > 0).collect()
}
