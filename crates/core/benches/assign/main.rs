//! The portfolio beside a greedy assignment, on generated affinities: `cargo bench -p atlas-core --bench assign`.
//!
//! Greedy takes the best pair that is still possible, again and again; it is what a spreadsheet sorted by score does.
#![expect(
    clippy::print_stdout,
    reason = "the terminal is where a benchmark reports"
)]

mod greedy;
#[path = "../search/random.rs"]
#[expect(dead_code, reason = "the other benchmark uses the rest")]
mod random;

use std::time::{Duration, Instant};

use atlas_core::matching::portfolio::{
    Edge, Goal, Need, Outcome, Problem, ProblemError, Provider, Wishes, solve,
};
use random::Random;

const SEED: u64 = 2026;
/// Times everything is solved; the median counts.
const ROUNDS: usize = 7;
const TOPICS: usize = 12;

/// What is generated.
struct Size {
    needs: usize,
    providers: usize,
    demand: u32,
    capacity: u32,
    /// Best edges of each need that are given, as a match hands them over.
    top: usize,
}

/// A generated portfolio.
struct Portfolio {
    needs: Vec<Need>,
    providers: Vec<Provider>,
    edges: Vec<Edge>,
}

fn main() -> Result<(), ProblemError> {
    println!(
        "{:>34} {:>7} {:>9} {:>9} {:>9} {:>9} {:>9} {:>10}",
        "", "served", "total", "% of opt.", "min", "p10", "Gini", "ms median"
    );
    for size in [
        Size::new(118, 177, 3, 4, 177),
        Size::new(500, 2_000, 3, 1, 50),
        Size::new(500, 2_000, 3, 1, 2_000),
    ] {
        compare(&size)?;
    }
    days()
}

impl Size {
    fn new(needs: usize, providers: usize, demand: u32, capacity: u32, top: usize) -> Self {
        Self {
            needs,
            providers,
            demand,
            capacity,
            top,
        }
    }
}

fn compare(size: &Size) -> Result<(), ProblemError> {
    let portfolio = generate(size);
    let problem = portfolio.problem()?;
    println!(
        "{} needs × {} providers, demand {}, capacity {}, best {} of each need",
        size.needs, size.providers, size.demand, size.capacity, size.top
    );
    let (total, took) = timed(|| solve(&problem, Goal::Total));
    print("portfolio", &total, total.optimum, took);
    let (fair, took) = timed(|| solve(&problem, Goal::Fair));
    print("portfolio, fair", &fair, total.optimum, took);
    let (pairs, took) = timed(|| greedy::assign(&portfolio));
    let greedy = portfolio.only(&pairs)?;
    print("greedy", &solve(&greedy, Goal::Total), total.optimum, took);
    Ok(())
}

/// Person-days in the manner of the literature.
fn days() -> Result<(), ProblemError> {
    println!("person-days, tight capacities");
    for (providers, needs) in [(5, 15), (8, 32), (10, 60), (20, 100)] {
        let mut random = Random::new(SEED, needs as u64);
        let mut portfolio = Portfolio {
            needs: named("n", needs, |id| Need { id, demand: 1 }),
            providers: named("p", providers, |id| Provider { id, capacity: 0 }),
            edges: Vec::new(),
        };
        for need in 0..needs {
            for provider in 0..providers {
                portfolio.edges.push(Edge {
                    need,
                    provider,
                    score: (15 + random.below(11)) as f64,
                    load: 5 + random.below(21) as u32,
                });
            }
        }
        for (number, provider) in portfolio.providers.iter_mut().enumerate() {
            let edges = portfolio.edges.iter();
            let all: u32 = edges
                .filter(|edge| edge.provider == number)
                .map(|edge| edge.load)
                .sum();
            provider.capacity = all * 8 / 10 / providers as u32;
        }
        let problem = portfolio.problem()?;
        let (outcome, took) = timed(|| solve(&problem, Goal::Total));
        let name = format!("{needs} × {providers}, gap {:.3} %", outcome.gap * 100.0);
        print(&name, &outcome, outcome.optimum, took);
        let (pairs, took) = timed(|| greedy::assign(&portfolio));
        let greedy = portfolio.only(&pairs)?;
        print(
            "greedy",
            &solve(&greedy, Goal::Total),
            outcome.optimum,
            took,
        );
    }
    Ok(())
}

fn timed<T>(work: impl Fn() -> T) -> (T, Duration) {
    let mut times = Vec::new();
    let mut answer = None;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        answer = Some(work());
        times.push(began.elapsed());
    }
    times.sort_unstable();
    (answer.expect("there is a round"), times[ROUNDS / 2])
}

fn print(name: &str, outcome: &Outcome, optimum: f64, took: Duration) {
    println!(
        "{name:>34} {:>7} {:>9.3} {:>9.3} {:>9.3} {:>9.3} {:>9.3} {:>10.2}",
        outcome.served,
        outcome.objective,
        outcome.objective / optimum * 100.0,
        outcome.min,
        outcome.p10,
        outcome.gini,
        took.as_secs_f64() * 1e3
    );
}

fn named<T>(letter: &str, count: usize, item: impl Fn(String) -> T) -> Vec<T> {
    (0..count)
        .map(|number| item(format!("{letter}{number:05}")))
        .collect()
}

/// Topics make some pairs fit much better; common topics have more providers, and some needs fit nobody well.
fn generate(size: &Size) -> Portfolio {
    let mut random = Random::new(SEED, size.needs as u64);
    let mut part = move || (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut topics = |skew: f64| -> Vec<f64> {
        let weights = (0..TOPICS).map(|topic| part().powi(4) / (1.0 + skew * topic as f64));
        let weights: Vec<f64> = weights.collect();
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / sum).collect()
    };
    let offers: Vec<Vec<f64>> = (0..size.providers).map(|_| topics(1.0)).collect();
    let wants: Vec<Vec<f64>> = (0..size.needs).map(|_| topics(0.0)).collect();
    let mut edges = Vec::new();
    for (need, wanted) in wants.iter().enumerate() {
        let ease = 0.4 + 0.6 * topics(0.0)[0];
        let fit = |offered: &Vec<f64>| -> f64 {
            let common = wanted.iter().zip(offered).map(|(a, b)| a.min(*b));
            ease * common.sum::<f64>()
        };
        let mut own: Vec<Edge> = (offers.iter().enumerate())
            .map(|(provider, offered)| Edge {
                need,
                provider,
                score: (fit(offered) * 1e4).round() / 1e4,
                load: 1,
            })
            .collect();
        own.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then(a.provider.cmp(&b.provider))
        });
        own.truncate(size.top);
        edges.extend(own);
    }
    Portfolio {
        needs: named("n", size.needs, |id| Need {
            id,
            demand: size.demand,
        }),
        providers: named("p", size.providers, |id| Provider {
            id,
            capacity: size.capacity,
        }),
        edges,
    }
}

impl Portfolio {
    fn problem(&self) -> Result<Problem, ProblemError> {
        Problem::new(
            self.needs.clone(),
            self.providers.clone(),
            self.edges.clone(),
            &Wishes::default(),
        )
    }

    /// The same with nothing possible but some edges.
    fn only(&self, edges: &[usize]) -> Result<Problem, ProblemError> {
        Problem::new(
            self.needs.clone(),
            self.providers.clone(),
            edges.iter().map(|edge| self.edges[*edge]).collect(),
            &Wishes::default(),
        )
    }
}
