//! Ranking is guarded by judged queries: the ranks of the expected records over the bundled catalog, on a
//! fresh index, are committed and compared. A change of ranking shows as a change of that file, to be
//! looked at and, if it is for the better, committed with `ATLAS_BLESS=1`.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use atlas_core::api::types::SearchPage;
use atlas_core::api::{self, App};
use serde_json::json;
use tests::fixtures::clock;

use crate::committed::same_as_committed;

/// Records looked at for a rank.
const DEPTH: u32 = 100;
/// Mean reciprocal rank below which the ranking is broken, whatever was committed.
const MRR_MIN: f64 = 0.85;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("truth")
}

#[test]
fn judged_queries_keep_their_ranks() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::new(dir.path().to_owned(), clock);
    app.open(&mut |_| ControlFlow::Continue(())).unwrap();

    let mut reader = csv::Reader::from_path(folder().join("search.csv")).unwrap();
    let mut found = String::from("category,query,expected,rank\n");
    let mut reciprocal = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        let (category, query, expected) = (&row[0], &row[1], &row[2]);
        let reference = format!("bundled/{expected}");
        assert!(
            api::query(&app, "get_record", json!({ "ref": reference })).is_ok(),
            "{reference}, expected for {query}, is not in the catalog"
        );
        let answer = api::query(
            &app,
            "search_records",
            json!({ "text": query, "limit": DEPTH }),
        )
        .unwrap();
        let page: SearchPage = serde_json::from_value(answer).unwrap();
        let rank = page
            .rows
            .iter()
            .position(|row| row.reference.to_string() == reference)
            .map(|idx| idx + 1);
        reciprocal.push(rank.map_or(0.0, |rank| 1.0 / rank as f64));
        let rank = rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        let quoted = if query.contains([',', '"']) {
            format!("\"{}\"", query.replace('"', "\"\""))
        } else {
            query.to_owned()
        };
        writeln!(found, "{category},{quoted},{expected},{rank}").unwrap();
    }
    assert!(reciprocal.len() >= 80, "at least 80 judged queries");
    let mrr = reciprocal.iter().sum::<f64>() / reciprocal.len() as f64;
    writeln!(found, "mean reciprocal rank,,,{mrr:.4}").unwrap();

    same_as_committed(&folder().join("search-ranks.csv"), &found);
    assert!(
        mrr >= MRR_MIN,
        "mean reciprocal rank {mrr:.4} is below {MRR_MIN}"
    );
}
