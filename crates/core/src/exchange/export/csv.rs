//! CSV: one table, UTF-8, fields quoted where needed, lines ended by CRLF (RFC 4180).
//!
//! A spreadsheet takes a text that begins with `=`, `+`, `-`, `@`, a tab or a line break for a formula. Such a text gets an
//! apostrophe in front ([`guard`]), and so does a text that begins with apostrophes before one of these, so that
//! [`unguard`] always gives back what was written. Numbers and dates need none.

use super::error::ExportError;
use super::file::Target;
use super::sink::{Cell, Front, Sink, Table, Told, figure};

/// What makes spreadsheets take a text for a formula: the list of OWASP, with the wide forms.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// The text as it stands in a file.
pub fn guard(text: &str) -> std::borrow::Cow<'_, str> {
    if is_formula(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// The text that [`guard`] was given.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(plain) if is_formula(plain) => plain,
        _ => text,
    }
}

/// Writes the main table.
pub struct Csv<'a> {
    out: csv::Writer<&'a mut Target>,
    writing: bool,
}

impl<'a> Csv<'a> {
    /// Begins, with a byte order mark if wanted: without one, Excel reads UTF-8 as something else.
    ///
    /// # Errors
    /// Those of writing.
    pub fn new(target: &'a mut Target, bom: bool) -> Result<Self, ExportError> {
        if bom && let Err(error) = std::io::Write::write_all(target, b"\xef\xbb\xbf") {
            return Err(target.failed(error));
        }
        Ok(Self {
            out: csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(target),
            writing: false,
        })
    }

    /// Ends.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> Told {
        let flushed = self.out.flush();
        self.failed(flushed)
    }

    fn write<'b>(&mut self, cells: impl Iterator<Item = std::borrow::Cow<'b, str>>) -> Told {
        let cells: Vec<_> = cells.collect();
        let written = self
            .out
            .write_record(cells.iter().map(|cell| cell.as_bytes()));
        self.failed(written.map_err(std::io::Error::from))
    }

    fn failed(&mut self, done: std::io::Result<()>) -> Told {
        done.map_err(|error| self.out.get_ref().failed(error))
    }
}

impl Sink for Csv<'_> {
    fn front(&mut self, _: &Front) -> Told {
        Ok(())
    }

    fn heading(&mut self, _: u8, _: &str) -> Told {
        Ok(())
    }

    fn paragraph(&mut self, _: &str) -> Told {
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Told {
        self.writing = table.main;
        if self.writing {
            self.write(table.columns.iter().map(|column| guard(&column.name)))?;
        }
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Told {
        if !self.writing {
            return Ok(());
        }
        self.write(cells.iter().map(|cell| match cell {
            Cell::Empty => "".into(),
            Cell::Text(text) | Cell::Link(text) => guard(text),
            Cell::Date(date) => date.as_str().into(),
            Cell::Number(number) | Cell::Money(number) | Cell::Share(number) => {
                figure(*number).into()
            }
        }))
    }

    fn end(&mut self) -> Told {
        self.writing = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_guarded_text_begins_no_formula_and_comes_back(text in "['=+@\t\r\n－＝a -]{0,6}") {
            let guarded = guard(&text).into_owned();
            prop_assert!(!guarded.starts_with(FORMULA));
            prop_assert_eq!(unguard(&guarded), text.as_str());
        }
    }
}
