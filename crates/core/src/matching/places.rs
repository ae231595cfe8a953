//! Who stands where, without the reasons that only a reader wants: for comparing two days and for portfolios.

use std::collections::BTreeMap;

use super::engine::{Engine, Run};
use super::explain::{contributions, name};
use super::weights;
use crate::api::types::{MatchRecord, MatchRequest};
use crate::search::IndexError;

/// All candidates of a need.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// Weight of each criterion as it was chosen, whatever the need asks for.
    pub weights: BTreeMap<String, f64>,
    /// The main list, best first.
    pub hits: Vec<Place>,
    /// What is known to break something strict, best first.
    pub near: Vec<Place>,
}

/// A candidate in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The record.
    pub record: MatchRecord,
    /// The score: the sum of the contributions.
    pub score: f64,
    /// What each criterion adds.
    pub contributions: BTreeMap<String, f64>,
}

impl Engine<'_> {
    /// The places of all candidates of a need; `limit` does not count.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn places(&self, request: &MatchRequest) -> Result<Places, IndexError> {
        let run = self.run(request, None)?;
        let of = |list: &[usize]| list.iter().map(|at| run.place(*at)).collect();
        Ok(Places {
            weights: weights::chosen(request.preset, &request.weights)
                .into_iter()
                .map(|(id, weight)| (id.to_owned(), weight))
                .collect(),
            hits: of(&run.ranking.main),
            near: of(&run.ranking.near),
        })
    }
}

impl Run {
    fn place(&self, at: usize) -> Place {
        let judged = &self.judged[at];
        let parts = contributions(&self.need, &judged.findings, &self.board.weights);
        Place {
            record: MatchRecord {
                reference: judged.candidate.reference.clone(),
                kind: judged.candidate.record.kind(),
                name: name(&judged.candidate.record),
            },
            score: self.board.score(at),
            contributions: parts
                .into_iter()
                .map(|part| (part.criterion, part.contribution))
                .collect(),
        }
    }
}
