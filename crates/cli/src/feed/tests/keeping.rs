//! What a publisher keeps over the years: generations, packs, keys in several places, and a rotation that is interrupted.

use std::collections::BTreeSet;

use atlas_core::feed::{Manifest, Op, PackReader};
use jiff::Span;

use super::{Fixture, files, now};
use crate::feed::packs::{self, State};
use crate::feed::ring::Ring;
use crate::feed::{build, history, keys, rotate, sign, verify};

fn later(days: i64) -> jiff::Timestamp {
    now() + Span::new().hours(days * 24)
}

/// Builds and signs a generation whose one record has that name.
fn publish(fixture: &Fixture, name: &str, day: i64) {
    fixture.write(name);
    let folder = fixture.folder();
    let report = build::build(&folder, later(day)).unwrap();
    assert!(report.built.is_some_and(|built| built.new));
    let ring = Ring::new(&folder, &[], &fixture.passphrases).unwrap();
    sign::sign(&folder, &ring, &[], later(day)).unwrap();
}

#[test]
fn a_snapshot_in_parts_holds_every_record_once() {
    let state: State = (0..50)
        .map(|n| {
            let id = format!("fixture-{n:03}");
            let raw = format!(r#"{{"kind":"case","id":"{id}"}}"#);
            (("case".to_owned(), id), raw)
        })
        .collect();
    let line = 70;
    let packs = packs::parts("fixture", 7, &state, 10 * line).unwrap();
    assert!(packs.len() > 4, "{} parts", packs.len());
    let mut read = State::new();
    for (part, pack) in (0..).zip(&packs) {
        let reader = PackReader::open(&pack.bytes, &pack.info).unwrap();
        let header = reader.header();
        assert_eq!((header.part, header.parts), (part, packs.len() as u32));
        for op in reader {
            let Op::Put { kind, id, raw } = op.unwrap() else {
                panic!("a snapshot removes nothing");
            };
            assert!(read.insert((kind, id), raw).is_none());
        }
    }
    assert_eq!(read, state);
    // A record larger than a part still has one to itself.
    assert_eq!(packs::parts("fixture", 7, &state, 1).unwrap().len(), 50);
}

#[test]
fn what_no_reader_needs_leaves_the_tree_and_every_retained_generation_still_leads_to_the_newest() {
    let fixture = Fixture::new();
    let folder = fixture.folder();
    // Enough other records for a delta to be worth its file.
    let lines: Vec<String> = (0..60_u32)
        .map(|n| {
            let text = packs::digest_of(&State::from([((String::new(), n.to_string()), n.to_string())]));
            serde_json::json!({
                "kind": "case", "id": format!("fixture-many-{n}"), "name": { "zh": format!("夹具 {text}") },
                "sources": [{ "key": "s1", "cited": "夹具", "checked": "2026-03-05", "status": "excerpt" }],
            })
            .to_string()
        })
        .collect();
    std::fs::write(folder.records().join("many.jsonl"), lines.join("\n")).unwrap();
    let days = 40;
    for day in 1..=days {
        publish(&fixture, &format!("夹具案例 {day}"), day);
    }
    let kept = history::generations(&folder).unwrap();
    assert!(
        kept.len() > 30 && kept.len() < days as usize,
        "{} generations kept",
        kept.len()
    );
    let report = verify::verify(&folder, later(days)).unwrap();
    assert_eq!(
        report.walks.len(),
        kept.len(),
        "from nothing, and from every generation before the newest"
    );
    // Packs in the tree: those of the newest manifest, and of generations that ended within the days of grace.
    let mut needed = BTreeSet::new();
    let mut oldest = BTreeSet::new();
    for generation in &kept {
        let (manifest, _): (Manifest, _) = history::manifest(&folder, *generation).unwrap();
        let packs = manifest.snapshot.iter().map(|info| info.sha256.clone());
        needed.extend(packs.clone());
        needed.extend(manifest.deltas.iter().map(|delta| delta.sha256.clone()));
        if *generation == kept[0] {
            oldest.extend(packs);
        }
    }
    let stored: BTreeSet<String> = files(&fixture.public().join("packs"))
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(stored.is_subset(&needed));
    assert!(
        stored.len() < needed.len() && stored.is_disjoint(&oldest),
        "packs of generations that ended long ago are gone: {} of {}",
        stored.len(),
        needed.len()
    );
}

#[test]
fn root_keys_that_lie_elsewhere_are_found_where_they_are_named() {
    let fixture = Fixture::new();
    let elsewhere = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for (place, name) in elsewhere.iter().zip(["root-1", "root-3"]) {
        let from = keys::path(&fixture.root.join("keys"), name);
        std::fs::rename(from, keys::path(place.path(), name)).unwrap();
    }
    let mut folder = fixture.folder();
    let places: Vec<_> = elsewhere
        .iter()
        .map(|place| place.path().to_owned())
        .collect();
    let refused = rotate::rotate(&mut folder, &[], &fixture.passphrases, "snapshot", now());
    assert!(refused.is_err_and(|error| error.en.contains("--keys")));
    let report = rotate::rotate(
        &mut folder,
        &places,
        &fixture.passphrases,
        "snapshot",
        now(),
    );
    assert_eq!(report.unwrap().replaced, ["snapshot"]);
    verify::verify(&folder, now()).unwrap();
}

#[test]
fn a_rotation_that_stops_before_the_new_root_is_written_is_run_again() {
    for lost in ["timestamp", "root-2"] {
        let fixture = Fixture::new();
        // Something in the way of the new root stops the rotation after the keys were replaced.
        let root = fixture.public().join("tuf/2.root.json");
        std::fs::create_dir_all(root.join("in the way")).unwrap();
        let mut folder = fixture.folder();
        let stopped = rotate::rotate(&mut folder, &[], &fixture.passphrases, lost, now());
        assert!(stopped.is_err(), "{lost}");
        std::fs::remove_dir_all(&root).unwrap();
        // The tree is as it was: readers notice nothing, and it can be signed with what was set aside.
        let mut folder = fixture.folder();
        let ring = Ring::new(&folder, &[], &fixture.passphrases).unwrap();
        sign::sign(&folder, &ring, &[], later(1)).unwrap();
        let report = rotate::rotate(&mut folder, &[], &fixture.passphrases, lost, later(1));
        assert_eq!(report.unwrap().root, 2, "{lost}");
        verify::verify(&folder, later(1)).unwrap();
    }
}
