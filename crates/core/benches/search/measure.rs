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
    /// How often each degree of relaxing was needed.
    pub relaxed: Vec<(&'static str, usize)>,
    /// Engines whose number of matches and facet counts are those of raw tantivy, and how often.
    pub agreed: Vec<(Which, usize)>,
}

/// Measures one class with all engines.
pub fn measure(class: &Class, engines: &mut [(Which, Box<dyn Engine>)]) -> Result<Measured, Failure> {
    let mut measured = Measured {
        class: class.name,
        queries: class.queries.len(),
        series: engines.iter().map(|(which, _)| (*which, Series::default())).collect(),
        totals: Vec::new(),
        relaxed: Vec::new(),
        agreed: Vec::new(),
    };
    let mut spent = vec![Duration::ZERO; engines.len()];
    for query in class.queries.iter().take(WARM) {
        for ((_, engine), spent) in engines.iter_mut().zip(&mut spent) {
            if *spent < PATIENCE / 4 {
                let began = Instant::now();
                engine.answer(query)?;
                *spent += began.elapsed();
            }
        }
    }
    spent.fill(Duration::ZERO);
    for round in 0..ROUNDS {
        for (number, query) in class.queries.iter().enumerate() {
            let mut answers: Vec<Option<Answer>> = vec![None; engines.len()];
            for turn in 0..engines.len() {
                // Nobody always comes first.
                let at = (turn + number + round) % engines.len();
                let series = &mut measured.series[at].1;
                if spent[at] > PATIENCE {
                    series.late += 1;
                    continue;
                }
                let began = Instant::now();
                let answer = engines[at].1.answer(query)?;
                let took = began.elapsed();
                spent[at] += took;
                match &answer {
                    Some(answer) => {
                        series.times.push(took);
                        series.store.push(answer.store);
                    }
                    None => series.refused += 1,
                }
                answers[at] = answer;
            }
            if round == 0 {
                measured.note(engines, &answers);
            }
        }
    }
    Ok(measured)
}

impl Measured {
    fn note(&mut self, engines: &[(Which, Box<dyn Engine>)], answers: &[Option<Answer>]) {
        let place = |which: Which| engines.iter().position(|(of, _)| *of == which);
        let of = |which: Which| place(which).and_then(|at| answers[at].as_ref());
        self.totals.extend(answers.first().and_then(|answer| answer.as_ref()).map(|answer| answer.total));
        if let Some(degree) = of(Which::Ours).and_then(|answer| answer.relaxed) {
            add(&mut self.relaxed, degree);
        }
        let Some(raw) = of(Which::Raw) else { return };
        for which in [Which::Ours, Which::Bigrams, Which::Trigrams] {
            if of(which).is_some_and(|answer| answer.total == raw.total && sorted(answer) == sorted(raw)) {
                add(&mut self.agreed, which);
            }
        }
    }
}

fn sorted(answer: &Answer) -> Vec<Vec<(String, u32)>> {
    let mut facets = answer.facets.clone();
    facets.iter_mut().for_each(|counts| counts.sort_unstable());
    facets
}

fn add<T: PartialEq>(counts: &mut Vec<(T, usize)>, key: T) {
    match counts.iter_mut().find(|(known, _)| *known == key) {
        Some((_, count)) => *count += 1,
        None => counts.push((key, 1)),
    }
}

/// The value below which a share of a series lies.
pub fn quantile(times: &[Duration], share: f64) -> Option<Duration> {
    let mut times = times.to_vec();
    times.sort_unstable();
    let place = (times.len() as f64 * share).ceil() as usize;
    times.get(place.saturating_sub(1)).copied()
}
