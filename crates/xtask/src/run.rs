//! `cargo xtask run`: from a fresh clone to the open app.

use std::process::Command;

use crate::process::{build, run as start};
use crate::{Failure, setup};

/// Opens the app; without a display, does its main job in the terminal.
pub(crate) fn run(args: &[&str]) -> Result<(), Failure> {
    let args = args.strip_prefix(&["--"]).unwrap_or(args);
    if !has_display() {
        return in_terminal();
    }
    // What nobody can install for the user is asked for before what takes minutes.
    setup::node()?;
    let mut packages = setup::WINDOW.to_vec();
    packages.extend(setup::chinese_font());
    setup::packages(&packages)?;
    setup::screens()?;
    start(Command::new(build("scenario-atlas")?).args(args))
}

fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

fn in_terminal() -> Result<(), Failure> {
    println!(
        "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open."
    );
    println!("The same catalog answers in the terminal:\n");
    setup::packages(setup::CORE)?;
    let atlas = build("atlas")?;
    start(Command::new(&atlas).arg("status"))?;
    start(Command::new(&atlas).args(["search", "质检", "--limit", "10"]))?;
    println!("\nMore: {} --help", atlas.display());
    Ok(())
}
