//! Reading the folder of records: NDJSON, JSON, XLSX and CSV, in the order of their names.

use std::path::Path;

use atlas_core::exchange::read::{MAX_BYTES, Options, ReadError, Sheet, read as read_book};
use atlas_core::feed::{Digest, limits, pack};
use atlas_core::model::Kind;
use serde_json::{Map, Value};

use super::columns;
use super::row::drafts;
use super::{Draft, Place};
use crate::feed::error::{FeedError, file};
use crate::feed::folder::names;
use crate::feed::lints::{Finding, Rule};

/// Folders within folders that are read.
const DEPTH: usize = 8;

/// Reads all files below a folder. What cannot be read is a finding.
pub(crate) fn read(folder: &Path, findings: &mut Vec<Finding>) -> Result<Vec<Draft>, FeedError> {
    let mut drafts = Vec::new();
    walk(folder, "", DEPTH, &mut drafts, findings)?;
    if drafts.len() > limits::RECORDS as usize {
        return Err(FeedError::new(
            format!("超过 {} 条记录，读者不会接受。", limits::RECORDS),
            format!(
                "More than {} records: no reader accepts that.",
                limits::RECORDS
            ),
        ));
    }
    for draft in &mut drafts {
        identify(&mut draft.fields);
    }
    Ok(drafts)
}

fn walk(
    folder: &Path,
    within: &str,
    depth: usize,
    drafts: &mut Vec<Draft>,
    findings: &mut Vec<Finding>,
) -> Result<(), FeedError> {
    for name in names(folder)? {
        // Spreadsheet programs leave such files beside an open one.
        if name.starts_with("~$") {
            continue;
        }
        let path = folder.join(&name);
        let short = format!("{within}{name}");
        if path.is_dir() {
            if depth > 0 {
                walk(&path, &format!("{short}/"), depth - 1, drafts, findings)?;
            }
            continue;
        }
        let bytes = std::fs::read(&path).map_err(file(&path))?;
        one(&short, &bytes, drafts, findings);
    }
    Ok(())
}

/// Reads one file.
pub(crate) fn one(name: &str, bytes: &[u8], into: &mut Vec<Draft>, findings: &mut Vec<Finding>) {
    let place = Place {
        file: name.to_owned(),
        row: None,
    };
    let stem = name.rsplit('/').next().unwrap_or(name);
    let (stem, ending) = stem.rsplit_once('.').unwrap_or((stem, ""));
    let unreadable = |reason: &dyn std::fmt::Display| {
        Finding::new(Rule::Unreadable, &place, "", "", reason.to_string())
    };
    if bytes.len() > 4 * MAX_BYTES {
        findings.push(unreadable(&ReadError::TooLarge));
        return;
    }
    match ending.to_lowercase().as_str() {
        "jsonl" | "ndjson" => lines(name, stem, bytes, into, findings),
        "json" => match serde_json::from_slice::<Value>(bytes) {
            Ok(Value::Array(items)) => {
                for (row, item) in (1..).zip(items) {
                    object(name, stem, row, item, into, findings);
                }
            }
            Ok(item) => object(name, stem, 1, item, into, findings),
            Err(error) => findings.push(unreadable(&error)),
        },
        "xlsx" | "xls" | "ods" | "csv" => match read_book(name, bytes, &Options::default()) {
            // A text file has one sheet, which is the file.
            Ok(book) if book.encoding.is_some() => {
                for sheet in &book.sheets {
                    rows(name, stem, sheet, into, findings);
                }
            }
            Ok(book) => {
                for sheet in &book.sheets {
                    let file = format!("{name} [{}]", sheet.name);
                    rows(&file, &sheet.name, sheet, into, findings);
                }
            }
            Err(error) => findings.push(unreadable(&error)),
        },
        _ => findings.push(Finding::new(Rule::Ignored, &place, "", "", String::new())),
    }
}

fn lines(name: &str, stem: &str, bytes: &[u8], into: &mut Vec<Draft>, findings: &mut Vec<Finding>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (row, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let place = Place {
            file: name.to_owned(),
            row: Some(row),
        };
        let mut refuse = |reason: String| {
            findings.push(Finding::new(Rule::Unreadable, &place, "", "", reason));
        };
        if line.len() > pack::MAX_LINE {
            refuse("longer than 256 KiB".to_owned());
            continue;
        }
        match serde_json::from_slice::<Value>(line) {
            Ok(item) => object(name, stem, row, item, into, findings),
            Err(error) => refuse(error.to_string()),
        }
    }
}

fn object(
    name: &str,
    stem: &str,
    row: u32,
    item: Value,
    into: &mut Vec<Draft>,
    findings: &mut Vec<Finding>,
) {
    let place = Place {
        file: name.to_owned(),
        row: Some(row),
    };
    let Value::Object(mut fields) = item else {
        let reason = "not an object".to_owned();
        findings.push(Finding::new(Rule::Unreadable, &place, "", "", reason));
        return;
    };
    if !fields.contains_key("kind")
        && let Some(kind) = kind_of(stem)
    {
        fields.insert("kind".to_owned(), kind.into());
    }
    into.push(Draft { place, fields });
}

fn rows(
    file: &str,
    title: &str,
    table: &Sheet,
    into: &mut Vec<Draft>,
    findings: &mut Vec<Finding>,
) {
    into.extend(drafts(file, kind_of(title).as_deref(), table, findings));
}

/// The kind that a file or sheet names: by code, or by its name in either language.
pub(crate) fn kind_of(title: &str) -> Option<String> {
    let title = title.trim();
    Kind::parse(title)
        .map(|kind| kind.as_str().to_owned())
        .or_else(|| columns::code("kind", title))
}

/// Gives a record without an id one that follows from its kind and name, so that it stays the same from build to
/// build for as long as the name does.
fn identify(fields: &mut Map<String, Value>) {
    if fields.contains_key("id") {
        return;
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let kind = fields.get("kind").map(text).unwrap_or_default();
    let name = fields.get("name").map_or_else(String::new, |name| {
        ["zh", "en"]
            .iter()
            .map(|language| text(&name[*language]))
            .find(|name| !name.is_empty())
            .unwrap_or_default()
    });
    if kind.is_empty() || name.is_empty() {
        return;
    }
    let hash = Digest::of(format!("{kind}\0{name}").as_bytes()).to_string();
    fields.insert("id".to_owned(), format!("{kind}-{}", &hash[..10]).into());
}
