//! The data folder as its user relies on it: what is applied is what was signed, what is edited can be
//! undone, what is damaged is mended and nothing of the user's is lost.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::types::{AppStatus, ErrorCode, NoticeCode};
use atlas_core::api::{self, App};
use atlas_core::bundled::Bundle;
use atlas_core::model::{Record, RecordRef, Taxonomies};
use atlas_core::store::catalog::{Applied, Catalog, Plan};
use atlas_core::store::{Folder, StoreError};
use serde_json::{Value, json};
use tests::fixtures::{self, bundle, clock, record};

type Line = (String, String, String);

fn catalog() -> (tempfile::TempDir, Catalog) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::open(dir.path()).unwrap();
    let catalog = Catalog::open(&folder).unwrap();
    (dir, catalog)
}

fn apply(catalog: &Catalog, bundle: &Bundle, from: Option<u32>) -> Result<Applied, StoreError> {
    let manifest = bundle.manifest().unwrap();
    let packs = manifest
        .snapshot
        .iter()
        .zip(&bundle.packs)
        .map(|(info, bytes)| (info, bytes.as_ref()))
        .collect();
    let plan = Plan {
        manifest: &manifest,
        from,
        packs,
    };
    catalog.apply(&plan, Taxonomies::bundled(), &mut |_, _| {
        ControlFlow::Continue(())
    })
}

fn line(record: &Value) -> Line {
    (
        record["kind"].as_str().unwrap().into(),
        record["id"].as_str().unwrap().into(),
        record.to_string(),
    )
}

fn case(id: &str, group: &str, stage: &str, region: &str) -> Value {
    record(
        "case",
        id,
        &format!("案例{id}"),
        json!({ "industry": [group], "stage": [stage], "region": [region] }),
    )
}

#[test]
fn a_snapshot_writes_only_what_differs_and_removes_what_is_gone() {
    let (_dir, catalog) = catalog();
    let a = case("a", "equipment", "production", "32");
    let b = case("b", "health", "rnd", "11");
    let first = apply(&catalog, &bundle(1, &[a.clone(), b.clone()]), None).unwrap();
    assert_eq!(
        (first.added, first.changed, first.removed, first.revision),
        (2, 0, 0, 1)
    );
    let c = case("c", "health", "rnd", "4403");
    let b2 = case("b", "finance", "rnd", "11");
    let second = apply(&catalog, &bundle(2, &[b2, c]), None).unwrap();
    assert_eq!(
        (
            second.added,
            second.changed,
            second.removed,
            second.revision
        ),
        (1, 1, 1, 2)
    );
    let changed: Vec<String> = catalog
        .outbox(1)
        .unwrap()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        changed,
        ["fixture/case/a", "fixture/case/b", "fixture/case/c"]
    );
}

#[test]
fn a_delta_and_a_snapshot_lead_to_the_same_catalog() {
    let old = [
        case("a", "equipment", "production", "32"),
        case("b", "health", "rnd", "11"),
    ];
    let new = [
        case("b", "finance", "rnd", "44"),
        case("c", "health", "operation", "50"),
    ];
    let records: Vec<Line> = new.iter().map(line).collect();
    let mut lines: Vec<Line> = records.clone();
    lines.insert(0, ("case".into(), "a".into(), String::new()));
    let delta = fixtures::pack(2, Some(1), &lines, &records);

    let (_dir, by_delta) = catalog();
    apply(&by_delta, &bundle(1, &old), None).unwrap();
    apply(&by_delta, &delta, Some(1)).unwrap();
    let (_dir, by_snapshot) = catalog();
    apply(&by_snapshot, &bundle(2, &new), None).unwrap();

    let state = |catalog: &Catalog| {
        let panorama = catalog
            .panorama(&Default::default(), Taxonomies::bundled())
            .unwrap();
        let mut records = Vec::new();
        catalog
            .for_each(|reference, record, _| -> Result<(), StoreError> {
                records.push((reference.clone(), record.clone()));
                Ok(())
            })
            .unwrap();
        (catalog.feeds().unwrap(), panorama, records)
    };
    assert_eq!(state(&by_delta), state(&by_snapshot));
}

