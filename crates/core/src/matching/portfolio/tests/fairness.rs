use std::collections::BTreeMap;

use super::super::{FAIR_SHARE, Goal, solve};
use super::random::{Parts, Random, conference, small};

#[test]
fn the_worst_off_need_is_raised_at_a_bounded_price() {
    for seed in 10..14 {
        let parts = conference(&mut Random(seed), 40, 40, 3, 3);
        let total = solve(&parts.problem(), Goal::Total);
        let fair = solve(&parts.problem(), Goal::Fair);
        assert!(
            fair.min > total.min * 1.02,
            "seed {seed}: {} after {}",
            fair.min,
            total.min
        );
        assert!(fair.share >= FAIR_SHARE);
        assert_eq!((fair.served, fair.filled), (total.served, total.filled));
        assert_eq!(fair.optimum, total.optimum);
    }
}

#[test]
fn fairness_costs_no_coverage_and_no_capacity() {
    let mut random = Random(20);
    for _ in 0..300 {
        let parts = small(&mut random, 1);
        let total = solve(&parts.problem(), Goal::Total);
        let fair = solve(&parts.problem(), Goal::Fair);
        assert_eq!((fair.served, fair.filled), (total.served, total.filled));
        assert!(fair.min >= total.min);
        let mut load: BTreeMap<&str, u32> = BTreeMap::new();
        for got in &fair.assignments {
            *load.entry(&got.provider).or_default() += 1;
        }
        for provider in &parts.providers {
            assert!(load.get(provider.id.as_str()).copied().unwrap_or(0) <= provider.capacity);
        }
        let mut pairs: Vec<_> = (fair.assignments.iter())
            .map(|got| (&got.need, &got.provider))
            .collect();
        pairs.sort();
        pairs.dedup();
        assert_eq!(pairs.len(), fair.assignments.len(), "no pair twice");
    }
}

#[test]
fn a_chain_over_three_providers_is_found() {
    // The poor need can only be helped if two others move on.
    let mut parts = Parts::empty();
    let (poor, second, third) = (parts.need(1), parts.need(1), parts.need(1));
    let (good, fair, spare, last) = (
        parts.provider(1),
        parts.provider(1),
        parts.provider(1),
        parts.provider(1),
    );
    parts.edge(poor, last, 1.0, 1);
    parts.edge(poor, good, 50.0, 1);
    parts.edge(second, good, 100.0, 1);
    parts.edge(second, fair, 70.0, 1);
    parts.edge(third, fair, 5000.0, 1);
    parts.edge(third, spare, 4980.0, 1);
    let total = solve(&parts.problem(), Goal::Total);
    assert_eq!((total.objective, total.min), (5101.0, 1.0));
    let fair = solve(&parts.problem(), Goal::Fair);
    assert_eq!((fair.objective, fair.min), (5100.0, 50.0));
}
