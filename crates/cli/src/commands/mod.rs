//! What the terminal can do, one file a command.

mod assign;
mod backup;
mod call;
mod catalog;
mod eval;
mod export;
mod feeds;
mod filters;
mod hit;
mod import;
mod kept;
mod manual;
mod matching;
mod news;
mod reading;
mod reference;
mod search;
mod show;
mod status;
mod submit;
mod sync;
mod undo;
mod work;

pub use assign::assign;
pub use backup::{Backup, backup, log};
pub use call::call;
pub use catalog::catalog;
pub use eval::eval;
pub use export::{Export, export};
pub use feeds::feed;
pub use filters::taxonomy;
pub use import::{import, template};
pub use manual::manual;
pub use matching::matching;
pub use news::news;
pub use search::search;
pub use show::show;
pub use status::status;
pub use submit::{Submit, receipt, submit};
pub use sync::sync;
pub use undo::undo;
pub use work::{Work, work};

use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::types::{ApiError, AppStatus, ErrorCode, Notice};
use atlas_core::api::{self, App};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::args::Args;
use crate::output::{Failure, Output};
use crate::texts;

/// Opens the data folder: for writing, or beside the window for reading.
fn open(args: &Args, output: &Output) -> Result<(App, AppStatus), Failure> {
    let folder = args.folder().ok_or_else(|| {
        Failure::Usage(
            texts::pick(
                output.language,
                "找不到主文件夹，请用 --data-dir 指定数据文件夹。",
                "There is no home folder; name a data folder with --data-dir.",
            )
            .to_owned(),
        )
    })?;
    let app = App::new(folder.clone(), now);
    let mut progress = |progress: atlas_core::api::types::Progress| {
        if std::io::stderr().is_terminal() && progress.total > 0 {
            let name = texts::phase(output.language, progress.phase);
            let _ = write!(
                std::io::stderr(),
                "\r\x1b[K{name} {}/{}",
                progress.done,
                progress.total
            );
            if progress.done == progress.total {
                let _ = write!(std::io::stderr(), "\r\x1b[K");
            }
        }
        ControlFlow::Continue(())
    };
    let status = match app.open(&mut progress) {
        Err(error) if error.code == ErrorCode::FolderInUse => app.open_beside()?,
        other => other.map_err(|error| unusable(&folder, error))?,
    };
    tell(output, &status.notices);
    Ok((app, status))
}

/// What cannot be a folder at all is no fault of the product: the folder cannot be used, and why.
fn unusable(folder: &Path, error: ApiError) -> ApiError {
    if error.code != ErrorCode::Internal {
        return error;
    }
    let (reason, detail) = match std::fs::metadata(folder) {
        Ok(found) if !found.is_dir() => ("not_a_folder", String::new()),
        Ok(_) => {
            let lock = folder.join("lock");
            let mut options = std::fs::OpenOptions::new();
            match options.create(true).truncate(false).write(true).open(lock) {
                Ok(_) => return error,
                Err(error) => ("not_written", error.to_string()),
            }
        }
        Err(_) => match std::fs::create_dir_all(folder) {
            Ok(()) => return error,
            Err(error) => ("not_made", error.to_string()),
        },
    };
    let path = folder.display().to_string();
    ApiError {
        trace: error.trace,
        ..ApiError::new(ErrorCode::FolderReadOnly)
    }
    .with("path", path)
    .with("reason", reason)
    .with("detail", detail)
}

/// Tells what happened to the data folder.
fn tell(output: &Output, notices: &[Notice]) {
    for notice in notices {
        output.tell(&texts::notice(output.language, notice));
    }
}

/// The time, from the host's clock.
fn now() -> String {
    jiff::Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}

/// Runs a query of the command table.
fn query<T: DeserializeOwned>(app: &App, name: &str, arguments: Value) -> Result<T, Failure> {
    let answer = api::query(app, name, arguments)?;
    serde_json::from_value(answer)
        .map_err(|error| Failure::Api(ApiError::new(ErrorCode::Internal).caused_by(&error)))
}
