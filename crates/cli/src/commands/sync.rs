//! `atlas sync`: brings feeds up to date, from their addresses or from a file that somebody brought.

use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::absolute;
use std::process::ExitCode;

use atlas_core::api::App;
use atlas_core::api::types::{
    ApiError, AppStatus, ErrorCode, ImportRequest, SyncOutcome, SyncPhase, SyncProgress,
    SyncReport, SyncRequest, SyncResult,
};

use crate::args::{Args, Sync};
use crate::output::{Failure, Output};
use crate::texts::{self, pick};

/// Syncs, and prints one outcome a feed.
pub fn sync(args: &Args, request: &Sync, output: &mut Output) -> Result<ExitCode, Failure> {
    let app = open_to_write(args, output)?;
    let language = output.language;
    let mut progress = |progress: SyncProgress| {
        if std::io::stderr().is_terminal() {
            let name = texts::feeds::phase(language, progress.phase);
            let (done, total) = (progress.done, progress.total);
            let unit = if progress.phase == SyncPhase::Download {
                " B"
            } else {
                ""
            };
            let line = if total > 0 {
                format!(" {done}/{total}{unit}")
            } else {
                String::new()
            };
            let _ = write!(std::io::stderr(), "\r\x1b[K{} {name}{line}", progress.feed);
            if total > 0 && done == total {
                let _ = write!(std::io::stderr(), "\r\x1b[K");
            }
        }
        ControlFlow::Continue(())
    };
    let report = if let Some(path) = &request.bundle {
        let path = absolute(path)?;
        if !path.exists() {
            return Err(Failure::Refused(texts::feeds::no_file(language, &path)));
        }
        let import = ImportRequest {
            path: path.display().to_string(),
            allow_expired: request.allow_expired,
            fingerprint: request.fingerprint.clone(),
        };
        let outcome = app.import_bundle(&import, &mut progress)?;
        SyncReport {
            feeds: vec![outcome],
        }
    } else {
        super::feeds::asked(&app, &request.feeds, language)?;
        let wanted = SyncRequest {
            feeds: request.feeds.clone(),
        };
        app.sync(&wanted, &mut progress)?
    };
    if output.json {
        output.value(&report)?;
    } else {
        for outcome in &report.feeds {
            print(outcome, output)?;
        }
    }
    if report.feeds.is_empty() {
        output.tell(pick(
            language,
            "没有可同步的来源。用 atlas feed add 添加一个。",
            "There is no feed to sync. Add one with `atlas feed add`.",
        ));
        return Ok(ExitCode::from(1));
    }
    let good = |outcome: &SyncOutcome| {
        matches!(outcome.result, SyncResult::Updated | SyncResult::Unchanged)
    };
    Ok(if report.feeds.iter().all(good) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(4)
    })
}

fn print(outcome: &SyncOutcome, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    output.line(&texts::feeds::outcome(language, outcome))?;
    if let Some(problem) = &outcome.problem {
        output.line(&format!("  {}", texts::feeds::problem(language, problem)))?;
    }
    for failed in &outcome.failed {
        output.line(&format!(
            "  {}: {}",
            failed.address,
            texts::feeds::problem(language, &failed.problem)
        ))?;
    }
    if let Some(notice) = &outcome.notice {
        output.line(&format!("  {}", texts::text(language, notice)))?;
    }
    Ok(())
}

/// Opens the data folder for work that reading beside another program cannot do.
pub(super) fn open_to_write(args: &Args, output: &Output) -> Result<App, Failure> {
    let (app, status): (App, AppStatus) = super::open(args, output)?;
    if status.read_only {
        let path = status.paths.get("folder").cloned().unwrap_or_default();
        return Err(ApiError::new(ErrorCode::FolderInUse)
            .with("path", path)
            .into());
    }
    Ok(app)
}