#[test]
fn a_plan_that_does_not_lead_to_its_digest_changes_nothing() {
    let (_dir, catalog) = catalog();
    let a = case("a", "equipment", "production", "32");
    apply(&catalog, &bundle(1, std::slice::from_ref(&a)), None).unwrap();
    let b = line(&case("b", "health", "rnd", "11"));
    let forged = fixtures::pack(2, None, std::slice::from_ref(&b), &[line(&a)]);
    assert!(matches!(
        apply(&catalog, &forged, None),
        Err(StoreError::Refused(_))
    ));
    let older = bundle(1, std::slice::from_ref(&a));
    let newer = bundle(3, std::slice::from_ref(&a));
    apply(&catalog, &newer, None).unwrap();
    assert!(
        matches!(apply(&catalog, &older, None), Err(StoreError::Refused(_))),
        "a generation never goes down"
    );
    let delta = fixtures::pack(
        9,
        Some(8),
        std::slice::from_ref(&b),
        std::slice::from_ref(&b),
    );
    assert!(
        matches!(
            apply(&catalog, &delta, Some(8)),
            Err(StoreError::Refused(_))
        ),
        "a delta must fit its base"
    );
    assert_eq!(catalog.revision().unwrap(), 2);
    assert_eq!(
        catalog.kinds().unwrap(),
        BTreeMap::from([("case".to_owned(), 1)])
    );
}

#[test]
fn one_changed_byte_of_a_pack_is_refused_before_anything_is_read() {
    let (_dir, catalog) = catalog();
    let good = bundle(1, &[case("a", "equipment", "production", "32")]);
    for idx in 0..good.packs[0].len() {
        let mut bytes = good.packs[0].to_vec();
        bytes[idx] ^= 1;
        let bad = Bundle {
            manifest: good.manifest.clone(),
            packs: vec![bytes.into()],
        };
        assert!(
            matches!(apply(&catalog, &bad, None), Err(StoreError::Pack(_))),
            "byte {idx}"
        );
    }
    assert_eq!(catalog.revision().unwrap(), 0);
}

#[test]
fn kinds_and_fields_of_a_newer_version_are_kept_byte_for_byte() {
    let (_dir, catalog) = catalog();
    let newer = record("case", "a", "案例", json!({ "carbon": { "t": 1.50 } }));
    let unknown = json!({ "kind": "robot", "id": "r", "anything": [1, 2] });
    apply(
        &catalog,
        &bundle(1, &[newer.clone(), unknown.clone()]),
        None,
    )
    .unwrap();
    let raw = |reference: &str| {
        catalog
            .raw(&reference.parse::<RecordRef>().unwrap())
            .unwrap()
            .unwrap()
    };
    assert_eq!(raw("fixture/case/a"), newer.to_string());
    assert_eq!(raw("fixture/robot/r"), unknown.to_string());
    let read = catalog
        .record(&"fixture/case/a".parse().unwrap())
        .unwrap()
        .unwrap();
    assert_eq!(
        serde_json::to_value(&*read).unwrap(),
        newer,
        "a record read and written loses nothing"
    );
    assert_eq!(catalog.kinds().unwrap()["robot"], 1);
}

#[test]
fn the_panorama_counts_every_record_once_and_its_sums_are_the_total() {
    let (_dir, catalog) = catalog();
    let mut records = vec![
        case("a", "C38", "production", "3502"),
        case("b", "C38", "production", "35"),
        record("case", "c", "无", json!({})),
        record(
            "case",
            "d",
            "多",
            json!({ "industry": ["Q", "C39"], "stage": ["rnd", "production"], "region": ["32", "11"] }),
        ),
        record(
            "case",
            "e",
            "自造",
            json!({ "industry": ["X-9"], "stage": ["moon"] }),
        ),
        record("document", "p", "政策", json!({})),
    ];
    records[1]["inferred"] = json!([{ "field": "stage", "by": "rule:x" }]);
    apply(&catalog, &bundle(1, &records), None).unwrap();
    let panorama = catalog
        .panorama(&Default::default(), Taxonomies::bundled())
        .unwrap();
    let cells = || panorama.cells.iter().flatten();
    assert_eq!(panorama.total, 5, "documents are not applications");
    assert_eq!(
        cells()
            .map(|cell| cell.printed + cell.inferred)
            .sum::<u32>(),
        5
    );
    assert_eq!(cells().map(|cell| cell.inferred).sum::<u32>(), 1);
    assert_eq!(
        panorama.regions,
        BTreeMap::from([("35".into(), 2), ("32".into(), 1), ("none".into(), 2)])
    );
    let at = |row: &str, column: &str| {
        let row = panorama.rows.iter().position(|code| code == row).unwrap();
        let column = panorama
            .columns
            .iter()
            .position(|code| code == column)
            .unwrap();
        panorama.cells[row][column]
    };
    assert_eq!(
        (
            at("equipment", "production").printed,
            at("equipment", "production").inferred
        ),
        (1, 1)
    );
    assert_eq!(at("none", "none").printed, 1);
    assert_eq!(at("health", "rnd").printed, 1);
    assert_eq!(
        at("X-9", "moon").printed,
        1,
        "a code nobody knows shows as itself"
    );
}

