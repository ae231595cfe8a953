//! A list of records. For sheets: every field that any of them states, a sheet a kind. For pages: what a reader needs,
//! with how they spread over industries and stages before it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::super::error::ExportError;
use super::super::private::Privacy;
use super::super::sink::{Cell, Column, Table, Told};
use super::super::sources::Sources;
use super::super::subject::Records;
use super::super::texts::{Field, Language, Texts, columns_of, filled};
use super::survey::{Survey, charts, survey};
use super::{Pass, inferred, record};
use crate::api::types::RecordView;
use crate::exchange::fields::Shape;
use crate::model::private::COLUMNS;
use crate::model::{Kind, Record, RecordRef, Source, Taxonomies};
use crate::search;

/// Most sources of one record that have columns of their own.
const SOURCES_MAX: usize = 5;
/// Parts of a source that have columns, by their place in [`Texts::source_parts`].
const PARTS: [(usize, f32); 8] = [
    (3, 20.0),
    (0, 16.0),
    (1, 10.0),
    (2, 6.0),
    (4, 12.0),
    (5, 6.0),
    (6, 6.0),
    (7, 8.0),
];

/// A record as JSON, what is private in it masked or left out.
pub(super) fn object(
    record: &Record,
    privacy: &mut Privacy,
) -> Result<Map<String, Value>, ExportError> {
    match serde_json::to_value(record) {
        Ok(Value::Object(mut object)) => {
            privacy.record(&mut object);
            Ok(object)
        }
        Ok(_) => Err(ExportError::fault("a record that is no object")),
        Err(error) => Err(ExportError::fault(error)),
    }
}

/// The value of a path.
pub(super) fn at<'a>(object: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut parts = path.split('.');
    let mut value = object.get(parts.next()?)?;
    for part in parts {
        value = value.get(part)?;
    }
    Some(value)
}

/// What an imported record keeps of its row beside its fields, by header.
pub(super) fn kept(record: &Map<String, Value>) -> impl Iterator<Item = (&str, &str)> {
    let columns = record.get(COLUMNS).and_then(Value::as_object);
    columns
        .into_iter()
        .flatten()
        .filter_map(|(header, text)| Some((header.as_str(), text.as_str()?)))
}

pub(super) fn build(records: &Records<'_>, survey: &Survey, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let mut lines = Vec::new();
    if !records.searched.is_empty() {
        lines.push(filled(texts.searched, &[("text", &records.searched)]));
    }
    lines.push(filled(texts.count, &[("n", &survey.rows.to_string())]));
    let title = if records.name.is_empty() {
        texts.records
    } else {
        &records.name
    };
    pass.front(title, lines, true)?;
    let mut sources = Sources::default();
    if pass.sheets {
        sheets(records, survey, pass, &mut sources)?;
    } else {
        charts(survey, pass)?;
        pages(records, survey, pass, &mut sources)?;
    }
    sources.write(texts, pass.out)
}

/// One record as the only row of a sheet.
pub(super) fn one(view: &RecordView, pass: &mut Pass<'_>) -> Told {
    let read = |_: &RecordRef| Ok(Some(view.record.clone()));
    let records = Records {
        refs: vec![view.reference.clone()],
        read: &read,
        searched: String::new(),
        name: String::new(),
    };
    let survey = survey(&records, &mut Privacy::default(), &mut |_, _| {
        ControlFlow::Continue(())
    })?;
    build(&records, &survey, pass)
}

/// What a reader of pages needs.
fn pages(
    records: &Records<'_>,
    survey: &Survey,
    pass: &mut Pass<'_>,
    sources: &mut Sources,
) -> Told {
    let texts = pass.texts;
    let several = survey.kinds.len() > 1;
    let mut columns = vec![(texts.number, 2.6), (texts.name, 17.0)];
    if several {
        columns.push((texts.kind, 4.0));
    }
    columns.extend([
        (texts.who, 9.0),
        (texts.industry, 6.0),
        (texts.stage, 5.0),
        (texts.region, 4.6),
        (texts.date, 5.0),
    ]);
    let concluded = survey.used.contains(inferred::USED);
    if concluded {
        columns.push((texts.inferred_fields, 6.0));
    }
    columns.extend([
        (texts.status, 4.6),
        (texts.source_numbers, 4.0),
        (texts.reference, 8.0),
    ]);
    pass.out.heading(1, texts.records)?;
    pass.begin(texts.records, true, &columns)?;
    let taxonomies = Taxonomies::bundled();
    let mut number = 0;
    for (done, reference) in records.refs.iter().enumerate() {
        pass.step(done, records.refs.len())?;
        let Some(record) = (records.read)(reference)? else {
            continue;
        };
        number += 1;
        let row = search::row(reference, &record, 0, taxonomies, None);
        let mut cells = vec![
            Cell::Number(f64::from(number)),
            Cell::text(texts.pick(&row.name)),
        ];
        if several {
            cells.push(Cell::text(texts.term("kind", row.kind.as_str())));
        }
        cells.extend([
            Cell::text(row.who.unwrap_or_default()),
            Cell::text(texts.terms("industry_group", &row.industry_group)),
            Cell::text(texts.terms("stage", &row.stage)),
            Cell::text(texts.terms("region", &row.region)),
            Cell::date(row.date.as_ref()),
        ]);
        if concluded {
            cells.push(Cell::text(inferred::fields(texts, record.head())));
        }
        cells.extend([
            Cell::text(texts.verification(reference, Some(row.status))),
            Cell::text(sources.numbers(&record.head().sources)),
            Cell::text(reference.to_string()),
        ]);
        pass.out.row(&cells)?;
    }
    pass.out.end()
}

