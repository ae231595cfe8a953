//! What moved since a match was last looked at, and why.

use std::path::Path;

use atlas_core::api;
use atlas_core::api::App;
use atlas_core::api::types::{MoveCause, Moves};
use serde_json::{Value, json};
use tests::fixtures::{bundle, record};

use crate::needs::{NEED, save};
use crate::product::{app, open};

fn solution(id: &str, name: &str, fields: Value) -> Value {
    record("solution", id, name, fields)
}

/// Fixture listings: three solutions for surface inspection, the first the nearest.
fn listings() -> Vec<Value> {
    vec![
        solution("a", "表面缺陷检测（样例）", json!({ "region": ["32"] })),
        solution(
            "b",
            "表面缺陷视觉检测平台软件（样例）",
            json!({ "region": ["44"] }),
        ),
        solution("c", "表面检测与缺陷管理咨询服务系统（样例）", json!({})),
    ]
}

fn opened(dir: &Path, generation: u32, records: &[Value]) -> App {
    let app = app(dir, bundle(generation, records));
    open(&app);
    app
}

fn request(form: &Value) -> Value {
    json!({ "ref": NEED, "request": { "need": form, "limit": 5 } })
}

fn look(app: &App, form: &Value) {
    let changes = api::mutate(app, "mark_looked_at", request(form)).unwrap();
    assert_eq!(changes["needs"], true);
}

fn moves(app: &App, form: &Value) -> Moves {
    serde_json::from_value(api::query(app, "list_moves", request(form)).unwrap()).unwrap()
}

fn places(moves: &Moves) -> Vec<(&str, Option<u32>, Option<u32>, bool)> {
    let places = moves.moves.iter();
    places
        .map(|one| (one.record.reference.id.as_str(), one.from, one.to, one.gone))
        .collect()
}

#[test]
fn nothing_moves_until_something_changes_and_a_query_stores_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path(), 1, &listings());
    let form = json!({ "title": "表面缺陷检测" });
    save(&app, NEED, form.clone());
    assert_eq!(moves(&app, &form), Moves::default(), "never looked at");
    assert_eq!(moves(&app, &form), Moves::default(), "asking is no look");
    look(&app, &form);
    let now = moves(&app, &form);
    assert_eq!(
        (now.since.as_str(), now.causes.len(), now.moves.len()),
        ("2026-11-22T20:30:00Z", 0, 0)
    );
    let changes = api::mutate(&app, "undo", json!({})).unwrap();
    assert_eq!(changes["undo"], 0, "a look is no step back");
}

#[test]
fn what_came_went_and_moved_is_told_with_the_catalog_as_cause() {
    let dir = tempfile::tempdir().unwrap();
    let form = json!({ "title": "表面缺陷检测" });
    let first = opened(dir.path(), 1, &listings());
    save(&first, NEED, form.clone());
    look(&first, &form);
    drop(first);
    let mut records = listings();
    records.remove(0);
    records.push(solution("d", "表面缺陷检测系统（样例）", json!({})));
    let later = opened(dir.path(), 2, &records);
    let found = moves(&later, &form);
    assert_eq!(found.causes, [MoveCause::Catalog]);
    assert_eq!(
        places(&found),
        [("d", None, Some(1), false), ("a", Some(1), None, true)]
    );
    assert_eq!(
        found.moves[1].record.name.zh.as_deref(),
        Some("表面缺陷检测（样例）")
    );
    let gone = json!({ "ref": "fixture/solution/a" });
    let gone = api::query(&later, "get_record", gone).unwrap();
    assert_eq!(
        (&gone["gone"], &gone["record"]["region"]),
        (&json!(true), &json!(["32"])),
        "kept whole"
    );
    let counted = api::query(&later, "count_moves", json!({ "ref": NEED })).unwrap();
    assert_eq!(
        counted,
        json!([{ "target": "solutions", "moves": 2, "first": true }])
    );
    look(&later, &form);
    assert_eq!(moves(&later, &form).moves, []);
    let counted = api::query(&later, "count_moves", json!({ "ref": NEED })).unwrap();
    assert_eq!(counted, json!([]));
}

#[test]
fn an_edited_need_moves_hits_by_the_criteria_that_it_newly_asks_for() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path(), 1, &listings());
    let form = json!({ "title": "表面缺陷检测" });
    save(&app, NEED, form.clone());
    look(&app, &form);
    let edited =
        json!({ "title": "表面缺陷检测", "region": { "codes": ["44"] }, "status": "pilot" });
    let request = json!({
        "ref": NEED,
        "request": { "need": edited, "limit": 5, "weights": { "region": 3.0 } },
    });
    let found: Moves =
        serde_json::from_value(api::query(&app, "list_moves", request).unwrap()).unwrap();
    assert_eq!(found.causes, [MoveCause::Need, MoveCause::Weights]);
    assert_eq!(found.moves[0].record.reference.id, "b");
    assert_eq!((found.moves[0].from, found.moves[0].to), (Some(2), Some(1)));
    let (criterion, change) = &found.moves[0].criteria[0];
    assert!(
        criterion == "region" && *change > 0.5,
        "{criterion} {change}"
    );
    let status = json!({ "title": "表面缺陷检测", "status": "pilot" });
    assert_eq!(
        moves(&app, &status).causes,
        [],
        "the status is no part of what is matched"
    );
}

#[test]
fn what_breaks_something_strict_left_the_list_and_is_not_gone() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path(), 1, &listings());
    let form = json!({ "title": "表面缺陷检测" });
    save(&app, NEED, form.clone());
    look(&app, &form);
    let strict =
        json!({ "title": "表面缺陷检测", "region": { "codes": ["32"], "strength": "hard" } });
    let found = moves(&app, &strict);
    let left = found
        .moves
        .iter()
        .find(|one| one.record.reference.id == "b")
        .unwrap();
    assert_eq!((left.from, left.to, left.gone), (Some(2), None, false));
}
