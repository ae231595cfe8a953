//! `cargo xtask shots`: pictures of every screen, in both languages and themes, narrow and wide.

use std::process::Command;

use crate::process::{build, run as start};
use crate::{Failure, test};

/// Writes the pictures into a folder.
pub(crate) fn shots(args: &[&str]) -> Result<(), Failure> {
    let (folder, screens) = match args {
        [] => ("shots", ""),
        [folder] => (*folder, ""),
        [folder, screens] => (*folder, *screens),
        _ => return Err("usage: cargo xtask shots [DIR [SCREEN]]".to_owned()),
    };
    test::set_up()?;
    let app = build("scenario-atlas")?;
    start(
        Command::new(build("shots")?)
            .args([folder, screens])
            .env("ATLAS_APP", app),
    )
}
