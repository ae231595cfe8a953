//! `cargo xtask bench`: our search and matching beside other engines, portfolios beside a greedy assignment, what a
//! feed costs its reader, what own records cost, the import of a spreadsheet, exports beside plain writers, and the start of the app beside an empty
//! window.

mod memory;
mod start;

use std::process::Command;

use crate::Failure;
use crate::process::{cargo, root, run};

const USAGE: &str = "\
usage: cargo xtask bench [search [--records 10k,100k,1M] [--quick] [--keep]]
                         [match [--records 100k,800k] [--keep] [--only index]]
                         [assign]
                         [export [--records 10000]]
                         [feed [--records 10k,100k,1M | --quick]]
                         [own [--records 100k]]
                         [import [FILE]]
                         [start [--runs 20] [--records 100k]]";

/// Runs the measurement asked for, or all.
pub(crate) fn bench(args: &[&str]) -> Result<(), Failure> {
    match args.split_first() {
        None => {
            search(&["--records", "10k,100k,1M"])?;
            // With what belongs to them, 800,000 solutions make the million records that a feed may hold.
            matching(&["--records", "100k,800k"])?;
            assign()?;
            core("export", &[])?;
            feed(&[])?;
            feed(&["own"])?;
            feed(&["--table"])?;
            start::bench(&[])
        }
        Some((&"search", rest)) => search(rest),
        Some((&"match", [])) => matching(&["--records", "100k"]),
        Some((&"match", rest)) => matching(rest),
        Some((&"assign", [])) => assign(),
        Some((&"export", rest)) => core("export", rest),
        Some((&"feed", rest)) => feed(rest),
        Some((&"own", rest)) => feed(&[&["own"], rest].concat()),
        Some((&"import", [])) => feed(&["--table"]),
        Some((&"import", [file])) => feed(&["--table", file]),
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

/// Portfolios beside a greedy assignment, and one from the needs to the plan.
fn assign() -> Result<(), Failure> {
    core("assign", &[])?;
    core("search", &["--portfolio"])
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

fn feed(args: &[&str]) -> Result<(), Failure> {
    // The whole workspace is selected for its features, as for every program.
    run(cargo().args(["build", "--release", "--workspace", "--bin", "feed-bench"]))?;
    run(Command::new(root().join("target/release/feed-bench")).args(args))
}
