//! Links between records, from what entries print. None is guessed: an organisation is linked under
//! exactly the name that the entry gives it, and only where that record exists.

use std::collections::BTreeMap;

use atlas_core::model::{Code, Kind, Link, Record};

use super::convert::{Tables, suppliers};
use super::entry::Entry;
use super::merge::Draft;
use super::names::normalise;

/// Where the drafts are: by entry and by name.
pub(crate) struct Directory {
    /// Positions of the records that an entry went into.
    by_entry: BTreeMap<String, Vec<usize>>,
    /// Positions of organisations by kind and normalised name.
    organisations: BTreeMap<(Kind, String), usize>,
}

impl Directory {
    /// Notes where everything is.
    pub(crate) fn new(drafts: &[Draft]) -> Self {
        let mut by_entry: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut organisations = BTreeMap::new();
        for (idx, draft) in drafts.iter().enumerate() {
            for entry in &draft.from {
                by_entry.entry(entry.clone()).or_default().push(idx);
            }
            let kind = draft.record.kind();
            if matches!(kind, Kind::Enterprise | Kind::Provider) {
                organisations
                    .entry((kind, normalise(draft.record.head().name.any())))
                    .or_insert(idx);
            }
        }
        Self {
            by_entry,
            organisations,
        }
    }

    /// The record of an entry that has one of these kinds.
    fn of(&self, drafts: &[Draft], entry: &str, kinds: &[Kind]) -> Option<usize> {
        self.by_entry
            .get(entry)?
            .iter()
            .copied()
            .find(|idx| kinds.contains(&drafts[*idx].record.kind()))
    }

    fn organisation(&self, kinds: &[Kind], name: &str) -> Option<usize> {
        let name = normalise(name);
        kinds
            .iter()
            .find_map(|kind| self.organisations.get(&(*kind, name.clone())).copied())
    }
}

/// `kind/id` of a draft.
pub(crate) fn target(record: &Record) -> String {
    format!("{}/{}", record.kind().as_str(), record.head().id)
}

/// Adds the links of all entries; `numbers` tells the documents by their number.
pub(crate) fn all(
    drafts: &mut [Draft],
    entries: &[Entry],
    tables: &Tables,
    numbers: &BTreeMap<String, String>,
) {
    let directory = Directory::new(drafts);
    for entry in entries.iter().filter(|entry| entry.leave_out.is_none()) {
        organisations(drafts, &directory, entry, tables);
        served(drafts, &directory, entry);
        scenario(drafts, &directory, entry);
        document(drafts, &directory, entry, numbers);
    }
    same_organisations(drafts, &directory);
    lists(drafts, numbers);
    for draft in drafts {
        let links = &mut draft.record.head_mut().links;
        links.sort();
        links.dedup();
    }
}

fn link(drafts: &mut [Draft], from: usize, relation: &str, to: usize) {
    if from == to {
        return;
    }
    let to = target(&drafts[to].record);
    drafts[from].record.head_mut().links.push(Link {
        rel: Code::from(relation),
        to,
        clause: None,
    });
}

