//! Opening SQLite files: pragmas, versions, health.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::StoreError;

/// Oldest SQLite without the WAL-reset corruption bug.
const SQLITE_MIN: i32 = 3_051_003;

/// Opens a file for writing, making it if need be.
pub(crate) fn open(path: &Path) -> Result<Connection, StoreError> {
    assert!(
        rusqlite::version_number() >= SQLITE_MIN,
        "SQLite is older than 3.51.3 and may corrupt WAL files"
    );
    let error = |error| StoreError::sqlite(path, error);
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(error)?;
    configure(&connection).map_err(error)?;
    connection
        .pragma_update(None, "journal_mode", "wal")
        .map_err(error)?;
    connection
        .pragma_update(None, "synchronous", "full")
        .map_err(error)?;
    Ok(connection)
}

/// Opens a file for reading.
pub(crate) fn read(path: &Path) -> Result<Connection, StoreError> {
    let error = |error| StoreError::sqlite(path, error);
    if !path.exists() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(error)?;
    configure(&connection).map_err(error)?;
    connection
        .pragma_update(None, "query_only", true)
        .map_err(error)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // A mapped file turns a read error into a signal that ends the process.
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Checks the structure of a database.
///
/// # Errors
/// [`StoreError::Damaged`] with what SQLite found.
pub(crate) fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let found: String = connection
        .query_row("pragma quick_check(1)", [], |row| row.get(0))
        .map_err(|error| StoreError::sqlite(path, error))?;
    if found == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged {
            path: path.to_owned(),
            reason: found,
        })
    }
}

/// The version number in the file.
pub(crate) fn user_version(connection: &Connection, path: &Path) -> Result<u32, StoreError> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| StoreError::sqlite(path, error))
}

/// Moves a database and its companions aside, keeping them, and returns where to.
pub(crate) fn set_aside(path: &Path, suffix: &str) -> Result<PathBuf, StoreError> {
    let name = |file: &Path, end: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let mut target = name(path, &format!(".{suffix}"));
    let mut copy = 1;
    while target.exists() {
        copy += 1;
        target = name(path, &format!(".{suffix}-{copy}"));
    }
    for companion in ["-wal", "-shm"] {
        let from = name(path, companion);
        if from.exists() {
            fs::rename(&from, name(&target, companion))
                .map_err(|error| StoreError::io(&from, error))?;
        }
    }
    if path.exists() {
        fs::rename(path, &target).map_err(|error| StoreError::io(path, error))?;
    }
    Ok(target)
}

/// Makes a rename or a new file last through a power cut.
pub(crate) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    // Windows cannot open folders as files; there the file system journals renames itself.
    if cfg!(unix) {
        fs::File::open(path)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| StoreError::io(path, error))?;
    }
    Ok(())
}
