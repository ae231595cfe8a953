//! What was typed, in the form of a record: spaces at ends, empty values and other ways to write dates, codes and
//! addresses give way. Nothing that says something is dropped.

use serde_json::{Map, Value};

use super::fields::fields;
use crate::api::types::Shape;
use crate::model::{Kind, RecordRef, credit_code};

/// A draft as a record has it. Faults stay in it.
pub(super) fn tidy(reference: &RecordRef, draft: &Value) -> Map<String, Value> {
    let mut record = match pruned(draft) {
        Some(Value::Object(record)) => record,
        _ => Map::new(),
    };
    for (key, value) in [("kind", &reference.kind), ("id", &reference.id)] {
        record.insert(key.to_owned(), Value::String(value.clone()));
    }
    // These are there even when they are empty.
    record
        .entry("name")
        .or_insert_with(|| Value::Object(Map::new()));
    record
        .entry("sources")
        .or_insert_with(|| Value::Array(Vec::new()));
    for field in Kind::parse(&reference.kind).map_or(&[][..], fields) {
        let Some(Value::String(text)) = record.get_mut(field.path) else {
            continue;
        };
        match field.shape {
            Shape::Date => *text = date(text),
            Shape::CreditCode => *text = credit_code::normalise(text),
            Shape::Address => *text = address(text),
            _ => {}
        }
    }
    if let Some(Value::Array(outcomes)) = record.get_mut("outcomes") {
        for outcome in outcomes.iter_mut().filter_map(Value::as_object_mut) {
            outcome
                .entry("sources")
                .or_insert_with(|| Value::Array(Vec::new()));
            outcome
                .entry("metric")
                .or_insert_with(|| Value::String(String::new()));
        }
    }
    record
}

/// A value without what is empty in it; nothing when all is.
fn pruned(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => {
            let text = text.trim();
            (!text.is_empty()).then(|| Value::String(text.to_owned()))
        }
        Value::Array(items) => {
            let items: Vec<Value> = items.iter().filter_map(pruned).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(fields) => {
            let fields: Map<String, Value> = fields
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), pruned(value)?)))
                .collect();
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        other => Some(other.clone()),
    }
}

/// `2025/3/1`, `2025.3`, `2025年3月1日` as ISO 8601; what is no date stays as it is.
fn date(text: &str) -> String {
    let parts: Vec<&str> = text
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.is_empty() || parts.len() > 3 || !parts.iter().all(digits) {
        return text.to_owned();
    }
    let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
    padded.join("-")
}

/// `www.example.org` is an address without its beginning.
fn address(text: &str) -> String {
    if text.contains("://") || !text.contains('.') || text.contains(char::is_whitespace) {
        text.to_owned()
    } else {
        format!("https://{text}")
    }
}
