//! `cargo xtask bench`: our search and matching beside other engines, portfolios beside a greedy assignment, and the
//! start of the app beside an empty window.

mod memory;
mod start;

use crate::Failure;
use crate::process::{cargo, run};

const USAGE: &str = "\
usage: cargo xtask bench [search [--records 10k,100k,1M] [--quick] [--keep]]
                         [match [--records 100k,1M] [--keep]]
                         [assign]
                         [start [--runs 20] [--records 100k]]";

/// Runs the measurement asked for, or all.
pub(crate) fn bench(args: &[&str]) -> Result<(), Failure> {
    match args.split_first() {
        None => {
            search(&["--records", "10k,100k,1M"])?;
            matching(&["--records", "100k,1M"])?;
            core("assign", &[])?;
            start::bench(&[])
        }
        Some((&"search", rest)) => search(rest),
        Some((&"match", [])) => matching(&["--records", "100k"]),
        Some((&"match", rest)) => matching(rest),
        Some((&"assign", [])) => core("assign", &[]),
        Some((&"start", rest)) => start::bench(rest),
        Some(_) => Err(USAGE.to_owned()),
    }
}

fn search(args: &[&str]) -> Result<(), Failure> {
    core("search", args)
}

/// Needs against generated solutions.
fn matching(args: &[&str]) -> Result<(), Failure> {
    core("search", &[&["--match"], args].concat())
}

/// Runs a benchmark of the core.
fn core(name: &str, args: &[&str]) -> Result<(), Failure> {
    run(cargo()
        .args([
            "bench",
            "--quiet",
            "--package",
            "atlas-core",
            "--bench",
            name,
            "--",
        ])
        .args(args))
}
