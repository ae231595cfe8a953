//! A large public inventory, where it is at hand: 3,611 rows of 36 columns, dates in many notations in one column.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use atlas_core::api::types::DuplicateChoice;
use atlas_core::model::Kind;
use serde_json::{Value, json};

use super::{check, open, plan, rows, stored, take, undo};
use crate::export::write;
use crate::product;

/// Rows of the inventory.
const ROWS: u32 = 3_611;

/// The file, where the machine has it.
fn file(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("ATLAS_TEST_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let path = named
        .unwrap_or(beside)
        .join(format!("us-federal-ai-use-cases-2025.{name}"));
    path.is_file().then_some(path)
}

/// The text cells of a row by header, from the file itself and without the product.
fn originals() -> Vec<BTreeMap<String, String>> {
    let path = file("csv").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let cells = headers.iter().zip(record.iter());
            cells
                .map(|(header, cell)| (header.to_owned(), cell.trim().to_owned()))
                .filter(|(_, cell)| !cell.is_empty())
                .collect()
        })
        .collect()
}

#[test]
fn the_public_inventory_is_imported_whole_by_both_formats() {
    for format in ["csv", "xlsx"] {
        let Some(path) = file(format) else {
            return;
        };
        let dir = tempfile::tempdir().unwrap();
        let app = product::app(dir.path(), product::small());
        product::open(&app);
        let opened = open(&app, &path).unwrap();
        let plan = plan(&app, &opened, None);
        assert_eq!(plan.mapping.kind.as_str(), "scenario", "{format}");
        let field = |field: &str| {
            let mut columns = plan.mapping.columns.iter();
            columns.any(|column| column.field.as_deref() == Some(field))
        };
        for wanted in [
            "name",
            "opened_by",
            "problem",
            "maturity",
            "technique",
            "field",
            "date",
            "data_needed",
            "contact.email",
        ] {
            assert!(
                field(wanted),
                "{format}: {wanted} of {:?}",
                plan.mapping.columns
            );
        }
        let sums = check(&app, &plan);
        let above = plan.header;
        assert_eq!(sums.rows, ROWS + above, "{format}");
        assert_eq!(sums.skipped, above, "{format}: {:?}", sums.reasons);
        // One use case has no name: it is told, and left to the user.
        assert_eq!(
            sums.wrong,
            1,
            "{format}: {:?} {:?}",
            sums.issues,
            rows(&app, &plan, &["wrong"])
        );
        assert_eq!(sums.issues["name_missing"], 1);
        assert!(
            sums.ambiguous.is_empty(),
            "{format}: one order of day and month"
        );
        let done = take(&app, &plan, true).unwrap();
        assert_eq!(
            done.added + done.kept + done.changed + done.wrong,
            ROWS,
            "{format}: {done:?}"
        );
        assert!(
            done.kept < 20,
            "{format}: only rows that are equal in every cell: {done:?}"
        );
        assert_eq!(stored(dir.path()).len() as u32, done.added);
        undo(&app);
        assert_eq!(
            stored(dir.path()),
            Vec::<Value>::new(),
            "one undo takes it back"
        );
    }
}

#[test]
fn every_cell_of_the_inventory_is_in_its_record() {
    if file("csv").is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let opened = open(&app, &file("csv").unwrap()).unwrap();
    let plan = plan(&app, &opened, None);
    check(&app, &plan);
    take(&app, &plan, true).unwrap();
    let originals = originals();
    for record in stored(dir.path()) {
        let row = record["imported"]["row"].as_u64().unwrap() as usize;
        let original = &originals[row - 2];
        for column in &plan.mapping.columns {
            let Some(cell) = original.get(&column.header) else {
                continue;
            };
            let kept = record["columns"][&column.header].as_str();
            let said = column.field.as_deref().map(|field| {
                let value = field.split('.').fold(&record, |value, part| &value[part]);
                says(value, cell)
            });
            assert!(
                kept == Some(cell.as_str()) || said == Some(true),
                "row {row}, {}: {cell:?} is in neither {kept:?} nor {record}",
                column.header
            );
        }
    }
    // The same file again changes nothing.
    let again = open(&app, &file("csv").unwrap()).unwrap();
    let plan = super::plan(&app, &again, None);
    let sums = check(&app, &plan);
    assert_eq!((sums.new, sums.wrong, sums.merged), (0, 1, 0), "{sums:?}");
}

#[test]
fn what_was_imported_is_exported_to_a_workbook_that_reads_equal() {
    if file("xlsx").is_none() {
        return;
    }
    let from = tempfile::tempdir().unwrap();
    let app = product::app(from.path(), product::small());
    product::open(&app);
    let opened = open(&app, &file("xlsx").unwrap()).unwrap();
    let plan = plan(&app, &opened, None);
    check(&app, &plan);
    take(&app, &plan, true).unwrap();
    let what = json!({ "what": "search", "request": { "text": "feed:own" } });
    let more = json!({ "language": "en", "phones": true });
    let (path, written) = write(&app, from.path(), &what, "xlsx", more).unwrap();
    let before = stored(from.path());
    assert_eq!((written.rows as usize, written.cut), (before.len(), 0));
    drop(app);

    let to = tempfile::tempdir().unwrap();
    let app = product::app(to.path(), product::small());
    product::open(&app);
    let opened = open(&app, &path).unwrap();
    let mut plan = super::plan(&app, &opened, Some(Kind::Scenario));
    plan.duplicates = DuplicateChoice::Add;
    let sums = check(&app, &plan);
    assert_eq!(sums.wrong, 0, "{:?}", rows(&app, &plan, &["wrong"]));
    take(&app, &plan, false).unwrap();
    let known: BTreeSet<&String> = before
        .iter()
        .filter_map(|record| record["columns"].as_object())
        .flat_map(serde_json::Map::keys)
        .collect();
    // What a record says, without whence it came: the references and numbers of an export are no part of it.
    let said = |records: &[Value]| -> Vec<String> {
        let one = |record: &Value| {
            let mut record = record.clone();
            let map = record.as_object_mut().unwrap();
            map.remove("id");
            map.remove("imported");
            if let Some(columns) = map.get_mut("columns").and_then(Value::as_object_mut) {
                columns.retain(|header, _| known.contains(header));
            }
            record.to_string()
        };
        let mut said: Vec<String> = records.iter().map(one).collect();
        said.sort();
        said
    };
    let (before, after) = (said(&before), said(&stored(to.path())));
    let differing = before.iter().zip(&after).find(|(one, other)| one != other);
    assert_eq!(differing, None);
    assert_eq!(before.len(), after.len());
}

/// Whether a value says what a cell says, as people read it.
fn says(value: &Value, cell: &str) -> bool {
    // An apostrophe that keeps a text from being a formula is no part of it.
    let marked = cell
        .strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    let cell = marked.unwrap_or(cell);
    match value {
        Value::String(text) => text == cell || is_term(text, cell),
        Value::Array(parts) => {
            parts.iter().any(|part| says(part, cell)) || {
                let texts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
                cell.split([';', '；', '\n'])
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .eq(texts)
            }
        }
        Value::Object(map) => map.values().any(|part| says(part, cell)),
        _ => false,
    }
}

fn is_term(code: &str, cell: &str) -> bool {
    let taxonomies = &atlas_core::model::Taxonomies::bundled().0;
    taxonomies
        .values()
        .filter_map(|taxonomy| taxonomy.term(code))
        .any(|term| term.en == cell || term.zh == cell)
}
