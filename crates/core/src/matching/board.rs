//! The ranking itself: scores from values and weights, two lists, and what is done for diversity.
//!
//! A main list of what breaks nothing strict, a near-miss list of the rest, each by score, then by affinity, then by
//! reference; of the near misses, those that break the least come first. In the main list, a small provider comes first among hits whose scores lie within [`BAND`], and nobody
//! has more than [`PER_PROVIDER`] of the first [`TOP`] places. Nothing else moves a hit.

use std::collections::BTreeMap;

use super::criteria::COUNT;

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
    pub values: [f64; COUNT],
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
    pub weights: [f64; COUNT],
    /// Whether places are shared out among providers.
    pub diverse: bool,
}

/// Two lists of candidates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranking {
    /// What breaks nothing strict.
    pub main: Vec<usize>,
    /// What does, what breaks one thing first.
    pub near: Vec<usize>,
    /// Candidates of the main list that came ahead as small ones.
    pub lifted: Vec<usize>,
    /// All candidates by score, before anything is done for diversity: from it, a change of one candidate is ranked
    /// without sorting the others again.
    pub order: Vec<usize>,
}

/// The score of values under weights. The order of the sum is that of the criteria.
pub fn score(values: &[f64; COUNT], weights: &[f64; COUNT]) -> f64 {
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
        let (main, mut near): (Vec<usize>, Vec<usize>) = order.iter().partition(|at| whole(at));
        near.sort_by_key(|at| self.entries[*at].broken.len());
        let mut ranking = Ranking {
            main,
            near,
            lifted: Vec::new(),
            order,
        };
        if self.diverse {
            self.lift(&mut ranking, scores);
            ranking.main = share_out(&ranking.main, |at| self.entries[at].group.as_deref());
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
        let is_small = |at: usize| self.entries[at].small;
        small_first(&mut ranking.main, scores, is_small, |band| {
            let mut behind = band.iter().skip_while(|at| is_small(**at));
            // Those that follow a large one come ahead of it.
            behind.next();
            let lifted = behind.copied().filter(|at| is_small(*at));
            ranking.lifted.extend(lifted);
        });
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
}

/// Puts small ones first within each band of a list that is in order of score; `note` sees every band before.
pub(super) fn small_first(
    list: &mut [usize],
    scores: &[f64],
    is_small: impl Fn(usize) -> bool,
    mut note: impl FnMut(&[usize]),
) {
    let mut start = 0;
    while start < list.len() {
        let top = scores[list[start]];
        let band = list[start..].iter();
        let len = band.take_while(|at| top - scores[**at] < BAND).count();
        let band = &mut list[start..start + len];
        note(band);
        band.sort_by_key(|at| !is_small(*at));
        start += len;
    }
}

/// At most [`PER_PROVIDER`] per provider among the first [`TOP`]; who waits comes right after.
pub(super) fn share_out<K: Ord>(list: &[usize], group: impl Fn(usize) -> Option<K>) -> Vec<usize> {
    let mut taken: BTreeMap<K, usize> = BTreeMap::new();
    let (mut first, mut waiting) = (Vec::with_capacity(list.len()), Vec::new());
    let mut rest = list.iter();
    while first.len() < TOP
        && let Some(at) = rest.next()
    {
        if let Some(group) = group(*at) {
            let taken = taken.entry(group).or_default();
            if *taken >= PER_PROVIDER {
                waiting.push(*at);
                continue;
            }
            *taken += 1;
        }
        first.push(*at);
    }
    first.extend(waiting);
    first.extend(rest);
    first
}
