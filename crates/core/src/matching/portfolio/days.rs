//! Assignment of person-days (the generalised assignment problem): what is to be packed, and packing it well.
//!
//! Finding something good is here; proving how good it is, in `branch`.

use super::knapsack::gcd;
use super::problem::Problem;
use super::scale::Scale;

/// A pair that may be assigned, in integers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) need: usize,
    pub(super) provider: usize,
    pub(super) load: u64,
    /// Coverage and score in one: any number of scores is worth less than one more unit.
    pub(super) value: i64,
    /// Index in the problem.
    pub(super) arc: usize,
}

/// What locks leave over.
pub(super) struct Days {
    pub(super) items: Vec<Item>,
    pub(super) by_need: Vec<Vec<usize>>,
    pub(super) by_provider: Vec<Vec<usize>>,
    pub(super) demand: Vec<u32>,
    pub(super) room: Vec<u64>,
    /// All values are multiples of this: a better solution is better by at least so much.
    pub(super) unit: i64,
    /// What one unit is worth before its score.
    pub(super) base: i64,
}

/// Something packed.
#[derive(Debug, Clone)]
pub(super) struct Packing {
    pub(super) used: Vec<bool>,
    pub(super) lacks: Vec<u32>,
    pub(super) room: Vec<u64>,
    pub(super) value: i64,
}

impl Days {
    pub(super) fn new(problem: &Problem, scale: &Scale) -> Self {
        let mut days = Self {
            items: Vec::new(),
            by_need: vec![Vec::new(); problem.needs.len()],
            by_provider: vec![Vec::new(); problem.providers.len()],
            demand: problem.needs.iter().map(|need| need.demand).collect(),
            room: problem
                .providers
                .iter()
                .map(|provider| u64::from(provider.capacity))
                .collect(),
            unit: 1,
            base: 0,
        };
        let low = problem.arcs.iter().map(|arc| scale.worth(arc)).min();
        let low = low.unwrap_or(0);
        for (number, arc) in problem.arcs.iter().enumerate() {
            let load = u64::from(arc.load);
            if arc.locked {
                days.demand[arc.need] -= 1;
                days.room[arc.provider] -= load;
            } else if load <= u64::from(problem.providers[arc.provider].capacity) {
                days.by_need[arc.need].push(days.items.len());
                days.by_provider[arc.provider].push(days.items.len());
                days.items.push(Item {
                    need: arc.need,
                    provider: arc.provider,
                    load,
                    value: scale.worth(arc) - low,
                    arc: number,
                });
            }
        }
        for (need, items) in days.by_need.iter().enumerate() {
            days.demand[need] = days.demand[need].min(items.len() as u32);
        }
        let units: i64 = days.demand.iter().map(|demand| i64::from(*demand)).sum();
        let values = days.items.iter().map(|item| item.value.unsigned_abs());
        days.unit = values.fold(0, gcd).max(1).cast_signed();
        days.base = days.unit * units * ((scale.range + scale.inertia) / days.unit + 1);
        for item in &mut days.items {
            item.value += days.base;
        }
        days
    }

    /// Nothing packed yet.
    pub(super) fn empty(&self) -> Packing {
        Packing {
            used: vec![false; self.items.len()],
            lacks: self.demand.clone(),
            room: self.room.clone(),
            value: 0,
        }
    }

    /// Whether an item can still be packed.
    fn fits(&self, packing: &Packing, item: usize) -> bool {
        let Item {
            need,
            provider,
            load,
            ..
        } = self.items[item];
        !packing.used[item] && packing.lacks[need] > 0 && load <= packing.room[provider]
    }

    fn put(&self, packing: &mut Packing, number: usize) {
        let item = self.items[number];
        packing.used[number] = true;
        packing.lacks[item.need] -= 1;
        packing.room[item.provider] -= item.load;
        packing.value += item.value;
    }

    fn take(&self, packing: &mut Packing, number: usize) {
        let item = self.items[number];
        packing.used[number] = false;
        packing.lacks[item.need] += 1;
        packing.room[item.provider] += item.load;
        packing.value -= item.value;
    }

    /// Packs `wanted` as far as it can be packed, the rest as seems best, and improves that by exchanges. Also tells
    /// how much work it was.
    pub(super) fn pack(&self, wanted: &[usize]) -> (Packing, u64) {
        let mut packing = self.empty();
        let mut order = wanted.to_vec();
        order.sort_by_key(|item| (-self.items[*item].value, *item));
        for item in order {
            if self.fits(&packing, item) {
                self.put(&mut packing, item);
            }
        }
        let mut work = self.fill(&mut packing);
        loop {
            let before = packing.value;
            work += self.exchange(&mut packing);
            work += self.fill(&mut packing);
            if packing.value == before {
                return (packing, work);
            }
        }
    }

