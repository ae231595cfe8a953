//! `user.db`: what the user made. Irreplaceable: every change goes through [`User::transact`], every
//! change can be undone, and verified backups are kept. What was last looked at ([`User::look_at`]) is no change,
//! nor is what has left the house ([`submissions`]).

mod backup;
mod edit;
mod favourites;
pub mod needs;
mod portfolio;
mod settings;
pub mod submissions;

pub use backup::Backup;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::{Access, Folder, StoreError, db};
use crate::api::types::{Changes, Edit};

/// Edits that can be undone.
const UNDO_STEPS: usize = 100;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../schema/user/0001_init.sql")),
    M::up(include_str!("../schema/user/0002_needs.sql")),
    M::up(include_str!("../schema/user/0006_submissions.sql")),
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
        let (connection, opened) = match open(&path, folder, now) {
            Ok(connection) => (connection, Opened::Sound),
            Err(StoreError::Damaged { .. }) => {
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
    db::check(&connection, path)?;
    let version = db::user_version(&connection, path)?;
    // A file that an end in the middle of its making left empty holds nothing that a backup could keep.
    if version > 0 {
        let migrating = version as usize != STEPS.len();
        backup::make(&connection, folder, now, migrating)?;
    }
    migrate(&mut connection, path, &MIGRATIONS)?;
    Ok(connection)
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
