//! Dates in the notations that people mix within one column: `2026-11-28`, `2026/11/28`, `2026年11月`, `20261128`,
//! `二〇二六年十一月`, `11/28/2026`, `28.11.2026`, `Nov-26`, `November 28, 2026`, `2026年第三季度`, `Q3 2026`, and the numbers under which
//! spreadsheets keep them.
//!
//! Whether the day or the month stands first is decided for a column as a whole: one value that can be read only one way
//! decides for the others. Where nothing decides, or values contradict each other, the user is asked.

use crate::api::types::DateOrder;
use crate::exchange::read::{Cell, Stamp};
use crate::listing::rules::arabic;
use crate::matching::reading::PARTS_OF_YEAR;
use crate::model::Date;
use crate::search::text::normalise;

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Serial number of 1930-01-01, and of 2100-01-01: numbers between them are days of a spreadsheet.
const SERIALS: std::ops::Range<f64> = 10_959.0..73_051.0;

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// Year, month, day; 0 where not said.
    Plain(u32, u32, u32),
    /// Two numbers whose order is open, and the year.
    Open(u32, u32, u32),
    /// A quarter or half: first and last month.
    Span(u32, u32, u32),
}

/// Reads a cell. `end` takes the last month of a quarter instead of the first.
///
/// # Errors
/// The issue: `date_unreadable`, `date_ambiguous`, `date_impossible`.
pub fn read(cell: &Cell, order: Option<DateOrder>, end: bool) -> Result<Date, &'static str> {
    let said = match cell {
        Cell::Date(stamp) => Said::Plain(stamp.year.into(), stamp.month.into(), stamp.day.into()),
        Cell::Number(number) => number_said(*number).ok_or("date_unreadable")?,
        Cell::Text(text) => text_said(text).ok_or("date_unreadable")?,
        _ => return Err("date_unreadable"),
    };
    let (year, month, day) = match said {
        Said::Plain(year, month, day) => (year, month, day),
        Said::Span(year, first, last) => (year, if end { last } else { first }, 0),
        Said::Open(a, b, year) => match (a > 12, b > 12, order) {
            (true, true, _) => return Err("date_impossible"),
            (true, false, _) => (year, b, a),
            (false, true, _) => (year, a, b),
            _ if a == b => (year, a, b),
            (_, _, Some(DateOrder::DayFirst)) => (year, b, a),
            (_, _, Some(DateOrder::MonthFirst)) => (year, a, b),
            (_, _, None) => return Err("date_ambiguous"),
        },
    };
    let text = match (month, day) {
        (0, _) => format!("{year:04}"),
        (_, 0) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    };
    Date::parse(&text).map_err(|_| "date_impossible")
}

/// The year of a date, which no order of day and month changes.
pub fn year(cell: &Cell) -> Option<String> {
    let date = read(cell, Some(DateOrder::DayFirst), false)
        .or_else(|_| read(cell, Some(DateOrder::MonthFirst), false));
    Some(date.ok()?.as_str().get(..4)?.to_owned())
}

/// The order that the values of a column tell, and whether some of them need it.
pub fn order<'a>(cells: impl Iterator<Item = &'a Cell>) -> (Option<DateOrder>, bool) {
    let (mut day_first, mut month_first, mut open) = (false, false, false);
    for cell in cells {
        let Cell::Text(text) = cell else {
            continue;
        };
        if let Some(Said::Open(a, b, _)) = text_said(text) {
            day_first |= a > 12 && b <= 12;
            month_first |= b > 12 && a <= 12;
            open |= a <= 12 && b <= 12 && a != b;
        }
    }
    let order = match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    };
    (order, open)
}

/// A number in a column of dates: a year, `20261128`, `202611`, or the day of a spreadsheet.
fn number_said(number: f64) -> Option<Said> {
    let whole = number.trunc();
    if (1900.0..2200.0).contains(&number) && whole.total_cmp(&number).is_eq() {
        return Some(Said::Plain(number as u32, 0, 0));
    }
    if SERIALS.contains(&number) {
        let stamp = of_serial(whole as u32)?;
        return Some(Said::Plain(
            stamp.year.into(),
            stamp.month.into(),
            stamp.day.into(),
        ));
    }
    (whole.total_cmp(&number).is_eq() && (190_000.0..22_001_232.0).contains(&number))
        .then(|| digits(&format!("{whole}")))
        .flatten()
}

/// The day of a serial number of the 1900 system, for days after February 1900.
fn of_serial(serial: u32) -> Option<Stamp> {
    let base = jiff::civil::date(1899, 12, 30);
    let day = base
        .checked_add(jiff::Span::new().days(i64::from(serial)))
        .ok()?;
    Some(Stamp {
        year: u16::try_from(day.year()).ok()?,
        month: u8::try_from(day.month()).ok()?,
        day: u8::try_from(day.day()).ok()?,
        seconds: 0,
    })
}

