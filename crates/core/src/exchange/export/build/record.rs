//! One record: its facts, results and links, with the sources of each.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::super::sink::{Cell, Told};
use super::super::sources::Sources;
use super::super::texts::{Field, Texts, columns_of};
use super::Pass;
use super::records::{at, header, object};
use crate::api::types::RecordView;
use crate::exchange::fields::Shape;
use crate::model::Text;

/// The cell of a field.
pub(super) fn cell(texts: &Texts, field: &Field, record: &Map<String, Value>) -> Cell {
    let Some(value) = at(record, field.path) else {
        return Cell::Empty;
    };
    match field.shape {
        shape if shape.is_date() => Cell::Date(value.as_str().unwrap_or_default().to_owned()),
        _ if field.path == "website" => Cell::link(value.as_str().unwrap_or_default()),
        _ => Cell::text(value_text(texts, field.shape, value)),
    }
}

/// The value of a field as a text.
fn value_text(texts: &Texts, shape: Shape, value: &Value) -> String {
    match shape {
        Shape::Plain | Shape::Date | Shape::DateEnd | Shape::CreditCode | Shape::Budget => {
            plain(value)
        }
        Shape::YesNo => match value {
            Value::Bool(true) => texts.yes.to_owned(),
            // No is what is not said.
            _ => String::new(),
        },
        Shape::Text => localized(texts, value),
        Shape::List => several(texts, value, plain),
        Shape::Texts => several(texts, value, |text| localized(texts, text)),
        Shape::Code(taxonomies) => texts.term(taxonomies, &plain(value)),
        Shape::Codes(taxonomies) => {
            several(texts, value, |code| texts.term(taxonomies, &plain(code)))
        }
        Shape::Money => value.get("text").map(plain).unwrap_or_default(),
        Shape::Outcomes => several(texts, value, outcome),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn localized(texts: &Texts, value: &Value) -> String {
    let part = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let text = Text {
        zh: part("zh"),
        en: part("en"),
    };
    texts.pick(&text).to_owned()
}

fn several(texts: &Texts, value: &Value, one: impl Fn(&Value) -> String) -> String {
    let values: Vec<String> = value.as_array().into_iter().flatten().map(one).collect();
    values.join(texts.semicolon)
}

/// A result in one line: what, figure with unit, baseline; all as printed.
fn outcome(value: &Value) -> String {
    let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let figure = format!("{}{}", part("value"), part("unit"));
    let metric = part("metric");
    let mut out = metric.to_owned();
    if !figure.is_empty() && !metric.contains(&figure) {
        out.push(' ');
        out.push_str(&figure);
    }
    if !part("baseline").is_empty() {
        let _ = write!(out, " ({})", part("baseline"));
    }
    out
}

pub(super) fn build(view: &RecordView, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let record = &view.record;
    let head = record.head();
    let name = Text {
        zh: head.name.zh.clone(),
        en: head.name.en.clone(),
    };
    let mut lines = vec![format!(
        "{} · {}",
        texts.term("kind", record.kind().as_str()),
        view.reference
    )];
    if view.gone {
        lines.push(texts.gone.to_owned());
    }
    pass.front(texts.pick(&name), lines, false)?;
    let value = object(record, pass.privacy)?;
    let mut sources = Sources::default();
    let numbers = sources.numbers(&head.sources);

    pass.out.heading(1, texts.facts)?;
    let columns = [(texts.field, 8.0), (texts.value, 32.0)];
    pass.begin(texts.facts, true, &columns)?;
    for field in columns_of(&[record.kind()]) {
        let shown = cell(texts, &field, &value).shown();
        if shown.is_empty() {
            continue;
        }
        let top = field.path.split('.').next().unwrap_or(field.path);
        let label = header(texts, &field);
        let label = if head.is_inferred(top) {
            format!("{label} ({})", texts.inferred)
        } else {
            label.to_owned()
        };
        pass.out.row(&[Cell::Text(label), Cell::Text(shown)])?;
    }
    pass.out.row(&[
        Cell::text(texts.status),
        Cell::text(texts.verification(&view.reference, head.status())),
    ])?;
    pass.out
        .row(&[Cell::text(texts.source_numbers), Cell::text(numbers)])?;
    pass.out.end()?;

    if !view.links.is_empty() {
        pass.out.heading(1, texts.links)?;
        let columns = [
            (texts.relation, 7.0),
            (texts.kind, 4.0),
            (texts.name, 20.0),
            (texts.reference, 10.0),
        ];
        pass.begin(texts.links, false, &columns)?;
        for link in &view.links {
            let term = crate::model::Taxonomies::bundled().term("relation", link.rel.as_str());
            let backwards = term.and_then(|term| term.note.as_ref());
            let relation = match backwards {
                Some(note) if !link.forward => texts.pick(note).to_owned(),
                _ => texts.term("relation", link.rel.as_str()),
            };
            pass.out.row(&[
                Cell::text(relation),
                Cell::text(texts.term("kind", link.kind.as_str())),
                Cell::text(texts.pick(&link.name)),
                Cell::text(link.reference.to_string()),
            ])?;
        }
        pass.out.end()?;
    }
    sources.write(texts, pass.out)
}