    /// Gives needs that lack something what fits: first where the second best would be much worse.
    fn fill(&self, packing: &mut Packing) -> u64 {
        let mut work = 0;
        loop {
            let mut next: Option<(i64, usize)> = None;
            for need in (0..packing.lacks.len()).filter(|need| packing.lacks[*need] > 0) {
                let mut best: Option<(i64, usize)> = None;
                let mut second = 0;
                for item in &self.by_need[need] {
                    work += 1;
                    if !self.fits(packing, *item) {
                        continue;
                    }
                    let value = self.items[*item].value;
                    match best {
                        Some((found, _)) if value <= found => second = second.max(value),
                        _ => {
                            second = best.map_or(second, |(found, _)| found);
                            best = Some((value, *item));
                        }
                    }
                }
                if let Some((value, item)) = best
                    && next.is_none_or(|(regret, _)| value - second > regret)
                {
                    next = Some((value - second, item));
                }
            }
            match next {
                Some((_, item)) => self.put(packing, item),
                None => return work,
            }
        }
    }

    /// Moves needs to other providers, alone or in twos, where that helps: it may raise the value, or make room for
    /// a need that lacks something.
    fn exchange(&self, packing: &mut Packing) -> u64 {
        let mut work = 0;
        for item in 0..self.items.len() {
            if packing.used[item] {
                work += self.shift(packing, item);
            }
        }
        for first in 0..self.items.len() {
            for second in first + 1..self.items.len() {
                if !packing.used[first] {
                    break;
                }
                work += 1;
                if packing.used[second] {
                    self.swap(packing, first, second);
                }
            }
        }
        for need in (0..packing.lacks.len()).filter(|need| self.demand[*need] > 0) {
            if packing.lacks[need] > 0 {
                work += self.squeeze(packing, need);
            }
        }
        work
    }

    fn shift(&self, packing: &mut Packing, item: usize) -> u64 {
        let before = packing.value;
        self.take(packing, item);
        let options = &self.by_need[self.items[item].need];
        let better = options
            .iter()
            .copied()
            .filter(|other| self.fits(packing, *other))
            .max_by_key(|other| (self.items[*other].value, std::cmp::Reverse(*other)));
        match better {
            Some(other) if packing.value + self.items[other].value > before => {
                self.put(packing, other);
            }
            _ => self.put(packing, item),
        }
        options.len() as u64
    }

    fn option(&self, need: usize, provider: usize) -> Option<usize> {
        let options = &self.by_need[need];
        let place = options.binary_search_by_key(&provider, |item| self.items[*item].provider);
        Some(options[place.ok()?])
    }

    fn swap(&self, packing: &mut Packing, first: usize, second: usize) {
        let (a, b) = (self.items[first], self.items[second]);
        if a.need == b.need || a.provider == b.provider {
            return;
        }
        let crossed = self
            .option(a.need, b.provider)
            .zip(self.option(b.need, a.provider));
        let Some((one, other)) = crossed else { return };
        let gain = self.items[one].value + self.items[other].value - a.value - b.value;
        if gain <= 0 || packing.used[one] || packing.used[other] {
            return;
        }
        self.take(packing, first);
        self.take(packing, second);
        if self.fits(packing, one) {
            self.put(packing, one);
            if self.fits(packing, other) {
                self.put(packing, other);
                return;
            }
            self.take(packing, one);
        }
        self.put(packing, first);
        self.put(packing, second);
    }

    /// Makes room for a need by moving another one off one of its providers.
    fn squeeze(&self, packing: &mut Packing, need: usize) -> u64 {
        let mut work = 0;
        for item in &self.by_need[need] {
            if packing.used[*item] {
                continue;
            }
            for held in &self.by_provider[self.items[*item].provider] {
                work += 1;
                if !packing.used[*held] || self.items[*held].need == need {
                    continue;
                }
                self.take(packing, *held);
                if self.fits(packing, *item) {
                    self.put(packing, *item);
                    let options = &self.by_need[self.items[*held].need];
                    work += options.len() as u64;
                    let elsewhere = options
                        .iter()
                        .copied()
                        .filter(|other| self.fits(packing, *other))
                        .max_by_key(|other| (self.items[*other].value, std::cmp::Reverse(*other)));
                    if let Some(other) = elsewhere {
                        self.put(packing, other);
                        return work;
                    }
                    self.take(packing, *item);
                }
                self.put(packing, *held);
            }
        }
        work
    }
}
