//! The links of own records: written with them, found from both ends.

use rusqlite::params;

use super::Desk;
use crate::model::{Code, OWN, Record, RecordRef};
use crate::store::StoreError;
use crate::store::user::User;

/// A link of an own record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLink {
    /// Code of the taxonomy `relation`.
    pub rel: Code,
    /// The other end.
    pub other: RecordRef,
    /// Clause of a document, when the target is one.
    pub clause: Option<String>,
}

impl User {
    /// The links of an own record to others.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_links_from(&self, reference: &RecordRef) -> Result<Vec<OwnLink>, StoreError> {
        self.links(
            "select rel, target as other, clause from own_link where source = ? order by rel, target",
            reference,
        )
    }

    /// The links of own records to a record, which may be any.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_links_to(&self, reference: &RecordRef) -> Result<Vec<OwnLink>, StoreError> {
        self.links(
            "select rel, source as other, clause from own_link where target = ? order by rel, source",
            reference,
        )
    }

    /// How many links an own record has in both directions, lists not counted.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn own_link_count(&self, reference: &RecordRef) -> Result<u32, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select (select count(*) from own_link where source = ?1 and rel not in ('listed_in', 'same_as'))
                     + (select count(*) from own_link where target = ?1 and rel not in ('listed_in', 'same_as'))",
                )?
                .query_row([reference.to_string()], |row| row.get(0))
        })
    }

    fn links(&self, sql: &str, reference: &RecordRef) -> Result<Vec<OwnLink>, StoreError> {
        let rows: Vec<(String, String, Option<String>)> = self.read(|connection| {
            connection
                .prepare_cached(sql)?
                .query_map([reference.to_string()], |row| {
                    Ok((row.get("rel")?, row.get("other")?, row.get("clause")?))
                })?
                .collect()
        })?;
        Ok(rows
            .into_iter()
            .filter_map(|(rel, other, clause)| {
                Some(OwnLink {
                    rel: Code(rel),
                    other: other.parse().ok()?,
                    clause,
                })
            })
            .collect())
    }
}

/// Writes the links of a record in the place of those that are there.
pub(super) fn write(
    desk: &Desk<'_>,
    reference: &RecordRef,
    record: &Record,
) -> Result<(), StoreError> {
    let source = reference.to_string();
    let write = || -> rusqlite::Result<()> {
        desk.transaction
            .prepare_cached("delete from own_link where source = ?")?
            .execute([&source])?;
        let mut insert = desk.transaction.prepare_cached(
            "insert into own_link (source, rel, target, clause) values (?, ?, ?, ?)",
        )?;
        for link in &record.head().links {
            // What is no reference stays in the record, as everything does, and leads nowhere.
            if let Ok(target) = RecordRef::resolve(OWN, &link.to) {
                insert.execute(params![
                    source,
                    link.rel.as_str(),
                    target.to_string(),
                    link.clause
                ])?;
            }
        }
        Ok(())
    };
    write().map_err(|error| StoreError::sqlite(desk.path, error))
}
