//! Matching is guarded by judged needs over the bundled catalog: the order of the judged cases is committed and
//! compared, as ranks of searches are. The example of docs/matching.md is recomputed here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use atlas_core::api::types::{Match, MatchAnswer};
use atlas_core::api::{self, App};
use atlas_core::matching::need_form;
use atlas_core::model::{Record, RecordRef};
use serde_json::json;
use tests::fixtures::clock;

use crate::committed::same_as_committed;

/// Mean nDCG@10 below which matching is broken, whatever was committed.
const NDCG_MIN: f64 = 0.55;
/// Share of pairs of different grades in the right order below which it is.
const PAIRS_MIN: f64 = 0.65;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn opened(dir: &Path) -> App {
    let app = App::new(dir.to_owned(), clock);
    app.open(&mut |_| ControlFlow::Continue(())).unwrap();
    app
}

/// Discounted gain of grades in order.
fn gain(grades: &[u8]) -> f64 {
    grades
        .iter()
        .take(10)
        .enumerate()
        .map(|(at, grade)| f64::from(*grade) / (at as f64 + 2.0).log2())
        .sum()
}

#[test]
fn judged_matches_keep_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    let folder = root().join("tests/truth/matching");
    let mut judged: BTreeMap<String, BTreeMap<String, u8>> = BTreeMap::new();
    for row in csv::Reader::from_path(folder.join("grades.csv"))
        .unwrap()
        .records()
    {
        let row = row.unwrap();
        judged
            .entry(row[0].to_owned())
            .or_default()
            .insert(row[1].to_owned(), row[2].parse().unwrap());
    }
    assert!(judged.len() >= 60 && judged.values().all(|cases| cases.len() == 20));
    let mut found = String::from("need,ndcg,cases\n");
    let (mut ndcg, mut right, mut pairs) = (0.0, 0.0, 0.0);
    for (need, cases) in &judged {
        let answer = api::query(
            &app,
            "get_record",
            json!({ "ref": format!("bundled/need/{need}") }),
        );
        let record: Record = serde_json::from_value(answer.unwrap()["record"].clone()).unwrap();
        let form = need_form(&record).unwrap();
        // Most are among the first hundred; only the others are asked for one by one.
        let request = json!({ "need": form, "target": "cases", "limit": 100 });
        let answer = api::query(&app, "match_need", request).unwrap();
        let answer: MatchAnswer = serde_json::from_value(answer).unwrap();
        let scores: BTreeMap<String, f64> = (answer.hits.iter().chain(&answer.near))
            .map(|hit| (hit.reference.to_string(), hit.score))
            .collect();
        let mut order: Vec<(f64, &str)> = cases
            .keys()
            .map(|case| {
                let reference = format!("bundled/case/{case}");
                let score = scores.get(&reference).copied().unwrap_or_else(|| {
                    let request = json!({
                        "request": { "need": form, "target": "cases", "limit": 1 },
                        "ref": reference,
                    });
                    // A case that is no candidate at all comes last.
                    api::query(&app, "explain_match", request)
                        .map_or(0.0, |hit| hit["score"].as_f64().unwrap())
                });
                (score, case.as_str())
            })
            .collect();
        order.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
        let grades: Vec<u8> = order.iter().map(|(_, case)| cases[*case]).collect();
        let mut ideal = grades.clone();
        ideal.sort_unstable_by(|left, right| right.cmp(left));
        let quality = gain(&grades) / gain(&ideal);
        ndcg += quality;
        for (at, one) in order.iter().enumerate() {
            for other in &order[at + 1..] {
                let (first, second) = (cases[one.1], cases[other.1]);
                if first != second {
                    pairs += 1.0;
                    let tie = (one.0 - other.0).abs() < f64::EPSILON;
                    right += if tie {
                        0.5
                    } else {
                        f64::from(u8::from(first > second))
                    };
                }
            }
        }
        let names: Vec<&str> = order.iter().map(|(_, case)| *case).collect();
        writeln!(found, "{need},{quality:.3},{}", names.join(" ")).unwrap();
    }
    let (ndcg, pairs) = (ndcg / judged.len() as f64, right / pairs);
    writeln!(found, "mean nDCG@10,{ndcg:.4},pairs in order {pairs:.4}").unwrap();
    same_as_committed(&folder.join("ranks.csv"), &found);
    assert!(
        ndcg >= NDCG_MIN && pairs >= PAIRS_MIN,
        "nDCG@10 {ndcg:.4}, pairs {pairs:.4}"
    );
}

/// The JSON block of the example in the manual.
fn example() -> serde_json::Value {
    let manual = std::fs::read_to_string(root().join("docs/matching.md")).unwrap();
    let block = manual
        .split("```json")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    serde_json::from_str(block).unwrap()
}

#[test]
fn the_example_of_the_manual_is_what_the_product_answers() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    let request = json!({ "need": example(), "target": "cases", "limit": 3 });
    let answer: MatchAnswer =
        serde_json::from_value(api::query(&app, "match_need", request).unwrap()).unwrap();
    let hit: &Match = &answer.hits[0];
    let mut table = String::new();
    for part in &hit.contributions {
        writeln!(
            table,
            "| {} | {:.3} | {:.3} | {:.3} |",
            part.criterion, part.weight, part.value, part.contribution
        )
        .unwrap();
    }
    writeln!(table, "| score | | | {:.3} |", hit.score).unwrap();
    let reference: RecordRef = hit.reference.clone();
    let manual = std::fs::read_to_string(root().join("docs/matching.md")).unwrap();
    assert!(
        manual.contains(&table) && manual.contains(&reference.to_string()),
        "docs/matching.md should say, for {reference}:\n{table}"
    );
}
