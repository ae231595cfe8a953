//! `cargo xtask bench`: our search beside other engines, the start of the app beside an empty window, and what a feed
//! costs its reader.

mod memory;
mod start;

use std::process::Command;

use crate::Failure;
use crate::process::{cargo, root, run};

const USAGE: &str = "\
usage: cargo xtask bench [search [--records 10k,100k,1M] [--quick] [--keep]]
                         [start [--runs 20] [--records 100k]]
                         [feed [--records 10k,100k,1M | --quick]]";

/// Runs the measurement asked for, or all.
pub(crate) fn bench(args: &[&str]) -> Result<(), Failure> {
    match args.split_first() {
        None => {
            search(&["--records", "10k,100k,1M"])?;
            feed(&[])?;
            start::bench(&[])
        }
        Some((&"search", rest)) => search(rest),
        Some((&"feed", rest)) => feed(rest),
        Some((&"start", rest)) => start::bench(rest),
        Some(_) => Err(USAGE.to_owned()),
    }
}

fn search(args: &[&str]) -> Result<(), Failure> {
    run(cargo()
        .args([
            "bench",
            "--quiet",
            "--package",
            "atlas-core",
            "--bench",
            "search",
            "--",
        ])
        .args(args))
}

fn feed(args: &[&str]) -> Result<(), Failure> {
    // The whole workspace is selected for its features, as for every program.
    run(cargo().args(["build", "--release", "--workspace", "--bin", "feed-bench"]))?;
    run(Command::new(root().join("target/release/feed-bench")).args(args))
}
