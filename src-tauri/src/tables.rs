//! The commands of importing a spreadsheet: the streaming jobs, stopping them, and the two files that are written.
//!
//! Invariant: the page never names a path to write; the user chooses it in the dialog of the desktop.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use atlas_core::api::App;
use atlas_core::api::types::{
    ApiError, ImportTableRequest, OpenTableRequest, TableCheck, TableFile, TableImported,
    TablePlan, TableProgress,
};
use atlas_core::model::Kind;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::commands::on_worker;
use crate::jobs::{Job, Jobs};
use crate::pace::Pace;
use crate::saving::choose;

/// Workbooks, as the dialog calls them, and their ending.
const WORKBOOK: (&str, &str) = ("Excel", "xlsx");

/// The jobs on tables that run; a sync beside them is not theirs to stop.
#[derive(Default)]
pub(crate) struct TableJobs(Jobs);

/// Reads a file and keeps it open.
#[tauri::command]
pub(crate) async fn open_table(
    app: State<'_, Arc<App>>,
    jobs: State<'_, Arc<TableJobs>>,
    request: OpenTableRequest,
    progress: Channel<TableProgress>,
) -> Result<TableFile, ApiError> {
    let (app, job) = (Arc::clone(&app), jobs.0.begin());
    on_worker(move || app.open_table(&request, &mut teller(&job, progress))).await
}

/// Checks all rows of a sheet.
#[tauri::command]
pub(crate) async fn check_table(
    app: State<'_, Arc<App>>,
    jobs: State<'_, Arc<TableJobs>>,
    request: TablePlan,
    progress: Channel<TableProgress>,
) -> Result<TableCheck, ApiError> {
    let (app, job) = (Arc::clone(&app), jobs.0.begin());
    on_worker(move || app.check_table(&request, &mut teller(&job, progress))).await
}

/// Takes checked rows in.
#[tauri::command]
pub(crate) async fn import_table(
    app: State<'_, Arc<App>>,
    jobs: State<'_, Arc<TableJobs>>,
    request: ImportTableRequest,
    progress: Channel<TableProgress>,
) -> Result<TableImported, ApiError> {
    let (app, job) = (Arc::clone(&app), jobs.0.begin());
    on_worker(move || app.import_table(&request, &mut teller(&job, progress))).await
}

/// Stops the job on a table that runs.
#[tauri::command]
pub(crate) async fn cancel_table(jobs: State<'_, Arc<TableJobs>>) -> Result<(), ApiError> {
    jobs.0.cancel();
    Ok(())
}

/// Lets the user choose a file, and writes the rows of a checked sheet back with what is wrong in them. Answers the file;
/// nothing when the user thinks better of it.
#[tauri::command]
pub(crate) async fn report_table(
    handle: AppHandle,
    app: State<'_, Arc<App>>,
    table: u32,
    language: String,
    name: String,
) -> Result<Option<String>, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || {
        let Some(path) = choose(&handle, &name, WORKBOOK)? else {
            return Ok(None);
        };
        app.report_table(table, &language, &path)?;
        Ok(Some(path))
    })
    .await
}

/// Lets the user choose a file, and writes the official template of a kind into it.
#[tauri::command]
pub(crate) async fn write_template(
    handle: AppHandle,
    app: State<'_, Arc<App>>,
    kind: Kind,
    language: String,
    name: String,
) -> Result<Option<String>, ApiError> {
    let app = Arc::clone(&app);
    on_worker(move || {
        let Some(path) = choose(&handle, &name, WORKBOOK)? else {
            return Ok(None);
        };
        app.write_template(kind, &language, &path)?;
        Ok(Some(path))
    })
    .await
}

/// Tells progress at a pace for people, and stops when the job is told to.
fn teller(
    job: &Job,
    progress: Channel<TableProgress>,
) -> impl FnMut(TableProgress) -> ControlFlow<()> {
    let mut pace = Pace::new();
    move |step| {
        if pace.lets_through(step.phase, step.done, step.total, Instant::now())
            && progress.send(step).is_err()
        {
            log::debug!("nobody listens to the progress");
        }
        job.flow()
    }
}
