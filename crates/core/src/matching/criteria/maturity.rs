//! *What it measures*: whether what is offered is ready enough for the enterprise.
//!
//! *Why it matters*: an enterprise at the first levels needs what already runs elsewhere; one that leads may pilot what
//! is new.
//!
//! *Example*: an enterprise at 规范级 asks for something in use; a pilot counts 0.6 of that and is violated.
//!
//! *When data is missing*: few records state how mature they are; it counts half and is asked about.

use super::{Context, Criterion, Finding};
use crate::matching::candidate::Candidate;
use crate::model::{Code, NeedForm, Record, Strength};

/// See the module.
pub struct Maturity;

const PRIOR: f64 = 0.5;
/// Readiness of what is in use.
const DEPLOYED: f64 = 0.8;
/// Readiness of a pilot.
const PILOT: f64 = 0.48;

/// How ready a thing of this maturity is, from 0 to 1.
fn readiness(code: &str) -> Option<f64> {
    match code {
        "retired" => Some(0.0),
        "idea" => Some(0.2),
        "pilot" => Some(PILOT),
        "deployed" => Some(DEPLOYED),
        "scaled" => Some(1.0),
        _ => {
            let level: f64 = code.strip_prefix("trl")?.parse().ok()?;
            Some(level / 9.0)
        }
    }
}

/// How ready a thing has to be for the enterprise.
fn required(need: &NeedForm) -> Option<f64> {
    match need.maturity.as_ref()?.as_str() {
        "g1" | "g2" | "s1" | "s2" => Some(DEPLOYED),
        "g3" | "g4" | "g5" | "s3" | "s4" => Some(PILOT),
        _ => None,
    }
}

fn maturity(candidate: &Candidate) -> Option<&Code> {
    match &*candidate.record {
        Record::Scenario(scenario) => scenario.maturity.as_ref(),
        Record::Solution(solution) => solution.maturity.as_ref(),
        Record::Case(case) => case.maturity.as_ref(),
        _ => None,
    }
}

impl Criterion for Maturity {
    fn id(&self) -> &'static str {
        "maturity"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        required(need).is_some()
    }

    fn strength(&self, _: &NeedForm) -> Strength {
        Strength::Soft
    }

    fn states(&self, candidate: &Candidate) -> bool {
        maturity(candidate).is_some_and(|code| readiness(code.as_str()).is_some())
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let required = required(context.need).unwrap_or(PILOT);
        let Some((code, ready)) =
            maturity(candidate).and_then(|code| Some((code, readiness(code.as_str())?)))
        else {
            return Finding::unknown(PRIOR);
        };
        let finding = if ready >= required {
            Finding::met(1.0)
        } else {
            Finding::violated(ready / required)
        };
        finding.codes("offered", "maturity", std::slice::from_ref(code))
    }
}
