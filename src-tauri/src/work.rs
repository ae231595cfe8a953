//! The commands of the work bundle: handing needs to a colleague, and taking a colleague's in.
//!
//! Invariant: the page never names a path to write; the user chooses it in the dialog of the desktop.

use std::sync::Arc;

use atlas_core::api::App;
use atlas_core::api::types::{
    ApiError, Changes, ExportWorkRequest, ImportWorkRequest, ReceivedNeed,
};
use atlas_core::model::RecordRef;
use tauri::{AppHandle, State};

use crate::commands::on_worker;
use crate::saving::choose;

/// What a work bundle's name ends with.
const EXTENSION: &str = "atlaswork";

/// Lets the user choose a file, and writes needs with the work on them into it. Answers the file; nothing when the
/// user thinks better of it.
#[tauri::command]
pub(crate) async fn export_work(
    handle: AppHandle,
    app: State<'_, Arc<App>>,
    refs: Vec<RecordRef>,
    masked: bool,
) -> Result<Option<String>, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || {
        let Some(path) = choose(&handle, "needs", ("Atlas", EXTENSION))? else {
            return Ok(None);
        };
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
