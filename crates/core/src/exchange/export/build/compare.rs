//! Records side by side, a row a field, with a mark where they differ.

use super::super::sink::{Cell, Column, Table, Told};
use super::super::sources::Sources;
use super::super::texts::columns_of;
use super::record::cell;
use super::records::{header, object};
use super::{Pass, inferred};
use crate::model::{Kind, Record, RecordRef, Text};

pub(super) fn build(records: &[(RecordRef, Record)], pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let names: Vec<String> = records
        .iter()
        .map(|(_, record)| {
            let name = &record.head().name;
            let name = Text {
                zh: name.zh.clone(),
                en: name.en.clone(),
            };
            texts.pick(&name).to_owned()
        })
        .collect();
    let title = format!(
        "{}{}{}",
        texts.comparison,
        texts.colon,
        names.join(texts.comma)
    );
    pass.front(&title, Vec::new(), true)?;
    let mut columns = vec![
        Column::new(texts.field, 7.0),
        Column::new(texts.different, 3.0),
    ];
    columns.extend(names.iter().map(|name| Column::new(name.clone(), 18.0)));
    pass.out.table(&Table {
        name: texts.comparison.to_owned(),
        columns,
        main: true,
    })?;
    let mut kinds: Vec<Kind> = records.iter().map(|(_, record)| record.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut values = Vec::new();
    for (_, record) in records {
        values.push(object(record, pass.privacy)?);
    }
    let mut sources = Sources::default();
    let fields = columns_of(&kinds);
    let mut rows: Vec<(&str, Vec<Cell>)> = vec![
        (
            texts.reference,
            records
                .iter()
                .map(|(reference, _)| Cell::text(reference.to_string()))
                .collect(),
        ),
        (
            texts.kind,
            records
                .iter()
                .map(|(_, record)| Cell::text(texts.term("kind", record.kind().as_str())))
                .collect(),
        ),
    ];
    for field in &fields {
        let cells = values.iter().map(|value| cell(texts, field, value));
        rows.push((header(texts, field), cells.collect()));
    }
    rows.push((
        texts.inferred_fields,
        records
            .iter()
            .map(|(_, record)| Cell::text(inferred::fields(texts, record.head())))
            .collect(),
    ));
    rows.push((
        texts.status,
        records
            .iter()
            .map(|(reference, record)| {
                Cell::text(texts.verification(reference, record.head().status()))
            })
            .collect(),
    ));
    rows.push((
        texts.source_numbers,
        records
            .iter()
            .map(|(_, record)| Cell::text(sources.numbers(&record.head().sources)))
            .collect(),
    ));
    for (label, cells) in rows {
        if cells.iter().all(|cell| *cell == Cell::Empty) {
            continue;
        }
        let differs = cells.windows(2).any(|pair| pair[0] != pair[1]);
        let mut row = vec![
            Cell::text(label),
            Cell::text(if differs { "≠" } else { "" }),
        ];
        row.extend(cells);
        pass.out.row(&row)?;
    }
    pass.out.end()?;
    sources.write(texts, pass.out)
}
