//! *What it measures*: cases like the need that speak for a candidate.
//!
//! *Why it matters*: what worked elsewhere under similar conditions is the best promise there is.
//!
//! *Example*: a provider with two verified cases of surface inspection from last year, both like the need, gets more
//! than one with ten cases of chat assistants. Value: 1 − exp(−ln(1 + m) · Σ v·d·τ / 0.5) over the m cases among the
//! hundred most like the need; v is how far the case was verified, d halves every three years, τ is its likeness.
//!
//! *When data is missing*: a candidate without such cases gets a low prior: the catalog knows of no case, which does not
//! mean that there is none, so it is asked about. A known case always counts more than none.

use super::{Context, Criterion, Finding};
use crate::api::types::MatchState;
use crate::matching::candidate::Candidate;
use crate::model::NeedForm;

/// See the module.
pub struct Evidence;

/// What a candidate without a known case counts: less than any that has one.
const PRIOR: f64 = 0.05;
/// Sum of votes at which about two thirds are reached.
const ENOUGH: f64 = 0.5;

impl Criterion for Evidence {
    fn id(&self) -> &'static str {
        "evidence"
    }

    fn asked(&self, _: &NeedForm) -> bool {
        true
    }

    fn changeable(&self, _: MatchState) -> bool {
        false
    }

    fn states(&self, candidate: &Candidate) -> bool {
        !candidate.votes.is_empty()
    }

    fn assess(&self, _: &Context<'_>, candidate: &Candidate) -> Finding {
        if candidate.votes.is_empty() {
            return Finding::unknown(PRIOR);
        }
        let sum: f64 = candidate
            .votes
            .iter()
            .map(|vote| vote.verification * vote.freshness * vote.affinity)
            .sum();
        let votes = candidate.votes.len() as f64;
        let strength = 1.0 - (-(1.0 + votes).ln() * sum / ENOUGH).exp();
        Finding::met(PRIOR + (1.0 - PRIOR) * strength)
            .fact("cases", candidate.votes.len().to_string())
    }
}
