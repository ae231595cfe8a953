use super::super::{Goal, Pair, Problem, ProblemError, Reason, Wishes, solve};
use super::random::Parts;

fn pair(need: usize, provider: usize) -> Pair {
    Pair {
        need: format!("n{need:04}"),
        provider: format!("p{provider:04}"),
    }
}

/// Two needs and two providers: straight is worth 10, crossed 9.
fn square() -> Parts {
    let mut parts = Parts::empty();
    let (first, second) = (parts.need(1), parts.need(1));
    let (one, other) = (parts.provider(1), parts.provider(1));
    parts.edge(first, one, 5.0, 1);
    parts.edge(first, other, 4.0, 1);
    parts.edge(second, one, 5.0, 1);
    parts.edge(second, other, 5.0, 1);
    parts
}

fn pairs(problem: &Problem, goal: Goal) -> Vec<Pair> {
    let outcome = solve(problem, goal);
    let pair = |got: super::super::Assignment| Pair {
        need: got.need,
        provider: got.provider,
    };
    outcome.assignments.into_iter().map(pair).collect()
}

#[test]
fn locked_pairs_stay_and_forbidden_ones_never_come() {
    let straight = vec![pair(0, 0), pair(1, 1)];
    let crossed = vec![pair(0, 1), pair(1, 0)];
    assert_eq!(pairs(&square().problem(), Goal::Total), straight);
    let locked = Wishes {
        locks: vec![pair(0, 1)],
        ..Wishes::default()
    };
    let forbidden = Wishes {
        forbids: vec![pair(0, 0)],
        ..Wishes::default()
    };
    for wishes in [locked, forbidden] {
        for goal in [Goal::Total, Goal::Fair] {
            assert_eq!(pairs(&square().with(&wishes), goal), crossed);
        }
    }
}

#[test]
fn a_former_assignment_is_kept_unless_the_gain_is_worth_it() {
    let crossed = vec![pair(0, 1), pair(1, 0)];
    let wishes = |inertia| Wishes {
        former: crossed.clone(),
        inertia,
        ..Wishes::default()
    };
    // Going straight gains 1 and gives up two former pairs.
    assert_eq!(pairs(&square().with(&wishes(0.6)), Goal::Total), crossed);
    let gone = vec![pair(0, 0), pair(1, 1)];
    assert_eq!(pairs(&square().with(&wishes(0.4)), Goal::Total), gone);
    let outcome = solve(&square().with(&wishes(0.6)), Goal::Total);
    assert_eq!(
        (outcome.objective, outcome.optimum, outcome.share),
        (9.0, 10.0, 0.9),
        "the price of keeping is stated"
    );
}

#[test]
fn a_need_without_a_provider_because_staff_forbade_all_says_so() {
    let wishes = Wishes {
        forbids: vec![pair(0, 0), pair(0, 1)],
        ..Wishes::default()
    };
    let outcome = solve(&square().with(&wishes), Goal::Total);
    assert_eq!(outcome.short.len(), 1);
    assert_eq!(outcome.short[0].reason, Reason::Forbidden);
}

#[test]
fn decisions_that_cannot_be_carried_out_are_refused() {
    let refused = |locks: Vec<Pair>, forbids: Vec<Pair>| {
        let wishes = Wishes {
            locks,
            forbids,
            ..Wishes::default()
        };
        let Parts {
            needs,
            providers,
            edges,
        } = square();
        Problem::new(needs, providers, edges, &wishes).unwrap_err()
    };
    assert_eq!(
        refused(vec![pair(0, 0), pair(0, 1)], vec![]),
        ProblemError::LockBeyondDemand("n0000".to_owned())
    );
    assert_eq!(
        refused(vec![pair(0, 0), pair(1, 0)], vec![]),
        ProblemError::LockBeyondCapacity("p0000".to_owned())
    );
    let Pair { need, provider } = pair(0, 0);
    assert_eq!(
        refused(vec![pair(0, 0)], vec![pair(0, 0)]),
        ProblemError::LockWithoutEdge { need, provider }
    );
}
