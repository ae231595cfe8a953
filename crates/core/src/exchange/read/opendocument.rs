//! ODS, which LibreOffice writes.
//!
//! The format repeats cells and rows by a number. They are counted before they are made, so that a short file cannot
//! become a long one.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::xlsx::{iso, length, unanswered};
use super::{Cell, Count, MAX_COLUMNS, MAX_RAW, MAX_ROWS, MAX_TEXT, ReadError, Sheet};

/// The sheets. The archive was measured.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| ReadError::Damaged(error.to_string()))?;
    if part(&mut archive, "META-INF/manifest.xml")?.contains("encryption-data") {
        return Err(ReadError::Encrypted);
    }
    if !part(&mut archive, "mimetype")?.contains("opendocument.spreadsheet") {
        return Err(ReadError::NoSpreadsheet);
    }
    let content = archive
        .by_name("content.xml")
        .map_err(|error| ReadError::Damaged(error.to_string()))?;
    Content {
        reader: Reader::from_reader(BufReader::new(content.take(MAX_RAW))),
        buffer: Vec::new(),
        count: Count::new(),
    }
    .sheets()
}

/// A small part as text; empty when it is absent.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, ReadError> {
    let Ok(file) = archive.by_name(name) else {
        return Ok(String::new());
    };
    let mut bytes = Vec::new();
    file.take(1 << 20)
        .read_to_end(&mut bytes)
        .map_err(|error| ReadError::Damaged(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

struct Content<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    count: Count,
}

impl<R: std::io::BufRead> Content<R> {
    fn next(&mut self) -> Result<Event<'static>, ReadError> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer);
        event
            .map(Event::into_owned)
            .map_err(|error| ReadError::Damaged(error.to_string()))
    }

    fn sheets(mut self) -> Result<Vec<Sheet>, ReadError> {
        let mut sheets = Vec::new();
        loop {
            match self.next()? {
                Event::Start(tag) if is(&tag, "table:table") => {
                    let mut sheet = Sheet {
                        name: attribute(&tag, "table:name").unwrap_or_default(),
                        ..Sheet::default()
                    };
                    self.table(&mut sheet)?;
                    sheets.push(sheet);
                }
                Event::Eof => return Ok(sheets),
                _ => {}
            }
        }
    }

    /// The rows of a table, wherever groups put them.
    fn table(&mut self, sheet: &mut Sheet) -> Result<(), ReadError> {
        let mut number: u32 = 1;
        loop {
            match self.next()? {
                Event::Start(tag) if is(&tag, "table:table-row") => {
                    let times = repeated(&tag, "table:number-rows-repeated");
                    let cells = self.row(number)?;
                    if !cells.is_empty() {
                        // An empty row may be repeated to the end of the sheet; one with content may not.
                        if number.saturating_add(times - 1) > MAX_ROWS {
                            return Err(ReadError::TooMuch(number));
                        }
                        for again in 0..times {
                            for (column, cell) in &cells {
                                self.count.cell(number + again, *column, length(cell))?;
                                sheet.put(number + again, *column, cell.clone());
                            }
                        }
                    }
                    number = number.saturating_add(times);
                }
                Event::Empty(tag) if is(&tag, "table:table-row") => {
                    let times = repeated(&tag, "table:number-rows-repeated");
                    number = number.saturating_add(times);
                }
                Event::End(tag) if tag.name() == QName("table:table") => return Ok(()),
                Event::Eof => return Err(ReadError::Damaged("a table has no end".to_owned())),
                _ => {}
            }
        }
    }

    /// The cells of a row that hold something, with their columns.
    fn row(&mut self, number: u32) -> Result<Vec<(u32, Cell)>, ReadError> {
        let mut cells = Vec::new();
        let mut column: u32 = 0;
        loop {
            let (cell, times) = match self.next()? {
                Event::Start(tag) if is_cell(&tag) => (
                    self.cell(&tag, number)?,
                    repeated(&tag, "table:number-columns-repeated"),
                ),
                Event::Empty(tag) if is_cell(&tag) => (
                    valued(&tag).unwrap_or_default(),
                    repeated(&tag, "table:number-columns-repeated"),
                ),
                Event::End(tag) if tag.name() == QName("table:table-row") => return Ok(cells),
                Event::Eof => return Err(ReadError::Damaged("a row has no end".to_owned())),
                _ => continue,
            };
            if !cell.is_empty() {
                if column.saturating_add(times) > MAX_COLUMNS {
                    return Err(ReadError::TooMuch(number));
                }
                cells.extend((0..times).map(|again| (column + again, cell.clone())));
            }
            column = column.saturating_add(times);
        }
    }

    /// A cell: its value, or the text that is drawn in it. Comments are no part of it.
    fn cell(&mut self, tag: &BytesStart<'_>, number: u32) -> Result<Cell, ReadError> {
        let mut text = String::new();
        let mut comment = 0_usize;
        let mut depth = 0_usize;
        loop {
            if text.len() > MAX_TEXT {
                return Err(ReadError::TooMuch(number));
            }
            match self.next()? {
                Event::Start(inner) => {
                    depth += 1;
                    if comment > 0 || is(&inner, "office:annotation") {
                        comment += 1;
                    } else if is(&inner, "text:p") && !text.is_empty() {
                        text.push('\n');
                    }
                }
                Event::Empty(inner) if comment == 0 => match inner.name().0 {
                    "text:s" => {
                        let times = repeated(&inner, "text:c").min(MAX_TEXT as u32);
                        text.extend(std::iter::repeat_n(' ', times as usize));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                },
                Event::Text(part) if comment == 0 => text.push_str(&part.xml10_content()),
                Event::CData(part) if comment == 0 => text.push_str(&part.xml10_content()),
                Event::GeneralRef(part) if comment == 0 => {
                    text.push_str(&referred(&part)?);
                }
                Event::End(_) if depth == 0 => break,
                Event::End(_) => {
                    depth -= 1;
                    comment = comment.saturating_sub(1);
                }
                Event::Eof => return Err(ReadError::Damaged("a cell has no end".to_owned())),
                _ => {}
            }
        }
        Ok(match valued(tag) {
            Some(Cell::Error(_)) | None if !text.is_empty() => Cell::text_of(&text),
            value => value.unwrap_or_default(),
        })
    }
}

/// The character that `&amp;` and `&#20013;` stand for.
fn referred(part: &quick_xml::events::BytesRef<'_>) -> Result<Cow<'static, str>, ReadError> {
    let damaged = || ReadError::Damaged("a reference to no character".to_owned());
    if let Some(char) = part.resolve_char_ref().map_err(|_| damaged())? {
        return Ok(Cow::Owned(char.to_string()));
    }
    let name = part.xml10_content();
    quick_xml::escape::resolve_predefined_entity(&name)
        .map(Cow::Borrowed)
        .ok_or_else(damaged)
}

/// The value that the attributes of a cell hold; none where its text is the value.
fn valued(tag: &BytesStart<'_>) -> Option<Cell> {
    let Some(kind) = attribute(tag, "office:value-type") else {
        let formula = attribute(tag, "table:formula")?;
        // `of:` says which language of formulas it is.
        return Some(unanswered(
            formula.trim_start_matches("of:").trim_start_matches('='),
        ));
    };
    match kind.as_str() {
        "float" | "currency" | "percentage" => attribute(tag, "office:value")?
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .map(Cell::Number),
        "date" => Some(iso(&attribute(tag, "office:date-value")?)),
        "boolean" => Some(Cell::Bool(
            attribute(tag, "office:boolean-value")? == "true",
        )),
        "string" => attribute(tag, "office:string-value").map(|text| Cell::text_of(&text)),
        _ => None,
    }
}

fn is(tag: &BytesStart<'_>, name: &str) -> bool {
    tag.name() == QName(name)
}

fn is_cell(tag: &BytesStart<'_>) -> bool {
    is(tag, "table:table-cell") || is(tag, "table:covered-table-cell")
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    let value = quick_xml::escape::unescape(&found.value).ok()?;
    Some(value.into_owned())
}

/// How often a cell or row is repeated; at least once.
fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name)
        .and_then(|number| number.parse().ok())
        .unwrap_or(1)
        .max(1)
}
