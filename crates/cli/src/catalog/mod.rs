//! Builds the bundled catalog from the reviewed lines in `assets/catalog`.
//!
//! entries → drafts ([`convert`]) → one record a thing ([`merge`]) → lists and documents → links →
//! inferred codes ([`infer`]) → checks ([`validate`]) → records, ledger and pack. Everything is
//! deterministic: the same input gives the same bytes, which `--check` relies on. No clock, no network.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use atlas_core::model::{Kind, Record};
use serde::de::DeserializeOwned;

mod absorb;
mod actions;
mod clauses;
mod convert;
mod documents;
mod entry;
mod head;
mod infer;
mod kinds;
mod ledger;
mod link;
mod lists;
mod merge;
mod money;
mod names;
mod pack;
mod place;
mod remarks;
mod rules;
mod same;
mod sources;
#[cfg(test)]
mod tests;
mod validate;

pub(crate) use validate::{codes, is_forbidden};

use convert::Tables;
use names::Names;
use remarks::Remarks;
use rules::Rules;

/// Generation of the bundled catalog; raise it with every release that changes a record.
const GENERATION: u32 = 1;
/// When the sources were last checked, which is what the catalog's date says.
const PUBLISHED: &str = "2026-11-22T00:00:00Z";

/// What is wrong with one field of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// File.
    pub file: String,
    /// Record id.
    pub id: String,
    /// Field.
    pub field: String,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {}: {}: {} ({})",
            self.file, self.id, self.field, self.reason, self.remedy
        )
    }
}

/// Why the catalog cannot be built.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CatalogError {
    /// A file cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line cannot be understood.
    #[error("{file}:{line}: {reason} ({remedy})")]
    Line {
        /// The file.
        file: String,
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
        /// What to do.
        remedy: String,
    },
    /// A field of an entry cannot be used.
    #[error("{file}: {id}: {field}: {reason} ({remedy})")]
    Field {
        /// The file.
        file: String,
        /// Id of the entry.
        id: String,
        /// The field.
        field: String,
        /// What is wrong.
        reason: String,
        /// What to do.
        remedy: String,
    },
    /// Records break a promise of the catalog.
    #[error("{} faults:\n{}", .0.len(), .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Invalid(Vec<Fault>),
    /// The ledger does not add up.
    #[error("ledger: {0}")]
    Ledger(String),
    /// The pack cannot be made.
    #[error("pack: {0}")]
    Pack(String),
    /// Committed files differ from what the entries give.
    #[error("not up to date, run `atlas catalog build`: {}", .0.join(", "))]
    Stale(Vec<String>),
}

impl CatalogError {
    pub(crate) fn line(file: &str, line: usize, reason: String, remedy: &str) -> Self {
        Self::Line {
            file: file.to_owned(),
            line,
            reason,
            remedy: remedy.to_owned(),
        }
    }
}

/// What a build gave.
#[derive(Debug)]
pub(crate) struct Report {
    /// Sums of the ledger and of the records.
    pub summary: ledger::Summary,
    /// Files that were written; none in a check.
    pub written: Vec<String>,
}

/// The catalog in memory.
pub(crate) struct Catalog {
    /// Records, sorted by kind and id.
    pub(crate) records: Vec<Record>,
    /// The ledger, in the order of the entries.
    pub(crate) ledger: Vec<ledger::Row>,
    /// Its sums.
    pub(crate) summary: ledger::Summary,
}

/// Builds the catalog under `root`. With `check`, writes nothing and fails when committed files differ.
///
/// # Errors
/// [`CatalogError`] when input is missing or wrong, a promise is broken, or, in a check, files differ.
pub(crate) fn run(root: &Path, check: bool) -> Result<Report, CatalogError> {
    let catalog = build(root)?;
    let files = files(&catalog)?;
    let stale: Vec<String> = files
        .iter()
        .filter(|(name, bytes)| fs::read(root.join(name)).ok().as_ref() != Some(*bytes))
        .map(|(name, _)| name.clone())
        .collect();
    if check && !stale.is_empty() {
        return Err(CatalogError::Stale(stale));
    }
    for name in &stale {
        let path = root.join(name);
        let error = |source| CatalogError::File {
            path: path.clone(),
            source,
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(error)?;
        }
        fs::write(&path, &files[name]).map_err(error)?;
    }
    Ok(Report {
        summary: catalog.summary,
        written: stale,
    })
}

