//! Ranks records by the text of a need alone, as evaluations do: the candidates of the index, then the affinity of
//! each. Scores compare between needs.

use std::collections::BTreeSet;

use super::Texts;
use super::affinity::Wording;
use super::candidates::Among;
use super::index::{Index, IndexError};
use crate::model::RecordRef;

/// Records whose texts are read for one need.
pub const CANDIDATES: usize = 500;

impl Index {
    /// The best `depth` records for a need, best first; over the records of a pool alone if one is given.
    pub(super) fn rank_need(
        &self,
        texts: &dyn Texts,
        wording: Wording<'_>,
        pool: Option<&BTreeSet<String>>,
        depth: usize,
    ) -> Result<Vec<(RecordRef, f64)>, IndexError> {
        let among = pool.map_or(Among::All, Among::These);
        let affinity = self.affinity(wording)?;
        let mut ranked: Vec<(RecordRef, f64)> = self
            .candidates(wording, among, depth.max(CANDIDATES))?
            .into_iter()
            .filter_map(|(reference, _)| {
                let score = affinity.of(&*texts.record(&reference)?);
                Some((reference, score))
            })
            .collect();
        ranked.sort_by(|left, right| {
            right
                .1
                .total_cmp(&left.1)
                .then_with(|| left.0.cmp(&right.0))
        });
        ranked.truncate(depth);
        Ok(ranked)
    }
}
