//! The commands of exports: the streaming job that writes a file, and showing it in its folder.
//!
//! Invariant: the page never names a path; the user chooses it in the dialog of the desktop, which asks before a file is
//! replaced. The file never goes through the page.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use atlas_core::api::types::{ApiError, ErrorCode, ExportProgress, ExportRequest, Exported};
use atlas_core::api::{App, ExportTarget};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager as _, State};

use crate::commands::on_worker;
use crate::graphics;
use crate::jobs::Jobs;
use crate::pace::Pace;
use crate::saving::choose;

/// The file that was written last: the only one that can be shown in its folder.
#[derive(Default)]
pub(crate) struct LastExport(Mutex<Option<PathBuf>>);

/// Lets the user choose a file, and writes an export into it. `file` is the name to begin with. Nothing when the user
/// thinks better of it.
#[tauri::command]
pub(crate) async fn export(
    handle: AppHandle,
    app: State<'_, Arc<App>>,
    jobs: State<'_, Arc<Jobs>>,
    request: ExportRequest,
    file: String,
    progress: Channel<ExportProgress>,
) -> Result<Option<Exported>, ApiError> {
    let (app, jobs) = (Arc::clone(&app), Arc::clone(&jobs));
    on_worker(move || {
        let ending = request.format.extension();
        let Some(path) = choose(&handle, &file, (ending, ending))? else {
            return Ok(None);
        };
        let path = PathBuf::from(path);
        let job = jobs.begin();
        let mut pace = Pace::new();
        let target = ExportTarget {
            // Nobody is asked where no dialog is.
            replace: !graphics::automated(),
            path: &path,
            font: None,
        };
        let written = app.export(&request, &target, &mut |step| {
            if pace.lets_through((), step.done, step.total, Instant::now())
                && progress.send(step).is_err()
            {
                log::debug!("nobody listens to the progress");
            }
            job.flow()
        })?;
        let last = handle.state::<Arc<LastExport>>();
        *last.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
        Ok(Some(written))
    })
    .await
}

/// Shows the file that was written last in its folder.
#[tauri::command]
pub(crate) async fn show_export(last: State<'_, Arc<LastExport>>) -> Result<(), ApiError> {
    let last = Arc::clone(&last);
    on_worker(move || {
        let path = last
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let path = path.ok_or_else(|| ApiError::new(ErrorCode::BadRequest))?;
        tauri_plugin_opener::reveal_item_in_dir(&path).map_err(|error| {
            ApiError::new(ErrorCode::Internal)
                .with("path", path.display().to_string())
                .caused_by(&error)
        })
    })
    .await
}
