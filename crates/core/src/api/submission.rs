//! Submissions: records of the user's own, handed to the publisher of a feed, and the publisher's answer.
//!
//! Invariants: what leaves is what the preview shows, made by the same function; the user's key is made at the first
//! submission and leaves `user.db` for nothing but signing; an answer counts only when a feed that the user added
//! vouches for the key that signed it.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

use super::App;
use super::app::display;
use super::bundle::{file_name, read, replace};
use super::open::Opened;
use super::types::{
    ApiError, ErrorCode, Event, ExportSubmissionRequest, ExportedSubmission, ImportReceiptRequest,
    LeavingRecord, NeedsRequest, Nothing, OwnSort, PreviewSubmissionRequest, ReceiptView,
    SubmissionRow, SubmissionState, Submissions,
};
use crate::feed::{Digest, trust};
use crate::model::{Kind, RecordRef};
use crate::store::user::submissions::{Handed, Leaving, Taken};
use crate::submission::bundle::{self, Submitted};
use crate::submission::key::{SEED, fingerprint};
use crate::submission::{RECEIPT_MAX, RECORDS_MAX, SubmissionError, need, receipt};

/// Drafts that the list of submissions shows.
const DRAFTS_MAX: usize = 200;

pub(super) fn list_submissions(app: &App, _: Nothing) -> Result<Submissions, ApiError> {
    let opened = app.opened()?;
    let feeds: Vec<String> = opened
        .catalog
        .feeds()?
        .into_iter()
        .map(|feed| feed.feed)
        .collect();
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for handed in opened.user.submitted()? {
        seen.insert(handed.reference.clone());
        rows.push(row(&opened, &feeds, handed)?);
    }
    let (drafts, first) = drafts(&opened, &seen)?;
    rows.extend(first);
    let key = opened.user.submission_key()?;
    Ok(Submissions {
        fingerprint: key.map(|key| fingerprint(&key.public())),
        rows,
        drafts,
    })
}

/// How many records were never handed in, and those of them that were changed last.
fn drafts(
    opened: &Opened,
    seen: &BTreeSet<RecordRef>,
) -> Result<(u32, Vec<SubmissionRow>), ApiError> {
    let needs = opened.user.needs(&NeedsRequest::default())?;
    let mut count = needs.len();
    let mut drafts: Vec<(String, RecordRef, String)> = needs
        .into_iter()
        .map(|need| (need.changed, need.reference, need.title))
        .collect();
    let most = u32::try_from(DRAFTS_MAX + seen.len()).unwrap_or(u32::MAX);
    for (kind, records) in opened.user.own_counts()? {
        count += records as usize;
        let Some(kind) = Kind::parse(&kind) else {
            continue;
        };
        for own in opened.user.own_records(kind, OwnSort::Changed, 0, most)? {
            let name = own.record.head().name.any().to_owned();
            drafts.push((own.changed, own.reference, name));
        }
    }
    drafts.retain(|(_, reference, _)| !seen.contains(reference));
    drafts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut handed = 0;
    for reference in seen {
        handed += usize::from(opened.user.own(reference)?.is_some());
    }
    let rows = drafts.into_iter().take(DRAFTS_MAX);
    Ok((
        u32::try_from(count.saturating_sub(handed)).unwrap_or(u32::MAX),
        rows.map(|(_, reference, name)| draft(reference, name))
            .collect(),
    ))
}

fn draft(reference: RecordRef, name: String) -> SubmissionRow {
    SubmissionRow {
        reference,
        name,
        state: SubmissionState::Draft,
        made: String::new(),
        changed: false,
        gone: false,
        published: None,
        reason: String::new(),
    }
}

