//! What is kept about one record under a key of its own, in the table of settings: the weights of a need of the catalog,
//! the copy of a provider that a portfolio names. No setting has a colon in its name.

use rusqlite::{OptionalExtension as _, params};

use super::User;
use super::needs::Desk;
use crate::model::RecordRef;
use crate::store::StoreError;

/// What is kept about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyed {
    /// The weights with which a need of the catalog is matched.
    Weighing,
    /// A copy of a provider that staff settled, forbade or kept.
    Portfolio,
}

impl Keyed {
    fn key(self, reference: &RecordRef) -> String {
        let what = match self {
            Self::Weighing => "weighing",
            Self::Portfolio => "portfolio",
        };
        format!("{what}:{reference}")
    }
}

const READ: &str = "select value from setting where key = ?";

impl User {
    pub(super) fn keyed(
        &self,
        what: Keyed,
        reference: &RecordRef,
    ) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(READ)?
                .query_row([what.key(reference)], |row| row.get("value"))
                .optional()
        })
    }
}

impl Desk<'_> {
    pub(super) fn keyed(
        &self,
        what: Keyed,
        reference: &RecordRef,
    ) -> Result<Option<String>, StoreError> {
        self.transaction
            .prepare_cached(READ)
            .and_then(|mut statement| {
                statement
                    .query_row([what.key(reference)], |row| row.get("value"))
                    .optional()
            })
            .map_err(|error| self.sql(error))
    }

    /// Keeps a value, or forgets it.
    pub(super) fn set_keyed(
        &self,
        what: Keyed,
        reference: &RecordRef,
        value: Option<&str>,
    ) -> Result<(), StoreError> {
        let key = what.key(reference);
        match value {
            Some(value) => self.run(
                "insert or replace into setting values (?, ?)",
                params![key, value],
            ),
            None => self.run("delete from setting where key = ?", [key]),
        }
    }
}
