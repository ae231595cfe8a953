//! `catalog.db`: what feeds publish. Derived, so anything wrong with it is mended by building it anew.
//!
//! One connection writes; readers are checked out of a pool, so that a slow query never makes another wait.

mod apply;
mod news;
mod panorama;
mod read;
mod twins;

pub use apply::{Applied, Bytes, Plan};
pub use read::LinkCounts;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use super::{Access, Folder, StoreError, db};

/// Version of the schema. Only a view is ever replaced in place: any version before [`VIEWED`] means building the file anew.
pub const SCHEMA_VERSION: u32 = 3;

/// The version whose tables are those of this one.
const VIEWED: u32 = 2;

/// Readers kept open between queries.
const READERS: usize = 4;

/// Pages that the writer may keep, in KiB. Buckets and link targets are met in no order: with SQLite's own 2 MB a large
/// import writes the same pages again and again.
const WRITER_KIB: i64 = 64 << 10;

/// Pages that each reader may keep, in KiB: the inner nodes of a million records, so that one of them costs two reads.
const READER_KIB: i64 = 8 << 10;

/// The catalog of a data folder.
#[derive(Debug)]
pub struct Catalog {
    path: PathBuf,
    // Dropped before the writer: only a connection that may write can fold the log into the file at the end.
    readers: Mutex<Vec<Connection>>,
    writer: Option<Mutex<Connection>>,
}

impl Catalog {
    /// Opens the catalog of a folder; an absent one is made empty if the folder may be written.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is no database or of another version, [`StoreError::Missing`] when
    /// there is none to read.
    pub fn open(folder: &Folder) -> Result<Self, StoreError> {
        let path = folder.file("catalog.db");
        let writer = match folder.access() {
            Access::Read => {
                check_version(&db::read(&path)?, &path)?;
                None
            }
            Access::Write => {
                let fresh = !path.exists();
                let mut connection = db::open(&path)?;
                connection
                    .pragma_update(None, "cache_size", -WRITER_KIB)
                    .map_err(|error| StoreError::sqlite(&path, error))?;
                if fresh || is_empty(&connection, &path)? {
                    create(&mut connection).map_err(|error| StoreError::sqlite(&path, error))?;
                }
                if db::user_version(&connection, &path)? == VIEWED {
                    view(&mut connection).map_err(|error| StoreError::sqlite(&path, error))?;
                }
                check_version(&connection, &path)?;
                Some(Mutex::new(connection))
            }
        };
        Ok(Self {
            path,
            writer,
            readers: Mutex::new(Vec::new()),
        })
    }

    /// Removes the catalog of a folder, whatever state it is in.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn remove(folder: &Folder) -> Result<(), StoreError> {
        for name in ["catalog.db", "catalog.db-wal", "catalog.db-shm"] {
            let path = folder.file(name);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(StoreError::io(&path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Checks the structure of the file; takes time in proportion to its size.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub fn check(&self) -> Result<(), StoreError> {
        self.read(|connection| Ok(db::check(connection, &self.path)))?
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a read with a connection of its own.
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        // The lock is held for the pop alone, never across the query.
        let pooled = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = if let Some(connection) = pooled {
            connection
        } else {
            let connection = db::read(&self.path)?;
            connection
                .pragma_update(None, "cache_size", -READER_KIB)
                .map_err(|error| StoreError::sqlite(&self.path, error))?;
            connection
        };
        let result = work(&connection).map_err(|error| StoreError::sqlite(&self.path, error));
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS {
            readers.push(connection);
        }
        result
    }

    /// Runs a write in one transaction.
    fn write<T>(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let writer = self
            .writer
            .as_ref()
            .ok_or_else(|| StoreError::ReadOnly(self.path.clone()))?;
        let mut connection = writer.lock().unwrap_or_else(PoisonError::into_inner);
        let error = |error| StoreError::sqlite(&self.path, error);
        let transaction = connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(error)?;
        let value = work(&transaction)?;
        transaction.commit().map_err(error)?;
        Ok(value)
    }
}

fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("../schema/catalog/0001_init.sql"))?;
    transaction.execute_batch(include_str!("../schema/catalog/0002_feeds.sql"))?;
    transaction.pragma_update(None, "user_version", VIEWED)?;
    transaction.commit()
}

/// Replaces the views that have become others; no record is touched.
fn view(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("../schema/catalog/0003_needs.sql"))?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()
}

fn is_empty(connection: &Connection, path: &Path) -> Result<bool, StoreError> {
    connection
        .query_row("select count(*) = 0 from sqlite_schema", [], |row| {
            row.get(0)
        })
        .map_err(|error| StoreError::sqlite(path, error))
}

fn check_version(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    match db::user_version(connection, path)? {
        // Beside a view, which the program does not read, they are alike.
        VIEWED | SCHEMA_VERSION => Ok(()),
        version => Err(StoreError::Damaged {
            path: path.to_owned(),
            reason: format!("catalog version {version}"),
        }),
    }
}