/// A record that was handed in, as far as it has come.
fn row(opened: &Opened, feeds: &[String], handed: Handed) -> Result<SubmissionRow, ApiError> {
    let now = own_document(opened, &handed.reference)?;
    let accepted = handed
        .answers
        .iter()
        .find_map(|answer| answer.record.clone());
    let rejected = handed.answers.iter().find(|answer| answer.record.is_none());
    let published = opened.published(&handed.reference, feeds.iter())?;
    let published = published.into_iter().next();
    let state = match (&published, &accepted, rejected) {
        (Some(_), ..) => SubmissionState::Published,
        (None, Some(_), _) => SubmissionState::Accepted,
        (None, None, Some(_)) => SubmissionState::Rejected,
        (None, None, None) => SubmissionState::Exported,
    };
    let reason = match (state, rejected) {
        (SubmissionState::Rejected, Some(answer)) => answer.reason.clone(),
        _ => String::new(),
    };
    Ok(SubmissionRow {
        state,
        changed: now.as_ref().is_some_and(|now| now.sha256 != handed.sha256),
        gone: now.is_none(),
        name: now.map_or(handed.name, |now| now.name),
        reference: handed.reference,
        made: handed.made,
        published: published.or(accepted),
        reason,
    })
}

/// A record of the user's own as it is here.
struct Document {
    name: String,
    /// SHA-256 of all of it that could leave, hexadecimal.
    sha256: String,
    what: What,
}

enum What {
    Need(Box<crate::model::NeedForm>),
    Record(Map<String, Value>),
}

fn own_document(opened: &Opened, reference: &RecordRef) -> Result<Option<Document>, ApiError> {
    let internal = |error: serde_json::Error| ApiError::new(ErrorCode::Internal).caused_by(&error);
    let (name, bytes, what) = if reference.is_own_need() {
        let Some(need) = opened.user.need(reference)? else {
            return Ok(None);
        };
        let bytes = serde_json::to_vec(&need.form).map_err(internal)?;
        let name = need.form.title.clone();
        (name, bytes, What::Need(Box::new(need.form)))
    } else {
        let Some(document) = opened.user.own_document(reference)? else {
            return Ok(None);
        };
        let record: Map<String, Value> = serde_json::from_str(&document).map_err(internal)?;
        let name = name_of(&record);
        (name, document.into_bytes(), What::Record(record))
    };
    Ok(Some(Document {
        name,
        sha256: Digest::of(&bytes).to_string(),
        what,
    }))
}

/// What leaves, with what is kept about it here.
fn leaving(
    opened: &Opened,
    request: &PreviewSubmissionRequest,
) -> Result<Vec<(Submitted, Leaving)>, ApiError> {
    let refs: BTreeSet<RecordRef> = request.refs.iter().cloned().collect();
    if refs.is_empty() || refs.len() > RECORDS_MAX {
        return Err(super::matching::refused("refs", RECORDS_MAX));
    }
    let mut leaving = Vec::new();
    for reference in &refs {
        let Some(document) = own_document(opened, reference)? else {
            return Err(super::matching::not_found(reference));
        };
        let submitted = match document.what {
            What::Need(form) if !form.consent => {
                return Err(ApiError::new(ErrorCode::BadRequest)
                    .with("reason", "consent")
                    .with("ref", reference.to_string())
                    .with("name", document.name));
            }
            What::Need(form) => need::of_need(reference, &form, request.masked),
            What::Record(record) => need::of_record(reference, record, &refs, request.contact),
        };
        let kept = (
            reference.clone(),
            name_of(&submitted.record),
            document.sha256,
        );
        leaving.push((submitted, kept));
    }
    Ok(leaving)
}

/// The name of a record, Chinese first.
fn name_of(record: &Map<String, Value>) -> String {
    let name = record.get("name");
    ["zh", "en"]
        .into_iter()
        .find_map(|language| name?[language].as_str())
        .unwrap_or_default()
        .to_owned()
}

pub(super) fn preview_submission(
    app: &App,
    request: PreviewSubmissionRequest,
) -> Result<Vec<LeavingRecord>, ApiError> {
    let opened = app.opened()?;
    let leaving = leaving(&opened, &request)?;
    let shown = leaving
        .into_iter()
        .map(|(submitted, (reference, name, _))| LeavingRecord {
            reference,
            name,
            left_out: submitted.left_out,
            fields: submitted.record.into_iter().collect::<BTreeMap<_, _>>(),
        });
    Ok(shown.collect())
}

