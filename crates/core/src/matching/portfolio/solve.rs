//! The path of a problem: solve, be fair if asked to, explain what is missing.

use super::branch;
use super::chain::Chains;
use super::days::Days;
use super::fair;
use super::flow::Flow;
use super::problem::{Arc, Problem};
use super::report::{Outcome, report};
use super::scale::Scale;
use super::short::{Reason, Short};

/// The part of the best total that the fair mode keeps.
pub const FAIR_SHARE: f64 = 0.98;
/// Bits of the greatest score: in flows, and for person-days, where coverage is added on top.
const BITS: (i32, i32) = (32, 24);

/// What comes after coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The total affinity.
    Total,
    /// The floor of the worst-off need, at the price of at most 2 % of the total; then the total.
    Fair,
}

/// Solves a problem. Person-days know no fair mode: there `Fair` is `Total`.
pub fn solve(problem: &Problem, goal: Goal) -> Outcome {
    match rooms(problem) {
        Some(rooms) => solve_flow(problem, &rooms, goal),
        None => solve_days(problem),
    }
}

/// How many assignments each provider can take, if it takes the same from each.
fn rooms(problem: &Problem) -> Option<Vec<u32>> {
    let mut loads: Vec<Option<u32>> = vec![None; problem.providers.len()];
    for arc in &problem.arcs {
        if *loads[arc.provider].get_or_insert(arc.load) != arc.load {
            return None;
        }
    }
    let rooms = problem.providers.iter().zip(loads);
    let room = |(provider, load): (&super::Provider, Option<u32>)| match load {
        None => 0,
        // Nothing is spent, so any number fits; there are never more needs than this.
        Some(0) => u32::MAX,
        Some(load) => provider.capacity / load,
    };
    Some(rooms.map(room).collect())
}

fn solve_flow(problem: &Problem, rooms: &[u32], goal: Goal) -> Outcome {
    let scale = Scale::new(problem, BITS.0);
    let mut flow = Flow::new(problem, &scale, rooms.to_vec());
    flow.run();
    let chosen =
        |used: &[bool]| -> Vec<usize> { (0..used.len()).filter(|number| used[*number]).collect() };
    let used = marked(problem, flow.used());
    let mut outcome = report(problem, &chosen(&used));
    let mut optimum = outcome.objective;
    if problem.inertia > 0.0 && problem.arcs.iter().any(|arc| arc.former) {
        let mut free = problem.clone();
        free.inertia = 0.0;
        let scale = Scale::new(&free, BITS.0);
        let mut flow = Flow::new(&free, &scale, rooms.to_vec());
        flow.run();
        optimum = report(&free, &chosen(&marked(&free, flow.used()))).objective;
    }
    if goal == Goal::Fair {
        let chains = Chains::new(problem, &scale);
        let mut room = rooms.to_vec();
        for number in chosen(&used) {
            room[problem.arcs[number].provider] -= 1;
        }
        let state = chains.state(used, room);
        let price = state.total.unsigned_abs() as f64 * (1.0 - FAIR_SHARE);
        let least = state.total - price as i64;
        let state = fair::raise(&chains, state, least);
        outcome = report(problem, &chosen(&state.used));
    }
    outcome.optimum = optimum;
    outcome.share = share(outcome.objective, optimum);
    outcome.short = short(problem, &outcome, |need| {
        let (needs, providers) = flow.rivals(need);
        Reason::Contended {
            needs: needs.iter().map(|n| problem.needs[*n].id.clone()).collect(),
            providers: providers
                .iter()
                .map(|p| problem.providers[*p].id.clone())
                .collect(),
        }
    });
    outcome
}

fn solve_days(problem: &Problem) -> Outcome {
    let scale = Scale::new(problem, BITS.1);
    let days = Days::new(problem, &scale);
    let proof = branch::search(&days);
    let packed = days.items.iter().zip(&proof.packing.used);
    let packed = packed.filter(|(_, used)| **used).map(|(item, _)| item.arc);
    let used = marked(problem, packed);
    let numbers: Vec<usize> = (0..used.len()).filter(|number| used[*number]).collect();
    let mut outcome = report(problem, &numbers);
    let above = scale.number(proof.bound - proof.packing.value);
    outcome.optimum = outcome.objective + above;
    outcome.share = share(outcome.objective, outcome.optimum);
    outcome.gap = 1.0 - outcome.share;
    outcome.short = short(problem, &outcome, |_| Reason::Crowded);
    outcome
}

/// The edges in use, locked ones included.
fn marked(problem: &Problem, used: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut marks: Vec<bool> = problem.arcs.iter().map(|arc| arc.locked).collect();
    for number in used {
        marks[number] = true;
    }
    marks
}

fn share(objective: f64, optimum: f64) -> f64 {
    if objective >= optimum || optimum <= 0.0 {
        return 1.0;
    }
    objective / optimum
}

/// The needs that lack providers, with the reason; `contended` tells it where all could not be served at once.
fn short(problem: &Problem, outcome: &Outcome, contended: impl Fn(usize) -> Reason) -> Vec<Short> {
    let mut got = vec![0; problem.needs.len()];
    for assignment in &outcome.assignments {
        let place = problem
            .needs
            .binary_search_by(|need| need.id.cmp(&assignment.need));
        if let Ok(need) = place {
            got[need] += 1;
        }
    }
    let mut found = Vec::new();
    for (number, need) in problem.needs.iter().enumerate() {
        if got[number] >= need.demand {
            continue;
        }
        let start = problem.arcs.partition_point(|arc| arc.need < number);
        let end = problem.arcs.partition_point(|arc| arc.need <= number);
        let candidates = &problem.arcs[start..end];
        let takes = |arc: &&Arc| arc.load <= problem.providers[arc.provider].capacity;
        let able = candidates.iter().filter(takes).count() as u32;
        let reason = if candidates.is_empty() {
            if problem.forbidden.contains(&number) {
                Reason::Forbidden
            } else {
                Reason::NoCandidate
            }
        } else if able == 0 {
            Reason::NoCapacity
        } else if able <= got[number] {
            Reason::FewCandidates { candidates: able }
        } else {
            contended(number)
        };
        found.push(Short {
            need: need.id.clone(),
            missing: need.demand - got[number],
            reason,
        });
    }
    found
}
