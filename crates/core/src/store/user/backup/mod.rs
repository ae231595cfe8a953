//! Verified backups of `user.db`: made beside it, checked, then renamed into place; listed; put back.
//!
//! Names carry the time: `backups/user-20261122T203000Z.db`. Nothing is removed before a newer backup has been
//! verified, and what a backup replaces was backed up before.

mod keep;
mod list;
mod restore;

pub(super) use list::{aside, holds, list, named};
pub(super) use restore::{proven, put_back, restore_newest};

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::sound;
use crate::store::{Folder, StoreError, db};

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made: `20261122T203000Z`, with a number behind it where one second made several.
    pub made: String,
}

/// Makes a backup if `always`, or if the data changed since the newest one and that one is of another day.
pub(super) fn make(
    connection: &Connection,
    folder: &Folder,
    now: &str,
    always: bool,
) -> Result<Option<PathBuf>, StoreError> {
    let backups = list(folder);
    if let Some(newest) = backups.first()
        && !always
        && (newest.made.get(..8) == stamp(now).get(..8)
            || !differs(&folder.file("user.db"), &newest.path)?)
    {
        return Ok(None);
    }
    let made = make_now(connection, folder, now)?;
    for old in keep::expired(&list(folder)) {
        remove(&old.path)?;
    }
    Ok(Some(made))
}

/// Makes a backup and removes none.
pub(super) fn make_now(
    connection: &Connection,
    folder: &Folder,
    now: &str,
) -> Result<PathBuf, StoreError> {
    let stamp = stamp(now);
    let target_folder = folder.file("backups");
    fs::create_dir_all(&target_folder).map_err(|error| StoreError::io(&target_folder, error))?;
    let mut target = target_folder.join(format!("user-{stamp}.db"));
    let mut number = 1;
    while target.exists() {
        number += 1;
        target = target_folder.join(format!("user-{stamp}-{number}.db"));
    }
    let part = target_folder.join("user.part");
    sweep(folder)?;
    let text = part
        .to_str()
        .ok_or_else(|| StoreError::Io(part.clone(), std::io::ErrorKind::InvalidFilename.into()))?;
    connection
        .execute("vacuum into ?", [text])
        .map_err(|error| StoreError::sqlite(&part, error))?;
    fs::File::open(&part)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::io(&part, error))?;
    sound::check(&db::read(&part)?, &part)?;
    fs::rename(&part, &target).map_err(|error| StoreError::io(&target, error))?;
    db::sync_folder(&target_folder)?;
    Ok(target)
}

fn stamp(now: &str) -> String {
    now.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether the database changed after the backup was made. Times of files suffice: a needless backup harms nobody.
fn differs(source: &Path, backup: &Path) -> Result<bool, StoreError> {
    let time = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified());
    let made = time(backup).map_err(|error| StoreError::io(backup, error))?;
    let mut wal = source.as_os_str().to_owned();
    wal.push("-wal");
    let changed = [source.to_owned(), PathBuf::from(wal)]
        .iter()
        .filter_map(|path| time(path).ok())
        .max();
    Ok(changed.is_none_or(|changed| changed > made))
}

/// Removes what an end in the middle of a copy left: it is of no use to anybody.
pub(super) fn sweep(folder: &Folder) -> Result<(), StoreError> {
    let backups = folder.file("backups");
    for half in ["user.part", "user.part-journal"] {
        remove(&backups.join(half))?;
    }
    remove(&folder.file("user.part"))
}

/// Removes a file if it is there.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(path, error))
        }
        _ => Ok(()),
    }
}
