//! The feeds that the user added: addresses, confirmed roots, signed files last seen, and how the last attempt went.

use rusqlite::{OptionalExtension as _, params};

use super::Trust;
use crate::api::types::Problem;
use crate::store::StoreError;

/// A feed that the user added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Feed id.
    pub feed: String,
    /// Base address or folder; empty for a feed that only comes by file.
    pub base: String,
    /// Further addresses.
    pub mirrors: Vec<String>,
    /// Without encryption or inside the local network, which the user allowed.
    pub local: bool,
    /// The first root, as published.
    pub root: Vec<u8>,
    /// When it was added (ISO 8601).
    pub added: String,
}

/// How the last attempt went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    /// When (ISO 8601).
    pub last_attempt: String,
    /// When an attempt last succeeded.
    pub last_success: Option<String>,
    /// Failures since.
    pub failures: u32,
    /// Seconds for which the server asked not to be asked again.
    pub retry_after: Option<u32>,
    /// What went wrong; none after a success.
    pub problem: Option<Problem>,
    /// Until when the publisher vouches for the generation.
    pub expires: Option<String>,
    /// The generation was imported after that date, with consent.
    pub imported_expired: bool,
}

impl Trust {
    /// The feeds that were added, by id.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn sources(&self) -> Result<Vec<Source>, StoreError> {
        self.with(|connection| {
            connection
                .prepare_cached("select * from source order by feed")?
                .query_map([], |row| {
                    let mirrors: String = row.get("mirrors")?;
                    Ok(Source {
                        feed: row.get("feed")?,
                        base: row.get("base")?,
                        mirrors: serde_json::from_str(&mirrors).unwrap_or_default(),
                        local: row.get("local")?,
                        root: row.get("root")?,
                        added: row.get("added")?,
                    })
                })?
                .collect()
        })
    }

    /// Adds a feed, or changes its addresses.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn put_source(&self, source: &Source) -> Result<(), StoreError> {
        let mirrors = serde_json::to_string(&source.mirrors).unwrap_or_default();
        self.with(|connection| {
            connection.execute(
                "insert or replace into source (feed, base, mirrors, local, root, added) values (?, ?, ?, ?, ?, ?)",
                params![source.feed, source.base, mirrors, source.local, source.root, source.added],
            )
        })?;
        Ok(())
    }

    /// Forgets a feed with everything that was known about it, floors included.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn forget(&self, feed: &str) -> Result<(), StoreError> {
        self.with(|connection| {
            let transaction = connection.unchecked_transaction()?;
            for table in ["source", "metadata", "attempt", "floor"] {
                transaction.execute(&format!("delete from {table} where feed = ?"), [feed])?;
            }
            transaction.commit()
        })
    }

    /// A signed file as last verified.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn metadata(&self, feed: &str, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.with(|connection| {
            connection
                .prepare_cached("select bytes from metadata where feed = ? and name = ?")?
                .query_row([feed, name], |row| row.get("bytes"))
                .optional()
        })
    }

    /// Keeps a signed file that was verified.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn put_metadata(&self, feed: &str, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.with(|connection| {
            connection.execute(
                "insert or replace into metadata values (?, ?, ?)",
                params![feed, name, bytes],
            )
        })?;
        Ok(())
    }

    /// How the last attempt went.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn attempt(&self, feed: &str) -> Result<Option<Attempt>, StoreError> {
        self.with(|connection| {
            connection
                .prepare_cached("select * from attempt where feed = ?")?
                .query_row([feed], |row| {
                    let problem: Option<String> = row.get("problem")?;
                    Ok(Attempt {
                        last_attempt: row.get("last_attempt")?,
                        last_success: row.get("last_success")?,
                        failures: row.get("failures")?,
                        retry_after: row.get("retry_after")?,
                        problem: problem.and_then(|json| serde_json::from_str(&json).ok()),
                        expires: row.get("expires")?,
                        imported_expired: row.get("imported_expired")?,
                    })
                })
                .optional()
        })
    }

    /// Notes how an attempt went.
    ///
    /// # Errors
    /// Those of writing the file.
    pub fn put_attempt(&self, feed: &str, attempt: &Attempt) -> Result<(), StoreError> {
        let problem = attempt
            .problem
            .as_ref()
            .and_then(|problem| serde_json::to_string(problem).ok());
        self.with(|connection| {
            connection.execute(
                "insert or replace into attempt (feed, last_attempt, last_success, failures, retry_after, problem,
                   expires, imported_expired) values (?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    feed,
                    attempt.last_attempt,
                    attempt.last_success,
                    attempt.failures,
                    attempt.retry_after,
                    problem,
                    attempt.expires,
                    attempt.imported_expired,
                ],
            )
        })?;
        Ok(())
    }
}
