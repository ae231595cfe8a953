//! The ranking itself: scores from values and weights, two lists, and what is done for diversity.
//!
//! A main list of what breaks nothing strict, a near-miss list of the rest, each by score, then by affinity, then by
//! reference. In the main list, a small provider comes first among hits whose scores lie within [`BAND`], and nobody
//! has more than [`PER_PROVIDER`] of the first [`TOP`] places. Nothing else moves a hit.

use std::collections::BTreeMap;

/// Scores nearer to each other than this are about the same.
pub(super) const BAND: f64 = 0.02;
/// First places that are shared out.
const TOP: usize = 10;
/// Most of them for one provider.
const PER_PROVIDER: usize = 2;

/// What ranking needs to know of a candidate.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Values by criterion.
    pub values: [f64; 11],
    /// Criteria that are strict and known to be broken.
    pub broken: Vec<usize>,
    /// How well its text answers the need.
    pub affinity: f64,
    /// Reference; settles ties.
    pub reference: String,
    /// Whose it is.
    pub group: Option<String>,
    /// Whether it comes from a small provider.
    pub small: bool,
}

/// All candidates.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// The candidates.
    pub entries: Vec<Entry>,
    /// Weights by criterion.
    pub weights: [f64; 11],
    /// Whether places are shared out among providers.
    pub diverse: bool,
}

/// Two lists of candidates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranking {
    /// What breaks nothing strict.
    pub main: Vec<usize>,
    /// What does.
    pub near: Vec<usize>,
    /// Candidates of the main list that came ahead as small ones.
    pub lifted: Vec<usize>,
    /// All candidates by score, before anything is done for diversity: from it, a change of one candidate is ranked
    /// without sorting the others again.
    pub order: Vec<usize>,
}

/// The score of values under weights. The order of the sum is that of the criteria.
pub fn score(values: &[f64; 11], weights: &[f64; 11]) -> f64 {
    values
        .iter()
        .zip(weights)
        .map(|(value, weight)| value * weight)
        .sum()
}

impl Board {
    /// The score of a candidate.
    pub fn score(&self, at: usize) -> f64 {
        score(&self.entries[at].values, &self.weights)
    }

    /// Ranks all candidates.
    pub fn rank(&self) -> Ranking {
        let scores = self.scores();
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by(|left, right| self.before(*left, *right, &scores));
        self.arrange(order, &scores, None)
    }

    fn scores(&self) -> Vec<f64> {
        (0..self.entries.len()).map(|at| self.score(at)).collect()
    }

    /// Makes the lists of candidates that are in order; `forgiven` breaks nothing strict.
    fn arrange(&self, order: Vec<usize>, scores: &[f64], forgiven: Option<usize>) -> Ranking {
        let whole = |at: &usize| self.entries[*at].broken.is_empty() || forgiven == Some(*at);
        let (main, near): (Vec<usize>, Vec<usize>) = order.iter().partition(|at| whole(at));
        let mut ranking = Ranking {
            main,
            near,
            lifted: Vec::new(),
            order,
        };
        if self.diverse {
            self.lift(&mut ranking, scores);
            ranking.main = self.share_out(ranking.main);
        }
        ranking
    }

    fn before(&self, left: usize, right: usize, scores: &[f64]) -> std::cmp::Ordering {
        let (one, other) = (&self.entries[left], &self.entries[right]);
        scores[right]
            .total_cmp(&scores[left])
            .then_with(|| other.affinity.total_cmp(&one.affinity))
            .then_with(|| one.reference.cmp(&other.reference))
    }

    /// Small providers first within each band.
    fn lift(&self, ranking: &mut Ranking, scores: &[f64]) {
        let mut start = 0;
        while start < ranking.main.len() {
            let top = scores[ranking.main[start]];
            let len = ranking.main[start..]
                .iter()
                .take_while(|at| top - scores[**at] < BAND)
                .count();
            let band = &mut ranking.main[start..start + len];
            let large_before = |at: usize, band: &[usize]| {
                let place = band
                    .iter()
                    .position(|other| *other == at)
                    .unwrap_or_default();
                band[..place]
                    .iter()
                    .any(|other| !self.entries[*other].small)
            };
            let lifted: Vec<usize> = band
                .iter()
                .copied()
                .filter(|at| self.entries[*at].small && large_before(*at, band))
                .collect();
            ranking.lifted.extend(lifted);
            band.sort_by_key(|at| !self.entries[*at].small);
            start += len;
        }
    }

    /// At most [`PER_PROVIDER`] per provider among the first [`TOP`]; who waits comes right after.
    fn share_out(&self, order: Vec<usize>) -> Vec<usize> {
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut first, mut waiting, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for at in order {
            if first.len() >= TOP {
                rest.push(at);
                continue;
            }
            if let Some(group) = &self.entries[at].group {
                let taken = taken.entry(group.as_str()).or_default();
                if *taken >= PER_PROVIDER {
                    waiting.push(at);
                    continue;
                }
                *taken += 1;
            }
            first.push(at);
        }
        first.extend(waiting);
        first.extend(rest);
        first
    }

    /// The place from 1 in the main list that a candidate takes when criteria are met, with its score then; none
    /// when something strict stays broken. `order` is that of [`Self::rank`].
    pub fn if_met(&self, order: &[usize], at: usize, criteria: &[usize]) -> Option<(u32, f64)> {
        let entry = &self.entries[at];
        if entry.broken.iter().any(|broken| !criteria.contains(broken)) {
            return None;
        }
        let score = self.score_if_met(at, criteria);
        let mut scores = self.scores();
        scores[at] = score;
        let mut order: Vec<usize> = order.iter().copied().filter(|other| *other != at).collect();
        let place = order.partition_point(|other| self.before(*other, at, &scores).is_lt());
        order.insert(place, at);
        let ranking = self.arrange(order, &scores, Some(at));
        let place = ranking.main.iter().position(|other| *other == at)?;
        Some((place as u32 + 1, score))
    }

    /// The score of a candidate when criteria are met.
    pub fn score_if_met(&self, at: usize, criteria: &[usize]) -> f64 {
        let mut values = self.entries[at].values;
        for criterion in criteria {
            values[*criterion] = 1.0;
        }
        score(&values, &self.weights)
    }

    /// Best and worst place of each candidate of a list when every weight varies by up to a fifth.
    pub fn ranges(&self, main: &[usize], shown: usize) -> Vec<(u32, u32)> {
        let mut random = Random(0x5ce0_a71a_5000_0001);
        let shown = &main[..shown.min(main.len())];
        let mut ranges: Vec<(u32, u32)> =
            (1..=shown.len() as u32).map(|rank| (rank, rank)).collect();
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
            for (range, score) in ranges.iter_mut().zip(&scores) {
                let place = scores.iter().filter(|other| *other > score).count() as u32 + 1;
                *range = (range.0.min(place), range.1.max(place));
            }
        }
        ranges
    }
}

/// Ways in which the weights are varied.
const SAMPLES: usize = 200;

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
