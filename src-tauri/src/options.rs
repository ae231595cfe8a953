//! What the program can be told at its start.

use std::path::PathBuf;

use atlas_core::api::portable_folder;
use clap::Parser;

/// Scenario Atlas: an offline atlas of AI+ application scenarios.
#[derive(Debug, Clone, Parser)]
#[command(version)]
pub struct Options {
    /// Folder that holds the catalog, your own data and the logs.
    #[arg(long, value_name = "DIR", env = "ATLAS_DATA_DIR")]
    data_dir: Option<PathBuf>,

    /// Draw without the graphics paths that leave the window blank on some machines.
    #[arg(long)]
    pub safe_graphics: bool,

    /// File to open: a feed in one file (.atlas), needs of a colleague (.atlaswork), a publisher's answer (.atlasreceipt).
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

impl Options {
    /// The folder asked for, or the one that travels with the program, or the one that the desktop gives to programs.
    pub fn data_dir(&self) -> PathBuf {
        let asked = self.data_dir.clone();
        let dir = asked.or_else(travelling).unwrap_or_else(|| {
            let base = dirs::data_dir().unwrap_or_else(|| PathBuf::from("."));
            base.join("scenario-atlas")
        });
        std::path::absolute(&dir).unwrap_or(dir)
    }
}

/// The data folder beside the program, as in the portable archive.
fn travelling() -> Option<PathBuf> {
    portable_folder(&std::env::current_exe().ok()?)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_manual_names_every_option() {
        let manual = include_str!("../../assets/linux/scenario-atlas.1").replace("\\-", "-");
        for argument in Options::command().get_arguments() {
            let name = match argument.get_long() {
                Some(long) => format!("--{long}"),
                None => argument.get_id().as_str().to_uppercase(),
            };
            assert!(manual.contains(&name), "{name}");
        }
    }

    #[test]
    fn a_relative_folder_becomes_absolute() {
        let options = Options::parse_from(["scenario-atlas", "--data-dir", "here"]);
        assert!(options.data_dir().is_absolute());
        assert!(options.data_dir().ends_with("here"));
    }
}
