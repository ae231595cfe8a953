//! The commands of feeds: the two streaming jobs, stopping them, choosing a file, and the daily check.
//!
//! Invariant: when a check is due and how it is spread over the day is the core's to say; here is only the clock that
//! asks. Deliberately absent: any network; the core has it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, thread};

use atlas_core::api::App;
use atlas_core::api::types::{
    ApiError, ErrorCode, ImportRequest, SyncOutcome, SyncProgress, SyncReport, SyncRequest,
};
use serde_json::json;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::commands::on_worker;
use crate::graphics;
use crate::jobs::{Job, Jobs};
use crate::pace::Pace;
use crate::page::{Happening, Page};

/// The first look at what is due waits until the user has settled.
const FIRST_CHECK: Duration = Duration::from_secs(10);
/// Between two looks at what is due.
const NEXT_CHECK: Duration = Duration::from_mins(1);
/// For tests, which cannot drive the dialogs of the desktop: in an automated window the path to be chosen stands in
/// this file of the data folder.
const PICKED: &str = "picked.txt";

/// The data folder, for commands that need a file of it.
pub(crate) struct DataDir(pub(crate) PathBuf);

/// Brings feeds up to date.
#[tauri::command]
pub(crate) async fn sync(
    app: State<'_, Arc<App>>,
    jobs: State<'_, Arc<Jobs>>,
    request: SyncRequest,
    progress: Channel<SyncProgress>,
) -> Result<SyncReport, ApiError> {
    let (app, job) = (Arc::clone(&app), jobs.begin());
    on_worker(move || app.sync(&request, &mut teller(&job, to_channel(progress)))).await
}

/// Imports a feed from a file.
#[tauri::command]
pub(crate) async fn import_bundle(
    app: State<'_, Arc<App>>,
    jobs: State<'_, Arc<Jobs>>,
    request: ImportRequest,
    progress: Channel<SyncProgress>,
) -> Result<SyncOutcome, ApiError> {
    let (app, job) = (Arc::clone(&app), jobs.begin());
    on_worker(move || app.import_bundle(&request, &mut teller(&job, to_channel(progress)))).await
}

/// Stops the sync, import or export that runs, and those that wait for it.
#[tauri::command]
pub(crate) async fn cancel(jobs: State<'_, Arc<Jobs>>) -> Result<(), ApiError> {
    jobs.cancel();
    Ok(())
}

/// The page listens to what the shell does by itself.
#[tauri::command]
pub(crate) async fn watch(
    page: State<'_, Arc<Page>>,
    happenings: Channel<Happening>,
) -> Result<(), ApiError> {
    page.listens(happenings);
    Ok(())
}

/// Lets the user choose a file: a bundle, of a feed or of work, a receipt, or a spreadsheet. The page itself can open no file dialog.
#[tauri::command]
pub(crate) async fn pick_path(
    handle: AppHandle,
    folder: State<'_, DataDir>,
    table: bool,
) -> Result<Option<String>, ApiError> {
    let folder = folder.0.clone();
    on_worker(move || {
        if graphics::automated() {
            return Ok(picked(&folder));
        }
        let dialog = handle.dialog().file();
        let dialog = if table {
            dialog.add_filter(
                "XLSX, XLS, ODS, CSV",
                &["xlsx", "xls", "ods", "csv", "tsv", "txt"],
            )
        } else {
            dialog.add_filter("Atlas", &crate::opened::ENDINGS)
        };
        let Some(path) = dialog.blocking_pick_file() else {
            return Ok(None);
        };
        let unreadable = || ApiError::new(ErrorCode::BadRequest).with("path", path.to_string());
        let path = path.clone().into_path().map_err(|_| unreadable())?;
        path.to_str()
            .map(|path| Some(path.to_owned()))
            .ok_or_else(unreadable)
    })
    .await
}

pub(crate) fn picked(folder: &Path) -> Option<String> {
    let path = fs::read_to_string(folder.join(PICKED)).ok()?;
    Some(path.trim().to_owned()).filter(|path| !path.is_empty())
}

fn to_channel(progress: Channel<SyncProgress>) -> impl FnMut(SyncProgress) {
    move |step| {
        // A page that went away needs no progress; the job goes on all the same.
        if progress.send(step).is_err() {
            log::debug!("nobody listens to the progress");
        }
    }
}

/// Tells progress at a pace for people, and stops when the job is told to.
fn teller(
    job: &Job,
    mut tell: impl FnMut(SyncProgress),
) -> impl FnMut(SyncProgress) -> ControlFlow<()> {
    let mut pace = Pace::new();
    move |step| {
        let phase = (step.feed.clone(), step.phase);
        if pace.lets_through(phase, step.done, step.total, Instant::now()) {
            tell(step);
        }
        job.flow()
    }
}

/// Looks now and then whether the daily check of a feed is due, and runs it.
pub(crate) fn check_daily(app: Arc<App>, jobs: Arc<Jobs>, page: Arc<Page>) {
    thread::spawn(move || {
        let mut wait = FIRST_CHECK;
        loop {
            thread::sleep(wait);
            wait = NEXT_CHECK;
            // What the user began goes first, and may well be what is due.
            if jobs.any() {
                continue;
            }
            let (app, jobs, told) = (Arc::clone(&app), Arc::clone(&jobs), Arc::clone(&page));
            let checked =
                tauri::async_runtime::block_on(on_worker(move || check(&app, &jobs, &told)));
            match checked {
                Ok(None) => {}
                Ok(Some(report)) => page.tell(Happening::Checked { report }),
                Err(error) => page.tell(Happening::CheckFailed { error }),
            }
        }
    });
}

fn check(app: &App, jobs: &Jobs, page: &Page) -> Result<Option<SyncReport>, ApiError> {
    let due = match atlas_core::api::query(app, "list_due_feeds", json!({})) {
        Ok(due) => due,
        // The folder is not open yet, or belongs to another window: nothing is due here.
        Err(error) if error.code == ErrorCode::CatalogMissing => return Ok(None),
        Err(error) => return Err(error),
    };
    let feeds: Vec<String> = serde_json::from_value(due)
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
    if feeds.is_empty() {
        return Ok(None);
    }
    log::info!("daily check of {} feeds", feeds.len());
    let job = jobs.begin();
    let tell = |progress| page.tell(Happening::Checking { progress });
    app.sync(&SyncRequest { feeds }, &mut teller(&job, tell))
        .map(Some)
}

#[cfg(test)]
mod tests {
    use atlas_core::api::types::SyncPhase;

    use super::*;

    #[test]
    fn a_job_that_is_told_to_stop_stops_at_its_next_step() {
        let jobs = Jobs::default();
        let job = jobs.begin();
        let mut told = 0;
        let mut teller = teller(&job, |_| told += 1);
        let step = |done| SyncProgress {
            feed: "f".to_owned(),
            phase: SyncPhase::Download,
            done,
            total: 9,
        };
        assert_eq!(teller(step(0)), ControlFlow::Continue(()));
        jobs.cancel();
        assert_eq!(teller(step(1)), ControlFlow::Break(()));
        drop(teller);
        assert_eq!(told, 1, "what comes too soon is not told");
    }

    #[test]
    fn a_chosen_path_stands_in_a_file_for_tests_and_an_empty_one_is_no_choice() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(picked(folder.path()), None);
        fs::write(folder.path().join(PICKED), "\n").unwrap();
        assert_eq!(picked(folder.path()), None);
        fs::write(folder.path().join(PICKED), "a/b.atlas\n").unwrap();
        assert_eq!(picked(folder.path()).as_deref(), Some("a/b.atlas"));
    }
}