fn app(dir: &Path, bundle: Bundle) -> App {
    App::with_bundle(dir.to_owned(), clock, bundle)
}

fn open(app: &App) -> AppStatus {
    app.open(&mut |_| ControlFlow::Continue(())).unwrap()
}

fn small() -> Bundle {
    bundle(
        1,
        &[
            case("a", "equipment", "production", "32"),
            case("b", "health", "rnd", "11"),
        ],
    )
}

fn codes(status: &AppStatus) -> Vec<NoticeCode> {
    status.notices.iter().map(|notice| notice.code).collect()
}

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

fn transact(app: &App, edit: Value) -> Value {
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
        json!({ "edit": "remove_favourite", "ref": "fixture/case/a" }),
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
fn damage(path: &Path, at: u64, bytes: &[u8]) {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

#[test]
fn a_damaged_or_missing_catalog_or_index_mends_itself_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    drop({
        let app = app(dir.path(), small());
        open(&app);
        app
    });
    let catalog = dir.path().join("catalog.db");
    let healthy = |status: &AppStatus| (status.records["case"], status.index.documents) == (2, 2);

    std::fs::write(&catalog, b"no database").unwrap();
    let status = open(&app(dir.path(), small()));
    assert!(
        codes(&status).contains(&NoticeCode::CatalogRepaired) && healthy(&status),
        "{status:?}"
    );

    damage(&catalog, 4096, &[0xff; 8192]);
    let status = open(&app(dir.path(), small()));
    assert!(
        codes(&status).contains(&NoticeCode::CatalogRepaired) && healthy(&status),
        "{status:?}"
    );

    std::fs::remove_file(&catalog).unwrap();
    let status = open(&app(dir.path(), small()));
    assert!(healthy(&status), "{status:?}");

    for entry in std::fs::read_dir(dir.path().join("index")).unwrap() {
        std::fs::write(entry.unwrap().path(), b"damaged").unwrap();
    }
    let status = open(&app(dir.path(), small()));
    assert!(
        codes(&status).contains(&NoticeCode::IndexRebuilt) && healthy(&status),
        "{status:?}"
    );

    std::fs::remove_dir_all(dir.path().join("index")).unwrap();
    let status = open(&app(dir.path(), small()));
    assert!(healthy(&status), "{status:?}");
}

#[test]
fn damaged_user_data_is_kept_and_the_newest_sound_backup_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let first = app(dir.path(), small());
    open(&first);
    transact(
        &first,
        json!({ "edit": "add_favourite", "ref": "fixture/case/a" }),
    );
    drop(first);
    // The second start makes a backup, because something changed since there was none.
    drop({
        let app = app(dir.path(), small());
        open(&app);
        app
    });
    let user = dir.path().join("user.db");
    std::fs::write(&user, [b'x'; 20_000]).unwrap();
    let app = app(dir.path(), small());
    let status = open(&app);
    assert!(
        codes(&status).contains(&NoticeCode::UserRestored),
        "{status:?}"
    );
    let list = api::query(&app, "list_favourites", json!({})).unwrap();
    assert_eq!(list[0]["row"]["ref"], "fixture/case/a");
    assert_eq!(
        std::fs::read(dir.path().join("user.db.damaged")).unwrap(),
        [b'x'; 20_000],
        "the damaged file is kept"
    );
}

#[test]
fn user_data_of_a_newer_version_is_refused_and_untouched() {
    let dir = tempfile::tempdir().unwrap();
    drop({
        let app = app(dir.path(), small());
        open(&app);
        app
    });
    let user = dir.path().join("user.db");
    damage(&user, 60, &[0, 0, 0, 99]);
    let before = std::fs::read(&user).unwrap();
    let error = app(dir.path(), small())
        .open(&mut |_| ControlFlow::Continue(()))
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::TooNew);
    assert_eq!(std::fs::read(&user).unwrap(), before);
}

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
fn records_of_every_kind_round_trip() {
    for kind in atlas_core::model::Kind::ALL {
        let value = record(
            kind.as_str(),
            "x",
            "名称",
            json!({ "unknown_field": { "deep": [1, "二"] } }),
        );
        let parsed: Record = fixtures::parse(&value);
        assert_eq!(serde_json::to_value(parsed).unwrap(), value);
    }
}
