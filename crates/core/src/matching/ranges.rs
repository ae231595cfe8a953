//! How far a place depends on the weights: the best and worst place when every weight varies by up to a fifth.
//!
//! Each variation is ranked as the list itself is, with small providers first within a band and the first places shared
//! out, so that no range holds a place that its candidate could never take.

use std::collections::HashMap;

use super::board::{Board, score, share_out, small_first};

/// Ways in which the weights are varied.
const SAMPLES: usize = 200;

/// What a list is ranked by besides scores, by place in the list.
struct Standing {
    /// Place among equal scores.
    tie: Vec<u32>,
    small: Vec<bool>,
    /// Whose it is, as a number.
    group: Vec<Option<usize>>,
}

impl Standing {
    fn of(board: &Board, main: &[usize]) -> Self {
        let entries = || main.iter().map(|at| &board.entries[*at]);
        let mut order: Vec<usize> = (0..main.len()).collect();
        order.sort_by(|left, right| {
            let (one, other) = (&board.entries[main[*left]], &board.entries[main[*right]]);
            let by_affinity = other.affinity.total_cmp(&one.affinity);
            by_affinity.then_with(|| one.reference.cmp(&other.reference))
        });
        let mut tie = vec![0; main.len()];
        for (place, at) in (0..).zip(order) {
            tie[at] = place;
        }
        let mut groups: HashMap<&str, usize> = HashMap::new();
        let group = entries().map(|entry| {
            let group = entry.group.as_deref()?;
            let next = groups.len();
            Some(*groups.entry(group).or_insert(next))
        });
        Self {
            tie,
            group: group.collect(),
            small: entries().map(|entry| entry.small).collect(),
        }
    }

    /// The list in order of scores.
    fn rank(&self, scores: &[f64], is_diverse: bool) -> Vec<usize> {
        // Scores are not negative, and the bits of such numbers order as they do.
        let mut keys: Vec<(u64, u32, usize)> = (scores.iter().zip(&self.tie).enumerate())
            .map(|(at, (score, tie))| (!score.to_bits(), *tie, at))
            .collect();
        keys.sort_unstable();
        let mut list: Vec<usize> = keys.into_iter().map(|(_, _, at)| at).collect();
        if is_diverse {
            if self.small.contains(&true) {
                small_first(&mut list, scores, |at| self.small[at], |_| {});
            }
            list = share_out(&list, |at| self.group[at]);
        }
        list
    }
}

impl Board {
    /// Best and worst place of the first candidates of the main list when every weight varies by up to a fifth.
    pub fn ranges(&self, main: &[usize], shown: usize) -> Vec<(u32, u32)> {
        let mut random = Random(0x5ce0_a71a_5000_0001);
        let shown = shown.min(main.len());
        let mut ranges: Vec<(u32, u32)> = (1..=shown as u32).map(|rank| (rank, rank)).collect();
        let standing = Standing::of(self, main);
        for _ in 0..SAMPLES {
            let mut weights = self
                .weights
                .map(|weight| weight * (0.8 + 0.4 * random.next()));
            let sum: f64 = weights.iter().sum();
            for weight in &mut weights {
                *weight /= sum.max(f64::MIN_POSITIVE);
            }
            let scores: Vec<f64> = main
                .iter()
                .map(|at| score(&self.entries[*at].values, &weights))
                .collect();
            for (place, at) in (1..).zip(standing.rank(&scores, self.diverse)) {
                if let Some(range) = ranges.get_mut(at) {
                    *range = (range.0.min(place), range.1.max(place));
                }
            }
        }
        ranges
    }
}

/// Numbers that look random and are the same everywhere (SplitMix64).
struct Random(u64);

impl Random {
    /// From 0 up to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
