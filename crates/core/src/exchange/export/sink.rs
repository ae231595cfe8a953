//! The neutral form of everything that is exported: a title, headings, paragraphs, tables of typed cells, charts.
//!
//! A builder tells it to a [`Sink`] piece by piece, row by row, so that a long list never lies in memory as a whole; each
//! format is one sink.

use super::error::ExportError;

/// What a piece ends with.
pub type Told = Result<(), ExportError>;

/// A cell, with its type.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is stated.
    Empty,
    /// A text; long identifiers are texts too.
    Text(String),
    /// A number.
    Number(f64),
    /// A date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    Date(String),
    /// An amount in yuan (CNY).
    Money(f64),
    /// A part of one, shown in percent.
    Share(f64),
    /// A web address (http or https).
    Link(String),
}

impl Cell {
    /// A text, or nothing when it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// A date that may be missing.
    pub fn date(date: Option<&crate::model::Date>) -> Self {
        date.map_or(Self::Empty, |date| Self::Date(date.to_string()))
    }

    /// A web address, or a text that is none.
    pub fn link(text: impl Into<String>) -> Self {
        let text = text.into();
        let web = text.starts_with("https://") || text.starts_with("http://");
        if web
            && text.len() <= LINK_MAX
            && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        {
            Self::Link(text)
        } else {
            Self::text(text)
        }
    }

    /// The cell as people read it.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Date(text) | Self::Link(text) => text.clone(),
            Self::Number(number) | Self::Money(number) => figure(*number),
            Self::Share(share) => format!("{:.0}%", share * 100.0),
        }
    }
}

/// Longest address that spreadsheets take as one.
const LINK_MAX: usize = 2_000;

/// A number without the noise of binary fractions.
pub fn figure(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    // Minus zero is nothing that people write.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Header.
    pub name: String,
    /// Width in proportion to the other columns, in about as many Chinese characters.
    pub width: f32,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<String>, width: f32) -> Self {
        Self {
            name: name.into(),
            width,
        }
    }
}

/// A table about to be told row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name: the name of the sheet in a workbook.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// What the export is about. A format that holds one table alone takes this one.
    pub main: bool,
}

/// A bar of one or more parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its parts, one for each of [`Bars::parts`].
    pub values: Vec<f64>,
}

/// Bars, each the sum of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What is shown.
    pub name: String,
    /// Heading of the labels.
    pub labels: String,
    /// What the parts are.
    pub parts: Vec<String>,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Digits after the point.
    pub digits: usize,
}

/// Counts of rows × columns, darker where there are more.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// What is shown.
    pub name: String,
    /// Heading of the row labels.
    pub labels: String,
    /// The columns.
    pub columns: Vec<String>,
    /// Rows: label, and one count for each column.
    pub rows: Vec<(String, Vec<u32>)>,
}

/// What stands at the beginning, and in the footer of each page.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// Title.
    pub title: String,
    /// Lines below it: what, when, from which catalog.
    pub lines: Vec<String>,
    /// Left part of the footer: catalogs with their dates, and the day.
    pub footer: String,
    /// Sheets lie on their side, for wide tables.
    pub landscape: bool,
}

/// One format.
pub trait Sink {
    /// Begins.
    fn front(&mut self, front: &Front) -> Told;
    /// A heading of the first or second level.
    fn heading(&mut self, level: u8, text: &str) -> Told;
    /// A paragraph; lines of it are ended by `\n`.
    fn paragraph(&mut self, text: &str) -> Told;
    /// Begins a table.
    fn table(&mut self, table: &Table) -> Told;
    /// A row of the table that was begun.
    fn row(&mut self, cells: &[Cell]) -> Told;
    /// Ends the table.
    fn end(&mut self) -> Told;

    /// Bars; a table where a format draws nothing.
    fn bars(&mut self, chart: &Bars) -> Told {
        bars_as_table(self, chart)
    }

    /// A heat map; a table where a format draws nothing.
    fn heat(&mut self, chart: &Heat) -> Told {
        heat_as_table(self, chart)
    }
}

/// Bars as a table.
pub(super) fn bars_as_table<S: Sink + ?Sized>(sink: &mut S, chart: &Bars) -> Told {
    let mut columns = vec![Column::new(chart.labels.clone(), 16.0)];
    columns.extend(
        chart
            .parts
            .iter()
            .map(|part| Column::new(part.clone(), 6.0)),
    );
    sink.table(&Table {
        name: chart.name.clone(),
        columns,
        main: false,
    })?;
    for bar in &chart.bars {
        let mut cells = vec![Cell::text(bar.label.clone())];
        let scale = 10f64.powi(i32::try_from(chart.digits).unwrap_or(0));
        let round = |value: f64| (value * scale).round() / scale;
        cells.extend(bar.values.iter().map(|value| Cell::Number(round(*value))));
        sink.row(&cells)?;
    }
    sink.end()
}

/// A heat map as a table.
pub(super) fn heat_as_table<S: Sink + ?Sized>(sink: &mut S, chart: &Heat) -> Told {
    let mut columns = vec![Column::new(chart.labels.clone(), 10.0)];
    columns.extend(
        chart
            .columns
            .iter()
            .map(|name| Column::new(name.clone(), 5.0)),
    );
    sink.table(&Table {
        name: chart.name.clone(),
        columns,
        main: false,
    })?;
    for (label, counts) in &chart.rows {
        let mut cells = vec![Cell::text(label.clone())];
        cells.extend(counts.iter().map(|count| Cell::Number(f64::from(*count))));
        sink.row(&cells)?;
    }
    sink.end()
}
