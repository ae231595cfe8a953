//! Needs against many solutions, as the window asks: ten hits and ten near misses with all their reasons, through the
//! command table. Beside it, what a plain full-text index answers to the same words: FTS5 over the product's own bigrams,
//! best ten, no reasons.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use atlas_core::api::{self, App};
use atlas_core::matching::need_form;
use atlas_core::model::{Record, Strength};
use serde_json::{Value, json};

use super::engine::{Answer, Which};
use super::queries::{Query, Terms};
use super::records::{Generator, SOLUTIONS};
use super::{CATALOG, Failure, SEED, built, folder, process};

/// Needs that are matched.
const NEEDS: usize = 100;
/// Times each is.
const ROUNDS: usize = 3;
/// What the window asks for.
const TARGETS: [&str; 3] = ["solutions", "providers", "cases"];

pub fn clock() -> String {
    "2026-11-22T00:00:00Z".to_owned()
}

/// The generator of a catalog with so many solutions.
pub fn generator(solutions: usize) -> Result<Generator, Failure> {
    Generator::new(Path::new(CATALOG), solutions * 1000 / 800, SOLUTIONS, SEED)
}

/// Writes a data folder with so many solutions, as a child process.
pub fn build(solutions: usize, dir: &Path) -> Result<(), Failure> {
    let began = Instant::now();
    folder::write(dir, Some(&generator(solutions)?))?;
    println!(
        "{:.2} {} {}",
        began.elapsed().as_secs_f64(),
        process::status("VmHWM"),
        process::bytes(dir)
    );
    Ok(())
}

/// Matches needs with so many solutions and prints what that took.
pub fn run(solutions: usize, keep: bool, only: &[Which]) -> Result<(), Failure> {
    let beside = only.contains(&Which::Bigrams);
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("match-{solutions}"));
    if !keep && dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    std::fs::create_dir_all(&dir)?;
    let text = dir.display().to_string();
    built(
        &dir,
        "catalog.db",
        &["child", "folder", &solutions.to_string(), &text],
    )?;
    if beside {
        built(&dir, "bigrams", &["child", "build", "bigrams", &text])?;
    }
    let app = App::new(dir.clone(), clock);
    app.open(&mut |_| ControlFlow::Continue(()))?;
    let needs = needs(&generator(solutions)?);
    println!(
        "\n== {solutions} solutions, {} needs × {ROUNDS}, ten hits and ten near misses with reasons",
        needs.len()
    );
    // Of all threads: what a busy machine changes least.
    println!(
        "{:>24} {:>9} {:>9} {:>9} {:>9}",
        "", "p50 ms", "p99 ms", "max ms", "CPU ms"
    );
    for target in TARGETS {
        let mut times = Vec::new();
        let mut hits = 0;
        let busy = process::cpu();
        // The first round warms caches up and is not counted, as with the other engine.
        for round in 0..=ROUNDS {
            for (need, _) in &needs {
                let request = json!({ "need": need, "target": target, "limit": 10 });
                let began = Instant::now();
                let answer = api::query(&app, "match_need", request)?;
                if round > 0 {
                    times.push(began.elapsed());
                }
                hits += answer["hits"].as_array().map_or(0, Vec::len);
            }
        }
        if hits == 0 {
            return Err(format!("no {target} were found").into());
        }
        let busy = (process::cpu() - busy) / (needs.len() * (ROUNDS + 1)) as f64;
        print(&format!("ours, {target}"), times, busy);
    }
    if beside {
        plain(&dir, &needs, if solutions > 200_000 { 20 } else { NEEDS })?;
    }
    if !keep {
        std::fs::remove_dir_all(&dir)?;
    }
    Ok(())
}

/// The same words as a plain query. It looks at every record that shares a bigram: where there are many, few needs tell
/// enough.
fn plain(dir: &Path, needs: &[(Value, String)], few: usize) -> Result<(), Failure> {
    let mut engine = Which::Bigrams.open(dir)?;
    let busy = process::cpu();
    let mut times = Vec::new();
    for round in 0..=1 {
        for (_, text) in needs.iter().take(few) {
            let query = Query {
                terms: Terms::Any(text.clone()),
                filters: Vec::new(),
                counted: false,
            };
            let began = Instant::now();
            let answer: Option<Answer> = engine.answer(&query)?;
            if round > 0 {
                times.push(began.elapsed());
            }
            if answer.is_none_or(|answer| answer.best.is_empty()) {
                return Err("the plain index found nothing".into());
            }
        }
    }
    let busy = (process::cpu() - busy) / (times.len() * 2) as f64;
    print("FTS5 bigrams, plain", times, busy);
    Ok(())
}

/// Needs with their plain text: generated ones, each third with something strict.
fn needs(generator: &Generator) -> Vec<(Value, String)> {
    let records = generator.len();
    let mut found = Vec::new();
    // Needs stand at one place of a generated catalog; those that are taken are spread over it.
    let first = records * 100 / 1000;
    let step = (records / 100 / NEEDS).max(1);
    for number in (first..records).step_by(step) {
        let record = generator.record(number);
        let Record::Need(_) = record else { continue };
        let Some(mut form) = need_form(&record) else {
            continue;
        };
        if found.len() % 3 == 0 {
            form.region.strength = Strength::Hard;
        }
        let text = format!("{} {} {}", form.title, form.problem, form.wanted);
        found.push((json!(form), text));
        if found.len() == NEEDS {
            break;
        }
    }
    found
}

fn print(name: &str, mut times: Vec<Duration>, busy: f64) {
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    println!(
        "{name:>24} {:>9.2} {:>9.2} {:>9.2} {busy:>9.2}",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}
