//! Reads affinities, loads and amounts from CSV files.
//!
//! A matrix has need identifiers in its first column and provider identifiers in its first row; an empty cell means
//! that the pair is impossible. Commas, semicolons or tabs separate. Nothing is guessed: what cannot be read is refused
//! with its row and column.

use std::collections::{HashMap, HashSet};

use super::problem::{MAX_EDGES, MAX_SIDE};

/// Longest identifier, in bytes.
const MAX_NAME: usize = 1_000;
/// Greatest number in a cell.
const MAX_NUMBER: f64 = 1e9;
/// Parts of a day that are told apart.
const PARTS: f64 = 1_000.0;

/// Why a table cannot be read. Rows and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// There is no row, or no column beside the identifiers.
    #[error("the table is empty")]
    Empty,
    /// The file is not UTF-8.
    #[error("row {row}: the file is not UTF-8")]
    Encoding {
        /// Number of the row.
        row: usize,
    },
    /// A row is longer or shorter than the first one.
    #[error("row {row} has {cells} cells instead of {expected}")]
    Width {
        /// Number of the row.
        row: usize,
        /// Cells it has.
        cells: usize,
        /// Cells of the first row.
        expected: usize,
    },
    /// An identifier is missing or far too long.
    #[error("row {row}, column {column}: no usable identifier")]
    Name {
        /// Number of the row.
        row: usize,
        /// Number of the column.
        column: usize,
    },
    /// An identifier occurs twice.
    #[error("row {row}, column {column}: {name:?} occurs twice")]
    Twice {
        /// Number of the row.
        row: usize,
        /// Number of the column.
        column: usize,
        /// The identifier.
        name: String,
    },
    /// A cell is not a number, or not one that can be meant.
    #[error("row {row}, column {column}: {text:?} is not a usable number")]
    Number {
        /// Number of the row.
        row: usize,
        /// Number of the column.
        column: usize,
        /// What stands there.
        text: String,
    },
    /// There are too many rows, columns or cells.
    #[error("more than {limit} {what}")]
    TooLarge {
        /// Of what.
        what: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// An identifier that the matrix does not have.
    #[error("row {row}: {name:?} is not in the matrix")]
    Unknown {
        /// Number of the row.
        row: usize,
        /// The identifier.
        name: String,
    },
    /// An identifier of the matrix without a row, or without a cell in another matrix.
    #[error("{name:?} is missing")]
    Missing {
        /// The identifier.
        name: String,
    },
}

/// A matrix with gaps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matrix {
    /// Identifiers of the rows.
    pub needs: Vec<String>,
    /// Identifiers of the columns.
    pub providers: Vec<String>,
    /// Need, provider, number.
    pub cells: Vec<(usize, usize, f64)>,
}

/// Reads a matrix.
pub fn matrix(bytes: &[u8]) -> Result<Matrix, TableError> {
    let mut rows = Reader::new(bytes)?;
    let header = rows.next()?.ok_or(TableError::Empty)?;
    let width = header.len();
    if width < 2 {
        return Err(TableError::Empty);
    }
    if width - 1 > MAX_SIDE {
        return Err(too_large("columns", MAX_SIDE));
    }
    let mut matrix = Matrix::default();
    let mut names = HashSet::new();
    for (number, cell) in header.iter().enumerate().skip(1) {
        let name = name(cell, rows.row, number + 1, &mut names)?;
        matrix.providers.push(name);
    }
    let mut names = HashSet::new();
    while let Some(cells) = rows.next()? {
        if cells.len() != width {
            return Err(TableError::Width {
                row: rows.row,
                cells: cells.len(),
                expected: width,
            });
        }
        if matrix.needs.len() == MAX_SIDE {
            return Err(too_large("rows", MAX_SIDE));
        }
        let need = matrix.needs.len();
        let id = name(&cells[0], rows.row, 1, &mut names)?;
        matrix.needs.push(id);
        for (provider, cell) in cells.iter().skip(1).enumerate() {
            if cell.trim().is_empty() {
                continue;
            }
            if matrix.cells.len() == MAX_EDGES {
                return Err(too_large("cells", MAX_EDGES));
            }
            let value = number(cell, rows.row, provider + 2)?;
            matrix.cells.push((need, provider, value));
        }
    }
    if matrix.needs.is_empty() {
        return Err(TableError::Empty);
    }
    Ok(matrix)
}

/// Reads whole amounts for `names`: rows of identifier and number, or numbers alone in the order of `names`. A first
/// row without a number is a heading.
pub fn amounts(bytes: &[u8], names: &[String]) -> Result<Vec<u32>, TableError> {
    read_amounts(bytes, names, whole)
}

/// Reads amounts of days, as thousandths.
pub fn days(bytes: &[u8], names: &[String]) -> Result<Vec<u32>, TableError> {
    read_amounts(bytes, names, |text, row, column| {
        let value = number(text, row, column)?;
        thousandths(value).ok_or_else(|| not_usable(text, row, column))
    })
}

/// Days as thousandths, if they can be told so.
pub fn thousandths(days: f64) -> Option<u32> {
    let parts = (days * PARTS).round();
    (0.0..=f64::from(u32::MAX))
        .contains(&parts)
        .then_some(parts as u32)
}

