//! *What it measures*: whether a candidate comes from, or has worked in, the industry and process stage of the need.
//!
//! *Why it matters*: data, rules and words differ between industries; who knows them starts earlier.
//!
//! *Example*: a need of C36 (汽车制造业) and a record of 装备制造 are near; a record of 卫生健康 is not.
//!
//! *When data is missing*: a part that is not stated counts half and is asked about.

use super::parts::{NEAR, Part, Parts, strictest};
use super::{Context, Criterion, Finding};
use crate::api::types::MatchState;
use crate::matching::candidate::{Candidate, Codes};
use crate::model::{NeedForm, Strength};

/// See the module.
pub struct Sector;

const PRIOR: f64 = 0.5;

fn parts(need: &NeedForm) -> [Part<'_>; 2] {
    [
        ("industry", &need.industry, Codes::Industry),
        ("stage", &need.stage, Codes::Stage),
    ]
}

impl Criterion for Sector {
    fn id(&self) -> &'static str {
        "sector"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        !need.industry.codes.is_empty() || !need.stage.codes.is_empty()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        strictest(&parts(need))
    }

    fn changeable(&self, state: MatchState) -> bool {
        state == MatchState::Unknown
    }

    fn states(&self, candidate: &Candidate) -> bool {
        !candidate.codes(Codes::Industry).is_empty() || !candidate.codes(Codes::Stage).is_empty()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let parts = parts(context.need);
        let found = Parts::of(&parts, context, candidate, PRIOR);
        // One part that is another one makes it another sector.
        let far = found.worst.is_some_and(|worst| worst < NEAR);
        found.finding(&parts, far)
    }
}
