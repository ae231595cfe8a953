//! XLS, the binary format of Excel 97–2003.
//!
//! The library that reads it makes the rectangle that the file claims to have, so the records are measured first. They
//! stand one after another in one stream: two bytes of type, two of length, the content.

use std::io::{Cursor, Read as _};
use std::panic::catch_unwind;

use calamine::{Data, Reader as _, SheetVisible, Xls, XlsError};

use super::xlsx::{date, fault, iso, length};
use super::{Cell, Count, MAX_CELLS, MAX_COLUMNS, ReadError, Sheet};

/// Rows of the format.
const ROWS: u32 = 65_536;

/// The sheets.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    measure(&stream(bytes)?)?;
    // What the library does not expect in a record ends in a panic there.
    catch_unwind(|| sheets(bytes)).unwrap_or_else(|_| Err(ReadError::Damaged("records".to_owned())))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(refused)?;
    let mut count = Count::new();
    let mut sheets = Vec::new();
    for meta in book.sheets_metadata().to_vec() {
        let range = book.worksheet_range(&meta.name).map_err(refused)?;
        let mut sheet = Sheet {
            name: meta.name.clone(),
            hidden: meta.visible != SheetVisible::Visible,
            rows: Vec::new(),
        };
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            let cell = match value {
                Data::Int(number) => Cell::Number(*number as f64),
                Data::Float(number) => Cell::Number(*number),
                Data::String(text) | Data::DurationIso(text) => Cell::text_of(text),
                Data::Bool(yes) => Cell::Bool(*yes),
                Data::DateTime(time) => date(time),
                Data::DateTimeIso(text) => iso(text),
                Data::Error(error) => fault(error),
                Data::Empty => Cell::Empty,
            };
            if cell.is_empty() {
                continue;
            }
            let number = (row as u32).saturating_add(top).saturating_add(1);
            let column = (column as u32).saturating_add(left);
            count.cell(number, column, length(&cell))?;
            sheet.put(number, column, cell);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn refused(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::Encrypted,
        other => ReadError::Damaged(other.to_string()),
    }
}

/// The stream of records.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let damaged = |error: std::io::Error| ReadError::Damaged(error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = if file.is_stream("/Workbook") {
        "/Workbook"
    } else {
        "/Book"
    };
    let stream = file.open_stream(name).map_err(damaged)?;
    let mut records = Vec::new();
    // A stream cannot be longer than the file that holds it.
    stream
        .take(bytes.len() as u64)
        .read_to_end(&mut records)
        .map_err(damaged)?;
    Ok(records)
}

/// Refuses what the library would make too large a rectangle of, and what it could not open.
fn measure(records: &[u8]) -> Result<(), ReadError> {
    let mut at = 0;
    let mut begins = Vec::new();
    let mut claimed = Vec::new();
    let mut cells = 0_usize;
    let (mut bottom, mut right) = (0, 0);
    while let Some(head) = records.get(at..at + 4) {
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let end = at + 4 + usize::from(u16::from_le_bytes([head[2], head[3]]));
        let Some(content) = records.get(at + 4..end) else {
            return Err(ReadError::Damaged("a record is cut off".to_owned()));
        };
        let word = |from: usize| {
            content
                .get(from..from + 2)
                .map(|bytes| u32::from(u16::from_le_bytes([bytes[0], bytes[1]])))
        };
        let long = |from: usize| Some(word(from)? | (word(from + 2)? << 16));
        match kind {
            // FilePass
            0x002f if word(0).is_some_and(|word| word != 0) => return Err(ReadError::Encrypted),
            // BOF
            0x0809 => {
                begins.push(at as u32);
                (bottom, right) = (0, 0);
            }
            // BoundSheet
            0x0085 => claimed.extend(long(0)),
            // Dimensions, of which the library makes room
            0x0200 => {
                let (rows, columns) = match content.len() {
                    10 => ((word(0), word(2)), (word(4), word(6))),
                    _ => ((long(0), long(4)), (word(8), word(10))),
                };
                let ((Some(top), Some(under)), (Some(left), Some(over))) = (rows, columns) else {
                    return Err(ReadError::Damaged("dimensions".to_owned()));
                };
                if under > ROWS || over > MAX_COLUMNS || top > under || left > over {
                    return Err(ReadError::TooMuch(under));
                }
                room(&mut cells, (under, over), (top, left))?;
            }
            // Number, Label, RString, BoolErr, Rk, LabelSst, MulRk, Formula
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x00bd | 0x0006 => {
                let (Some(row), Some(mut column)) = (word(0), word(2)) else {
                    return Err(ReadError::Damaged("cell".to_owned()));
                };
                if kind == 0x00bd {
                    column = word(content.len().saturating_sub(2)).unwrap_or(column);
                }
                if column >= MAX_COLUMNS {
                    return Err(ReadError::TooMuch(row + 1));
                }
                if row >= bottom || column >= right {
                    let before = (bottom, right);
                    (bottom, right) = (bottom.max(row + 1), right.max(column + 1));
                    grow(&mut cells, before, (bottom, right))?;
                }
            }
            _ => {}
        }
        at = end;
    }
    if claimed.iter().any(|place| !begins.contains(place)) {
        return Err(ReadError::Damaged("a sheet begins nowhere".to_owned()));
    }
    Ok(())
}

fn room(cells: &mut usize, end: (u32, u32), start: (u32, u32)) -> Result<(), ReadError> {
    let more = (end.0 - start.0) as usize * (end.1 - start.1) as usize;
    *cells += more;
    if *cells > 2 * MAX_CELLS {
        return Err(ReadError::TooMuch(end.0));
    }
    Ok(())
}

fn grow(cells: &mut usize, before: (u32, u32), after: (u32, u32)) -> Result<(), ReadError> {
    *cells -= before.0 as usize * before.1 as usize;
    room(cells, after, (0, 0))
}
