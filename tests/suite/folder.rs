//! The data folder as its user relies on it: what is edited can be undone, and nothing of the user's is lost.

use std::ops::ControlFlow;

use atlas_core::api::types::{ErrorCode, NoticeCode};
use atlas_core::api::{self, App};
use serde_json::{Value, json};
use tests::fixtures::{bundle, case, record};

use crate::own::{document, own, writing};
use crate::product::{app, codes, open, small};

#[test]
fn an_empty_folder_gets_the_bundled_catalog_and_the_next_start_has_nothing_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    let status = open(&first);
    assert_eq!(codes(&status), [NoticeCode::CatalogImported]);
    assert_eq!(
        (
            status.records["case"],
            status.index.documents,
            status.index.revision
        ),
        (2, 2, 1)
    );
    drop(first);
    let again = open(&app(dir.path(), small()));
    assert_eq!(codes(&again), []);
    let newer = bundle(2, &[case("a", "equipment", "production", "32")]);
    let updated = open(&app(dir.path(), newer));
    assert_eq!(codes(&updated), [NoticeCode::CatalogUpdated]);
    assert_eq!(
        (updated.index.documents, updated.index.revision),
        (1, 2),
        "the index follows by replay"
    );
    let older = open(&app(dir.path(), small()));
    assert_eq!(
        older.feeds[0].generation, 2,
        "an older bundle never replaces a newer catalog"
    );
}

#[test]
fn a_folder_in_use_is_refused_for_writing_and_readable_beside() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    let second = app(dir.path(), small());
    let error = second.open(&mut |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(error.code, ErrorCode::FolderInUse);
    assert!(error.facts.contains_key("path"));
    let status = second.open_beside().unwrap();
    assert!(status.read_only);
    let page = api::query(
        &second,
        "search_records",
        json!({ "text": "案例a", "limit": 5 }),
    )
    .unwrap();
    assert_eq!(page["total"], 1);
    let refused = api::mutate(
        &second,
        "transact",
        json!({ "edit": "set_setting", "key": "theme", "value": "dark" }),
    );
    assert_eq!(refused.unwrap_err().code, ErrorCode::FolderReadOnly);
}

