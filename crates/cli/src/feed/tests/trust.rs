//! Keys on disk, and signatures as the client sees them.

use std::sync::Arc;

use atlas_core::feed::folder::Folder as TreeSource;
use atlas_core::feed::trust::{self, MemoryVault, TrustError, Verified};
use jiff::{Span, Timestamp};

use super::{Fixture, files, now};
use crate::feed::keys::{self, Key};
use crate::feed::ring::Ring;
use crate::feed::{build, rotate, sign, tuf, verify};

/// What a reader gets who has kept `vault` and confirmed the first root.
fn refresh(
    fixture: &Fixture,
    vault: &Arc<MemoryVault>,
    now: Timestamp,
) -> Result<Verified, TrustError> {
    let root = std::fs::read(fixture.public().join("tuf/1.root.json")).unwrap();
    let source = Arc::new(TreeSource::new(fixture.public()));
    verify::runtime()
        .unwrap()
        .block_on(trust::refresh(source, vault.clone(), &root, now))
}

fn later(days: i64) -> Timestamp {
    now() + Span::new().hours(days * 24)
}

#[test]
fn a_key_opens_with_its_passphrase_only_and_lies_on_disk_sealed() {
    let temp = tempfile::tempdir().unwrap();
    let path = keys::path(temp.path(), "snapshot");
    let key = Key::generate("snapshot").unwrap();
    key.save(&path, "fixture passphrase").unwrap();
    let open = |name, passphrase: &str| Key::open(&path, name, || Ok(passphrase.to_owned()));
    let again = open("snapshot", "fixture passphrase").unwrap().unwrap();
    assert_eq!(again.sign(b"fixture"), key.sign(b"fixture"));
    assert!(open("snapshot", "Fixture passphrase").is_err());
    assert!(
        open("timestamp", "fixture passphrase").is_err(),
        "under another name"
    );
    // The public half is bound to the seal.
    let text = std::fs::read_to_string(&path).unwrap();
    let other = Key::generate("snapshot").unwrap().public();
    std::fs::write(&path, text.replace(&key.public(), &other)).unwrap();
    assert!(open("snapshot", "fixture passphrase").is_err());
    assert!(
        key.save(&path, "fixture passphrase").is_err(),
        "a key is never overwritten"
    );
}

#[test]
fn a_key_file_cannot_ask_for_all_memory() {
    let temp = tempfile::tempdir().unwrap();
    let path = keys::path(temp.path(), "snapshot");
    Key::generate("snapshot")
        .unwrap()
        .save(&path, "fixture passphrase")
        .unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replace("\"memory_kib\": 1024", "\"memory_kib\": 4294967295"),
    )
    .unwrap();
    let opened = Key::open(&path, "snapshot", || Ok("fixture passphrase".to_owned()));
    assert!(opened.is_err_and(|error| error.en.contains("too much memory")));
}

#[test]
fn no_key_is_ever_in_the_tree_and_a_stray_one_stops_verification() {
    let fixture = Fixture::new();
    let public: Vec<String> = tuf::key_names()
        .map(|name| fixture.folder().config.keys[name].clone())
        .collect();
    assert_eq!(public.len(), 7);
    for path in files(&fixture.public()) {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        assert!(
            !text.contains("sealed") && !text.contains("salt"),
            "{path:?}"
        );
    }
    let stray = fixture.public().join("tuf/root-1.key");
    std::fs::copy(fixture.root.join("keys/root-1.key"), &stray).unwrap();
    assert!(verify::verify(&fixture.folder(), now()).is_err());
    assert!(
        !fixture.folder().upload().exists(),
        "nothing may be uploaded"
    );
}

#[test]
fn the_client_follows_generations_and_every_rotation_and_refuses_the_replaced_key() {
    let fixture = Fixture::new();
    let vault = Arc::new(MemoryVault::default());
    let first = refresh(&fixture, &vault, now()).unwrap();
    assert_eq!((first.root_keys, first.root_threshold), (3, 2));
    for (root, key) in (2..).zip(["timestamp", "snapshot", "targets", "root-2", "root"]) {
        let old = std::fs::read(fixture.root.join("keys/timestamp.key")).unwrap();
        let mut folder = fixture.folder();
        let report = rotate::rotate(&mut folder, &[], &fixture.passphrases, key, now()).unwrap();
        assert_eq!(report.root, root, "{key}");
        let after = refresh(&fixture, &vault, now()).unwrap();
        assert_eq!(after.manifest, first.manifest, "{key}");
        verify::verify(&folder, now()).unwrap();
        if key == "timestamp" {
            let new = std::fs::read(fixture.root.join("keys/timestamp.key")).unwrap();
            assert_ne!(old, new);
        }
    }
    // The key that was replaced first signs a timestamp that looks newer: nobody takes it.
    let retired = fixture.root.join("keys/retired/timestamp-root1.key");
    let stolen = Key::open(
        &retired,
        "timestamp",
        || Ok("fixture passphrase".to_owned()),
    );
    let stolen = stolen.unwrap().unwrap();
    let path = fixture.public().join("tuf/timestamp.json");
    let good = std::fs::read(&path).unwrap();
    let mut value: serde_json::Value = serde_json::from_slice(&good).unwrap();
    let mut signed = value["signed"].take();
    signed["version"] = 1_000.into();
    std::fs::write(&path, tuf::sign(&signed, &[&stolen])).unwrap();
    let refused = refresh(&fixture, &vault, now());
    assert!(
        matches!(refused, Err(TrustError::Signature { .. })),
        "{refused:?}"
    );
}

