//! *What it measures*: whether a candidate comes from, or has worked in, the industry and process stage of the need.
//!
//! *Why it matters*: data, rules and words differ between industries; who knows them starts earlier.
//!
//! *Example*: a need of C36 (汽车制造业) and a record of 装备制造 are near; a record of 卫生健康 is not.
//!
//! *When data is missing*: a part that is not stated counts half and is asked about.

use super::{Context, Criterion, Finding};
use crate::api::types::MatchState;
use crate::matching::candidate::{Candidate, Codes};
use crate::model::{NeedForm, Strength};

/// See the module.
pub struct Sector;

const PRIOR: f64 = 0.5;
/// Below this a stated sector is another one.
const NEAR: f64 = 0.2;

impl Criterion for Sector {
    fn id(&self) -> &'static str {
        "sector"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        !need.industry.codes.is_empty() || !need.stage.codes.is_empty()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        // The industry decides how strictly the sector is meant; a stage alone speaks for itself.
        if need.industry.codes.is_empty() {
            need.stage.strength
        } else {
            need.industry.strength
        }
    }

    fn changeable(&self, state: MatchState) -> bool {
        state == MatchState::Unknown
    }

    fn states(&self, candidate: &Candidate) -> bool {
        !candidate.codes(Codes::Industry).is_empty() || !candidate.codes(Codes::Stage).is_empty()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let (mut sum, mut asked) = (0.0, 0.0);
        let mut known = None;
        let mut facts = Finding::met(0.0);
        let parts = [
            ("industry", &context.need.industry, Codes::Industry),
            ("stage", &context.need.stage, Codes::Stage),
        ];
        for (taxonomy, wanted, field) in parts {
            if wanted.codes.is_empty() {
                continue;
            }
            asked += 1.0;
            let offered = candidate.codes(field);
            if offered.is_empty() {
                sum += PRIOR;
                continue;
            }
            let nearest = wanted
                .codes
                .iter()
                .map(|code| context.similarity.nearest(taxonomy, code, offered))
                .fold(0.0, f64::max);
            sum += nearest;
            known = Some(known.map_or(nearest, |known: f64| known.min(nearest)));
            facts = facts
                .codes("asked", taxonomy, &wanted.codes)
                .codes("offered", taxonomy, offered);
        }
        let value = sum / asked;
        let mut finding = match known {
            None => Finding::unknown(value),
            Some(nearest) if nearest < NEAR => Finding::violated(value),
            Some(_) => Finding::met(value),
        };
        finding.facts = facts.facts;
        finding
    }
}
