//! Chains of exchanges: a need takes a better provider, the need that held it takes another one, and so on, until one
//! ends at a provider with room or at the one that the first need gave up.
//!
//! No need on the way may fall below its bound. A chain keeps how many providers each need has, so coverage stays.

use std::cell::Cell;

use super::problem::Problem;
use super::scale::Scale;

/// Exchanges in a chain, beside the first.
const LENGTH: usize = 4;
/// Best edges of each need that chains may use.
const CANDIDATES: usize = 64;
/// Steps after which no more chains should be looked for; some hundred milliseconds of a release build. Counted instead
/// of timed, so that every machine stops at the same place.
const WORK: u64 = 60_000_000;

/// An assignment that chains change.
#[derive(Clone)]
pub(super) struct State {
    /// Whether each edge of the problem is assigned.
    pub(super) used: Vec<bool>,
    /// Sum of the scores of each need.
    pub(super) sums: Vec<i64>,
    pub(super) total: i64,
    room: Vec<u32>,
    /// The assigned edges that are not locked, by provider.
    holders: Vec<Vec<usize>>,
}

/// What does not change while chains are looked for.
pub(super) struct Chains<'a> {
    problem: &'a Problem,
    scores: Vec<i64>,
    /// The best edges of each need.
    candidates: Vec<Vec<usize>>,
    work: Cell<u64>,
}

/// A chain of exchanges that can be carried out.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    /// What the total loses.
    loss: i64,
    /// Edges given up and taken.
    steps: Vec<(usize, usize)>,
}

/// An exchange on the cheapest way from a provider to an end, at most so many exchanges away.
type Onward = Option<(usize, usize)>;

impl<'a> Chains<'a> {
    pub(super) fn new(problem: &'a Problem, scale: &Scale) -> Self {
        let scores: Vec<i64> = problem.arcs.iter().map(|arc| scale.score(arc)).collect();
        let mut candidates = vec![Vec::new(); problem.needs.len()];
        for (number, arc) in problem.arcs.iter().enumerate() {
            if !arc.locked {
                candidates[arc.need].push(number);
            }
        }
        for best in &mut candidates {
            best.sort_by_key(|arc| (-scores[*arc], *arc));
            best.truncate(CANDIDATES);
        }
        Self {
            problem,
            scores,
            candidates,
            work: Cell::new(0),
        }
    }

    /// Whether so much was looked for that it is time to stop.
    pub(super) fn are_tired(&self) -> bool {
        self.work.get() > WORK
    }

    /// An assignment to begin with; `room` is what it leaves.
    pub(super) fn state(&self, used: Vec<bool>, room: Vec<u32>) -> State {
        let mut state = State {
            sums: vec![0; self.problem.needs.len()],
            total: 0,
            holders: vec![Vec::new(); room.len()],
            used,
            room,
        };
        for (number, arc) in self.problem.arcs.iter().enumerate() {
            if state.used[number] {
                state.sums[arc.need] += self.scores[number];
                state.total += self.scores[number];
                if !arc.locked {
                    state.holders[arc.provider].push(number);
                }
            }
        }
        state
    }

    /// The greatest sum a need could have with as many providers as it has.
    pub(super) fn ceiling(&self, state: &State, need: usize) -> i64 {
        let (mut movable, mut sum) = (0, 0);
        for number in self.arcs_of(need).filter(|number| state.used[*number]) {
            if self.problem.arcs[number].locked {
                sum += self.scores[number];
            } else {
                movable += 1;
            }
        }
        let best = self.candidates[need].iter().take(movable);
        sum + best.map(|number| self.scores[*number]).sum::<i64>()
    }

    fn arcs_of(&self, need: usize) -> impl Iterator<Item = usize> + use<> {
        let start = self.problem.arcs.partition_point(|arc| arc.need < need);
        let end = self.problem.arcs.partition_point(|arc| arc.need <= need);
        start..end
    }

    /// Whether a need has any provider.
    pub(super) fn is_served(&self, state: &State, need: usize) -> bool {
        self.arcs_of(need).any(|number| state.used[number])
    }

