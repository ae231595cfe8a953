//! Excel workbooks: a sheet a table, typed cells, and a last sheet that tells what it is.
//!
//! Texts are written as texts whatever they begin with, so that none becomes a formula; no formula is ever written. Rows go
//! to a temporary file as they come, so that a long table needs no memory.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::error::ExportError;
use super::file::Target;
use super::sink::{Cell, Front, Sink, Table, Told};

/// Most characters (UTF-16) of a cell.
const CELL_MAX: usize = 32_767;
/// Most rows of a sheet, the header among them.
const ROWS_MAX: u32 = 1_048_576;
/// Addresses made to be clicked; Excel takes 65,530 of them a sheet.
const LINKS_MAX: u32 = 60_000;
/// Most characters of a sheet's name.
const NAME_MAX: usize = 31;

/// Writes a workbook.
pub struct Xlsx<'a> {
    target: &'a mut Target,
    book: Workbook,
    /// The sheet being written.
    sheet: Option<usize>,
    row: u32,
    links: u32,
    names: BTreeSet<String>,
    about: Vec<(bool, String)>,
    about_name: String,
    formats: Formats,
    cut: u32,
}

struct Formats {
    head: Format,
    date: Format,
    money: Format,
    share: Format,
    link: Format,
    title: Format,
    note: Format,
}

