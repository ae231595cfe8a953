//! Work on the user's own needs: everything can be undone, and what was kept outlives its feed.

use atlas_core::api::types::{Changes, ErrorCode, NeedView};
use atlas_core::api::{self, App};
use atlas_core::store::Folder;
use atlas_core::store::user::User;
use serde_json::{Value, json};
use tests::fixtures::{bundle, case, clock, record};

use crate::folder::transact;
use crate::product::{app, open, small};

pub(crate) const NEED: &str = "own/need/0191e0b2-7c1d-7abc-8def-0123456789ab";
const OTHER: &str = "own/need/0191e0b2-7c1d-7abc-8def-0123456789ac";

pub(crate) fn save(app: &App, reference: &str, form: Value) -> Changes {
    let mut edit = json!({ "edit": "save_need", "ref": reference, "text": "人工目检漏检率高" });
    edit["form"] = form;
    serde_json::from_value(transact(app, edit)).unwrap()
}

fn view(app: &App, reference: &str) -> NeedView {
    let answer = api::query(app, "get_need", json!({ "ref": reference })).unwrap();
    serde_json::from_value(answer).unwrap()
}

fn titles(app: &App, request: Value) -> Vec<String> {
    let list = api::query(app, "list_needs", request).unwrap();
    let list = list.as_array().unwrap().clone();
    list.iter()
        .map(|row| row["title"].as_str().unwrap().to_owned())
        .collect()
}

/// Every need with its whole document, as the file holds them.
fn documents(dir: &std::path::Path) -> Vec<(String, String)> {
    let connection = rusqlite::Connection::open(dir.join("user.db")).unwrap();
    let mut statement = connection
        .prepare("select ref, document from need order by ref")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

/// One of every edit of needs, in an order in which each changes something.
fn edits() -> Vec<Value> {
    vec![
        json!({ "edit": "save_need", "ref": NEED, "form": { "title": "质检" }, "text": "质检" }),
        json!({ "edit": "save_need", "ref": NEED, "form": { "title": "在线质检", "budget": { "high": 5e5 } }, "text": "质检" }),
        json!({ "edit": "set_need_status", "ref": NEED, "status": "interest", "reason": "" }),
        json!({ "edit": "note_need", "ref": NEED, "note": "先打电话", "next": "2026-12-01" }),
        json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/case/a", "note": "" }),
        json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/case/b", "note": "备选" }),
        json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/case/a", "note": "首选" }),
        json!({ "edit": "unlist", "need": NEED, "ref": "fixture/case/b" }),
        json!({ "edit": "set_need_status", "ref": NEED, "status": "dropped", "reason": "预算取消" }),
        json!({ "edit": "save_need", "ref": OTHER, "form": { "title": "排产" }, "text": "" }),
        json!({ "edit": "remove_need", "ref": NEED }),
        json!({ "edit": "weigh_need", "ref": OTHER, "weighing": { "preset": "proven", "weights": { "text": 0.5 } } }),
    ]
}

#[test]
fn every_edit_of_needs_is_undone_and_redone_to_the_byte() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let mut states = vec![documents(dir.path())];
    for edit in edits() {
        transact(&app, edit.clone());
        let state = documents(dir.path());
        assert_ne!(states.last(), Some(&state), "{edit}");
        states.push(state);
    }
    for state in states.iter().rev().skip(1) {
        let changes = api::mutate(&app, "undo", json!({})).unwrap();
        assert_eq!(changes["needs"], true);
        assert_eq!(documents(dir.path()), *state);
    }
    for state in &states[1..] {
        api::mutate(&app, "redo", json!({})).unwrap();
        assert_eq!(documents(dir.path()), *state);
    }
}

#[test]
fn an_edit_that_changes_nothing_is_no_step_back() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    for edit in edits().into_iter().take(9) {
        transact(&app, edit);
    }
    let before = (documents(dir.path()), view(&app, NEED));
    let again = [
        json!({ "edit": "save_need", "ref": NEED, "form": { "title": "在线质检", "budget": { "high": 5e5 }, "status": "pilot" }, "text": "质检" }),
        json!({ "edit": "set_need_status", "ref": NEED, "status": "dropped", "reason": "预算取消" }),
        json!({ "edit": "note_need", "ref": NEED, "note": "先打电话", "next": "2026-12-01" }),
        json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/case/a", "note": "首选" }),
        json!({ "edit": "unlist", "need": NEED, "ref": "fixture/case/b" }),
        json!({ "edit": "remove_need", "ref": OTHER }),
    ];
    for edit in again {
        assert_eq!(transact(&app, edit.clone())["undo"], 9, "{edit}");
    }
    assert_eq!((documents(dir.path()), view(&app, NEED)), before);
}

