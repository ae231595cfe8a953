//! What the model, the limits of a need and the form do not take of a row.

use serde_json::{Map, Value};

use crate::api::types::{FaultCode, RowIssue};
use crate::exchange::draft::{self, Column, Draft};
use crate::exchange::read::MAX_TEXT;
use crate::listing;
use crate::model::{Kind, Taxonomies};

/// Texts of one record in bytes, with room for what stands around them.
const RECORD_MAX: usize = 192 * 1024;

/// What keeps a row from becoming a record.
pub(super) fn unfit(kind: Kind, draft: &Draft) -> Option<RowIssue> {
    let wrong = |code: &str| {
        Some(RowIssue {
            column: None,
            field: String::new(),
            value: String::new(),
            code: code.to_owned(),
            wrong: true,
        })
    };
    if kind == Kind::Need {
        let Some(form) = draft::need(draft) else {
            return wrong("not_a_record");
        };
        let long = form.title.len() > 4_096
            || form.enterprise.len() > 4_096
            || form.title.len() + form.problem.len() + form.wanted.len() + form.data_text.len()
                > MAX_TEXT
            || draft::text(draft).len() > MAX_TEXT;
        return if long { wrong("too_long") } else { None };
    }
    let weight: usize = draft
        .columns
        .iter()
        .map(|(header, text)| header.len() + text.len() + 8)
        .sum::<usize>()
        + draft.fields.values().map(weight).sum::<usize>();
    if weight > RECORD_MAX || draft.name(kind).len() > 4_096 {
        return wrong("too_long");
    }
    None
}

/// Bytes of a value as JSON, roughly.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 8,
        Value::Array(parts) => parts.iter().map(weight).sum::<usize>() + 8,
        Value::Object(map) => map.values().map(weight).sum::<usize>() + 16,
        _ => 8,
    }
}

/// What the form will ask to be shortened once the record is edited. It is all imported: a file is not cut.
pub(super) fn unformed(kind: Kind, draft: &Draft, columns: &[Column]) -> Vec<RowIssue> {
    if listing::fields(kind).is_empty() {
        return Vec::new();
    }
    let mut document = Map::new();
    for (path, value) in &draft.fields {
        draft::set(&mut document, path, value.clone());
    }
    let faults = listing::stopping(kind, &document, Taxonomies::bundled());
    let mut issues: Vec<RowIssue> = Vec::new();
    for fault in faults {
        let code = match fault.code {
            FaultCode::TooLong => "long_for_form",
            FaultCode::TooMany => "many_for_form",
            // Whatever else a form refuses was read cell by cell, and told.
            _ => continue,
        };
        let fills = |column: &Column| {
            column.field.is_some_and(|field| {
                fault.field == field.path || fault.field.starts_with(&format!("{}.", field.path))
            })
        };
        let column = columns.iter().position(fills);
        let field = column.and_then(|at| columns[at].field);
        let field = field.map_or(fault.field.as_str(), |field| field.path);
        if issues
            .iter()
            .any(|told| told.code == code && told.field == field)
        {
            continue;
        }
        let value = draft.fields.get(field).map(draft::shown);
        issues.push(RowIssue {
            column: column.map(|at| at as u32),
            field: field.to_owned(),
            value: value.unwrap_or_default().chars().take(200).collect(),
            code: code.to_owned(),
            wrong: false,
        });
    }
    issues
}
