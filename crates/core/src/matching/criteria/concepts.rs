//! *What it measures*: how near the techniques and typical scenarios of a record are to those that the need names.
//!
//! *Why it matters*: 视觉质检 and 机器视觉检测 mean one thing in many words, and codes say so.
//!
//! *Example*: the need asks for typical scenario 24 (在线智能检测), the record has 26 (质量分析与改进): both are 生产作业,
//! so the record gets what they have in common (Lin similarity: the rarer what is shared, the more).
//!
//! *When data is missing*: the record is asked about; it counts as about what a record that states it reaches.

use super::parts::{NEAR, Part, Parts, strictest};
use super::{Context, Criterion, Finding};
use crate::api::types::MatchState;
use crate::matching::candidate::{Candidate, Codes};
use crate::model::{NeedForm, Strength};

/// See the module.
pub struct Concepts;

/// What a record that says nothing counts.
const PRIOR: f64 = 0.3;

fn parts(need: &NeedForm) -> [Part<'_>; 2] {
    [
        ("technique", &need.technique, Codes::Technique),
        (
            "typical_scenario",
            &need.typical_scenario,
            Codes::TypicalScenario,
        ),
    ]
}

impl Criterion for Concepts {
    fn id(&self) -> &'static str {
        "concepts"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        !need.technique.codes.is_empty() || !need.typical_scenario.codes.is_empty()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        strictest(&parts(need))
    }

    fn changeable(&self, state: MatchState) -> bool {
        state == MatchState::Unknown
    }

    fn states(&self, candidate: &Candidate) -> bool {
        !candidate.codes(Codes::Technique).is_empty()
            || !candidate.codes(Codes::TypicalScenario).is_empty()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let parts = parts(context.need);
        let found = Parts::of(&parts, context, candidate, PRIOR);
        // Techniques and typical scenarios say the same thing in two ways: together they are near or far.
        let far = found.value < NEAR;
        found.finding(&parts, far)
    }
}