#[test]
fn the_history_tells_what_happened_newest_first() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    for edit in edits().into_iter().take(9) {
        transact(&app, edit);
    }
    let history = serde_json::to_value(view(&app, NEED).history).unwrap();
    let what: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        what,
        [
            "status",
            "unlisted",
            "noted",
            "shortlisted",
            "shortlisted",
            "noted",
            "status",
            "edited",
            "created"
        ]
    );
    assert_eq!(history[0]["from"], "interest");
    assert_eq!(history[0]["reason"], "预算取消");
    assert_eq!(history[1]["record"]["name"]["zh"], "案例b");
    assert_eq!(history[7]["fields"], json!(["budget", "title"]));
    assert_eq!(history[8]["at"], clock());
}

#[test]
fn saving_the_form_keeps_the_status_of_the_work() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    save(&app, NEED, json!({ "title": "质检", "status": "contract" }));
    assert_eq!(view(&app, NEED).form.status.as_str(), "draft");
    transact(
        &app,
        json!({ "edit": "set_need_status", "ref": NEED, "status": "trial", "reason": "" }),
    );
    save(&app, NEED, json!({ "title": "在线质检" }));
    assert_eq!(view(&app, NEED).form.status.as_str(), "trial");
    assert_eq!(view(&app, NEED).form.title, "在线质检");
}

#[test]
fn a_shortlisted_record_outlives_its_feed_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    save(&first, NEED, json!({ "title": "质检" }));
    for id in ["a", "b"] {
        let reference = format!("fixture/case/{id}");
        transact(
            &first,
            json!({ "edit": "shortlist", "need": NEED, "ref": reference, "note": id }),
        );
    }
    drop(first);
    let later = app(
        dir.path(),
        bundle(2, &[case("b", "finance", "operation", "44")]),
    );
    open(&later);
    let shortlist = view(&later, NEED).shortlist;
    let seen: Vec<(&str, bool, &str)> = shortlist
        .iter()
        .map(|one| (one.row.reference.id.as_str(), one.gone, one.note.as_str()))
        .collect();
    assert_eq!(seen, [("a", true, "a"), ("b", false, "b")]);
    assert_eq!(shortlist[0].row.region[0].as_str(), "32", "as it was");
    assert_eq!(shortlist[1].row.region[0].as_str(), "44", "as it is");
    let kept = api::query(&later, "get_record", json!({ "ref": "fixture/case/a" })).unwrap();
    assert_eq!(
        (kept["gone"].as_bool(), &kept["record"]["name"]["zh"]),
        (Some(true), &json!("案例a"))
    );
}

#[test]
fn the_weights_of_a_need_are_kept_and_no_matter_of_its_history() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    save(&first, NEED, json!({ "title": "质检" }));
    let weighing = json!({ "preset": "feasible", "weights": { "evidence": 0.4 } });
    let edit = json!({ "edit": "weigh_need", "ref": NEED, "weighing": weighing });
    transact(&first, edit.clone());
    assert_eq!(transact(&first, edit)["undo"], 2, "the same is no step");
    drop(first);
    let later = app(dir.path(), small());
    open(&later);
    let kept = view(&later, NEED);
    assert_eq!(serde_json::to_value(&kept.weighing).unwrap(), weighing);
    assert_eq!(kept.history.len(), 1);
    let wrong =
        json!({ "edit": "weigh_need", "ref": NEED, "weighing": { "weights": { "text": -1.0 } } });
    assert!(api::mutate(&later, "transact", wrong).is_err());
}

#[test]
fn the_weights_of_a_public_need_are_kept_beside_it_and_undone() {
    let dir = tempfile::tempdir().unwrap();
    let asked = record("need", "a", "公开需求", json!({ "noticed": "2026-10-01" }));
    let with_a_need = || bundle(1, std::slice::from_ref(&asked));
    let first = app(dir.path(), with_a_need());
    open(&first);
    let public = "fixture/need/a";
    let edit =
        |weighing: &Value| json!({ "edit": "weigh_need", "ref": public, "weighing": weighing });
    let weighing = json!({ "preset": "feasible", "weights": { "evidence": 0.4 } });
    transact(&first, edit(&weighing));
    assert_eq!(
        transact(&first, edit(&weighing))["undo"],
        1,
        "the same is no step"
    );
    let settings = api::query(&first, "get_settings", json!({})).unwrap();
    drop(first);
    let later = app(dir.path(), with_a_need());
    open(&later);
    let kept = || serde_json::to_value(view(&later, public).weighing).unwrap();
    assert_eq!(kept(), weighing);
    assert_eq!(
        api::query(&later, "get_settings", json!({})).unwrap(),
        settings
    );
    api::mutate(&later, "undo", json!({})).unwrap();
    assert_eq!(kept(), json!({ "preset": "balanced", "weights": {} }));
    for (reference, weights) in [
        (public, json!({ "text": -1.0 })),
        ("fixture/case/a", json!({})),
    ] {
        let wrong =
            json!({ "edit": "weigh_need", "ref": reference, "weighing": { "weights": weights } });
        assert!(api::mutate(&later, "transact", wrong).is_err());
    }
}