impl<'a> Xlsx<'a> {
    /// Begins. `now` is the moment that the workbook names as its creation; `about` names the last sheet.
    ///
    /// # Errors
    /// When `now` is no time.
    pub fn new(target: &'a mut Target, now: &str, about: &str) -> Result<Self, ExportError> {
        let mut book = Workbook::new();
        let created = ExcelDateTime::parse_from_str(now.get(..19).unwrap_or(now))
            .map_err(ExportError::fault)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&created));
        Ok(Self {
            target,
            book,
            sheet: None,
            row: 0,
            links: 0,
            names: BTreeSet::from([about.to_lowercase()]),
            about: Vec::new(),
            about_name: about.to_owned(),
            formats: Formats {
                head: Format::new()
                    .set_bold()
                    .set_background_color(Color::RGB(0x00E4_ECF5))
                    .set_border_bottom(FormatBorder::Thin)
                    .set_align(FormatAlign::VerticalCenter),
                date: Format::new().set_num_format("yyyy-mm-dd"),
                money: Format::new().set_num_format("#,##0.##"),
                share: Format::new().set_num_format("0%"),
                link: Format::new()
                    .set_font_color(Color::RGB(0x0005_63C1))
                    .set_underline(rust_xlsxwriter::FormatUnderline::Single),
                title: Format::new().set_bold().set_text_wrap(),
                note: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            },
            cut: 0,
        })
    }

    /// Ends. Answers how many texts had to be cut.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> Result<u32, ExportError> {
        let sheet = self.book.add_worksheet();
        sheet
            .set_name(&self.about_name)
            .map_err(ExportError::fault)?;
        sheet.set_column_width(0, 100).map_err(ExportError::fault)?;
        for (row, (title, text)) in (0..).zip(&self.about) {
            let format = if *title {
                &self.formats.title
            } else {
                &self.formats.note
            };
            let (text, _) = fitting(text);
            sheet
                .write_string_with_format(row, 0, text, format)
                .map_err(ExportError::fault)?;
        }
        match self.book.save_to_writer(&mut *self.target) {
            Ok(()) => Ok(self.cut),
            Err(XlsxError::IoError(error)) => Err(self.target.failed(error)),
            Err(XlsxError::ZipError(error)) => Err(self.target.failed(match error {
                zip::result::ZipError::Io(error) => error,
                other => std::io::Error::other(other),
            })),
            Err(error) => Err(ExportError::fault(error)),
        }
    }

    fn current(&mut self) -> Result<&mut Worksheet, ExportError> {
        let at = self
            .sheet
            .ok_or_else(|| ExportError::fault("a row outside a table"))?;
        self.book
            .worksheet_from_index(at)
            .map_err(ExportError::fault)
    }

    /// A name that Excel takes, and that no other sheet has.
    fn name(&mut self, wanted: &str) -> String {
        let plain: String = wanted
            .chars()
            .map(|c| {
                if "[]:*?/\\'".contains(c) || c.is_control() {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        let plain = plain.trim();
        let base = if plain.is_empty() { "1" } else { plain };
        let short = |most: usize| base.chars().take(most).collect::<String>();
        let mut name = short(NAME_MAX);
        let mut number = 2;
        while !self.names.insert(name.to_lowercase()) {
            name = format!("{} {number}", short(NAME_MAX - 5));
            number += 1;
        }
        name
    }
}

/// The text as far as a cell takes it, and whether that is less than all.
fn fitting(text: &str) -> (&str, bool) {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > CELL_MAX {
            return (&text[..at], true);
        }
    }
    (text, false)
}

/// A whole day as Excel counts them; less precise dates and those before 1900 are texts.
fn day(date: &str) -> Option<ExcelDateTime> {
    let mut parts = date.split('-').map(str::parse::<u16>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    ExcelDateTime::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

impl Sink for Xlsx<'_> {
    fn front(&mut self, front: &Front) -> Told {
        self.about.push((true, front.title.clone()));
        self.about
            .extend(front.lines.iter().map(|line| (false, line.clone())));
        Ok(())
    }

    fn heading(&mut self, _: u8, text: &str) -> Told {
        self.about.push((true, text.to_owned()));
        Ok(())
    }

    fn paragraph(&mut self, text: &str) -> Told {
        self.about.push((false, text.to_owned()));
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Told {
        let name = self.name(&table.name);
        let sheet = self
            .book
            .add_worksheet_with_constant_memory()
            .map_err(ExportError::fault)?;
        let head = &self.formats.head;
        (|| -> Result<(), XlsxError> {
            sheet.set_name(&name)?.set_freeze_panes(1, 0)?;
            for (at, column) in (0..).zip(&table.columns) {
                let width = f64::from(column.width).mul_add(2.0, 2.0).clamp(6.0, 60.0);
                sheet.set_column_width(at, width)?;
                sheet.write_string_with_format(0, at, &column.name, head)?;
            }
            Ok(())
        })()
        .map_err(ExportError::fault)?;
        self.sheet = Some(self.book.worksheets().len() - 1);
        self.row = 0;
        self.links = 0;
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Told {
        self.row += 1;
        let row = self.row;
        if row >= ROWS_MAX {
            return Err(ExportError::TooMany(ROWS_MAX as usize - 1));
        }
        let (mut cut, mut links) = (0, self.links);
        let Formats {
            date,
            money,
            share,
            link,
            ..
        } = &self.formats;
        let at = self
            .sheet
            .ok_or_else(|| ExportError::fault("a row outside a table"))?;
        let sheet = self
            .book
            .worksheet_from_index(at)
            .map_err(ExportError::fault)?;
        (|| -> Result<(), XlsxError> {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Empty => {}
                    Cell::Text(text) => {
                        let (text, less) = fitting(text);
                        cut += u32::from(less);
                        sheet.write_string(row, column, text)?;
                    }
                    Cell::Number(number) => {
                        sheet.write_number(row, column, *number)?;
                    }
                    Cell::Money(yuan) => {
                        sheet.write_number_with_format(row, column, *yuan, money)?;
                    }
                    Cell::Share(part) => {
                        sheet.write_number_with_format(row, column, *part, share)?;
                    }
                    Cell::Date(text) => match day(text) {
                        Some(day) => {
                            sheet.write_datetime_with_format(row, column, &day, date)?;
                        }
                        None => {
                            sheet.write_string(row, column, text)?;
                        }
                    },
                    Cell::Link(address) if links < LINKS_MAX => {
                        links += 1;
                        if sheet
                            .write_url_with_format(row, column, address.as_str(), link)
                            .is_err()
                        {
                            sheet.write_string(row, column, address)?;
                        }
                    }
                    Cell::Link(address) => {
                        sheet.write_string(row, column, address)?;
                    }
                }
            }
            Ok(())
        })()
        .map_err(ExportError::fault)?;
        self.cut += cut;
        self.links = links;
        Ok(())
    }

    fn end(&mut self) -> Told {
        self.current()?;
        self.sheet = None;
        Ok(())
    }
}
