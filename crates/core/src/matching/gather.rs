//! The candidates of a need: from the words, from the concepts, from the cases that speak for somebody.
//!
//! Each way yields a list; the lists are fused by reciprocal ranks. Only then records are read and texts compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::candidate::{Candidate, Vote, linked};
use super::form::need_form;
use super::shelf::Shelf;
use crate::api::types::MatchTarget;
use crate::model::{Date, NeedForm, Record, RecordRef};
use crate::search::spread::spread;
use crate::search::{Affinity, Among, Index, IndexError, Wording};

/// Records taken from each list.
const LIST: usize = 300;
/// Candidates whose records are read.
const CANDIDATES: usize = 300;
/// Cases that may speak.
const CASES: usize = 100;
/// How fast ranks lose in a fused list.
const RRF: f64 = 60.0;
/// Providers of cases whose solutions are looked up.
const PROVIDERS: usize = 50;

/// A need, read: its words against the index, and where everything is read.
pub struct Reading<'a> {
    /// The index.
    pub index: &'a Index,
    /// The records.
    pub library: &'a Shelf<'a>,
    /// The need.
    pub need: &'a NeedForm,
    /// Its words.
    pub wording: Wording<'a>,
    /// The same, weighed.
    pub affinity: &'a Affinity,
    /// Today.
    pub today: &'a Date,
}

impl Reading<'_> {
    /// The candidates of a target, ordered by reference; `also` is one of them if it is of the right kind.
    pub fn candidates(
        &self,
        target: MatchTarget,
        also: Option<&RecordRef>,
    ) -> Result<Vec<Candidate>, IndexError> {
        let kind = match target {
            MatchTarget::Solutions => "solution",
            MatchTarget::Providers => "provider",
            MatchTarget::Scenarios => "scenario",
            MatchTarget::Cases => "case",
            MatchTarget::Needs => "need",
        };
        let [cases, own, solutions] = self.found(kind, target == MatchTarget::Providers)?;
        let votes = self.votes(&cases);
        let solutions = self.read(&solutions);
        let mut lists = match target {
            MatchTarget::Solutions => vec![self.solutions_of_voted(&votes)],
            MatchTarget::Providers => vec![providers_of(&solutions), providers(&votes)],
            MatchTarget::Scenarios => vec![scenarios(&votes)],
            MatchTarget::Cases | MatchTarget::Needs => Vec::new(),
        };
        lists.push(own);
        lists.push(self.by_concepts(kind)?);
        let solutions = by_provider(&solutions);
        let mut gathered = fuse(&lists);
        if let Some(also) = also.filter(|also| also.kind.as_str() == kind)
            && !gathered.contains(also)
        {
            gathered.push(also.clone());
        }
        let gathered = self.read(&gathered);
        self.fetch_providers(&gathered);
        let mut candidates = spread(&gathered, |(reference, record)| {
            // A need that is matched with others is no answer to itself.
            if reference.is_own_need()
                && need_form(record).is_some_and(|other| {
                    (&other.title, &other.problem) == (&self.need.title, &self.need.problem)
                })
            {
                return None;
            }
            let own = solutions.get(reference).map_or(&[][..], Vec::as_slice);
            Some(self.candidate(reference.clone(), record.clone(), own, &votes))
        });
        candidates.sort_by(|left, right| left.reference.cmp(&right.reference));
        Ok(candidates)
    }

    /// The records whose words answer best: cases, those of a kind, and solutions where they are asked for.
    fn found(&self, kind: &str, solutions: bool) -> Result<[Vec<RecordRef>; 3], IndexError> {
        let kinds = [["case"], [kind], ["solution"]];
        let wanted = [CASES, LIST, LIST];
        let asked: Vec<(Among<'_>, usize)> = kinds
            .iter()
            .zip(wanted)
            .take(if solutions { 3 } else { 2 })
            .map(|(kind, wanted)| (Among::Kinds(kind), wanted))
            .collect();
        let mut found = self.index.candidates_of(self.wording, &asked)?.into_iter();
        Ok(std::array::from_fn(|_| {
            let list = found.next().unwrap_or_default();
            list.into_iter().map(|(reference, _)| reference).collect()
        }))
    }

    fn by_concepts(&self, kind: &str) -> Result<Vec<RecordRef>, IndexError> {
        let mut wanted = Vec::new();
        for (facet, choice) in [
            ("technique", &self.need.technique),
            ("typical_scenario", &self.need.typical_scenario),
        ] {
            for code in &choice.codes {
                wanted.push((facet, code.as_str()));
            }
        }
        self.index.with_codes(&wanted, kind, LIST)
    }

    /// A candidate with its texts compared and its cases counted.
    fn candidate(
        &self,
        reference: RecordRef,
        record: Arc<Record>,
        solutions: &[(RecordRef, Arc<Record>)],
        votes: &[Vote],
    ) -> Candidate {
        let provider = offered_by(&reference, &record).find_map(|provider| {
            let record = self.library.record(&provider)?;
            Some((provider, record))
        });
        let mut candidate = Candidate::new(reference, record, provider, solutions);
        self.compare(&mut candidate, solutions);
        candidate.votes = votes
            .iter()
            .filter(|vote| speaks_for(vote, &candidate))
            .cloned()
            .collect();
        candidate
    }

    /// Compares the texts of a candidate with the need; the best one counts.
    pub fn compare(&self, candidate: &mut Candidate, solutions: &[(RecordRef, Arc<Record>)]) {
        candidate.affinity = self.affinity.of(&candidate.record);
        candidate.best_part = None;
        for (part, record) in solutions {
            let affinity = self.affinity.of(record);
            if affinity > candidate.affinity {
                candidate.affinity = affinity;
                candidate.best_part = Some(part.clone());
            }
        }
    }

    /// Cases as votes, strongest first.
    pub fn votes(&self, cases: &[RecordRef]) -> Vec<Vote> {
        let cases = self.read(cases);
        let mut votes = spread(&cases, |(reference, record)| {
            let affinity = self.affinity.of(record);
            let vote = Vote::new(reference.clone(), record.clone(), affinity, self.today);
            (affinity > 0.0).then_some(vote)
        });
        let weight = |vote: &Vote| vote.affinity * vote.verification * vote.freshness;
        votes.sort_by(|left, right| {
            weight(right)
                .total_cmp(&weight(left))
                .then_with(|| left.reference.cmp(&right.reference))
        });
        votes
    }

    fn solutions_of_voted(&self, votes: &[Vote]) -> Vec<RecordRef> {
        providers(votes)
            .iter()
            .take(PROVIDERS)
            .flat_map(|provider| self.library.pointing_at(provider, "provided_by"))
            .collect()
    }

    /// The records that are there.
    fn read(&self, references: &[RecordRef]) -> Vec<(RecordRef, Arc<Record>)> {
        let records = self.library.fetch(references);
        let read = references.iter().zip(records);
        read.filter_map(|(reference, record)| Some((reference.clone(), record?)))
            .collect()
    }

    /// Reads who offers the candidates, all at once.
    fn fetch_providers(&self, candidates: &[(RecordRef, Arc<Record>)]) {
        let offered = candidates.iter();
        let mut providers: Vec<RecordRef> = offered
            .flat_map(|(reference, record)| offered_by(reference, record))
            .collect();
        providers.sort_unstable();
        providers.dedup();
        self.library.fetch(&providers);
    }
}

