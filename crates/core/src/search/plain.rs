//! The yardstick of evaluations: BM25 over Han bigrams and words of one field, any term is enough.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bm25::{B, K1, idf};
use super::text::normalise;
use super::tokenizer::{bigrams, runs};

/// How often a term in the title of a query counts.
pub(super) const TITLE: u32 = 3;

/// A plain index in memory.
pub(super) struct Plain {
    postings: HashMap<String, Vec<(usize, u32)>>,
    lengths: Vec<f64>,
    average: f64,
}

fn terms(text: &str) -> BTreeMap<String, u32> {
    let normal = normalise(text);
    let mut counts = BTreeMap::new();
    for run in runs(&normal) {
        let mut add = |term: &str| *counts.entry(term.to_owned()).or_default() += 1;
        if run.han && run.text.chars().nth(1).is_some() {
            bigrams(run.text).for_each(add);
        } else {
            add(run.text);
        }
    }
    counts
}

impl Plain {
    pub(super) fn new(texts: impl Iterator<Item = String>) -> Self {
        let mut plain = Self {
            postings: HashMap::new(),
            lengths: Vec::new(),
            average: 0.0,
        };
        for (number, text) in texts.enumerate() {
            let counts = terms(&text);
            plain.lengths.push(f64::from(counts.values().sum::<u32>()));
            for (term, count) in counts {
                plain
                    .postings
                    .entry(term)
                    .or_default()
                    .push((number, count));
            }
        }
        plain.average = plain.lengths.iter().sum::<f64>() / plain.lengths.len().max(1) as f64;
        plain
    }

    /// The numbers of the best documents, best first.
    pub(super) fn rank(
        &self,
        title: &str,
        text: &str,
        pool: Option<&BTreeSet<usize>>,
        depth: usize,
    ) -> Vec<usize> {
        let mut query = terms(text);
        for (term, count) in terms(title) {
            *query.entry(term).or_default() += TITLE * count;
        }
        let mut scores = vec![0.0; self.lengths.len()];
        for (term, count) in query {
            let Some(postings) = self.postings.get(&term) else {
                continue;
            };
            let weight = f64::from(count)
                * idf(postings.len() as u64, self.lengths.len() as u64)
                * (K1 + 1.0);
            for (number, frequency) in postings {
                let frequency = f64::from(*frequency);
                let norm = K1 * (1.0 - B + B * self.lengths[*number] / self.average);
                scores[*number] += weight * frequency / (frequency + norm);
            }
        }
        let mut found: Vec<usize> = match pool {
            Some(pool) => pool.iter().copied().collect(),
            None => (0..scores.len())
                .filter(|number| scores[*number] > 0.0)
                .collect(),
        };
        found.sort_by(|left, right| {
            scores[*right]
                .total_cmp(&scores[*left])
                .then(left.cmp(right))
        });
        found.truncate(depth);
        found
    }
}
