//! Where to start: scenarios for an enterprise, in the order in which they build on each other.
//!
//! What builds on what is this catalog's reading of the typical scenarios (`assets/lexicon/prerequisites.csv`), not
//! printed anywhere, and marked so. Everything else is from records: a scenario with a case like the need can start
//! now; one that nobody is known to have done, or that builds on another step, comes later. One that says to belong to
//! another industry is no step of this enterprise's, however much it shares with the need; how many were left out is told.

use std::collections::BTreeMap;

use super::criteria::parts::NEAR;
use super::engine::Engine;
use super::explain::name;
use super::similarity::Similarity;
use crate::api::types::{
    MatchRecord, MatchRequest, MatchTarget, Roadmap, RoadmapPhase, RoadmapStep, RoadmapSupport,
};
use crate::model::{Code, Kind, NeedForm, Record, RecordRef, Support};
use crate::search::IndexError;

/// Scenarios looked at for each step that is asked for: many share a technique with a need and nothing else.
const LOOKED_AT: u32 = 3;

const PREREQUISITES: &str = include_str!("../../../../assets/lexicon/prerequisites.csv");

/// The typical scenarios that should be in place before a typical scenario.
fn prerequisites(of: &Code) -> Vec<Code> {
    PREREQUISITES
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split(',');
            (fields.next() == Some(of.as_str()))
                .then(|| Code::from(fields.next().unwrap_or_default()))
        })
        .collect()
}

/// Whether a scenario says to belong to other industries than an enterprise that says its own.
fn is_elsewhere(similarity: &Similarity, enterprise: &[Code], scenario: &[Code]) -> bool {
    let mut nearest =
        (enterprise.iter()).map(|code| similarity.nearest("industry", code, scenario));
    !enterprise.is_empty() && !scenario.is_empty() && nearest.all(|nearest| nearest < NEAR)
}

