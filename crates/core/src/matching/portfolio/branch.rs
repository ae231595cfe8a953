//! Proves how good an assignment of person-days is: Lagrangian relaxation of the demands, then branch and bound.
//!
//! With a price on every need the providers are knapsacks of their own; prices follow the subgradient. Work is counted
//! in steps, not in seconds, so that a search that is broken off ends at the same place on every machine.

use super::days::{Days, Packing};
use super::knapsack::{Knapsack, Packable};

/// Steps before a search is broken off; some hundred milliseconds of a release build.
const WORK: u64 = 300_000_000;
/// Rounds of price changes at the root, and at every other node.
const ROUNDS: (u32, u32) = (400, 40);
/// Rounds without a better bound after which price changes become smaller.
const STALE: u32 = 8;

/// What the search found.
pub(super) struct Proof {
    pub(super) packing: Packing,
    /// No packing is worth more.
    pub(super) bound: i64,
}

/// A part of all packings: those that contain some items and not others.
struct Node {
    /// Items, and whether they are in.
    decided: Vec<(usize, bool)>,
    bound: i64,
    prices: Vec<i64>,
}

struct Search<'a> {
    days: &'a Days,
    best: Packing,
    work: u64,
    knapsack: Knapsack,
}

/// Finds the best packing, or a good one and a bound.
pub(super) fn search(days: &Days) -> Proof {
    let (best, work) = days.pack(&[]);
    let mut search = Search {
        days,
        best,
        work,
        knapsack: Knapsack::default(),
    };
    let prices: Vec<i64> = days
        .by_need
        .iter()
        .map(|items| {
            let values = items.iter().map(|item| days.items[*item].value);
            values.max().unwrap_or(0)
        })
        .collect();
    let mut open = vec![Node {
        decided: Vec::new(),
        bound: i64::MAX,
        prices,
    }];
    let mut rounds = ROUNDS.0;
    while let Some(node) = open.pop() {
        if !search.may_be_better(node.bound) {
            continue;
        }
        if search.work > WORK {
            open.push(node);
            break;
        }
        open.extend(search.split(&node, rounds));
        rounds = ROUNDS.1;
    }
    let open = open.iter().map(|node| node.bound);
    let bound = open.max().unwrap_or(0).max(search.best.value);
    Proof {
        packing: search.best,
        bound,
    }
}

/// A node with its decisions carried out.
struct Part {
    /// Whether each item is still free.
    free: Vec<bool>,
    demand: Vec<u32>,
    room: Vec<u64>,
    /// Value of the items that are in.
    value: i64,
    inside: Vec<usize>,
}

