//! Which backups there are, and what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::Backup;
use crate::api::types::BackupView;
use crate::store::{Folder, StoreError, db};

/// What is counted, by kind, as far as a file has its table.
const KINDS: &[(&str, &str)] = &[
    ("records", "select count(*) from own"),
    ("corrections", "select count(*) from overlay"),
    ("needs", "select count(*) from need"),
    ("favourites", "select count(*) from favourite"),
    ("lists", "select count(*) from list"),
    ("members", "select count(*) from member"),
    ("annotations", "select count(*) from annotation"),
    ("searches", "select count(*) from saved_search"),
];

/// The backups of a folder, newest first.
pub(in crate::store::user) fn list(folder: &Folder) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(folder.file("backups")) else {
        return Vec::new();
    };
    let mut backups: Vec<Backup> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let made = name.strip_prefix("user-")?.strip_suffix(".db")?;
            (made.len() >= 8 && made.is_ascii()).then(|| Backup {
                path: entry.path(),
                made: made.to_owned(),
            })
        })
        .collect();
    backups.sort_by(|a, b| newness(&b.made).cmp(&newness(&a.made)));
    backups
}

/// The time, then the number of those that one second made.
fn newness(made: &str) -> (&str, u32) {
    match made.split_once('-') {
        Some((stamp, number)) => (stamp, number.parse().unwrap_or(0)),
        None => (made, 1),
    }
}

impl Backup {
    /// Name of the file.
    pub fn name(&self) -> String {
        format!("user-{}.db", self.made)
    }

    /// When it was made (ISO 8601).
    fn at(&self) -> String {
        let stamp = self.made.split('-').next().unwrap_or_default();
        let part = |range: std::ops::Range<usize>| stamp.get(range).unwrap_or("00");
        format!(
            "{}-{}-{}T{}:{}:{}Z",
            part(0..4),
            part(4..6),
            part(6..8),
            part(9..11),
            part(11..13),
            part(13..15)
        )
    }

    /// The backup as screens show it.
    pub fn view(&self) -> BackupView {
        BackupView {
            name: self.name(),
            made: self.at(),
            bytes: bytes(&self.path),
            holds: db::read(&self.path)
                .map(|connection| holds(&connection))
                .unwrap_or_default(),
        }
    }
}

/// A damaged file that was kept, as screens show it.
pub(in crate::store::user) fn aside(path: &Path) -> BackupView {
    BackupView {
        name: path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        made: String::new(),
        bytes: bytes(path),
        holds: BTreeMap::new(),
    }
}

fn bytes(path: &Path) -> u32 {
    fs::metadata(path).map_or(0, |metadata| {
        u32::try_from(metadata.len()).unwrap_or(u32::MAX)
    })
}

/// What is in a file, by kind; a table that it does not have yet, or that cannot be read, is left out.
pub(in crate::store::user) fn holds(connection: &Connection) -> BTreeMap<String, u32> {
    KINDS
        .iter()
        .filter_map(|(kind, sql)| {
            let count: Result<u32, _> = connection.query_row(sql, [], |row| row.get(0));
            Some(((*kind).to_owned(), count.ok()?))
        })
        .collect()
}

/// The backup of a name.
pub(in crate::store::user) fn named(folder: &Folder, name: &str) -> Result<Backup, StoreError> {
    list(folder)
        .into_iter()
        .find(|backup| backup.name() == name)
        .ok_or_else(|| StoreError::NotFound(name.to_owned()))
}
