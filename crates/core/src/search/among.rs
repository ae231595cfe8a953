//! How many of certain records a search finds: what is new in a saved search.

use std::collections::BTreeSet;

use super::count::Counts;
use super::index::{Index, IndexError};
use super::query;
use super::rank::{Task, pooled, relax};
use super::search::{ENOUGH, Texts, filters};
use crate::api::types::{SearchRequest, Sort};
use crate::model::Taxonomies;

impl Index {
    /// How many records a request finds, and how many of these are among `among`, by reference. Nothing is ranked.
    pub fn count_among(
        &self,
        texts: &dyn Texts,
        taxonomies: &Taxonomies,
        request: &SearchRequest,
        among: &BTreeSet<String>,
    ) -> Result<(u32, u32), IndexError> {
        let labels = self.labels(taxonomies);
        let mut query = query::parse(&request.text, &labels);
        let filters = filters(&query, request);
        let seen = self.snapshot();
        let (plan, every) = self.read(&seen, texts, &labels, &mut query)?;
        let task = Task {
            plan: &plan,
            filters: &filters,
            facets: Vec::new(),
            sort: Sort::Relevance,
            wanted: 0,
            enough: ENOUGH,
            pool: None,
        };
        let found = match relax(self, &seen, texts, &every, &task)? {
            (_, Some(found)) => found,
            (_, None) => every,
        };
        let wanted = pooled(&seen, among)?;
        let mut all = Counts::new(&seen, &[])?;
        let mut fresh = Counts::new(&seen, &[])?;
        for (at, (segment, docs)) in seen.segments.iter().zip(found).enumerate() {
            let those = docs
                .iter()
                .copied()
                .filter(|doc| wanted[at].binary_search(doc).is_ok())
                .collect();
            all.take((at, segment), docs, &filters, false)?;
            fresh.take((at, segment), those, &filters, false)?;
        }
        Ok((all.total, fresh.total))
    }
}
