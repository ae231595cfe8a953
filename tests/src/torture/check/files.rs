//! What the files of a folder hold, without the product: the databases as SQLite reads them, and what else lies there.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use serde_json::Value;

use super::Verdict;
use crate::fixtures::FEED;
use crate::torture::scenario::Rows;

/// A database that SQLite finds sound; `None` when there is none, or one without tables.
pub(super) fn sound(path: &Path) -> Result<Option<Connection>, String> {
    if !path.exists() {
        return Ok(None);
    }
    let said = |error: rusqlite::Error| format!("{}: {error}", path.display());
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(said)?;
    let found: String = connection
        .query_row("pragma integrity_check(1)", [], |row| row.get(0))
        .map_err(said)?;
    if found != "ok" {
        return Err(format!("{}: {found}", path.display()));
    }
    let tables: u32 = connection
        .query_row("select count(*) from sqlite_schema", [], |row| row.get(0))
        .map_err(said)?;
    Ok((tables > 0).then_some(connection))
}

/// What of the user's data is compared, by the table that holds it; a file that is not migrated yet lacks most of them. New
/// references of an import are its own choice: they are compared by name.
const COMPARED: [(&str, &str); 7] = [
    (
        "setting",
        "select key, value from setting where key not in ('address', 'view')",
    ),
    ("favourite", "select ref, 'favourite' from favourite"),
    (
        "own",
        "select iif(ref like 'own/case/00000000-%', ref, 'imported'),
           concat_ws(' ', 'own', name, document ->> '$.summary.zh') from own",
    ),
    (
        "trash",
        "select iif(ref like 'own/case/00000000-%', ref, 'imported'),
           concat_ws(' ', 'trash', name, document ->> '$.summary.zh') from trash",
    ),
    ("draft", "select ref, 'draft' from draft"),
    ("overlay", "select ref, 'overlay' from overlay"),
    (
        "mapping",
        "select 'mapping', json_array_length(document, '$.rules') || ' rules' from mapping",
    ),
];

pub(super) fn user_rows(path: &Path) -> Result<Option<Rows>, String> {
    let Some(connection) = sound(path)? else {
        return Ok(None);
    };
    let said = |error: rusqlite::Error| error.to_string();
    let mut rows = Rows::new();
    for (table, asked) in COMPARED {
        let there: bool = connection
            .query_row(
                "select exists (select 1 from sqlite_schema where name = ?)",
                [table],
                |row| row.get(0),
            )
            .map_err(said)?;
        if !there {
            continue;
        }
        let mut statement = connection.prepare(asked).map_err(said)?;
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        for row in found.map_err(said)? {
            rows.push(row.map_err(said)?);
        }
    }
    rows.sort();
    Ok(Some(rows))
}

pub(super) fn floor(path: &Path) -> Result<Option<u32>, String> {
    let Some(connection) = sound(path)? else {
        return Ok(None);
    };
    connection
        .query_row(
            "select generation from floor where feed = ?",
            [FEED],
            |row| row.get(0),
        )
        .optional()
        .map_err(|error| error.to_string())
}

/// Whether every file has a purpose.
pub(super) fn residue(folder: &Path) -> Verdict {
    let (segments, own) = (
        segments(&folder.join("index"))?,
        segments(&folder.join("index-own"))?,
    );
    let mut left = Vec::new();
    for (name, path) in files(folder) {
        let known = match name.split_once('/') {
            None => ["lock", "catalog.db", "user.db", "trust.db"].contains(&name.as_str()),
            Some(("backups", file)) => file.starts_with("user-"),
            Some((index @ ("index" | "index-own"), file)) => {
                let segments = if index == "index" { &segments } else { &own };
                [
                    "meta.json",
                    ".managed.json",
                    ".tantivy-writer.lock",
                    ".tantivy-meta.lock",
                ]
                .contains(&file)
                    || segments.iter().any(|id| file.starts_with(id))
            }
            Some(_) => false,
        };
        if !known {
            let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
            left.push(format!("{name} ({size} bytes)"));
        }
    }
    if left.is_empty() {
        Ok(())
    } else {
        Err(format!("left behind: {}", left.join(", ")))
    }
}

/// The segments of an index, as its files are named.
fn segments(index: &Path) -> Result<Vec<String>, String> {
    let meta = fs::read_to_string(index.join("meta.json")).map_err(|error| error.to_string())?;
    let meta: Value = serde_json::from_str(&meta).map_err(|error| error.to_string())?;
    let segments = meta["segments"].as_array().into_iter().flatten();
    Ok(segments
        .filter_map(|segment| segment["segment_id"].as_str())
        .map(|id| id.replace('-', ""))
        .collect())
}

/// Every file below a folder, by its path from there.
pub fn files(folder: &Path) -> Vec<(String, std::path::PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(folder) {
                found.push((name.to_string_lossy().into_owned(), path.clone()));
            }
        }
    }
    found.sort();
    found
}
