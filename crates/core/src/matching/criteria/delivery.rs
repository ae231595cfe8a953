//! *What it measures*: whether an offer comes in the form that is wanted: service, interface, appliance, custom work.
//!
//! *Why it matters*: a team without developers cannot use an interface, and one with them may want nothing else.
//!
//! *Example*: wanted 一体机 or SaaS, offered SaaS: met.
//!
//! *When data is missing*: counts half and is asked about.

use super::{Context, Criterion, Finding};
use crate::matching::candidate::{Candidate, Codes};
use crate::model::{NeedForm, Strength};

/// See the module.
pub struct Delivery;

const PRIOR: f64 = 0.5;

impl Criterion for Delivery {
    fn id(&self) -> &'static str {
        "delivery"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        !need.delivery.codes.is_empty()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        need.delivery.strength
    }

    fn states(&self, candidate: &Candidate) -> bool {
        !candidate.codes(Codes::Delivery).is_empty()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let wanted = &context.need.delivery.codes;
        let offered = candidate.codes(Codes::Delivery);
        let finding = if offered.is_empty() {
            Finding::unknown(PRIOR)
        } else if offered.iter().any(|code| wanted.contains(code)) {
            Finding::met(1.0)
        } else {
            Finding::violated(0.0)
        };
        finding
            .codes("asked", "delivery", wanted)
            .codes("offered", "delivery", offered)
    }
}
