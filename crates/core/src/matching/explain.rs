//! The reasons of a hit: contributions, shared words, cases, and what would lift it.

use super::candidate::{Candidate, Vote};
use super::criteria::{ALL, COUNT};
use super::engine::{Engine, Run};
use crate::api::types::{
    Contribution, Counterfactual, EvidencePath, Match, MatchRecord, MatchedWord,
};
use crate::model::private::mask_mobiles;
use crate::model::{NeedForm, RecordRef, Text};
use crate::search::Affinity;

/// Words shown.
const WORDS: usize = 8;
/// Cases shown.
const CASES: usize = 5;
/// Changes shown.
const CHANGES: usize = 3;

impl Engine<'_> {
    /// A candidate with its reasons.
    pub(super) fn explain(&self, run: &Run, at: usize, ranks: Option<(u32, u32)>) -> Match {
        let judged = &run.judged[at];
        let place = |list: &[usize]| list.iter().position(|other| *other == at);
        let rank = place(&run.ranking.main)
            .or_else(|| place(&run.ranking.near))
            .unwrap_or_default() as u32
            + 1;
        let mut hit = self.hit(&judged.candidate, &run.affinity);
        hit.rank = rank;
        hit.ranks = ranks;
        hit.lifted = run.ranking.lifted.contains(&at);
        hit.contributions = contributions(&run.need, &judged.findings, &run.board.weights);
        hit.score = run.board.score(at);
        hit.counterfactuals = run.counterfactuals(at, rank);
        hit
    }

    /// A candidate with what does not depend on the others.
    pub(super) fn hit(&self, candidate: &Candidate, affinity: &Affinity) -> Match {
        let provider = candidate.provider.as_ref();
        Match {
            reference: candidate.reference.clone(),
            kind: candidate.record.kind(),
            name: name(&candidate.record),
            provider: provider.map(|(reference, record)| MatchRecord {
                reference: reference.clone(),
                kind: record.kind(),
                name: name(record),
            }),
            rank: 0,
            score: 0.0,
            ranks: None,
            lifted: false,
            contributions: Vec::new(),
            words: self.words(candidate, affinity),
            words_in: self.words_in(candidate),
            evidence: candidate
                .votes
                .iter()
                .take(CASES)
                .map(|vote| self.path(candidate, vote))
                .collect(),
            counterfactuals: Vec::new(),
            need_changes: Vec::new(),
            sides: None,
        }
    }

    fn words(&self, candidate: &Candidate, affinity: &Affinity) -> Vec<MatchedWord> {
        let part = candidate
            .best_part
            .as_ref()
            .and_then(|part| Some((part.clone(), self.library.record(part)?)));
        let (reference, record) =
            part.unwrap_or_else(|| (candidate.reference.clone(), candidate.record.clone()));
        affinity
            .shared(&record)
            .into_iter()
            .take(WORDS)
            .map(|shared| MatchedWord {
                text: mask_mobiles(&shared.text),
                // Of the value of the criterion, which is the affinity.
                share: shared.share / candidate.affinity.max(f64::MIN_POSITIVE),
                reference: reference.clone(),
                in_name: shared.in_name,
                // `lists.group` is read in the field `lists`.
                field: shared.field.split('.').take(1).collect(),
                inferred: record.head().is_inferred(shared.field),
            })
            .collect()
    }

    /// The record with the words, where it is not the candidate.
    fn words_in(&self, candidate: &Candidate) -> Option<MatchRecord> {
        let reference = candidate.best_part.as_ref()?;
        let record = self.library.record(reference)?;
        Some(MatchRecord {
            reference: reference.clone(),
            kind: record.kind(),
            name: name(&record),
        })
    }

    /// From a provider over a case to its scenario.
    fn path(&self, candidate: &Candidate, vote: &Vote) -> EvidencePath {
        let mut path = Vec::new();
        let mut step = |reference: &RecordRef| {
            if *reference != candidate.reference
                && let Some(record) = self.library.record(reference)
            {
                path.push(MatchRecord {
                    reference: reference.clone(),
                    kind: record.kind(),
                    name: name(&record),
                });
            }
        };
        vote.suppliers.iter().for_each(&mut step);
        step(&vote.reference);
        vote.scenarios.iter().for_each(&mut step);
        EvidencePath {
            path,
            affinity: vote.affinity,
            verification: vote.verification,
            freshness: vote.freshness,
            sources: vote
                .record
                .head()
                .sources
                .iter()
                .map(|source| source.cited.clone())
                .collect(),
        }
    }
}

impl Run {
    /// What would lift a candidate, each change ranked anew: single changes, and the best pair when no single one
    /// leads to the first place or out of the near-miss list.
    fn counterfactuals(&self, at: usize, rank: u32) -> Vec<Counterfactual> {
        let entry = &self.board.entries[at];
        let near = !entry.broken.is_empty();
        if !near && rank == 1 {
            return Vec::new();
        }
        let changeable: Vec<usize> = (0..ALL.len())
            .filter(|criterion| {
                self.judged[at].findings[*criterion]
                    .as_ref()
                    .is_some_and(|finding| ALL[*criterion].changeable(finding.state))
                    && self.board.weights[*criterion] > 0.0
                    && entry.values[*criterion] < 1.0
            })
            .collect();
        let lifts = |criteria: &[usize]| {
            let (place, score) = self.board.if_met(&self.ranking.order, at, criteria)?;
            (near || place < rank).then(|| Counterfactual {
                criteria: criteria
                    .iter()
                    .map(|criterion| ALL[*criterion].id().to_owned())
                    .collect(),
                rank: place,
                score,
            })
        };
        let mut changes: Vec<Counterfactual> = changeable
            .iter()
            .filter_map(|criterion| lifts(&[*criterion]))
            .collect();
        let enough = changes.iter().any(|change| change.rank == 1) || (near && !changes.is_empty());
        if !enough {
            let pairs = changeable.iter().enumerate().flat_map(|(skip, one)| {
                changeable[skip + 1..]
                    .iter()
                    .map(move |other| [*one, *other])
            });
            // A pair is worth naming when it leads to the top, which it can only from about the top score.
            let top = self
                .ranking
                .main
                .first()
                .map_or(0.0, |at| self.board.score(*at));
            let best = pairs
                .filter(|pair| {
                    near || self.board.score_if_met(at, pair) >= top - super::board::BAND
                })
                .filter_map(|pair| lifts(&pair))
                .min_by_key(|change| change.rank);
            let single = changes.iter().map(|change| change.rank).min();
            changes.extend(best.filter(|best| single.is_none_or(|single| best.rank < single)));
        }
        // Stable: ties stay in the order of the criteria.
        changes.sort_by_key(|change| change.rank);
        changes.truncate(CHANGES);
        changes
    }
}

/// What the criteria add.
pub(super) fn contributions(
    need: &NeedForm,
    findings: &[Option<super::criteria::Finding>],
    weights: &[f64; COUNT],
) -> Vec<Contribution> {
    ALL.iter()
        .zip(findings)
        .zip(weights)
        .filter_map(|((criterion, finding), weight)| {
            let finding = finding.as_ref()?;
            Some(Contribution {
                criterion: criterion.id().to_owned(),
                weight: *weight,
                value: finding.value,
                contribution: finding.value * weight,
                state: finding.state,
                strength: finding.strength(*criterion, need),
                facts: finding.facts.clone(),
            })
        })
        .collect()
}

/// The name of a record in both languages.
pub(super) fn name(record: &crate::model::Record) -> Text {
    let name = &record.head().name;
    Text {
        zh: name.zh.clone(),
        en: name.en.clone(),
    }
}
