//! The ledger: what became of every line that the catalog was made from.
//!
//! `shown` means that the line has a record, or a part of one, that it was the first to give; `merged`
//! that it added to a record which another line gave; `left_out` that nothing of it is shown. The reason
//! is a code; see the README of the catalog.

use std::collections::{BTreeMap, BTreeSet};

use atlas_core::model::{Kind, Record};
use serde::Serialize;

use super::CatalogError;
use super::entry::Entry;
use super::link::target;
use super::lists;
use super::merge::Draft;

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Row {
    pub(crate) line: String,
    #[serde(rename = "type")]
    pub(crate) entry_type: String,
    pub(crate) name: String,
    pub(crate) action: &'static str,
    pub(crate) into: String,
    pub(crate) reason: String,
}

/// Sums of the ledger and of the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// Lines in all.
    pub lines: usize,
    /// Lines by action.
    pub actions: BTreeMap<String, usize>,
    /// Lines by action and reason.
    pub reasons: BTreeMap<String, usize>,
    /// Records in all.
    pub records: usize,
    /// Records by kind.
    pub kinds: BTreeMap<String, usize>,
}

/// The ledger of all entries, in the order of the files.
pub(crate) fn rows(entries: &[Entry], drafts: &[Draft]) -> Vec<Row> {
    let mut into: BTreeMap<&str, Vec<&Draft>> = BTreeMap::new();
    for draft in drafts {
        for entry in &draft.from {
            into.entry(entry).or_default().push(draft);
        }
    }
    entries
        .iter()
        .map(|entry| {
            row(
                entry,
                into.get(entry.id.as_str()).map_or(&[], Vec::as_slice),
            )
        })
        .collect()
}

fn row(entry: &Entry, drafts: &[&Draft]) -> Row {
    let list = format!("list/{}", lists::id(&entry.list));
    let mut targets: Vec<String> = drafts.iter().map(|draft| target(&draft.record)).collect();
    // The record that the line is about comes first, then those that it names.
    let about = drafts
        .iter()
        .position(|draft| is_about(entry, draft.record.kind()))
        .unwrap_or(0);
    if about < targets.len() {
        targets.swap(0, about);
    }
    let (action, reason) = if let Some(reason) = &entry.leave_out {
        ("left_out", reason.clone())
    } else if entry.entry_type == "zone" {
        targets = vec![list];
        ("shown", "list_entry".to_owned())
    } else if entry.entry_type == "clause" {
        ("shown", "clause".to_owned())
    } else {
        let own = drafts.get(about).is_some_and(|draft| {
            draft.from.first() == Some(&entry.id) && !is_handwritten(entry, draft)
        });
        if own {
            ("shown", "record".to_owned())
        } else {
            ("merged", "same".to_owned())
        }
    };
    Row {
        line: entry.id.clone(),
        entry_type: entry.entry_type.clone(),
        name: entry
            .name
            .clone()
            .or_else(|| entry.enterprise.clone())
            .unwrap_or_default(),
        action,
        into: targets.join(";"),
        reason,
    }
}

/// Whether a line is about a record of that kind, rather than only naming it.
fn is_about(entry: &Entry, kind: Kind) -> bool {
    match entry.shown_as.as_deref().unwrap_or(&entry.entry_type) {
        "benchmark_enterprise" => kind == Kind::Enterprise,
        "scenario" => matches!(kind, Kind::Scenario | Kind::Case),
        "case" => kind == Kind::Case,
        "provider" => kind == Kind::Provider,
        "solution" => kind == Kind::Solution,
        "pilot_base" => kind == Kind::Base,
        "dataset" => kind == Kind::Dataset,
        "model" => kind == Kind::Model,
        "need" => kind == Kind::Need,
        _ => kind == Kind::Document,
    }
}

/// A policy line that only adds to a hand-written document.
fn is_handwritten(entry: &Entry, draft: &Draft) -> bool {
    entry.entry_type == "policy" && draft.record.head().id != entry.id
}

/// The sums.
pub(crate) fn summary(rows: &[Row], records: &[Record]) -> Summary {
    let mut summary = Summary {
        lines: rows.len(),
        actions: BTreeMap::new(),
        reasons: BTreeMap::new(),
        records: records.len(),
        kinds: BTreeMap::new(),
    };
    for row in rows {
        *summary.actions.entry(row.action.to_owned()).or_default() += 1;
        *summary
            .reasons
            .entry(format!("{}: {}", row.action, row.reason))
            .or_default() += 1;
    }
    for record in records {
        *summary
            .kinds
            .entry(record.kind().as_str().to_owned())
            .or_default() += 1;
    }
    summary
}

/// Checks that the ledger accounts for every line once, and only with records that exist.
pub(crate) fn check(
    rows: &[Row],
    entries: &[Entry],
    records: &[Record],
) -> Result<(), CatalogError> {
    let targets: BTreeSet<String> = records.iter().map(target).collect();
    let lines: BTreeSet<&str> = rows.iter().map(|row| row.line.as_str()).collect();
    if lines.len() != rows.len() || rows.len() != entries.len() {
        return Err(CatalogError::Ledger(format!(
            "{} lines for {} entries",
            lines.len(),
            entries.len()
        )));
    }
    for row in rows {
        let mut into = row
            .into
            .split(';')
            .filter(|target| !target.is_empty())
            .peekable();
        if row.action != "left_out" && into.peek().is_none() {
            return Err(CatalogError::Ledger(format!(
                "{} is in no record",
                row.line
            )));
        }
        if let Some(missing) = into.find(|target| !targets.contains(*target)) {
            return Err(CatalogError::Ledger(format!(
                "{} is said to be in {missing}, which does not exist",
                row.line
            )));
        }
    }
    Ok(())
}

/// The ledger as CSV.
pub(crate) fn csv(rows: &[Row]) -> Result<Vec<u8>, CatalogError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer
            .serialize(row)
            .map_err(|error| CatalogError::Ledger(error.to_string()))?;
    }
    writer
        .into_inner()
        .map_err(|error| CatalogError::Ledger(error.to_string()))
}
