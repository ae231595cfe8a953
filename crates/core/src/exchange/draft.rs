//! A row becomes the fields of a record, and those become a record or a need.
//!
//! A column that fills no field, and a cell that its field does not say in full, stay with the record under the header of
//! the column (`columns` of a record, the text of a need): nothing of a file is lost by importing it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::duplicates::Identity;
use super::fields::{self, Field, Shape};
use super::mapping;
use super::normalise::{Reader, Reading};
use super::read::{Cell, Row, Sheet};
use super::report;
use crate::api::types::{RowIssue, TableMapping, ValueState};
use crate::model::private::{COLUMNS, IMPORTED};
use crate::model::{Date, Kind, NeedForm};
use crate::search::text::key;

/// A row as fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// Fields by path.
    pub fields: BTreeMap<&'static str, Value>,
    /// What no field says, by header.
    pub columns: BTreeMap<String, String>,
    /// What is wrong or worth knowing.
    pub issues: Vec<RowIssue>,
}

/// A column and what reads it.
pub struct Column {
    /// Header as it stands.
    pub header: String,
    /// The field that it fills.
    pub field: Option<&'static Field>,
    /// Reads its cells.
    pub reader: Option<Reader>,
    /// It is the column that a report added, and says nothing of the record.
    pub ignored: bool,
}

/// The columns of a sheet as a mapping says, ready to read. Answers the fields too whose dates can be read either way.
pub fn columns(sheet: &Sheet, header: u32, mapping: &TableMapping) -> (Vec<Column>, Vec<String>) {
    let mut ambiguous = Vec::new();
    let headers = mapping::headers(sheet, header);
    let columns = headers
        .into_iter()
        .enumerate()
        .map(|(at, header_text)| {
            let path = mapping
                .columns
                .get(at)
                .and_then(|column| column.field.as_deref());
            let field = path.and_then(|path| fields::field(mapping.kind, path));
            let reader = field.map(|field| {
                let mut reader = Reader::new(field, &header_text, &mapping.rules);
                let cells = sheet
                    .rows
                    .iter()
                    .filter(|row| row.number > header)
                    .map(|row| row.cell(at));
                if reader.look(cells, mapping.dates.get(field.path).copied()) {
                    ambiguous.push(field.path.to_owned());
                }
                reader
            });
            Column {
                ignored: report::is_errors_column(&header_text),
                header: header_text,
                field,
                reader,
            }
        })
        .collect();
    (columns, ambiguous)
}

