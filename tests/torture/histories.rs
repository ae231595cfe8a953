//! G8 and G9: made-up histories, by the thousand.

use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tests::histories::{model, pairs};
use tests::torture::gates::Outcome;

/// Pairs of generations of which the newer is reached by a delta.
const PAIRS: u64 = 2000;
/// Generations of a history; each is reached from each before.
const GENERATIONS: usize = 9;
/// Histories that are compared with the model, in parts that each begin with their own seed.
const HISTORIES: (u8, u32) = (20, 100);
/// Most steps of one.
const STEPS: usize = 40;

/// G8, or every so-manieth part of it. A point is a pair.
pub fn pairs(jobs: usize, every: u64) -> Outcome {
    let (seed, led) = (AtomicU64::new(1), AtomicU64::new(0));
    by(jobs, |outcome| {
        while led.load(Ordering::SeqCst) < PAIRS / every {
            let seed = seed.fetch_add(1, Ordering::SeqCst);
            if let Ok(compared) = catch_unwind(|| pairs::history(seed, GENERATIONS)) {
                outcome.points += u64::from(compared.pairs);
                led.fetch_add(u64::from(compared.deltas), Ordering::SeqCst);
            } else {
                broken(outcome, format!("history {seed}, as the panic above says"));
                // A history that ends early leads to nothing: the gate must end all the same.
                led.fetch_add(PAIRS / 50, Ordering::SeqCst);
            }
        }
    })
}

/// G9, or every so-manieth part of it. A point is a step.
pub fn model(jobs: usize, every: u64) -> Outcome {
    let next = AtomicU64::new(1);
    by(jobs, |outcome| {
        loop {
            let seed = next.fetch_add(every, Ordering::SeqCst);
            if seed > u64::from(HISTORIES.0) {
                return;
            }
            match model::check(seed as u8, HISTORIES.1, STEPS) {
                Ok(steps) => outcome.points += steps,
                Err(why) => broken(outcome, why),
            }
        }
    })
}

/// Notes a broken promise.
pub fn broken(outcome: &mut Outcome, why: String) {
    outcome.points += 1;
    outcome.violations += 1;
    outcome.told.push(why);
}

/// Does the same work in so many threads and adds up what they found.
pub fn by(jobs: usize, work: impl Fn(&mut Outcome) + Sync) -> Outcome {
    let began = Instant::now();
    let whole = Mutex::new(Outcome::default());
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                let mut own = Outcome::default();
                work(&mut own);
                whole.lock().expect("no job panics").join(own);
            });
        }
    });
    let mut whole = whole.into_inner().expect("no job panics");
    whole.took = began.elapsed();
    whole
}
