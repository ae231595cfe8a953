//! Accepting and rejecting: the decision is written down, the records follow it, and the sender gets a signed receipt.
//!
//! A new record becomes a file of its own; an older one is corrected, as by `atlas feed correct`: the former values, who
//! accepted it and by which source stay with it. Whatever stops half way is done again by the same command.

use std::path::PathBuf;

use atlas_core::model::{Date, RecordRef};
use atlas_core::submission::bundle::{Submission, Submitted};
use atlas_core::submission::receipt::{self, Answer, Decision};
use atlas_core::submission::{REASON_MAX, key};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::review::{self, Barred, ORIGIN};
use super::{Decided, Inbox};
use crate::feed::error::{FeedError, content};
use crate::feed::folder::{self, Folder};
use crate::feed::keys::Key;
use crate::feed::lints::Finding;
use crate::feed::records::Draft;
use crate::feed::records::edits::{self, Edit};

/// What is decided, of which records.
pub(crate) struct Verdict<'a> {
    /// Only these records of the submission; all when empty.
    pub only: &'a [RecordRef],
    /// Why they are rejected; none when they are accepted.
    pub reason: Option<&'a str>,
    /// The record of the feed into which an accepted one goes: `case/c-1`.
    pub into: Option<&'a str>,
    /// Who decides.
    pub by: &'a str,
    /// The source under which accepted facts stand; the submission itself when absent.
    pub source: Option<&'a str>,
    /// How far they were verified.
    pub status: &'a str,
}

/// What came of it.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Outcome {
    /// The submission.
    pub id: String,
    /// What was decided now.
    pub decided: Vec<Decided>,
    /// What stops records from being accepted; then nothing was decided.
    pub findings: Vec<Finding>,
    /// The receipt for the sender.
    pub receipt: Option<PathBuf>,
}

/// Decides, writes, and answers.
pub(crate) fn decide(
    folder: &Folder,
    submission: &Submission,
    verdict: &Verdict<'_>,
    key: &Key,
    now: Timestamp,
) -> Result<Outcome, FeedError> {
    let mut inbox = Inbox::open(folder)?;
    let chosen = chosen(submission, verdict)?;
    if let Some(reason) = verdict.reason
        && (reason.trim().is_empty() || reason.chars().count() > REASON_MAX)
    {
        return Err(FeedError::new(
            format!("拒绝须说明理由，最多 {REASON_MAX} 字。"),
            format!("A rejection has a reason, of at most {REASON_MAX} characters."),
        ));
    }
    let drafts = review::drafts(folder)?;
    let mut findings = Vec::new();
    let mut steps = Vec::new();
    for submitted in chosen {
        undecided(&inbox, submission, submitted)?;
        if verdict.reason.is_some() {
            steps.push((submitted, None));
            continue;
        }
        let there = target(&inbox, &drafts, folder, submission, submitted, verdict)?;
        let found = review::findings(&drafts, there, submitted, &folder.config.feed, now)?;
        findings.extend(found.into_iter().filter(|finding| finding.rule.stops()));
        steps.push((submitted, Some(there)));
    }
    let id = submission.id.clone();
    if !findings.is_empty() {
        return Ok(Outcome {
            id,
            decided: Vec::new(),
            findings,
            receipt: None,
        });
    }
    let made = answered(&inbox, &id, now);
    let mut decided = Vec::new();
    for (submitted, target) in steps {
        let record = match target {
            None => None,
            Some(there) => Some(accept(folder, submission, submitted, there, verdict, now)?),
        };
        decided.push(Decided {
            submission: id.clone(),
            key: submission.key.clone(),
            made: submission.made.clone(),
            origin: submitted.origin.clone(),
            record,
            reason: verdict.reason.unwrap_or_default().trim().to_owned(),
            by: verdict.by.to_owned(),
            answered: made.clone(),
        });
    }
    inbox.append(&decided)?;
    inbox.decided.extend(decided.iter().cloned());
    let receipt = answer(folder, &inbox, submission, key, &made)?;
    Ok(Outcome {
        id,
        decided,
        findings,
        receipt: Some(receipt),
    })
}

