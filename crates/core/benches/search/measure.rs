//! Takes the times of all engines, query by query in turns, so that what else the machine does hits all alike.

use std::time::{Duration, Instant};

use super::Failure;
use super::engine::{Answer, Engine, Which};
use super::queries::Class;

/// Times every query is asked.
const ROUNDS: usize = 3;
/// After this much time in one class an engine is asked no more of it.
const PATIENCE: Duration = Duration::from_secs(45);
/// Queries of a class with which engines are warmed up.
const WARM: usize = 20;

/// What was measured of one engine in one class.
#[derive(Debug, Clone, Default)]
pub struct Series {
    pub times: Vec<Duration>,
    /// The query of each time, by its place in the class.
    pub asked: Vec<usize>,
    /// Part of the times that went into reading rows.
    pub store: Vec<Duration>,
    /// Queries that the engine cannot answer.
    pub refused: usize,
    /// Queries left out because the engine took too long.
    pub late: usize,
}

/// What was measured in one class.
pub struct Measured {
    pub class: &'static str,
    pub queries: usize,
    pub series: Vec<(Which, Series)>,
    /// Matches of the queries, by the first engine.
    pub totals: Vec<u32>,
    /// The queries that needed each degree of relaxing, by their places in the class.
    pub relaxed: Vec<(&'static str, Vec<usize>)>,
    /// Engines whose number of matches and facet counts are those of raw tantivy, and how often.
    pub agreed: Vec<(Which, usize)>,
}

/// An engine with its name.
pub type Named = (Which, Box<dyn Engine>);

/// Measures one class with all engines: first the fast ones in turns, then those that sweep the caches clean.
pub fn measure(class: &Class, engines: &mut [Named]) -> Result<Measured, Failure> {
    let mut measured = Measured {
        class: class.name,
        queries: class.queries.len(),
        series: engines
            .iter()
            .map(|(which, _)| (*which, Series::default()))
            .collect(),
        totals: Vec::new(),
        relaxed: Vec::new(),
        agreed: Vec::new(),
    };
    let mut answers: Vec<Vec<Option<Answer>>> =
        vec![vec![None; class.queries.len()]; engines.len()];
    let (fast, slow): (Vec<usize>, Vec<usize>) =
        (0..engines.len()).partition(|at| engines[*at].0.is_fast());
    for group in [fast, slow] {
        in_turns(class, engines, &group, &mut measured.series, &mut answers)?;
    }
    for query in 0..class.queries.len() {
        measured.note(
            query,
            engines,
            &answers
                .iter()
                .map(|answers| answers[query].as_ref())
                .collect::<Vec<_>>(),
        );
    }
    Ok(measured)
}

fn in_turns(
    class: &Class,
    engines: &mut [Named],
    group: &[usize],
    series: &mut [(Which, Series)],
    answers: &mut [Vec<Option<Answer>>],
) -> Result<(), Failure> {
    let count = class.queries.len();
    let mut spent = vec![Duration::ZERO; engines.len()];
    for query in class.queries.iter().take(WARM) {
        for at in group.iter().copied() {
            if !engines[at].0.is_fast() && spent[at] > PATIENCE / 4 {
                continue;
            }
            let began = Instant::now();
            engines[at].1.answer(query)?;
            spent[at] += began.elapsed();
        }
    }
    spent.fill(Duration::ZERO);
    for round in 0..ROUNDS {
        for turn in 0..count {
            for (place, at) in group.iter().copied().enumerate() {
                let series = &mut series[at].1;
                if spent[at] > PATIENCE {
                    series.late += 1;
                    continue;
                }
                // Each engine is at another query, or one would find in memory what the one before has fetched.
                let number = (turn + place * count / group.len()) % count;
                let began = Instant::now();
                let answer = engines[at].1.answer(&class.queries[number])?;
                let took = began.elapsed();
                spent[at] += took;
                match &answer {
                    Some(answer) => {
                        series.times.push(took);
                        series.asked.push(number);
                        series.store.push(answer.store);
                    }
                    None => series.refused += 1,
                }
                if round == 0 {
                    answers[at][number] = answer;
                }
            }
        }
    }
    Ok(())
}

impl Series {
    /// The times of some queries alone.
    pub fn of(&self, queries: &[usize]) -> Vec<Duration> {
        let times = self.asked.iter().zip(&self.times);
        let times = times.filter(|(query, _)| queries.contains(query));
        times.map(|(_, time)| *time).collect()
    }
}

impl Measured {
    /// Compares the answers of the engines to one query.
    fn note(&mut self, query: usize, engines: &[Named], answers: &[Option<&Answer>]) {
        let of = |which: Which| answers[engines.iter().position(|(of, _)| *of == which)?];
        self.totals.extend(
            answers
                .first()
                .copied()
                .flatten()
                .map(|answer| answer.total),
        );
        if let Some(degree) = of(Which::Ours).and_then(|answer| answer.relaxed) {
            slot(&mut self.relaxed, degree).push(query);
        }
        let Some(raw) = of(Which::Raw) else { return };
        for which in [Which::Ours, Which::Bigrams, Which::Trigrams] {
            if of(which)
                .is_some_and(|answer| answer.total == raw.total && sorted(answer) == sorted(raw))
            {
                *slot(&mut self.agreed, which) += 1;
            }
        }
    }
}

fn sorted(answer: &Answer) -> Vec<Vec<(String, u32)>> {
    let mut facets = answer.facets.clone();
    for counts in &mut facets {
        counts.sort_unstable();
    }
    facets
}

/// The value of a key, which begins empty.
fn slot<K: PartialEq, V: Default>(values: &mut Vec<(K, V)>, key: K) -> &mut V {
    let at = values.iter().position(|(known, _)| *known == key);
    let at = at.unwrap_or_else(|| {
        values.push((key, V::default()));
        values.len() - 1
    });
    &mut values[at].1
}

/// The value below which a share of a series lies.
pub fn quantile(times: &[Duration], share: f64) -> Option<Duration> {
    let mut times = times.to_vec();
    times.sort_unstable();
    let place = (times.len() as f64 * share).ceil() as usize;
    times.get(place.saturating_sub(1)).copied()
}
