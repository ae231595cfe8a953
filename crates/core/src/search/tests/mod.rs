//! Search as its callers see it, on small made-up catalogs.

mod evaluating;
mod facets;
mod finding;
mod glossing;
mod literals;
mod marks;
mod order;
mod relaxing;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Document, Facts, Index, Texts};
use crate::api::types::{SearchPage, SearchRequest, Sort};
use crate::model::{
    Case, Code, Date, Enterprise, Head, Name, Record, RecordRef, Scenario, Source, Status,
    Taxonomies, Text,
};

/// A catalog of fixtures with its index.
pub(super) struct Catalog {
    pub(super) records: BTreeMap<RecordRef, Arc<Record>>,
    pub(super) index: Index,
}

impl Texts for BTreeMap<RecordRef, Arc<Record>> {
    fn record(&self, reference: &RecordRef) -> Option<Arc<Record>> {
        self.get(reference).cloned()
    }
}

pub(super) fn source(status: Status) -> Source {
    Source {
        key: "s1".to_owned(),
        cited: "fixture".to_owned(),
        title: None,
        official: None,
        issuer: None,
        date: None,
        checked: Date::parse("2025-11-24").unwrap(),
        status,
        licence: None,
        note: None,
        fields: Vec::new(),
    }
}

pub(super) fn head(id: &str, name: &str) -> Head {
    Head {
        id: id.to_owned(),
        name: Name::zh(name),
        sources: vec![source(Status::Excerpt)],
        ..Head::default()
    }
}

pub(super) fn scenario(id: &str, name: &str, summary: &str) -> Record {
    let summary = (!summary.is_empty()).then(|| Text::zh(summary));
    Record::Scenario(Box::new(Scenario {
        head: Head {
            summary,
            ..head(id, name)
        },
        ..Scenario::default()
    }))
}

pub(super) fn enterprise(id: &str, name: &str) -> Record {
    Record::Enterprise(Box::new(Enterprise {
        head: head(id, name),
        ..Enterprise::default()
    }))
}

pub(super) fn case(id: &str, name: &str, region: &str, industry: &str, stage: &str) -> Record {
    let codes = |code: &str| {
        if code.is_empty() {
            Vec::new()
        } else {
            vec![Code::from(code)]
        }
    };
    let head = Head {
        region: codes(region),
        industry: codes(industry),
        stage: codes(stage),
        ..head(id, name)
    };
    Record::Case(Box::new(Case {
        head,
        ..Case::default()
    }))
}

pub(super) fn reference(record: &Record) -> RecordRef {
    RecordRef::new("test", record.kind().as_str(), &record.head().id).unwrap()
}

impl Catalog {
    pub(super) fn new(records: impl IntoIterator<Item = Record>) -> Self {
        Self::in_batches(records, usize::MAX)
    }

    /// One commit, hence one segment, per batch.
    pub(super) fn in_batches(records: impl IntoIterator<Item = Record>, batch: usize) -> Self {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer(1, 15_000_000).unwrap();
        let mut catalog = Self {
            records: BTreeMap::new(),
            index,
        };
        let records: Vec<Record> = records.into_iter().collect();
        for (revision, batch) in records.chunks(batch.min(records.len()).max(1)).enumerate() {
            for record in batch {
                let reference = reference(record);
                writer
                    .put(&Document {
                        reference: &reference,
                        record,
                        facts: Facts::default(),
                    })
                    .unwrap();
                catalog.records.insert(reference, Arc::new(record.clone()));
            }
            writer.commit(revision as u32 + 1).unwrap();
        }
        catalog
    }

    /// Removes scenarios.
    pub(super) fn remove(&mut self, ids: impl IntoIterator<Item = String>) {
        let mut writer = self.index.writer(1, 15_000_000).unwrap();
        for id in ids {
            let reference = RecordRef::new("test", "scenario", &id).unwrap();
            writer.delete(&reference);
            self.records.remove(&reference);
        }
        writer.commit(1000).unwrap();
    }

    pub(super) fn ask(&self, request: &SearchRequest) -> SearchPage {
        self.index
            .search(&self.records, Taxonomies::bundled(), request)
            .unwrap()
    }

    pub(super) fn page(&self, text: &str) -> SearchPage {
        self.ask(&SearchRequest {
            text: text.to_owned(),
            limit: 200,
            ..SearchRequest::default()
        })
    }

    /// Ids of the hits, best first.
    pub(super) fn ids(&self, text: &str) -> Vec<String> {
        ids(&self.page(text))
    }

    pub(super) fn sorted(&self, text: &str, sort: Sort) -> Vec<String> {
        ids(&self.ask(&SearchRequest {
            text: text.to_owned(),
            limit: 200,
            sort,
            ..SearchRequest::default()
        }))
    }
}

pub(super) fn ids(page: &SearchPage) -> Vec<String> {
    page.rows
        .iter()
        .map(|row| row.reference.id.clone())
        .collect()
}
