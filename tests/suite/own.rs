//! The user's own records: written, removed, restored; found and matched beside those of the catalog.

use atlas_core::api::types::{Changes, ErrorCode};
use atlas_core::api::{self, App};
use serde_json::{Value, json};
use tests::fixtures::{bundle, case, record};

use crate::folder::transact;
use crate::product::{app, open, small};

/// The reference of an own record; the same number gives the same one.
pub(crate) fn own(kind: &str, number: u32) -> String {
    format!("own/{kind}/0191e0b2-7c1d-7abc-8def-{number:012x}")
}

/// An own record without sources, with what `fields` adds or replaces.
pub(crate) fn document(reference: &str, name: &str, fields: Value) -> Value {
    let mut parts = reference.split('/').skip(1);
    let (kind, id) = (parts.next().unwrap(), parts.next().unwrap());
    let mut document = record(kind, id, name, json!({ "sources": [] }));
    if let (Some(document), Value::Object(fields)) = (document.as_object_mut(), fields) {
        document.extend(fields);
    }
    document
}

/// An edit that writes records.
pub(crate) fn writing(records: &[(String, Value)]) -> Value {
    let records: Vec<Value> = records
        .iter()
        .map(|(reference, document)| json!([reference, document.to_string()]))
        .collect();
    json!({ "edit": "save_records", "records": records })
}

pub(crate) fn write(app: &App, reference: &str, name: &str, fields: Value) -> Changes {
    let edit = writing(&[(reference.to_owned(), document(reference, name, fields))]);
    serde_json::from_value(transact(app, edit)).unwrap()
}

fn step(app: &App, name: &str) -> Changes {
    serde_json::from_value(api::mutate(app, name, json!({})).unwrap()).unwrap()
}

/// What a search finds, in its order.
fn found(app: &App, request: Value) -> Vec<String> {
    let page = api::query(app, "search_records", request).unwrap();
    let rows = page["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row["ref"].as_str().unwrap().to_owned())
        .collect()
}

fn mine(app: &App) -> Vec<String> {
    found(app, json!({ "text": "feed:own", "limit": 50 }))
}

/// Every table of the user's that own records are in, as the file holds them; times of change left out.
fn rows(dir: &std::path::Path) -> Vec<(String, String)> {
    let connection = rusqlite::Connection::open(dir.join("user.db")).unwrap();
    let mut statement = connection
        .prepare(
            "select 'own ' || ref, name || created || document from own
             union all select 'trash ' || ref, name || created || document from trash
             union all select 'link ' || source, rel || target from own_link
             order by 1, 2",
        )
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_is_written_is_found_at_once_and_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    let before = found(&first, json!({ "text": "案例", "limit": 10 }));
    let reference = own("case", 1);
    let changes = write(&first, &reference, "自有案例", json!({ "region": ["32"] }));
    assert!(changes.own && !changes.favourites, "{changes:?}");
    assert_eq!(mine(&first), std::slice::from_ref(&reference));
    let both = found(&first, json!({ "text": "案例", "limit": 10 }));
    assert_eq!(both.len(), before.len() + 1, "{both:?}");
    let region = found(&first, json!({ "text": "地区:江苏", "limit": 10 }));
    assert!(region.contains(&reference) && region.contains(&"fixture/case/a".to_owned()));
    drop(first);
    let again = app(dir.path(), small());
    open(&again);
    assert_eq!(mine(&again), std::slice::from_ref(&reference));
    write(&again, &reference, "改名以后", json!({}));
    assert_eq!(
        found(&again, json!({ "text": "改名以后", "limit": 10 }))[0],
        reference
    );
    assert!(!found(&again, json!({ "text": "自有", "limit": 10 })).contains(&reference));
}

#[test]
fn every_edit_of_own_records_is_undone_and_redone() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let (firm, offer) = (own("provider", 1), own("solution", 2));
    let linked =
        json!({ "links": [{ "rel": "provided_by", "to": firm.trim_start_matches("own/") }] });
    let edits = [
        writing(&[
            (firm.clone(), document(&firm, "甲公司", json!({}))),
            (offer.clone(), document(&offer, "质检方案", linked)),
        ]),
        writing(&[(firm.clone(), document(&firm, "乙公司", json!({})))]),
        json!({ "edit": "move_to_trash", "refs": [firm, offer] }),
        json!({ "edit": "restore_trash", "refs": [offer] }),
    ];
    let mut states = vec![rows(dir.path())];
    for edit in &edits {
        transact(&app, edit.clone());
        states.push(rows(dir.path()));
    }
    assert_eq!(mine(&app), std::slice::from_ref(&offer));
    for (number, state) in states.iter().enumerate().rev().skip(1) {
        let changes = step(&app, "undo");
        assert!(changes.own, "{number}");
        // What was never there goes to the trash too, so that redo needs no copy of it.
        if number > 0 {
            assert_eq!(rows(dir.path()), *state, "{number}");
        }
    }
    assert_eq!(mine(&app), Vec::<String>::new());
    for state in &states[1..] {
        step(&app, "redo");
        assert_eq!(rows(dir.path()), *state);
    }
    assert_eq!(mine(&app), [offer]);
}

