//! Export: lists, records, comparisons, matches, roadmaps, portfolios and needs as XLSX, CSV, JSON, PDF and DOCX.
//!
//! A [`subject::Subject`] is told by its builder to a [`sink::Sink`], the neutral form; each format is one sink, JSON alone
//! writes the data itself. A first pass looks through the subject: which columns are used, which private fields it
//! contains. The same subject, day and language give the same bytes.
//!
//! Invariants: a file is whole or not there; nothing is replaced without consent; no text becomes a formula; a character
//! without a glyph is an error; what is private is masked or left out as [`Options`] say, in every format.

mod build;
mod csv;
mod docx;
mod error;
mod file;
mod json;
mod pdf;
mod private;
pub mod sink;
mod sources;
pub mod subject;
pub mod texts;
pub mod unnamed;
mod xlsx;

use std::collections::BTreeSet;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use build::{Flow, Stamp};
use build::{Pass, Survey};
pub use csv::{guard, unguard};
pub use error::ExportError;
pub use file::Target;
pub use pdf::Fonts;
pub use private::Privacy;
use serde::{Deserialize, Serialize};
use sink::{Sink, Told};
use subject::Subject;
use texts::{Language, texts};
use ts_rs::TS;

use crate::model::PrivateField;

/// Most records of one export.
pub const RECORDS_MAX: usize = 100_000;

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ExportFormat")]
pub enum Format {
    /// Excel workbook.
    Xlsx,
    /// One table as text.
    Csv,
    /// The data itself.
    Json,
    /// Document to read and print.
    Pdf,
    /// Word document.
    Docx,
}

impl Format {
    /// Every format, in the order in which screens offer them.
    pub const ALL: [Self; 5] = [Self::Xlsx, Self::Csv, Self::Json, Self::Pdf, Self::Docx];

    /// What files of the format end with.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// The format of a file by its name.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        let named = |format: &Self| ending.eq_ignore_ascii_case(format.extension());
        Self::ALL.into_iter().find(named)
    }

    fn is_sheet(self) -> bool {
        matches!(self, Self::Xlsx | Self::Csv | Self::Json)
    }
}

/// How to write.
pub struct Options<'a> {
    /// Format.
    pub format: Format,
    /// Language of headers, names and the document's own words.
    pub language: Language,
    /// The moment of the export, ISO 8601 in UTC; the only time in the file.
    pub now: &'a str,
    /// What the document says about where its facts are from.
    pub stamp: Stamp,
    /// Private fields to leave out.
    pub without: BTreeSet<PrivateField>,
    /// Phones in full.
    pub phones: bool,
    /// CSV begins with a byte order mark.
    pub bom: bool,
    /// Fonts, or folders with fonts, that come before those of the system.
    pub fonts: Vec<PathBuf>,
    /// A file that is there may be replaced.
    pub replace: bool,
}

/// What was, or would be, written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows of the main table.
    pub rows: u32,
    /// Bytes.
    pub bytes: u64,
    /// Texts cut because a cell of the format takes no more.
    pub cut: u32,
    /// Private fields that the file contains.
    pub private: Vec<PrivateField>,
    /// Private fields met: those contained, and those left out.
    pub met: Vec<PrivateField>,
}

