//! The shape of a record: fields that exist, of the right form, within the limits of readers.

use atlas_core::feed::pack;
use atlas_core::model::reference::is_record_id;
use atlas_core::model::{Date, Kind, Record};
use serde_json::{Map, Value, json};

use super::{Draft, Finding, Rule};
use crate::feed::inbox::review::ORIGIN;
use crate::feed::records::edits::HISTORY;

/// Fields with dates.
const DATES: &[&str] = &[
    "date",
    "valid_until",
    "signed",
    "published",
    "noticed",
    "deadline",
    "expires",
    "start",
    "finish",
    "checked",
];
/// Fields that records carry beside those that the product shows.
const CARRIED: &[&str] = &["contact", HISTORY, ORIGIN];

/// Reads a draft as a record; none when that fails, which findings tell.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) -> Option<Record> {
    let before = findings
        .iter()
        .filter(|finding| finding.rule.stops())
        .count();
    let mut report = |rule, field: &str, value: &Value, detail: String| {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        findings.push(Finding::new(rule, &draft.place, field, &value, detail).about(draft));
    };
    let fields = &draft.fields;
    let kind = fields.get("kind").unwrap_or(&Value::Null);
    if kind.as_str().and_then(Kind::parse).is_none() {
        let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        report(Rule::Schema, "kind", kind, known.join(", "));
    }
    let id = fields.get("id").unwrap_or(&Value::Null);
    if !id.as_str().is_some_and(is_record_id) {
        report(Rule::BadId, "id", id, String::new());
    }
    let names = fields.get("name").unwrap_or(&Value::Null);
    let named = |language: &str| {
        names[language]
            .as_str()
            .is_some_and(|name| !name.trim().is_empty())
    };
    if !named("zh") && !named("en") {
        report(Rule::NoName, "name", names, String::new());
    }
    limits(&Value::Object(fields.clone()), "", 1, &mut report);
    dates(&Value::Object(fields.clone()), "", &mut report);
    let raw = Value::Object(fields.clone()).to_string();
    // The line of a pack has some words around the record.
    if raw.len() > pack::MAX_LINE - 512 {
        report(
            Rule::TooLong,
            "",
            &Value::Null,
            format!("{} bytes", raw.len()),
        );
    }
    if findings
        .iter()
        .filter(|finding| finding.rule.stops())
        .count()
        > before
    {
        return None;
    }

    let value = Value::Object(fields.clone());
    let record: Record = match serde_json::from_value(value) {
        Ok(record) => record,
        Err(error) => {
            blame(draft, &error.to_string(), findings);
            return None;
        }
    };
    let written = serde_json::to_value(&record).unwrap_or_default();
    let mut unknown = Vec::new();
    lost(&Value::Object(fields.clone()), &written, "", &mut unknown);
    let extra = record
        .extra()
        .keys()
        .filter(|name| !CARRIED.contains(&name.as_str()) && !name.starts_with("x_"));
    unknown.extend(extra.cloned());
    for field in unknown {
        let rule = Rule::UnknownField;
        findings.push(Finding::new(rule, &draft.place, &field, "", String::new()).about(draft));
    }
    Some(record)
}

/// Tells which field a record cannot be read for: the one that spoils a record that is otherwise bare.
fn blame(draft: &Draft, reason: &str, findings: &mut Vec<Finding>) {
    let kind = draft.fields.get("kind").cloned().unwrap_or_default();
    let bare = json!({ "kind": kind, "id": "x", "name": {}, "sources": [] });
    let mut found = false;
    for (field, value) in &draft.fields {
        let mut record = bare.clone();
        record[field.as_str()] = value.clone();
        if let Err(error) = serde_json::from_value::<Record>(record) {
            found = true;
            let (value, error) = (value.to_string(), error.to_string());
            findings
                .push(Finding::new(Rule::Schema, &draft.place, field, &value, error).about(draft));
        }
    }
    if !found {
        let reason = reason.to_owned();
        findings.push(Finding::new(Rule::Schema, &draft.place, "", "", reason).about(draft));
    }
}

/// Finds what reading and writing again loses: fields within fields that nobody knows.
fn lost(given: &Value, written: &Value, path: &str, unknown: &mut Vec<String>) {
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => {
            for (name, value) in given {
                let path = join(path, name);
                match written.get(name) {
                    Some(written) => lost(value, written, &path, unknown),
                    None if !is_empty(value) => unknown.push(path),
                    None => {}
                }
            }
        }
        (Value::Array(given), Value::Array(written)) => {
            for (given, written) in given.iter().zip(written) {
                lost(given, written, path, unknown);
            }
        }
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_empty),
        Value::String(text) => text.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// Checks lengths and depths.
fn limits(
    value: &Value,
    path: &str,
    depth: usize,
    report: &mut impl FnMut(Rule, &str, &Value, String),
) {
    let mut tell = |detail: String| report(Rule::TooLong, path, &Value::Null, detail);
    match value {
        Value::String(text) if text.len() > pack::MAX_TEXT => tell(format!("{} bytes", text.len())),
        Value::Array(_) | Value::Object(_) if depth > pack::MAX_DEPTH => {
            tell(format!("{depth} levels"));
        }
        Value::Array(items) => {
            if items.len() > pack::MAX_ITEMS {
                tell(format!("{} items", items.len()));
            }
            for item in items {
                limits(item, path, depth + 1, report);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                limits(value, &join(path, name), depth + 1, report);
            }
        }
        _ => {}
    }
}

/// Checks every date. The history of a record holds values of the past, which may have been wrong.
fn dates(value: &Value, path: &str, report: &mut impl FnMut(Rule, &str, &Value, String)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| dates(item, path, report)),
        Value::Object(fields) => in_object(fields, path, report),
        _ => {}
    }
}

fn in_object(
    fields: &Map<String, Value>,
    path: &str,
    report: &mut impl FnMut(Rule, &str, &Value, String),
) {
    for (name, value) in fields.iter().filter(|(name, _)| *name != HISTORY) {
        let path = join(path, name);
        match value {
            Value::String(text) if DATES.contains(&name.as_str()) => {
                if Date::parse(text).is_err() {
                    report(Rule::BadDate, &path, value, String::new());
                }
            }
            _ => dates(value, &path, report),
        }
    }
}
