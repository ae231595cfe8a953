//! Workbooks for tests: official templates filled in, and corrected, as a program for spreadsheets would. What they say is
//! made up.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use atlas_core::exchange::mapping;
use atlas_core::exchange::read::{Options, Sheet, read};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Where a workbook keeps its first sheet.
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The row of the headers of a template, from 1; below it is a sample.
const HEADER: u32 = 4;

/// The first sheet of a workbook.
///
/// # Panics
/// When it is none.
pub fn first(book: &[u8]) -> Sheet {
    let book = read("book.xlsx", book, &Options::default()).expect("a workbook");
    book.sheets.into_iter().next().expect("it has a sheet")
}

/// The column of a field in a sheet that was made from a template, from 0.
///
/// # Panics
/// When the template has no such field.
pub fn column(sheet: &Sheet, field: &str) -> usize {
    let keys = mapping::template(sheet, HEADER).expect("it names its fields");
    let mut fields = keys.fields.iter();
    fields
        .position(|known| *known == Some(field))
        .expect("a field of the template")
}

/// A template with these rows written below its sample. Each names its columns by field.
///
/// # Panics
/// When the template has no such field.
pub fn filled(template: &[u8], rows: &[&[(&str, &str)]]) -> Vec<u8> {
    let sheet = first(template);
    let mut cells = Vec::new();
    for (at, row) in (HEADER + 2..).zip(rows) {
        for (field, text) in *row {
            cells.push((at, column(&sheet, field), *text));
        }
    }
    typed(template, &cells)
}

/// A workbook with texts typed into its first sheet; rows count from 1, columns from 0. Everything else stays as it is.
///
/// # Panics
/// When it is no workbook.
pub fn typed(book: &[u8], cells: &[(u32, usize, &str)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("a workbook is an archive");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("it was counted");
        if part.name().is_ok_and(|name| name == SHEET) {
            let mut xml = String::new();
            part.read_to_string(&mut xml).expect("a sheet is text");
            out.start_file(SHEET, SimpleFileOptions::default())
                .and_then(|()| Ok(out.write_all(into_sheet(&xml, cells).as_bytes())?))
                .expect("memory can be written");
        } else {
            out.raw_copy_file(part).expect("memory can be written");
        }
    }
    let out = out.finish().expect("memory can be written");
    out.into_inner()
}

/// Types into the XML of a sheet.
fn into_sheet(xml: &str, cells: &[(u32, usize, &str)]) -> String {
    let (head, rest) = xml.split_once("<sheetData>").expect("a sheet has rows");
    let (data, tail) = rest.split_once("</sheetData>").expect("and they end");
    let mut rows: BTreeMap<u32, (String, BTreeMap<usize, String>)> = BTreeMap::new();
    // What is text is escaped: a tag is one wherever it stands.
    for row in data.split("<row ").skip(1) {
        let (tag, content) = row.split_once('>').expect("a tag ends");
        let content = content.strip_suffix("</row>").unwrap_or_default();
        let cells = content
            .split("<c ")
            .skip(1)
            .map(|cell| (column_of(named(cell)), format!("<c {cell}")));
        let number = named(tag).parse().expect("rows have numbers");
        let tag = tag.trim_end_matches('/').to_owned();
        rows.insert(number, (tag, cells.collect()));
    }
    for (row, column, text) in cells {
        let (_, cells) = rows
            .entry(*row)
            .or_insert_with(|| (format!("r=\"{row}\""), BTreeMap::new()));
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let place = format!("{}{row}", mapping::letter(*column));
        let cell = format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        cells.insert(*column, cell);
    }
    let rows = rows.into_values().map(|(tag, cells)| {
        let cells: String = cells.into_values().collect();
        format!("<row {tag}>{cells}</row>")
    });
    let rows: Vec<String> = rows.collect();
    let rows = rows.concat();
    format!("{head}<sheetData>{rows}</sheetData>{tail}")
}

/// What the attribute `r`, with which rows and cells begin, says.
fn named(tag: &str) -> &str {
    let value = tag
        .strip_prefix("r=\"")
        .and_then(|rest| rest.split('"').next());
    value.expect("rows and cells say where they are")
}

/// The column of a place such as `AB7`, from 0.
fn column_of(place: &str) -> usize {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(0, |column, letter| {
        column * 26 + usize::from(letter - b'A') + 1
    }) - 1
}