fn digits(text: &str) -> Option<Said> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let year = part(0, 4).filter(|year| (1900..2200).contains(year))?;
    match text.len() {
        4 => Some(Said::Plain(year, 0, 0)),
        6 => Some(Said::Plain(year, part(4, 6)?, 0)),
        8 => Some(Said::Plain(year, part(4, 6)?, part(6, 8)?)),
        _ => None,
    }
}

fn text_said(text: &str) -> Option<Said> {
    let text = normalise(&arabic(text.trim()));
    let text = text.trim().trim_end_matches(['.', ',', '。']);
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A day of a spreadsheet that became text on the way.
        return digits(text).or_else(|| number_said(text.parse().ok()?));
    }
    let text = clockless(text);
    span(text)
        .or_else(|| numbers(text))
        .or_else(|| month_named(text))
}

/// The text without a time at its end: `2024-10-01 00:00:00`, `1/2/2024 9:30:00 am`.
fn clockless(text: &str) -> &str {
    let text = text.trim_end_matches('z');
    match text.split_once(['t', ' ']) {
        Some((day, time))
            if day.starts_with(|c: char| c.is_ascii_digit())
                && time.contains(':')
                && time.chars().all(|c| {
                    c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | 'a' | 'p' | 'm' | '+' | '-')
                }) =>
        {
            day
        }
        _ => text,
    }
}

/// A quarter or half of a year.
fn span(text: &str) -> Option<Said> {
    const MORE: &[(&str, u32, u32)] = &[
        ("1季度", 1, 3),
        ("2季度", 4, 6),
        ("3季度", 7, 9),
        ("4季度", 10, 12),
        ("h1", 1, 6),
        ("h2", 7, 12),
        ("年初", 1, 3),
        ("年中", 6, 7),
        ("年底", 12, 12),
        ("年末", 12, 12),
    ];
    let mut parts = PARTS_OF_YEAR.iter().chain(MORE);
    let (name, first, last) = parts.find(|(name, ..)| text.contains(name))?;
    let rest = text.replacen(name, "", 1);
    let year: String = rest.chars().filter(char::is_ascii_digit).collect();
    let others = rest.chars().filter(|c| !c.is_ascii_digit());
    if others.clone().count() > 4
        || others.into_iter().any(char::is_alphabetic)
            && !rest.contains('年')
            && !rest.contains('第')
    {
        return None;
    }
    let year = year
        .parse()
        .ok()
        .filter(|year| (1900..2200).contains(year))?;
    Some(Said::Span(year, *first, *last))
}

/// Numbers with separators between them.
fn numbers(text: &str) -> Option<Said> {
    let text = text
        .trim_end_matches(['日', '号'])
        .replace(['年', '月', '/', '.', '\\'], "-");
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches('-');
    let parts: Vec<&str> = text.split('-').collect();
    if !parts
        .iter()
        .all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return None;
    }
    let number = |at: usize| parts[at].parse::<u32>().unwrap_or_default();
    let is_year = |at: usize| parts[at].len() == 4 && (1900..2200).contains(&number(at));
    // A year that nobody lived in and nobody plans for is said so and not misread.
    let is_far = |at: usize| parts[at].len() == 4;
    match parts.len() {
        1 if is_year(0) => Some(Said::Plain(number(0), 0, 0)),
        2 if is_year(0) => Some(Said::Plain(number(0), number(1).max(1), 0)),
        2 if is_year(1) => Some(Said::Plain(number(1), number(0), 0)),
        3 if is_year(0) => Some(Said::Plain(number(0), number(1), number(2))),
        3 if is_far(2) => Some(Said::Open(number(0), number(1), number(2))),
        3 if parts[2].len() == 2 && parts[0].len() <= 2 => {
            Some(Said::Open(number(0), number(1), short_year(number(2))))
        }
        _ => None,
    }
}

/// `26` is 2026; `98` is 1998.
fn short_year(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// A month by its English name: `Nov-26`, `28 November 2026`, `Nov 28, 2026`.
fn month_named(text: &str) -> Option<Said> {
    let mut month = None;
    let mut numbers: Vec<(u32, usize)> = Vec::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if let Some(at) = MONTHS.iter().position(|name| word.starts_with(name)) {
            if month.is_some() || word.len() > 9 {
                return None;
            }
            month = Some(at as u32 + 1);
        } else {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let suffix = &word[digits.len()..];
            if !["", "st", "nd", "rd", "th"].contains(&suffix) {
                return None;
            }
            numbers.push((digits.parse().ok()?, digits.len()));
        }
    }
    let month = month?;
    let year = |(number, length): (u32, usize)| match length {
        4 if (1900..2200).contains(&number) => Some(number),
        2 => Some(short_year(number)),
        _ => None,
    };
    match numbers.as_slice() {
        [one] => Some(Said::Plain(year(*one)?, month, 0)),
        [one, two] if one.1 == 4 => Some(Said::Plain(year(*one)?, month, two.0)),
        [one, two] => Some(Said::Plain(year(*two)?, month, one.0)),
        _ => None,
    }
}
