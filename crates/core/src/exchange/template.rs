//! The official templates: one workbook a kind, with drop-downs, notes, a sample row and a version.
//!
//! Layout of the sheet: title, hint, the hidden row that names the fields (by which an import finds them whatever became of
//! the headers), headers, the sample, then what people write. Texts of cells are strings and never formulas; the only
//! formulas are the places of the drop-down lists.

use std::cmp::Ordering;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};

use super::fields::{self, Field, Shape};
use super::header::MARK;
use super::words::{Language, say};
use crate::api::types::{TableTemplate, TemplateAge};
use crate::model::{Kind, Taxonomies, Term};

/// Version of the templates; a change of columns changes it.
pub const VERSION: &str = "1";
/// A version that a sheet names, beside the one that is written here.
pub fn aged(version: &str) -> TableTemplate {
    let number = |version: &str| version.parse::<u32>().ok();
    let age = match number(version).map(|found| Some(found).cmp(&number(VERSION))) {
        Some(Ordering::Equal) => TemplateAge::Current,
        Some(Ordering::Less) => TemplateAge::Older,
        Some(Ordering::Greater) => TemplateAge::Newer,
        None => TemplateAge::Unknown,
    };
    TableTemplate {
        version: version.to_owned(),
        known: VERSION.to_owned(),
        age,
    }
}

/// The row of the headers, from 0.
const HEADER: u32 = 3;
/// The first row to write in, from 0.
const FIRST: u32 = 5;
/// The last row with drop-downs, from 0.
const LAST: u32 = 5_004;

/// A column of a template.
struct Column {
    field: &'static Field,
    required: bool,
    width: f64,
    tip: (&'static str, &'static str),
    sample: (&'static str, &'static str),
}

fn columns(kind: Kind) -> Vec<Column> {
    fields::rows(include_str!("../../../../assets/exchange/templates.csv"))
        .into_iter()
        .filter(|row| row.first() == Some(&kind.as_str()))
        .filter_map(|row| {
            let [
                _,
                path,
                required,
                width,
                tip_zh,
                tip_en,
                sample_zh,
                sample_en,
            ] = row.as_slice()
            else {
                return None;
            };
            Some(Column {
                field: fields::field(kind, path)?,
                required: *required == "yes",
                width: width.parse().ok()?,
                tip: (tip_zh, tip_en),
                sample: (sample_zh, sample_en),
            })
        })
        .collect()
}

/// The template of a kind.
///
/// # Errors
/// Those of the writer of workbooks.
pub fn workbook(kind: Kind, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties()?);
    sheet(&mut book, kind, language, true)?;
    guide(&mut book, kind, language)?;
    terms(&mut book, kind, language)?;
    book.save_to_buffer()
}

/// Properties without a clock: the same template is the same file.
pub(super) fn properties() -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    Ok(DocProperties::new().set_creation_datetime(&day))
}

/// The name of a kind as a sheet is called.
pub fn kind_name(kind: Kind, language: Language) -> &'static str {
    Taxonomies::bundled()
        .term("kind", kind.as_str())
        .map_or(kind.as_str(), |term| language.pick(&term.zh, &term.en))
}

