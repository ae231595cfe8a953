//! `user.db`: what the user made. Irreplaceable: every change goes through [`User::transact`], every
//! change can be undone, and verified backups are kept. What was last looked at ([`User::look_at`]) is no change.

mod annotations;
mod audit;
mod backup;
mod backups;
mod edit;
mod favourites;
mod forget;
mod lists;
mod memory;
pub mod needs;
mod portfolio;
mod searches;
mod settings;
mod sound;

pub use annotations::TAGS_MAX;
pub use audit::LINES_MAX;
pub use backup::Backup;
pub use lists::{LISTS_MAX, MEMBERS_MAX};
pub use memory::{RECENT_MAX, TRAY_MAX};
pub use searches::SEARCHES_MAX;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::{Access, Folder, StoreError, db};
use crate::api::types::{BackupReason, Changes, Edit, Event};
use crate::model::{Record, RecordRef};

/// Edits that can be undone.
const UNDO_STEPS: usize = 100;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../schema/user/0001_init.sql")),
    M::up(include_str!("../schema/user/0002_needs.sql")),
    M::up(include_str!("../schema/user/0004_lists.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// The user's own data.
#[derive(Debug)]
pub struct User {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    connection: Connection,
    undo: Vec<Edit>,
    redo: Vec<Edit>,
}

/// What was found when the file was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It was sound.
    Sound,
    /// It was damaged, was kept aside as the first path, and the backup of the second path took its place.
    Restored(PathBuf, PathBuf),
    /// It was damaged, was kept aside, and there was no sound backup.
    BegunAnew(PathBuf),
}

/// A record that the user kept, with the copy of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The record.
    pub reference: RecordRef,
    /// When it was kept (ISO 8601).
    pub added: String,
    /// The record as it was then.
    pub record: Record,
}

impl User {
    /// Opens the user's data. A damaged file is kept aside, never deleted, and the newest backup that
    /// proves sound takes its place. A verified backup is made before any migration, and once a day when
    /// something changed.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] when a newer version wrote the file; those of the file system.
    pub fn open(folder: &Folder, now: &str) -> Result<(Self, Opened), StoreError> {
        let path = folder.file("user.db");
        if folder.access() == Access::Read {
            let connection = db::read(&path)?;
            return Ok((Self::with(path, connection), Opened::Sound));
        }
        // What an end in the middle of a copy left is of no use to anybody.
        backup::sweep(folder)?;
        let (connection, opened) = match open(&path, folder, now) {
            Ok(connection) => (connection, Opened::Sound),
            Err(error) if is_damage(&error, &path) => {
                let aside = db::set_aside(&path, "damaged")?;
                let restored = backup::restore_newest(folder, &path)?;
                let connection = open(&path, folder, now)?;
                (
                    connection,
                    restored.map_or(Opened::BegunAnew(aside.clone()), |backup| {
                        Opened::Restored(aside, backup)
                    }),
                )
            }
            Err(error) => return Err(error),
        };
        if let Opened::Restored(_, backup) = &opened {
            let name = backup
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let event = Event::Restore {
                name,
                damaged: true,
            };
            audit::write(&connection, now, &event)
                .map_err(|error| StoreError::sqlite(&path, error))?;
        }
        Ok((Self::with(path, connection), opened))
    }

    fn with(path: PathBuf, connection: Connection) -> Self {
        Self {
            path,
            state: Mutex::new(State {
                connection,
                undo: Vec::new(),
                redo: Vec::new(),
            }),
        }
    }

    /// Applies an edit in one transaction and remembers how to undo it. The only way to change user data.
    ///
    /// `copy` reads the record of a new favourite, or of one for a shortlist, as it is now.
    ///
    /// # Errors
    /// [`StoreError::Edit`] when a value is not allowed; nothing is changed then.
    pub fn transact(
        &self,
        edit: &Edit,
        now: &str,
        copy: &edit::Copy<'_>,
    ) -> Result<Changes, StoreError> {
        self.apply(edit, now, copy, |state, inverse| {
            if let Some(inverse) = inverse {
                push(&mut state.undo, inverse);
                state.redo.clear();
            }
        })
    }

    /// Takes the last edit back; nothing happens when there is none.
    ///
    /// # Errors
    /// Those of [`Self::transact`].
    pub fn undo(&self) -> Result<Changes, StoreError> {
        self.step(|state| &mut state.undo, |state| &mut state.redo)
    }

    /// Applies the last edit that was taken back; nothing happens when there is none.
    ///
    /// # Errors
    /// Those of [`Self::transact`].
    pub fn redo(&self) -> Result<Changes, StoreError> {
        self.step(|state| &mut state.redo, |state| &mut state.undo)
    }

