//! Confirming and correcting a record: one step each, appended to `edits.jsonl` and never changed.
//!
//! The file that people edit stays as it came, be it a spreadsheet that somebody sends again next month; every build
//! applies the edits on top. Each keeps the former values, who made it, from which source and on which day, and goes out
//! with the record in the field `history`. An edit whose former value is no longer there is told and not applied: then
//! somebody has changed the same field in the file, and a person has to decide.

use std::io::Write as _;
use std::path::Path;

use atlas_core::exchange::fields;
use atlas_core::model::private::CONTACT;
/// Field in which the history of a record goes out.
pub(crate) use atlas_core::model::private::HISTORY;
use atlas_core::model::{Date, Kind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::columns::{self, Column};
use super::{Draft, Place, row};
use crate::feed::error::{FeedError, content, file};
use crate::feed::folder::read_if_there;
use crate::feed::lints::{Finding, Rule};

/// A confirmation, or a correction of some fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    /// The record: `case/c-1`.
    pub record: String,
    /// New values by field; empty in a confirmation.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub set: Map<String, Value>,
    /// Values before, by field; null where there was none.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub former: Map<String, Value>,
    /// Who did it.
    pub by: String,
    /// What was read.
    pub source: String,
    /// Title of what was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How far the source was verified.
    pub status: String,
    /// When.
    pub date: Date,
}

/// Reads the edits, in order.
pub(crate) fn read(path: &Path) -> Result<Vec<Edit>, FeedError> {
    let Some(bytes) = read_if_there(path)? else {
        return Ok(Vec::new());
    };
    let lines = (1..).zip(bytes.split(|byte| *byte == b'\n'));
    lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(number, line): (u32, &[u8])| {
            serde_json::from_slice(line)
                .map_err(|error| content(path, format!("{number}: {error}")))
        })
        .collect()
}

/// Appends an edit.
pub(crate) fn append(path: &Path, edit: &Edit) -> Result<(), FeedError> {
    let mut line = serde_json::to_string(edit).map_err(|error| content(path, error))?;
    line.push('\n');
    let mut out = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(file(path))?;
    out.write_all(line.as_bytes()).map_err(file(path))?;
    out.sync_all().map_err(file(path))
}

/// Applies the edits to their records.
pub(crate) fn apply(drafts: &mut [Draft], edits: &[Edit], findings: &mut Vec<Finding>) {
    for (row, edit) in (1..).zip(edits) {
        let place = Place {
            file: "edits.jsonl".to_owned(),
            row: Some(row),
        };
        let Some(draft) = drafts
            .iter_mut()
            .find(|draft| draft.reference() == edit.record)
        else {
            findings.push(Finding::new(
                Rule::EditWithoutRecord,
                &place,
                "record",
                &edit.record,
                String::new(),
            ));
            continue;
        };
        // The file may have caught up with this correction or a later one: both hold, and the history goes on.
        let stale = edit.former.iter().find(|(field, former)| {
            let now = draft.fields.get(*field).unwrap_or(&Value::Null);
            let mut since = edits.iter().skip(row as usize - 1);
            let caught_up = since
                .any(|later| later.record == edit.record && later.set.get(*field) == Some(now));
            now != *former && !caught_up
        });
        if let Some((field, former)) = stale {
            let now = draft.fields.get(field).unwrap_or(&Value::Null);
            findings.push(
                Finding::new(
                    Rule::StaleEdit,
                    &place,
                    field,
                    &now.to_string(),
                    former.to_string(),
                )
                .about(draft),
            );
            continue;
        }
        add(&mut draft.fields, edit);
    }
}

/// Applies an edit to a record: values, a source for them, and the history.
fn add(fields: &mut Map<String, Value>, edit: &Edit) {
    for (field, value) in &edit.set {
        fields.insert(field.clone(), value.clone());
    }
    let key = source(fields, edit);
    stand_by(fields, edit, &key);
    let mut entry = json!({ "date": edit.date, "by": edit.by, "source": key });
    if !edit.set.is_empty() {
        entry["set"] = edit.set.clone().into();
        entry["former"] = edit.former.clone().into();
    }
    let history = fields
        .entry(HISTORY)
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(history) = history {
        history.push(entry);
    }
}

