//! Which sheet, which row names the columns, and which rows below it are no records.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fields::{self, KINDS};
use super::mapping::bare;
use super::read::{Cell, Row, Sheet};
use crate::api::types::TableColumn;
use crate::model::Kind;
use crate::search::text::key;

/// Rows among which the header is looked for.
const LOOKED_AT: usize = 40;
/// What a kind loses whose name no column gives.
const UNNAMED: f64 = 2.0;
/// What the field row of an official template begins its cells with.
pub const MARK: char = '@';

/// Headers of all kinds, without case, spaces and punctuation.
static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    KINDS
        .into_iter()
        .flat_map(fields::of)
        .flat_map(|field| &field.headers)
        .map(|header| key(header))
        .collect()
});

/// The field row of an official template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// Of which kind.
    pub kind: Kind,
    /// Of which version.
    pub version: String,
    /// The field of each column.
    pub fields: Vec<Option<&'static str>>,
}

/// Reads the field row of an official template: `@name#provider#1`, `@credit_code` …
pub fn keys(row: &Row) -> Option<Keys> {
    let first = row.cells.first()?.text();
    let mut parts = first.strip_prefix(MARK)?.split('#');
    let path = parts.next()?;
    let kind = Kind::parse(parts.next()?)?;
    let version = parts.next()?.to_owned();
    let found = |path: &str| fields::field(kind, path).map(|field| field.path);
    let mut columns = vec![found(path)];
    for cell in &row.cells[1..] {
        let text = cell.text();
        columns.push(text.strip_prefix(MARK).and_then(found));
    }
    Some(Keys {
        kind,
        version,
        fields: columns,
    })
}

/// The row that names the columns, by its number.
pub fn find(sheet: &Sheet) -> Option<u32> {
    let rows = &sheet.rows[..sheet.rows.len().min(LOOKED_AT)];
    if let Some(at) = rows.iter().position(|row| keys(row).is_some()) {
        return sheet.rows.get(at + 1).map(|row| row.number);
    }
    let widest = rows
        .iter()
        .map(|row| row.filled().count())
        .max()
        .unwrap_or(0);
    let mut best: Option<(f64, u32)> = None;
    for row in rows {
        let score = score(row, widest);
        // Of two alike the upper one: the lower one is a record or the header again.
        if score > 0.0 && best.is_none_or(|(other, _)| score > other + 1e-9) {
            best = Some((score, row.number));
        }
    }
    best.map(|(_, number)| number)
}

/// How much a row looks like one that names columns; 0 when it cannot be.
fn score(row: &Row, widest: usize) -> f64 {
    let mut filled = 0_u32;
    let mut texts = 0_u32;
    let mut known = 0_u32;
    let mut seen = HashSet::new();
    let mut alike = 0_u32;
    for (_, cell) in row.filled() {
        filled += 1;
        let Cell::Text(text) = cell else {
            continue;
        };
        texts += 1;
        let key = key(text);
        if KNOWN.contains(&key) || KNOWN.contains(&bare(text)) {
            known += 1;
        }
        if !seen.insert(key) {
            alike += 1;
        }
    }
    // A title is one cell, a record has numbers; a table of one column is allowed.
    if texts == 0 || (filled < 2 && widest > 1) {
        return 0.0;
    }
    let share = |part: u32| f64::from(part) / f64::from(filled);
    f64::from(known) * 2.0 + f64::from(filled) / widest as f64 + share(texts) - share(alike)
}

/// The sheet to begin with, and what its rows seem to be.
pub fn choose(name: &str, sheets: &[Sheet]) -> (usize, Kind) {
    let mut best = (0, f64::MIN);
    for (at, sheet) in sheets.iter().enumerate() {
        let header = find(sheet).and_then(|number| row(sheet, number));
        let from_template = sheet
            .rows
            .iter()
            .take(LOOKED_AT)
            .any(|row| keys(row).is_some());
        let mut points = header.map_or(-1.0, |row| score(row, row.filled().count()));
        points += (sheet.rows.len() as f64 + 1.0).ln() * 0.5;
        if sheet.hidden || super::report::is_ours(&sheet.name) {
            points -= 100.0;
        }
        if from_template {
            points += 1_000.0;
        }
        if points > best.1 {
            best = (at, points);
        }
    }
    let kind = sheets
        .get(best.0)
        .map_or(Kind::Scenario, |sheet| kind(name, sheet));
    (best.0, kind)
}

