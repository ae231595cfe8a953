//! Rows of a table become drafts, column by column.

use std::fmt::Write as _;

use atlas_core::exchange::fields::Shape;
use atlas_core::exchange::normalise::{agrees, several};
use atlas_core::exchange::read::{Cell, Sheet};
use atlas_core::model::Kind;
use serde_json::{Map, Value, json};

use super::columns::{self, Column};
use super::{Draft, Place};
use crate::feed::lints::{Finding, Rule};

/// The drafts of a table whose first row names the columns.
pub(crate) fn drafts(
    file: &str,
    kind: Option<&str>,
    table: &Sheet,
    findings: &mut Vec<Finding>,
) -> Vec<Draft> {
    let Some((head, rows)) = table.rows.split_first() else {
        return Vec::new();
    };
    let mut columns: Vec<Option<Column>> = Vec::new();
    for header in head.cells.iter().map(text) {
        let column = columns::column(&header, kind.and_then(Kind::parse));
        if column.is_none() && !header.is_empty() {
            let place = Place {
                file: file.to_owned(),
                row: Some(head.number),
            };
            findings.push(Finding::new(
                Rule::UnknownColumn,
                &place,
                &header,
                "",
                String::new(),
            ));
        }
        columns.push(column);
    }
    rows.iter()
        .map(|row| {
            let mut fields = Map::new();
            if let Some(kind) = kind {
                fields.insert("kind".to_owned(), kind.into());
            }
            for (column, cell) in columns.iter().zip(&row.cells) {
                let text = text(cell);
                if let Some(column) = column
                    && !text.is_empty()
                {
                    fill(&mut fields, column, &text);
                }
            }
            finish(&mut fields);
            Draft {
                place: Place {
                    file: file.to_owned(),
                    row: Some(row.number),
                },
                fields,
            }
        })
        .collect()
}

/// The text of a cell: of a date the day, of a formula without a result nothing.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Date(stamp) => stamp.day(),
        Cell::Error(_) => String::new(),
        other => other.text().into_owned(),
    }
}

fn fill(fields: &mut Map<String, Value>, column: &Column, text: &str) {
    match column {
        Column::Kind => {
            let kind = super::read::kind_of(text).unwrap_or_else(|| text.to_owned());
            fields.insert("kind".to_owned(), kind.into());
        }
        Column::Field(path, shape) => put(fields, path, value(*shape, text)),
        Column::Link(relation) => {
            let links = several(text).map(|to| json!({ "rel": relation, "to": to }));
            extend(fields, "links", links.collect());
        }
        Column::Source(number, part) => {
            let at = *number as usize - 1;
            extend(fields, "sources", Vec::new());
            if let Some(Value::Array(sources)) = fields.get_mut("sources") {
                while sources.len() <= at {
                    sources.push(json!({ "key": format!("s{}", sources.len() + 1) }));
                }
                let value = match *part {
                    "date" | "checked" => date(text),
                    "status" => columns::code("status", text).unwrap_or_else(|| text.to_owned()),
                    _ => text.to_owned(),
                };
                sources[at][*part] = value.into();
            }
        }
    }
}

pub(crate) fn put(fields: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            fields.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = fields
                .entry(first)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

fn extend(fields: &mut Map<String, Value>, field: &str, more: Vec<Value>) {
    let items = fields
        .entry(field)
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(items) = items {
        items.extend(more);
    }
}

/// What follows from the whole row: sources without a part are none; facts point to the first source.
fn finish(fields: &mut Map<String, Value>) {
    if let Some(Value::Array(sources)) = fields.get_mut("sources") {
        sources.retain(|source| source.as_object().is_some_and(|source| source.len() > 1));
    }
    let first = fields
        .get("sources")
        .and_then(|sources| sources[0]["key"].as_str())
        .map(str::to_owned);
    let Some(first) = first else {
        return;
    };
    if let Some(Value::Array(outcomes)) = fields.get_mut("outcomes") {
        for outcome in outcomes {
            outcome["sources"] = json!([first]);
        }
    }
    if let Some(Value::Object(contact)) = fields.get_mut("contact")
        && let Some(Value::Object(consent)) = contact.get_mut("consent")
    {
        consent
            .entry("source")
            .or_insert_with(|| Value::String(first));
    }
}

/// The value of a cell.
pub(crate) fn value(shape: Shape, text: &str) -> Value {
    let code = |taxonomies: &str, text: &str| {
        columns::code(taxonomies, text).unwrap_or_else(|| text.to_owned())
    };
    match shape {
        Shape::Text => json!({ "zh": text }),
        Shape::List => several(text).collect(),
        Shape::Texts => several(text).map(|text| json!({ "zh": text })).collect(),
        Shape::Code(taxonomies) => code(taxonomies, text).into(),
        Shape::Codes(taxonomies) => several(text).map(|text| code(taxonomies, text)).collect(),
        Shape::Date | Shape::DateEnd => date(text).into(),
        Shape::Money | Shape::Budget => json!({ "text": text }),
        Shape::Outcomes => several(text)
            .map(|text| json!({ "metric": text, "sources": [] }))
            .collect(),
        // What is neither stays as it is and is told later.
        Shape::YesNo => agrees(text).map_or_else(|| text.into(), Value::Bool),
        Shape::Plain | Shape::CreditCode => text.into(),
    }
}

/// A date as people write it, in the form that records have: `2026年11月3日`, `2026/11/3`, `2026.11`. What is no date
/// stays as it is and is told later.
fn date(text: &str) -> String {
    let parts: Vec<&str> = text
        .trim_end_matches(['日', '号'])
        .split(['年', '月', '/', '.', '-'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year, rest @ ..] if year.len() == 4 && rest.len() <= 2 && parts.iter().all(digits) => {
            let mut date = (*year).to_owned();
            for part in rest {
                date.push('-');
                let _ = write!(date, "{part:0>2}");
            }
            date
        }
        _ => text.to_owned(),
    }
}
