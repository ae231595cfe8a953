//! A portfolio through the command table: every need matched with providers, then all of them assigned at once; and
//! once more after one provider was given more room, when the matches are known.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use atlas_core::api::{self, App};
use atlas_core::matching::need_form;
use atlas_core::model::Record;
use serde_json::{Value, json};

use super::matching::{clock, generator};
use super::records::{Generator, MIXED};
use super::{CATALOG, Failure, SEED, built, process};

/// Solutions of the catalog; a tenth as many providers.
const SOLUTIONS: usize = 20_000;
const NEEDS: usize = 500;
const ROUNDS: usize = 3;

/// Matches and assigns, and prints what that took.
pub fn run(keep: bool) -> Result<(), Failure> {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("portfolio");
    if !keep && dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    std::fs::create_dir_all(&dir)?;
    let text = dir.display().to_string();
    let child = ["child", "folder", &SOLUTIONS.to_string(), &text];
    built(&dir, "catalog.db", &child)?;
    let app = App::new(dir.clone(), clock);
    app.open(&mut |_| ControlFlow::Continue(()))?;
    let needs = needs()?;
    for (number, record) in needs.iter().enumerate() {
        save(&app, number, record)?;
    }
    println!(
        "\n== portfolio: {NEEDS} needs × {} providers, 3 for each need, 1 need for each provider",
        generator(SOLUTIONS)?.len() * 80 / 1000
    );
    println!(
        "{:>10} {:>10} {:>8} {:>14}",
        "seconds", "CPU s", "served", "again, seconds"
    );
    for record in needs.iter().take(ROUNDS) {
        // Whatever is edited may rank everybody anew.
        save(&app, NEEDS - 1, record)?;
        let (began, busy) = (Instant::now(), process::cpu());
        let answer = portfolio(&app, &[])?;
        let (took, busy) = (began.elapsed(), process::cpu() - busy);
        let room = json!({ "ref": answer["loads"][0]["provider"]["ref"], "count": 2 });
        let began = Instant::now();
        portfolio(&app, &[room])?;
        println!(
            "{:>10.2} {:>10.2} {:>8} {:>14.2}",
            took.as_secs_f64(),
            busy / 1e3,
            answer["served"],
            began.elapsed().as_secs_f64()
        );
    }
    drop(app);
    if !keep {
        std::fs::remove_dir_all(&dir)?;
    }
    Ok(())
}

fn save(app: &App, number: usize, record: &Record) -> Result<(), Failure> {
    let need = format!("own/need/00000000-0000-4000-8000-{number:012x}");
    let edit = json!({ "edit": "save_need", "ref": need, "form": need_form(record), "text": "" });
    api::mutate(app, "transact", edit)?;
    Ok(())
}

fn portfolio(app: &App, capacities: &[Value]) -> Result<Value, Failure> {
    let plan = json!({ "demand": 3, "capacity": 1, "capacities": capacities });
    Ok(api::query(app, "match_portfolio", plan)?)
}

/// Generated needs.
fn needs() -> Result<Vec<Record>, Failure> {
    let generator = Generator::new(Path::new(CATALOG), NEEDS * 10, MIXED, SEED)?;
    let records = (0..generator.len()).map(|number| generator.record(number));
    let needs = records.filter(|record| matches!(record, Record::Need(_)));
    Ok(needs.take(NEEDS).collect())
}
