//! The commands of the work bundle: handing needs to a colleague, and taking a colleague's in.
//!
//! Invariant: the page never names a path to write; the user chooses it in the dialog of the desktop.

use std::path::PathBuf;
use std::sync::Arc;

use atlas_core::api::App;
use atlas_core::api::types::{
    ApiError, Changes, ErrorCode, ExportWorkRequest, ImportWorkRequest, ReceivedNeed,
};
use atlas_core::model::RecordRef;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::commands::on_worker;
use crate::feeds::{DataDir, picked};
use crate::graphics;

/// What a work bundle's name ends with.
const EXTENSION: &str = "atlaswork";

/// Lets the user choose a file, and writes needs with the work on them into it. Answers the file; nothing when the
/// user thinks better of it.
#[tauri::command]
pub(crate) async fn export_work(
    handle: AppHandle,
    app: State<'_, Arc<App>>,
    folder: State<'_, DataDir>,
    refs: Vec<RecordRef>,
    masked: bool,
) -> Result<Option<String>, ApiError> {
    let (app, folder) = (Arc::clone(&app), folder.0.clone());
    on_worker(move || {
        let chosen = if graphics::automated() {
            picked(&folder).map(PathBuf::from)
        } else {
            let dialog = handle.dialog().file().add_filter("Atlas", &[EXTENSION]);
            let chosen = dialog
                .set_file_name(format!("needs.{EXTENSION}"))
                .blocking_save_file();
            chosen.and_then(|path| path.into_path().ok())
        };
        let Some(path) = chosen.map(|path| named(path, EXTENSION)) else {
            return Ok(None);
        };
        let path = path.to_str().map(str::to_owned).ok_or_else(|| {
            ApiError::new(ErrorCode::BadRequest).with("path", path.display().to_string())
        })?;
        app.export_work(&ExportWorkRequest {
            refs,
            path: path.clone(),
            masked,
        })?;
        Ok(Some(path))
    })
    .await
}

/// Tells what a work bundle would do.
#[tauri::command]
pub(crate) async fn inspect_work(
    app: State<'_, Arc<App>>,
    request: ImportWorkRequest,
) -> Result<Vec<ReceivedNeed>, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || app.inspect_work(&request)).await
}

/// Takes a work bundle in; undo takes it back.
#[tauri::command]
pub(crate) async fn import_work(
    app: State<'_, Arc<App>>,
    request: ImportWorkRequest,
) -> Result<Changes, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || app.import_work(&request)).await
}

/// The file with an ending of ours; a name of something else overwrites nothing by accident.
pub(crate) fn named(mut path: PathBuf, ending: &str) -> PathBuf {
    let ends = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(ending));
    if !ends {
        let mut name = path.into_os_string();
        name.push(".");
        name.push(ending);
        path = PathBuf::from(name);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_bundle_is_named_as_one() {
        for (chosen, written) in [
            ("a/needs", "a/needs.atlaswork"),
            ("a/needs.atlaswork", "a/needs.atlaswork"),
            ("a/needs.ATLASWORK", "a/needs.ATLASWORK"),
            ("a/list.2026", "a/list.2026.atlaswork"),
        ] {
            assert_eq!(
                named(PathBuf::from(chosen), EXTENSION),
                PathBuf::from(written)
            );
        }
    }
}