    fn step(
        &self,
        from: fn(&mut State) -> &mut Vec<Edit>,
        to: fn(&mut State) -> &mut Vec<Edit>,
    ) -> Result<Changes, StoreError> {
        let edit = {
            let mut state = self.lock();
            match from(&mut state).last() {
                Some(edit) => edit.clone(),
                None => {
                    return Ok(Changes {
                        undo: state.undo.len() as u32,
                        redo: state.redo.len() as u32,
                        ..Changes::default()
                    });
                }
            }
        };
        // Inverse edits carry everything they need, so neither clock nor catalog is asked.
        self.apply(&edit, "", &|_| Ok(None), |state, inverse| {
            from(state).pop();
            if let Some(inverse) = inverse {
                push(to(state), inverse);
            }
        })
    }

    fn apply(
        &self,
        edit: &Edit,
        now: &str,
        copy: &edit::Copy<'_>,
        remember: impl FnOnce(&mut State, Option<Edit>),
    ) -> Result<Changes, StoreError> {
        let mut state = self.lock();
        let error = |error| StoreError::sqlite(&self.path, error);
        let transaction = state
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(error)?;
        let (inverse, changes) = edit::apply(&transaction, &self.path, edit, now, copy)?;
        transaction.commit().map_err(error)?;
        remember(&mut state, inverse);
        Ok(Changes {
            undo: state.undo.len() as u32,
            redo: state.redo.len() as u32,
            ..changes
        })
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.lock().connection).map_err(|error| StoreError::sqlite(&self.path, error))
    }

    fn kept_records(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<Kept>, StoreError> {
        let rows: Vec<(String, String, String)> = self.read(|connection| {
            connection
                .prepare_cached(sql)?
                .query_map(params, |row| {
                    Ok((row.get("ref")?, row.get("added")?, row.get("copy")?))
                })?
                .collect()
        })?;
        Ok(rows
            .into_iter()
            .filter_map(|(reference, added, copy)| {
                Some(Kept {
                    reference: reference.parse().ok()?,
                    added,
                    record: serde_json::from_str(&copy).ok()?,
                })
            })
            .collect())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn push(stack: &mut Vec<Edit>, edit: Edit) {
    if stack.len() == UNDO_STEPS {
        stack.remove(0);
    }
    stack.push(edit);
}

fn open(path: &Path, folder: &Folder, now: &str) -> Result<Connection, StoreError> {
    let mut connection = db::open(path)?;
    sound::check(&connection, path)?;
    let version = db::user_version(&connection, path)?;
    let mut backup = None;
    // A file that an end in the middle of its making left empty holds nothing that a backup could keep.
    if version > 0 {
        let migrating = version as usize != STEPS.len();
        let made = backup::make(&connection, folder, now, migrating)?;
        backup = made.map(|path| (path, migrating));
    }
    migrate(&mut connection, path, &MIGRATIONS)?;
    if let Some((made, migrating)) = backup {
        let event = Event::Backup {
            name: made
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            reason: if migrating {
                BackupReason::Migration
            } else {
                BackupReason::Daily
            },
        };
        audit::write(&connection, now, &event).map_err(|error| StoreError::sqlite(path, error))?;
    }
    Ok(connection)
}

/// Whether a file that could not be opened is damaged: what SQLite says of itself, of its disk or of others is not.
fn is_damage(error: &StoreError, path: &Path) -> bool {
    use rusqlite::{Error, ErrorCode};
    match error {
        StoreError::Damaged { .. } => true,
        // A file that may be written and says that it may not.
        StoreError::ReadOnly(_) => std::fs::OpenOptions::new().write(true).open(path).is_ok(),
        // A file that ends before its own header says: no disk failed, the rest is gone.
        StoreError::Sqlite(_, Error::SqliteFailure(failure, _))
            if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHORT_READ =>
        {
            true
        }
        StoreError::Sqlite(_, Error::SqliteFailure(failure, _)) => matches!(
            failure.code,
            ErrorCode::Unknown
                | ErrorCode::InternalMalfunction
                | ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch
                | ErrorCode::TooBig
                | ErrorCode::SchemaChanged
        ),
        StoreError::Sqlite(_, error) => matches!(
            error,
            Error::FromSqlConversionFailure(..)
                | Error::InvalidColumnType(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::Utf8Error(..)
                | Error::SqlInputError { .. }
        ),
        _ => false,
    }
}

/// Brings a file to the newest version.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    migrations: &Migrations<'_>,
) -> Result<(), StoreError> {
    use rusqlite_migration::{Error, MigrationDefinitionError};
    migrations
        .to_latest(connection)
        .map_err(|error| match error {
            Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
                StoreError::TooNew(path.to_owned())
            }
            Error::RusqliteError { err, .. } => StoreError::sqlite(path, err),
            other => StoreError::Damaged {
                path: path.to_owned(),
                reason: other.to_string(),
            },
        })
}
