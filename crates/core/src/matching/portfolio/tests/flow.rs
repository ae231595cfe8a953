use super::super::{Goal, Reason, solve};
use super::brute;
use super::random::{Parts, Random, conference, small};

#[test]
fn no_other_assignment_serves_more_or_scores_more() {
    let mut random = Random(1);
    for round in 0..400 {
        let parts = small(&mut random, 1);
        let outcome = solve(&parts.problem(), Goal::Total);
        let found = (
            outcome.served,
            outcome.filled as usize,
            (outcome.objective * 2.0) as i64,
        );
        assert_eq!(found, brute::best(&parts, true), "round {round}: {parts:?}");
    }
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let mut random = Random(2);
    for _ in 0..50 {
        let parts = small(&mut random, 2);
        let mut turned = parts.clone();
        turned.needs.reverse();
        turned.providers.rotate_left(1);
        turned.edges.reverse();
        for edge in &mut turned.edges {
            edge.need = parts.needs.len() - 1 - edge.need;
            edge.provider = (edge.provider + parts.providers.len() - 1) % parts.providers.len();
        }
        for goal in [Goal::Total, Goal::Fair] {
            assert_eq!(
                solve(&parts.problem(), goal),
                solve(&turned.problem(), goal)
            );
        }
    }
}

#[test]
fn a_bad_match_is_better_than_a_need_without_any() {
    let mut parts = Parts::empty();
    let (rich, poor) = (parts.need(2), parts.need(1));
    let (first, second) = (parts.provider(1), parts.provider(1));
    parts.edge(rich, first, 9.0, 1);
    parts.edge(rich, second, 9.0, 1);
    parts.edge(poor, second, -5.0, 1);
    let outcome = solve(&parts.problem(), Goal::Total);
    assert_eq!((outcome.served, outcome.objective), (2, 4.0));
}

#[test]
fn the_figures_are_those_of_the_assignment() {
    let mut parts = Parts::empty();
    let (first, second) = (parts.need(1), parts.need(1));
    let (busy, idle) = (parts.provider(2), parts.provider(2));
    parts.edge(first, busy, 0.75, 1);
    parts.edge(second, busy, 0.5, 1);
    parts.edge(second, idle, 0.25, 1);
    let outcome = solve(&parts.problem(), Goal::Total);
    assert_eq!(
        (outcome.objective, outcome.optimum, outcome.share),
        (1.25, 1.25, 1.0)
    );
    assert_eq!((outcome.min, outcome.p10), (0.5, 0.5));
    assert_eq!(outcome.gini, 0.5, "one of two providers does everything");
    assert!(outcome.short.is_empty());
}

#[test]
fn what_serves_nobody_is_worth_nothing_and_not_minus_nothing() {
    let mut parts = Parts::empty();
    let (need, none) = (parts.need(1), parts.provider(0));
    parts.edge(need, none, 1.0, 1);
    let outcome = solve(&parts.problem(), Goal::Total);
    assert_eq!(outcome.objective.to_bits(), 0.0_f64.to_bits());
    assert_eq!(outcome.optimum.to_bits(), 0.0_f64.to_bits());
}

#[test]
fn every_unserved_need_is_told_why() {
    let mut parts = Parts::empty();
    let (lonely, greedy, full) = (parts.need(1), parts.need(3), parts.need(1));
    let (a, b) = (parts.need(1), parts.need(1));
    let (one, none) = (parts.provider(1), parts.provider(0));
    let (wide, other) = (parts.provider(5), parts.provider(5));
    let _ = lonely;
    parts.edge(greedy, wide, 1.0, 1);
    parts.edge(greedy, other, 1.0, 1);
    parts.edge(full, none, 1.0, 1);
    parts.edge(a, one, 1.0, 1);
    parts.edge(b, one, 2.0, 1);
    let outcome = solve(&parts.problem(), Goal::Total);
    let reasons: Vec<_> = outcome
        .short
        .iter()
        .map(|short| (short.need.as_str(), short.missing, short.reason.clone()))
        .collect();
    assert_eq!(
        reasons,
        [
            ("n0000", 1, Reason::NoCandidate),
            ("n0001", 1, Reason::FewCandidates { candidates: 2 }),
            ("n0002", 1, Reason::NoCapacity),
            (
                "n0003",
                1,
                Reason::Contended {
                    needs: vec!["n0003".to_owned(), "n0004".to_owned()],
                    providers: vec!["p0000".to_owned()],
                }
            ),
        ]
    );
}

#[test]
fn contended_providers_cannot_take_all_who_compete_for_them() {
    let mut random = Random(3);
    let mut seen = 0;
    for _ in 0..300 {
        let parts = small(&mut random, 1);
        let outcome = solve(&parts.problem(), Goal::Total);
        for short in &outcome.short {
            let Reason::Contended { needs, providers } = &short.reason else {
                continue;
            };
            seen += 1;
            let capacity: u32 = parts
                .providers
                .iter()
                .filter(|provider| providers.contains(&provider.id))
                .map(|provider| provider.capacity)
                .sum();
            // Outside these providers the competing needs have nothing that is not theirs already.
            let inside: u32 = outcome
                .assignments
                .iter()
                .filter(|got| providers.contains(&got.provider))
                .map(|got| u32::from(needs.contains(&got.need)))
                .sum();
            assert_eq!(
                inside, capacity,
                "all their room goes to the needs that compete"
            );
            assert!(needs.contains(&short.need));
        }
    }
    assert!(seen > 20, "the case occurs: {seen}");
}

#[test]
fn a_portfolio_of_a_pilot_base_is_solved_to_the_optimum() {
    let parts = conference(&mut Random(4), 30, 40, 3, 4);
    let outcome = solve(&parts.problem(), Goal::Total);
    assert_eq!((outcome.filled, outcome.gap), (90, 0.0));
    // No exchange of two assignments gains anything, and no assignment moves to a better provider with room.
    let score = |need: &str, provider: &str| {
        parts
            .edges
            .iter()
            .find(|edge| {
                parts.needs[edge.need].id == need && parts.providers[edge.provider].id == provider
            })
            .map(|edge| edge.score)
            .unwrap()
    };
    let has = |need: &str, provider: &str| {
        (outcome.assignments.iter()).any(|got| got.need == need && got.provider == provider)
    };
    for a in &outcome.assignments {
        for b in &outcome.assignments {
            if has(&a.need, &b.provider) || has(&b.need, &a.provider) {
                continue;
            }
            let crossed = score(&a.need, &b.provider) + score(&b.need, &a.provider);
            assert!(crossed <= a.score + b.score + 1e-9);
        }
    }
}
