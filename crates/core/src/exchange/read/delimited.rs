//! CSV in any encoding and with any delimiter.
//!
//! Rows are numbered as a spreadsheet shows them: an empty line is a row, a line break within quotation marks is none.
//! A quotation mark that is never closed would swallow the rest of the file, so it is told with its row.

use super::super::export::unguard;
use super::{Book, Cell, Count, Format, MAX_COLUMNS, Options, ReadError, Row, Sheet, encoding};

/// Delimiters that are looked for, the commonest first.
const DELIMITERS: &[char] = &[',', ';', '\t', '|', '，', '；'];
/// Rows from which the delimiter is told.
const SAMPLE: usize = 200;

/// Reads a text file.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Book, ReadError> {
    let (text, encoding) = encoding::decode(bytes, options)?;
    let (named, text, offset) = match text.strip_prefix("sep=") {
        Some(rest) => {
            let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            (line.trim_end_matches('\r').chars().next(), rest, 1)
        }
        None => (None, text.as_str(), 0),
    };
    let delimiter = options
        .delimiter
        .or(named)
        .unwrap_or_else(|| delimiter(text));
    let mut count = Count::new();
    let mut rows = Vec::new();
    for fields in Records::new(text, delimiter) {
        let (number, fields) = fields?;
        let number = number + offset;
        if fields.len() > MAX_COLUMNS as usize {
            return Err(ReadError::TooMuch(number));
        }
        let mut cells = Vec::with_capacity(fields.len());
        for (column, text) in (0..).zip(&fields) {
            // Exports guard what would be a formula; here it is text again.
            let cell = Cell::text_of(unguard(text));
            if !cell.is_empty() {
                count.cell(number, column, text.len())?;
            }
            cells.push(cell);
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(Book {
        format: Format::Csv,
        encoding: Some(encoding),
        delimiter: Some(delimiter),
        sheets: vec![Sheet {
            name: String::new(),
            hidden: false,
            rows,
        }],
    })
}

/// The delimiter with which most rows have the same number of columns, and more than one.
fn delimiter(text: &str) -> char {
    let fit = |delimiter: char| {
        let widths: Vec<usize> = Records::new(text, delimiter)
            .take(SAMPLE)
            .map_while(Result::ok)
            .map(|(_, fields)| fields.len())
            .filter(|width| *width > 0)
            .collect();
        let widest = widths
            .iter()
            .filter(|width| **width > 1)
            .map(|width| {
                (
                    widths.iter().filter(|other| *other == width).count(),
                    *width,
                )
            })
            .max()
            .unwrap_or((0, 0));
        // Text is full of commas: a delimiter that fits all rows wins over one that fits some.
        (widest.0 * 100 / widths.len().max(1), widest.1)
    };
    let mut best = (',', (0, 0));
    for delimiter in DELIMITERS {
        let fit = fit(*delimiter);
        if fit > best.1 {
            best = (*delimiter, fit);
        }
    }
    best.0
}

/// The records of a text with their numbers.
struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    delimiter: char,
    number: u32,
    ended: bool,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: char) -> Self {
        Self {
            rest: text.chars().peekable(),
            delimiter,
            number: 0,
            ended: false,
        }
    }

    /// The end of a line was read; what is left of it is skipped.
    fn line_end(&mut self, c: char) -> bool {
        if c == '\r' && self.rest.peek() == Some(&'\n') {
            self.rest.next();
        }
        c == '\n' || c == '\r'
    }
}

impl Iterator for Records<'_> {
    type Item = Result<(u32, Vec<String>), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended || self.rest.peek().is_none() {
            return None;
        }
        self.number = self.number.saturating_add(1);
        let mut fields = Vec::new();
        let mut field = String::new();
        let mut quoted = false;
        // Spaces before an opening mark do not make it text.
        while let Some(c) = self.rest.next() {
            if quoted {
                if c != '"' {
                    field.push(c);
                } else if self.rest.peek() == Some(&'"') {
                    self.rest.next();
                    field.push('"');
                } else {
                    quoted = false;
                }
            } else if c == '"' && field.trim().is_empty() {
                field.clear();
                quoted = true;
            } else if c == self.delimiter {
                fields.push(std::mem::take(&mut field));
                if fields.len() > MAX_COLUMNS as usize {
                    self.ended = true;
                    return Some(Err(ReadError::TooMuch(self.number)));
                }
            } else if self.line_end(c) {
                fields.push(field);
                return Some(Ok((self.number, fields)));
            } else {
                field.push(c);
            }
        }
        self.ended = true;
        if quoted {
            return Some(Err(ReadError::OpenQuote(self.number)));
        }
        fields.push(field);
        Some(Ok((self.number, fields)))
    }
}