/// The records that a verdict is about.
fn chosen<'a>(
    submission: &'a Submission,
    verdict: &Verdict<'_>,
) -> Result<Vec<&'a Submitted>, FeedError> {
    for only in verdict.only {
        if !submission.records.iter().any(|one| one.origin == *only) {
            return Err(FeedError::new(
                format!("提交包中没有 {only}。"),
                format!("There is no {only} in the submission."),
            ));
        }
    }
    let all = submission.records.iter();
    let chosen: Vec<&Submitted> = all
        .filter(|one| verdict.only.is_empty() || verdict.only.contains(&one.origin))
        .collect();
    if verdict.into.is_some() && chosen.len() != 1 {
        return Err(FeedError::new(
            "--into 只能用于一条记录：请用 --only 指出。",
            "--into is about one record: name it with --only.",
        ));
    }
    Ok(chosen)
}

/// A record is decided once per submission, and not by what came before.
fn undecided(
    inbox: &Inbox,
    submission: &Submission,
    submitted: &Submitted,
) -> Result<(), FeedError> {
    let origin = &submitted.origin;
    if inbox.of(&submission.id, origin).is_some() {
        let receipt = inbox.receipt(&submission.id);
        return Err(FeedError::new(
            format!(
                "{origin} 在此提交包中已有决定；回执在 {}。",
                receipt.display()
            ),
            format!(
                "{origin} of this submission was decided already; the receipt is {}.",
                receipt.display()
            ),
        ));
    }
    match review::barred(inbox, submission, submitted) {
        None => Ok(()),
        Some(Barred::OtherSender) => Err(FeedError::new(
            format!("{origin} 已由另一把密钥提交并被接受，此提交不能改动它。"),
            format!(
                "{origin} was accepted from another sender's key; this submission cannot change it."
            ),
        )),
        Some(Barred::Outdated) => Err(FeedError::new(
            format!("{origin} 已接受过更晚的提交，这一份已过时。"),
            format!("A later submission of {origin} was accepted already; this one is outdated."),
        )),
    }
}

/// The record of the feed that an accepted one changes; none when it is new.
fn target<'a>(
    inbox: &Inbox,
    drafts: &'a [Draft],
    folder: &Folder,
    submission: &Submission,
    submitted: &Submitted,
    verdict: &Verdict<'_>,
) -> Result<Option<&'a Draft>, FeedError> {
    let Some(into) = verdict.into else {
        let there = review::there(inbox, drafts, folder, &submitted.origin);
        // Written before, and stopped before it was written down.
        let own = format!("{}/{}", submitted.origin.kind, submitted.origin.id);
        return Ok(there.or_else(|| drafts.iter().find(|draft| draft.reference() == own)));
    };
    let within = format!("{}/", folder.config.feed);
    let wanted = into.strip_prefix(&within).unwrap_or(into);
    let found = drafts.iter().find(|draft| draft.reference() == wanted);
    let kind = format!("{}/", submitted.origin.kind);
    let found = found.filter(|_| wanted.starts_with(&kind));
    found.map(Some).ok_or_else(|| {
        FeedError::new(
            format!(
                "目录源中没有同类记录 {wanted}，{} 不能并入。",
                short(&submission.id)
            ),
            format!(
                "The feed has no record {wanted} of that kind to take {} in.",
                short(&submission.id)
            ),
        )
    })
}

/// The first characters of an id, enough for people.
pub(crate) fn short(id: &str) -> &str {
    id.get(..12).unwrap_or(id)
}

