//! `atlas submit` and `atlas receipt`: records of the user's own on their way into a feed.

use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

use atlas_core::api::types::{
    ApiError, ErrorCode, ExportSubmissionRequest, ImportReceiptRequest, LeavingRecord,
    PreviewSubmissionRequest, Submissions,
};
use atlas_core::model::RecordRef;
use atlas_core::submission::key::SEED;
use serde_json::json;

use super::sync::open_to_write;
use crate::args::{Args, Language};
use crate::output::{Failure, Output};
use crate::texts::{pick, submission as says, term};

/// What to hand in.
#[derive(Debug, clap::Args)]
pub struct Submit {
    /// The file to write (.atlassub); without one, what was handed in and what came of it is listed.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Records of your own, as the list prints them.
    #[arg(value_name = "REF", requires = "file")]
    refs: Vec<RecordRef>,
    /// Leave the enterprise's name, phone numbers and mailboxes out of needs.
    #[arg(long)]
    masked: bool,
    /// Hand the contact of organisations in as well.
    #[arg(long)]
    contact: bool,
    /// Write nothing; print every field that would leave.
    #[arg(long)]
    dry_run: bool,
}

/// Hands records in, or lists what was.
pub fn submit(args: &Args, request: &Submit, output: &mut Output) -> Result<ExitCode, Failure> {
    let Some(file) = &request.file else {
        return list(args, output);
    };
    let what = PreviewSubmissionRequest {
        refs: request.refs.clone(),
        masked: request.masked,
        contact: request.contact,
    };
    if request.dry_run {
        let (app, _) = super::open(args, output)?;
        let leaving = super::query(&app, "preview_submission", json!(what));
        let leaving: Vec<LeavingRecord> = leaving.map_err(|failure| named(failure, output))?;
        return preview(&leaving, output);
    }
    let app = open_to_write(args, output)?;
    let mut seed = [0; SEED];
    aws_lc_rs::rand::fill(&mut seed)
        .map_err(|error| Failure::Api(ApiError::new(ErrorCode::Internal).caused_by(&error)))?;
    let request = ExportSubmissionRequest {
        what,
        path: path(file)?,
    };
    let written = app
        .export_submission(&request, &seed)
        .map_err(|error| explained(error, output))?;
    if output.json {
        output.value(&written)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (records, id, fingerprint) = (written.records, &written.id, &written.fingerprint);
    let lines = match output.language {
        Language::Zh => [
            format!("已写出提交 {id}：{records} 条记录，{}", written.path),
            format!("密钥指纹 {fingerprint}"),
            "请把文件交给目录源的发布者，并由另一渠道告诉对方指纹。".to_owned(),
        ],
        Language::En => [
            format!(
                "Submission {id} written: {records} records, {}",
                written.path
            ),
            format!("Key fingerprint {fingerprint}"),
            "Give the file to the publisher of the feed, and the fingerprint on another way."
                .to_owned(),
        ],
    };
    lines.iter().try_for_each(|line| output.line(line))?;
    Ok(ExitCode::SUCCESS)
}

fn list(args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let (app, _) = super::open(args, output)?;
    let list: Submissions = super::query(&app, "list_submissions", json!({}))?;
    if output.json {
        output.value(&list)?;
    } else {
        let language = output.language;
        if let Some(fingerprint) = &list.fingerprint {
            output.line(&format!(
                "{} {fingerprint}",
                pick(language, "密钥指纹", "Key fingerprint")
            ))?;
        }
        for row in &list.rows {
            let kind = term(language, "kind", &row.reference.kind);
            let changed = row
                .changed
                .then(|| pick(language, "此后有改动", "changed since").to_owned());
            let published = row.published.as_ref().map(ToString::to_string);
            let parts = [
                Some(says::state(language, row.state).to_owned()),
                Some(format!("{kind} {}", row.name)),
                row.made.get(..10).map(str::to_owned),
                published,
                changed,
                Some(row.reason.clone()),
            ];
            let parts: Vec<String> = parts
                .into_iter()
                .flatten()
                .filter(|part| !part.is_empty())
                .collect();
            output.line(&parts.join(" · "))?;
            output.line(&format!("      {}", row.reference))?;
        }
    }
    Ok(if list.rows.is_empty() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// Every field that leaves, and the names of those that stay.
fn preview(leaving: &[LeavingRecord], output: &mut Output) -> Result<ExitCode, Failure> {
    if output.json {
        output.value(&leaving)?;
        return Ok(ExitCode::SUCCESS);
    }
    for record in leaving {
        output.line(&format!("{} {}", record.reference, record.name))?;
        for (field, value) in &record.fields {
            output.line(&format!("    {field}: {value}"))?;
        }
        if !record.left_out.is_empty() {
            let label = pick(output.language, "不随提交包发出：", "stays here: ");
            output.line(&format!("    {label}{}", record.left_out.join(", ")))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Takes a publisher's answer in.
pub fn receipt(args: &Args, file: &Path, output: &mut Output) -> Result<ExitCode, Failure> {
    let app = open_to_write(args, output)?;
    let request = ImportReceiptRequest { path: path(file)? };
    let view = app
        .import_receipt(&request)
        .map_err(|error| explained(error, output))?;
    if output.json {
        output.value(&view)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (feed, accepted, rejected) = (&view.feed, view.accepted, view.rejected);
    output.line(&match output.language {
        Language::Zh => format!("{feed} 的回执：接受 {accepted} 条，退回 {rejected} 条。"),
        Language::En => format!("Receipt of {feed}: {accepted} accepted, {rejected} rejected."),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// An error in the words for submissions, where there are any.
fn explained(error: ApiError, output: &Output) -> Failure {
    if error.code == ErrorCode::BadRequest
        && let Some(text) = says::refused(output.language, &error.facts)
    {
        return Failure::Refused(text);
    }
    Failure::Api(error)
}

fn named(failure: Failure, output: &Output) -> Failure {
    match failure {
        Failure::Api(error) => explained(error, output),
        other => other,
    }
}

fn path(file: &Path) -> Result<String, Failure> {
    let usage = || Failure::Usage(file.display().to_string());
    let path = absolute(file).map_err(|_| usage())?;
    path.to_str().map(str::to_owned).ok_or_else(usage)
}
