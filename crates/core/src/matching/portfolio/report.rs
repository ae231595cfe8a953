//! The answer: who serves whom, and figures by which to judge it.

use serde::Serialize;

use super::problem::Problem;
use super::short::Short;

/// A need and a provider assigned to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assignment {
    /// The need.
    pub need: String,
    /// The provider.
    pub provider: String,
    /// Affinity of the two.
    pub score: f64,
}

/// What a problem's solution is worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// By need; for each need the best first.
    pub assignments: Vec<Assignment>,
    /// Sum of the scores.
    pub objective: f64,
    /// No solution that serves as many has a greater sum than this; where `gap` is zero, one has it.
    pub optimum: f64,
    /// `objective` as a part of `optimum`.
    pub share: f64,
    /// How far the optimum could lie above what was found without regard to fairness and former pairs, as a part of it.
    pub gap: f64,
    /// Needs with at least one provider.
    pub served: usize,
    /// Needs that want any.
    pub needs: usize,
    /// Providers assigned, over all needs.
    pub filled: u32,
    /// Providers wanted, over all needs.
    pub wanted: u32,
    /// The least sum of scores among the needs served.
    pub min: f64,
    /// The sum of scores that a tenth of the needs served do not exceed.
    pub p10: f64,
    /// Gini coefficient of how far providers are used: 0 is the same for all, 1 everything by one.
    pub gini: f64,
    /// Needs that got fewer providers than they wanted, and why.
    pub short: Vec<Short>,
}

/// Figures of an assignment, given by the numbers of its edges.
pub(super) fn report(problem: &Problem, used: &[usize]) -> Outcome {
    let mut chosen: Vec<_> = used.iter().map(|arc| problem.arcs[*arc]).collect();
    chosen.sort_by(|a, b| {
        (a.need.cmp(&b.need))
            .then(b.score.total_cmp(&a.score))
            .then(a.provider.cmp(&b.provider))
    });
    // Summed in this order, which the input cannot change.
    let mut sums = vec![None; problem.needs.len()];
    let mut load = vec![0_u64; problem.providers.len()];
    for arc in &chosen {
        *sums[arc.need].get_or_insert(0.0) += arc.score;
        load[arc.provider] += u64::from(arc.load);
    }
    // A sum of nothing is minus zero.
    let objective: f64 = sums.iter().flatten().sum::<f64>() + 0.0;
    let mut served: Vec<f64> = sums.into_iter().flatten().collect();
    served.sort_by(f64::total_cmp);
    let tenth = served.len().div_ceil(10).saturating_sub(1);
    Outcome {
        objective,
        optimum: objective,
        share: 1.0,
        gap: 0.0,
        served: served.len(),
        needs: problem.needs.iter().filter(|need| need.demand > 0).count(),
        filled: chosen.len() as u32,
        wanted: problem.needs.iter().map(|need| need.demand).sum(),
        min: served.first().copied().unwrap_or(0.0),
        p10: served.get(tenth).copied().unwrap_or(0.0),
        gini: gini(problem, &load),
        short: Vec::new(),
        assignments: chosen
            .iter()
            .map(|arc| {
                let pair = problem.pair(arc);
                Assignment {
                    need: pair.need,
                    provider: pair.provider,
                    score: arc.score,
                }
            })
            .collect(),
    }
}

/// Over the providers that can take anything, of the part of their capacity that is used.
fn gini(problem: &Problem, load: &[u64]) -> f64 {
    let mut parts: Vec<f64> = problem
        .providers
        .iter()
        .zip(load)
        .filter(|(provider, _)| provider.capacity > 0)
        .map(|(provider, load)| *load as f64 / f64::from(provider.capacity))
        .collect();
    parts.sort_by(f64::total_cmp);
    let (count, sum) = (parts.len() as f64, parts.iter().sum::<f64>());
    if sum <= 0.0 {
        return 0.0;
    }
    let weighted: f64 = parts
        .iter()
        .enumerate()
        .map(|(place, part)| (2.0 * (place as f64 + 1.0) - count - 1.0) * part)
        .sum();
    weighted / (count * sum)
}
