//! The workbook handed back: the rows as they came, a column that says what is wrong with each, and a sheet that lists it.
//!
//! Every text is written as a string: what begins with `=` in the file is no formula in the report.

use rust_xlsxwriter::{Color, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::check::Checked;
use super::header;
use super::mapping::{letter, template as template_of};
use super::read::{Book, Cell, Sheet};
use super::template;
use super::words::{Language, remedy, say};
use crate::api::types::{CheckedRow, RowFate, RowIssue};

/// Longest text that a cell of a workbook holds, in UTF-16 units.
const CELL_MAX: usize = 32_767;

/// Writes the report of a checked sheet of a file.
///
/// # Errors
/// Those of the writer of workbooks.
pub fn workbook(
    book: &Book,
    sheet: usize,
    checked: &Checked,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    out.set_properties(&template::properties()?);
    let looks = Looks::new();
    let mut made_from_template = false;
    for (at, source) in book.sheets.iter().enumerate() {
        if is_ours(&source.name) {
            continue;
        }
        if at != sheet {
            let into = out.add_worksheet();
            named(into, &source.name, at)?;
            into.set_hidden(source.hidden);
            copy(into, source, usize::MAX, &looks)?;
            continue;
        }
        // A sheet made from a template keeps its drop-downs.
        let keys = template_of(source, checked.header);
        let keys =
            keys.filter(|keys| keys.kind == checked.kind && keys.version == template::VERSION);
        let into = if let Some(keys) = keys {
            made_from_template = true;
            template::sheet(&mut out, keys.kind, language, false)?
        } else {
            let into = out.add_worksheet();
            named(into, &source.name, at)?;
            into
        };
        let column = errors_column(source, checked.header);
        copy(into, source, column, &looks)?;
        annotate(into, source, column, checked, language, &looks)?;
    }
    if made_from_template {
        // Its lists of options went with the sheets that are ours.
        template::terms(&mut out, checked.kind, language)?;
    }
    list(&mut out, &book.sheets[sheet], checked, language)?;
    out.save_to_buffer()
}

/// Whether a sheet is one that an earlier report or a template added.
pub fn is_ours(name: &str) -> bool {
    ["errors_sheet", "template_terms", "template_guide"]
        .iter()
        .any(|key| {
            [Language::Zh, Language::En]
                .iter()
                .any(|language| say(*language, key) == name)
        })
}

/// Whether a header is that of the column which an earlier report added.
pub fn is_errors_column(header: &str) -> bool {
    [Language::Zh, Language::En]
        .iter()
        .any(|language| say(*language, "errors_column") == header)
}

struct Looks {
    date: Format,
    time: Format,
    wrong: Format,
    head: Format,
}

impl Looks {
    fn new() -> Self {
        let red = Color::RGB(0x00FC_E4E4);
        Self {
            date: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            wrong: Format::new().set_background_color(red),
            head: Format::new().set_bold().set_background_color(red),
        }
    }
}

fn named(sheet: &mut Worksheet, name: &str, at: usize) -> Result<(), XlsxError> {
    // A text file has no name for its sheet, and other programs allow names that Excel does not.
    if name.is_empty() || sheet.set_name(name).is_err() {
        sheet.set_name(format!("Sheet{}", at + 1))?;
    }
    Ok(())
}

/// The column that says what is wrong: that of an earlier report, or the first free one.
fn errors_column(sheet: &Sheet, header: u32) -> usize {
    let head = header::row(sheet, header);
    head.and_then(|row| {
        row.filled()
            .find(|(_, cell)| is_errors_column(&cell.text()))
            .map(|(column, _)| column)
    })
    .unwrap_or_else(|| sheet.width())
}

/// Copies the cells of a sheet. What an earlier report said in its column is no longer true.
fn copy(
    into: &mut Worksheet,
    sheet: &Sheet,
    without: usize,
    looks: &Looks,
) -> Result<(), XlsxError> {
    for row in &sheet.rows {
        for (column, cell) in row.filled().filter(|(column, _)| *column != without) {
            put(into, row.number - 1, column as u16, cell, looks)?;
        }
    }
    Ok(())
}

fn put(
    into: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) | Cell::Error(text) => {
            into.write_string(row, column, cut(text))?;
        }
        Cell::Number(number) => {
            into.write_number(row, column, *number)?;
        }
        Cell::Bool(yes) => {
            into.write_boolean(row, column, *yes)?;
        }
        Cell::Date(stamp) => {
            let (hours, rest) = (stamp.seconds / 3600, stamp.seconds % 3600);
            let time = ExcelDateTime::from_ymd(stamp.year, stamp.month, stamp.day)
                .and_then(|day| day.and_hms(hours as u16, (rest / 60) as u8, f64::from(rest % 60)));
            let look = if stamp.seconds == 0 {
                &looks.date
            } else {
                &looks.time
            };
            match time {
                Ok(time) => into.write_datetime_with_format(row, column, &time, look)?,
                // Days before 1900 are text in a workbook.
                Err(_) => into.write_string(row, column, cell.text())?,
            };
        }
    }
    Ok(())
}

