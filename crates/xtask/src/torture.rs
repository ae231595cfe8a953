//! `cargo xtask torture`: the gates of `docs/reliability.md` that take longer than a test may.

use std::process::Command;

use crate::process::{build, run as start};
use crate::{Failure, setup, test};

/// The gate of the window, which needs a display and a webview; the others need neither.
const WINDOW: &str = "G13";

/// Builds what suffers and goes through the gates; arguments go to it as they are.
pub(crate) fn torture(args: &[&str]) -> Result<(), Failure> {
    match args {
        ["--only", gate] if *gate == WINDOW => return window(),
        _ => {}
    }
    setup::packages(setup::CORE)?;
    let torture = build("torture")?;
    // What the conformance suite starts lies beside it.
    build("conformance")?;
    start(Command::new(torture).arg("run").args(args))?;
    if args
        .iter()
        .any(|arg| ["--only", "--scenario"].contains(arg))
    {
        return Ok(());
    }
    window()
}

/// Every hostile string in every field of the window.
fn window() -> Result<(), Failure> {
    test::set_up()?;
    test::in_window(&["hostile"], &[("ATLAS_HOSTILE", "all")])
}