/// Results and the consent to a contact name their own sources, which so far is the one that they came with: new values,
/// and what a sender handed in without any.
fn stand_by(fields: &mut Map<String, Value>, edit: &Edit, key: &str) {
    let known: Vec<Value> = match fields.get("sources") {
        Some(Value::Array(sources)) => sources.iter().map(|source| source["key"].clone()).collect(),
        _ => Vec::new(),
    };
    let new = edit.set.contains_key("outcomes");
    if let Some(Value::Array(outcomes)) = fields.get_mut("outcomes") {
        for outcome in outcomes {
            if new || outcome["sources"].as_array().is_none_or(Vec::is_empty) {
                outcome["sources"] = json!([key]);
            }
        }
    }
    let new = edit.set.contains_key(CONTACT);
    let contact = fields.get_mut(CONTACT);
    if let Some(consent) = contact.and_then(|contact| contact.get_mut("consent"))
        && consent["date"].is_string()
        && (consent["source"].is_null() || new && !known.contains(&consent["source"]))
    {
        consent["source"] = key.into();
    }
}

/// Adds the source of an edit and answers its key.
fn source(fields: &mut Map<String, Value>, edit: &Edit) -> String {
    let sources = fields
        .entry("sources")
        .or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(sources) = sources else {
        return String::new();
    };
    let taken = |key: &str| sources.iter().any(|source| source["key"] == key);
    let key = (1..=sources.len() + 1)
        .map(|number| format!("s{number}"))
        .find(|key| !taken(key))
        .unwrap_or_default();
    let mut source = json!({
        "key": key, "cited": edit.source, "checked": edit.date, "status": edit.status,
    });
    if let Some(title) = &edit.title {
        source["title"] = title.as_str().into();
    }
    if !edit.set.is_empty() {
        source["fields"] = edit.set.keys().cloned().collect();
    }
    sources.push(source);
    key
}

