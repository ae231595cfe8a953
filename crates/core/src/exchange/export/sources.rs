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
        let widths = [10.0, 8.0, 5.0, 18.0, 12.0, 5.0, 4.0, 6.0, 3.0];
        let mut columns = vec![Column::new(texts.number, 2.4)];
        columns.extend(
            texts
                .source_parts
                .iter()
                .zip(widths)
                .map(|(name, width)| Column::new(*name, width)),
        );
        out.table(&Table {
            name: texts.sources.to_owned(),
            columns,
            main: false,
        })?;
        for (at, (source, records)) in self.met.iter().enumerate() {
            out.row(&[
                Cell::Number((at + 1) as f64),
                Cell::text(source.title.clone().unwrap_or_default()),
                Cell::text(source.issuer.clone().unwrap_or_default()),
                Cell::date(source.date.as_ref()),
                Cell::link(source.cited.clone()),
                Cell::link(source.official.clone().unwrap_or_default()),
                Cell::date(Some(&source.checked)),
                Cell::text(texts.term("status", source.status.code())),
                Cell::text(source.licence.clone().unwrap_or_default()),
                Cell::Number(f64::from(*records)),
            ])?;
        }
        out.end()
    }
}
