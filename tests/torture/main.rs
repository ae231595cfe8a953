//! `torture`: the driver that suffers (`torture drive`) and the gates that make it (`cargo xtask torture`).
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks through the terminal"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod conformance;
#[cfg(target_os = "linux")]
mod drive;
#[cfg(target_os = "linux")]
mod faults;
#[cfg(target_os = "linux")]
mod histories;
#[cfg(target_os = "linux")]
mod run;

const USAGE: &str = "usage: torture drive | run [--only GATE] [--suite DIR] [--scenario NAME] [--jobs N] [--every N]";

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.split_first() {
        Some((&"drive", [])) => drive::drive(),
        Some((&"faults", [jobs, authority])) => {
            let jobs = jobs.parse().unwrap_or(1);
            match faults::meet(jobs, Path::new(authority)) {
                Ok(()) => ExitCode::SUCCESS,
                Err(failure) => {
                    eprintln!("{failure}");
                    ExitCode::FAILURE
                }
            }
        }
        Some((&"run", rest)) => run::run(rest).unwrap_or_else(|failure| {
            eprintln!("torture: {failure}");
            ExitCode::FAILURE
        }),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("torture needs Linux: {USAGE}");
    ExitCode::FAILURE
}

/// A folder in memory if there is one: what a disk does is up to the shim, not to the disk below.
#[cfg(target_os = "linux")]
fn place() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    place.join(format!("atlas-torture-{}", std::process::id()))
}