#[test]
fn needs_go_to_the_trash_and_come_back_with_the_work_on_them() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let need = own("need", 7);
    crate::needs::save(&app, &need, json!({ "title": "表面缺陷检测" }));
    let note = json!({ "edit": "note_need", "ref": need, "note": "先打电话", "next": null });
    transact(&app, note);
    assert_eq!(
        mine(&app),
        std::slice::from_ref(&need),
        "needs are found too"
    );
    transact(&app, json!({ "edit": "remove_need", "ref": need }));
    assert_eq!(mine(&app), Vec::<String>::new());
    transact(&app, json!({ "edit": "restore_trash", "refs": [need] }));
    let view = api::query(&app, "get_need", json!({ "ref": need })).unwrap();
    assert_eq!(
        (&view["form"]["title"], &view["note"]),
        (&json!("表面缺陷检测"), &json!("先打电话"))
    );
    assert_eq!(mine(&app), [need]);
}

#[test]
fn what_is_cleared_from_the_trash_comes_back_by_no_way() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let (gone, stays) = (own("case", 1), own("case", 2));
    let both = [
        (gone.clone(), document(&gone, "秘密", json!({}))),
        (stays.clone(), document(&stays, "公开", json!({}))),
    ];
    transact(&app, writing(&both));
    write(&app, &gone, "改过的秘密", json!({}));
    transact(
        &app,
        json!({ "edit": "move_to_trash", "refs": [gone, stays] }),
    );
    let changes = transact(&app, json!({ "edit": "clear_trash", "refs": [gone] }));
    assert_eq!(changes["trash"], true);
    for _ in 0..5 {
        step(&app, "undo");
    }
    for _ in 0..5 {
        step(&app, "redo");
        assert!(!mine(&app).contains(&gone));
    }
    let error = api::mutate(
        &app,
        "transact",
        json!({ "edit": "restore_trash", "refs": [gone] }),
    );
    assert_eq!(error.unwrap_err().code, ErrorCode::NotFound);
    drop(app);
    let bytes = std::fs::read(dir.path().join("user.db")).unwrap();
    let secret = "秘密".as_bytes();
    assert!(
        !bytes.windows(secret.len()).any(|bytes| bytes == secret),
        "what is cleared is in no page of the file"
    );
}

