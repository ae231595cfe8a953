//! Tables out of spreadsheet files, XLSX and CSV: bytes in, rows of plain text out.
//!
//! The file comes from anybody. Its archive is measured before anything reads it, cells are read one by one and never
//! as the rectangle that the file claims to have, and rows, columns and texts are counted. Formulas are not computed:
//! a cell is the value that was saved with it. What the columns mean is not known here.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};

/// Largest file in bytes.
pub(crate) const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Largest archive in bytes, uncompressed.
const MAX_RAW: u64 = 512 * 1024 * 1024;
/// Most files in an archive.
const MAX_FILES: usize = 2_000;
/// Most rows of a table.
const MAX_ROWS: u32 = 1_000_000;
/// Most columns of a table.
const MAX_COLUMNS: u32 = 256;
/// Most cells of a file.
const MAX_CELLS: usize = 8_000_000;
/// Longest text of a cell in bytes.
const MAX_TEXT: usize = 64 * 1024;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Name of the sheet; empty in CSV.
    pub name: String,
    /// Rows that are not empty, from the top.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Number of the row, from 1, as a spreadsheet shows it; of the line in CSV.
    pub number: u32,
    /// Texts of the cells, from the left.
    pub cells: Vec<String>,
}

/// Why a file gives no tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SheetError {
    /// Larger than the product reads, packed or unpacked.
    #[error("larger than a spreadsheet of records may be")]
    TooLarge,
    /// More rows, columns, cells or longer texts than the product reads.
    #[error(
        "row {0} has more columns or longer text than a record may have, or there are too many rows"
    )]
    TooMuch(u32),
    /// No spreadsheet, or damaged.
    #[error("not readable as a spreadsheet: {0}")]
    Damaged(String),
}

/// The tables of an XLSX file.
pub(crate) fn xlsx(bytes: &[u8]) -> Result<Vec<Table>, SheetError> {
    measure(bytes)?;
    let damaged = |error: calamine::XlsxError| SheetError::Damaged(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut cells_left = MAX_CELLS;
    let mut tables = Vec::new();
    for name in book.sheet_names() {
        let mut rows: Vec<Row> = Vec::new();
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // Sheets of charts and macros have no cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let number = row.saturating_add(1);
            let text = text_of(cell.get_value());
            if text.is_empty() {
                continue;
            }
            cells_left = cells_left
                .checked_sub(1)
                .ok_or(SheetError::TooMuch(number))?;
            if number > MAX_ROWS || column >= MAX_COLUMNS || text.len() > MAX_TEXT {
                return Err(SheetError::TooMuch(number));
            }
            // A hostile file may give its rows in any order.
            let at = match rows.binary_search_by_key(&number, |row| row.number) {
                Ok(at) => at,
                Err(at) => {
                    let cells = Vec::new();
                    rows.insert(at, Row { number, cells });
                    at
                }
            };
            let cells = &mut rows[at].cells;
            let column = column as usize;
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
        tables.push(Table { name, rows });
    }
    Ok(tables)
}

/// The table of a CSV file in UTF-8, UTF-16 with a mark, or GB 18030, which Chinese spreadsheets write.
pub(crate) fn csv(bytes: &[u8]) -> Result<Table, SheetError> {
    if bytes.len() > MAX_BYTES {
        return Err(SheetError::TooLarge);
    }
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or_else(
        || match std::str::from_utf8(bytes) {
            Ok(_) => encoding_rs::UTF_8,
            Err(_) => encoding_rs::GB18030,
        },
        |(encoding, _)| encoding,
    );
    let (text, _, broken) = encoding.decode(bytes);
    if broken {
        return Err(SheetError::Damaged(
            "neither UTF-8, UTF-16 nor GB 18030".to_owned(),
        ));
    }
    let mut rows = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut cells_left = MAX_CELLS;
    for record in reader.records() {
        let record = record.map_err(|error| SheetError::Damaged(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let number = u32::try_from(line).unwrap_or(u32::MAX);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        let left = cells_left.checked_sub(cells.len());
        cells_left = left.ok_or(SheetError::TooMuch(number))?;
        if number > MAX_ROWS
            || cells.len() > MAX_COLUMNS as usize
            || cells.iter().any(|cell| cell.len() > MAX_TEXT)
        {
            return Err(SheetError::TooMuch(number));
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(Table {
        name: String::new(),
        rows,
    })
}

/// Unpacks the archive once into nothing, so that what reads it later is known to end.
fn measure(bytes: &[u8]) -> Result<(), SheetError> {
    let damaged = |error: zip::result::ZipError| SheetError::Damaged(error.to_string());
    if bytes.len() > MAX_BYTES {
        return Err(SheetError::TooLarge);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_FILES {
        return Err(SheetError::TooLarge);
    }
    let mut left = MAX_RAW;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(damaged)?;
        let read = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink())
            .map_err(|error| SheetError::Damaged(error.to_string()))?;
        left = left.checked_sub(read).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

/// The text of a cell. Dates become ISO 8601, whole numbers have no point, errors are empty.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        DataRef::DateTime(time)
            if time.is_datetime() && (0.0..2_958_466.0).contains(&time.as_f64()) =>
        {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(time) => time.as_f64().to_string(),
        DataRef::DateTimeIso(text) => text.get(..10).unwrap_or(text).to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
