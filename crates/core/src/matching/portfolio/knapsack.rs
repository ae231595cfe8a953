//! The best selection of weighted items that one provider can take.

/// Greatest capacity that is looked at exactly; beyond it weights are rounded down, which keeps bounds valid.
const STEPS: u64 = 4_096;

/// Solves knapsacks; keeps its memory between them.
#[derive(Default)]
pub(super) struct Knapsack {
    best: Vec<i64>,
    taken: Vec<bool>,
}

/// Something that can be packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packable {
    /// What it is called outside.
    pub(super) name: usize,
    pub(super) weight: u64,
    /// Above zero.
    pub(super) profit: i64,
}

impl Knapsack {
    /// The greatest profit, adding the names of what is packed to `chosen`, and how much work that was.
    pub(super) fn solve(
        &mut self,
        items: &[Packable],
        capacity: u64,
        chosen: &mut Vec<usize>,
    ) -> (i64, u64) {
        if items.iter().map(|item| item.weight).sum::<u64>() <= capacity {
            chosen.extend(items.iter().map(|item| item.name));
            let profit = items.iter().map(|item| item.profit).sum();
            return (profit, items.len() as u64);
        }
        let grain = (items.iter().fold(0, |grain, item| gcd(grain, item.weight)))
            .max(1)
            .max(capacity.div_ceil(STEPS));
        let capacity = (capacity / grain) as usize;
        let width = capacity + 1;
        self.best.clear();
        self.best.resize(width, 0);
        self.taken.clear();
        self.taken.resize(width * items.len(), false);
        for (item, taken) in items.iter().zip(self.taken.chunks_mut(width)) {
            let weight = (item.weight / grain) as usize;
            for room in (weight..width).rev() {
                let with = self.best[room - weight] + item.profit;
                if with > self.best[room] {
                    self.best[room] = with;
                    taken[room] = true;
                }
            }
        }
        let mut room = capacity;
        for (item, taken) in items.iter().zip(self.taken.chunks(width)).rev() {
            if taken[room] {
                chosen.push(item.name);
                room -= (item.weight / grain) as usize;
            }
        }
        (self.best[capacity], (width * items.len()) as u64)
    }
}

/// The greatest common divisor.
pub(super) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
