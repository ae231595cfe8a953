//! A submission beside the records of the feed: what is new, what changes, what looks like something that is there.

use std::collections::BTreeSet;

use atlas_core::model::{Date, RecordRef};
use atlas_core::submission::bundle::{Submission, Submitted};
use atlas_core::submission::key::fingerprint;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Decided, Inbox};
use crate::feed::error::FeedError;
use crate::feed::folder::Folder;
use crate::feed::lints::{self, Finding};
use crate::feed::records::edits::{self, Edit};
use crate::feed::records::{Draft, Place, read};

/// Field by which a sender finds a record again.
pub(crate) const ORIGIN: &str = "origin";
/// Fields in which a submitted record and a published one differ of themselves.
const OURS: &[&str] = &["id", ORIGIN, "sources", edits::HISTORY];

/// A submission as its reviewer sees it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Review {
    /// Its id.
    pub id: String,
    /// When it was made, as its sender says.
    pub made: String,
    /// Fingerprint of the sender's key.
    pub sender: String,
    /// Since when the sender is known; none when nothing of it was ever accepted.
    pub known_since: Option<String>,
    /// Its records.
    pub records: Vec<Reviewed>,
}

/// A record as its reviewer sees it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Reviewed {
    /// As its sender names it.
    pub origin: RecordRef,
    /// Its name.
    pub name: String,
    /// What its sender kept back.
    pub left_out: Vec<String>,
    /// The record of the feed that it would change: `case/c-1`; none when it is new.
    pub changes: Option<String>,
    /// Fields that would change, with the value that is there and the one that was handed in.
    pub diff: Vec<(String, Value, Value)>,
    /// Records of the feed that may be the same thing, with what they share.
    pub duplicates: Vec<(String, &'static str)>,
    /// What the rules say of it.
    pub findings: Vec<Finding>,
    /// Why it cannot be accepted at all.
    pub barred: Option<Barred>,
    /// What was decided of it.
    pub decided: Option<Decided>,
}

/// Why a record cannot be accepted, whatever it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Barred {
    /// The record was accepted from another sender.
    OtherSender,
    /// A submission made later was accepted already.
    Outdated,
}

/// The records of a feed as they will be published: files with the edits on top.
pub(crate) fn drafts(folder: &Folder) -> Result<Vec<Draft>, FeedError> {
    let mut ignored = Vec::new();
    let mut drafts = read::read(&folder.records(), &mut ignored)?;
    edits::apply(&mut drafts, &edits::read(&folder.edits())?, &mut ignored);
    Ok(drafts)
}

/// Lays a submission beside the feed.
pub(crate) fn review(
    folder: &Folder,
    inbox: &Inbox,
    submission: &Submission,
    now: Timestamp,
) -> Result<Review, FeedError> {
    let drafts = drafts(folder)?;
    let mut records = Vec::new();
    for submitted in &submission.records {
        let barred = barred(inbox, submission, submitted);
        let there = there(inbox, &drafts, folder, &submitted.origin);
        let handed = handed(submitted);
        let findings = findings(&drafts, there, submitted, &folder.config.feed, now)?;
        records.push(Reviewed {
            origin: submitted.origin.clone(),
            name: name(&handed),
            left_out: submitted.left_out.clone(),
            changes: there.map(Draft::reference),
            diff: there.map_or_else(Vec::new, |there| diff(&there.fields, &handed)),
            duplicates: duplicates(&drafts, there, &handed),
            findings,
            barred,
            decided: inbox.of(&submission.id, &submitted.origin).cloned(),
        });
    }
    Ok(Review {
        id: submission.id.clone(),
        made: submission.made.clone(),
        sender: fingerprint(&submission.key),
        known_since: inbox.known_since(&submission.key).map(str::to_owned),
        records,
    })
}

/// Why a record cannot be accepted, if so.
pub(crate) fn barred(
    inbox: &Inbox,
    submission: &Submission,
    submitted: &Submitted,
) -> Option<Barred> {
    let last = inbox.accepted(&submitted.origin)?;
    if last.key != submission.key {
        Some(Barred::OtherSender)
    } else if last.submission != submission.id && last.made > submission.made {
        Some(Barred::Outdated)
    } else {
        None
    }
}

/// The record of the feed that came from this one before.
pub(crate) fn there<'a>(
    inbox: &Inbox,
    drafts: &'a [Draft],
    folder: &Folder,
    origin: &RecordRef,
) -> Option<&'a Draft> {
    let record = inbox.accepted(origin)?.record.as_ref()?;
    let within = format!("{}/", folder.config.feed);
    let record = record.to_string();
    let wanted = record.strip_prefix(&within)?;
    drafts.iter().find(|draft| draft.reference() == wanted)
}

