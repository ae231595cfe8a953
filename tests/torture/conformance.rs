//! G1: the public conformance suite of The Update Framework against our client.
//!
//! The suite is in no registry: whoever runs the gate fetches it and makes its environment (`make dev` there makes `env/`).

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use tests::torture::gates::Outcome;

/// Runs the suite in a folder. A point is a test; a violation is one that did not pass.
pub fn run(suite: &Path) -> Result<Outcome, String> {
    let began = Instant::now();
    let client = std::env::current_exe()
        .map_err(|error| error.to_string())?
        .with_file_name("conformance");
    let own = suite.join("env/bin/python");
    let python = if own.exists() { own } else { "python3".into() };
    let output = Command::new(python)
        .args([
            "-m",
            "pytest",
            "tuf_conformance",
            "-q",
            "-rA",
            "--tb=no",
            "--entrypoint",
        ])
        .arg(client)
        .current_dir(suite)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("the suite cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut outcome = Outcome::default();
    for line in text.lines() {
        let told = ["FAILED ", "ERROR ", "SKIPPED ", "XFAIL ", "XPASS "];
        if line.starts_with("PASSED ") {
            outcome.points += 1;
        } else if told.iter().any(|word| line.starts_with(word)) {
            outcome.points += 1;
            outcome.violations += 1;
            outcome.told.push(line.to_owned());
        }
    }
    if outcome.points == 0 {
        return Err(format!("the suite did not run:\n{text}"));
    }
    outcome.took = began.elapsed();
    Ok(outcome)
}