/// The new values that `FIELD=VALUE` texts ask for, with the whole field each: `summary.en=…` keeps `summary.zh`. A value
/// that is JSON is taken as such; anything else is read as a cell of that column would be. An empty value removes the field.
pub(crate) fn values(
    record: &Map<String, Value>,
    texts: &[String],
) -> Result<Map<String, Value>, FeedError> {
    let kind = record.get("kind").and_then(Value::as_str);
    let kind = kind.and_then(Kind::parse);
    let mut changed = record.clone();
    let mut set = Map::new();
    for text in texts {
        let Some((field, value)) = text.split_once('=').filter(|(field, _)| !field.is_empty())
        else {
            return Err(FeedError::new(
                format!("{text:?} 应写成 字段=值，例如 region=江苏。"),
                format!("{text:?} has to be FIELD=VALUE, such as region=江苏."),
            ));
        };
        let (path, shape) = match columns::column(field, kind) {
            Some(Column::Field(path, shape)) => (path, Some(shape)),
            _ => (field.to_owned(), None),
        };
        let first = path.split('.').next().unwrap_or_default().to_owned();
        let known = fields::records()
            .iter()
            .any(|field| field.path.split('.').next() == Some(&first))
            || ["links", "lists", "outcomes"].contains(&first.as_str());
        if !known || ["id", "kind"].contains(&first.as_str()) {
            return Err(FeedError::new(
                format!("字段 {field} 不能更正。"),
                format!("The field {field} cannot be corrected."),
            ));
        }
        let structured =
            value.starts_with(['[', '{']) && serde_json::from_str::<Value>(value).is_ok();
        let value = match shape {
            _ if value.is_empty() => Value::Null,
            _ if structured => serde_json::from_str(value).unwrap_or_default(),
            Some(shape) => row::value(shape, value),
            None => value.into(),
        };
        row::put(&mut changed, &path, value);
        set.insert(
            first.clone(),
            changed.get(&first).cloned().unwrap_or_default(),
        );
    }
    Ok(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Language;

    fn draft() -> Draft {
        let fields = json!({
            "kind": "case", "id": "fixture-1", "name": { "zh": "夹具案例" }, "city": "甲市",
            "sources": [{ "key": "s1", "cited": "夹具", "checked": "2026-01-01", "status": "excerpt" }],
        });
        let Value::Object(fields) = fields else {
            unreachable!("an object")
        };
        Draft {
            place: Place::default(),
            fields,
        }
    }

    fn edit(set: &Value, former: &Value) -> Edit {
        serde_json::from_value(json!({
            "record": "case/fixture-1", "set": set, "former": former, "by": "夹具", "source": "夹具公报",
            "status": "confirmed", "date": "2026-02-01",
        }))
        .unwrap()
    }

    #[test]
    fn a_correction_keeps_the_former_value_and_says_who_changed_it_by_which_source() {
        let mut drafts = [draft()];
        let mut findings = Vec::new();
        let edit = edit(&json!({ "city": "乙市" }), &json!({ "city": "甲市" }));
        apply(&mut drafts, &[edit], &mut findings);
        assert_eq!(findings, []);
        let fields = &drafts[0].fields;
        assert_eq!(fields["city"], "乙市");
        assert_eq!(fields["history"][0]["former"]["city"], "甲市");
        assert_eq!(fields["history"][0]["source"], "s2");
        assert_eq!(fields["sources"][1]["fields"], json!(["city"]));
    }

    #[test]
    fn a_file_that_caught_up_with_a_correction_keeps_its_history() {
        let mut drafts = [draft()];
        let mut findings = Vec::new();
        let edit = edit(&json!({ "city": "甲市" }), &json!({ "city": "乙市" }));
        apply(&mut drafts, &[edit], &mut findings);
        assert_eq!(findings, []);
        assert_eq!(drafts[0].fields["city"], "甲市");
        assert_eq!(drafts[0].fields["history"][0]["former"]["city"], "乙市");
    }

    #[test]
    fn an_edit_of_a_value_that_is_no_longer_there_is_told_and_not_applied() {
        let mut drafts = [draft()];
        let mut findings = Vec::new();
        let edit = edit(&json!({ "city": "丙市" }), &json!({ "city": "乙市" }));
        apply(&mut drafts, &[edit], &mut findings);
        assert_eq!(findings[0].rule, Rule::StaleEdit);
        assert_eq!(drafts[0], draft());
    }

    #[test]
    fn an_edit_of_a_record_that_is_gone_is_told_and_stops_no_build() {
        let mut drafts = [draft()];
        let mut findings = Vec::new();
        let mut gone = edit(&json!({ "city": "乙市" }), &json!({ "city": "甲市" }));
        gone.record = "case/gone".to_owned();
        apply(
            &mut drafts,
            &[edit(&json!({}), &json!({})), gone],
            &mut findings,
        );
        assert_eq!(findings.len(), 1, "the edit before it was applied");
        assert_eq!(findings[0].rule, Rule::EditWithoutRecord);
        assert!(!findings[0].rule.stops());
        assert_eq!(
            findings[0].text(Language::En),
            "edits.jsonl:2: record “case/gone” is edited, but no longer there; where only its id changed, change it in \
             edits.jsonl too"
        );
    }

    #[test]
    fn one_language_of_a_text_is_corrected_and_the_other_stays() {
        let fields = json!({ "summary": { "zh": "旧", "en": "old" } });
        let set = values(fields.as_object().unwrap(), &["summary.en=new".into()]).unwrap();
        assert_eq!(set["summary"], json!({ "zh": "旧", "en": "new" }));
        assert!(values(fields.as_object().unwrap(), &["id=x".into()]).is_err());
    }
}
