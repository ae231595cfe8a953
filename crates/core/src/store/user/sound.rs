//! Whether a file is what this product wrote: its structure, its schema, and that every text and document can be read.
//!
//! Rule for migrations: each one changes the schema. So a newer version number on today's schema is damage, not a newer
//! version; a test holds every migration to it.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde::de::IgnoredAny;

use super::needs::Need;
use super::{MIGRATIONS, STEPS};
use crate::api::types::SearchRequest;
use crate::model::RecordRef;
use crate::store::{StoreError, db};

/// Up to this size every text of a file is read, which takes about a tenth of a second; of a larger one the structure has
/// to do, so that no start waits for it.
const READ_ALL_BYTES: u64 = 16 << 20;
/// Columns that hold JSON.
const JSON: &[&str] = &[
    "document", "copy", "plan", "value", "request", "tags", "event",
];

/// Checks a file of this or an older version.
///
/// # Errors
/// [`StoreError::Damaged`] with what is wrong; [`StoreError::TooNew`] when a newer version wrote it.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    db::check(connection, path)?;
    let version = db::user_version(connection, path)? as usize;
    let sql = |error| StoreError::sqlite(path, error);
    let found = schema(connection).map_err(sql)?;
    let known = expected(version.min(STEPS.len()), path)?;
    if version > STEPS.len() {
        return if found == known {
            damaged(path, &format!("version {version}"))
        } else {
            Err(StoreError::TooNew(path.to_owned()))
        };
    }
    if found != known {
        return damaged(path, &format!("schema of version {version}"));
    }
    let bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if bytes <= READ_ALL_BYTES {
        // Beyond the structure: that every index says what its table does.
        let all: String = connection
            .query_row("pragma integrity_check(1)", [], |row| row.get(0))
            .map_err(sql)?;
        if all != "ok" {
            return damaged(path, &all);
        }
        for table in found.iter().filter(|part| part.kind == "table") {
            read_all(connection, path, &table.name)?;
        }
        walk_indexes(connection).map_err(sql)?;
    }
    Ok(())
}

/// A part of a schema.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    kind: String,
    name: String,
    sql: Option<String>,
}

fn schema(connection: &Connection) -> rusqlite::Result<Vec<Part>> {
    connection
        .prepare("select type, name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name")?
        .query_map([], |row| {
            Ok(Part {
                kind: row.get(0)?,
                name: row.get(1)?,
                sql: row.get(2)?,
            })
        })?
        .collect()
}

/// The schema of a version.
fn expected(version: usize, path: &Path) -> Result<Vec<Part>, StoreError> {
    let sql = |error| StoreError::sqlite(path, error);
    let mut fresh = Connection::open_in_memory().map_err(sql)?;
    MIGRATIONS
        .to_version(&mut fresh, version)
        .map_err(|error| StoreError::Refused(error.to_string()))?;
    schema(&fresh).map_err(sql)
}

fn read_all(connection: &Connection, path: &Path, table: &str) -> Result<(), StoreError> {
    let sql = |error| StoreError::sqlite(path, error);
    // The name is one of our own schema.
    let mut statement = connection
        .prepare(&format!("select * from \"{table}\""))
        .map_err(sql)?;
    let columns: Vec<String> = statement
        .column_names()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut rows = statement.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        for (at, column) in columns.iter().enumerate() {
            let ValueRef::Text(bytes) = row.get_ref(at).map_err(sql)? else {
                continue;
            };
            let readable = std::str::from_utf8(bytes).is_ok_and(|text| reads(table, column, text));
            if !readable {
                return damaged(path, &format!("{table}.{column}"));
            }
        }
    }
    Ok(())
}

/// Goes through every index: an empty one whose page became that of an empty table passes every check of SQLite, until
/// somebody asks it.
fn walk_indexes(connection: &Connection) -> rusqlite::Result<()> {
    let mut indexes =
        connection.prepare("select tbl_name, name from sqlite_schema where type = 'index'")?;
    let mut indexes = indexes.query([])?;
    while let Some(index) = indexes.next()? {
        let (table, name): (String, String) = (index.get(0)?, index.get(1)?);
        connection.query_row(&walk(&table, &name), [], |row| row.get::<_, Option<i64>>(0))?;
    }
    Ok(())
}

/// The query that reads a whole index. The names are of our own schema, which has no partial indexes. A count of rows
/// would go through the smallest index instead, whatever it is told; a sum does not.
fn walk(table: &str, index: &str) -> String {
    format!("select sum(1) from \"{table}\" indexed by \"{index}\"")
}

/// Whether a text is what its column holds.
fn reads(table: &str, column: &str, text: &str) -> bool {
    match (table, column) {
        ("need", "document") => serde_json::from_str::<Need>(text).is_ok(),
        ("saved_search", "request") => serde_json::from_str::<SearchRequest>(text).is_ok(),
        (_, "ref") => text.is_empty() || text.parse::<RecordRef>().is_ok(),
        (_, column) if JSON.contains(&column) => serde_json::from_str::<IgnoredAny>(text).is_ok(),
        _ => true,
    }
}

fn damaged(path: &Path, reason: &str) -> Result<(), StoreError> {
    Err(StoreError::Damaged {
        path: path.to_owned(),
        reason: reason.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_changes_the_schema() {
        let path = Path::new("user.db");
        for version in 0..STEPS.len() {
            assert_ne!(
                expected(version, path).unwrap(),
                expected(version + 1, path).unwrap(),
                "version {version}"
            );
        }
    }

    #[test]
    fn every_index_is_gone_through_itself() {
        let mut connection = Connection::open_in_memory().unwrap();
        MIGRATIONS.to_latest(&mut connection).unwrap();
        let mut indexes = connection
            .prepare("select tbl_name, name, rootpage from sqlite_schema where type = 'index'")
            .unwrap();
        let indexes: Vec<(String, String, i64)> = indexes
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(indexes.len() > 10, "{indexes:?}");
        for (table, index, page) in indexes {
            let explained = format!("explain {}", walk(&table, &index));
            let mut steps = connection.prepare(&explained).unwrap();
            let opened: Vec<i64> = steps
                .query_map([], |row| {
                    let step: String = row.get("opcode")?;
                    Ok((step == "OpenRead").then_some(row.get("p2")?))
                })
                .unwrap()
                .filter_map(Result::unwrap)
                .collect();
            assert!(opened.contains(&page), "{index}: {opened:?}, not {page}");
        }
    }
}
