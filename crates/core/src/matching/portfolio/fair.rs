//! The fair mode: raises the sum of the worst-off need as far as chains of exchanges can, at a bounded price.
//!
//! The floor goes up in steps that are halved when one fails, as in a search for a bottleneck; then chains that give
//! some of the price back are taken as long as nobody falls below the floor that was reached.

use super::chain::{Chains, State};

/// Steps tried.
const ATTEMPTS: usize = 24;
/// The first step is this part of what lies between floor and ceiling.
const FIRST: i64 = 4;
/// Passes over all needs in search of gains.
const PASSES: usize = 2;
/// Chains for one need in one step, lest tiny gains go on for ever.
const CHAINS: usize = 12;

/// Raises the floor of an assignment whose total may not fall below `least`.
pub(super) fn raise(chains: &Chains<'_>, mut state: State, least: i64) -> State {
    let served: Vec<usize> = (0..state.sums.len())
        .filter(|need| chains.is_served(&state, *need))
        .collect();
    let ceiling = served
        .iter()
        .map(|need| chains.ceiling(&state, *need))
        .min();
    let Some(ceiling) = ceiling else { return state };
    let before = floor(&state, &served);
    let mut step = (ceiling - before) / FIRST;
    for _ in 0..ATTEMPTS {
        if chains.are_tired() {
            break;
        }
        let reached = floor(&state, &served);
        if step <= 0 || reached >= ceiling {
            break;
        }
        let aim = (reached + step).min(ceiling);
        match lift(chains, &state, &served, aim, least) {
            Some(higher) => state = higher,
            None => step /= 2,
        }
    }
    let reached = floor(&state, &served);
    if reached > before {
        polish(chains, &mut state, &served, reached);
    }
    state
}

fn floor(state: &State, served: &[usize]) -> i64 {
    let sums = served.iter().map(|need| state.sums[*need]);
    sums.min().unwrap_or(0)
}

/// Lifts all needs to at least `aim` with a total of at least `least`, or gives up.
fn lift(
    chains: &Chains<'_>,
    state: &State,
    served: &[usize],
    aim: i64,
    least: i64,
) -> Option<State> {
    let mut state = state.clone();
    let mut poor: Vec<usize> = served
        .iter()
        .copied()
        .filter(|need| state.sums[*need] < aim)
        .collect();
    poor.sort_by_key(|need| (state.sums[*need], *need));
    for need in poor {
        for _ in 0..CHAINS {
            let lack = aim - state.sums[need];
            if lack <= 0 {
                break;
            }
            // What is enough comes first, the cheapest of it; else what helps most.
            let rank = |gain: i64, loss: i64| {
                (gain > 0).then(|| {
                    if gain >= lack {
                        (0, loss, 0)
                    } else {
                        (1, -gain, loss)
                    }
                })
            };
            let chain = chains.find(&state, need, aim, rank)?;
            chains.apply(&mut state, &chain);
        }
        if state.sums[need] < aim {
            return None;
        }
    }
    if state.total < least {
        polish(chains, &mut state, served, aim);
    }
    (state.total >= least).then_some(state)
}

/// Takes chains that raise the total, as long as no need falls below `aim`.
fn polish(chains: &Chains<'_>, state: &mut State, served: &[usize], aim: i64) {
    for _ in 0..PASSES {
        let before = state.total;
        for need in served {
            if chains.are_tired() {
                return;
            }
            let spare = state.sums[*need] - aim;
            let rank = |gain: i64, loss: i64| (loss < 0 && spare + gain >= 0).then_some(loss);
            if let Some(chain) = chains.find(state, *need, aim, rank) {
                chains.apply(state, &chain);
            }
        }
        if state.total == before {
            break;
        }
    }
}
