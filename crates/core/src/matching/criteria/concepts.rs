//! *What it measures*: how near the techniques and typical scenarios of a record are to those that the need names.
//!
//! *Why it matters*: 视觉质检 and 机器视觉检测 mean one thing in many words, and codes say so.
//!
//! *Example*: the need asks for typical scenario 24 (在线智能检测), the record has 26 (质量分析与改进): both are 生产作业,
//! so the record gets what they have in common (Lin similarity: the rarer what is shared, the more).
//!
//! *When data is missing*: the record is asked about; it counts as about what a record that states it reaches.

use super::{Context, Criterion, Finding};
use crate::api::types::MatchState;
use crate::matching::candidate::{Candidate, Codes};
use crate::model::{Code, NeedForm};

/// See the module.
pub struct Concepts;

/// What a record that says nothing counts.
const PRIOR: f64 = 0.3;
/// From here on a record is near enough to be said to meet it.
const NEAR: f64 = 0.2;

type Parts<'a> = [(&'static str, &'a [Code], Codes); 2];

fn parts(need: &NeedForm) -> Parts<'_> {
    [
        ("technique", &need.technique.codes, Codes::Technique),
        (
            "typical_scenario",
            &need.typical_scenario.codes,
            Codes::TypicalScenario,
        ),
    ]
}

impl Criterion for Concepts {
    fn id(&self) -> &'static str {
        "concepts"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        parts(need).iter().any(|(_, codes, _)| !codes.is_empty())
    }

    fn strength(&self, need: &NeedForm) -> crate::model::Strength {
        need.technique.strength.min(need.typical_scenario.strength)
    }

    fn changeable(&self, state: MatchState) -> bool {
        state == MatchState::Unknown
    }

    fn states(&self, candidate: &Candidate) -> bool {
        !candidate.codes(Codes::Technique).is_empty()
            || !candidate.codes(Codes::TypicalScenario).is_empty()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let (mut sum, mut asked, mut known) = (0.0, 0.0, false);
        let mut facts = Finding::met(0.0);
        for (taxonomy, wanted, field) in parts(context.need) {
            if wanted.is_empty() {
                continue;
            }
            let offered = candidate.codes(field);
            asked += 1.0;
            if offered.is_empty() {
                sum += PRIOR;
                continue;
            }
            known = true;
            // Codes of one taxonomy are alternatives: the nearest one counts.
            let nearest = wanted
                .iter()
                .map(|code| context.similarity.nearest(taxonomy, code, offered))
                .fold(0.0, f64::max);
            sum += nearest;
            facts = facts
                .codes("asked", taxonomy, wanted)
                .codes("offered", taxonomy, offered);
        }
        let value = sum / asked;
        let mut finding = if !known {
            Finding::unknown(value)
        } else if value < NEAR {
            Finding::violated(value)
        } else {
            Finding::met(value)
        };
        finding.facts = facts.facts;
        finding
    }
}
