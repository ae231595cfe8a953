//! Figures of a ranking against judgements.

use std::collections::BTreeMap;
use std::time::Duration;

/// Figures of one system, means over the queries that have a relevant document.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// nDCG@10 with graded gains.
    pub ndcg_10: f64,
    /// Mean reciprocal rank.
    pub mrr: f64,
    /// Mean average precision.
    pub map: f64,
    /// Precision at the number of relevant documents, at most 10.
    pub r_precision_10: f64,
    /// Recall@100.
    pub recall_100: f64,
    /// Share of queries without any result.
    pub zero_results: f64,
    /// Median latency.
    pub p50: Duration,
    /// Latency that one query in a hundred exceeds.
    pub p99: Duration,
}

/// Sums over queries.
#[derive(Default)]
pub(super) struct Tally {
    sums: Measures,
    latencies: Vec<Duration>,
}

impl Tally {
    pub(super) fn add<'a>(
        &mut self,
        ranked: impl Iterator<Item = &'a str>,
        grades: &BTreeMap<String, i64>,
        taken: Duration,
    ) {
        let gains: Vec<i64> = ranked
            .map(|id| grades.get(id).copied().unwrap_or(0).max(0))
            .collect();
        let mut ideal: Vec<i64> = grades
            .values()
            .copied()
            .filter(|grade| *grade > 0)
            .collect();
        ideal.sort_unstable_by(|left, right| right.cmp(left));
        let relevant = ideal.len();
        let dcg = |gains: &[i64]| -> f64 {
            gains
                .iter()
                .take(10)
                .enumerate()
                .map(|(at, gain)| *gain as f64 / (at as f64 + 2.0).log2())
                .sum()
        };
        let hits = |depth: usize| gains.iter().take(depth).filter(|gain| **gain > 0).count();
        let mut precision = 0.0;
        let mut seen = 0.0;
        for (at, _) in gains.iter().enumerate().filter(|(_, gain)| **gain > 0) {
            seen += 1.0;
            precision += seen / (at as f64 + 1.0);
        }
        let cut = relevant.min(10);
        let first = gains.iter().position(|gain| *gain > 0);
        let sums = &mut self.sums;
        sums.ndcg_10 += dcg(&gains) / dcg(&ideal);
        sums.mrr += first.map_or(0.0, |at| 1.0 / (at as f64 + 1.0));
        sums.map += precision / relevant as f64;
        sums.r_precision_10 += hits(cut) as f64 / cut as f64;
        sums.recall_100 += hits(100) as f64 / relevant as f64;
        sums.zero_results += if gains.is_empty() { 1.0 } else { 0.0 };
        self.latencies.push(taken);
    }

    pub(super) fn queries(&self) -> usize {
        self.latencies.len()
    }

    pub(super) fn means(mut self) -> Measures {
        let queries = self.latencies.len().max(1) as f64;
        self.latencies.sort_unstable();
        let at = |share: f64| {
            let last = self.latencies.len().saturating_sub(1);
            self.latencies
                .get((last as f64 * share).round() as usize)
                .copied()
                .unwrap_or_default()
        };
        let sums = self.sums;
        Measures {
            ndcg_10: sums.ndcg_10 / queries,
            mrr: sums.mrr / queries,
            map: sums.map / queries,
            r_precision_10: sums.r_precision_10 / queries,
            recall_100: sums.recall_100 / queries,
            zero_results: sums.zero_results / queries,
            p50: at(0.5),
            p99: at(0.99),
        }
    }
}
