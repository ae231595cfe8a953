//! The plugins, told to keep to the data folder: what belongs to one folder is one program.

use std::fs::{self, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use tauri::plugin::TauriPlugin;
use tauri::{Manager, Wry};
use tauri_plugin_log::{RotationStrategy, Target, TargetKind};
use tauri_plugin_window_state::StateFlags;

use crate::page::Page;
use crate::{opened, window};

/// Where the log lies inside the data folder: folder, and name without its ending `.log`.
const LOG: (&str, &str) = ("logs", "scenario-atlas");
/// A log of this size is begun anew, keeping one older file.
const LOG_BYTES: u128 = 1 << 20;

/// The log: a file in the data folder, and the terminal. Never the page.
pub(crate) fn log(data_dir: &Path) -> TauriPlugin<Wry> {
    let mut targets = vec![Target::new(TargetKind::Stderr)];
    let folder = data_dir.join(LOG.0);
    // Where nothing can be written the window must open all the same, to say so.
    if is_writable(&folder) {
        targets.push(Target::new(TargetKind::Folder {
            path: folder,
            file_name: Some(LOG.1.to_owned()),
        }));
    }
    tauri_plugin_log::Builder::new()
        .clear_targets()
        .targets(targets)
        .level(log::LevelFilter::Warn)
        .level_for("scenario_atlas", log::LevelFilter::Info)
        .level_for("atlas_core", log::LevelFilter::Info)
        .max_file_size(LOG_BYTES)
        .rotation_strategy(RotationStrategy::KeepOne)
        .build()
}

fn is_writable(folder: &Path) -> bool {
    let file = folder.join(LOG.1).with_extension("log");
    fs::create_dir_all(folder).is_ok()
        && OpenOptions::new()
            .append(true)
            .create(true)
            .open(file)
            .is_ok()
}

/// A second start on the same folder brings the first window to the front and hands its file over. Without a session
/// bus the lock on the folder decides, and the second window says that the folder is in use.
pub(crate) fn single_instance(data_dir: &Path) -> TauriPlugin<Wry> {
    let mut hasher = DefaultHasher::new();
    data_dir
        .canonicalize()
        .unwrap_or_else(|_| data_dir.to_owned())
        .hash(&mut hasher);
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(format!(
            "org.scenario_atlas.desktop.f{:016x}",
            hasher.finish()
        ))
        .callback(|app, arguments, folder| {
            if let Some(path) = opened::by_second_start(&arguments, Path::new(&folder)) {
                app.state::<Arc<Page>>().opens(path);
            }
            if let Some(window) = app.get_webview_window(window::LABEL) {
                for done in [window.unminimize(), window.show(), window.set_focus()] {
                    if let Err(error) = done {
                        log::warn!("cannot bring the window to the front: {error}");
                    }
                }
            }
        })
        .build()
}

/// Size and position, kept in the data folder.
pub(crate) fn window_state(data_dir: &Path) -> TauriPlugin<Wry> {
    // The plugin joins this to a folder of its own choice, and joining an absolute path yields that path.
    let file = data_dir.join("window.json");
    tauri_plugin_window_state::Builder::new()
        .with_filename(file.to_string_lossy())
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build()
}
