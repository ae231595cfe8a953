//! `user.db`: what the user made. Irreplaceable: every change goes through [`User::transact`], every
//! change can be undone, and verified backups are kept. What was last looked at ([`User::look_at`]) is no change,
//! nor is what has left the house ([`submissions`]).

mod annotations;
mod audit;
mod backup;
mod backups;
mod drafts;
mod edit;
mod favourites;
mod forget;
mod keyed;
mod last;
mod lists;
mod mappings;
mod memory;
pub mod needs;
mod overlays;
pub mod own;
mod portfolio;
mod searches;
mod settings;
mod sound;
pub mod submissions;
mod trash;
mod undo;

pub use annotations::TAGS_MAX;
pub use audit::LINES_MAX;
pub use backup::Backup;
pub use lists::{LISTS_MAX, MEMBERS_MAX};
pub use memory::{RECENT_MAX, TRAY_MAX};
pub use searches::SEARCHES_MAX;

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use self::undo::Steps;
use super::{Access, Folder, StoreError, db};
use crate::api::types::{BackupReason, Changes, Edit, Event};
use crate::model::{Record, RecordRef};

/// Readers kept open between queries.
const READERS: usize = 4;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../schema/user/0001_init.sql")),
    M::up(include_str!("../schema/user/0002_needs.sql")),
    M::up(include_str!("../schema/user/0003_own.sql")),
    M::up(include_str!("../schema/user/0004_lists.sql")),
    M::up(include_str!("../schema/user/0005_mappings.sql")),
    M::up(include_str!("../schema/user/0006_submissions.sql")),
    M::up(include_str!("../schema/user/0007_last_edit.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// The user's own data.
#[derive(Debug)]
pub struct User {
    path: PathBuf,
    // Dropped before the writer: only a connection that may write can fold the log into the file at the end.
    readers: Mutex<Vec<Connection>>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    connection: Connection,
    undo: Steps,
    redo: Steps,
}

/// Who makes an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Somebody,
    Undo,
    Redo,
}

/// What was found when the file was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// It was sound.
    Sound,
    /// It was damaged or gone: what there was of it is kept aside as the first path, and the backup of the second path took
    /// its place.
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
    /// proves sound takes its place, also of a file that is gone. A verified backup is made before any migration, and once a day when
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
        let found = if is_lost(&path, folder)? {
            None
        } else {
            match open(&path, folder, now) {
                Ok(connection) => Some(connection),
                Err(error) if is_damage(&error, &path) => None,
                Err(error) => return Err(error),
            }
        };
        let (connection, opened) = if let Some(connection) = found {
            (connection, Opened::Sound)
        } else {
            let aside = db::set_aside(&path, "damaged")?;
            let restored = backup::restore_newest(folder, &path)?;
            let connection = open(&path, folder, now)?;
            let opened = restored.map_or(Opened::BegunAnew(aside.clone()), |backup| {
                Opened::Restored(aside, backup)
            });
            (connection, opened)
        };
        if let Opened::Restored(_, backup) = &opened {
            let name = backup
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let event = Event::Restore {
                name,
                damaged: true,
            };
            // What the backup holds as its last edit is long past.
            audit::write(&connection, now, &event)
                .and_then(|()| last::forget(&connection))
                .map_err(|error| StoreError::sqlite(&path, error))?;
        }
        Ok((Self::with(path, connection), opened))
    }

    fn with(path: PathBuf, connection: Connection) -> Self {
        Self {
            path,
            readers: Mutex::new(Vec::new()),
            state: Mutex::new(State {
                connection,
                undo: Steps::default(),
                redo: Steps::default(),
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
        let cleared: BTreeSet<RecordRef> = match edit {
            Edit::ClearTrash { refs: Some(refs) } => refs.iter().cloned().collect(),
            Edit::ClearTrash { refs: None } => self.trash_refs()?.into_iter().collect(),
            _ => BTreeSet::new(),
        };
        let mut state = self.lock();
        let (inverse, changes) = self.apply(&mut state, edit, now, copy, By::Somebody)?;
        if let Some(inverse) = inverse {
            state.undo.push(inverse);
            state.redo.clear();
        }
        if !cleared.is_empty() {
            state.undo.forget(&cleared);
            state.redo.forget(&cleared);
        }
        Ok(state.counted(changes))
    }

    /// Takes the last edit back, be it one that another process made before this one; nothing happens when there is none.
    ///
    /// # Errors
    /// Those of [`Self::transact`].
    pub fn undo(&self, now: &str) -> Result<Changes, StoreError> {
        self.step(now, By::Undo, |state| (&mut state.undo, &mut state.redo))
    }

    /// Applies the last edit that was taken back; nothing happens when there is none.
    ///
    /// # Errors
    /// Those of [`Self::transact`].
    pub fn redo(&self, now: &str) -> Result<Changes, StoreError> {
        self.step(now, By::Redo, |state| (&mut state.redo, &mut state.undo))
    }

    fn step(
        &self,
        now: &str,
        by: By,
        stacks: fn(&mut State) -> (&mut Steps, &mut Steps),
    ) -> Result<Changes, StoreError> {
        let mut state = self.lock();
        let edit = match stacks(&mut state).0.pop() {
            None if by == By::Undo => last::inverse(&state.connection)
                .map_err(|error| StoreError::sqlite(&self.path, error))?,
            popped => popped,
        };
        let Some(edit) = edit else {
            return Ok(state.counted(Changes::NONE));
        };
        // Inverse edits carry everything they need, so the catalog is not asked.
        match self.apply(&mut state, &edit, now, &|_| Ok(None), by) {
            Ok((inverse, changes)) => {
                if let Some(inverse) = inverse {
                    stacks(&mut state).1.push(inverse);
                }
                Ok(state.counted(changes))
            }
            Err(error) => {
                stacks(&mut state).0.push(edit);
                Err(error)
            }
        }
    }

    fn apply(
        &self,
        state: &mut State,
        edit: &Edit,
        now: &str,
        copy: &edit::Copy<'_>,
        by: By,
    ) -> edit::Edited {
        let error = |error| StoreError::sqlite(&self.path, error);
        let transaction = state
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(error)?;
        let asked = by == By::Somebody;
        let edited = edit::apply(&transaction, &self.path, edit, now, copy, asked)?;
        match &edited {
            _ if by == By::Undo => last::forget(&transaction),
            (Some(inverse), changes) => last::keep(&transaction, now, edit, inverse, *changes),
            // What is cleared for good comes back by no way.
            (None, _) if matches!(edit, Edit::ClearTrash { .. }) => last::forget(&transaction),
            (None, _) => Ok(()),
        }
        .map_err(error)?;
        transaction.commit().map_err(error)?;
        Ok(edited)
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        // A connection of its own: nobody who reads waits for a long edit. The lock is held for the pop alone.
        let pooled = self.pool().pop();
        let connection = match pooled {
            Some(connection) => connection,
            None => db::read(&self.path)?,
        };
        let result = work(&connection).map_err(|error| StoreError::sqlite(&self.path, error));
        let mut readers = self.pool();
        if readers.len() < READERS {
            readers.push(connection);
        }
        result
    }

    fn pool(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
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

impl State {
    /// What changed, with the steps that can be taken now.
    fn counted(&self, changes: Changes) -> Changes {
        Changes {
            undo: self.undo.len(),
            redo: self.redo.len(),
            ..changes
        }
    }
}

/// A document that does not fit is told as a value that does not fit its column.
fn unreadable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

fn open(path: &Path, folder: &Folder, now: &str) -> Result<Connection, StoreError> {
    let mut connection = db::open(path)?;
    // What the user removes for good is in no free page either.
    connection
        .pragma_update(None, "secure_delete", true)
        .map_err(|error| StoreError::sqlite(path, error))?;
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
    trash::purge(&connection, now).map_err(|error| StoreError::sqlite(path, error))?;
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

/// Whether the file is gone or empty while there are backups of it: it would open as one that holds nothing.
fn is_lost(path: &Path, folder: &Folder) -> Result<bool, StoreError> {
    let empty = match std::fs::metadata(path) {
        Ok(file) => file.len() == 0,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(StoreError::io(path, error)),
    };
    Ok(empty && !backup::list(folder).is_empty())
}

/// Whether a file that could not be opened is damaged: what SQLite says of itself, of its disk or of others is not.
fn is_damage(error: &StoreError, path: &Path) -> bool {
    use rusqlite::{Error, ErrorCode};
    match error {
        StoreError::Damaged { .. } => true,
        StoreError::ReadOnly(_) => forbids_writing(path),
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

/// Whether the header of a file itself says that nobody may write it, as no version of SQLite has ever written. A disk that
/// failed for a moment makes SQLite read only too, and is no damage.
fn forbids_writing(path: &Path) -> bool {
    /// Where the header says which format writers have to know.
    const AT: usize = 18;
    /// The last format that there is.
    const KNOWN: u8 = 2;
    let mut header = [0; 20];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut header));
    read.is_ok() && header[AT] > KNOWN
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
