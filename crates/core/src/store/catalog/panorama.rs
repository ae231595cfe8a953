//! The panorama's counts, kept up to date as records come and go.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Transaction, params};

use super::Catalog;
use crate::api::types::{Cell, Panorama, PanoramaRequest};
use crate::model::main::{NONE, actions};
use crate::model::{Main, Record, Taxonomies};
use crate::store::StoreError;

/// Changes of the counts, gathered in one transaction.
#[derive(Default)]
pub(super) struct Counts {
    cells: BTreeMap<(String, String, String, String, bool), i64>,
    regions: BTreeMap<(String, String, String), i64>,
}

impl Counts {
    /// Adds a record (`by` = 1) or takes it out (`by` = −1).
    pub(super) fn add(&mut self, record: &Record, taxonomies: &Taxonomies, by: i64) {
        let main = Main::of(record.head(), taxonomies);
        let kind = record.kind().as_str();
        // The empty action counts every record.
        for action in actions(record.head(), taxonomies)
            .into_iter()
            .chain([String::new()])
        {
            *self
                .regions
                .entry((kind.to_owned(), action.clone(), main.region.clone()))
                .or_default() += by;
            let cell = (
                kind.to_owned(),
                action,
                main.industry_group.clone(),
                main.stage.clone(),
                main.inferred,
            );
            *self.cells.entry(cell).or_default() += by;
        }
    }

    pub(super) fn store(&self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        for ((kind, action, group, stage, inferred), by) in &self.cells {
            transaction.execute(
                "insert into panorama values (?1, ?2, ?3, ?4, ?5, ?6)
                 on conflict do update set records = records + ?6",
                params![kind, action, group, stage, inferred, by],
            )?;
        }
        for ((kind, action, region), by) in &self.regions {
            transaction.execute(
                "insert into panorama_region values (?1, ?2, ?3, ?4)
                 on conflict do update set records = records + ?4",
                params![kind, action, region, by],
            )?;
        }
        transaction.execute("delete from panorama where records = 0", [])?;
        transaction.execute("delete from panorama_region where records = 0", [])?;
        Ok(())
    }
}

impl Catalog {
    /// The panorama of a kind, or of all kinds that are not publications.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn panorama(
        &self,
        request: &PanoramaRequest,
        taxonomies: &Taxonomies,
    ) -> Result<Panorama, StoreError> {
        let kinds = self.kinds()?;
        self.read(|connection| {
            count(connection, request, taxonomies).map(|panorama| Panorama { kinds, ..panorama })
        })
    }
}

/// `?1` is a kind or empty, `?2` an action or empty.
const WHERE: &str =
    "action = ?2 and case when ?1 = '' then kind not in ('document', 'list') else kind = ?1 end";

fn count(
    connection: &Connection,
    request: &PanoramaRequest,
    taxonomies: &Taxonomies,
) -> rusqlite::Result<Panorama> {
    let kind = request.kind.map_or("", |kind| kind.as_str());
    let action = request.action.as_ref().map_or("", |action| action.as_str());
    let mut cells: BTreeMap<(String, String), Cell> = BTreeMap::new();
    let mut statement = connection.prepare_cached(&format!(
        "select industry_group, stage, inferred, sum(records) as records from panorama where {WHERE} group by 1, 2, 3"
    ))?;
    let mut rows = statement.query([kind, action])?;
    while let Some(row) = rows.next()? {
        let cell = cells
            .entry((row.get("industry_group")?, row.get("stage")?))
            .or_default();
        let records: u32 = row.get("records")?;
        if row.get("inferred")? {
            cell.inferred += records;
        } else {
            cell.printed += records;
        }
    }
    let mut statement = connection.prepare_cached(&format!(
        "select region, sum(records) as records from panorama_region where {WHERE} group by 1"
    ))?;
    let regions = statement
        .query_map([kind, action], |row| {
            Ok((row.get("region")?, row.get("records")?))
        })?
        .collect::<rusqlite::Result<BTreeMap<String, u32>>>()?;
    let rows = axis(
        taxonomies,
        "industry_group",
        cells.keys().map(|(row, _)| row),
    );
    let columns = axis(taxonomies, "stage", cells.keys().map(|(_, column)| column));
    let at = |row: &String, column: &String| {
        cells
            .get(&(row.clone(), column.clone()))
            .copied()
            .unwrap_or_default()
    };
    Ok(Panorama {
        total: cells
            .values()
            .map(|cell| cell.printed + cell.inferred)
            .sum(),
        cells: rows
            .iter()
            .map(|row| columns.iter().map(|column| at(row, column)).collect())
            .collect(),
        rows,
        columns,
        regions,
        kinds: BTreeMap::new(),
    })
}

/// The codes of an axis: the taxonomy's in its order, then those it does not know, then `none`.
fn axis<'a>(
    taxonomies: &Taxonomies,
    taxonomy: &str,
    present: impl Iterator<Item = &'a String>,
) -> Vec<String> {
    let mut codes: Vec<String> = taxonomies.get(taxonomy).map_or_else(Vec::new, |taxonomy| {
        taxonomy
            .terms
            .iter()
            .map(|term| term.code.to_string())
            .collect()
    });
    let unknown: BTreeSet<&String> = present
        .filter(|code| *code != NONE && !codes.contains(code))
        .collect();
    let unknown: Vec<String> = unknown.into_iter().cloned().collect();
    codes.extend(unknown);
    codes.push(NONE.to_owned());
    codes
}
