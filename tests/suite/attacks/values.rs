//! Attacks by what a validly signed record says: it stays text, wherever it goes.

use std::path::Path;

use atlas_core::api;
use atlas_core::api::types::SyncResult;
use serde_json::{Value, json};
use tests::feed::Feed;
use tests::fixtures::record;

use crate::export::{all, parts, written};
use crate::feeds::{Reader, two};

/// A reader of a feed that holds these records.
fn reading(records: &[Value]) -> Reader {
    let reader = Reader::new();
    let feed = Feed::with("north", 1, records);
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    reader
}

/// A solution that says a text wherever it can.
fn saying(id: &str, text: &str) -> Value {
    let both = json!({ "zh": text, "en": text });
    record(
        "solution",
        id,
        text,
        json!({
            "summary": both, "capability": both, "provider": text, "price": text, "city": text, "website": text,
            "field": [text], "notes": [both],
            "sources": [{ "key": "s1", "cited": text, "title": text, "official": text, "issuer": text,
                          "checked": "2026-11-22", "status": "excerpt" }],
        }),
    )
}

fn shown(reader: &Reader, reference: &str) -> Value {
    reader.query("get_record", json!({ "ref": reference }))
}

// 66: whatever_a_feed_says_stays_text_on_every_screen, in the real window.
#[test]
fn what_a_page_would_run_arrives_as_the_text_that_it_is() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile/strings.jsonl");
    let strings: Vec<String> = std::fs::read_to_string(file)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(strings.len() >= 200);
    let records: Vec<Value> = strings
        .iter()
        .enumerate()
        .map(|(at, text)| saying(&format!("h{at:03}"), text))
        .collect();
    let reader = reading(&records);
    for (at, text) in strings.iter().enumerate() {
        let view = shown(&reader, &format!("north/solution/h{at:03}"));
        for place in [
            "/record/name/zh",
            "/record/summary/en",
            "/record/website",
            "/record/notes/0/zh",
            "/record/sources/0/title",
        ] {
            let found = view.pointer(place);
            assert_eq!(found, Some(&json!(text)), "{place}");
        }
    }
    // A row marks what matched; the marks are data beside the text, never part of it.
    let page = reader.query("search_records", json!({ "text": "script", "limit": 200 }));
    let rows = page["rows"].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let spans = row["title"].as_array().unwrap();
        let title: String = spans
            .iter()
            .map(|span| span["t"].as_str().unwrap())
            .collect();
        assert!(strings.contains(&title), "{title:?}");
    }
}

// 67
#[test]
fn an_address_that_is_no_web_address_is_nowhere_a_link() {
    let addresses = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "file:///etc/passwd",
        "data:text/html,<script>1</script>",
        "atlas://open",
        "\\\\server\\share",
        " https://fixture.example",
        "//fixture.example",
    ];
    let records: Vec<Value> = addresses
        .iter()
        .enumerate()
        .map(|(at, text)| saying(&format!("u{at}"), text))
        .collect();
    let reader = reading(&records);
    let dir = tempfile::tempdir().unwrap();
    for format in ["xlsx", "docx"] {
        let mut links = 0;
        for (name, xml) in parts(&written(&reader.app, dir.path(), &all(), format)) {
            for target in xml.split("Target=\"").skip(1) {
                let external = target.split('>').next().unwrap().contains("External");
                assert!(!external, "{name}: {target:.80}");
                links += 1;
            }
            assert!(!xml.contains("HYPERLINK "), "{name}");
        }
        assert!(links > 0, "the file has relations that were looked at");
    }
}

/// Pieces of queries that mean something to a database, an index or a template somewhere.
const PIECES: [&str; 66] = [
    "'",
    "\"",
    "`",
    ";",
    "--",
    "/*",
    "*/",
    "\\",
    "\0",
    "%",
    "_",
    "(",
    ")",
    "((((",
    "[",
    "]",
    "{",
    "}",
    "^2",
    "~1",
    "+",
    "-",
    "!",
    "AND",
    "OR",
    "NOT",
    "NEAR/2",
    "IN [a TO b]",
    "*",
    "?",
    "a*",
    "*:*",
    "_exists_:x",
    "id:1",
    "kind:",
    ":case",
    "地区:",
    "kind:\"",
    "kind:case\"",
    "1=1",
    "' or '1'='1",
    "'; drop table record; --",
    "union select raw from record",
    "attach database 'x' as y",
    "pragma user_version=9",
    "match 'x'",
    "{zh en}:x",
    "^在线",
    "在线 NEAR 检测",
    "\u{202e}在线",
    "\u{feff}",
    "\u{0}在线",
    "在\u{301}线",
    "😀",
    "\u{d7ff}",
    "\n",
    "\t",
    "9999999999999999999",
    "-9223372036854775808",
    "NaN",
    "1e999",
    "../..",
    "%00",
    "${7*7}",
    "{{7*7}}",
    "<x>",
];

