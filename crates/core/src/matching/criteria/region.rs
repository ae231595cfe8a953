//! *What it measures*: how far the seat of a candidate is from where it is needed, in steps of the tree of regions.
//!
//! *Why it matters*: somebody has to come when the line stands still, and local funds ask for local partners.
//!
//! *Example*: needed in 江苏: a provider in 苏州 is met; one in 浙江 is two steps away (up to the country, down again) and
//! counts exp(−2/2) = 0.37.
//!
//! *When data is missing*: most providers do not print a seat; it counts half and is asked about.

use super::{Context, Criterion, Finding};
use crate::matching::candidate::{Candidate, Codes};
use crate::model::{Code, NeedForm, Strength, Taxonomies};

/// See the module.
pub struct Region;

const PRIOR: f64 = 0.5;

/// Steps between two regions; none where one contains the other.
fn steps(one: &Code, other: &Code, taxonomies: &Taxonomies) -> usize {
    let lineage = |code: &Code| {
        taxonomies.get("region").map_or_else(
            || vec![code.clone()],
            |regions| regions.with_ancestors(code.as_str()),
        )
    };
    let (one, other) = (lineage(one), lineage(other));
    if one.contains(&other[0]) || other.contains(&one[0]) {
        return 0;
    }
    let shared = one.iter().position(|code| other.contains(code));
    match shared {
        Some(up) => {
            let down = other.iter().position(|code| *code == one[up]);
            up + down.unwrap_or_default()
        }
        // The country contains every region.
        None => one.len() + other.len(),
    }
}

impl Criterion for Region {
    fn id(&self) -> &'static str {
        "region"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        !need.region.codes.is_empty()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        need.region.strength
    }

    fn states(&self, candidate: &Candidate) -> bool {
        !candidate.codes(Codes::Region).is_empty()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let offered = candidate.codes(Codes::Region);
        let wanted = &context.need.region.codes;
        let nearest = wanted
            .iter()
            .flat_map(|one| offered.iter().map(move |other| (one, other)))
            .map(|(one, other)| steps(one, other, context.taxonomies))
            .min();
        let finding = match nearest {
            None => Finding::unknown(PRIOR),
            Some(0) => Finding::met(1.0),
            Some(steps) => Finding::violated((-(steps as f64) / 2.0).exp()),
        };
        finding
            .codes("asked", "region", wanted)
            .codes("offered", "region", offered)
    }
}
