//! `cargo xtask shots`: pictures of every screen, in both languages and themes, narrow and wide.

use std::process::Command;

use crate::process::{build, run as start};
use crate::{Failure, test};

/// Writes the pictures into a folder.
pub(crate) fn shots(args: &[&str]) -> Result<(), Failure> {
    let folder = match args {
        [] => "shots",
        [folder] => folder,
        _ => return Err("usage: cargo xtask shots [DIR]".to_owned()),
    };
    test::set_up()?;
    let app = build("scenario-atlas")?;
    start(
        Command::new(build("shots")?)
            .arg(folder)
            .env("ATLAS_APP", app),
    )
}
