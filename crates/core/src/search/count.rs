//! Filters and facet counts in one pass over the matching documents.
//!
//! A facet with a selection counts the documents that pass every other filter: a document that fails exactly one
//! filter still counts in the facet of that filter.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::DocId;

use super::index::IndexError;
use super::schema::FACETS;
use super::segment::{FacetColumn, Segment};
use crate::api::types::{Facet, FacetValue};

/// Selected codes by position of the facet.
pub(super) type Filters = BTreeMap<usize, Vec<String>>;

/// Counts of the facets asked for, added up over segments.
pub(super) struct Counts {
    facets: Vec<(usize, BTreeMap<String, u32>)>,
    pub(super) total: u32,
    pub(super) unfiltered: u32,
}

impl Counts {
    pub(super) fn new(facets: Vec<usize>) -> Self {
        Self {
            facets: facets
                .into_iter()
                .map(|facet| (facet, BTreeMap::new()))
                .collect(),
            total: 0,
            unfiltered: 0,
        }
    }

    /// Counts the matching documents of a segment and returns those that pass all filters. `whole` says that
    /// `docs` are all documents of the segment.
    pub(super) fn take(
        &mut self,
        segment: &Segment,
        docs: Vec<DocId>,
        filters: &Filters,
        whole: bool,
    ) -> Result<Vec<DocId>, IndexError> {
        self.unfiltered += docs.len() as u32;
        let mut passing = docs;
        let mut failing: BTreeMap<usize, Vec<DocId>> = BTreeMap::new();
        if !filters.is_empty() {
            let gates: Vec<Gate> = filters
                .iter()
                .map(|(facet, codes)| Gate::new(segment, *facet, codes))
                .collect::<Result<_, _>>()?;
            let near: Vec<bool> = gates
                .iter()
                .map(|gate| self.facets.iter().any(|(facet, _)| *facet == gate.facet))
                .collect();
            let mut misses: Vec<Vec<DocId>> = vec![Vec::new(); gates.len()];
            passing.retain(|doc| {
                let mut failed = gates
                    .iter()
                    .enumerate()
                    .filter(|(_, gate)| !gate.passes(*doc))
                    .map(|(idx, _)| idx);
                let (first, second) = (failed.next(), failed.next());
                if let (Some(first), None) = (first, second)
                    && near[first]
                {
                    misses[first].push(*doc);
                }
                first.is_none()
            });
            failing = gates.iter().map(|gate| gate.facet).zip(misses).collect();
        }
        self.total += passing.len() as u32;
        let whole = whole && filters.is_empty() && !segment.reader.has_deletes();
        for (facet, counts) in &mut self.facets {
            let column = segment.facet(*facet)?;
            let mut found = if whole {
                column.totals.clone()
            } else {
                vec![0; column.sets.len()]
            };
            if !whole {
                for doc in passing
                    .iter()
                    .chain(failing.get(facet).into_iter().flatten())
                {
                    found[column.ids[*doc as usize] as usize] += 1;
                }
            }
            let mut by_code = vec![0; column.codes.len()];
            for (set, count) in column
                .sets
                .iter()
                .zip(found)
                .filter(|(_, count)| *count > 0)
            {
                for code in set {
                    by_code[*code as usize] += count;
                }
            }
            for (code, count) in column
                .codes
                .iter()
                .zip(by_code)
                .filter(|(_, count)| *count > 0)
            {
                *counts.entry(code.clone()).or_default() += count;
            }
        }
        Ok(passing)
    }

    /// The counts, most frequent code first.
    pub(super) fn into_facets(self) -> Vec<Facet> {
        self.facets
            .into_iter()
            .map(|(facet, counts)| {
                let mut values: Vec<FacetValue> = counts
                    .into_iter()
                    .map(|(code, count)| FacetValue { code, count })
                    .collect();
                values.sort_by(|left, right| {
                    right
                        .count
                        .cmp(&left.count)
                        .then_with(|| left.code.cmp(&right.code))
                });
                Facet {
                    id: FACETS[facet].to_owned(),
                    values,
                }
            })
            .collect()
    }
}

/// One filter on one segment.
struct Gate {
    facet: usize,
    column: Arc<FacetColumn>,
    open: Vec<bool>,
}

impl Gate {
    fn new(segment: &Segment, facet: usize, codes: &[String]) -> Result<Self, IndexError> {
        let column = segment.facet(facet)?;
        let wanted: Vec<bool> = column
            .codes
            .iter()
            .map(|code| codes.contains(code))
            .collect();
        let open = column
            .sets
            .iter()
            .map(|set| set.iter().any(|code| wanted[*code as usize]))
            .collect();
        Ok(Self {
            facet,
            column,
            open,
        })
    }

    fn passes(&self, doc: DocId) -> bool {
        self.open[self.column.ids[doc as usize] as usize]
    }
}