/// The fields as the feed would carry them.
pub(crate) fn handed(submitted: &Submitted) -> Map<String, Value> {
    let mut fields = submitted.record.clone();
    fields.insert(ORIGIN.to_owned(), submitted.origin.to_string().into());
    // What others said of other records is nothing that a sender may bring along.
    for field in [edits::HISTORY, "same_as"] {
        fields.remove(field);
    }
    fields
}

/// What differs, field by field.
pub(crate) fn diff(
    there: &Map<String, Value>,
    handed: &Map<String, Value>,
) -> Vec<(String, Value, Value)> {
    let names: BTreeSet<&String> = there.keys().chain(handed.keys()).collect();
    names
        .into_iter()
        .filter(|name| !OURS.contains(&name.as_str()))
        .filter(|name| told(name, there.get(*name)) != told(name, handed.get(*name)))
        .map(|name| {
            let value = |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
            (name.clone(), value(there), value(handed))
        })
        .collect()
}

/// What a value says: by which source a result stands is the feed's own word.
fn told(field: &str, value: Option<&Value>) -> Option<Value> {
    let mut value = value.cloned();
    if field == "outcomes"
        && let Some(Value::Array(outcomes)) = &mut value
    {
        for outcome in outcomes.iter_mut().filter_map(Value::as_object_mut) {
            outcome.remove("sources");
        }
    }
    value
}

/// The name of a record, Chinese first.
pub(crate) fn name(fields: &Map<String, Value>) -> String {
    let name = fields.get("name");
    ["zh", "en"]
        .into_iter()
        .find_map(|language| name?[language].as_str())
        .unwrap_or_default()
        .to_owned()
}

/// Other records of the kind with the same credit code, name or page.
fn duplicates(
    drafts: &[Draft],
    there: Option<&Draft>,
    handed: &Map<String, Value>,
) -> Vec<(String, &'static str)> {
    let text = |fields: &Map<String, Value>, field: &str| {
        let text = fields
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default();
        text.trim().trim_end_matches('/').to_lowercase()
    };
    let plain = |fields: &Map<String, Value>| {
        let name = name(fields).to_lowercase();
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let mine = there.map(Draft::reference);
    let mut found = Vec::new();
    for draft in drafts {
        let other = draft.fields.get("kind") != handed.get("kind");
        if other || Some(draft.reference()) == mine {
            continue;
        }
        let same = |field: &str| {
            let value = text(handed, field);
            !value.is_empty() && value == text(&draft.fields, field)
        };
        let shared = if same("credit_code") {
            "credit_code"
        } else if !plain(handed).is_empty() && plain(handed) == plain(&draft.fields) {
            "name"
        } else if same("website") {
            "website"
        } else {
            continue;
        };
        found.push((draft.reference(), shared));
    }
    found
}

/// What the rules say of the feed with the record and did not say without.
pub(crate) fn findings(
    drafts: &[Draft],
    there: Option<&Draft>,
    submitted: &Submitted,
    feed: &str,
    now: Timestamp,
) -> Result<Vec<Finding>, FeedError> {
    let today = now.strftime("%Y-%m-%d").to_string();
    let date = Date::parse(&today)
        .map_err(|error| FeedError::new(error.to_string(), error.to_string()))?;
    let mut before = Vec::new();
    lints::check(drafts, feed, &date, &mut before);
    let mut with = drafts.to_vec();
    let fields = handed(submitted);
    let draft = match there {
        Some(there) => {
            let mut draft = there.clone();
            for (field, _, value) in diff(&there.fields, &fields) {
                if value.is_null() {
                    draft.fields.remove(&field);
                } else {
                    draft.fields.insert(field, value);
                }
            }
            with.retain(|other| other.reference() != draft.reference());
            draft
        }
        None => Draft {
            place: Place {
                file: submitted.origin.to_string(),
                row: None,
            },
            fields,
        },
    };
    let reference = draft.reference();
    with.push(draft);
    let mut after = Vec::new();
    // The source that an acceptance adds stands for what has none of its own.
    let vouched: Edit = Edit {
        record: reference.clone(),
        set: Map::new(),
        former: Map::new(),
        by: String::new(),
        source: "submission".to_owned(),
        title: None,
        status: "community".to_owned(),
        date: date.clone(),
    };
    edits::apply(&mut with, &[vouched], &mut after);
    lints::check(&with, feed, &date, &mut after);
    after.retain(|finding| finding.record == reference && !before.contains(finding));
    Ok(after)
}