// 68
#[test]
fn no_query_is_code() {
    let reader = reading(&[saying("one", "在线检测")]);
    let before = reader.state();
    let mut asked = 0;
    for first in PIECES {
        for second in PIECES.iter().take(8).chain(&[
            "在线",
            "case",
            "地区:江苏",
            "\"在线检测\"",
            "-在线",
            ")",
        ]) {
            for text in [
                format!("{first}{second}"),
                format!("{second} {first} {second}"),
            ] {
                let request = json!({ "text": text, "limit": 5 });
                let answer = api::query(&reader.app, "search_records", request);
                assert!(answer.is_ok(), "{text:?}: {answer:?}");
                asked += 1;
            }
        }
    }
    assert!(asked >= 1_000, "{asked}");
    for text in PIECES {
        let filters = json!({ "filters": { "kind": [text], text: [text] } });
        // Refused or found empty; nothing else can come of it.
        if let Ok(page) = api::query(&reader.app, "search_records", filters) {
            assert_eq!(page["total"], 0, "{text:?}");
        }
        let reference = json!({ "ref": format!("north/case/{text}") });
        assert!(api::query(&reader.app, "get_record", reference).is_err());
    }
    assert_eq!(reader.state(), before);
}

// 69: no_text_becomes_a_formula_wherever_it_stands, among the exports.
#[test]
fn what_a_feed_says_is_no_formula_in_a_table() {
    let texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "\t=1",
        "＝1",
    ];
    let records: Vec<Value> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| saying(&format!("f{at}"), text))
        .collect();
    let reader = reading(&records);
    let dir = tempfile::tempdir().unwrap();
    for (name, xml) in parts(&written(&reader.app, dir.path(), &all(), "xlsx")) {
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "{name}");
    }
    let path = written(&reader.app, dir.path(), &all(), "csv");
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .unwrap();
    let mut cells = 0;
    for row in rows.records() {
        for cell in &row.unwrap() {
            let first = cell.chars().next();
            assert!(!first.is_some_and(|c| "=+-@\t\r＝".contains(c)), "{cell:?}");
            cells += 1;
        }
    }
    assert!(cells > texts.len());
}

// 70: each_fixture_breaks_the_rule_that_it_is_named_after_and_no_other, among the publisher's checks, refuses both.
#[test]
fn a_name_that_turns_or_imitates_another_one_is_not_found_in_its_place() {
    let honest = "苏州示例视觉有限公司";
    let turned = "\u{202e}司公限有觉视例示州苏";
    // A Cyrillic letter in place of a Latin one.
    let (latin, cyrillic) = ("Example Vision", "Ex\u{430}mple Vision");
    let provider = |id: &str, name: &str| record("provider", id, name, json!({}));
    let reader = reading(&[
        provider("a", honest),
        provider("b", turned),
        provider("c", latin),
        provider("d", cyrillic),
    ]);
    let found = |text: &str| -> Vec<String> {
        let page = reader.query(
            "search_records",
            json!({ "text": format!("\"{text}\""), "limit": 9 }),
        );
        let rows = page["rows"].as_array().unwrap().iter();
        rows.map(|row| row["ref"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(found(honest), ["north/provider/a"]);
    assert_eq!(found(latin), ["north/provider/c"]);
    // It is kept as it was signed, so that whoever looks at it sees what was published.
    let view = shown(&reader, "north/provider/b");
    assert_eq!(view["record"]["name"]["zh"], turned);
}

// 46, 47
#[test]
fn the_records_of_a_feed_within_the_limits_are_taken() {
    let mut feed = two();
    let mut large = saying("l", "x");
    large["summary"]["zh"] = json!("长".repeat(21_845));
    large["field"] = json!(vec!["x"; 1_000]);
    feed.put(&large);
    feed.publish();
    let reader = Reader::new();
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    assert_eq!(reader.found("north").len(), 3);
}
