//! Sparse minimum-cost flow: successive shortest paths, by Dijkstra with potentials.
//!
//! Each wanted provider of each need is one unit. A unit ends at a provider with room, or nowhere at a price that no
//! sum of scores outweighs; so coverage comes first and every search ends. A search stops at its first end, and only
//! what it reached gets a new potential: that makes hundreds of needs a matter of milliseconds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::problem::Problem;
use super::scale::Scale;

/// A flow, optimal for the units placed so far.
pub(super) struct Flow {
    /// Where the edges of each need begin; one more than there are needs.
    starts: Vec<usize>,
    edges: Vec<Link>,
    /// The edges in use, by provider.
    holders: Vec<Vec<u32>>,
    room: Vec<u32>,
    needs: Vec<Wanting>,
    potential: Vec<i64>,
    /// The price of a unit without a provider, and of a need without any.
    prices: (i64, i64),
    search: Search,
}

/// An edge that is not locked.
struct Link {
    /// Index in the problem.
    arc: usize,
    need: u32,
    provider: u32,
    /// Never negative.
    cost: i64,
    used: bool,
}

struct Wanting {
    /// Units to place.
    units: u32,
    /// Units that ended nowhere.
    missing: u32,
    /// Whether locks serve it already.
    served: bool,
}

/// What one search has reached. Needs come first, then providers.
struct Search {
    distance: Vec<i64>,
    /// The edge by which a node was reached.
    by: Vec<u32>,
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(i64, u32)>>,
}

/// No distance yet.
const FAR: i64 = i64::MAX;
/// Reached by nothing: where the search began.
const ORIGIN: u32 = u32::MAX;

impl Flow {
    /// A flow for what locks leave over, with room in assignments (not loads) for each provider.
    pub(super) fn new(problem: &Problem, scale: &Scale, room: Vec<u32>) -> Self {
        // One unit moves along one path: it visits a need once, and so changes at most one score there.
        let one =
            (problem.needs.len().cast_signed() as i64 + 2) * (scale.range + scale.inertia + 1) * 2;
        let mut flow = Self {
            starts: Vec::with_capacity(problem.needs.len() + 1),
            edges: Vec::with_capacity(problem.arcs.len()),
            holders: vec![Vec::new(); problem.providers.len()],
            room,
            needs: Vec::with_capacity(problem.needs.len()),
            potential: vec![0; problem.needs.len() + problem.providers.len()],
            prices: (one, one * 4),
            search: Search::new(problem.needs.len() + problem.providers.len()),
        };
        let mut arcs = problem.arcs.iter().enumerate().peekable();
        for (number, need) in problem.needs.iter().enumerate() {
            flow.starts.push(flow.edges.len());
            let mut locked = 0;
            while let Some((arc, edge)) = arcs.next_if(|(_, arc)| arc.need == number) {
                if edge.locked {
                    locked += 1;
                    flow.room[edge.provider] -= 1;
                } else {
                    flow.edges.push(Link {
                        arc,
                        need: number as u32,
                        provider: edge.provider as u32,
                        cost: scale.top + scale.inertia - scale.worth(edge),
                        used: false,
                    });
                }
            }
            flow.needs.push(Wanting {
                units: need.demand - locked,
                missing: 0,
                served: locked > 0,
            });
        }
        flow.starts.push(flow.edges.len());
        flow
    }

    /// Places all units.
    pub(super) fn run(&mut self) {
        for need in 0..self.needs.len() {
            for _ in 0..self.needs[need].units {
                self.place(need);
            }
        }
    }

