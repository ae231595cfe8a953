//! What was typed, in the form of a record: spaces at ends, empty values and other ways to write dates, codes and
//! addresses give way. Nothing that says something is dropped.

use serde_json::{Map, Value};

use super::fields::fields;
use super::rules::tidied;
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
        if let Some(Value::String(text)) = at(&mut record, field.path) {
            *text = match field.shape {
                Shape::CreditCode => credit_code::normalise(text),
                shape => tidied(shape, text),
            };
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

/// The value at a path.
fn at<'r>(record: &'r mut Map<String, Value>, path: &str) -> Option<&'r mut Value> {
    let mut parts = path.split('.');
    let mut found = record.get_mut(parts.next()?)?;
    for part in parts {
        found = found.get_mut(part)?;
    }
    Some(found)
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
