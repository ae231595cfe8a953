//! Twins: other records of the same thing, by the relation `same_as`. One hop in either direction and nothing further, so
//! that no chain of claims can join what nobody said is the same.

use rusqlite::params;

use super::Catalog;
use super::apply::reference;
use super::read::{name_from_json, text_from_json};
use crate::api::types::Twin;
use crate::model::{Kind, RecordRef};
use crate::store::StoreError;

/// Twins told of one record; whoever says that a thousand records are the same fills no screen.
const MOST: u32 = 8;

impl Catalog {
    /// The twins of some records, each asked for by itself: what this costs follows their number, not the catalog.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn twins(&self, references: &[&RecordRef]) -> Result<Vec<Vec<Twin>>, StoreError> {
        self.read(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let mut statement = transaction.prepare_cached(include_str!("twins.sql"))?;
            let mut all = Vec::with_capacity(references.len());
            for one in references {
                // Every member of a list points to it; nobody is to walk them for each row.
                let inward = one.kind != Kind::List.as_str();
                let found = statement
                    .query_map(
                        params![one.feed, one.kind, one.id, inward, MOST],
                        twin_from_row,
                    )?
                    .filter_map(Result::transpose)
                    .collect::<rusqlite::Result<Vec<_>>>()?;
                all.push(found);
            }
            Ok(all)
        })
    }
}

/// A twin of a known kind; others are not shown anywhere.
fn twin_from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Twin>> {
    let target = reference(row)?;
    if Kind::parse(&target.kind).is_none() {
        return Ok(None);
    }
    Ok(Some(Twin {
        reference: target,
        name: name_from_json(&row.get::<_, String>("name")?),
        feed: text_from_json(&row.get::<_, String>("title")?),
    }))
}