impl Engine<'_> {
    /// Ranks scenarios for an enterprise and orders the best ones to a roadmap.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn roadmap(&self, request: &MatchRequest) -> Result<Roadmap, IndexError> {
        let wanted = request.limit as usize;
        let request = MatchRequest {
            target: MatchTarget::Scenarios,
            limit: request.limit.saturating_mul(LOOKED_AT),
            ..request.clone()
        };
        let mut answer = self.answer(&request)?;
        let similarity = Similarity::of(self.index, self.taxonomies)?;
        let mut elsewhere = 0;
        let mut kept = Vec::new();
        for hit in answer.hits {
            if kept.len() == wanted {
                break;
            }
            let record = self.library.record(&hit.reference);
            let industry = record
                .as_deref()
                .map_or(&[][..], |record| &record.head().industry);
            if is_elsewhere(&similarity, &request.need.industry.codes, industry) {
                elsewhere += 1;
            } else {
                kept.push(hit);
            }
        }
        answer.hits = kept;
        // The typical scenarios that are steps.
        let mut steps_of: BTreeMap<Code, Vec<RecordRef>> = BTreeMap::new();
        let mut own: BTreeMap<RecordRef, Vec<Code>> = BTreeMap::new();
        for hit in &answer.hits {
            if let Some(record) = self.library.record(&hit.reference) {
                for code in &record.head().typical_scenario {
                    steps_of
                        .entry(code.clone())
                        .or_default()
                        .push(hit.reference.clone());
                }
                own.insert(
                    hit.reference.clone(),
                    record.head().typical_scenario.clone(),
                );
            }
        }
        let mut steps: Vec<RoadmapStep> = Vec::new();
        for hit in answer.hits {
            let mut needed: Vec<Code> =
                own[&hit.reference].iter().flat_map(prerequisites).collect();
            needed.sort_unstable();
            needed.dedup();
            let mut after: Vec<RecordRef> = needed
                .iter()
                .filter_map(|code| steps_of.get(code))
                .flatten()
                .filter(|step| **step != hit.reference)
                .cloned()
                .collect();
            after.sort_unstable();
            after.dedup();
            let stated = match self.library.record(&hit.reference).as_deref() {
                Some(Record::Scenario(scenario)) => scenario.prerequisites.clone(),
                _ => None,
            };
            let phase = if hit.evidence.is_empty() {
                RoadmapPhase::Next
            } else {
                RoadmapPhase::Now
            };
            steps.push(RoadmapStep {
                phase,
                scenario: hit,
                after,
                prerequisites: needed,
                stated,
            });
        }
        order(&mut steps);
        Ok(Roadmap {
            steps,
            elsewhere,
            support: self.support(&request.need),
        })
    }

    /// Support measures that are not known to be closed or to exclude the enterprise.
    fn support(&self, need: &NeedForm) -> Vec<RoadmapSupport> {
        let mut found = Vec::new();
        for (reference, record) in self.library.all_of(Kind::Document) {
            let Record::Document(document) = &*record else {
                continue;
            };
            let head = &document.head;
            let industry = &need.industry.codes;
            let elsewhere = !head.industry.is_empty()
                && !industry.is_empty()
                && !self.same_groups(&head.industry, industry);
            let superseded = document.replaced_by.is_some()
                || document
                    .validity
                    .as_ref()
                    .is_some_and(|code| matches!(code.as_str(), "superseded" | "deadline_passed"));
            if elsewhere || superseded {
                continue;
            }
            for support in &document.support {
                if self.is_open(support, need, &head.region) {
                    found.push(RoadmapSupport {
                        document: MatchRecord {
                            reference: reference.clone(),
                            kind: Kind::Document,
                            name: name(&record),
                        },
                        kind: support.kind.clone(),
                        eligible: support.eligible.clone(),
                        region: support.region.clone(),
                        deadline: support.deadline.clone(),
                        amount: support.amount.clone(),
                    });
                }
            }
        }
        found
    }

    fn same_groups(&self, ones: &[Code], others: &[Code]) -> bool {
        let groups = |codes: &[Code]| -> Vec<Code> {
            codes
                .iter()
                .flat_map(|code| self.taxonomies.industry_groups(code.as_str()))
                .collect()
        };
        let others = groups(others);
        groups(ones).iter().any(|code| others.contains(code))
    }

    /// Whether a measure is open where the enterprise is. An enterprise that does not say where it is sees only
    /// what applies everywhere.
    fn is_open(&self, support: &Support, need: &NeedForm, of_document: &[Code]) -> bool {
        let today = self.today.as_str();
        let open = support
            .deadline
            .as_ref()
            .is_none_or(|until| until.as_str() >= &today[..until.as_str().len()]);
        let regions = if support.region.is_empty() {
            of_document
        } else {
            &support.region
        };
        let here = regions.is_empty()
            || need.region.codes.iter().any(|code| {
                let lineage = self.taxonomies.get("region").map_or_else(
                    || vec![code.clone()],
                    |all| all.with_ancestors(code.as_str()),
                );
                regions.iter().any(|region| lineage.contains(region))
            });
        open && here
    }
}

/// Sets the phases so that no step comes before what it builds on, and orders the steps by them.
fn order(steps: &mut [RoadmapStep]) {
    // Two rounds reach every phase; a circle among hand-written rules ends there too.
    for _ in 0..2 {
        let phases: BTreeMap<RecordRef, RoadmapPhase> = steps
            .iter()
            .map(|step| (step.scenario.reference.clone(), step.phase))
            .collect();
        for step in steps.iter_mut() {
            let latest = step
                .after
                .iter()
                .filter_map(|before| phases.get(before))
                .max();
            let least = match latest {
                Some(RoadmapPhase::Now) => RoadmapPhase::Next,
                Some(_) => RoadmapPhase::Later,
                None => RoadmapPhase::Now,
            };
            step.phase = step.phase.max(least);
        }
    }
    steps.sort_by_key(|step| (step.phase, step.scenario.rank));
}
