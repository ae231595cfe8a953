//! `cargo xtask test`: set up the machine, then check everything. `.ci/run` does exactly this.

use std::time::{Duration, Instant};

use crate::process::{build, cargo, npm, run as start, run_beside};
use crate::{Failure, setup};

/// One check, by the name that `--only` takes.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<(), Failure>,
}

const STEPS: &[Step] = &[
    Step {
        name: "setup",
        what: "system packages, Node, tools of the screens",
        run: set_up,
    },
    Step {
        name: "format",
        what: "rustfmt",
        run: format,
    },
    Step {
        name: "screens",
        what: "types, unit tests, format, build of the screens",
        run: screens,
    },
    Step {
        name: "lint",
        what: "clippy on everything, warnings are errors",
        run: lint,
    },
    Step {
        name: "test",
        what: "unit and integration tests",
        run: cargo_test,
    },
    Step {
        name: "window",
        what: "the app in a real webview",
        run: window,
    },
];

/// Runs all steps, or the one asked for after the set-up.
pub(crate) fn test(args: &[&str]) -> Result<(), Failure> {
    let only = match args {
        [] => None,
        ["--only", name] if STEPS.iter().any(|step| step.name == *name) => Some(*name),
        _ => return Err(usage()),
    };
    let mut table = Vec::new();
    let mut failure = None;
    for step in STEPS
        .iter()
        .filter(|step| step.name == "setup" || only.is_none_or(|only| only == step.name))
    {
        println!("\n== {}: {}", step.name, step.what);
        let began = Instant::now();
        let done = (step.run)();
        table.push((step.name, began.elapsed(), done.is_ok()));
        if let Err(why) = done {
            failure = Some(why);
            break;
        }
    }
    print_table(&table);
    failure.map_or(Ok(()), Err)
}

fn usage() -> Failure {
    let steps: Vec<String> = STEPS
        .iter()
        .map(|step| format!("  {:8} {}", step.name, step.what))
        .collect();
    format!(
        "usage: cargo xtask test [--only STEP]\n{}",
        steps.join("\n")
    )
}

fn print_table(table: &[(&str, Duration, bool)]) {
    println!();
    for (name, took, passed) in table {
        println!(
            "{name:8} {:7.1} s  {}",
            took.as_secs_f32(),
            if *passed { "ok" } else { "FAILED" }
        );
    }
    let sum: Duration = table.iter().map(|(_, took, _)| *took).sum();
    println!("{:8} {:7.1} s", "all", sum.as_secs_f32());
    let left: Vec<&str> = STEPS
        .iter()
        .map(|step| step.name)
        .filter(|name| table.iter().all(|row| row.0 != *name))
        .collect();
    if !left.is_empty() {
        println!("not run: {}", left.join(", "));
    }
}

/// Everything that has to be there before the first check.
pub(crate) fn set_up() -> Result<(), Failure> {
    setup::node()?;
    setup::packages(&[setup::WINDOW, setup::DRIVER].concat())?;
    // The program around the screens does not compile without them.
    setup::screens()
}

fn format() -> Result<(), Failure> {
    start(cargo().args(["fmt", "--all", "--check"]))
}

fn screens() -> Result<(), Failure> {
    run_beside(
        &mut ["check", "test", "fmt:check"].map(|script| npm(&["run", "--silent", script])),
    )?;
    setup::screens()
}

fn lint() -> Result<(), Failure> {
    start(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        "tests/e2e",
        "--",
        "-D",
        "warnings",
    ]))
}

fn cargo_test() -> Result<(), Failure> {
    // Some tests run the terminal itself.
    build("atlas")?;
    start(cargo().args(["test", "--workspace", "--no-fail-fast"]))
}

fn window() -> Result<(), Failure> {
    in_window(&[], &[])
}

/// Runs the tests of the window, or those whose names hold one of these words, with more variables.
pub(crate) fn in_window(words: &[&str], variables: &[(&str, &str)]) -> Result<(), Failure> {
    let app = build("scenario-atlas")?;
    // A publisher at the terminal answers what the window hands in.
    build("atlas")?;
    start(
        cargo()
            .args([
                "test",
                "--workspace",
                "--features",
                "tests/e2e",
                "--test",
                "e2e",
                "--",
            ])
            .args(words)
            .envs(variables.iter().copied())
            .env("ATLAS_APP", app),
    )
}