impl Search<'_> {
    fn may_be_better(&self, bound: i64) -> bool {
        bound >= self.best.value.saturating_add(self.days.unit)
    }

    /// Bounds a node; answers what is left of it to be looked at, the most promising last.
    fn split(&mut self, node: &Node, rounds: u32) -> Vec<Node> {
        let part = self.part(&node.decided);
        let mut prices = node.prices.clone();
        let mut best = (node.bound, prices.clone(), Vec::new());
        let (mut stale, mut boldness) = (0, 2.0);
        for _ in 0..rounds {
            let (bound, chosen) = self.relax(&part, &prices);
            let mut supply = vec![0_i64; prices.len()];
            for item in &chosen {
                supply[self.days.items[*item].need] += 1;
            }
            let lacks: Vec<i64> = supply
                .iter()
                .zip(&part.demand)
                .map(|(supply, demand)| i64::from(*demand) - supply)
                .collect();
            let wanted: Vec<usize> = part.inside.iter().chain(&chosen).copied().collect();
            let (packing, work) = self.days.pack(&wanted);
            self.work += work;
            if packing.value > self.best.value {
                self.best = packing;
            }
            stale += 1;
            if bound < best.0 || best.2.is_empty() {
                if bound < best.0 {
                    stale = 0;
                }
                best = (bound.min(best.0), prices.clone(), lacks.clone());
            }
            if !self.may_be_better(best.0) {
                return Vec::new();
            }
            if stale > STALE {
                stale = 0;
                boldness /= 2.0;
            }
            let norm: i64 = lacks.iter().map(|lack| lack * lack).sum();
            if norm == 0 {
                // As many as wanted, and within capacity unless weights were rounded: then the packing shows what is left.
                break;
            }
            let distance = (bound - self.best.value).min(self.days.base) as f64;
            let step = boldness * distance / norm as f64;
            for (price, lack) in prices.iter_mut().zip(&lacks) {
                *price = (*price - (step * *lack as f64).round() as i64).max(0);
            }
        }
        let (bound, prices, lacks) = best;
        let Some(item) = self.doubtful(&part, &prices, &lacks) else {
            return Vec::new();
        };
        let child = |inside| {
            let mut decided = node.decided.clone();
            decided.push((item, inside));
            Node {
                decided,
                bound,
                prices: prices.clone(),
            }
        };
        vec![child(false), child(true)]
    }

    fn part(&self, decided: &[(usize, bool)]) -> Part {
        let days = self.days;
        let mut part = Part {
            free: vec![true; days.items.len()],
            demand: days.demand.clone(),
            room: days.room.clone(),
            value: 0,
            inside: Vec::new(),
        };
        for (number, inside) in decided {
            part.free[*number] = false;
            if *inside {
                let item = days.items[*number];
                part.demand[item.need] -= 1;
                part.room[item.provider] -= item.load;
                part.value += item.value;
                part.inside.push(*number);
            }
        }
        let mut options = vec![0; part.demand.len()];
        for (number, item) in days.items.iter().enumerate() {
            part.free[number] &=
                item.load <= part.room[item.provider] && part.demand[item.need] > 0;
            options[item.need] += u32::from(part.free[number]);
        }
        for (demand, options) in part.demand.iter_mut().zip(options) {
            *demand = (*demand).min(options);
        }
        part
    }

    /// The bound at these prices, and what the providers would choose.
    fn relax(&mut self, part: &Part, prices: &[i64]) -> (i64, Vec<usize>) {
        let mut bound = part.value;
        for (price, demand) in prices.iter().zip(&part.demand) {
            bound += price * i64::from(*demand);
        }
        let mut chosen = Vec::new();
        let mut items = Vec::new();
        for (provider, room) in part.room.iter().enumerate() {
            items.clear();
            for number in &self.days.by_provider[provider] {
                let item = self.days.items[*number];
                let profit = item.value - prices[item.need];
                if part.free[*number] && profit > 0 {
                    items.push(Packable {
                        name: *number,
                        weight: item.load,
                        profit,
                    });
                }
            }
            let (profit, work) = self.knapsack.solve(&items, *room, &mut chosen);
            bound += profit;
            self.work += work;
        }
        (bound, chosen)
    }

    /// The free item to decide on: of the need that the relaxation serves worst, what would be chosen first.
    fn doubtful(&self, part: &Part, prices: &[i64], lacks: &[i64]) -> Option<usize> {
        let free = |need: usize| {
            self.days.by_need[need]
                .iter()
                .copied()
                .filter(|item| part.free[*item])
        };
        let need = (0..lacks.len())
            .filter(|need| free(*need).next().is_some())
            .max_by_key(|need| {
                // Few options first: their decisions say most.
                let options = free(*need).count();
                (
                    lacks[*need].abs().min(2),
                    std::cmp::Reverse((options, *need)),
                )
            })?;
        free(need).max_by_key(|item| {
            let item = &self.days.items[*item];
            let worth = item.value - prices[need];
            // Loads decide between equals: what fits easily is likelier to stay.
            (
                worth,
                std::cmp::Reverse(item.load),
                std::cmp::Reverse(item.provider),
            )
        })
    }
}
