//! Scores as integers, so that sums and comparisons are the same on every machine.
//!
//! The factor is a power of two: whole numbers and halves stay exact, other scores move by less than the 2^-32th part
//! of the greatest one.

use super::problem::{Arc, Problem};

/// Scores of a problem as integers.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    factor: f64,
    /// The greatest score less the least: no exchange of two pairs changes more.
    pub(super) range: i64,
    /// The greatest score.
    pub(super) top: i64,
    /// What a former pair is worth beyond its score.
    pub(super) inertia: i64,
}

impl Scale {
    /// Makes the greatest absolute score a number below two to the power of `bits`.
    pub(super) fn new(problem: &Problem, bits: i32) -> Self {
        let scores = || problem.arcs.iter().map(|arc| arc.score);
        let greatest = scores().fold(problem.inertia, |greatest, score| greatest.max(score.abs()));
        let factor = power_below(greatest, bits);
        let mut scale = Self {
            factor,
            range: 0,
            top: 0,
            inertia: (problem.inertia * factor).round() as i64,
        };
        let top = scores().map(|score| scale.integer(score)).max();
        let low = scores().map(|score| scale.integer(score)).min();
        scale.top = top.unwrap_or(0);
        scale.range = scale.top - low.unwrap_or(0);
        scale
    }

    fn integer(&self, score: f64) -> i64 {
        (score * self.factor).round() as i64
    }

    /// The score of an edge.
    pub(super) fn score(&self, arc: &Arc) -> i64 {
        self.integer(arc.score)
    }

    /// What an edge is worth: its score, and more if it was assigned before.
    pub(super) fn worth(&self, arc: &Arc) -> i64 {
        self.score(arc) + if arc.former { self.inertia } else { 0 }
    }

    /// An integer as a score.
    pub(super) fn number(&self, integer: i64) -> f64 {
        integer as f64 / self.factor
    }
}

/// The greatest power of two with which `greatest` stays below `2^bits`, within reason.
fn power_below(greatest: f64, bits: i32) -> f64 {
    let limit = 2_f64.powi(bits);
    let mut factor = 1.0;
    if greatest <= 0.0 {
        return factor;
    }
    while greatest * factor >= limit && factor > f64::MIN_POSITIVE {
        factor /= 2.0;
    }
    while greatest * factor * 2.0 < limit && factor < 1e300 {
        factor *= 2.0;
    }
    factor
}
