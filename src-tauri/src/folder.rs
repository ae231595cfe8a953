//! The command that moves the data folder.
//!
//! Invariant: the page never names a path to write; the user chooses it in the dialog of the desktop.

use std::path::PathBuf;
use std::sync::Arc;

use atlas_core::api::App;
use atlas_core::api::types::{ApiError, AppStatus};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::commands::on_worker;
use crate::feeds::{DataDir, picked};
use crate::graphics;

/// What the data is called inside a folder that holds other things already.
const NAME: &str = "scenario-atlas";

/// Lets the user choose a folder, and moves the data there. Answers the state after it; nothing when the user thinks
/// better of it. The old copy stays until the user lets it go.
#[tauri::command]
pub(crate) async fn move_folder(
    handle: AppHandle,
    app: State<'_, Arc<App>>,
    folder: State<'_, DataDir>,
) -> Result<Option<AppStatus>, ApiError> {
    let (app, folder) = (Arc::clone(&app), folder.0.clone());
    on_worker(move || {
        let chosen = if graphics::automated() {
            picked(&folder).map(PathBuf::from)
        } else {
            let chosen = handle.dialog().file().blocking_pick_folder();
            chosen.and_then(|path| path.into_path().ok())
        };
        chosen
            .map(|path| app.move_folder(&inside(path)))
            .transpose()
    })
    .await
}

/// The folder itself when it is empty, a folder of its own in it otherwise.
fn inside(path: PathBuf) -> PathBuf {
    let empty = std::fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_none());
    if empty { path } else { path.join(NAME) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_gets_a_folder_of_its_own_beside_other_things() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(inside(folder.path().to_owned()), folder.path());
        std::fs::write(folder.path().join("x"), "").unwrap();
        assert_eq!(inside(folder.path().to_owned()), folder.path().join(NAME));
    }
}