/// Reads a row. `told` hears of every value of a field that has a table of values.
pub fn read(
    kind: Kind,
    columns: &mut [Column],
    row: &Row,
    told: &mut dyn FnMut(&'static str, &str, &Reading),
) -> Draft {
    let mut draft = Draft::default();
    for (at, cell) in row.filled() {
        let Some(column) = columns.get_mut(at) else {
            continue;
        };
        if column.ignored {
            continue;
        }
        let text = cell.text();
        let (Some(field), Some(reader)) = (column.field, &mut column.reader) else {
            if matches!(cell, Cell::Error(_)) {
                draft
                    .issues
                    .push(issue(at, "", &text, "formula_error", false));
            }
            draft
                .columns
                .insert(column.header.clone(), text.into_owned());
            continue;
        };
        // A cell without a value is told; a record needs its name, and can do without the others.
        if matches!(cell, Cell::Error(_)) && field.path != fields::required(kind) {
            draft
                .issues
                .push(issue(at, field.path, &text, "formula_error", false));
            draft
                .columns
                .insert(column.header.clone(), text.into_owned());
            continue;
        }
        let reading = reader.read(cell);
        // Of the others only what somebody has to look at, or did.
        if reader.is_listed() || reading.issue.is_some() || reading.state == ValueState::Ruled {
            told(field.path, &text, &reading);
        }
        if let Some(code) = reading.issue {
            let wrong = reading.state == ValueState::Wrong;
            draft.issues.push(issue(at, field.path, &text, code, wrong));
        } else if reading.state == ValueState::Kept {
            draft
                .issues
                .push(issue(at, field.path, &text, "code_unknown", false));
        }
        // A need has no such fields: its text says what the columns said.
        if kind != Kind::Need {
            keep(&mut draft, field, &reading.kept);
        }
        if !reading.faithful {
            draft
                .columns
                .insert(column.header.clone(), text.into_owned());
        }
        if let Some(value) = reading.value {
            put(&mut draft.fields, field, value);
        }
    }
    let name = fields::required(kind);
    let named = |path: &str| draft.fields.contains_key(path);
    if !named(name) && !named("name.en") && draft.issues.iter().all(|issue| issue.field != name) {
        let at = columns
            .iter()
            .position(|column| column.field.is_some_and(|field| field.path == name));
        let column = at.map(|at| at as u32);
        draft.issues.push(RowIssue {
            column,
            ..issue(0, name, "", "name_missing", true)
        });
    }
    draft
}

fn issue(column: usize, field: &str, value: &str, code: &str, wrong: bool) -> RowIssue {
    RowIssue {
        column: Some(column as u32),
        field: field.to_owned(),
        value: value.chars().take(200).collect(),
        code: code.to_owned(),
        wrong,
    }
}

/// What nobody knows a code for has a field of its own in some cases; the column keeps it in the others.
fn keep(draft: &mut Draft, field: &Field, kept: &[String]) {
    let beside = match field.path {
        "industry" => "field",
        "technique" => "technique_text",
        _ => return,
    };
    for text in kept {
        let list = draft.fields.entry(beside).or_insert_with(|| json!([]));
        if let Value::Array(list) = list
            && !list.iter().any(|known| known == text)
        {
            list.push(text.as_str().into());
        }
    }
}

/// Sets a field, or adds to what an earlier column put there.
fn put(fields: &mut BTreeMap<&'static str, Value>, field: &Field, value: Value) {
    match (fields.get_mut(field.path), value) {
        (Some(Value::Array(there)), Value::Array(more)) => {
            for one in more {
                if !there.contains(&one) {
                    there.push(one);
                }
            }
        }
        (_, value) => {
            fields.insert(field.path, value);
        }
    }
}

impl Draft {
    /// Whether something is wrong with it.
    pub fn is_wrong(&self) -> bool {
        self.issues.iter().any(|issue| issue.wrong)
    }

    /// Its name as shown.
    pub fn name(&self, kind: Kind) -> String {
        self.fields
            .get(fields::required(kind))
            .or_else(|| self.fields.get("name.en"))
            .map(shown)
            .unwrap_or_default()
    }

    /// What tells whether it is the same as another.
    pub fn identity(&self, kind: Kind) -> Identity {
        let text = |path: &str| self.fields.get(path).map(shown).unwrap_or_default();
        let mut names = vec![key(&self.name(kind))];
        names.extend(self.fields.get("name.en").map(|name| key(&shown(name))));
        names.retain(|name| !name.is_empty());
        Identity {
            names,
            owner: owner(kind).map_or_else(String::new, |path| key(&text(path))),
            credit_code: text("credit_code"),
        }
    }
}

/// The field that says to whom a record of a kind belongs.
pub fn owner(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Scenario => Some("opened_by"),
        Kind::Case | Kind::Need => Some("enterprise"),
        Kind::Solution => Some("provider"),
        _ => None,
    }
}

/// What tells a record of the user's, from its JSON.
pub fn identity(kind: Kind, record: &Value) -> (String, Identity) {
    let name = match kind {
        Kind::Need => shown(&record["title"]),
        _ => shown(&record["name"]),
    };
    let mut names = vec![key(&name)];
    if kind != Kind::Need {
        names.extend(record["name"]["en"].as_str().map(key));
        let aliases = record["name"]["aliases"].as_array();
        names.extend(
            aliases
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(key),
        );
    }
    names.retain(|name| !name.is_empty());
    names.dedup();
    let owner = owner(kind).map_or_else(String::new, |path| key(&shown(&record[path])));
    let credit_code = shown(&record["credit_code"]);
    let identity = Identity {
        names,
        owner,
        credit_code,
    };
    (name, identity)
}

