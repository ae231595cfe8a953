//! Lists, tags, notes, saved searches, comparison and what was seen: all of it undone, and all of it outlives its feed.

use atlas_core::api::types::{AnnotationView, Changes, ErrorCode, ListView, SyncResult};
use atlas_core::api::{self, App};
use serde_json::{Value, json};
use tests::fixtures::{bundle, case};
use tests::reader::Reader;

use crate::feeds::{publish_second, two};
use crate::folder::transact;
use crate::product::{app, open, small};

const LIST: &str = "0191e0b2-7c1d-7abc-8def-000000000001";
const OTHER: &str = "0191e0b2-7c1d-7abc-8def-000000000002";
const SEARCH: &str = "0191e0b2-7c1d-7abc-8def-000000000003";
const A: &str = "fixture/case/a";
const B: &str = "fixture/case/b";

fn query(app: &App, name: &str, request: Value) -> Value {
    api::query(app, name, request).unwrap()
}

fn list(app: &App, id: &str) -> ListView {
    serde_json::from_value(query(app, "get_list", json!({ "id": id }))).unwrap()
}

fn said(app: &App, reference: &str) -> AnnotationView {
    serde_json::from_value(query(app, "get_annotation", json!({ "ref": reference }))).unwrap()
}

/// Every row of what these edits change, as the file holds it.
fn rows(dir: &std::path::Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(dir.join("user.db")).unwrap();
    let mut rows = Vec::new();
    for table in [
        "list",
        "member",
        "annotation",
        "saved_search",
        "tray",
        "recent",
    ] {
        let mut statement = connection
            .prepare(&format!("select * from {table} order by 1, 2"))
            .unwrap();
        let columns = statement.column_count();
        let found = statement.query_map([], |row| {
            (0..columns)
                .map(|at| {
                    row.get::<_, rusqlite::types::Value>(at)
                        .map(|value| format!("{value:?}"))
                })
                .collect::<Result<Vec<_>, _>>()
        });
        for row in found.unwrap() {
            rows.push(format!("{table} {}", row.unwrap().join(" ")));
        }
    }
    rows
}

/// One of every edit, in an order in which each changes something.
fn edits() -> Vec<Value> {
    vec![
        json!({ "edit": "save_list", "list": LIST, "name": "候选", "note": "" }),
        json!({ "edit": "save_list", "list": OTHER, "name": "回访", "note": "" }),
        json!({ "edit": "save_list", "list": LIST, "name": "候选 2026", "note": "**先看**" }),
        json!({ "edit": "move_list", "list": OTHER, "to": 0 }),
        json!({ "edit": "add_members", "list": LIST, "refs": [B, A] }),
        json!({ "edit": "add_members", "list": OTHER, "refs": [A] }),
        json!({ "edit": "move_member", "list": LIST, "ref": A, "to": 0 }),
        json!({ "edit": "remove_members", "list": LIST, "refs": [A, B] }),
        json!({ "edit": "set_tags", "refs": [A, B], "add": ["质检", "重点"], "remove": [] }),
        json!({ "edit": "set_note", "ref": A, "note": "见过厂长" }),
        json!({ "edit": "set_tags", "refs": [A], "add": [], "remove": ["重点"] }),
        json!({ "edit": "rename_tag", "from": "质检", "to": "视觉" }),
        json!({ "edit": "rename_tag", "from": "重点", "to": "" }),
        json!({ "edit": "set_note", "ref": A, "note": "" }),
        json!({ "edit": "save_search", "search": SEARCH, "name": "江苏", "request": { "text": "地区:江苏" }, "seen": "" }),
        json!({ "edit": "save_search", "search": SEARCH, "name": "江苏案例", "request": { "text": "地区:江苏 kind:case" }, "seen": "" }),
        json!({ "edit": "set_tray", "refs": [A, B] }),
        json!({ "edit": "set_tray", "refs": [B] }),
        json!({ "edit": "set_recent", "refs": [B, A] }),
        json!({ "edit": "set_recent", "refs": [] }),
        json!({ "edit": "remove_search", "search": SEARCH }),
        json!({ "edit": "remove_list", "list": OTHER }),
        json!({ "edit": "remove_list", "list": LIST }),
    ]
}

#[test]
fn every_edit_is_undone_and_redone_to_the_letter() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let mut states = vec![rows(dir.path())];
    for edit in edits() {
        transact(&app, edit.clone());
        let state = rows(dir.path());
        assert_ne!(states.last(), Some(&state), "{edit} changes something");
        states.push(state);
    }
    let last = states.len() - 1;
    for step in (0..last).rev() {
        api::mutate(&app, "undo", json!({})).unwrap();
        assert_eq!(rows(dir.path()), states[step], "undo to {step}");
    }
    for (step, state) in states.iter().enumerate().skip(1) {
        api::mutate(&app, "redo", json!({})).unwrap();
        assert_eq!(&rows(dir.path()), state, "redo to {step}");
    }
}