/// Who offers a record, where that is another record.
fn offered_by(reference: &RecordRef, record: &Record) -> impl Iterator<Item = RecordRef> {
    ["provided_by", "supplied_by"]
        .into_iter()
        .flat_map(|relation| linked(reference, record, relation))
}

/// Providers of solutions, once each, that of the best solution first.
fn providers_of(solutions: &[(RecordRef, Arc<Record>)]) -> Vec<RecordRef> {
    let mut found: Vec<RecordRef> = Vec::new();
    for (solution, record) in solutions {
        for provider in linked(solution, record, "provided_by") {
            if !found.contains(&provider) {
                found.push(provider);
            }
        }
    }
    found
}

/// Solutions by their providers.
fn by_provider(
    solutions: &[(RecordRef, Arc<Record>)],
) -> BTreeMap<RecordRef, Vec<(RecordRef, Arc<Record>)>> {
    let mut by_provider: BTreeMap<RecordRef, Vec<(RecordRef, Arc<Record>)>> = BTreeMap::new();
    for (solution, record) in solutions {
        for provider in linked(solution, record, "provided_by") {
            by_provider
                .entry(provider)
                .or_default()
                .push((solution.clone(), record.clone()));
        }
    }
    by_provider
}

/// Whether a case speaks for a candidate: for its provider, for the scenario of which it is an instance or with which
/// it shares a typical scenario, and for itself.
fn speaks_for(vote: &Vote, candidate: &Candidate) -> bool {
    match &*candidate.record {
        Record::Case(_) => vote.reference == candidate.reference,
        Record::Scenario(scenario) => {
            let codes = &vote.record.head().typical_scenario;
            vote.scenarios.contains(&candidate.reference)
                || scenario
                    .head
                    .typical_scenario
                    .iter()
                    .any(|code| codes.contains(code))
        }
        Record::Provider(_) => vote.suppliers.contains(&candidate.reference),
        _ => candidate
            .provider
            .as_ref()
            .is_some_and(|(provider, _)| vote.suppliers.contains(provider)),
    }
}

fn providers(votes: &[Vote]) -> Vec<RecordRef> {
    linked_by(votes, |vote| &vote.suppliers)
}

fn scenarios(votes: &[Vote]) -> Vec<RecordRef> {
    linked_by(votes, |vote| &vote.scenarios)
}

/// What votes point to, once each, strongest first.
fn linked_by(votes: &[Vote], links: fn(&Vote) -> &Vec<RecordRef>) -> Vec<RecordRef> {
    let mut found: Vec<RecordRef> = Vec::new();
    for vote in votes {
        for target in links(vote) {
            if !found.contains(target) {
                found.push(target.clone());
            }
        }
    }
    found
}

/// Fuses lists by reciprocal ranks.
fn fuse(lists: &[Vec<RecordRef>]) -> Vec<RecordRef> {
    let mut scores: BTreeMap<&RecordRef, f64> = BTreeMap::new();
    for list in lists {
        for (rank, reference) in list.iter().enumerate() {
            *scores.entry(reference).or_default() += 1.0 / (RRF + rank as f64 + 1.0);
        }
    }
    let mut fused: Vec<(&RecordRef, f64)> = scores.into_iter().collect();
    fused.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(right.0)));
    fused.truncate(CANDIDATES);
    fused
        .into_iter()
        .map(|(reference, _)| reference.clone())
        .collect()
}
