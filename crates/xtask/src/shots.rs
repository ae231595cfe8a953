//! `cargo xtask shots`: pictures of every screen, in both languages and themes, narrow and wide.

use crate::process::{cargo, run as start};
use crate::{Failure, run, test};

/// Writes the pictures into a folder.
pub(crate) fn shots(args: &[&str]) -> Result<(), Failure> {
    let folder = match args {
        [] => "shots",
        [folder] => folder,
        _ => return Err("usage: cargo xtask shots [DIR]".to_owned()),
    };
    test::set_up()?;
    let app = run::window()?;
    start(
        cargo()
            .args([
                "run",
                "--quiet",
                "--package",
                "tests",
                "--bin",
                "shots",
                "--",
                folder,
            ])
            .env("ATLAS_APP", app),
    )
}
