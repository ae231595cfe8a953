//! Spreadsheets for tests: official templates filled in, and corrected. What they say is made up.

use atlas_core::exchange::read::{Options, Sheet, read};
use atlas_core::exchange::words::Language;
use atlas_core::exchange::{mapping, template};
use atlas_core::model::Kind;
use rust_xlsxwriter::{Workbook, XlsxError};

/// The sheet of a template, with these rows written below its sample. Each names its columns by field.
///
/// # Panics
/// When the template has no such field.
pub fn filled(kind: Kind, rows: &[&[(&str, &str)]]) -> Vec<u8> {
    let bytes = template::workbook(kind, Language::Zh).expect("a template can be written");
    let book = read("template.xlsx", &bytes, &Options::default()).expect("and read");
    let sheet = &book.sheets[0];
    let fields = mapping::template(sheet, 4)
        .expect("it names its fields")
        .fields;
    let mut cells = Vec::new();
    for (at, row) in (6..).zip(rows) {
        for (field, text) in *row {
            let column = fields.iter().position(|known| *known == Some(*field));
            cells.push((at, column.expect("a field of the template"), *text));
        }
    }
    written(sheet, &cells).expect("a sheet can be written")
}

/// A sheet with its cells written anew, and one of them changed; rows count from 1, columns from 0.
///
/// # Panics
/// When the place is beyond a sheet.
pub fn corrected(sheet: &Sheet, row: u32, column: usize, text: &str) -> Vec<u8> {
    written(sheet, &[(row, column, text)]).expect("a sheet can be written")
}

fn written(sheet: &Sheet, cells: &[(u32, usize, &str)]) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    let into = out.add_worksheet();
    into.set_name(&sheet.name)?;
    let changed =
        |row: u32, column: usize| cells.iter().any(|cell| (cell.0, cell.1) == (row, column));
    for line in &sheet.rows {
        for (at, cell) in line.filled().filter(|(at, _)| !changed(line.number, *at)) {
            into.write_string(line.number - 1, at as u16, cell.text())?;
        }
    }
    for (row, column, text) in cells {
        into.write_string(row - 1, *column as u16, *text)?;
    }
    out.save_to_buffer()
}