#[test]
fn a_list_keeps_its_order_and_its_records_after_they_left_the_catalog() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    for edit in edits().into_iter().take(7) {
        transact(&first, edit);
    }
    transact(
        &first,
        json!({ "edit": "set_note", "ref": A, "note": "见过厂长" }),
    );
    drop(first);
    let app = app(dir.path(), bundle(2, &[case("b", "health", "rnd", "11")]));
    open(&app);
    let names: Vec<Value> = query(&app, "list_lists", json!({}))
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["name"], row["members"]]))
        .collect();
    assert_eq!(names, [json!(["回访", 1]), json!(["候选 2026", 2])]);
    let view = list(&app, LIST);
    let members: Vec<(String, bool)> = view
        .members
        .iter()
        .map(|member| (member.row.reference.to_string(), member.gone))
        .collect();
    assert_eq!(members, [(A.to_owned(), true), (B.to_owned(), false)]);
    assert_eq!(view.members[0].row.name.zh.as_deref(), Some("案例a"));
    assert_eq!(
        serde_json::to_value(&view.blocks).unwrap()[0]["spans"][0]["inline"],
        "strong"
    );
    let record = query(&app, "get_record", json!({ "ref": A }));
    assert_eq!(record["gone"], true, "the copy can still be read");
    let with_note = query(&app, "list_tagged", json!({}));
    assert_eq!(
        (&with_note[0]["row"]["ref"], &with_note[0]["gone"]),
        (&json!(A), &json!(true))
    );
    assert_eq!(said(&app, A).lists, [OTHER, LIST]);
}

#[test]
fn what_no_list_tag_or_search_may_be_is_refused_by_name_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    transact(&app, edits()[0].clone());
    let before = rows(dir.path());
    let long = "长".repeat(200);
    let tags: Vec<String> = (0..21).map(|n| format!("t{n}")).collect();
    for (edit, code, fact) in [
        (
            json!({ "edit": "save_list", "list": "x", "name": "a", "note": "" }),
            ErrorCode::BadRequest,
            "list",
        ),
        (
            json!({ "edit": "save_list", "list": OTHER, "name": "  ", "note": "" }),
            ErrorCode::BadRequest,
            "name",
        ),
        (
            json!({ "edit": "save_list", "list": OTHER, "name": long, "note": "" }),
            ErrorCode::BadRequest,
            "name",
        ),
        (
            json!({ "edit": "save_list", "list": OTHER, "name": "a\nb", "note": "" }),
            ErrorCode::BadRequest,
            "name",
        ),
        (
            json!({ "edit": "add_members", "list": OTHER, "refs": [A] }),
            ErrorCode::NotFound,
            OTHER,
        ),
        (
            json!({ "edit": "add_members", "list": LIST, "refs": ["fixture/case/x"] }),
            ErrorCode::NotFound,
            "fixture/case/x",
        ),
        (
            json!({ "edit": "set_tags", "refs": [A], "add": tags, "remove": [] }),
            ErrorCode::BadRequest,
            "tags",
        ),
        (
            json!({ "edit": "set_tags", "refs": [A], "add": [""], "remove": [] }),
            ErrorCode::BadRequest,
            "tag",
        ),
        (
            json!({ "edit": "set_note", "ref": A, "note": "x".repeat(17_000) }),
            ErrorCode::BadRequest,
            "note",
        ),
        (
            json!({ "edit": "set_note", "ref": "fixture/case/x", "note": "x" }),
            ErrorCode::NotFound,
            "fixture/case/x",
        ),
        (
            json!({ "edit": "set_tray", "refs": [A, B, "f/case/1", "f/case/2", "f/case/3"] }),
            ErrorCode::BadRequest,
            "refs",
        ),
        (
            json!({ "edit": "restore_members", "list": LIST, "members": [{ "ref": A, "place": 0, "added": "", "copy": "{" }] }),
            ErrorCode::BadRequest,
            "members",
        ),
    ] {
        let error = api::mutate(&app, "transact", edit.clone()).unwrap_err();
        assert_eq!(error.code, code, "{edit}");
        assert!(
            error.facts.values().any(|value| value == fact),
            "{edit}: {error}"
        );
    }
    assert_eq!(rows(dir.path()), before);
}