#[test]
fn what_a_need_may_not_hold_is_refused_by_name_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    save(&app, NEED, json!({ "title": "质检" }));
    let before = documents(dir.path());
    let long = |bytes: usize| "a".repeat(bytes);
    let codes = vec!["32"; 65];
    let document = before[0].1.replace("质检", &long(4097));
    let refused = [
        (
            json!({ "edit": "save_need", "ref": "own/need/1", "form": {}, "text": "" }),
            "ref",
        ),
        (
            json!({ "edit": "save_need", "ref": "bundled/need/q0001", "form": {}, "text": "" }),
            "ref",
        ),
        (
            json!({ "edit": "save_need", "ref": NEED, "form": {}, "text": long(65_537) }),
            "text",
        ),
        (
            json!({ "edit": "save_need", "ref": NEED, "form": { "wanted": long(65_537) }, "text": "" }),
            "problem",
        ),
        (
            json!({ "edit": "save_need", "ref": NEED, "form": { "region": { "codes": codes } }, "text": "" }),
            "region",
        ),
        (
            json!({ "edit": "save_need", "ref": NEED, "form": { "budget": { "low": -1.0 } }, "text": "" }),
            "budget",
        ),
        (
            json!({ "edit": "note_need", "ref": NEED, "note": long(16_385), "next": null }),
            "note",
        ),
        (
            json!({ "edit": "set_need_status", "ref": NEED, "status": "dropped", "reason": " " }),
            "reason",
        ),
        (
            json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/case/a", "note": long(16_385) }),
            "note",
        ),
        (
            json!({ "edit": "restore_needs", "needs": [["own/need/1", null]] }),
            "ref",
        ),
        (
            json!({ "edit": "restore_needs", "needs": [[OTHER, "{}"]] }),
            "document",
        ),
        (
            json!({ "edit": "restore_needs", "needs": [[OTHER, before[0].1], [NEED, document]] }),
            "title",
        ),
    ];
    for (edit, field) in refused {
        let error = api::mutate(&app, "transact", edit).unwrap_err();
        assert_eq!(
            (error.code, error.facts["field"].as_str()),
            (ErrorCode::BadRequest, field)
        );
    }
    let missing = [
        (
            json!({ "edit": "note_need", "ref": OTHER, "note": "", "next": null }),
            OTHER,
        ),
        (
            json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/case/z", "note": "" }),
            "fixture/case/z",
        ),
    ];
    for (edit, reference) in missing {
        let error = api::mutate(&app, "transact", edit).unwrap_err();
        assert_eq!(
            (error.code, error.facts["ref"].as_str()),
            (ErrorCode::NotFound, reference)
        );
    }
    assert_eq!(documents(dir.path()), before);
}

#[test]
fn a_shortlist_and_a_history_end_somewhere() {
    let dir = tempfile::tempdir().unwrap();
    let records: Vec<Value> = (0..201)
        .map(|n| case(&format!("c{n}"), "equipment", "production", "32"))
        .collect();
    let app = app(dir.path(), bundle(1, &records));
    open(&app);
    save(&app, NEED, json!({ "title": "质检" }));
    let add = |n: usize| json!({ "edit": "shortlist", "need": NEED, "ref": format!("fixture/case/c{n}"), "note": "" });
    for n in 0..200 {
        transact(&app, add(n));
    }
    let error = api::mutate(&app, "transact", add(200)).unwrap_err();
    assert_eq!(error.facts["field"], "shortlist");
    for n in 0..400 {
        transact(
            &app,
            json!({ "edit": "note_need", "ref": NEED, "note": n.to_string(), "next": null }),
        );
    }
    let history = serde_json::to_value(view(&app, NEED).history).unwrap();
    let history = history.as_array().unwrap();
    assert_eq!(history.len(), 500);
    assert_eq!(history[0]["what"], "noted");
    assert_eq!(history[499]["what"], "created", "where it came from stays");
}

