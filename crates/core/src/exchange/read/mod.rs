//! Sheets out of spreadsheet files: bytes in, cells with their places out.
//!
//! The file comes from anybody. What it is, its first bytes say; its archive is measured before anything reads it; cells
//! are read one by one and never as the rectangle that the file claims to have; rows, columns, cells and texts are
//! counted. Formulas are not computed: a cell is the value that was saved with it. What columns mean is not known here.

pub mod cell;
mod delimited;
mod encoding;
mod guard;
mod legacy;
mod opendocument;
mod xlsx;

pub use cell::{Cell, Row, Sheet, Stamp};

/// Largest file in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Largest archive in bytes, unpacked.
pub const MAX_RAW: u64 = 512 * 1024 * 1024;
/// How many times larger than its archive a part may be, once it is larger than [`RATIO_FROM`].
pub const MAX_RATIO: u64 = 200;
/// Parts below this size may be packed as tightly as they like.
pub const RATIO_FROM: u64 = 16 * 1024 * 1024;
/// Most files in an archive.
const MAX_FILES: usize = 2_000;
/// Number of the last row that is read.
pub const MAX_ROWS: u32 = 200_000;
/// Most columns of a sheet.
pub const MAX_COLUMNS: u32 = 256;
/// Most cells of a file.
pub const MAX_CELLS: usize = 8_000_000;
/// Longest text of a cell in bytes.
pub const MAX_TEXT: usize = 64 * 1024;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML.
    Xlsx,
    /// The binary format of Excel 97–2003.
    Xls,
    /// OpenDocument.
    Ods,
    /// Text with delimiters.
    Csv,
}

impl Format {
    /// The ending of its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
        }
    }

    /// The format that the ending of a file name promises; none for endings that promise nothing.
    fn promised(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        match ending.as_str() {
            "xlsx" | "xltx" => Some(Self::Xlsx),
            "xls" | "xlt" | "et" => Some(Self::Xls),
            "ods" | "ots" => Some(Self::Ods),
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// What the user says about a text file; what is absent is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Label of the encoding: `utf-8`, `gb18030`, `windows-1252`, `utf-16le` …
    pub encoding: Option<String>,
    /// What stands between two cells.
    pub delimiter: Option<char>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// What it was.
    pub format: Format,
    /// Encoding of a text file.
    pub encoding: Option<&'static str>,
    /// Delimiter of a text file.
    pub delimiter: Option<char>,
    /// The sheets in their order.
    pub sheets: Vec<Sheet>,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Larger than the product reads, packed or unpacked.
    #[error("larger than a spreadsheet of records may be")]
    TooLarge,
    /// Packed so tightly that it can only be meant to fill the memory.
    #[error("unpacks to far more than a spreadsheet holds")]
    Bomb,
    /// More rows, columns or cells, or a longer text, than the product reads.
    #[error(
        "row {0} has more columns or longer text than a record may have, or there are too many rows"
    )]
    TooMuch(u32),
    /// Protected by a password.
    #[error("protected by a password")]
    Encrypted,
    /// Contains macros.
    #[error("contains macros")]
    Macros,
    /// The name promises another format than the content has.
    #[error("the content is {}, not what the name says", .0.as_str())]
    WrongEnding(Format),
    /// A spreadsheet of a format that is not read.
    #[error("a spreadsheet of a format that is not read")]
    Unsupported,
    /// No spreadsheet at all.
    #[error("no spreadsheet")]
    NoSpreadsheet,
    /// A quotation mark that is opened in this row is never closed.
    #[error("the quotation mark opened in row {0} is never closed")]
    OpenQuote(u32),
    /// Not text in the encoding that was chosen.
    #[error("not text in {0}")]
    Encoding(String),
    /// Damaged.
    #[error("not readable as a spreadsheet: {0}")]
    Damaged(String),
}

impl ReadError {
    /// The reason as a code for the words of screens and terminal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Bomb => "bomb",
            Self::TooMuch(_) => "too_much",
            Self::Encrypted => "encrypted",
            Self::Macros => "macros",
            Self::WrongEnding(_) => "wrong_ending",
            Self::Unsupported => "unsupported",
            Self::NoSpreadsheet => "no_spreadsheet",
            Self::OpenQuote(_) => "open_quote",
            Self::Encoding(_) => "encoding",
            Self::Damaged(_) => "damaged",
        }
    }

    /// The row that it is about.
    pub fn row(&self) -> Option<u32> {
        match self {
            Self::TooMuch(row) | Self::OpenQuote(row) => Some(*row),
            _ => None,
        }
    }
}

/// Counts what is read, over all sheets of a file.
struct Count {
    cells_left: usize,
}

impl Count {
    fn new() -> Self {
        Self {
            cells_left: MAX_CELLS,
        }
    }

    /// Counts a cell; `row` is numbered from 1, `column` from 0.
    fn cell(&mut self, row: u32, column: u32, text: usize) -> Result<(), ReadError> {
        let left = self.cells_left.checked_sub(1);
        self.cells_left = left.ok_or(ReadError::TooMuch(row))?;
        if row > MAX_ROWS || column >= MAX_COLUMNS || text > MAX_TEXT {
            return Err(ReadError::TooMuch(row));
        }
        Ok(())
    }
}

/// Reads a file. Its name says what it promises to be, its content what it is; where they differ it is refused, since
/// the user may have taken the wrong file.
///
/// # Errors
/// [`ReadError`] when it is refused; nothing of it is read then.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Book, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let format = guard::sniff(bytes)?;
    if Format::promised(name).is_some_and(|promised| promised != format) {
        return Err(ReadError::WrongEnding(format));
    }
    let sheets = match format {
        Format::Csv => return delimited::read(bytes, options),
        Format::Xlsx => xlsx::read(bytes)?,
        Format::Ods => opendocument::read(bytes)?,
        Format::Xls => legacy::read(bytes)?,
    };
    Ok(Book {
        format,
        encoding: None,
        delimiter: None,
        sheets,
    })
}

#[cfg(test)]
mod tests;