/// Builds the catalog in memory.
pub(crate) fn build(root: &Path) -> Result<Catalog, CatalogError> {
    let entries = entry::read(root)?;
    let tables = Tables {
        names: Names::read(root)?,
        remarks: Remarks::read(root)?,
    };
    let rules = Rules::read(root)?;
    let mut drafts = Vec::new();
    for entry in &entries {
        drafts.extend(convert::drafts(entry, &tables)?);
    }
    let mut drafts = merge::all(drafts);
    let documents = documents::build(root, &entries, &tables.remarks)?;
    drafts.extend(lists::build(&entries, &tables.remarks)?);
    let numbers = documents.by_number();
    drafts.extend(documents.into_drafts());
    link::all(&mut drafts, &entries, &tables, &numbers);
    for draft in &mut drafts {
        infer::apply(&rules, &mut draft.record);
        settle(&mut draft.record);
    }
    let ledger = ledger::rows(&entries, &drafts);
    let mut records: Vec<Record> = drafts.into_iter().map(|draft| draft.record).collect();
    records
        .sort_by(|a, b| (a.kind().as_str(), &a.head().id).cmp(&(b.kind().as_str(), &b.head().id)));
    actions::apply(&mut records);
    let faults = validate::faults(&records);
    if !faults.is_empty() {
        return Err(CatalogError::Invalid(faults));
    }
    ledger::check(&ledger, &entries, &records)?;
    let summary = ledger::summary(&ledger, &records);
    Ok(Catalog {
        records,
        ledger,
        summary,
    })
}

/// Drops marks of fields that the record does not have, and names that say nothing new.
fn settle(record: &mut Record) {
    let value = serde_json::to_value(&*record).unwrap_or_default();
    let head = record.head_mut();
    let has_instance = head
        .links
        .iter()
        .any(|link| link.rel.as_str() == "instance_of");
    head.inferred.retain(|mark| match mark.field.as_str() {
        "links.instance_of" => has_instance,
        "lists.no" => head.lists.iter().any(|membership| membership.no.is_some()),
        "lists.group" => head
            .lists
            .iter()
            .any(|membership| membership.group.is_some()),
        "sources.issuer" => head.sources.iter().any(|source| source.issuer.is_some()),
        field => value.get(field).is_some(),
    });
    let (zh, en) = (head.name.zh.clone(), head.name.en.clone());
    head.name
        .aliases
        .retain(|alias| Some(alias) != zh.as_ref() && Some(alias) != en.as_ref());
}

/// All files that a build writes, by name.
fn files(catalog: &Catalog) -> Result<BTreeMap<String, Vec<u8>>, CatalogError> {
    let mut files = BTreeMap::new();
    let mut packed = Vec::new();
    for kind in Kind::ALL {
        let mut lines = String::new();
        for record in catalog
            .records
            .iter()
            .filter(|record| record.kind() == kind)
        {
            let json = serde_json::to_string(record)
                .map_err(|error| CatalogError::Pack(error.to_string()))?;
            lines.push_str(&json);
            lines.push('\n');
            packed.push((record.clone(), json));
        }
        files.insert(
            format!("assets/catalog/records/{}.jsonl", kind.as_str()),
            lines.into_bytes(),
        );
    }
    files.insert(
        "assets/catalog/ledger.csv".to_owned(),
        ledger::csv(&catalog.ledger)?,
    );
    files.insert(
        "assets/catalog/ledger-summary.json".to_owned(),
        pretty(&catalog.summary)?,
    );
    let (pack, manifest) = pack::pack(&packed, GENERATION, PUBLISHED)?;
    files.insert("assets/catalog/bundled.pack".to_owned(), pack);
    files.insert("assets/catalog/bundled.json".to_owned(), pretty(&manifest)?);
    Ok(files)
}

fn pretty(value: &impl serde::Serialize) -> Result<Vec<u8>, CatalogError> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(|error| CatalogError::Pack(error.to_string()))?;
    text.push('\n');
    Ok(text.into_bytes())
}

fn read_text(path: &Path) -> Result<String, CatalogError> {
    fs::read_to_string(path).map_err(|source| CatalogError::File {
        path: path.to_owned(),
        source,
    })
}

fn read_csv<T: DeserializeOwned>(root: &Path, file: &str) -> Result<Vec<T>, CatalogError> {
    let text = read_text(&root.join(file))?;
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .enumerate()
        .map(|(idx, row)| {
            row.map_err(|error| {
                CatalogError::line(
                    file,
                    idx + 2,
                    error.to_string(),
                    "keep the columns of the first line",
                )
            })
        })
        .collect()
}
