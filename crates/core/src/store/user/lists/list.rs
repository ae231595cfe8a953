//! Reading lists.

use rusqlite::OptionalExtension as _;

use crate::api::types::ListRow;
use crate::model::{Record, RecordRef};
use crate::store::StoreError;
use crate::store::user::keyed::Keyed;
use crate::store::user::{Kept, User};

impl User {
    /// The lists, in the user's order.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn lists(&self) -> Result<Vec<ListRow>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select id, name, created, (select count(*) from member where list = id) as members
                     from list order by place",
                )?
                .query_map([], row)?
                .collect()
        })
    }

    /// A list with its note.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn list(&self, id: &str) -> Result<Option<(ListRow, String)>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select id, name, note, created, (select count(*) from member where list = id) as members
                     from list where id = ?",
                )?
                .query_row([id], |found| Ok((row(found)?, found.get("note")?)))
                .optional()
        })
    }

    /// The records of a list with their copies, in order.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn members(&self, id: &str) -> Result<Vec<Kept>, StoreError> {
        self.kept_records(
            "select ref, added, copy from member where list = ? order by place",
            [id],
        )
    }

    /// The lists on which a record stands, by id, in the user's order.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn lists_with(&self, reference: &RecordRef) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select list.id from member join list on list.id = member.list where ref = ? order by list.place",
                )?
                .query_map([reference.to_string()], |row| row.get(0))?
                .collect()
        })
    }

    /// A copy of a record, wherever the user kept one.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn copy(&self, reference: &RecordRef) -> Result<Option<Record>, StoreError> {
        let copy: Option<String> = self.read(|connection| {
            connection
                .prepare_cached(
                    "select copy from favourite where ref = ?1
                     union all select copy from (select copy from member where ref = ?1 order by added desc limit 1)
                     union all select copy from annotation where ref = ?1",
                )?
                .query_row([reference.to_string()], |row| row.get(0))
                .optional()
        })?;
        let read = |copy: Option<String>| serde_json::from_str(&copy?).ok();
        if let Some(record) = read(copy) {
            return Ok(Some(record));
        }
        match read(self.keyed(Keyed::Portfolio, reference)?) {
            Some(record) => Ok(Some(record)),
            None => self.kept_with_need(reference),
        }
    }
}

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<ListRow> {
    Ok(ListRow {
        id: row.get("id")?,
        name: row.get("name")?,
        members: row.get("members")?,
        created: row.get("created")?,
    })
}
