//! What the program can be told at its start.

use std::path::PathBuf;

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
}

impl Options {
    /// The folder asked for, or the one that the desktop gives to programs.
    pub fn data_dir(&self) -> PathBuf {
        let dir = self.data_dir.clone().unwrap_or_else(|| {
            let base = dirs::data_dir().unwrap_or_else(|| PathBuf::from("."));
            base.join("scenario-atlas")
        });
        std::path::absolute(&dir).unwrap_or(dir)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_folder_becomes_absolute() {
        let options = Options::parse_from(["scenario-atlas", "--data-dir", "here"]);
        assert!(options.data_dir().is_absolute());
        assert!(options.data_dir().ends_with("here"));
    }
}
