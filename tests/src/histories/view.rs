//! Everything that a data folder shows of its feeds, in a form that can be compared.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::reader::Reader;

/// What the tables hold that must not depend on the way there. Revision, outbox and news tell the way, so they are left out.
const TABLES: &[&str] = &[
    "select 'feed', feed, generation, digest, published, title, records, continues from feed order by feed",
    "select 'record', feed, kind, id, bucket, hex(sha256), raw from record order by feed, kind, id",
    // A bucket that lost its last record may stay, with the digest of nothing.
    "select 'bucket', feed, bucket, hex(digest) from bucket b
     where exists (select 1 from record r where r.feed = b.feed and r.bucket = b.bucket) order by feed, bucket",
    "select 'link', r.feed, r.kind, r.id, l.rel, l.feed, l.kind, l.id, l.clause
     from link l join record r on r.rowid = l.source order by 2, 3, 4, 5, 6, 7, 8, 9",
    "select 'panorama', * from panorama where records <> 0 order by 2, 3, 4, 5, 6",
    "select 'region', * from panorama_region where records <> 0 order by 2, 3, 4",
    "select 'kind', * from kind_count order by kind",
];

/// What the catalog of a folder holds, a line a row.
pub fn tables(folder: &Path) -> Vec<String> {
    let path = folder.join("catalog.db");
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .expect("the catalog can be read");
    let mut lines = Vec::new();
    for table in TABLES {
        let mut statement = connection.prepare(table).expect("the tables are known");
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            (0..columns)
                .map(|column| Ok(told(row.get_ref(column)?)))
                .collect::<Result<Vec<_>, _>>()
        });
        let rows = rows.expect("the tables can be read");
        lines.extend(rows.map(|row| row.expect("the tables can be read").join(" ")));
    }
    lines
}

fn told(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    }
}

/// What screens show: every record in every order, facets, the panorama, and what these words find, in order.
pub fn screens(reader: &Reader, words: &[String]) -> Vec<String> {
    let facets = ["kind", "region", "stage", "industry_group", "technique"];
    let mut lines = Vec::new();
    for sort in ["relevance", "updated", "name", "evidence"] {
        let whole = json!({ "sort": sort, "limit": 200, "facets": facets });
        lines.extend(rows(&reader.query("search_records", whole)));
    }
    for text in words {
        let wanted = json!({ "text": text, "limit": 50 });
        lines.extend(rows(&reader.query("search_records", wanted)));
    }
    for kind in ["case", "scenario", "need"] {
        let counts = reader.query("count_panorama", json!({ "kind": kind }));
        lines.push(counts.to_string());
    }
    lines
}

/// A line a row, so that a difference can be told.
fn rows(page: &Value) -> Vec<String> {
    let rows = page["rows"].as_array().into_iter().flatten();
    let mut lines: Vec<String> = rows.map(ToString::to_string).collect();
    lines.push(json!([page["total"], page["relaxed"], page["facets"]]).to_string());
    lines
}

/// Fails with the first line that differs.
pub fn assert_same(what: &str, found: &[String], expected: &[String]) {
    for (number, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!(
            found == expected,
            "{what}: line {number}\n  is        {found}\n  should be {expected}"
        );
    }
    assert_eq!(found.len(), expected.len(), "{what}: lines");
}