/// What the rows of a sheet seem to be.
pub fn kind(name: &str, sheet: &Sheet) -> Kind {
    if let Some(keys) = sheet.rows.iter().take(LOOKED_AT).find_map(keys) {
        return keys.kind;
    }
    let mut texts = vec![name.to_owned(), sheet.name.clone()];
    let header = find(sheet).and_then(|number| row(sheet, number));
    let above = sheet
        .rows
        .iter()
        .take_while(|row| header.is_none_or(|header| row.number <= header.number));
    for row in above.take(LOOKED_AT) {
        texts.extend(row.filled().map(|(_, cell)| cell.text().into_owned()));
    }
    let hints: Vec<&str> = texts.iter().map(String::as_str).collect();
    let headers: Vec<String> = header.map_or_else(Vec::new, |row| {
        row.cells
            .iter()
            .map(|cell| cell.text().into_owned())
            .collect()
    });
    // Of two kinds that fit alike the first wins: a scenario says least that is not there.
    let order = [
        Kind::Scenario,
        Kind::Case,
        Kind::Provider,
        Kind::Solution,
        Kind::Need,
        Kind::Enterprise,
    ];
    let mut best = (Kind::Scenario, f64::MIN);
    for kind in order {
        let columns = super::mapping::propose(kind, &headers);
        let filled = |column: &&TableColumn| column.field.is_some();
        let sure: f64 = columns
            .iter()
            .filter(filled)
            .map(|column| column.score)
            .sum();
        let mut points = sure + fields::hinted(&hints, kind) as f64 * 0.75;
        // As a kind whose name no column gives, every row would be wrong.
        let name = Some(fields::required(kind));
        if !columns.iter().any(|column| column.field.as_deref() == name) {
            points -= UNNAMED;
        }
        if points > best.1 + 1e-9 {
            best = (kind, points);
        }
    }
    best.0
}

/// The row of a number.
pub fn row(sheet: &Sheet, number: u32) -> Option<&Row> {
    let at = sheet.rows.binary_search_by_key(&number, |row| row.number);
    at.ok().map(|at| &sheet.rows[at])
}

/// Why a row below the header is no record; none for one that has to be read.
pub fn skipped(row: &Row, header: &Row, name: Option<usize>) -> Option<&'static str> {
    let mut filled = row.filled();
    let Some((_, first)) = filled.next() else {
        return Some("blank");
    };
    if keys(row).is_some() {
        return Some("keys");
    }
    if repeats(row, header) {
        return Some("repeated_header");
    }
    let text = first.text();
    if is_sample(&text) || name.is_some_and(|column| is_sample(&row.cell(column).text())) {
        return Some("sample");
    }
    let total = ["合计", "总计", "小计", "total", "grandtotal", "subtotal"];
    let unnamed = name.is_none_or(|column| {
        row.cell(column).is_empty() || total.contains(&key(&row.cell(column).text()).as_str())
    });
    if unnamed && total.contains(&key(&text).as_str()) {
        return Some("total");
    }
    None
}

/// Whether a row says again what the header says.
fn repeats(row: &Row, header: &Row) -> bool {
    let (mut same, mut other) = (0, 0);
    for (column, cell) in row.filled() {
        if key(&cell.text()) == key(&header.cell(column).text()) {
            same += 1;
        } else {
            other += 1;
        }
    }
    // One cell that says what its column is called may be a value; most of them are not.
    same >= 2 && same >= other * 4
}

/// Whether a text marks its row as a sample: `示例：…`, `（示例）…`, `Sample: …`.
fn is_sample(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    [
        "示例：",
        "示例:",
        "样例：",
        "样例:",
        "（示例）",
        "(示例)",
        "【示例】",
        "[示例]",
        "sample:",
        "example:",
        "(sample)",
        "[sample]",
    ]
    .iter()
    .any(|mark| text.starts_with(mark))
}