/// The sheet to fill in.
pub(super) fn sheet(
    book: &mut Workbook,
    kind: Kind,
    language: Language,
    sample: bool,
) -> Result<&mut Worksheet, XlsxError> {
    let columns = columns(kind);
    let name = kind_name(kind, language);
    let last = columns.len().saturating_sub(1) as u16;
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    let title = Format::new().set_bold().set_align(FormatAlign::Left);
    let grey = Format::new().set_font_color(Color::RGB(0x0059_5959));
    let heading = format!(
        "{} · {}",
        say(language, "template_title").replace("{kind}", name),
        say(language, "template_version").replace("{version}", VERSION)
    );
    let hint = say(language, "template_hint").replace("{row}", &(FIRST + 1).to_string());
    sheet.merge_range(0, 0, 0, last.max(1), &heading, &title)?;
    sheet.merge_range(1, 0, 1, last.max(1), &hint, &grey)?;
    sheet.set_row_hidden(2)?;
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    let plain = Format::new()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00E8_EEF4));
    let required = plain.clone().set_background_color(Color::RGB(0x00FF_E7C2));
    let italic = Format::new()
        .set_italic()
        .set_font_color(Color::RGB(0x0059_5959));
    let text = Format::new().set_num_format("@");
    for (at, column) in (0..).zip(&columns) {
        let field = column.field;
        let key = if at == 0 {
            format!("{MARK}{}#{}#{VERSION}", field.path, kind.as_str())
        } else {
            format!("{MARK}{}", field.path)
        };
        sheet.set_column_width(at, column.width)?;
        if !field.shape.is_date() {
            // Codes and numbers of telephones stay what was typed.
            sheet.set_column_format(at, &text)?;
        }
        sheet.write_string(2, at, key)?;
        let mut header = language.pick(field.zh, field.en).to_owned();
        if column.required {
            header.push('*');
        }
        let look = if column.required { &required } else { &plain };
        sheet.write_string_with_format(HEADER, at, header, look)?;
        let note = tip(column, language);
        if !note.is_empty() {
            sheet.insert_note(HEADER, at, &Note::new(note).add_author_prefix(false))?;
        }
        if sample {
            let value = language.pick(column.sample.0, column.sample.1);
            sheet.write_string_with_format(HEADER + 1, at, value, &italic)?;
        }
        if let Some(choice) = choices(column, language)? {
            sheet.add_data_validation(HEADER + 1, at, LAST, at, &choice)?;
        }
    }
    Ok(sheet)
}

fn tip(column: &Column, language: Language) -> String {
    let mut parts = Vec::new();
    let tip = language.pick(column.tip.0, column.tip.1);
    if !tip.is_empty() {
        parts.push(tip.to_owned());
    }
    if column.field.shape.is_several() {
        parts.push(say(language, "template_more").to_owned());
    }
    parts.join(language.pick("；", "; "))
}

/// The drop-down of a column. Where several may be written, what is not on the list is not refused.
fn choices(column: &Column, language: Language) -> Result<Option<DataValidation>, XlsxError> {
    let several = column.field.shape.is_several();
    let choice = match column.field.shape {
        Shape::YesNo => DataValidation::new()
            .allow_list_strings(&[say(language, "template_yes"), say(language, "template_no")])?,
        Shape::Code(taxonomies) | Shape::Codes(taxonomies) => {
            let (letters, count) = place(taxonomies);
            let sheet = say(language, "template_terms");
            let formula = format!("='{sheet}'!${letters}$2:${letters}${}", count + 1);
            DataValidation::new().allow_list_formula(Formula::new(formula))
        }
        _ => return Ok(None),
    };
    let style = DataValidationErrorStyle::Warning;
    Ok(Some(
        choice.set_error_style(style).show_error_message(!several),
    ))
}

/// Sets of taxonomies that fields use, in the order of the columns of the sheet of options.
fn sets() -> Vec<&'static str> {
    let mut sets: Vec<&'static str> = Vec::new();
    for kind in fields::KINDS {
        for column in columns(kind) {
            sets.extend(
                column
                    .field
                    .shape
                    .taxonomies()
                    .filter(|set| !sets.contains(set)),
            );
        }
    }
    sets
}

fn place(taxonomies: &str) -> (String, usize) {
    let at = sets()
        .iter()
        .position(|set| *set == taxonomies)
        .unwrap_or(0);
    (super::mapping::letter(at), options(taxonomies).count())
}

/// The terms to choose from; those that only group others are none.
fn options(taxonomies: &str) -> impl Iterator<Item = &'static Term> {
    let ids: Vec<String> = taxonomies.split('|').rev().map(str::to_owned).collect();
    ids.into_iter().flat_map(|id| {
        let taxonomy = Taxonomies::bundled().get(&id);
        let grouping = matches!(id.as_str(), "maturity" | "tier" | "typical_scenario");
        taxonomy.into_iter().flat_map(move |taxonomy| {
            taxonomy.terms.iter().filter(move |term| {
                !grouping
                    || !taxonomy
                        .terms
                        .iter()
                        .any(|other| other.parent.as_ref() == Some(&term.code))
            })
        })
    })
}

