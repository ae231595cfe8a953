//! The commands of importing a spreadsheet: the streaming jobs, stopping them, and the two files that are written.
//!
//! Invariant: the page never names a path to write; the user chooses it in the dialog of the desktop.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use atlas_core::api::App;
use atlas_core::api::types::{
    ApiError, ErrorCode, ImportTableRequest, OpenTableRequest, TableCheck, TableFile,
    TableImported, TablePlan, TableProgress,
};
use atlas_core::model::Kind;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::commands::on_worker;
use crate::feeds::{DataDir, picked};
use crate::graphics;
use crate::jobs::{Job, Jobs};
use crate::pace::Pace;

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
    folder: State<'_, DataDir>,
    table: u32,
    language: String,
    name: String,
) -> Result<Option<String>, ApiError> {
    let (app, folder) = (Arc::clone(&app), folder.0.clone());
    on_worker(move || {
        let Some(path) = chosen(&handle, &folder, &name)? else {
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
    folder: State<'_, DataDir>,
    kind: Kind,
    language: String,
    name: String,
) -> Result<Option<String>, ApiError> {
    let (app, folder) = (Arc::clone(&app), folder.0.clone());
    on_worker(move || {
        let Some(path) = chosen(&handle, &folder, &name)? else {
            return Ok(None);
        };
        app.write_template(kind, &language, &path)?;
        Ok(Some(path))
    })
    .await
}

/// The workbook that the user chooses to write.
fn chosen(handle: &AppHandle, folder: &Path, name: &str) -> Result<Option<String>, ApiError> {
    let chosen = if graphics::automated() {
        picked(folder).map(PathBuf::from)
    } else {
        let dialog = handle.dialog().file().add_filter("Excel", &["xlsx"]);
        let chosen = dialog.set_file_name(plain(name)).blocking_save_file();
        chosen.and_then(|path| path.into_path().ok())
    };
    let Some(path) = chosen.map(named) else {
        return Ok(None);
    };
    let unwritable =
        || ApiError::new(ErrorCode::BadRequest).with("path", path.display().to_string());
    path.to_str()
        .map(|path| Some(path.to_owned()))
        .ok_or_else(unwritable)
}

/// A proposed name without anything that leads elsewhere.
fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '/' | '\\' | ':'))
        .collect();
    format!("{}.xlsx", plain.trim_matches('.').trim_end_matches(".xlsx"))
}

/// The file with the ending of workbooks.
fn named(mut path: PathBuf) -> PathBuf {
    let ends = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    if !ends {
        let mut name = path.into_os_string();
        name.push(".xlsx");
        path = PathBuf::from(name);
    }
    path
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposed_name_leads_nowhere_else() {
        for (proposed, written) in [
            ("服务商 模板", "服务商 模板.xlsx"),
            ("../../x.xlsx", "x.xlsx"),
            ("a/b:c", "abc.xlsx"),
        ] {
            assert_eq!(plain(proposed), written);
        }
        assert_eq!(named(PathBuf::from("a/b")), PathBuf::from("a/b.xlsx"));
        assert_eq!(named(PathBuf::from("a/b.XLSX")), PathBuf::from("a/b.XLSX"));
    }
}
