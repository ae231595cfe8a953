//! The commands of this repository: `cargo xtask run` and its siblings.
//!
//! Invariants:
//! - No dependency: these commands are there before anything else could be fetched or built.
//! - Every command sets up what it needs, says what it does, and is fast when there is nothing to do.
//! - What is missing and cannot be installed stops the command, with the line that installs it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the terminal is the screen of these commands"
)]

mod bench;
mod bindings;
mod dist;
mod fuzz;
mod gloss;
mod process;
mod run;
mod setup;
mod shots;
mod stamp;
mod test;
mod torture;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run [-- ARGS]      build what is missing and open the app (without a display: use the terminal)
cargo xtask test [--only STEP] set up and check everything
cargo xtask shots [DIR [SCREEN]] PNG pictures of every screen, or of those whose name begins so
cargo xtask bench [NAME]       what search, matches, portfolios, feeds, tables, exports and the start cost, beside plainer ones
cargo xtask fuzz [TARGET] [--seconds 600] made-up input for every parser of outside data
cargo xtask torture [--only G2] [--suite DIR] the gates of docs/reliability.md: disks, servers, histories, trust
cargo xtask dist [--check]     .deb, .rpm, portable archive; --check tries the .deb in a clean Debian
cargo xtask bindings           write ui/src/api/bindings.ts anew
cargo xtask gloss FILE         write assets/lexicon/gloss.txt anew from CC-CEDICT
";

/// Why a command stopped, ready to be printed.
type Failure = String;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if let Err(error) = std::env::set_current_dir(process::root()) {
        eprintln!("xtask: {error}");
        return ExitCode::FAILURE;
    }
    let done = match args.split_first() {
        Some((&"run", rest)) => run::run(rest),
        Some((&"test", rest)) => test::test(rest),
        Some((&"shots", rest)) => shots::shots(rest),
        Some((&"bench", rest)) => bench::bench(rest),
        Some((&"fuzz", rest)) => fuzz::fuzz(rest),
        Some((&"torture", rest)) => torture::torture(rest),
        Some((&"dist", rest)) => dist::dist(rest),
        Some((&"gloss", rest)) => gloss::gloss(rest),
        Some((&"bindings", [])) => bindings::write(),
        _ => Err(format!("usage:\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