    /// The chains that begin at a need and satisfy `wanted` (by gain and loss); the one with the least `rank` comes first.
    pub(super) fn find<K: Ord>(
        &self,
        state: &State,
        need: usize,
        floor: i64,
        rank: impl Fn(i64, i64) -> Option<K>,
    ) -> Option<Chain> {
        let mut found: Option<(K, Chain)> = None;
        let dropped: Vec<usize> = self
            .arcs_of(need)
            .filter(|number| state.used[*number] && !self.problem.arcs[*number].locked)
            .collect();
        for drop in dropped {
            let layers = self.ways(state, need, self.problem.arcs[drop].provider, floor);
            let mut ranked: Vec<(K, usize, i64)> = Vec::new();
            for take in &self.candidates[need] {
                let way = layers.costs[self.problem.arcs[*take].provider];
                if state.used[*take] || way == FAR {
                    continue;
                }
                let gain = self.scores[*take] - self.scores[drop];
                let loss = way - gain;
                if let Some(rank) = rank(gain, loss) {
                    ranked.push((rank, *take, loss));
                }
            }
            ranked.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
            // A way may pass a need twice, which the search does not see; then the next one is tried.
            for (rank, take, loss) in ranked.into_iter().take(LENGTH) {
                if found.as_ref().is_some_and(|(best, _)| *best <= rank) {
                    break;
                }
                let mut steps = vec![(drop, take)];
                layers.follow(self.problem.arcs[take].provider, self, &mut steps);
                if self.holds(state, &steps, need, floor) {
                    found = Some((rank, Chain { loss, steps }));
                    break;
                }
            }
        }
        found.map(|(_, chain)| chain)
    }

    /// The cheapest ways on from every provider, when `need` gives up its place at `end`.
    fn ways(&self, state: &State, need: usize, end: usize, floor: i64) -> Ways {
        let providers = self.problem.providers.len();
        let mut costs: Vec<i64> = (0..providers)
            .map(|provider| {
                if provider == end || state.room[provider] > 0 {
                    0
                } else {
                    FAR
                }
            })
            .collect();
        let mut onward: Vec<Vec<Onward>> = Vec::with_capacity(LENGTH);
        let mut work = 0;
        for _ in 0..LENGTH {
            let mut longer = costs.clone();
            let mut next: Vec<Onward> = vec![None; providers];
            for provider in 0..providers {
                if provider == end || state.room[provider] > 0 {
                    continue;
                }
                for held in &state.holders[provider] {
                    let other = self.problem.arcs[*held].need;
                    if other == need {
                        continue;
                    }
                    let sum = state.sums[other];
                    let least = floor.min(sum) - sum + self.scores[*held];
                    for take in &self.candidates[other] {
                        // Best first: all that follow are worse still.
                        work += 1;
                        if self.scores[*take] < least {
                            break;
                        }
                        let rest = costs[self.problem.arcs[*take].provider];
                        if rest == FAR || state.used[*take] {
                            continue;
                        }
                        let cost = self.scores[*held] - self.scores[*take] + rest;
                        if cost < longer[provider] {
                            longer[provider] = cost;
                            next[provider] = Some((*held, *take));
                        }
                    }
                }
            }
            let settled = longer == costs;
            costs = longer;
            onward.push(next);
            if settled {
                break;
            }
        }
        self.work.set(self.work.get() + work);
        Ways { costs, onward }
    }

    /// Whether steps can be carried out: no edge twice, and no need below its bound.
    fn holds(&self, state: &State, steps: &[(usize, usize)], first: usize, floor: i64) -> bool {
        let mut edges: Vec<usize> = steps.iter().flat_map(|step| [step.0, step.1]).collect();
        edges.sort_unstable();
        if edges.windows(2).any(|two| two[0] == two[1]) {
            return false;
        }
        let needs = steps.iter().map(|step| self.problem.arcs[step.0].need);
        needs.filter(|need| *need != first).all(|need| {
            let here = steps
                .iter()
                .filter(|step| self.problem.arcs[step.0].need == need);
            let change: i64 = here
                .map(|step| self.scores[step.1] - self.scores[step.0])
                .sum();
            let sum = state.sums[need];
            sum + change >= floor.min(sum)
        })
    }

    /// Carries out a chain.
    pub(super) fn apply(&self, state: &mut State, chain: &Chain) {
        let first = chain.steps[0].0;
        state.room[self.problem.arcs[first].provider] += 1;
        for (given, taken) in &chain.steps {
            let (from, to) = (self.problem.arcs[*given], self.problem.arcs[*taken]);
            state.used[*given] = false;
            state.used[*taken] = true;
            state.holders[from.provider].retain(|held| held != given);
            state.holders[to.provider].push(*taken);
            state.sums[from.need] += self.scores[*taken] - self.scores[*given];
        }
        let (_, last) = chain.steps[chain.steps.len() - 1];
        state.room[self.problem.arcs[last].provider] -= 1;
        state.total -= chain.loss;
    }
}

/// No way.
const FAR: i64 = i64::MAX;

struct Ways {
    costs: Vec<i64>,
    /// For every number of exchanges, from one, the next one from each provider where it makes the way cheaper.
    onward: Vec<Vec<Onward>>,
}

impl Ways {
    /// Adds the steps of the way from a provider to its end.
    fn follow(&self, provider: usize, chains: &Chains<'_>, steps: &mut Vec<(usize, usize)>) {
        let mut at = provider;
        for layer in self.onward.iter().rev() {
            if let Some((held, take)) = layer[at] {
                steps.push((held, take));
                at = chains.problem.arcs[take].provider;
            }
        }
    }
}