#[test]
fn tags_are_counted_and_a_record_of_which_nothing_is_said_leaves_no_row() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let empty = rows(dir.path());
    transact(
        &app,
        json!({ "edit": "set_tags", "refs": [A, B], "add": ["重点", "质检"], "remove": [] }),
    );
    transact(
        &app,
        json!({ "edit": "set_tags", "refs": [B], "add": [], "remove": ["重点"] }),
    );
    assert_eq!(
        query(&app, "list_tags", json!({})),
        json!([{ "tag": "质检", "records": 2 }, { "tag": "重点", "records": 1 }])
    );
    let tagged = query(&app, "list_tagged", json!({ "tag": "重点" }));
    assert_eq!(tagged.as_array().unwrap().len(), 1);
    let changes: Changes = serde_json::from_value(transact(
        &app,
        json!({ "edit": "rename_tag", "from": "质检", "to": "" }),
    ))
    .unwrap();
    assert!(changes.annotations);
    transact(
        &app,
        json!({ "edit": "set_tags", "refs": [A], "add": [], "remove": ["重点"] }),
    );
    assert_eq!(rows(dir.path()), empty);
}

#[test]
fn the_last_fifty_records_are_remembered_and_no_undo_takes_them_back() {
    let dir = tempfile::tempdir().unwrap();
    let records: Vec<Value> = (0..60)
        .map(|n| case(&format!("c{n:02}"), "equipment", "production", "32"))
        .collect();
    let app = app(dir.path(), bundle(1, &records));
    open(&app);
    for n in (0..60).chain([30]) {
        let changes: Changes = serde_json::from_value(transact(
            &app,
            json!({ "edit": "see", "ref": format!("fixture/case/c{n:02}") }),
        ))
        .unwrap();
        assert!(changes.recent && changes.undo == 0);
    }
    let seen = query(&app, "list_recent", json!({}));
    let seen: Vec<&str> = seen
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["row"]["ref"].as_str().unwrap())
        .collect();
    assert_eq!(
        (seen.len(), seen[0], seen[1], seen[49]),
        (
            50,
            "fixture/case/c30",
            "fixture/case/c59",
            "fixture/case/c10"
        )
    );
}

#[test]
fn a_saved_search_counts_what_syncs_added_or_changed_since_it_was_looked_at() {
    let (mut feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let save = |id: &str, text: &str| {
        let edit = json!({ "edit": "save_search", "search": id, "name": text, "request": { "text": text, "limit": 50, "facets": ["kind"] }, "seen": "" });
        api::mutate(&reader.app, "transact", edit).unwrap();
    };
    let fresh = || -> Vec<(u64, u64)> {
        let rows = reader.query("list_searches", json!({}));
        let number = |row: &Value, key: &str| row[key].as_u64().unwrap();
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| (number(row, "total"), number(row, "fresh")))
            .collect()
    };
    save(SEARCH, "kind:case");
    save(LIST, "地区:上海");
    save(OTHER, "地区:北京");
    assert_eq!(fresh()[0].1, 0, "what is there when it is saved is not new");
    publish_second(&mut feed);
    reader.synced(SyncResult::Updated);
    let counted = fresh();
    // One case changed to Shanghai, one was added in Beijing, where another went.
    assert_eq!(
        (counted[0].1, counted[1].1, counted[2].1),
        (2, 1, 1),
        "{counted:?}"
    );
    api::mutate(&reader.app, "see_search", json!({ "id": SEARCH })).unwrap();
    let counted = fresh();
    assert_eq!(
        (counted[0].1, counted[1].1),
        (0, 1),
        "only the one that was looked at"
    );
    let request = &reader.query("list_searches", json!({}))[0]["request"];
    assert_eq!(
        (&request["limit"], &request["facets"]),
        (&json!(0), &json!([])),
        "a page is no part of it"
    );
}

#[test]
fn drafts_are_kept_in_the_users_data_and_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    let mut form = query(&first, "read_need", json!({ "text": "质检" }))["need"].clone();
    form["title"] = json!("没写完");
    let keep = |draft: Value| json!({ "edit": "keep_draft", "ref": "", "draft": draft });
    let changes = transact(&first, keep(json!({ "form": form, "text": "草稿正文" })));
    assert_eq!(changes["undo"], 0);
    drop(first);
    let again = app(dir.path(), small());
    open(&again);
    let kept = query(&again, "list_need_drafts", json!({}));
    assert_eq!(
        (&kept[0]["ref"], &kept[0]["draft"]["text"]),
        (&json!(""), &json!("草稿正文"))
    );
    transact(&again, keep(Value::Null));
    assert_eq!(query(&again, "list_need_drafts", json!({})), json!([]));
}