/// The hidden sheet of options.
pub(super) fn terms(book: &mut Workbook, _kind: Kind, language: Language) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(say(language, "template_terms"))?;
    sheet.set_hidden(true);
    for (column, set) in (0..).zip(sets()) {
        sheet.write_string(0, column, set)?;
        for (row, term) in (1..).zip(options(set)) {
            sheet.write_string(row, column, language.pick(&term.zh, &term.en))?;
        }
    }
    Ok(())
}

/// The sheet that says how to fill in.
fn guide(book: &mut Workbook, kind: Kind, language: Language) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap();
    let sheet = book.add_worksheet();
    sheet.set_name(say(language, "template_guide"))?;
    let hint = say(language, "template_hint").replace("{row}", &(FIRST + 1).to_string());
    let version = say(language, "template_version").replace("{version}", VERSION);
    sheet.write_string_with_format(
        0,
        0,
        format!("{} · {version}", kind_name(kind, language)),
        &bold,
    )?;
    sheet.write_string(1, 0, hint)?;
    for (column, key) in (0..).zip([
        "template_field",
        "template_required",
        "template_tip",
        "template_options",
    ]) {
        sheet.write_string_with_format(3, column, say(language, key), &bold)?;
    }
    for (column, width) in [(0, 20), (1, 10), (2, 50), (3, 80)] {
        sheet.set_column_width(column, width)?;
    }
    for (row, column) in (4..).zip(columns(kind)) {
        let required = if column.required {
            "template_yes"
        } else {
            "template_no"
        };
        sheet.write_string(row, 0, language.pick(column.field.zh, column.field.en))?;
        sheet.write_string(row, 1, say(language, required))?;
        sheet.write_string_with_format(row, 2, tip(&column, language), &wrap)?;
        if let Some(set) = column.field.shape.taxonomies() {
            let names: Vec<&str> = options(set)
                .map(|term| language.pick(term.zh.as_str(), term.en.as_str()))
                .collect();
            sheet.write_string_with_format(row, 3, names.join("、"), &wrap)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::header;
    use crate::exchange::read::{Options, read};

    #[test]
    fn a_template_names_its_fields_and_is_read_back_by_them() {
        for kind in fields::KINDS {
            for language in [Language::Zh, Language::En] {
                let bytes = workbook(kind, language).unwrap();
                assert_eq!(
                    bytes,
                    workbook(kind, language).unwrap(),
                    "the same file every time"
                );
                let book = read("template.xlsx", &bytes, &Options::default()).unwrap();
                let (sheet, found) = header::choose("template.xlsx", &book.sheets);
                assert_eq!((sheet, found), (0, kind));
                let sheet = &book.sheets[0];
                assert_eq!(header::find(sheet), Some(HEADER + 1));
                let columns = crate::exchange::mapping::columns(kind, sheet, HEADER + 1);
                assert!(
                    columns.iter().all(|column| column.field.is_some()),
                    "{kind:?}"
                );
                let names = super::columns(kind).len();
                assert_eq!(columns.len(), names);
                let sample = header::row(sheet, FIRST).unwrap();
                let head = header::row(sheet, HEADER + 1).unwrap();
                assert_eq!(header::skipped(sample, head, Some(0)), Some("sample"));
            }
        }
    }

    #[test]
    fn headers_alone_find_the_same_fields() {
        for kind in fields::KINDS {
            for language in [Language::Zh, Language::En] {
                let headers: Vec<String> = columns(kind)
                    .iter()
                    .map(|column| language.pick(column.field.zh, column.field.en).to_owned())
                    .collect();
                let found = crate::exchange::mapping::propose(kind, &headers);
                for (column, found) in columns(kind).iter().zip(found) {
                    assert_eq!(
                        found.field.as_deref(),
                        Some(column.field.path),
                        "{kind:?} {}",
                        found.header
                    );
                }
            }
        }
    }

    #[test]
    fn samples_are_valid() {
        use crate::exchange::normalise::Reader;
        use crate::exchange::read::Cell;
        for kind in fields::KINDS {
            for column in columns(kind) {
                for sample in [column.sample.0, column.sample.1] {
                    let mut reader = Reader::new(column.field, "", &[]);
                    let reading = reader.read(&Cell::text_of(sample));
                    assert_eq!((reading.issue, reading.kept.len()), (None, 0), "{sample}");
                }
            }
        }
    }
}
