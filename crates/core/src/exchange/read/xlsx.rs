//! XLSX, which Excel, WPS and LibreOffice write.

use std::io::Cursor;

use calamine::{
    CellErrorType, DataRef, ExcelDateTime, Reader as _, SheetVisible, Xlsx, XlsxError,
    XlsxFormulaMetadata,
};

use super::{Cell, Count, ReadError, Sheet, Stamp};

/// The sheets. The archive was measured.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refused)?;
    let mut count = Count::new();
    let mut sheets = Vec::new();
    let known = book.sheets_metadata().to_vec();
    for meta in known {
        let mut sheet = Sheet {
            name: meta.name.clone(),
            hidden: meta.visible != SheetVisible::Visible,
            rows: Vec::new(),
        };
        let mut reader = match book.worksheet_cells_reader(&meta.name) {
            Ok(reader) => reader,
            // Sheets of charts and macros have no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(refused(error)),
        };
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(refused)? {
            let (row, column) = cell.pos;
            let value = match (&cell.value, &cell.formula) {
                (DataRef::Empty, Some(formula)) => unanswered(written(formula)),
                (saved, _) => value(saved),
            };
            if value.is_empty() {
                continue;
            }
            let number = row.saturating_add(1);
            count.cell(number, column, length(&value))?;
            sheet.put(number, column, value);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn refused(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted,
        other => ReadError::Damaged(other.to_string()),
    }
}

/// A formula that was saved without its result, as programs do that write formulas and compute none.
pub(super) fn unanswered(formula: &str) -> Cell {
    Cell::Error(format!("={formula}"))
}

/// The text of a formula; one that another cell shares with it stands there.
fn written(formula: &XlsxFormulaMetadata) -> &str {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            formula
        }
        _ => "",
    }
}

pub(super) fn length(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) | Cell::Error(text) => text.len(),
        _ => 0,
    }
}

fn value(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::text_of(text),
        DataRef::SharedString(text) => Cell::text_of(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(time) => date(time),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::Error(error) => fault(error),
        DataRef::Empty => Cell::Empty,
    }
}

/// A date of a spreadsheet; what no calendar has stays a number.
pub(super) fn date(time: &ExcelDateTime) -> Cell {
    if !time.is_datetime() || !(0.0..2_958_466.0).contains(&time.as_f64()) {
        return Cell::Number(time.as_f64());
    }
    let (year, month, day, hours, minutes, seconds, _) = time.to_ymd_hms_milli();
    Cell::Date(Stamp {
        year,
        month,
        day,
        seconds: u32::from(hours) * 3600 + u32::from(minutes) * 60 + u32::from(seconds),
    })
}

pub(super) fn iso(text: &str) -> Cell {
    Stamp::parse(text).map_or_else(|| Cell::text_of(text), Cell::Date)
}

pub(super) fn fault(error: &CellErrorType) -> Cell {
    Cell::Error(error.to_string())
}