/// What the record of what happened tells of deletions, newest first.
fn deletions(app: &App) -> Vec<(String, u64)> {
    let lines = api::query(app, "list_events", json!({})).unwrap();
    let lines = lines.as_array().unwrap().iter().map(|line| &line["what"]);
    lines
        .filter(|what| what["event"] == "deletion")
        .map(|what| {
            let kind = what["what"].as_str().unwrap().to_owned();
            (kind, what["count"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn what_goes_to_the_trash_and_out_of_it_is_written_down_with_how_many() {
    let dir = tempfile::tempdir().unwrap();
    let at = |clock: fn() -> String| App::with_bundle(dir.path().to_owned(), clock, small());
    let first = at(|| "2026-11-01T08:00:00Z".to_owned());
    open(&first);
    let refs: Vec<String> = (1..=4).map(|number| own("case", number)).collect();
    for reference in &refs {
        write(&first, reference, "旧案例", json!({}));
    }
    let told = |more: &[u64]| -> Vec<(String, u64)> {
        more.iter()
            .map(|count| ("record".to_owned(), *count))
            .collect()
    };
    let removed = json!({ "edit": "move_to_trash", "refs": [refs[0], refs[1], own("case", 9)] });
    transact(&first, removed);
    assert_eq!(deletions(&first), told(&[2]), "what was not there is none");
    step(&first, "undo");
    step(&first, "redo");
    assert_eq!(
        deletions(&first),
        told(&[2]),
        "undo and redo are no deletion"
    );
    transact(
        &first,
        json!({ "edit": "clear_trash", "refs": [refs[0], own("case", 9)] }),
    );
    transact(
        &first,
        json!({ "edit": "move_to_trash", "refs": [refs[2], refs[3]] }),
    );
    assert_eq!(deletions(&first), told(&[2, 1, 2]));
    drop(first);
    let later = at(|| "2026-12-02T08:00:00Z".to_owned());
    open(&later);
    assert_eq!(deletions(&later), told(&[3, 2, 1, 2]), "after thirty days");
    transact(&later, json!({ "edit": "clear_trash", "refs": null }));
    assert_eq!(deletions(&later).len(), 4, "nothing was there");
}

#[test]
fn the_trash_keeps_for_thirty_days() {
    let dir = tempfile::tempdir().unwrap();
    let at = |clock: fn() -> String| App::with_bundle(dir.path().to_owned(), clock, small());
    let first = at(|| "2026-11-01T08:00:00Z".to_owned());
    open(&first);
    let reference = own("case", 1);
    write(&first, &reference, "旧案例", json!({}));
    transact(
        &first,
        json!({ "edit": "move_to_trash", "refs": [reference] }),
    );
    drop(first);
    let restore = json!({ "edit": "restore_trash", "refs": [reference] });
    for (clock, kept) in [
        (
            (|| "2026-12-01T07:00:00Z".to_owned()) as fn() -> String,
            true,
        ),
        (|| "2026-12-01T09:00:00Z".to_owned(), false),
    ] {
        let app = at(clock);
        open(&app);
        let answer = api::mutate(&app, "transact", restore.clone());
        assert_eq!(answer.is_ok(), kept, "{answer:?}");
        if kept {
            // Back as it was, and removed as long ago as before.
            let connection = rusqlite::Connection::open(dir.path().join("user.db")).unwrap();
            drop(app);
            connection
                .execute(
                    "insert into trash select ref, name, created, '2026-11-01T08:00:00Z', document from own",
                    [],
                )
                .unwrap();
            connection.execute("delete from own", []).unwrap();
        }
    }
}

#[test]
fn records_that_are_none_are_refused_and_nothing_of_the_edit_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let good = own("case", 1);
    let sound = (good.clone(), document(&good, "好的", json!({})));
    let other = own("case", 2);
    for (field, reference, text) in [
        (
            "ref",
            "fixture/case/a".to_owned(),
            document(&other, "甲", json!({})).to_string(),
        ),
        ("ref", own("need", 3), "{}".to_owned()),
        ("document", other.clone(), "no json".to_owned()),
        (
            "document",
            other.clone(),
            document(&other, &"长".repeat(200_000), json!({})).to_string(),
        ),
        (
            "kind",
            own("provider", 2),
            document(&other, "甲", json!({})).to_string(),
        ),
        (
            "id",
            own("case", 3),
            document(&other, "甲", json!({})).to_string(),
        ),
        (
            "name",
            other.clone(),
            document(&other, " ", json!({})).to_string(),
        ),
    ] {
        let mut edit = writing(std::slice::from_ref(&sound));
        let records = edit["records"].as_array_mut().unwrap();
        records.push(json!([reference, text]));
        let error = api::mutate(&app, "transact", edit).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadRequest, "{field}");
        assert_eq!(error.facts["field"], field, "{reference}");
        assert_eq!(rows(dir.path()), []);
    }
}

#[test]
fn an_empty_index_of_own_records_changes_nothing_and_own_records_are_scored_like_others() {
    let records = [
        case("a", "equipment", "production", "32"),
        case("b", "health", "rnd", "11"),
        record(
            "case",
            "c",
            "表面缺陷检测",
            json!({ "summary": { "zh": "视觉质检" } }),
        ),
    ];
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), bundle(1, &records));
    open(&app);
    let ask = json!({ "text": "表面缺陷检测", "limit": 10, "facets": ["kind", "feed"] });
    let alone = api::query(&app, "search_records", ask.clone()).unwrap();
    // The same words under another feed: the tie breaks on the reference.
    let twin = own("case", 9);
    write(
        &app,
        &twin,
        "表面缺陷检测",
        json!({ "summary": { "zh": "视觉质检" } }),
    );
    assert_eq!(
        found(&app, ask.clone()),
        ["fixture/case/c".to_owned(), twin.clone()]
    );
    step(&app, "undo");
    let after = api::query(&app, "search_records", ask).unwrap();
    assert_eq!(alone, after);
}

#[test]
fn whatever_can_be_paged_to_is_also_answered_as_references_in_the_same_order() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let mine = [own("case", 1), own("provider", 2)];
    for reference in &mine {
        write(&app, reference, "案例自有", json!({}));
    }
    for request in [
        json!({ "limit": 50 }),
        json!({ "text": "案例a", "limit": 50 }),
        json!({ "sort": "name", "limit": 50 }),
        json!({ "filters": { "kind": ["case"], "feed": ["own"] }, "limit": 50 }),
    ] {
        let rows = found(&app, request.clone());
        assert!(!rows.is_empty());
        let references = api::query(&app, "search_references", request).unwrap();
        assert_eq!(references, json!(rows));
    }
    let beyond = json!({ "filters": { "kind": vec!["case"; 65] } });
    let error = api::query(&app, "search_references", beyond).unwrap_err();
    assert_eq!(error.facts["field"], "filters");
}

