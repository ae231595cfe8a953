//! The program as somebody types it, on a folder of its own.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs the program on a data folder.
pub(crate) fn atlas(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atlas"))
        .arg("--data-dir")
        .arg(folder.join("data"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn own(folder: &Path) -> u64 {
    let found = atlas(folder, &["--json", "search", "feed:own", "--limit", "0"]);
    let page: Value = serde_json::from_slice(&found.stdout).unwrap();
    page["total"].as_u64().unwrap()
}
