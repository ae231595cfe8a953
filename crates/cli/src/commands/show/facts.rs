//! The facts of a record, a field a line, in words.

use atlas_core::exchange::export::texts::{Field, columns_of};
use atlas_core::exchange::fields::{self, Shape};
use atlas_core::model::{Kind, Record};
use serde_json::Value;

use crate::args::Language;
use crate::output::{Failure, Output};
use crate::texts::{mark, pick, records as says};

/// Fields that are printed in their own place, not in the list of facts.
const OWN_PLACE: &[&str] = &[
    "id", "kind", "name", "sources", "links", "lists", "inferred", "doubts", "outcomes", "notes",
    "same_as", "clauses", "targets", "support", "entries", "contact", "history",
];

/// Prints the facts of a record.
pub fn print(record: &Record, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let kind = record.kind();
    let Ok(Value::Object(fields)) = serde_json::to_value(record) else {
        return Ok(());
    };
    for (field, value) in &fields {
        if OWN_PLACE.contains(&field.as_str()) || value.is_null() {
            continue;
        }
        let inferred = mark(language, record.head().is_inferred(field));
        output.line(&format!(
            "  {}{inferred}: {}",
            label(language, kind, field),
            plain(language, kind, field, value)
        ))?;
    }
    Ok(())
}

/// The column of a field.
fn column(kind: Kind, field: &str) -> Option<Field> {
    columns_of(&[kind])
        .into_iter()
        .find(|column| column.path == field || column.path.strip_suffix(".zh") == Some(field))
}

/// The name of a field: that of its column, or of a field that no column holds.
pub fn label(language: Language, kind: Kind, field: &str) -> String {
    match column(kind, field) {
        Some(column) => match language {
            Language::Zh => column.zh.to_owned(),
            Language::En => column.en,
        },
        None => says::field(language, field).to_owned(),
    }
}

/// A value in the language of the reader; codes by their names.
pub fn plain(language: Language, kind: Kind, field: &str, value: &Value) -> String {
    let shape = column(kind, field).map_or(Shape::Plain, |column| column.shape);
    worded(language, shape.taxonomies(), value)
}

fn worded(language: Language, taxonomies: Option<&str>, value: &Value) -> String {
    match value {
        Value::String(code) => {
            let term = taxonomies.and_then(|taxonomies| fields::term(taxonomies, code));
            match term {
                Some(term) => format!("{} ({code})", pick(language, &term.zh, &term.en)),
                None => code.clone(),
            }
        }
        Value::Array(values) => values
            .iter()
            .map(|value| worded(language, taxonomies, value))
            .collect::<Vec<_>>()
            .join(pick(language, "、", ", ")),
        Value::Object(parts) => {
            let preferred = match language {
                Language::Zh => ["zh", "en", "text"],
                Language::En => ["en", "zh", "text"],
            };
            match preferred.iter().find_map(|key| parts.get(*key)?.as_str()) {
                Some(text) => text.to_owned(),
                None => parts
                    .iter()
                    .map(|(part, value)| {
                        let name = says::field(language, part);
                        format!("{name} {}", worded(language, None, value))
                    })
                    .collect::<Vec<_>>()
                    .join(pick(language, "，", ", ")),
            }
        }
        Value::Bool(true) => pick(language, "是", "yes").to_owned(),
        Value::Bool(false) => pick(language, "否", "no").to_owned(),
        other => other.to_string(),
    }
}