#[test]
fn lost_keys_are_replaced_with_two_root_keys_and_not_with_one() {
    let fixture = Fixture::new();
    let keys = fixture.root.join("keys");
    for lost in ["snapshot", "root-3"] {
        std::fs::remove_file(keys::path(&keys, lost)).unwrap();
    }
    let ring_folder = fixture.folder();
    let ring = Ring::new(&ring_folder, &[], &fixture.passphrases).unwrap();
    let refused = sign::sign(&ring_folder, &ring, &["snapshot"], now());
    assert!(
        refused.is_err_and(|error| error.en.contains("rotate")),
        "the way out is told"
    );
    let mut folder = fixture.folder();
    for lost in ["snapshot", "root-3"] {
        rotate::rotate(&mut folder, &[], &fixture.passphrases, lost, now()).unwrap();
    }
    verify::verify(&folder, now()).unwrap();
    for lost in ["root-1", "root-2"] {
        std::fs::remove_file(keys::path(&keys, lost)).unwrap();
    }
    let before = files(&fixture.root).len();
    let refused = rotate::rotate(&mut folder, &[], &fixture.passphrases, "root-1", now());
    assert!(refused.is_err());
    assert_eq!(files(&fixture.root).len(), before, "nothing was changed");
}

#[test]
fn signing_again_prolongs_what_would_run_out() {
    let fixture = Fixture::new();
    let vault = Arc::new(MemoryVault::default());
    assert!(refresh(&fixture, &vault, later(13)).is_ok());
    let expired = refresh(&fixture, &vault, later(15));
    assert!(
        matches!(expired, Err(TrustError::Expired { .. })),
        "{expired:?}"
    );
    for day in [10, 20, 30, 100, 190, 200] {
        let folder = fixture.folder();
        let ring = Ring::new(&folder, &[], &fixture.passphrases).unwrap();
        sign::sign(&folder, &ring, &[], later(day)).unwrap();
        refresh(&fixture, &vault, later(day + 13)).unwrap();
    }
}

#[test]
fn a_changed_record_goes_out_as_a_delta_and_an_unchanged_one_not_at_all() {
    let fixture = Fixture::new();
    let folder = fixture.folder();
    let same = build::build(&folder, later(1)).unwrap().built.unwrap();
    assert!(
        !same.new && folder.upload().exists(),
        "nothing to publish, nothing withdrawn"
    );
    let lines: Vec<String> = (0..200_u8)
        .map(|n| {
            let city = tuf::hex(&atlas_core::feed::Digest::of(&[n]).0);
            let record = serde_json::json!({
                "kind": "case", "id": format!("fixture-many-{n}"), "name": { "zh": format!("夹具 {n}") }, "city": city,
                "sources": [{ "key": "s1", "cited": "夹具", "checked": "2026-03-05", "status": "excerpt" }],
            });
            record.to_string()
        })
        .collect();
    std::fs::write(folder.records().join("many.jsonl"), lines.join("\n")).unwrap();
    fixture.publish("夹具案例", later(1));
    fixture.publish("夹具案例（改）", later(2));
    let report = verify::verify(&folder, later(2)).unwrap();
    let walks: Vec<(u32, bool)> = report
        .walks
        .iter()
        .map(|walk| (walk.from, walk.delta))
        .collect();
    // From the first generation nearly everything changed: there the snapshot is the shorter way.
    assert_eq!(walks, [(0, false), (1, false), (2, true)]);
    assert!(report.walks[2].bytes * 10 < report.walks[0].bytes);
}

#[test]
fn a_tree_that_a_reader_cannot_follow_is_never_released() {
    let fixture = Fixture::new();
    let pack = std::fs::read_dir(fixture.public().join("packs"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut bytes = std::fs::read(&pack).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&pack, bytes).unwrap();
    assert!(verify::verify(&fixture.folder(), now()).is_err());
    assert!(!fixture.folder().upload().exists());
}