#[test]
fn needs_are_listed_by_status_and_by_any_of_their_words() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    save(
        &app,
        NEED,
        json!({ "title": "AI 质检", "enterprise": "样例厂" }),
    );
    save(&app, OTHER, json!({ "title": "排产", "problem": "插单多" }));
    transact(
        &app,
        json!({ "edit": "note_need", "ref": OTHER, "note": "找 Li 工", "next": null }),
    );
    transact(
        &app,
        json!({ "edit": "set_need_status", "ref": OTHER, "status": "pilot", "reason": "" }),
    );
    assert_eq!(titles(&app, json!({})), ["AI 质检", "排产"]);
    assert_eq!(
        titles(&app, json!({ "status": ["pilot", "trial"] })),
        ["排产"]
    );
    for (text, found) in [
        ("ai", "AI 质检"),
        ("样例厂", "AI 质检"),
        ("li 工", "排产"),
        ("插单", "排产"),
    ] {
        assert_eq!(titles(&app, json!({ "text": text })), [found], "{text}");
    }
    assert_eq!(
        titles(&app, json!({ "text": "漏检率" })).len(),
        2,
        "the text it was read from"
    );
    assert_eq!(titles(&app, json!({ "text": "没有" })), [] as [&str; 0]);
}

#[test]
fn a_public_need_has_a_form_and_no_work_on_it() {
    let dir = tempfile::tempdir().unwrap();
    let need = record(
        "need",
        "n",
        "表面缺陷检测采购（样例）",
        json!({ "buyer": "样例单位" }),
    );
    let app = app(
        dir.path(),
        bundle(1, &[need, case("a", "health", "rnd", "11")]),
    );
    open(&app);
    let seen = view(&app, "fixture/need/n");
    assert_eq!(seen.form.enterprise, "样例单位");
    assert!(seen.history.is_empty() && seen.created.is_empty());
    for other in ["fixture/case/a", "fixture/need/z", NEED] {
        let error = api::query(&app, "get_need", json!({ "ref": other })).unwrap_err();
        assert_eq!(error.code, ErrorCode::NotFound, "{other}");
    }
}

#[test]
fn the_portfolio_plan_is_kept_and_undone() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let plan = |app: &App| api::query(app, "get_portfolio_plan", json!({})).unwrap();
    let before = plan(&app);
    assert_eq!(before["capacity"], 3);
    let changes = transact(
        &app,
        json!({ "edit": "save_portfolio", "plan": { "capacity": 5, "without": [NEED] } }),
    );
    assert_eq!(changes["portfolio"], true);
    assert_eq!(
        (&plan(&app)["capacity"], &plan(&app)["without"][0]),
        (&json!(5), &json!(NEED))
    );
    api::mutate(&app, "undo", json!({})).unwrap();
    assert_eq!(plan(&app), before);
    let error = api::mutate(
        &app,
        "transact",
        json!({ "edit": "save_portfolio", "plan": { "demand": 1001 } }),
    );
    assert_eq!(error.unwrap_err().facts["field"], "demand");
}

#[test]
fn a_folder_from_before_the_needs_is_backed_up_and_migrated() {
    let dir = tempfile::tempdir().unwrap();
    let old = rusqlite::Connection::open(dir.path().join("user.db")).unwrap();
    old.execute_batch(include_str!(
        "../../crates/core/src/store/schema/user/0001_init.sql"
    ))
    .unwrap();
    old.execute_batch("insert into setting values ('theme', '\"dark\"'); pragma user_version = 1")
        .unwrap();
    drop(old);
    let app = app(dir.path(), small());
    open(&app);
    let settings = api::query(&app, "get_settings", json!({})).unwrap();
    assert_eq!(settings["theme"], "dark");
    save(&app, NEED, json!({ "title": "质检" }));
    assert_eq!(titles(&app, json!({})), ["质检"]);
    let backup = dir.path().join("backups/user-20261122T203000Z.db");
    let backup = rusqlite::Connection::open(backup).unwrap();
    let version: u32 = backup
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1, "the backup is of before the migration");
}

#[test]
fn needs_are_there_after_a_restart_and_in_a_restored_backup() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    for edit in edits().into_iter().take(9) {
        transact(&first, edit);
    }
    let before = view(&first, NEED);
    drop(first);
    let folder = Folder::open(dir.path()).unwrap();
    // Another day makes another backup.
    User::open(&folder, "2026-11-23T08:00:00Z").unwrap();
    drop(folder);
    std::fs::write(dir.path().join("user.db"), b"damaged").unwrap();
    let again = app(dir.path(), small());
    open(&again);
    assert_eq!(view(&again, NEED), before);
}
