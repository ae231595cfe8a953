//! What can go wrong with a data folder, told apart by what the user can do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode as Sqlite;

use crate::feed::PackError;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process holds the folder.
    #[error("data folder {} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// The folder or a file in it cannot be written.
    #[error("{} cannot be written", .0.display())]
    ReadOnly(PathBuf),
    /// No space left.
    #[error("no space left for {}", .0.display())]
    DiskFull(PathBuf),
    /// Written by a newer version of the product.
    #[error("{} was written by a newer version", .0.display())]
    TooNew(PathBuf),
    /// Not a database, or damaged.
    #[error("{} is damaged: {reason}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The catalog is not there.
    #[error("there is no catalog in {}", .0.display())]
    Missing(PathBuf),
    /// The folder was moved, and the one that took its place is not there.
    #[error("{} says that the data is in {}, which is not there", .pointer.display(), .target.display())]
    Moved {
        /// The file that says so.
        pointer: PathBuf,
        /// Where the data should be.
        target: PathBuf,
    },
    /// A plan that does not fit what is stored, or whose result is not what was signed.
    #[error("plan refused: {0}")]
    Refused(String),
    /// The result of a plan is not what its manifest promises.
    #[error("digest refused: {0}")]
    Digest(String),
    /// The caller stopped the work.
    #[error("cancelled")]
    Cancelled,
    /// A pack that cannot be read.
    #[error("pack refused")]
    Pack(#[from] PackError),
    /// An edit that cannot be applied.
    #[error("edit refused: {field}")]
    Edit {
        /// The field at fault.
        field: String,
    },
    /// Nothing of that reference.
    #[error("no record {0}")]
    NotFound(String),
    /// Any other failure of SQLite.
    #[error("database {}", .0.display())]
    Sqlite(PathBuf, #[source] rusqlite::Error),
    /// Any other failure of the file system.
    #[error("file {}", .0.display())]
    Io(PathBuf, #[source] std::io::Error),
}

impl StoreError {
    /// Tells a failure of SQLite on the file `path` apart.
    pub(crate) fn sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(Sqlite::DatabaseCorrupt | Sqlite::NotADatabase) => Self::Damaged {
                path,
                reason: error.to_string(),
            },
            Some(Sqlite::DiskFull) => Self::DiskFull(path),
            Some(Sqlite::ReadOnly | Sqlite::PermissionDenied) => Self::ReadOnly(path),
            Some(
                Sqlite::DatabaseBusy | Sqlite::DatabaseLocked | Sqlite::FileLockingProtocolFailed,
            ) => Self::InUse(path),
            _ => Self::Sqlite(path, error),
        }
    }

    /// Tells a failure of the file system on `path` apart.
    pub(crate) fn io(path: &Path, error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull(path),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(path),
            _ => Self::Io(path, error),
        }
    }
}