/// The numbers of `matrix` at the cells of `of`, as thousandths; every cell must have one.
pub fn loads(matrix: &Matrix, of: &Matrix) -> Result<Vec<u32>, TableError> {
    let places = |names: &[String]| -> HashMap<String, usize> {
        (names.iter().cloned().enumerate())
            .map(|(place, name)| (name, place))
            .collect()
    };
    let (needs, providers) = (places(&matrix.needs), places(&matrix.providers));
    let values: HashMap<(usize, usize), f64> = matrix
        .cells
        .iter()
        .map(|(need, provider, value)| ((*need, *provider), *value))
        .collect();
    let load = |(need, provider, _): &(usize, usize, f64)| {
        let (need, provider) = (&of.needs[*need], &of.providers[*provider]);
        let place = needs
            .get(need)
            .copied()
            .zip(providers.get(provider).copied());
        let value = place.and_then(|place| values.get(&place));
        value
            .and_then(|value| thousandths(*value))
            .ok_or_else(|| TableError::Missing {
                name: format!("{need} × {provider}"),
            })
    };
    of.cells.iter().map(load).collect()
}

fn read_amounts(
    bytes: &[u8],
    names: &[String],
    parse: impl Fn(&str, usize, usize) -> Result<u32, TableError>,
) -> Result<Vec<u32>, TableError> {
    let mut reader = Reader::new(bytes)?;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    while let Some(cells) = reader.next()? {
        if rows.len() > MAX_SIDE {
            return Err(too_large("rows", MAX_SIDE));
        }
        rows.push((reader.row, cells));
    }
    let is_number = |cells: &[String]| {
        cells
            .last()
            .is_some_and(|cell| cell.trim().parse::<f64>().is_ok())
    };
    if rows.first().is_some_and(|(_, cells)| !is_number(cells)) {
        rows.remove(0);
    }
    if rows.len() == names.len() && rows.iter().all(|(_, cells)| cells.len() == 1) {
        return rows
            .iter()
            .map(|(row, cells)| parse(&cells[0], *row, 1))
            .collect();
    }
    let places: HashMap<&str, usize> = (names.iter().enumerate())
        .map(|(place, name)| (name.as_str(), place))
        .collect();
    let mut found: Vec<Option<u32>> = vec![None; names.len()];
    for (row, cells) in rows {
        let [name, value] = cells.as_slice() else {
            return Err(TableError::Width {
                row,
                cells: cells.len(),
                expected: 2,
            });
        };
        let name = name.trim();
        let Some(place) = places.get(name) else {
            return Err(TableError::Unknown {
                row,
                name: name.to_owned(),
            });
        };
        if found[*place].replace(parse(value, row, 2)?).is_some() {
            return Err(TableError::Twice {
                row,
                column: 1,
                name: name.to_owned(),
            });
        }
    }
    found
        .into_iter()
        .zip(names)
        .map(|(value, name)| value.ok_or_else(|| TableError::Missing { name: name.clone() }))
        .collect()
}

/// Rows that are not empty, with their numbers.
struct Reader<'a> {
    records: csv::Reader<&'a [u8]>,
    row: usize,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, TableError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if let Err(error) = std::str::from_utf8(bytes) {
            let before = &bytes[..error.valid_up_to()];
            let row = before.split(|byte| *byte == b'\n').count();
            return Err(TableError::Encoding { row });
        }
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
        let count = |separator: &u8| first.split(|byte| byte == separator).count();
        let separator = b",\t;".iter().copied().rev().max_by_key(count);
        let records = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator.unwrap_or(b','))
            .from_reader(bytes);
        Ok(Self { records, row: 0 })
    }

    fn next(&mut self) -> Result<Option<Vec<String>>, TableError> {
        let mut record = csv::StringRecord::new();
        loop {
            // The text is UTF-8 and in memory: reading it cannot fail.
            match self.records.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(_) => return Err(TableError::Encoding { row: self.row + 1 }),
            }
            self.row = record
                .position()
                .map_or(self.row + 1, |position| position.line() as usize);
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(record.iter().map(str::to_owned).collect()));
            }
        }
    }
}

fn name(
    cell: &str,
    row: usize,
    column: usize,
    known: &mut HashSet<String>,
) -> Result<String, TableError> {
    let name = cell.trim().to_owned();
    if name.is_empty() || name.len() > MAX_NAME {
        return Err(TableError::Name { row, column });
    }
    if !known.insert(name.clone()) {
        return Err(TableError::Twice { row, column, name });
    }
    Ok(name)
}

fn number(text: &str, row: usize, column: usize) -> Result<f64, TableError> {
    match text.trim().parse::<f64>() {
        Ok(value) if value.abs() <= MAX_NUMBER => Ok(value),
        _ => Err(not_usable(text, row, column)),
    }
}

fn whole(text: &str, row: usize, column: usize) -> Result<u32, TableError> {
    let value = number(text, row, column)?;
    if value < 0.0 || value.fract() != 0.0 {
        return Err(not_usable(text, row, column));
    }
    Ok(value as u32)
}

fn not_usable(text: &str, row: usize, column: usize) -> TableError {
    TableError::Number {
        row,
        column,
        text: text.chars().take(40).collect(),
    }
}

fn too_large(what: &'static str, limit: usize) -> TableError {
    TableError::TooLarge { what, limit }
}
