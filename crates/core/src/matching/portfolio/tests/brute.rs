//! The best solution of a small problem by trying all.

use super::random::Parts;

/// Needs served, providers assigned, total in halves of a point.
pub type Worth = (usize, usize, i64);

/// The greatest worth of all assignments; `served_first` tells whether needs served count before providers assigned.
pub fn best(parts: &Parts, served_first: bool) -> Worth {
    assert!(parts.edges.len() <= 16, "few enough edges to try all");
    let choices = 0..1_u32 << parts.edges.len();
    let worth = |choice: u32| {
        let chosen = parts
            .edges
            .iter()
            .enumerate()
            .filter(|(place, _)| choice >> place & 1 == 1);
        let mut got = vec![0; parts.needs.len()];
        let mut load = vec![0; parts.providers.len()];
        let mut total = 0;
        for (_, edge) in chosen {
            got[edge.need] += 1;
            load[edge.provider] += edge.load;
            total += (edge.score * 2.0) as i64;
        }
        let possible = got
            .iter()
            .zip(&parts.needs)
            .all(|(got, need)| *got <= need.demand)
            && load
                .iter()
                .zip(&parts.providers)
                .all(|(load, provider)| *load <= provider.capacity);
        let served = got.iter().filter(|got| **got > 0).count();
        possible.then_some((
            if served_first { served } else { 0 },
            got.iter().sum::<u32>() as usize,
            total,
        ))
    };
    choices.filter_map(worth).max().unwrap()
}