impl App {
    /// Writes a submission; either whole or not at all. `seed` becomes the user's key where there is none yet.
    ///
    /// # Errors
    /// `NotFound` when one of the records is not there, `BadRequest` when one may not leave, those of writing.
    pub fn export_submission(
        &self,
        request: &ExportSubmissionRequest,
        seed: &[u8; SEED],
    ) -> Result<ExportedSubmission, ApiError> {
        let opened = self.opened()?;
        let now = self.now();
        let (submitted, kept): (Vec<Submitted>, Vec<Leaving>) =
            leaving(&opened, &request.what)?.into_iter().unzip();
        let path = Path::new(&request.path);
        let key = opened.user.make_submission_key(seed, &now);
        let key = key.map_err(|error| self.explain(error.into()))?;
        let (id, bytes) =
            bundle::write(&submitted, &key, &now).map_err(|error| refused(path, &error))?;
        replace(path, &bytes)?;
        let logged = opened.user.keep_submission(&id, &now, &kept);
        logged.map_err(|error| self.explain(error.into()))?;
        let records = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        self.note(&Event::Export {
            what: "submission".to_owned(),
            format: "atlassub".to_owned(),
            file: file_name(path),
            records,
            private: request.what.contact,
        });
        Ok(ExportedSubmission {
            id,
            path: request.path.clone(),
            records,
            fingerprint: fingerprint(&key.public()),
        })
    }

    /// Takes a publisher's answer in.
    ///
    /// # Errors
    /// `BadRequest` when the file is no receipt, was changed, answers somebody else, comes from no publisher of a feed that
    /// was added, or is not newer than what is here; `TooNew` when a newer version wrote it; those of writing.
    pub fn import_receipt(&self, request: &ImportReceiptRequest) -> Result<ReceiptView, ApiError> {
        let path = Path::new(&request.path);
        let signed =
            receipt::read(&read(path, RECEIPT_MAX)?).map_err(|error| refused(path, &error))?;
        let receipt::Signed { answer, key } = signed;
        let refuse = |reason: &str| {
            Err(ApiError::new(ErrorCode::BadRequest)
                .with("reason", reason)
                .with("feed", answer.feed.clone())
                .with("path", display(path)))
        };
        let opened = self.opened()?;
        let mine = opened.user.submission_key()?.map(|key| key.public());
        if mine.as_ref() != Some(&answer.sender) {
            return refuse("receipt_foreign");
        }
        let Some(root) = root(&opened, &answer.feed)? else {
            return refuse("receipt_unknown_feed");
        };
        if !trust::keys(&root, "timestamp").contains(&key) {
            return refuse("receipt_key");
        }
        let taken = opened.user.keep_answer(&answer);
        match taken.map_err(|error| self.explain(error.into()))? {
            Taken::Kept => {}
            Taken::Unknown => return refuse("receipt_foreign"),
            Taken::Replayed => return refuse("receipt_replayed"),
        }
        let accepted = answer
            .decisions
            .iter()
            .filter(|one| one.record.is_some())
            .count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(ReceiptView {
            accepted: count(accepted),
            rejected: count(answer.decisions.len() - accepted),
            feed: answer.feed,
            made: answer.made,
        })
    }
}

/// The newest root of a feed that was verified here.
fn root(opened: &Opened, feed: &str) -> Result<Option<Vec<u8>>, ApiError> {
    let sources = opened.trust.sources()?;
    let Some(source) = sources.into_iter().find(|source| source.feed == feed) else {
        return Ok(None);
    };
    Ok(opened
        .trust
        .metadata(feed, "root.json")?
        .or(Some(source.root)))
}

fn refused(path: &Path, error: &SubmissionError) -> ApiError {
    let bad = |reason: &str| ApiError::new(ErrorCode::BadRequest).with("reason", reason);
    let api = match error {
        SubmissionError::TooNew(version) => {
            ApiError::new(ErrorCode::TooNew).with("version", version.to_string())
        }
        SubmissionError::TooLarge { what, limit } => bad("too_large")
            .with("field", *what)
            .with("limit", limit.to_string()),
        SubmissionError::Foreign(_) => bad("no_receipt"),
        SubmissionError::Signature => bad("receipt_changed"),
        SubmissionError::Record { at, reason } => bad("record")
            .with("record", at.to_string())
            .with("detail", reason.clone()),
    };
    api.with("path", display(path)).caused_by(error)
}