/// A text as long as a cell may be.
fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= CELL_MAX {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < CELL_MAX
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// The column that says what is wrong.
fn annotate(
    into: &mut Worksheet,
    sheet: &Sheet,
    column: usize,
    checked: &Checked,
    language: Language,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let column = column as u16;
    if checked.header > 0 {
        into.write_string_with_format(
            checked.header - 1,
            column,
            say(language, "errors_column"),
            &looks.head,
        )?;
    }
    into.set_column_width(column, 60)?;
    for row in &checked.rows {
        let number = row.row - 1;
        if row.fate == RowFate::Wrong {
            let said: Vec<String> = row
                .issues
                .iter()
                .filter(|issue| issue.wrong)
                .map(|issue| sentence(sheet, checked, issue, language))
                .collect();
            into.write_string_with_format(number, column, cut(&said.join("\n")), &looks.wrong)?;
            for issue in row.issues.iter().filter(|issue| issue.wrong) {
                if let Some(at) = issue.column {
                    into.set_cell_format(number, at as u16, &looks.wrong)?;
                }
            }
        }
    }
    Ok(())
}

fn sentence(sheet: &Sheet, checked: &Checked, issue: &RowIssue, language: Language) -> String {
    let at = place(sheet, checked, issue);
    let reason = say(language, &issue.code);
    let fix = remedy(language, &issue.code);
    match language {
        Language::Zh => format!("{at}：{reason}。{fix}。"),
        Language::En => format!("{at}: {reason}. {fix}."),
    }
}

/// The column as people find it: `B 统一社会信用代码`.
fn place(sheet: &Sheet, checked: &Checked, issue: &RowIssue) -> String {
    let Some(column) = issue.column else {
        return String::new();
    };
    let header = header::row(sheet, checked.header)
        .map(|row| row.cell(column as usize).text().into_owned())
        .unwrap_or_default();
    format!("{} {header}", letter(column as usize))
        .trim()
        .to_owned()
}

/// The sheet that lists everything wrong or worth knowing.
fn list(
    out: &mut Workbook,
    sheet: &Sheet,
    checked: &Checked,
    language: Language,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let into = out.add_worksheet();
    into.set_name(say(language, "errors_sheet"))?;
    into.set_freeze_panes(1, 0)?;
    let heads = [
        "list_sheet",
        "list_row",
        "list_column",
        "list_value",
        "list_reason",
        "list_remedy",
        "list_level",
    ];
    for ((column, key), width) in (0..).zip(heads).zip([16, 8, 28, 36, 48, 48, 12]) {
        into.write_string_with_format(0, column, say(language, key), &bold)?;
        into.set_column_width(column, width)?;
    }
    let mut line = 1;
    let mut write = |row: &CheckedRow,
                     at: &str,
                     value: &str,
                     reason: &str,
                     fix: &str,
                     level: &str|
     -> Result<(), XlsxError> {
        into.write_string(line, 0, sheet.name.as_str())?;
        into.write_number(line, 1, row.row)?;
        for (column, text) in (2..).zip([at, value, reason, fix, level]) {
            into.write_string(line, column, cut(text))?;
        }
        line += 1;
        Ok(())
    };
    for row in &checked.rows {
        for issue in &row.issues {
            let at = place(sheet, checked, issue);
            write(
                row,
                &at,
                &issue.value,
                say(language, &issue.code),
                remedy(language, &issue.code),
                say(
                    language,
                    if issue.wrong {
                        "level_error"
                    } else {
                        "level_warning"
                    },
                ),
            )?;
        }
        if row.fate == RowFate::Duplicate {
            let first = row.same.as_ref().and_then(|same| same.row);
            let value = first.map_or_else(|| row.name.clone(), |first| first.to_string());
            write(row, "", &value, say(language, "row_duplicate"), "", "")?;
        }
        if let Some(reason) = row
            .skipped
            .as_deref()
            .filter(|reason| !matches!(*reason, "blank" | "title" | "header" | "keys"))
        {
            write(
                row,
                "",
                "",
                &format!(
                    "{}: {}",
                    say(language, "row_skipped"),
                    say(language, reason)
                ),
                "",
                "",
            )?;
        }
    }
    Ok(())
}
