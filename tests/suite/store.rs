//! The catalog as its reader relies on it: what is applied is what was signed, byte for byte, or nothing is.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use atlas_core::api::types::PanoramaRequest;
use atlas_core::bundled::Bundle;
use atlas_core::model::{Record, RecordRef, Taxonomies};
use atlas_core::store::catalog::{Applied, Bytes, Catalog, Plan};
use atlas_core::store::{Folder, StoreError};
use serde_json::{Value, json};
use tests::fixtures::{self, bundle, case, record};

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
        .map(|(info, bytes)| (info, Bytes::Memory(bytes.as_ref())))
        .collect();
    let plan = Plan {
        manifest: &manifest,
        from,
        packs,
        replaces: manifest.continues.as_deref(),
        source: None,
        at: "2026-11-22T20:30:00Z",
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
            .panorama(&PanoramaRequest::default(), Taxonomies::bundled())
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
        Err(StoreError::Digest(_))
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
    assert_eq!(
        catalog.revision().unwrap(),
        1,
        "a generation without a change is no new revision"
    );
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
        .panorama(&PanoramaRequest::default(), Taxonomies::bundled())
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

#[test]
fn a_link_that_somebody_concluded_says_so_from_both_ends() {
    let (_dir, catalog) = catalog();
    let links = json!({
        "links": [
            { "rel": "instance_of", "to": "scenario/s" },
            { "rel": "applied_by", "to": "enterprise/e" },
        ],
        "inferred": [{ "field": "links.instance_of", "by": "source" }],
    });
    let records = [
        record("case", "c", "案例", links),
        record("scenario", "s", "场景", json!({})),
        record("enterprise", "e", "企业", json!({})),
    ];
    apply(&catalog, &bundle(1, &records), None).unwrap();
    let inferred = |reference: &str| -> Vec<(String, Option<String>)> {
        let links = catalog.links(&reference.parse().unwrap()).unwrap();
        links
            .into_iter()
            .map(|link| (link.rel.0, link.inferred))
            .collect()
    };
    let concluded = ("instance_of".to_owned(), Some("source".to_owned()));
    let printed = ("applied_by".to_owned(), None);
    assert_eq!(
        inferred("fixture/case/c"),
        [printed.clone(), concluded.clone()]
    );
    assert_eq!(inferred("fixture/scenario/s"), [concluded]);
    assert_eq!(inferred("fixture/enterprise/e"), [printed]);
}

/// The view of needs as it was before there was more to say of them.
const OLD_VIEW: &str = "drop view need; \
    create view need as select feed, id, raw from record where kind = 'need'; \
    pragma user_version = 2";

#[test]
fn a_catalog_from_before_needs_said_more_keeps_its_records_and_gets_their_view() {
    let (dir, catalog) = catalog();
    let mut need = case("n", "equipment", "production", "32");
    need["kind"] = json!("need");
    need["deployment"] = json!(["private"]);
    need["expires"] = json!("2027-03-31");
    need["consent"] = json!(true);
    apply(&catalog, &bundle(1, &[need.clone()]), None).unwrap();
    let before = catalog.revision().unwrap();
    drop(catalog);
    let file = dir.path().join("catalog.db");
    let old = rusqlite::Connection::open(&file).unwrap();
    old.execute_batch(OLD_VIEW).unwrap();
    drop(old);

    let folder = Folder::open(dir.path()).unwrap();
    let again = Catalog::open(&folder).unwrap();
    assert_eq!(again.revision().unwrap(), before);
    drop(again);
    let now = rusqlite::Connection::open(&file).unwrap();
    let ask = "select deployment, expires, consent from need where id = 'n'";
    let row: (String, String, i64) = now
        .query_row(ask, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    assert_eq!(row, (r#"["private"]"#.into(), "2027-03-31".into(), 1));
}
