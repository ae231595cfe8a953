//! `atlas manual`: what packages carry beside the program, from the table of arguments itself.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::{Shell, generate_to};

use crate::args::Args;
use crate::output::Failure;

/// Shells whose completions are written.
const SHELLS: [Shell; 3] = [Shell::Bash, Shell::Zsh, Shell::Fish];

/// Writes a manual page for every command (`atlas.1`, `atlas-search.1`, …) and the completions (`atlas.bash`, `_atlas`,
/// `atlas.fish`) into a folder.
pub fn manual(folder: &Path) -> Result<ExitCode, Failure> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Args::command(), folder)?;
    for shell in SHELLS {
        generate_to(shell, &mut Args::command(), "atlas", folder)?;
    }
    Ok(ExitCode::SUCCESS)
}
