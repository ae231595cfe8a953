//! *What it measures*: whether the data that an offer or scenario needs is at hand.
//!
//! *Why it matters*: a model for vibration signals is of no use where only photographs exist.
//!
//! *Example*: the record asks for 传感器 data and 图像, the need has images: half of it is there, 0.5.
//!
//! *When data is missing*: few records say what they need; it counts half and is asked about.

use super::{Context, Criterion, Finding};
use crate::matching::candidate::Candidate;
use crate::model::{Code, NeedForm, Record, Strength, Taxonomies, Text};
use crate::search::text::normalise;

/// See the module.
pub struct Data;

const PRIOR: f64 = 0.5;

/// What a record says it needs.
pub fn stated(candidate: &Candidate) -> Vec<&Text> {
    match &*candidate.record {
        Record::Scenario(scenario) => scenario
            .data_needed
            .iter()
            .chain(&scenario.prerequisites)
            .collect(),
        Record::Solution(solution) => solution.prerequisites.iter().collect(),
        _ => Vec::new(),
    }
}

/// The kinds of data that texts name.
pub fn kinds(texts: &[&Text], taxonomies: &Taxonomies) -> Vec<Code> {
    let text: String = texts
        .iter()
        .flat_map(|text| text.all())
        .map(normalise)
        .collect();
    taxonomies
        .get("data_kind")
        .map_or_else(Vec::new, |taxonomy| {
            taxonomy
                .terms
                .iter()
                .filter(|term| {
                    [&term.zh, &term.en]
                        .into_iter()
                        .chain(&term.aliases)
                        .any(|name| text.contains(&normalise(name)))
                })
                .map(|term| term.code.clone())
                .collect()
        })
}

impl Criterion for Data {
    fn id(&self) -> &'static str {
        "data"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        !need.data.codes.is_empty()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        need.data.strength
    }

    fn states(&self, candidate: &Candidate) -> bool {
        !stated(candidate).is_empty()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let needed = kinds(&stated(candidate), context.taxonomies);
        if needed.is_empty() {
            return Finding::unknown(PRIOR);
        }
        let there = needed
            .iter()
            .filter(|code| context.need.data.codes.contains(code))
            .count();
        let value = there as f64 / needed.len() as f64;
        let finding = if there == needed.len() {
            Finding::met(value)
        } else {
            Finding::violated(value)
        };
        finding
            .codes("asked", "data_kind", &context.need.data.codes)
            .codes("offered", "data_kind", &needed)
    }
}