/// Puts a record into the folder of records and answers its reference.
fn accept(
    folder: &Folder,
    submission: &Submission,
    submitted: &Submitted,
    there: Option<&Draft>,
    verdict: &Verdict<'_>,
    now: Timestamp,
) -> Result<RecordRef, FeedError> {
    let fields = review::handed(submitted);
    let reference = there.map_or_else(
        || format!("{}/{}", submitted.origin.kind, submitted.origin.id),
        Draft::reference,
    );
    let (mut set, mut former) = (Map::new(), Map::new());
    match there {
        None => {
            let name = format!("{}.json", submitted.origin.id);
            let path = folder.records().join("submitted").join(name);
            let text =
                serde_json::to_string_pretty(&fields).map_err(|error| content(&path, error))?;
            folder::write(&path, format!("{text}\n").as_bytes())?;
        }
        Some(there) => {
            let mut changes = review::diff(&there.fields, &fields);
            let (before, after) = origins(there, &fields);
            if before != after {
                changes.push((ORIGIN.to_owned(), before, after));
            }
            for (field, before, after) in changes {
                // What a sender does not say of a record that is not its own alone is no reason to forget it.
                if after.is_null() && verdict.into.is_some() {
                    continue;
                }
                former.insert(field.clone(), before);
                set.insert(field, after);
            }
        }
    }
    let today = now.strftime("%Y-%m-%d").to_string();
    let date = Date::parse(&today)
        .map_err(|error| FeedError::new(error.to_string(), error.to_string()))?;
    let sender = key::fingerprint(&submission.key);
    let own = format!("提交 {}（密钥 {}）", short(&submission.id), short(&sender));
    edits::append(
        &folder.edits(),
        &Edit {
            record: reference.clone(),
            set,
            former,
            by: verdict.by.to_owned(),
            source: verdict.source.map_or(own, str::to_owned),
            title: None,
            status: verdict.status.to_owned(),
            date,
        },
    )?;
    RecordRef::resolve(&folder.config.feed, &reference)
        .map_err(|error| FeedError::new(error.to_string(), error.to_string()))
}

/// Where a record came from, before and after: a record into which several went names them all.
fn origins(there: &Draft, handed: &Map<String, Value>) -> (Value, Value) {
    let before = there.fields.get(ORIGIN).cloned().unwrap_or_default();
    let own = handed.get(ORIGIN).cloned().unwrap_or_default();
    let after = match &before {
        Value::Null => own,
        Value::Array(all) if all.contains(&own) => before.clone(),
        Value::Array(all) => all.iter().cloned().chain([own]).collect(),
        one if *one == own => own,
        one => Value::Array(vec![one.clone(), own]),
    };
    (before, after)
}

/// When the next receipt of a submission is made: later than its last one, even within a second.
fn answered(inbox: &Inbox, id: &str, now: Timestamp) -> String {
    let last = inbox.decided.iter().filter(|one| one.submission == id);
    let last = last
        .filter_map(|one| one.answered.parse::<Timestamp>().ok())
        .max();
    let next = last.and_then(|last| last.checked_add(SignedDuration::from_secs(1)).ok());
    let made = next.map_or(now, |next| next.max(now));
    made.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Writes the receipt: everything that was decided of the submission so far.
fn answer(
    folder: &Folder,
    inbox: &Inbox,
    submission: &Submission,
    key: &Key,
    made: &str,
) -> Result<PathBuf, FeedError> {
    let decisions = submission.records.iter().filter_map(|one| {
        let decided = inbox.of(&submission.id, &one.origin)?;
        Some(Decision {
            origin: one.origin.clone(),
            record: decided.record.clone(),
            reason: decided.reason.clone(),
        })
    });
    let answer = Answer {
        feed: folder.config.feed.clone(),
        submission: submission.id.clone(),
        sender: submission.key.clone(),
        made: made.to_owned(),
        decisions: decisions.collect(),
    };
    let path = inbox.receipt(&submission.id);
    let bytes = receipt::write(&answer, &key.public(), |bytes| key.sign(bytes))
        .map_err(|error| content(&path, error))?;
    folder::write(&path, &bytes)?;
    Ok(path)
}
