//! `trust.db`: the feeds that the user trusts, and the rollback floors. A generation never goes down, not even after
//! a reset of the catalog. Sync writes here and never into `user.db`.

mod sources;

pub use sources::{Attempt, Source};

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, params};
use rusqlite_migration::{M, Migrations};

use super::{Folder, StoreError, db};

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../schema/trust/0001_init.sql")),
    M::up(include_str!("../schema/trust/0002_feeds.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// The rollback floors of a data folder.
#[derive(Debug)]
pub struct Trust {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Trust {
    /// Opens the floors of a folder that may be written. Answers whether they were damaged and begun
    /// anew: the catalog's own generation then is the floor.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn open(folder: &Folder) -> Result<(Self, bool), StoreError> {
        let path = folder.file("trust.db");
        let (connection, reset) = match open(&path) {
            Ok(connection) => (connection, false),
            Err(StoreError::Damaged { .. }) => {
                db::set_aside(&path, "damaged")?;
                (open(&path)?, true)
            }
            Err(error) => return Err(error),
        };
        Ok((
            Self {
                path,
                connection: Mutex::new(connection),
            },
            reset,
        ))
    }

    /// Opens the file for reading beside the process that writes it; an absent one is empty.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn read(folder: &Folder) -> Result<Self, StoreError> {
        let path = folder.file("trust.db");
        let connection = if path.exists() {
            db::read(&path)?
        } else {
            let mut empty =
                Connection::open_in_memory().map_err(|error| StoreError::sqlite(&path, error))?;
            super::user::migrate(&mut empty, &path, &MIGRATIONS)?;
            empty
        };
        Ok(Self {
            path,
            connection: Mutex::new(connection),
        })
    }

    /// The highest generation of a feed ever applied, with its digest.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn floor(&self, feed: &str) -> Result<Option<(u32, String)>, StoreError> {
        self.with(|connection| {
            connection
                .query_row(
                    "select generation, digest from floor where feed = ?",
                    [feed],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()
        })
    }

    /// Raises the floor of a feed; it never falls.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn raise(&self, feed: &str, generation: u32, digest: &str) -> Result<(), StoreError> {
        self.with(|connection| {
            connection.execute(
                "insert into floor values (?1, ?2, ?3)
                 on conflict do update set generation = ?2, digest = ?3 where ?2 > generation",
                params![feed, generation, digest],
            )
        })?;
        Ok(())
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        work(&connection).map_err(|error| StoreError::sqlite(&self.path, error))
    }
}

fn open(path: &std::path::Path) -> Result<Connection, StoreError> {
    let mut connection = db::open(path)?;
    db::check(&connection, path)?;
    super::user::migrate(&mut connection, path, &MIGRATIONS)?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_never_falls_and_survives_damage_of_the_file_by_beginning_anew() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        let (trust, reset) = Trust::open(&folder).unwrap();
        assert!(!reset);
        trust.raise("a", 7, "x").unwrap();
        trust.raise("a", 3, "y").unwrap();
        assert_eq!(trust.floor("a").unwrap(), Some((7, "x".to_owned())));
        drop(trust);
        std::fs::write(folder.file("trust.db"), [b'x'; 8192]).unwrap();
        let (trust, reset) = Trust::open(&folder).unwrap();
        assert!(reset);
        assert_eq!(trust.floor("a").unwrap(), None);
    }
}