/// A text as one: of two languages the Chinese one, of several parts all.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(shown).collect::<Vec<_>>().join("；"),
        Value::Object(map) => ["zh", "en"]
            .into_iter()
            .find_map(|part| map.get(part).and_then(Value::as_str))
            .unwrap_or_default()
            .to_owned(),
        other => other.to_string(),
    }
}

/// Puts a field into the JSON of a record; a path goes into the objects on the way.
pub fn set(into: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => match (into.get_mut(path), value) {
            // A name in one language joins the one in the other, and its aliases.
            (Some(Value::Object(there)), Value::Object(more)) => there.extend(more),
            (_, value) => {
                into.insert(path.to_owned(), value);
            }
        },
        Some((first, rest)) => {
            let inner = into
                .entry(first)
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

/// The value of a field in the JSON of a record.
pub fn get<'a>(record: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(record, |value, part| &value[part])
}

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the file, with the sheet.
    pub file: String,
    /// The day of the import.
    pub today: Date,
}

/// The JSON of a new record.
pub fn record(kind: Kind, id: &str, draft: &Draft, row: u32, origin: &Origin) -> Value {
    let mut map = Map::new();
    map.insert("kind".to_owned(), kind.as_str().into());
    map.insert("id".to_owned(), id.into());
    map.insert("name".to_owned(), json!({}));
    for (path, value) in &draft.fields {
        set(&mut map, path, value.clone());
    }
    // The user is who says so; no source is made of that.
    map.insert("sources".to_owned(), json!([]));
    map.insert(
        IMPORTED.to_owned(),
        json!({ "file": origin.file, "row": row, "date": origin.today }),
    );
    if !draft.columns.is_empty() {
        map.insert(COLUMNS.to_owned(), json!(draft.columns));
    }
    Value::Object(map)
}

/// The form of a need as JSON, before it is checked.
pub fn form(draft: &Draft) -> Value {
    let mut map = Map::new();
    for (path, value) in &draft.fields {
        set(&mut map, path, formed(path, value));
    }
    Value::Object(map)
}

/// What the form of a need says beside a value: how strictly it is meant.
pub const STRENGTH: &str = "strength";

/// A value in the shape that the form of a need has for it.
pub fn formed(path: &str, value: &Value) -> Value {
    let shape = fields::field(Kind::Need, path).map(|field| field.shape);
    match (shape, path) {
        (Some(Shape::Codes(_)), _) => json!({ "codes": value, "strength": "soft" }),
        (_, "start" | "deadline") => json!({ "date": value, "strength": "soft" }),
        _ => value.clone(),
    }
}

/// A value as a table has it: what the form of a need knows beyond it left out, and nothing where there is none.
pub fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let whole = ["codes", "date"]
                .into_iter()
                .filter(|_| map.contains_key(STRENGTH))
                .find_map(|part| map.get(part));
            whole.map_or_else(
                || {
                    let parts = map
                        .iter()
                        .filter(|(name, part)| *name != STRENGTH && !part.is_null())
                        .map(|(name, part)| (name.clone(), part.clone()));
                    let parts: Map<String, Value> = parts.collect();
                    if parts.is_empty() {
                        Value::Null
                    } else {
                        parts.into()
                    }
                },
                plain,
            )
        }
        Value::String(text) if text.is_empty() => Value::Null,
        Value::Array(parts) if parts.is_empty() => Value::Null,
        other => other.clone(),
    }
}

/// What of a row the form of a need has no field for, as text.
pub fn text(draft: &Draft) -> String {
    let lines: Vec<String> = draft
        .columns
        .iter()
        .map(|(header, text)| format!("{header}：{text}"))
        .collect();
    lines.join("\n")
}

/// The form of a need.
pub fn need(draft: &Draft) -> Option<NeedForm> {
    serde_json::from_value(form(draft)).ok()
}