#[test]
fn links_lead_both_ways_between_own_records_and_the_catalog() {
    let firm = record("provider", "p", "目录服务商", json!({}));
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), bundle(1, &[firm]));
    open(&app);
    let offer = own("solution", 1);
    let links = json!({ "links": [{ "rel": "provided_by", "to": "fixture/provider/p" }] });
    write(&app, &offer, "质检方案", links);
    let view =
        |reference: &str| api::query(&app, "get_record", json!({ "ref": reference })).unwrap();
    let (own_side, other_side) = (view(&offer), view("fixture/provider/p"));
    assert_eq!(own_side["links"][0]["ref"], "fixture/provider/p");
    assert_eq!(own_side["links"][0]["forward"], true);
    assert_eq!(other_side["links"][0]["ref"], json!(offer));
    assert_eq!(other_side["links"][0]["forward"], false);
    assert_eq!(other_side["links"][0]["name"]["zh"], "质检方案");
}

#[test]
fn a_lost_or_foreign_index_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    let (one, two) = (own("case", 1), own("case", 2));
    write(&first, &one, "第一个", json!({}));
    drop(first);
    let keep = dir.path().join("kept");
    copy(&dir.path().join("index-own"), &keep);
    let second = app(dir.path(), small());
    open(&second);
    write(&second, &two, "第二个", json!({}));
    drop(second);
    let index = dir.path().join("index-own");
    // Behind: followed. Gone: made anew. Of another history: made anew.
    std::fs::remove_dir_all(&index).unwrap();
    std::fs::rename(&keep, &index).unwrap();
    let third = app(dir.path(), small());
    open(&third);
    assert_eq!(mine(&third), [one.clone(), two.clone()]);
    drop(third);
    std::fs::remove_dir_all(&index).unwrap();
    let fourth = app(dir.path(), small());
    open(&fourth);
    assert_eq!(mine(&fourth), [one.clone(), two]);
    drop(fourth);
    let user = dir.path().join("user.db");
    rusqlite::Connection::open(&user)
        .unwrap()
        .execute_batch(
            "delete from own; delete from own_change; delete from own_revision;
             insert into own_revision values (2, 'another')",
        )
        .unwrap();
    let fifth = app(dir.path(), small());
    open(&fifth);
    assert_eq!(mine(&fifth), Vec::<String>::new());
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn drafts_and_corrections_outlive_the_process() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    let reference = own("provider", 1);
    let draft = json!({ "edit": "save_draft", "ref": reference, "document": { "name": { "zh": "写到一" } } });
    transact(&first, draft);
    let correction =
        json!({ "field": "website", "original": null, "value": "https://example.org" });
    let overlay = json!({ "corrections": [correction], "note": "官网已换" });
    let edit = json!({ "edit": "save_overlay", "ref": "fixture/case/a", "overlay": overlay });
    assert_eq!(transact(&first, edit)["overlays"], true);
    drop(first);
    let user = atlas_core::store::Folder::open(dir.path())
        .and_then(|folder| {
            Ok(atlas_core::store::user::User::open(&folder, "2026-11-22T20:30:00Z")?.0)
        })
        .unwrap();
    let kept = user.draft(&reference.parse().unwrap()).unwrap().unwrap();
    assert_eq!(kept.document["name"]["zh"], "写到一");
    let kept = user
        .overlay(&"fixture/case/a".parse().unwrap())
        .unwrap()
        .unwrap();
    assert_eq!(kept.note, "官网已换");
    let now = "2026-11-22T20:31:00Z";
    let save = serde_json::from_value(writing(&[(
        reference.clone(),
        document(&reference, "写完了", json!({})),
    )]))
    .unwrap();
    user.transact(&save, now, &|_| Ok(None)).unwrap();
    assert_eq!(
        user.drafts().unwrap(),
        [],
        "what is saved is no draft any more"
    );
}
