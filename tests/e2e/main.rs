//! The program as people use it: the real binary, in the real webview, on a display without a screen.
//!
//! Each test has a data folder of its own. None waits a fixed time; each waits for what it is about.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

mod access;
mod clerk;
mod export;
mod feeds;
mod first_run;
mod folder;
mod hostile;
mod kept;
mod keyboard;
mod own;
mod quiet;
mod record;
mod search;
mod selecting;
mod settings;
mod several;
mod story;
mod work;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use atlas_core::api::App;
use tests::fixtures::clock;

/// An empty data folder.
fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A data folder that holds the bundled catalog already.
fn filled(name: &str) -> PathBuf {
    let folder = empty(name);
    let app = App::new(folder.clone(), clock);
    app.open(&mut |_| ControlFlow::Continue(())).unwrap();
    folder
}

/// What the user would choose in the dialog of the desktop.
fn pick(folder: &Path, file: &Path) {
    fs::write(folder.join("picked.txt"), file.to_string_lossy().as_bytes()).unwrap();
}
