//! Filters and facet counts in one pass over the matching documents.
//!
//! A facet with a selection counts the documents that pass every other filter: a document that fails exactly one
//! filter still counts in the facet of that filter.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::DocId;

use super::codes::FacetCodes;
use super::index::{IndexError, Snapshot};
use super::schema::FACETS;
use super::score::Place;
use super::segment::{FacetColumn, Segment};
use crate::api::types::{Facet, FacetValue};

/// Documents that are sifted at once.
const BLOCK: usize = 1024;
const _: () = assert!(FACETS.len() <= 64, "a document has one bit for each gate");

/// Selected codes by position of the facet.
pub(super) type Filters = BTreeMap<usize, Vec<String>>;

/// Counts of the facets asked for, added up over segments.
pub(super) struct Counts {
    facets: Vec<FacetCounts>,
    pub(super) total: u32,
    pub(super) unfiltered: u32,
}

/// Counts of one facet, by the place of the code.
struct FacetCounts {
    facet: usize,
    codes: Arc<FacetCodes>,
    found: Vec<u32>,
}

impl Counts {
    pub(super) fn new(seen: &Snapshot, facets: &[usize]) -> Result<Self, IndexError> {
        let of = |facet: &usize| {
            let codes = seen.codes(*facet)?;
            Ok(FacetCounts {
                facet: *facet,
                found: vec![0; codes.codes.len()],
                codes,
            })
        };
        Ok(Self {
            facets: facets.iter().map(of).collect::<Result<_, IndexError>>()?,
            total: 0,
            unfiltered: 0,
        })
    }

    /// Counts the matching documents of the segment at a place in the snapshot and returns those that pass all
    /// filters. `whole` says that `docs` are all documents of the segment.
    pub(super) fn take(
        &mut self,
        (at, segment): Place<'_>,
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
            let (kept, misses) = sift(&passing, &gates);
            passing = kept;
            failing = gates.iter().map(|gate| gate.facet).zip(misses).collect();
        }
        self.total += passing.len() as u32;
        let whole = whole && filters.is_empty() && !segment.reader.has_deletes();
        for counts in &mut self.facets {
            let column = segment.facet(counts.facet)?;
            if whole {
                counts.add_sets(at, &column, &column.totals);
                continue;
            }
            let near = failing.get(&counts.facet).map_or(&[][..], Vec::as_slice);
            counts.add(at, &column, &[&passing, near]);
        }
        Ok(passing)
    }

    /// The counts, most frequent code first.
    pub(super) fn into_facets(self) -> Vec<Facet> {
        self.facets
            .into_iter()
            .map(|counts| {
                let mut values: Vec<FacetValue> = counts
                    .codes
                    .codes
                    .iter()
                    .zip(counts.found)
                    .filter(|(_, count)| *count > 0)
                    .map(|(code, count)| FacetValue {
                        code: code.clone(),
                        count,
                    })
                    .collect();
                values.sort_by(|left, right| {
                    right
                        .count
                        .cmp(&left.count)
                        .then_with(|| left.code.cmp(&right.code))
                });
                Facet {
                    id: FACETS[counts.facet].to_owned(),
                    values,
                }
            })
            .collect()
    }
}

impl FacetCounts {
    /// Counts documents of the segment at a place: one by one where they are few, by their sets where they are many.
    fn add(&mut self, at: usize, column: &FacetColumn, docs: &[&[DocId]]) {
        let docs = docs.iter().copied().flatten();
        if docs.clone().count() < column.sets.len() {
            let places = &self.codes.places[at];
            for doc in docs {
                for code in &column.sets[column.ids[*doc as usize] as usize] {
                    self.found[places[*code as usize] as usize] += 1;
                }
            }
            return;
        }
        let mut found = vec![0; column.sets.len()];
        for doc in docs {
            found[column.ids[*doc as usize] as usize] += 1;
        }
        self.add_sets(at, column, &found);
    }

    /// Adds what was counted by sets.
    fn add_sets(&mut self, at: usize, column: &FacetColumn, found: &[u32]) {
        let places = &self.codes.places[at];
        for (set, count) in column
            .sets
            .iter()
            .zip(found)
            .filter(|(_, count)| **count > 0)
        {
            for code in set {
                self.found[places[*code as usize] as usize] += count;
            }
        }
    }
}

/// The documents that pass all gates, and for each gate those that fail no other one.
fn sift(docs: &[DocId], gates: &[Gate]) -> (Vec<DocId>, Vec<Vec<DocId>>) {
    let mut passing = Vec::new();
    let mut misses = vec![Vec::new(); gates.len()];
    // Gate by gate over a few documents: a branch at every gate, which depends on the document, costs more than looking up.
    let mut failed = [0u64; BLOCK];
    for docs in docs.chunks(BLOCK) {
        failed.fill(0);
        for (at, gate) in gates.iter().enumerate() {
            let (ids, shut) = (gate.column.ids.as_slice(), gate.shut.as_slice());
            for (failed, doc) in failed.iter_mut().zip(docs) {
                *failed |= u64::from(shut[ids[*doc as usize] as usize]) << at;
            }
        }
        for (failed, doc) in failed.iter().zip(docs) {
            if *failed == 0 {
                passing.push(*doc);
            } else if failed.is_power_of_two() {
                misses[failed.trailing_zeros() as usize].push(*doc);
            }
        }
    }
    (passing, misses)
}

/// One filter on one segment.
struct Gate {
    facet: usize,
    column: Arc<FacetColumn>,
    /// For every set of codes whether it fails.
    shut: Vec<bool>,
}

impl Gate {
    fn new(segment: &Segment, facet: usize, codes: &[String]) -> Result<Self, IndexError> {
        let column = segment.facet(facet)?;
        let wanted: Vec<bool> = column
            .codes
            .iter()
            .map(|code| codes.contains(code))
            .collect();
        let shut = column
            .sets
            .iter()
            .map(|set| !set.iter().any(|code| wanted[*code as usize]))
            .collect();
        Ok(Self {
            facet,
            column,
            shut,
        })
    }
}
