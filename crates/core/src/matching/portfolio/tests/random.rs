//! Seeded problems, the same on every machine.

use super::super::{Edge, Need, Problem, Provider, Wishes};

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    /// Between 0 and 1.
    pub fn part(&mut self) -> f64 {
        self.below(1 << 53) as f64 / (1_u64 << 53) as f64
    }
}

/// The parts of a problem.
#[derive(Debug, Clone)]
pub struct Parts {
    pub needs: Vec<Need>,
    pub providers: Vec<Provider>,
    pub edges: Vec<Edge>,
}

impl Parts {
    pub fn problem(&self) -> Problem {
        self.with(&Wishes::default())
    }

    pub fn with(&self, wishes: &Wishes) -> Problem {
        let Self {
            needs,
            providers,
            edges,
        } = self.clone();
        Problem::new(needs, providers, edges, wishes).unwrap()
    }

    pub fn need(&mut self, demand: u32) -> usize {
        let id = format!("n{:04}", self.needs.len());
        self.needs.push(Need { id, demand });
        self.needs.len() - 1
    }

    pub fn provider(&mut self, capacity: u32) -> usize {
        let id = format!("p{:04}", self.providers.len());
        self.providers.push(Provider { id, capacity });
        self.providers.len() - 1
    }

    pub fn edge(&mut self, need: usize, provider: usize, score: f64, load: u32) {
        self.edges.push(Edge {
            need,
            provider,
            score,
            load,
        });
    }

    pub fn empty() -> Self {
        Self {
            needs: Vec::new(),
            providers: Vec::new(),
            edges: Vec::new(),
        }
    }
}

/// A small problem with gaps, ties and negative scores; loads from 1 to `loads`.
pub fn small(random: &mut Random, loads: u64) -> Parts {
    let mut parts = Parts::empty();
    let needs = 1 + random.below(4) as usize;
    let providers = 1 + random.below(4) as usize;
    for _ in 0..needs {
        parts.need(random.below(3) as u32);
    }
    for _ in 0..providers {
        let capacity = random.below(3 * loads) as u32;
        parts.provider(capacity);
    }
    for need in 0..needs {
        for provider in 0..providers {
            if random.below(4) > 0 {
                let score = random.below(11) as f64 / 2.0 - 1.0;
                parts.edge(need, provider, score, 1 + random.below(loads) as u32);
            }
        }
    }
    parts
}

/// Needs and providers like a conference's papers and reviewers: topics make some pairs fit much better, and common
/// topics have more providers.
pub fn conference(
    random: &mut Random,
    needs: usize,
    providers: usize,
    demand: u32,
    capacity: u32,
) -> Parts {
    const TOPICS: u64 = 12;
    let mut parts = Parts::empty();
    let topics = |random: &mut Random, skew: f64| -> Vec<f64> {
        let weight = |topic| random.part().powi(4) / (1.0 + skew * topic as f64);
        let mut weights: Vec<f64> = (0..TOPICS).map(weight).collect();
        let sum: f64 = weights.iter().sum();
        for weight in &mut weights {
            *weight /= sum;
        }
        weights
    };
    let offers: Vec<Vec<f64>> = (0..providers).map(|_| topics(random, 1.0)).collect();
    for _ in 0..providers {
        parts.provider(capacity);
    }
    for _ in 0..needs {
        let wanted = topics(random, 0.0);
        let ease = 0.4 + 0.6 * random.part();
        let need = parts.need(demand);
        for (provider, offered) in offers.iter().enumerate() {
            let fit: f64 = wanted.iter().zip(offered).map(|(a, b)| a.min(*b)).sum();
            let score = ease * (0.8 * fit + 0.2 * random.part());
            parts.edge(need, provider, (score * 1e4).round() / 1e4, 1);
        }
    }
    parts
}
