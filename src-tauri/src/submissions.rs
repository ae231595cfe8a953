//! The commands of submissions: handing own records to a publisher, and taking the publisher's answer in.
//!
//! Invariant: the page never names a path to write; the user chooses it in the dialog of the desktop. The seed of a new key
//! is drawn here, where chance is to be had, and goes to the core alone.

use std::sync::Arc;

use atlas_core::api::App;
use atlas_core::api::types::{
    ApiError, ErrorCode, ExportSubmissionRequest, ExportedSubmission, ImportReceiptRequest,
    PreviewSubmissionRequest, ReceiptView,
};
use atlas_core::submission::key::SEED;
use tauri::{AppHandle, State};

use crate::commands::on_worker;
use crate::saving::choose;

/// What a submission's name ends with.
const EXTENSION: &str = "atlassub";

/// Lets the user choose a file, and writes a submission into it; nothing when the user thinks better of it.
#[tauri::command]
pub(crate) async fn export_submission(
    handle: AppHandle,
    app: State<'_, Arc<App>>,
    what: PreviewSubmissionRequest,
) -> Result<Option<ExportedSubmission>, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || {
        let Some(path) = choose(&handle, "submission", ("Atlas", EXTENSION))? else {
            return Ok(None);
        };
        let mut seed = [0; SEED];
        aws_lc_rs::rand::fill(&mut seed)
            .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
        app.export_submission(&ExportSubmissionRequest { what, path }, &seed)
            .map(Some)
    })
    .await
}

/// Takes a publisher's answer in.
#[tauri::command]
pub(crate) async fn import_receipt(
    app: State<'_, Arc<App>>,
    request: ImportReceiptRequest,
) -> Result<ReceiptView, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || app.import_receipt(&request)).await
}
