//! Which field a column fills: by its header, in Chinese or English, with how sure that is.
//!
//! Every column is compared with every header under which a field is known; the surest pair comes first, and a field is
//! filled by one column. What nothing fits stays under its own name. Values have a say where a header leaves room.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::fields::{self, Field};
use super::header;
use super::normalise;
use super::read::{Cell, Row, Sheet};
use crate::api::types::{MappedColumn, TableColumn, TableMapping};
use crate::feed::Digest;
use crate::model::Kind;
use crate::search::text::{is_han, key, normalise as normal};

/// A pair below this is no match.
const SURE: f64 = 0.62;
/// Rows whose values have a say.
const SAMPLE: usize = 50;
/// Values shown of a column.
const SHOWN: usize = 3;

/// A header without case, spaces, punctuation, and what stands in brackets: a unit or a hint.
pub(super) fn bare(header: &str) -> String {
    let mut depth = 0_usize;
    let mut text = String::new();
    for c in normal(header).chars() {
        match c {
            '(' | '[' | '（' | '【' => depth += 1,
            ')' | ']' | '）' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    key(&text)
}

/// The words of a header; ideographs count one by one.
fn words(header: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in normal(header).chars() {
        if is_han(c) || !c.is_alphanumeric() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if is_han(c) {
                words.push(c.to_string());
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// How surely a header means what a synonym means, 0–1.
fn alike(header: &Known, synonym: &Known) -> f64 {
    if header.key.is_empty() || synonym.key.is_empty() {
        return 0.0;
    }
    if header.key == synonym.key {
        return 1.0;
    }
    if header.bare == synonym.key {
        return 0.97;
    }
    let (long, short, base) = if header.words.len() >= synonym.words.len() {
        (&header.words, &synonym.words, 0.5)
    } else {
        (&synonym.words, &header.words, 0.45)
    };
    let length =
        |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>() as f64;
    // A single ideograph, or a short Latin word, stands in too many headers.
    if length(short) >= 2.0
        && (short.len() > 1 || length(short) >= 4.0)
        && long
            .windows(short.len())
            .any(|part| part == short.as_slice())
    {
        return base + 0.45 * length(short) / length(long);
    }
    let a: BTreeSet<&String> = header.words.iter().collect();
    let b: BTreeSet<&String> = synonym.words.iter().collect();
    let both = a.intersection(&b).count();
    if both < 3 {
        return 0.0;
    }
    0.9 * 2.0 * both as f64 / (a.len() + b.len()) as f64
}

struct Known {
    key: String,
    bare: String,
    words: Vec<String>,
}

impl Known {
    fn new(header: &str) -> Self {
        Self {
            key: key(header),
            bare: bare(header),
            words: words(header),
        }
    }
}

/// The field of each column by its header alone.
pub fn propose(kind: Kind, headers: &[String]) -> Vec<TableColumn> {
    assign(kind, headers, &|_, _, score| score)
}

/// The field of each column of a sheet, by header and values.
pub fn columns(kind: Kind, sheet: &Sheet, number: u32) -> Vec<TableColumn> {
    let headers = headers(sheet, number);
    let below: Vec<&Row> = sheet
        .rows
        .iter()
        .filter(|row| row.number > number)
        .take(SAMPLE)
        .collect();
    let fit = |column: usize, field: &Field, score: f64| {
        let values: Vec<&Cell> = below
            .iter()
            .map(|row| row.cell(column))
            .filter(|cell| !cell.is_empty())
            .collect();
        match normalise::fitting(field.shape, &values) {
            Some(share) if share < 0.2 && score < 0.99 => score * 0.7,
            Some(share) if share > 0.6 => score + 0.03,
            _ => score,
        }
    };
    let mut columns = match template(sheet, number) {
        Some(keys) if keys.kind == kind => {
            let mut columns = propose(kind, &headers);
            for (at, column) in columns.iter_mut().enumerate() {
                column.field = keys.fields.get(at).copied().flatten().map(str::to_owned);
                column.score = if column.field.is_some() { 1.0 } else { 0.0 };
            }
            columns
        }
        _ => assign(kind, &headers, &fit),
    };
    for row in sheet.rows.iter().filter(|row| row.number > number) {
        for (at, cell) in row.filled() {
            let Some(column) = columns.get_mut(at) else {
                continue;
            };
            column.filled += 1;
            if column.samples.len() < SHOWN {
                let text: String = cell.text().chars().take(80).collect();
                if !column.samples.contains(&text) {
                    column.samples.push(text);
                }
            }
        }
    }
    columns
}

/// The field row of the official template, where the sheet was made from one.
pub fn template(sheet: &Sheet, number: u32) -> Option<header::Keys> {
    let above = sheet.rows.iter().take_while(|row| row.number < number);
    above.filter_map(header::keys).last()
}

/// The headers of the columns, as wide as the sheet. A column without a header is named by its letter.
pub fn headers(sheet: &Sheet, number: u32) -> Vec<String> {
    let row = header::row(sheet, number);
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    (0..sheet.width())
        .map(|column| {
            let text = row.map_or_else(String::new, |row| row.cell(column).text().into_owned());
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = text.trim_end_matches(['*', '＊']).trim().to_owned();
            let text = if text.is_empty() {
                letter(column)
            } else {
                text
            };
            let times = seen.entry(text.clone()).or_default();
            *times += 1;
            match *times {
                1 => text,
                again => format!("{text} ({again})"),
            }
        })
        .collect()
}

/// The letters of a column, as a spreadsheet shows them.
pub fn letter(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push((b'A' + (column % 26) as u8) as char);
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().collect()
}

fn assign(
    kind: Kind,
    headers: &[String],
    fit: &dyn Fn(usize, &Field, f64) -> f64,
) -> Vec<TableColumn> {
    let fields: Vec<(&Field, Vec<Known>)> = fields::of(kind)
        .map(|field| {
            let headers = field.headers.iter().map(|header| Known::new(header));
            (field, headers.collect())
        })
        .collect();
    let mut pairs: Vec<(f64, usize, &'static str)> = Vec::new();
    for (column, header) in headers.iter().enumerate() {
        let header = Known::new(header);
        for (field, synonyms) in &fields {
            let score = synonyms
                .iter()
                .map(|synonym| alike(&header, synonym))
                .fold(0.0, f64::max);
            if score > 0.5 {
                let score = fit(column, field, score);
                if score >= SURE {
                    pairs.push((score, column, field.path));
                }
            }
        }
    }
    // Surest first; of two alike the left column.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let mut columns: Vec<TableColumn> = headers
        .iter()
        .map(|header| TableColumn {
            header: header.clone(),
            field: None,
            score: 0.0,
            samples: Vec::new(),
            filled: 0,
        })
        .collect();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (score, column, path) in pairs {
        // Where a table has the name in English, a header that only resembles a name is no other name.
        let twin = [("name", "name.en"), ("summary", "summary.en")]
            .iter()
            .any(|(one, other)| *one == path && taken.contains(other));
        if twin && score < 0.95 {
            continue;
        }
        if columns[column].field.is_none() && taken.insert(path) {
            columns[column].field = Some(path.to_owned());
            columns[column].score = score.min(1.0);
        }
    }
    columns
}

/// The mapping that columns propose.
pub fn proposed(kind: Kind, columns: &[TableColumn]) -> TableMapping {
    TableMapping {
        kind,
        columns: columns
            .iter()
            .map(|column| MappedColumn {
                header: column.header.clone(),
                field: column.field.clone(),
            })
            .collect(),
        dates: BTreeMap::new(),
        rules: Vec::new(),
    }
}

/// What tells tables with the same columns: a digest of kind and headers.
pub fn fingerprint(kind: Kind, headers: &[String]) -> String {
    let mut hash = Sha256::new();
    hash.update(kind.as_str());
    for header in headers {
        hash.update([0]);
        hash.update(key(header));
    }
    Digest(hash.finalize().into()).to_string()
}

/// What is wrong with a mapping: a field that the kind does not have, or that two columns fill though it holds one
/// value. Answers the field.
pub fn fault(mapping: &TableMapping) -> Option<String> {
    let mut taken = BTreeSet::new();
    for path in mapping
        .columns
        .iter()
        .filter_map(|column| column.field.as_deref())
    {
        let Some(field) = fields::field(mapping.kind, path) else {
            return Some(path.to_owned());
        };
        if !taken.insert(path) && !field.shape.is_several() {
            return Some(path.to_owned());
        }
    }
    let unknown = mapping
        .rules
        .iter()
        .map(|rule| &rule.field)
        .chain(mapping.dates.keys());
    unknown
        .into_iter()
        .find(|path| fields::field(mapping.kind, path).is_none())
        .cloned()
}

/// The columns of a mapping brought to the columns of a sheet: by header, wherever they moved to.
pub fn fit(mapping: &TableMapping, headers: &[String]) -> TableMapping {
    let field = |header: &String| {
        mapping
            .columns
            .iter()
            .find(|column| key(&column.header) == key(header))
            .and_then(|column| column.field.clone())
    };
    TableMapping {
        columns: headers
            .iter()
            .map(|header| MappedColumn {
                header: header.clone(),
                field: field(header),
            })
            .collect(),
        ..mapping.clone()
    }
}