/// Links a record to the organisations that its entry names.
fn organisations(drafts: &mut [Draft], directory: &Directory, entry: &Entry, tables: &Tables) {
    const FIRM: &[Kind] = &[Kind::Enterprise, Kind::Provider];
    const SUPPLIER: &[Kind] = &[Kind::Provider];
    let named = |printed: Option<&String>| -> Vec<String> {
        printed
            .map(|text| tables.names.of(text))
            .unwrap_or_default()
            .into_iter()
            .map(|firm| firm.name)
            .collect()
    };
    let supplied = |printed: Option<&String>| -> Vec<String> {
        printed
            .map(|text| suppliers(&tables.names, text))
            .unwrap_or_default()
            .into_iter()
            .map(|firm| firm.name)
            .collect()
    };
    let enterprise = entry.enterprise.as_ref();
    let shown = entry.shown_as.as_deref().unwrap_or(&entry.entry_type);
    let wanted: Vec<(Kind, &str, &[Kind], Vec<String>)> = match (shown, entry.entry_type.as_str()) {
        ("case", "pilot_base") => vec![(Kind::Case, "supplied_by", SUPPLIER, supplied(enterprise))],
        ("case" | "scenario" | "benchmark_enterprise", _) => vec![
            (
                Kind::Case,
                "applied_by",
                &[Kind::Enterprise],
                named(enterprise),
            ),
            (
                Kind::Case,
                "supplied_by",
                SUPPLIER,
                supplied(entry.provider.as_ref()),
            ),
        ],
        ("solution", _) => {
            vec![(
                Kind::Solution,
                "provided_by",
                SUPPLIER,
                supplied(entry.provider.as_ref().or(enterprise)),
            )]
        }
        ("pilot_base", _) => vec![(Kind::Base, "hosted_by", FIRM, named(enterprise))],
        ("model", _) => vec![(Kind::Model, "developed_by", FIRM, named(enterprise))],
        ("dataset", _) => vec![(Kind::Dataset, "developed_by", FIRM, named(enterprise))],
        ("need", _) => vec![(Kind::Need, "needed_by", FIRM, named(enterprise))],
        _ => Vec::new(),
    };
    for (kind, relation, kinds, names) in wanted {
        let Some(from) = directory.of(drafts, &entry.id, &[kind]) else {
            continue;
        };
        for name in names {
            if let Some(to) = directory.organisation(kinds, &name) {
                link(drafts, from, relation, to);
            }
        }
    }
}

/// A provider line may tell the cases that it served.
fn served(drafts: &mut [Draft], directory: &Directory, entry: &Entry) {
    let Some(provider) = directory.of(drafts, &entry.id, &[Kind::Provider]) else {
        return;
    };
    for case in &entry.cases {
        // Cases that were noted but never made it into the entries have nothing to link to.
        if let Some(case) = directory.of(drafts, case, &[Kind::Case]) {
            link(drafts, case, "supplied_by", provider);
        }
    }
}

/// An entry may name one of the typical scenarios.
fn scenario(drafts: &mut [Draft], directory: &Directory, entry: &Entry) {
    let Some(name) = &entry.scenario else { return };
    let to = drafts.iter().position(|draft| {
        matches!(draft.record, Record::Scenario(_))
            && !draft.record.head().typical_scenario.is_empty()
            && draft
                .record
                .head()
                .name
                .all()
                .any(|known| normalise(known) == normalise(name))
    });
    let from = directory.of(
        drafts,
        &entry.id,
        &[Kind::Case, Kind::Dataset, Kind::Solution],
    );
    if let (Some(from), Some(to)) = (from, to) {
        link(drafts, from, "instance_of", to);
    }
}

/// An entry may print the number of the document that its list belongs to.
fn document(
    drafts: &mut [Draft],
    directory: &Directory,
    entry: &Entry,
    numbers: &BTreeMap<String, String>,
) {
    if ["policy", "clause"].contains(&entry.entry_type.as_str()) {
        return;
    }
    let Some(id) = entry
        .doc_number
        .as_ref()
        .and_then(|number| numbers.get(number))
    else {
        return;
    };
    let kinds = [
        Kind::Case,
        Kind::Scenario,
        Kind::Solution,
        Kind::Base,
        Kind::Dataset,
        Kind::Need,
    ];
    if let Some(from) = directory.of(drafts, &entry.id, &kinds) {
        let link = Link {
            rel: Code::from("based_on"),
            to: format!("document/{id}"),
            clause: None,
        };
        drafts[from].record.head_mut().links.push(link);
    }
}

/// An enterprise and a provider of one name are one organisation seen from two sides. Relations read
/// both ways, so one link says it.
fn same_organisations(drafts: &mut [Draft], directory: &Directory) {
    for ((kind, name), idx) in &directory.organisations {
        if *kind == Kind::Enterprise
            && let Some(provider) = directory.organisations.get(&(Kind::Provider, name.clone()))
        {
            link(drafts, *idx, "same_organisation", *provider);
        }
    }
}

/// A list is published by the document of its number.
fn lists(drafts: &mut [Draft], numbers: &BTreeMap<String, String>) {
    for draft in drafts {
        if let Record::List(list) = &mut draft.record
            && let Some(id) = list
                .doc_number
                .as_ref()
                .and_then(|number| numbers.get(number))
        {
            list.head.links.push(Link {
                rel: Code::from("published_by"),
                to: format!("document/{id}"),
                clause: None,
            });
        }
    }
}
