//! The commands of exports: the streaming job that writes a file, and showing it in its folder.
//!
//! Invariant: the page never names a path; the user chooses it in the dialog of the desktop, which asks before a file is
//! replaced. The file never goes through the page.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use atlas_core::api::types::{ApiError, ErrorCode, ExportProgress, ExportRequest, Exported};
use atlas_core::api::{App, ExportTarget};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager as _, State};
use tauri_plugin_dialog::DialogExt as _;

use crate::commands::on_worker;
use crate::feeds::{DataDir, picked};
use crate::graphics;
use crate::jobs::Jobs;
use crate::pace::Pace;

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
        let chosen = if graphics::automated() {
            picked(&handle.state::<DataDir>().0).map(PathBuf::from)
        } else {
            let dialog = handle.dialog().file().add_filter(ending, &[ending]);
            let chosen = dialog.set_file_name(plain(&file)).blocking_save_file();
            chosen.and_then(|path| path.into_path().ok())
        };
        let Some(chosen) = chosen else {
            return Ok(None);
        };
        let path = named(&chosen, ending);
        let job = jobs.begin();
        let mut pace = Pace::new();
        let target = ExportTarget {
            // The dialog asked about the name that was chosen, and about no other.
            replace: path == chosen && !graphics::automated(),
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

/// The last part of a name: what the page proposes leads into no other folder.
fn plain(file: &str) -> String {
    let name = Path::new(file).file_name().and_then(|name| name.to_str());
    name.unwrap_or_default().to_owned()
}

/// The file with the ending of its format.
fn named(path: &Path, ending: &str) -> PathBuf {
    let ends = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(ending));
    if ends {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_ends_as_its_format_does_and_its_name_leads_nowhere_else() {
        assert_eq!(named(Path::new("a/名单"), "xlsx"), Path::new("a/名单.xlsx"));
        assert_eq!(named(Path::new("a/b.XLSX"), "xlsx"), Path::new("a/b.XLSX"));
        assert_eq!(
            named(Path::new("a/b.pdf"), "xlsx"),
            Path::new("a/b.pdf.xlsx")
        );
        assert_eq!(plain("../../a/名单.xlsx"), "名单.xlsx");
        assert_eq!(plain(".."), "");
    }
}
