//! `atlas work`: the user's own needs; handing them to a colleague and taking a colleague's in.

use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

use atlas_core::api::types::{
    ApiError, ErrorCode, ExportWorkRequest, ImportWorkRequest, NeedRow, ReceivedNeed,
};
use atlas_core::model::RecordRef;
use clap::Subcommand;
use serde_json::json;

use super::sync::open_to_write;
use crate::args::Args;
use crate::output::{Failure, Output};
use crate::texts::{pick, work as says};

/// What to do with needs.
#[derive(Debug, Subcommand)]
pub enum Work {
    /// List needs, most recently changed first.
    List {
        /// Only needs whose title, text, enterprise or note contain this.
        #[arg(long, default_value = "", value_name = "TEXT")]
        text: String,
        /// Only needs of this status. Repeat for more.
        #[arg(long, value_name = "S", value_parser = ["draft", "interest", "contact", "trial", "pilot", "contract", "dropped"])]
        status: Vec<String>,
    },
    /// Write needs with the work on them into a file (.atlaswork).
    Export {
        /// The file to write.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Needs, as `list` prints them; all when none is named.
        #[arg(value_name = "REF")]
        refs: Vec<RecordRef>,
        /// Leave out the texts that needs were read from, and names of enterprises that are masked.
        #[arg(long)]
        masked: bool,
    },
    /// Take in the needs of a file that are new or newer.
    Import {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Change nothing; tell what would be done.
        #[arg(long)]
        dry_run: bool,
    },
}

/// Runs a command on needs.
pub fn work(args: &Args, command: &Work, output: &mut Output) -> Result<ExitCode, Failure> {
    match command {
        Work::List { text, status } => {
            let (app, _) = super::open(args, output)?;
            let request = json!({ "text": text, "status": status });
            let needs: Vec<NeedRow> = super::query(&app, "list_needs", request)?;
            if output.json {
                output.value(&needs)?;
            } else {
                for need in &needs {
                    print(need, "", output)?;
                }
            }
            Ok(found(needs.is_empty()))
        }
        Work::Export { file, refs, masked } => {
            let (app, _) = super::open(args, output)?;
            let mut refs = refs.clone();
            if refs.is_empty() {
                let needs: Vec<NeedRow> = super::query(&app, "list_needs", json!({}))?;
                refs = needs.into_iter().map(|need| need.reference).collect();
            }
            if refs.is_empty() {
                return Ok(found(true));
            }
            let request = ExportWorkRequest {
                refs,
                path: path(file)?,
                masked: *masked,
            };
            app.export_work(&request)
                .map_err(|error| explained(error, output))?;
            let count = request.refs.len();
            output.tell(&match output.language {
                crate::args::Language::Zh => format!("已写出 {count} 条需求。"),
                crate::args::Language::En => format!("{count} needs written."),
            });
            Ok(ExitCode::SUCCESS)
        }
        Work::Import { file, dry_run } => import(args, file, *dry_run, output),
    }
}

fn import(
    args: &Args,
    file: &Path,
    dry_run: bool,
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    let app = if dry_run {
        super::open(args, output)?.0
    } else {
        open_to_write(args, output)?
    };
    let request = ImportWorkRequest { path: path(file)? };
    let received: Vec<ReceivedNeed> = app
        .inspect_work(&request)
        .map_err(|error| explained(error, output))?;
    if !dry_run {
        app.import_work(&request)
            .map_err(|error| explained(error, output))?;
    }
    if output.json {
        output.value(&received)?;
    } else {
        for one in &received {
            let what = says::received(output.language, one.received);
            print(&one.need, what, output)?;
        }
    }
    Ok(found(received.is_empty()))
}

fn print(need: &NeedRow, what: &str, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let next = need.next.as_ref().map(|next| {
        let label = pick(language, "下一步", "next");
        format!("{label} {next}")
    });
    let parts = [
        Some(what.to_owned()),
        Some(says::status(language, need.status).to_owned()),
        Some(need.title.clone()),
        Some(need.enterprise.clone()),
        next,
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    output.line(&parts.join(" · "))?;
    output.line(&format!("      {}", need.reference))
}

/// An error in the words for work bundles, where there are any.
fn explained(error: ApiError, output: &Output) -> Failure {
    if error.code == ErrorCode::BadRequest
        && let Some(text) = says::refused(output.language, &error.facts)
    {
        return Failure::Refused(text);
    }
    Failure::Api(error)
}

fn path(file: &Path) -> Result<String, Failure> {
    let usage = || Failure::Usage(file.display().to_string());
    let path = absolute(file).map_err(|_| usage())?;
    path.to_str().map(str::to_owned).ok_or_else(usage)
}

fn found(nothing: bool) -> ExitCode {
    if nothing {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
