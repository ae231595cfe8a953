//! A need as it is stored: one document with all the work on it, and what it may hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::refused;
use crate::api::types::{Happening, HistoryEntry, MatchRecord, NeedRow, Weighing};
use crate::model::{Choice, Date, NeedForm, NeedStatus, Record, RecordRef, Text};
use crate::store::StoreError;

/// Longest text of a need, and of its form, in bytes.
pub const TEXT_MAX: usize = 64 * 1024;
/// Longest note and reason, in bytes.
pub const NOTE_MAX: usize = 16 * 1024;
/// Longest title and name of an enterprise, in bytes.
const LINE_MAX: usize = 4 * 1024;
/// Most codes of one constraint.
const CODES_MAX: usize = 64;
/// Most records on a shortlist.
pub const SHORTLIST_MAX: usize = 200;
/// Most lines of history; the oldest but the first give way.
pub const HISTORY_MAX: usize = 500;

/// A need with all the work on it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The form; its status is that of the work.
    pub form: NeedForm,
    /// The text from which it was read.
    pub text: String,
    /// The user's note.
    pub note: String,
    /// When something has to be done next.
    pub next: Option<Date>,
    /// Why it was given up.
    pub reason: String,
    /// When it was written down (ISO 8601).
    pub created: String,
    /// When it was last changed (ISO 8601).
    pub changed: String,
    /// Records on the shortlist, oldest first.
    pub shortlist: Vec<Kept>,
    /// What happened, oldest first.
    pub history: Vec<HistoryEntry>,
    /// The hits last looked at, by the target of the match.
    pub standings: BTreeMap<String, Standing>,
    /// The weights with which it is matched.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub weighing: Weighing,
}

fn is_usual(weighing: &Weighing) -> bool {
    *weighing == Weighing::default()
}

/// A record on a shortlist, with a whole copy so that it outlives its feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// When it was added (ISO 8601).
    pub added: String,
    /// What the user noted about it.
    pub note: String,
    /// The record as it was then.
    pub record: Value,
}

/// The first hits of a match as they were when it was last looked at, and what it was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// When (ISO 8601).
    pub at: String,
    /// SHA-256 of the form as JSON.
    pub form: String,
    /// Revision of the catalog.
    pub revision: u32,
    /// Weight of each criterion.
    pub weights: BTreeMap<String, f64>,
    /// The hits, best first.
    pub hits: Vec<StandingHit>,
}

/// One of the first hits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingHit {
    /// The record as it was named then.
    pub record: MatchRecord,
    /// What each criterion added.
    pub contributions: BTreeMap<String, f64>,
    /// The whole record as it was then, so that it outlives its feed; none in what older versions kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<Value>,
}

impl Kept {
    /// The copy, read; none when it is of a kind that this version does not know.
    pub fn read(&self) -> Option<Record> {
        serde_json::from_value(self.record.clone()).ok()
    }

    /// The record as it is named.
    pub(super) fn named(&self) -> Option<MatchRecord> {
        let record = self.read()?;
        let name = &record.head().name;
        Some(MatchRecord {
            reference: self.reference.clone(),
            kind: record.kind(),
            name: Text {
                zh: name.zh.clone(),
                en: name.en.clone(),
            },
        })
    }
}

/// Whether weights are such as may be kept.
pub(super) fn fit(weighing: &Weighing) -> bool {
    let weights = &weighing.weights;
    weights.len() <= CODES_MAX && weights.values().all(|one| one.is_finite() && *one >= 0.0)
}

impl Need {
    /// Appends to the history.
    pub fn happened(&mut self, what: Happening, at: &str) {
        self.history.push(HistoryEntry {
            at: at.to_owned(),
            what,
        });
        if self.history.len() > HISTORY_MAX {
            // The first line says where the need came from.
            self.history.remove(1);
        }
    }

    /// The need as lists and the board show it.
    pub fn row(&self, reference: &RecordRef) -> NeedRow {
        NeedRow {
            reference: reference.clone(),
            title: self.form.title.clone(),
            enterprise: self.form.enterprise.clone(),
            masked: self.form.masked,
            status: self.form.status,
            reason: self.reason.clone(),
            next: self.next.clone(),
            deadline: self.form.deadline.date.clone(),
            expires: self.form.expires.clone(),
            shortlisted: self.shortlist.len() as u32,
            changed: self.changed.clone(),
        }
    }

    /// The need as a record, for the index and for whoever shows it beside others.
    pub fn record(&self, reference: &RecordRef) -> Record {
        let mut record = self.form.record();
        record.head.id.clone_from(&reference.id);
        record.noticed = self.created.get(..10).and_then(|day| Date::parse(day).ok());
        Record::Need(Box::new(record))
    }

    /// Checks the need against what one may hold.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.fault().map_or(Ok(()), refused)
    }

    /// The field that holds what no need may hold; documents may come from anywhere.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let form = &self.form;
        let long = [
            ("title", &form.title, LINE_MAX),
            ("enterprise", &form.enterprise, LINE_MAX),
            ("text", &self.text, TEXT_MAX),
            ("note", &self.note, NOTE_MAX),
            ("reason", &self.reason, NOTE_MAX),
        ];
        if let Some((field, ..)) = long.iter().find(|(_, text, most)| text.len() > *most) {
            return Some(field);
        }
        let texts = [&form.title, &form.problem, &form.wanted, &form.data_text];
        if texts.iter().map(|text| text.len()).sum::<usize>() > TEXT_MAX {
            return Some("problem");
        }
        let choices: [(&str, &Choice); 9] = [
            ("industry", &form.industry),
            ("region", &form.region),
            ("stage", &form.stage),
            ("typical_scenario", &form.typical_scenario),
            ("technique", &form.technique),
            ("data", &form.data),
            ("deployment", &form.deployment),
            ("delivery", &form.delivery),
            ("partner", &form.partner),
        ];
        let many = |choice: &Choice| choice.codes.len() > CODES_MAX;
        if let Some((field, _)) = choices.iter().find(|(_, choice)| many(choice)) {
            return Some(field);
        }
        let amounts = [form.budget.low, form.budget.high];
        if amounts.iter().flatten().any(|yuan| *yuan < 0.0) {
            return Some("budget");
        }
        if form.status == NeedStatus::Dropped && self.reason.is_empty() {
            return Some("reason");
        }
        if !fit(&self.weighing) {
            return Some("weights");
        }
        for (field, time) in [("created", &self.created), ("changed", &self.changed)] {
            if !is_time(time) {
                return Some(field);
            }
        }
        self.fault_of_work()
    }

    fn fault_of_work(&self) -> Option<&'static str> {
        let kept = &self.shortlist;
        let references: BTreeSet<&RecordRef> = kept.iter().map(|kept| &kept.reference).collect();
        if kept.len() > SHORTLIST_MAX
            || references.len() < kept.len()
            || kept.iter().any(|kept| !is_time(&kept.added))
        {
            return Some("shortlist");
        }
        if kept.iter().any(|kept| kept.note.len() > NOTE_MAX) {
            return Some("note");
        }
        if self.history.len() > HISTORY_MAX || self.history.iter().any(|line| !is_time(&line.at)) {
            return Some("history");
        }
        None
    }
}

/// Whether a text is a time as the product writes it, `2026-11-22T20:30:00Z`; such times sort as text.
fn is_time(text: &str) -> bool {
    text.len() == 20 && text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok()
}
