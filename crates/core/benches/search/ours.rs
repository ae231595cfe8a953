//! The product's own search, with rows from the product's own store.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use atlas_core::api::types::{Relaxed, SearchRequest};
use atlas_core::model::{Record, RecordRef, Taxonomies};
use atlas_core::search::{Document, Facts, Index, Texts};
use atlas_core::store::catalog::Catalog;

use super::Failure;
use super::engine::{Answer, Engine};
use super::facets::FACETS;
use super::queries::{Query, ROWS};
use super::store;

/// Memory of the writer, as the product gives it.
pub const WRITER_BYTES: usize = 64 << 20;

pub fn build(dir: &Path, into: &Path) -> Result<(), Failure> {
    let index = Index::create(into)?;
    let mut writer = index.builder(1, WRITER_BYTES)?;
    let revision = store::each(dir, |reference, record, counts| {
        let facts = Facts {
            links: counts.links,
            cases: counts.cases,
        };
        Ok(writer.add(&Document {
            reference,
            record,
            facts,
        })?)
    })?;
    writer.commit(revision)?;
    Ok(writer.finish()?)
}

pub struct Ours {
    index: Index,
    texts: Store,
}

struct Store {
    catalog: Catalog,
    /// Without this there are no records, and so no rows.
    read: bool,
    /// Nanoseconds in the store; where two threads read at once, those of both.
    spent: AtomicU64,
}

impl Texts for Store {
    fn record(&self, reference: &RecordRef) -> Option<Arc<Record>> {
        self.records(std::slice::from_ref(reference)).pop()?
    }

    fn records(&self, references: &[RecordRef]) -> Vec<Option<Arc<Record>>> {
        let began = Instant::now();
        let records = if self.read {
            self.catalog.records(references).unwrap_or_default()
        } else {
            vec![None; references.len()]
        };
        let spent = began.elapsed().as_nanos() as u64;
        self.spent.fetch_add(spent, Ordering::Relaxed);
        records
    }
}

impl Ours {
    pub fn open(dir: &Path, from: &Path, read: bool) -> Result<Self, Failure> {
        let texts = Store {
            catalog: store::open(dir)?,
            read,
            spent: AtomicU64::default(),
        };
        Ok(Self {
            index: Index::open(from)?,
            texts,
        })
    }
}

impl Engine for Ours {
    fn answer(&mut self, query: &Query) -> Result<Option<Answer>, Failure> {
        let request = SearchRequest {
            text: query.text(),
            filters: query
                .filters
                .iter()
                .map(|(facet, codes)| (FACETS[*facet].to_owned(), codes.clone()))
                .collect::<BTreeMap<_, _>>(),
            limit: ROWS as u32,
            facets: if query.counted {
                FACETS.map(str::to_owned).to_vec()
            } else {
                Vec::new()
            },
            ..SearchRequest::default()
        };
        self.texts.spent.store(0, Ordering::Relaxed);
        let page = self
            .index
            .search(&self.texts, Taxonomies::bundled(), &request)?;
        let facets = page.facets.into_iter().map(|facet| {
            facet
                .values
                .into_iter()
                .map(|value| (value.code, value.count))
                .collect()
        });
        Ok(Some(Answer {
            total: page.total,
            best: page
                .rows
                .iter()
                .map(|row| row.reference.to_string())
                .collect(),
            facets: facets.collect(),
            store: Duration::from_nanos(self.texts.spent.load(Ordering::Relaxed)),
            relaxed: Some(match page.relaxed {
                Relaxed::All => "all",
                Relaxed::Most => "most",
                Relaxed::Any => "any",
            }),
        }))
    }
}
