//! Cells, rows and sheets as they were read.

use std::borrow::Cow;

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text without spaces around it.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A date, with or without a time.
    Date(Stamp),
    /// What a formula answered instead of a value: `#N/A`; the formula itself where it was saved without an answer.
    Error(String),
}

/// A day of the Gregorian calendar with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Year.
    pub year: u16,
    /// Month from 1.
    pub month: u8,
    /// Day from 1.
    pub day: u8,
    /// Seconds since midnight.
    pub seconds: u32,
}

impl Stamp {
    /// The day as ISO 8601.
    pub fn day(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Reads `2026-11-28` or `2026-11-28T08:30:00`, as OpenDocument and XLSX write dates.
    pub fn parse(text: &str) -> Option<Self> {
        let day = crate::model::Date::parse(text.get(..10)?).ok()?;
        let day = day.as_str();
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
        let seconds = match text.as_bytes().get(10) {
            None => 0,
            Some(b'T' | b' ') => {
                number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19).unwrap_or(0)
            }
            Some(_) => return None,
        };
        (seconds < 86_400).then_some(Self {
            year: day[..4].parse().ok()?,
            month: day[5..7].parse().ok()?,
            day: day[8..10].parse().ok()?,
            seconds,
        })
    }
}

impl Cell {
    /// A text cell without spaces around it.
    pub fn text_of(text: &str) -> Self {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// As a person reads it: dates as ISO 8601, whole numbers without a point.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Bool(yes) => Cow::Borrowed(if *yes { "是" } else { "否" }),
            Self::Date(stamp) if stamp.seconds == 0 => Cow::Owned(stamp.day()),
            Self::Date(stamp) => {
                let (hours, rest) = (stamp.seconds / 3600, stamp.seconds % 3600);
                Cow::Owned(format!(
                    "{} {hours:02}:{:02}:{:02}",
                    stamp.day(),
                    rest / 60,
                    rest % 60
                ))
            }
        }
    }
}

/// A row with something in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Number of the row, from 1, as a spreadsheet shows it.
    pub number: u32,
    /// The cells, from the left; what follows the last one is empty.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column, from 0.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// The cells that hold something, with their columns.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
    }
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its name; empty in a text file.
    pub name: String,
    /// The author hid it.
    pub hidden: bool,
    /// The rows that are not empty, from the top.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// How many columns the widest row has.
    pub fn width(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0)
    }

    /// Puts a cell in its place; a hostile file may give them in any order.
    pub(super) fn put(&mut self, number: u32, column: u32, cell: Cell) {
        let at = match self.rows.last() {
            Some(last) if last.number == number => self.rows.len() - 1,
            Some(last) if last.number > number => {
                match self.rows.binary_search_by_key(&number, |row| row.number) {
                    Ok(at) => at,
                    Err(at) => {
                        let cells = Vec::new();
                        self.rows.insert(at, Row { number, cells });
                        at
                    }
                }
            }
            _ => {
                let cells = Vec::new();
                self.rows.push(Row { number, cells });
                self.rows.len() - 1
            }
        };
        let cells = &mut self.rows[at].cells;
        let column = column as usize;
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
    }
}