/// Looks through a subject without writing anything: rows, and private fields.
///
/// # Errors
/// Those of reading.
pub fn look(subject: &Subject<'_>, options: &Options<'_>) -> Result<Written, ExportError> {
    let (survey, met) = survey(subject, options, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(Written {
        rows: survey.rows,
        private: met.kept(),
        met: met.met.keys().copied().collect(),
        ..Written::default()
    })
}

/// Writes a subject into a file. Progress is told as rows done of rows in all; both passes count.
///
/// # Errors
/// See [`ExportError`]; a file that was there is unchanged then, and no part of a new one stays.
pub fn write(
    subject: &Subject<'_>,
    options: &Options<'_>,
    path: &Path,
    flow: &mut Flow<'_>,
) -> Result<Written, ExportError> {
    let double = |total: u32| total.saturating_mul(2);
    let (survey, met) = survey(subject, options, &mut |done, total| {
        flow(done, double(total))
    })?;
    let mut privacy = clean(options);
    // What the document says of itself is what the look found.
    privacy.met.clone_from(&met.met);
    let mut second = |done: u32, total: u32| flow(total.saturating_add(done), double(total));
    let (bytes, cut) = if options.format == Format::Json {
        let mut target = Target::begin(path, options.replace)?;
        let stamp = &options.stamp;
        let now = options.now;
        let out = &mut target;
        let wrote = json::write(subject, now, stamp, &met, &mut privacy, &mut second, out);
        wrote.map_err(|stopped| match stopped {
            json::Stopped::Io(error) => target.failed(error),
            json::Stopped::Export(error) => error,
        })?;
        (target.finish()?, 0)
    } else {
        tell(options, path, &mut |sink| {
            let mut pass = Pass {
                texts: texts(options.language),
                privacy: &mut privacy,
                stamp: &options.stamp,
                out: sink,
                flow: &mut second,
                sheets: options.format.is_sheet(),
                single: options.format == Format::Csv,
            };
            build::build(subject, &survey, &mut pass)
        })?
    };
    Ok(Written {
        rows: survey.rows,
        bytes,
        cut,
        private: met.kept(),
        met: met.met.keys().copied().collect(),
    })
}

/// Writes whatever is told, as a workbook, a table or a document; JSON has no neutral form. Answers its size in bytes,
/// and how many texts were cut because a cell takes no more.
///
/// # Errors
/// Those of [`write()`].
pub fn tell(
    options: &Options<'_>,
    path: &Path,
    tell: &mut dyn FnMut(&mut dyn Sink) -> Told,
) -> Result<(u64, u32), ExportError> {
    let words = texts(options.language);
    let mut fonts = match options.format {
        Format::Pdf => Some(Fonts::find(&options.fonts)?),
        _ => None,
    };
    let mut target = Target::begin(path, options.replace)?;
    let mut cut = 0;
    match (options.format, &mut fonts) {
        (Format::Pdf, Some(fonts)) => {
            let mut pdf = pdf::Pdf::new(&mut target, options.now, words, fonts);
            tell(&mut pdf)?;
            pdf.finish()?;
        }
        (Format::Docx, _) => {
            let mut docx = docx::Docx::new(&mut target, options.now, words)?;
            tell(&mut docx)?;
            docx.finish()?;
        }
        (Format::Csv, _) => {
            let mut csv = csv::Csv::new(&mut target, options.bom)?;
            tell(&mut csv)?;
            csv.finish()?;
        }
        (Format::Xlsx, _) => {
            let mut xlsx = xlsx::Xlsx::new(&mut target, options.now, words.about)?;
            tell(&mut xlsx)?;
            cut = xlsx.finish()?;
        }
        (Format::Pdf | Format::Json, _) => {
            return Err(ExportError::fault("no neutral form"));
        }
    }
    Ok((target.finish()?, cut))
}

fn clean(options: &Options<'_>) -> Privacy {
    Privacy {
        without: options.without.clone(),
        phones: options.phones,
        ..Privacy::default()
    }
}

fn survey<'a>(
    subject: &Subject<'_>,
    options: &Options<'_>,
    flow: &'a mut Flow<'a>,
) -> Result<(Survey, Privacy), ExportError> {
    let mut privacy = clean(options);
    if options.format == Format::Json {
        let none = Privacy::default();
        let stamp = Stamp::default();
        let mut nowhere = io::sink();
        let rows = json::write(subject, "", &stamp, &none, &mut privacy, flow, &mut nowhere);
        let rows = rows.map_err(|stopped| match stopped {
            json::Stopped::Io(error) => ExportError::fault(error),
            json::Stopped::Export(error) => error,
        })?;
        return Ok((Survey::of(rows), privacy));
    }
    let words = texts(options.language);
    let sheets = options.format.is_sheet();
    let survey = build::survey(subject, words, sheets, &mut privacy, flow)?;
    Ok((survey, privacy))
}

/// A name for the file that is to be written, in the language of the document.
pub fn file_name(subject: &Subject<'_>, options: &Options<'_>) -> String {
    let words = texts(options.language);
    let about = match subject {
        Subject::Records(records) if !records.name.is_empty() => records.name.as_str(),
        Subject::Records(_) | Subject::Record(_) => words.records,
        Subject::Comparison(_) => words.comparison,
        Subject::Match(_) => words.match_report,
        Subject::Offer(_) => words.match_offer,
        Subject::Roadmap(_) => words.roadmap,
        Subject::Portfolio(_) => words.portfolio,
        Subject::Needs(_) => words.board,
    };
    let plain: String = about
        .chars()
        .map(|c| {
            let sign = "/\\:*?\"<>|.".contains(c) || c.is_control() || c.is_whitespace();
            if sign { '-' } else { c }
        })
        .take(40)
        .collect();
    let day = options.now.get(..10).unwrap_or_default();
    format!("{plain}-{day}.{}", options.format.extension())
}
