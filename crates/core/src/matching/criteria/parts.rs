//! Criteria of two parts, each a choice of codes that the need may mean more or less strictly.
//!
//! Only a part that is itself strict can keep a candidate out: what a soft part finds lowers the value and no more. A
//! strict part that the candidate does not state is no reason to leave it out.

use super::{Context, Finding};
use crate::api::types::MatchState;
use crate::matching::candidate::{Candidate, Codes};
use crate::model::{Choice, Strength};

/// Below this a stated code is another one.
pub(in crate::matching) const NEAR: f64 = 0.2;

/// A taxonomy, what the need chooses of it, and where a candidate states it.
pub(super) type Part<'a> = (&'static str, &'a Choice, Codes);

/// What the parts found.
pub(super) struct Parts {
    /// Mean value of the parts that are asked for.
    pub(super) value: f64,
    /// How near the worst of the stated parts comes.
    pub(super) worst: Option<f64>,
    /// The worst that a strict part found; none where no part is strict.
    strict: Option<MatchState>,
    facts: Finding,
}

/// How strictly the strictest part is meant that asks for something.
pub(super) fn strictest(parts: &[Part<'_>]) -> Strength {
    let asked = parts
        .iter()
        .filter(|(_, wanted, _)| !wanted.codes.is_empty());
    asked
        .map(|(_, wanted, _)| wanted.strength)
        .min()
        .unwrap_or_default()
}

/// How strictly the rest is meant: the parts that are not strict.
fn softer(parts: &[Part<'_>]) -> Strength {
    let asked = parts
        .iter()
        .filter(|(_, wanted, _)| !wanted.codes.is_empty());
    let strengths = asked.map(|(_, wanted, _)| wanted.strength);
    strengths
        .filter(|strength| *strength != Strength::Hard)
        .min()
        .unwrap_or_default()
}

impl Parts {
    /// Judges every part that is asked for; one that the candidate does not state counts `prior`.
    pub(super) fn of(
        parts: &[Part<'_>],
        context: &Context<'_>,
        candidate: &Candidate,
        prior: f64,
    ) -> Self {
        let (mut sum, mut asked) = (0.0, 0.0);
        let mut found = Self {
            value: 0.0,
            worst: None,
            strict: None,
            facts: Finding::met(0.0),
        };
        for (taxonomy, wanted, field) in parts {
            if wanted.codes.is_empty() {
                continue;
            }
            asked += 1.0;
            let offered = candidate.codes(*field);
            // Codes of one taxonomy are alternatives: the nearest one counts.
            let nearest = (!offered.is_empty()).then(|| {
                let codes = wanted.codes.iter();
                codes
                    .map(|code| context.similarity.nearest(taxonomy, code, offered))
                    .fold(0.0, f64::max)
            });
            sum += nearest.unwrap_or(prior);
            if wanted.strength == Strength::Hard {
                let state = match nearest {
                    None => MatchState::Unknown,
                    Some(nearest) if nearest < NEAR => MatchState::Violated,
                    Some(_) => MatchState::Met,
                };
                // What is broken outweighs what is not stated, and that what is met.
                found.strict = found.strict.max(Some(state));
            }
            let Some(nearest) = nearest else {
                continue;
            };
            found.worst = Some(found.worst.map_or(nearest, |worst| worst.min(nearest)));
            found.facts = found
                .facts
                .codes("asked", taxonomy, &wanted.codes)
                .codes("offered", taxonomy, offered);
        }
        found.value = sum / f64::max(asked, 1.0);
        found
    }

    /// The finding; `far` says whether the parts together are too far where no strict part decides.
    pub(super) fn finding(self, parts: &[Part<'_>], far: bool) -> Finding {
        let (state, strength) = match (self.strict, self.worst) {
            (Some(MatchState::Violated), _) => (MatchState::Violated, Strength::Hard),
            (_, None) => (MatchState::Unknown, strictest(parts)),
            (_, Some(_)) if far => (MatchState::Violated, softer(parts)),
            // What is met is then a part that is not strict.
            (Some(MatchState::Unknown), _) => (MatchState::Met, softer(parts)),
            _ => (MatchState::Met, strictest(parts)),
        };
        Finding {
            value: self.value,
            state,
            facts: self.facts.facts,
            strength: Some(strength),
        }
    }
}
