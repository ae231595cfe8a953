//! The sources behind an export: each once, numbered as it was met.

use std::collections::HashMap;

use super::sink::{Cell, Column, Sink, Table, Told};
use super::texts::Texts;
use crate::model::Source;

/// Sources, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Sources {
    met: Vec<(Source, u32)>,
    places: HashMap<(String, Option<String>), usize>,
}

impl Sources {
    /// The number of a source, from 1.
    pub fn number(&mut self, source: &Source) -> usize {
        let key = (source.cited.clone(), source.title.clone());
        let at = *self.places.entry(key).or_insert_with(|| {
            self.met.push((source.clone(), 0));
            self.met.len() - 1
        });
        self.met[at].1 += 1;
        at + 1
    }

    /// The numbers of the sources of a record, in their order.
    pub fn numbers(&mut self, sources: &[Source]) -> String {
        let numbers: Vec<String> = sources
            .iter()
            .map(|source| format!("[{}]", self.number(source)))
            .collect();
        numbers.concat()
    }

    /// Writes them as a table, with how many records each is behind.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write(&self, texts: &Texts, out: &mut dyn Sink) -> Told {
        if self.met.is_empty() {
            return Ok(());
        }
        out.heading(1, texts.sources)?;
        let rows: Vec<Vec<Cell>> = self.met.iter().enumerate().map(row(texts)).collect();
        let widths = [10.0, 8.0, 6.6, 18.0, 12.0, 6.6, 5.0, 6.0, 4.4];
        let names =
            std::iter::once((texts.number, 3.0)).chain(texts.source_parts.into_iter().zip(widths));
        // A column in which nothing stands takes room from the others.
        let used: Vec<bool> = (0..=widths.len())
            .map(|at| rows.iter().any(|row| row[at] != Cell::Empty))
            .collect();
        let columns = names.zip(&used).filter(|(_, used)| **used);
        out.table(&Table {
            name: texts.sources.to_owned(),
            columns: columns
                .map(|((name, width), _)| Column::new(name, width))
                .collect(),
            main: false,
        })?;
        for row in rows {
            let cells = row.into_iter().zip(&used).filter(|(_, used)| **used);
            out.row(&cells.map(|(cell, _)| cell).collect::<Vec<_>>())?;
        }
        out.end()
    }
}

/// A source as a row: its number, the parts in the order of [`Texts::source_parts`].
fn row(texts: &Texts) -> impl Fn((usize, &(Source, u32))) -> Vec<Cell> {
    move |(at, (source, records))| {
        let plain = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
        vec![
            Cell::Number((at + 1) as f64),
            plain(&source.title),
            plain(&source.issuer),
            Cell::date(source.date.as_ref()),
            Cell::link(source.cited.clone()),
            Cell::link(source.official.clone().unwrap_or_default()),
            Cell::date(Some(&source.checked)),
            Cell::text(texts.term("status", source.status.code())),
            plain(&source.licence),
            Cell::Number(f64::from(*records)),
        ]
    }
}