/// Every field that any record states; a sheet a kind, or one for all where the format has one table.
fn sheets(
    records: &Records<'_>,
    survey: &Survey,
    pass: &mut Pass<'_>,
    sources: &mut Sources,
) -> Told {
    let kinds: Vec<Kind> = survey.kinds.keys().copied().collect();
    let mut done = 0;
    if pass.single || kinds.is_empty() {
        return sheet(records, survey, &kinds, pass, sources, &mut done);
    }
    for kind in kinds {
        sheet(records, survey, &[kind], pass, sources, &mut done)?;
    }
    Ok(())
}

fn sheet(
    records: &Records<'_>,
    survey: &Survey,
    kinds: &[Kind],
    pass: &mut Pass<'_>,
    sources: &mut Sources,
    done: &mut usize,
) -> Told {
    let texts = pass.texts;
    let fields: Vec<Field> = columns_of(kinds)
        .into_iter()
        .filter(|field| survey.used.contains(field.path))
        .collect();
    let yuan = survey.used.contains("budget.yuan") && kinds.contains(&Kind::Need);
    let several = kinds.len() > 1;
    let mut columns = vec![Column::new(texts.reference, 12.0)];
    if several {
        columns.push(Column::new(texts.kind, 5.0));
    }
    for field in &fields {
        columns.push(Column::new(header(texts, field), width(field)));
        if yuan && field.path == "budget" {
            let name = format!("{}{}", header(texts, field), texts.yuan);
            columns.push(Column::new(name, 8.0));
        }
    }
    let concluded = survey.used.contains(inferred::USED);
    if concluded {
        columns.push(Column::new(texts.inferred_fields, 10.0));
    }
    let beside: BTreeSet<&String> = kinds
        .iter()
        .filter_map(|kind| survey.kept.get(kind))
        .flatten()
        .collect();
    columns.extend(beside.iter().map(|name| Column::new(name.as_str(), 10.0)));
    for relation in &survey.links {
        let name = texts.term("relation", relation);
        let prefix = match texts.language {
            Language::Zh => "关联:",
            Language::En => "link:",
        };
        columns.push(Column::new(format!("{prefix}{name}"), 10.0));
    }
    for number in 1..=survey.sources.min(SOURCES_MAX) {
        columns.extend(source_columns(texts, number));
    }
    pass.out.table(&Table {
        name: match kinds {
            [kind] => texts.term("kind", kind.as_str()),
            _ => texts.records.to_owned(),
        },
        columns,
        main: true,
    })?;
    for reference in &records.refs {
        if !kinds.iter().any(|kind| kind.as_str() == reference.kind) {
            continue;
        }
        pass.step(*done, records.refs.len())?;
        *done += 1;
        let Some(record) = (records.read)(reference)? else {
            continue;
        };
        let value = object(&record, pass.privacy)?;
        let mut cells = vec![Cell::text(reference.to_string())];
        if several {
            cells.push(Cell::text(texts.term("kind", record.kind().as_str())));
        }
        for field in &fields {
            cells.push(record::cell(texts, field, &value));
            if yuan && field.path == "budget" {
                let amount = at(&value, "budget.yuan").and_then(Value::as_f64);
                cells.push(amount.map_or(Cell::Empty, Cell::Money));
            }
        }
        if concluded {
            cells.push(Cell::text(inferred::fields(texts, record.head())));
        }
        let own: BTreeMap<&str, &str> = kept(&value).collect();
        for name in &beside {
            let text = own.get(name.as_str()).copied().unwrap_or_default();
            cells.push(Cell::text(pass.privacy.free(text)));
        }
        cells.extend(survey.links.iter().map(|relation| {
            let to: Vec<&str> = record
                .head()
                .links
                .iter()
                .filter(|link| link.rel.as_str() == relation)
                .map(|link| link.to.as_str())
                .collect();
            Cell::text(to.join(texts.semicolon))
        }));
        for at in 0..survey.sources.min(SOURCES_MAX) {
            source(texts, record.head().sources.get(at), &mut cells);
        }
        sources.numbers(&record.head().sources);
        pass.out.row(&cells)?;
    }
    pass.out.end()
}

/// The columns of the first source, the second …
fn source_columns(texts: &Texts, number: usize) -> [Column; PARTS.len()] {
    PARTS.map(|(part, width)| {
        let name = texts.source_parts[part];
        let name = match number {
            1 => name.to_owned(),
            _ => format!("{name}{number}"),
        };
        Column::new(name, width)
    })
}

fn source(texts: &Texts, source: Option<&Source>, cells: &mut Vec<Cell>) {
    let Some(source) = source else {
        cells.extend(PARTS.map(|_| Cell::Empty));
        return;
    };
    let plain = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
    cells.extend([
        Cell::link(source.cited.clone()),
        plain(&source.title),
        plain(&source.issuer),
        Cell::date(source.date.as_ref()),
        Cell::link(source.official.clone().unwrap_or_default()),
        Cell::date(Some(&source.checked)),
        Cell::text(texts.term("status", source.status.code())),
        plain(&source.licence),
    ]);
}

pub(super) fn header<'a>(texts: &Texts, field: &'a Field) -> &'a str {
    match texts.language {
        Language::Zh => field.zh,
        Language::En => &field.en,
    }
}

fn width(field: &Field) -> f32 {
    match (field.path, field.shape) {
        ("name.zh" | "name.en", _) | (_, Shape::Text | Shape::Texts | Shape::Outcomes) => 24.0,
        ("summary.zh" | "summary.en", _) => 30.0,
        ("website", _) => 16.0,
        (_, Shape::Date | Shape::DateEnd | Shape::Code(_)) => 6.0,
        _ => 10.0,
    }
}
