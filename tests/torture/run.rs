//! Goes through the gates and prints what they found.

use std::path::Path;
use std::process::ExitCode;

use tests::torture::corrupt;
use tests::torture::gates::{Bench, Outcome};
use tests::torture::scenario::Scenario;

use crate::{conformance, faults, histories};

/// What `--only` takes.
const GATES: [&str; 8] = ["G1", "G2", "G3", "G4", "G5", "G8", "G9", "G11"];

/// Runs the gates asked for, or all.
pub fn run(args: &[&str]) -> Result<ExitCode, String> {
    let (mut only, mut chosen, mut suite) = (None, None, None);
    let mut bench = Bench {
        driver: std::env::current_exe().map_err(|error| error.to_string())?,
        place: super::place(),
        jobs: 2,
        every: 1,
    };
    for pair in args.chunks(2) {
        match *pair {
            ["--only", gate] if GATES.contains(&gate) => only = Some(gate),
            ["--scenario", name] => {
                chosen = Some(Scenario::parse(name).ok_or_else(|| scenarios(name))?);
            }
            ["--suite", folder] => suite = Some(Path::new(folder)),
            ["--jobs", count] => bench.jobs = number(count)?,
            ["--every", count] => bench.every = number(count)?,
            _ => return Err(super::USAGE.to_owned()),
        }
    }
    let wanted = |gate: &str| only.is_none_or(|only| only == gate);
    let mut table = Table::default();
    match suite {
        _ if chosen.is_some() || !wanted("G1") => {}
        Some(suite) => table.promise("G1 trust", "conformance", &conformance::run(suite)?),
        None if only.is_some() => return Err("G1 needs the suite: --suite DIR".to_owned()),
        None => println!("G1 not run: the public suite is needed, --suite DIR"),
    }
    disks(&bench, chosen, &wanted, &mut table);
    // A scenario is one of disks; the other gates know none.
    if chosen.is_none() && wanted("G5") {
        let outcome = faults::run(&bench.place, bench.jobs)?;
        table.promise("G5 network", "faults", &outcome);
    }
    if chosen.is_none() && wanted("G8") {
        let outcome = histories::pairs(bench.jobs, bench.every);
        table.promise("G8 pairs", "delta-snapshot", &outcome);
    }
    if chosen.is_none() && wanted("G9") {
        let outcome = histories::model(bench.jobs, bench.every);
        table.promise("G9 model", "histories", &outcome);
    }
    if chosen.is_none() && wanted("G11") {
        let outcome = corrupt::damages(bench.jobs, bench.every);
        table.promise("G11 damage", "user.db", &outcome);
    }
    table.print();
    Ok(if table.failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The gates of failing disks.
fn disks(
    bench: &Bench,
    chosen: Option<Scenario>,
    wanted: &dyn Fn(&str) -> bool,
    table: &mut Table,
) {
    if !["G2", "G3", "G4"].iter().any(|gate| wanted(gate)) {
        return;
    }
    for scenario in Scenario::ALL {
        if chosen.is_some_and(|chosen| chosen != scenario) {
            continue;
        }
        let name = scenario.name();
        let prepared = bench.prepare(scenario);
        if wanted("G2") {
            table.promise("G2 kill", name, &bench.kills(&prepared));
        }
        if wanted("G3") {
            table.promise("G3 power", name, &bench.power_cuts(&prepared, false));
            if scenario == Scenario::Delta {
                let control = bench.power_cuts(&prepared, true);
                table.control("G3 sync off", name, &control, 5);
            }
        }
        if wanted("G4") {
            table.promise("G4 errors", name, &bench.errors(&prepared));
        }
    }
    if chosen.is_none() && wanted("G3") {
        let prepared = bench.prepare(Scenario::EarlyMark);
        let control = bench.kills(&prepared);
        table.control("G3 early mark", Scenario::EarlyMark.name(), &control, 0);
    }
    std::fs::remove_dir_all(&bench.place).expect("the gates made the place");
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| super::USAGE.to_owned())
}

fn scenarios(name: &str) -> String {
    let names: Vec<_> = Scenario::ALL.iter().map(|known| known.name()).collect();
    format!("no scenario {name}; there are {}", names.join(", "))
}

#[derive(Default)]
struct Table {
    rows: Vec<String>,
    failed: bool,
}

impl Table {
    /// A row that has to be without violations.
    fn promise(&mut self, gate: &str, name: &str, outcome: &Outcome) {
        let verdict = if outcome.violations == 0 {
            "ok"
        } else {
            "BROKEN"
        };
        self.failed |= outcome.violations > 0 || outcome.points == 0;
        self.row(gate, name, outcome, verdict);
        for told in &outcome.told {
            println!("    {told}");
        }
    }

    /// A row that must show violations, in more than so many of a hundred points.
    fn control(&mut self, gate: &str, name: &str, outcome: &Outcome, percent: u64) {
        let caught = outcome.violations * 100 > outcome.points * percent;
        self.failed |= !caught;
        let verdict = if caught {
            "caught, as it must be"
        } else {
            "NOT CAUGHT"
        };
        self.row(gate, name, outcome, verdict);
    }

    fn row(&mut self, gate: &str, name: &str, outcome: &Outcome, verdict: &str) {
        let row = format!(
            "{gate:14} {:14} {:7} points {:6} violations {:7.1} s  {verdict}",
            name,
            outcome.points,
            outcome.violations,
            outcome.took.as_secs_f32()
        );
        println!("{row}");
        self.rows.push(row);
    }

    fn print(&self) {
        println!("\n{}", self.rows.join("\n"));
    }
}
