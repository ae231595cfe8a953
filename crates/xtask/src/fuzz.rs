//! `cargo xtask fuzz`: throws made-up input at every parser of outside data.
//!
//! The fuzzer needs compiler flags that only an unfinished compiler admits to; the pinned one has them too and is told
//! to use them. What a run finds worth keeping lies below `target/`; only the seeds are part of the repository.

use std::fs;

use crate::Failure;
use crate::process::{cargo, output, run};

const TARGETS: &[&str] = &[
    "address",
    "apply",
    "bundle",
    "draft",
    "import",
    "manifest",
    "markdown",
    "pack",
    "query",
    "reading",
    "record",
    "sheet",
    "submission",
    "table",
    "work",
];
const USAGE: &str = "usage: cargo xtask fuzz [TARGET] [--seconds 600]";

/// Fuzzes one parser, or all of them in turn.
pub(crate) fn fuzz(args: &[&str]) -> Result<(), Failure> {
    let (targets, rest) = match args.split_first() {
        Some((target, rest)) if TARGETS.contains(target) => (vec![*target], rest),
        _ => (TARGETS.to_vec(), args),
    };
    let seconds: u32 = match rest {
        [] => 600,
        ["--seconds", seconds] => seconds
            .parse()
            .map_err(|_| format!("{seconds} is no number\n{USAGE}"))?,
        _ => return Err(format!("{USAGE}\nTARGET is one of {}", TARGETS.join(", "))),
    };
    if output("cargo-fuzz", &["--version"]).is_none() {
        return Err(
            "cargo-fuzz is missing. Install it with\n\n  cargo install cargo-fuzz\n".to_owned(),
        );
    }
    for target in targets {
        let found = format!("target/fuzz/{target}");
        fs::create_dir_all(&found).map_err(|error| format!("{found}: {error}"))?;
        run(cargo()
            .args(["fuzz", "run", "--fuzz-dir", "tests/fuzz", target, &found])
            .arg(format!("tests/fuzz/corpus/{target}"))
            .arg("--")
            .arg(format!("-max_total_time={seconds}"))
            .args([
                "-max_len=65536",
                "-rss_limit_mb=4096",
                "-print_final_stats=1",
            ])
            .env("LSAN_OPTIONS", "suppressions=tests/fuzz/leaks.txt")
            .env("RUSTC_BOOTSTRAP", "1"))?;
    }
    Ok(())
}
