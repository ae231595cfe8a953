use super::super::{Goal, Reason, solve};
use super::brute;
use super::random::{Parts, Random, small};

#[test]
fn person_days_are_assigned_to_the_optimum() {
    let mut random = Random(30);
    for round in 0..400 {
        let parts = small(&mut random, 4);
        let outcome = solve(&parts.problem(), Goal::Total);
        // Where loads differ, providers assigned count first; where they are all alike this is a flow.
        let (_, filled, total) = brute::best(&parts, false);
        let found = (outcome.filled as usize, (outcome.objective * 2.0) as i64);
        let served = brute::best(&parts, true);
        assert!(
            found == (filled, total) || found == (served.1, served.2),
            "round {round}: {found:?} {filled} {total} {parts:?}"
        );
        assert_eq!(outcome.gap, 0.0);
    }
}

/// An instance in the manner of the literature: every need takes 5 to 25 days and brings 15 to 25, and there is room
/// for four fifths of what the needs take on average.
fn tight(seed: u64, providers: usize, needs: usize) -> Parts {
    let mut random = Random(seed);
    let mut parts = Parts::empty();
    let mut days = vec![0; providers];
    for _ in 0..providers {
        parts.provider(0);
    }
    for _ in 0..needs {
        let need = parts.need(1);
        for (provider, days) in days.iter_mut().enumerate() {
            let load = 5 + random.below(21) as u32;
            *days += load;
            parts.edge(need, provider, 15.0 + random.below(11) as f64, load);
        }
    }
    for (provider, days) in parts.providers.iter_mut().zip(days) {
        provider.capacity = days * 8 / 10 / providers as u32;
    }
    parts
}

#[test]
fn tight_instances_are_solved_and_proved() {
    for (seed, providers, needs) in [(41, 5, 15), (42, 5, 20), (43, 8, 24)] {
        let parts = tight(seed, providers, needs);
        let outcome = solve(&parts.problem(), Goal::Total);
        assert_eq!((outcome.served, outcome.gap), (needs, 0.0));
        for provider in &parts.providers {
            let load: u32 = outcome
                .assignments
                .iter()
                .filter(|got| got.provider == provider.id)
                .map(|got| {
                    let edge = (parts.edges.iter()).find(|edge| {
                        parts.needs[edge.need].id == got.need
                            && parts.providers[edge.provider].id == got.provider
                    });
                    edge.unwrap().load
                })
                .sum();
            assert!(load <= provider.capacity);
        }
    }
}

#[test]
fn equal_loads_are_counted_as_assignments() {
    let mut parts = Parts::empty();
    let (a, b, c) = (parts.need(1), parts.need(1), parts.need(1));
    let provider = parts.provider(25);
    for (need, score) in [(a, 1.0), (b, 2.0), (c, 3.0)] {
        parts.edge(need, provider, score, 10);
    }
    let outcome = solve(&parts.problem(), Goal::Total);
    assert_eq!((outcome.filled, outcome.objective), (2, 5.0));
    assert!(matches!(outcome.short[0].reason, Reason::Contended { .. }));
}