#[test]
fn a_cancelled_import_leaves_no_catalog_and_the_next_start_completes_it() {
    let dir = tempfile::tempdir().unwrap();
    let records: Vec<Value> = (0..600)
        .map(|n| case(&format!("c{n}"), "equipment", "production", "32"))
        .collect();
    let first = app(dir.path(), bundle(1, &records));
    let error = first.open(&mut |progress| {
        if progress.done > 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!(error.unwrap_err().code, ErrorCode::Cancelled);
    drop(first);
    assert_eq!(
        open(&app(dir.path(), bundle(1, &records))).records["case"],
        600
    );
}

pub(crate) fn transact(app: &App, edit: Value) -> Value {
    api::mutate(app, "transact", edit).unwrap()
}

#[test]
fn edits_are_undone_and_redone_and_outlive_the_process() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    let settings = |app: &App| api::query(app, "get_settings", json!({})).unwrap();
    let favourites = |app: &App| {
        let list = api::query(app, "list_favourites", json!({})).unwrap();
        list.as_array()
            .unwrap()
            .iter()
            .map(|item| item["row"]["ref"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let before = settings(&first);
    transact(
        &first,
        json!({ "edit": "set_setting", "key": "theme", "value": "dark" }),
    );
    let changes = transact(
        &first,
        json!({ "edit": "add_favourite", "ref": "fixture/case/a" }),
    );
    assert_eq!(
        (changes["favourites"].as_bool(), changes["undo"].as_u64()),
        (Some(true), Some(2))
    );
    assert_eq!(favourites(&first), ["fixture/case/a"]);
    transact(
        &first,
        json!({ "edit": "remove_favourites", "refs": ["fixture/case/a"] }),
    );
    assert_eq!(favourites(&first), [] as [&str; 0]);
    api::mutate(&first, "undo", json!({})).unwrap();
    assert_eq!(favourites(&first), ["fixture/case/a"]);
    api::mutate(&first, "undo", json!({})).unwrap();
    api::mutate(&first, "undo", json!({})).unwrap();
    assert_eq!(settings(&first), before);
    api::mutate(&first, "redo", json!({})).unwrap();
    api::mutate(&first, "redo", json!({})).unwrap();
    drop(first);
    let again = app(dir.path(), small());
    open(&again);
    assert_eq!(settings(&again)["theme"], "dark");
    assert_eq!(favourites(&again), ["fixture/case/a"]);
}

/// Every favourite as the file holds it.
fn favourite_rows(dir: &std::path::Path) -> Vec<(String, String, String)> {
    let connection = rusqlite::Connection::open(dir.join("user.db")).unwrap();
    let mut statement = connection
        .prepare("select ref, added, copy from favourite order by ref")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn favourites_removed_together_come_back_by_one_undo_with_their_days_and_copies() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    for id in ["a", "b"] {
        let reference = format!("fixture/case/{id}");
        transact(&first, json!({ "edit": "add_favourite", "ref": reference }));
    }
    let before = favourite_rows(dir.path());
    assert_eq!(before.len(), 2);
    drop(first);
    // The catalog has neither record any more: only the copies do.
    let app = app(dir.path(), bundle(2, &[case("z", "health", "rnd", "11")]));
    open(&app);
    let both = json!(["fixture/case/a", "fixture/case/b", "fixture/case/z"]);
    let changes = transact(&app, json!({ "edit": "remove_favourites", "refs": both }));
    assert_eq!(
        (changes["favourites"].as_bool(), changes["undo"].as_u64()),
        (Some(true), Some(1))
    );
    assert_eq!(favourite_rows(dir.path()), []);
    api::mutate(&app, "undo", json!({})).unwrap();
    assert_eq!(favourite_rows(dir.path()), before);
    api::mutate(&app, "redo", json!({})).unwrap();
    assert_eq!(favourite_rows(dir.path()), []);
}

/// How many records the last edit was about, as the file keeps it.
fn last_edit(app: &App) -> Option<u64> {
    api::query(app, "get_last_edit", json!({})).unwrap()["records"].as_u64()
}

#[test]
fn the_last_edit_is_taken_back_by_whoever_opens_the_folder_next_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let reopened = || {
        let app = app(dir.path(), small());
        open(&app);
        app
    };
    let undo = |app: &App| api::mutate(app, "undo", json!({})).unwrap();
    let (one, other) = (own("case", 1), own("case", 2));
    let written = [&one, &other].map(|it| (it.clone(), document(it, "自有案例", json!({}))));
    let first = reopened();
    assert_eq!(last_edit(&first), None);
    transact(&first, writing(&written));
    drop(first);

    let second = reopened();
    assert_eq!(last_edit(&second), Some(2));
    let changes = undo(&second);
    assert!(changes["own"] == true && changes["redo"] == 1, "{changes}");
    let found = api::query(&second, "search_records", json!({ "text": "feed:own" })).unwrap();
    assert_eq!(
        (found["total"].as_u64(), last_edit(&second)),
        (Some(0), None)
    );
    assert_eq!(undo(&second)["redo"], 1, "there is nothing before it");
    api::mutate(&second, "redo", json!({})).unwrap();
    assert_eq!(last_edit(&second), Some(2));
    // Looking at something is no edit, and does not hide the last one.
    transact(&second, json!({ "edit": "see", "ref": one }));
    assert_eq!(last_edit(&second), Some(2));

    // What is cleared for good comes back by no way, whoever tries; nor does what was before a backup was put back.
    transact(
        &second,
        json!({ "edit": "move_to_trash", "refs": [one, other] }),
    );
    transact(&second, json!({ "edit": "clear_trash", "refs": null }));
    drop(second);
    let third = reopened();
    assert_eq!(last_edit(&third), None);
    transact(&third, writing(&written));
    let made = api::mutate(&third, "make_backup", json!({})).unwrap();
    api::mutate(&third, "restore_backup", json!({ "name": made[0]["name"] })).unwrap();
    assert_eq!(last_edit(&third), None);
    assert_eq!(undo(&third)["redo"], 0);
}

#[test]
fn a_value_that_a_setting_does_not_allow_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    for (key, value) in [
        ("theme", json!("pink")),
        ("zoom", json!(20)),
        ("zoom", json!("100")),
        ("colour", json!("x")),
    ] {
        let error = api::mutate(
            &app,
            "transact",
            json!({ "edit": "set_setting", "key": key, "value": value }),
        )
        .unwrap_err();
        assert_eq!(
            (error.code, error.facts["field"].as_str()),
            (ErrorCode::BadRequest, key)
        );
    }
}

#[test]
fn a_favourite_outlives_its_record() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    transact(
        &first,
        json!({ "edit": "add_favourite", "ref": "fixture/case/a" }),
    );
    drop(first);
    let app = app(dir.path(), bundle(2, &[case("b", "health", "rnd", "11")]));
    open(&app);
    let list = api::query(&app, "list_favourites", json!({})).unwrap();
    assert_eq!(
        (
            list[0]["gone"].as_bool(),
            list[0]["row"]["name"]["zh"].as_str()
        ),
        (Some(true), Some("案例a"))
    );
    let view = api::query(&app, "get_record", json!({ "ref": "fixture/case/a" })).unwrap();
    assert_eq!(view["gone"], true);
}

/// Overwrites a file, and forgets its write-ahead log as a bad disk would.
#[test]
fn links_are_seen_from_both_ends() {
    let dir = tempfile::tempdir().unwrap();
    let firm = record("enterprise", "e", "企业", json!({}));
    let list = record("list", "l", "名单", json!({}));
    let case = record(
        "case",
        "c",
        "案例",
        json!({ "links": [{ "rel": "applied_by", "to": "enterprise/e" }], "lists": [{ "list": "list/l", "source": "s1" }] }),
    );
    let app = app(dir.path(), bundle(1, &[firm, list, case]));
    open(&app);
    let links = |reference: &str| {
        let view = api::query(&app, "get_record", json!({ "ref": reference })).unwrap();
        let links = view["links"].as_array().unwrap().clone();
        links
            .iter()
            .map(|link| format!("{} {} {}", link["rel"], link["forward"], link["ref"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        links("fixture/enterprise/e"),
        [r#""applied_by" false "fixture/case/c""#]
    );
    assert_eq!(
        links("fixture/case/c"),
        [
            r#""applied_by" true "fixture/enterprise/e""#,
            r#""listed_in" true "fixture/list/l""#
        ]
    );
    assert_eq!(
        links("fixture/list/l"),
        [r#""listed_in" false "fixture/case/c""#]
    );
}

#[test]
fn every_view_of_the_catalog_can_be_read_with_other_tools() {
    let dir = tempfile::tempdir().unwrap();
    let records: Vec<Value> = atlas_core::model::Kind::ALL
        .iter()
        .map(|kind| record(kind.as_str(), "x", "名称", json!({})))
        .collect();
    drop({
        let app = app(dir.path(), bundle(1, &records));
        open(&app);
        app
    });
    let connection = rusqlite::Connection::open(dir.path().join("catalog.db")).unwrap();
    for kind in atlas_core::model::Kind::ALL {
        let name: String = connection
            .query_row(
                &format!("select name from \"{}\"", kind.as_str()),
                [],
                |row| row.get(0),
            )
            .unwrap_or_else(|error| panic!("view {}: {error}", kind.as_str()));
        assert_eq!(name, "名称");
    }
}

#[test]
fn a_row_of_a_case_names_who_applied_and_who_provided() {
    let dir = tempfile::tempdir().unwrap();
    let both = json!({ "enterprise": "某厂", "provider": "某商" });
    let cases = [
        record("case", "both", "甲", both),
        record("case", "one", "乙", json!({ "provider": "某商" })),
    ];
    let app = app(dir.path(), bundle(1, &cases));
    open(&app);
    let page = api::query(&app, "search_records", json!({ "limit": 9 })).unwrap();
    let rows = page["rows"].as_array().unwrap();
    let named: Vec<_> = rows
        .iter()
        .map(|row| (row["who"].as_str(), row["provider"].as_str()))
        .collect();
    assert_eq!(named, [(Some("某厂"), Some("某商")), (Some("某商"), None)]);
}
