//! Entries: the lines of `assets/catalog/entries/*.jsonl`, one per line that the catalog was made from.
//!
//! An entry says what one source says, in the source's own words and with the remarks of whoever read
//! it. Fields that this version does not know are kept and travel on into the record.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::CatalogError;

/// A result as the source prints it: a sentence, or its parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Result {
    Sentence(String),
    Parts {
        metric: String,
        #[serde(default)]
        value: Option<String>,
        #[serde(default)]
        unit: Option<String>,
        #[serde(default)]
        baseline: Option<String>,
    },
}

/// A page that reports results.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ResultSource {
    #[serde(default)]
    pub(crate) publisher: Option<String>,
    pub(crate) url: String,
}

/// A flag that may carry its reason.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Flag {
    Set(bool),
    Because(#[allow(dead_code, reason = "read by people; the flag is what counts")] String),
}

macro_rules! entry {
    ($($field:ident: $ty:ty),* $(,)?) => {
        /// One line; the names of the fields are those of the files.
        #[derive(Debug, Clone, Default, Deserialize)]
        pub(crate) struct Entry {
            /// Id of the line: `r0001`, `q0001` …
            pub(crate) id: String,
            /// Type of the line, which is also the name of its file.
            #[serde(rename = "type")]
            #[allow(clippy::struct_field_names, reason = "`type` is a word of the language")]
            pub(crate) entry_type: String,
            /// Title of the list on which the source prints it.
            pub(crate) list: String,
            /// Address or description of what was read.
            pub(crate) source: String,
            /// How far it was verified, in the words of the person who read it.
            pub(crate) trust: String,
            $(#[serde(default)] pub(crate) $field: $ty,)*
            /// Fields that this version does not know.
            #[serde(flatten)]
            pub(crate) extra: Map<String, Value>,
        }
    };
}

entry! {
    algorithm_filing_no: Option<String>,
    algorithm_name: Option<String>,
    alias: Option<String>,
    batch: Option<String>,
    budget: Option<String>,
    capability: Option<String>,
    cases: Vec<String>,
    category: Option<String>,
    city: Option<String>,
    clause_key: Option<String>,
    date: Option<String>,
    date_note: Option<String>,
    deadline: Option<String>,
    delivery_form: Option<String>,
    detail: Option<String>,
    doc_number: Option<String>,
    domain: Option<String>,
    doubt: Option<String>,
    enterprise: Option<String>,
    field: Option<String>,
    filing_no: Option<String>,
    founded: Option<String>,
    group: Option<String>,
    industries: Vec<String>,
    industry: Option<String>,
    inferred_not_printed: Vec<String>,
    issuer: Option<String>,
    kind: Option<String>,
    leave_out: Option<String>,
    level: Option<String>,
    licence: Option<String>,
    list_no: Option<u32>,
    name: Option<String>,
    name_composed: Option<Flag>,
    name_is_short: bool,
    need: Option<String>,
    need_kind: Option<String>,
    note: Option<String>,
    official_site: Option<bool>,
    official_source: Option<String>,
    outcome_sources: Vec<ResultSource>,
    outcome_trust: Option<String>,
    outcomes: Vec<Result>,
    partners: Vec<String>,
    policy: Option<String>,
    problem: Option<String>,
    products: Vec<String>,
    project_no: Option<String>,
    provider: Option<String>,
    province: Option<String>,
    review_score: Option<f64>,
    row: Option<u32>,
    scenario: Option<String>,
    shown_as: Option<String>,
    size: Option<String>,
    solution: Option<String>,
    solution_wanted: Option<String>,
    source2: Option<String>,
    source_note: Option<String>,
    source_official: Option<String>,
    stage: Option<String>,
    subgroup: Option<String>,
    targets: Vec<String>,
    technique: Option<String>,
    tier: Option<String>,
    url: Option<String>,
    website: Option<String>,
    揭榜方向: Option<String>,
    细分领域: Option<String>,
    推荐单位: Option<String>,
}

impl Entry {
    /// The official address, which was not necessarily read.
    pub(crate) fn official(&self) -> Option<&str> {
        self.official_source
            .as_deref()
            .or(self.source_official.as_deref())
    }

    /// Whether the title was put together by somebody.
    pub(crate) fn is_composed(&self) -> bool {
        self.name_composed
            .as_ref()
            .is_some_and(|flag| !matches!(flag, Flag::Set(false)))
    }

    /// Whether whoever gathered the source concluded the field.
    pub(crate) fn is_concluded(&self, field: &str) -> bool {
        self.inferred_not_printed
            .iter()
            .any(|item| word(item) == field)
    }
}

/// The field that an item of `inferred_not_printed` begins with.
pub(crate) fn word(item: &str) -> &str {
    item.split([' ', '(']).next().unwrap_or(item)
}

/// Types of entry, which are also the names of the files.
pub(crate) const TYPES: [&str; 12] = [
    "benchmark_enterprise",
    "case",
    "clause",
    "dataset",
    "model",
    "need",
    "pilot_base",
    "policy",
    "provider",
    "scenario",
    "solution",
    "zone",
];

/// Reads all entries, the `r` lines before the `q` lines: the earlier gathering comes first, so that its
/// ids stay when later lines repeat a thing.
pub(crate) fn read(root: &Path) -> std::result::Result<Vec<Entry>, CatalogError> {
    let mut entries = Vec::new();
    for entry_type in TYPES {
        let file = format!("assets/catalog/entries/{entry_type}.jsonl");
        let text = super::read_text(&root.join(&file))?;
        let mut last = String::new();
        for (line, json) in text.lines().enumerate() {
            let fault =
                |reason: String, remedy: &str| CatalogError::line(&file, line + 1, reason, remedy);
            let entry: Entry = serde_json::from_str(json).map_err(|error| {
                fault(
                    error.to_string(),
                    "write one JSON object a line; text in double quotes",
                )
            })?;
            if entry.entry_type != entry_type {
                return Err(fault(
                    format!("{} has the type {}", entry.id, entry.entry_type),
                    "move the line to the file of its type",
                ));
            }
            if entry.id <= last {
                return Err(fault(
                    format!("{} stands after {last}", entry.id),
                    "sort the file by id; each id once",
                ));
            }
            last.clone_from(&entry.id);
            entries.push(entry);
        }
    }
    entries.sort_by(|a, b| order(&a.id).cmp(&order(&b.id)));
    Ok(entries)
}

/// Position of an entry: the first gathering (`r`) before the second (`q`), then by number.
pub(crate) fn order(id: &str) -> (bool, &str) {
    (!id.starts_with('r'), id)
}