    /// The edges in use, as indices in the problem.
    pub(super) fn used(&self) -> impl Iterator<Item = usize> + '_ {
        self.edges
            .iter()
            .filter(|edge| edge.used)
            .map(|edge| edge.arc)
    }

    /// The needs and providers that could change places with a need: with them all are full, or the need would be served.
    pub(super) fn rivals(&self, need: usize) -> (Vec<usize>, Vec<usize>) {
        let count = self.needs.len();
        let mut seen = vec![false; self.potential.len()];
        seen[need] = true;
        let mut next = vec![need];
        let (mut needs, mut providers) = (Vec::new(), Vec::new());
        while let Some(node) = next.pop() {
            let neighbours: Vec<usize> = match node.checked_sub(count) {
                None => {
                    needs.push(node);
                    self.edges[self.starts[node]..self.starts[node + 1]]
                        .iter()
                        .filter(|edge| !edge.used)
                        .map(|edge| count + edge.provider as usize)
                        .collect()
                }
                Some(provider) => {
                    providers.push(provider);
                    self.holders[provider]
                        .iter()
                        .map(|edge| self.edges[*edge as usize].need as usize)
                        .collect()
                }
            };
            for neighbour in neighbours {
                if !std::mem::replace(&mut seen[neighbour], true) {
                    next.push(neighbour);
                }
            }
        }
        needs.sort_unstable();
        providers.sort_unstable();
        (needs, providers)
    }

    /// The price of one more unit of a need that ends nowhere.
    fn price(&self, need: usize) -> i64 {
        let wanting = &self.needs[need];
        if !wanting.served && wanting.missing + 1 == wanting.units {
            self.prices.1
        } else {
            self.prices.0
        }
    }

    /// Places one unit of a need on the cheapest path.
    fn place(&mut self, origin: usize) {
        let count = self.needs.len();
        let mut end = (FAR, 0);
        self.search.begin(origin);
        while let Some(Reverse((distance, node))) = self.search.queue.pop() {
            let node = node as usize;
            if distance >= end.0 {
                break;
            }
            if distance > self.search.distance[node] {
                continue;
            }
            match node.checked_sub(count) {
                None => self.leave_need(node, distance, &mut end),
                Some(provider) => self.leave_provider(provider, distance, end.0),
            }
        }
        let (length, last) = end;
        for node in self.search.touched.drain(..) {
            let distance = std::mem::replace(&mut self.search.distance[node as usize], FAR);
            if distance < length {
                self.potential[node as usize] += distance - length;
            }
        }
        self.search.queue.clear();
        self.shift(origin, last);
    }

    fn leave_need(&mut self, need: usize, distance: i64, end: &mut (i64, usize)) {
        let count = self.needs.len();
        let base = distance + self.potential[need];
        let nowhere = base + self.price(need);
        if nowhere < end.0 {
            *end = (nowhere, need);
        }
        for number in self.starts[need]..self.starts[need + 1] {
            let edge = &self.edges[number];
            if edge.used {
                continue;
            }
            let provider = edge.provider as usize;
            let node = count + provider;
            let reached = base + edge.cost - self.potential[node];
            if reached >= end.0 || reached >= self.search.distance[node] {
                continue;
            }
            if self.room[provider] > 0 {
                // Its potential is 0 as long as it has room, so nothing beyond it can be nearer than ending here.
                *end = (reached, node);
                self.search.reach(node, reached, number);
            } else {
                self.search.reach(node, reached, number);
                self.search.queue.push(Reverse((reached, node as u32)));
            }
        }
    }

    fn leave_provider(&mut self, provider: usize, distance: i64, end: i64) {
        let base = distance + self.potential[self.needs.len() + provider];
        for number in &self.holders[provider] {
            let edge = &self.edges[*number as usize];
            let node = edge.need as usize;
            let reached = base - edge.cost - self.potential[node];
            if reached < end && reached < self.search.distance[node] {
                self.search.reach(node, reached, *number as usize);
                self.search.queue.push(Reverse((reached, node as u32)));
            }
        }
    }

    /// Moves a unit along the path that ends at a node.
    fn shift(&mut self, origin: usize, last: usize) {
        let count = self.needs.len();
        match last.checked_sub(count) {
            None => self.needs[last].missing += 1,
            Some(provider) => self.room[provider] -= 1,
        }
        let mut node = last;
        while node != origin {
            let number = self.search.by[node];
            let edge = &mut self.edges[number as usize];
            edge.used = !edge.used;
            let holders = &mut self.holders[edge.provider as usize];
            node = if edge.used {
                holders.push(number);
                edge.need as usize
            } else {
                holders.retain(|held| *held != number);
                count + edge.provider as usize
            };
        }
    }
}

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            distance: vec![FAR; nodes],
            by: vec![ORIGIN; nodes],
            touched: Vec::new(),
            queue: BinaryHeap::new(),
        }
    }

    fn begin(&mut self, origin: usize) {
        self.distance[origin] = 0;
        self.touched.push(origin as u32);
        self.queue.push(Reverse((0, origin as u32)));
    }

    fn reach(&mut self, node: usize, distance: i64, by: usize) {
        if self.distance[node] == FAR {
            self.touched.push(node as u32);
        }
        self.distance[node] = distance;
        self.by[node] = by as u32;
    }
}
