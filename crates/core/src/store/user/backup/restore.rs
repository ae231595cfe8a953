//! Putting a backup in the place of the data.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Backup, list};
use crate::store::user::sound;
use crate::store::{Folder, StoreError, db};

/// Puts the newest backup that proves sound in the place of a file that is gone.
pub(in crate::store::user) fn restore_newest(
    folder: &Folder,
    target: &Path,
) -> Result<Option<PathBuf>, StoreError> {
    for backup in list(folder) {
        if proven(&backup).is_err() {
            continue;
        }
        // Copied, not moved: the backup stays until a newer one has been verified.
        let part = target.with_extension("part");
        fs::copy(&backup.path, &part)
            .and_then(|_| fs::File::open(&part))
            .and_then(|file| file.sync_all())
            .map_err(|error| StoreError::io(&part, error))?;
        fs::rename(&part, target).map_err(|error| StoreError::io(target, error))?;
        db::sync_folder(folder.path())?;
        return Ok(Some(backup.path));
    }
    Ok(None)
}

/// Opens a backup that proves sound.
pub(in crate::store::user) fn proven(backup: &Backup) -> Result<Connection, StoreError> {
    let connection = db::read(&backup.path)?;
    sound::check(&connection, &backup.path)?;
    Ok(connection)
}

/// Puts a backup in the place of an open database, page by page in one transaction: an end in the middle of it leaves
/// the database as it was, and whoever reads beside goes on reading.
pub(in crate::store::user) fn put_back(
    backup: &Connection,
    target: &mut Connection,
    path: &Path,
) -> Result<(), StoreError> {
    use rusqlite::backup::{Backup as Pages, StepResult};
    let sql = |error| StoreError::sqlite(path, error);
    target.flush_prepared_statement_cache();
    let pages = Pages::new(backup, target).map_err(sql)?;
    match pages.step(-1).map_err(sql)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::InUse(path.to_owned())),
    }
}
