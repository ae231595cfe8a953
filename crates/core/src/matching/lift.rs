//! What would lift a need in the list of an offer: constraints of that need that the offer could come to meet.
//!
//! Each change is ranked anew before it is named: the need with its constraint met, all other needs as they are.

use super::board::{Entry, score};
use super::criteria::{ALL, COUNT};
use crate::api::types::{Counterfactual, Match, Sides};

/// Changes shown.
const CHANGES: usize = 3;

/// A need that an offer met, with what ranking it anew takes.
pub(super) struct Met {
    pub(super) hit: Match,
    pub(super) sides: Sides,
    /// What the need finds of the offer.
    pub(super) entry: Entry,
    pub(super) weights: [f64; COUNT],
    /// Criteria of the need that the offer could come to meet.
    pub(super) changeable: Vec<usize>,
}

/// Both sides as one: their harmonic mean.
pub(super) fn both(need: f64, offer: f64) -> f64 {
    let sum = need + offer;
    if sum > 0.0 {
        2.0 * need * offer / sum
    } else {
        0.0
    }
}

impl Met {
    /// Whether nothing strict is broken.
    pub(super) fn whole(&self) -> bool {
        self.entry.broken.is_empty()
    }

    /// The place from 1 in the main list that the need takes with another mean of both sides.
    fn place(&self, main: &[Self], both: f64) -> u32 {
        let before = main.iter().filter(|other| {
            let order = other.sides.both.total_cmp(&both).reverse();
            let order = order.then_with(|| other.hit.reference.cmp(&self.hit.reference));
            order.is_lt() && other.hit.reference != self.hit.reference
        });
        before.count() as u32 + 1
    }

    /// What would lift the need: single changes, and all that is broken at once where that is more than one thing.
    pub(super) fn counterfactuals(&self, main: &[Self]) -> Vec<Counterfactual> {
        let broken = &self.entry.broken;
        let rank = self.place(main, self.sides.both);
        let together = broken.len() > 1 && broken.iter().all(|at| self.changeable.contains(at));
        let singles = self.changeable.iter().map(|at| vec![*at]);
        let mut changes: Vec<Counterfactual> = singles
            .chain(together.then(|| broken.clone()))
            .filter(|criteria| broken.iter().all(|at| criteria.contains(at)))
            .map(|criteria| {
                let mut values = self.entry.values;
                for at in &criteria {
                    values[*at] = 1.0;
                }
                let score = score(&values, &self.weights);
                Counterfactual {
                    criteria: criteria.iter().map(|at| ALL[*at].id().to_owned()).collect(),
                    rank: self.place(main, both(score, self.sides.offer)),
                    score,
                }
            })
            .filter(|change| !self.whole() || change.rank < rank)
            .collect();
        // Stable: ties stay in the order of the criteria.
        changes.sort_by_key(|change| change.rank);
        changes.truncate(CHANGES);
        changes
    }
}
