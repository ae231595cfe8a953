//! `cargo xtask dist --check`: the package in a Debian that has nothing else, used as a person would.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{output, run};
use crate::{Failure, setup};

/// Where the clean system lies.
const PLACE: &str = "target/dist/clean";
/// What makes a Debian, and what keeps it apart from this one.
const TOOLS: &[&str] = &["debootstrap", "util-linux"];

/// Makes sure that a clean system can be made at all, before anything is built.
pub(super) fn set_up() -> Result<(), Failure> {
    if output("id", &["-u"]).is_none_or(|id| id.trim() != "0") {
        return Err(
            "a clean system is made by root only: sudo -E cargo xtask dist --check".to_owned(),
        );
    }
    setup::packages(TOOLS)
}

/// Installs the `.deb`, looks at what came with it, starts it, opens a feed in one file, removes it.
pub(super) fn check(packages: &[PathBuf]) -> Result<(), Failure> {
    let package = packages
        .iter()
        .find(|package| package.extension().is_some_and(|ending| ending == "deb"))
        .ok_or("there is no .deb")?;
    run(Command::new("sh")
        .arg(Path::new("crates/xtask/src/dist/clean.sh"))
        .arg(package)
        .arg(PLACE))
}
