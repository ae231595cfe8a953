//! A feed carried by hand: in without a network, refused with its reason when anything is wrong with it.

use atlas_core::api::types::{FeedState, ProblemCode, SyncResult};
use serde_json::json;
use tests::feed::keys::Key;
use tests::feed::{Feed, write_bundle};
use tests::fixtures::case;

use super::{Reader, later, publish_second, two};

fn code(outcome: &atlas_core::api::types::SyncOutcome) -> Option<ProblemCode> {
    outcome.problem.as_ref().map(|problem| problem.code)
}

#[test]
fn a_bundle_goes_in_on_another_folder_once_its_fingerprint_is_confirmed() {
    let (mut feed, reader, stick) = (two(), Reader::new(), tempfile::tempdir().unwrap());
    let path = feed.bundle(stick.path());
    let before = reader.state();
    let outcome = reader.import(&path, &json!({}));
    assert_eq!(
        (outcome.result, code(&outcome)),
        (SyncResult::Refused, Some(ProblemCode::UnknownFeed))
    );
    let fingerprint = outcome.problem.unwrap().facts["fingerprint"].clone();
    assert_eq!(
        (fingerprint.as_str(), reader.state()),
        (feed.fingerprint().as_str(), before)
    );
    let look = reader.query("preview_feed", json!({ "base": path }));
    assert_eq!(look["found"]["feed"], "north");
    let outcome = reader.import(&path, &json!({ "fingerprint": fingerprint }));
    assert_eq!(outcome.result, SyncResult::Updated, "{outcome:?}");
    assert_eq!(reader.found("north").len(), 2);
    assert_eq!(
        reader.import(&path, &json!({})).result,
        SyncResult::Unchanged
    );
    publish_second(&mut feed);
    let newer = feed.bundle(stick.path());
    assert_eq!(
        reader.import(&newer, &json!({})).result,
        SyncResult::Updated
    );
    // A folder is as good as a file.
    assert_eq!(
        reader.import(feed.path(), &json!({})).result,
        SyncResult::Unchanged
    );
}

#[test]
fn an_older_bundle_is_refused_and_changes_nothing() {
    let (mut feed, reader, stick) = (two(), Reader::new(), tempfile::tempdir().unwrap());
    let old = feed.bundle(stick.path());
    publish_second(&mut feed);
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let before = reader.state();
    let outcome = reader.import(&old, &json!({ "allow_expired": true }));
    assert_eq!(
        (outcome.result, code(&outcome)),
        (SyncResult::Refused, Some(ProblemCode::Rollback))
    );
    assert_eq!(reader.state(), before);
}

#[test]
fn an_expired_bundle_needs_consent_and_is_marked() {
    let (feed, stick) = (two(), tempfile::tempdir().unwrap());
    let reader = Reader::at(later);
    let path = feed.bundle(stick.path());
    let confirmed = json!({ "fingerprint": feed.fingerprint() });
    let before = reader.state();
    let outcome = reader.import(&path, &confirmed);
    assert_eq!(
        (outcome.result, code(&outcome)),
        (SyncResult::Expired, Some(ProblemCode::Expired))
    );
    assert_eq!(
        outcome.problem.unwrap().facts["published"],
        "2026-11-22T00:00:00Z"
    );
    assert_eq!(reader.state(), before);
    let consent = json!({ "fingerprint": feed.fingerprint(), "allow_expired": true });
    assert_eq!(reader.import(&path, &consent).result, SyncResult::Updated);
    let view = reader.feed("north");
    assert_eq!(
        (view.imported_expired, view.state, view.age_days),
        (true, FeedState::Expired, Some(28))
    );
    assert_eq!(reader.found("north").len(), 2);
}

#[test]
fn an_edited_bundle_is_refused_whatever_byte_was_edited() {
    let (mut feed, reader, stick) = (two(), Reader::new(), tempfile::tempdir().unwrap());
    let known = feed.bundle(stick.path());
    reader.import(&known, &json!({ "fingerprint": feed.fingerprint() }));
    feed.put(&case("c", "health", "rnd", "11"));
    feed.publish_as(|manifest| manifest["deltas"] = json!([]));
    let before = reader.state();
    let path = stick.path().join("edited.atlas");
    let mut edited = 0;
    for (number, (name, bytes)) in feed.files().into_iter().enumerate() {
        // Files of older generations are carried along and never read.
        if !is_current(&feed, &name) {
            continue;
        }
        edited += 1;
        for at in [0, bytes.len() / 3, bytes.len() / 2, bytes.len() - 2] {
            let mut entries = feed.files();
            entries[number].1[at] ^= 1;
            write_bundle(&path, &entries);
            let outcome = reader.import(&path, &json!({ "allow_expired": true }));
            assert_eq!(
                outcome.result,
                SyncResult::Refused,
                "{name} at {at}: {outcome:?}"
            );
            assert_eq!(reader.state(), before, "{name} at {at}");
        }
    }
    assert_eq!(
        edited, 6,
        "root, timestamp, snapshot, targets, manifest and pack"
    );
    assert_eq!(
        reader.import(&feed.bundle(stick.path()), &json!({})).result,
        SyncResult::Updated
    );
}

fn is_current(feed: &Feed, name: &str) -> bool {
    let version = |role: &serde_json::Value| role["version"].to_string();
    let pack = feed.manifest["snapshot"][0]["sha256"].as_str().unwrap();
    let manifest = feed.roles.targets["targets"]["manifest.json"]["hashes"]["sha256"]
        .as_str()
        .unwrap();
    name == "tuf/timestamp.json"
        || name == "tuf/1.root.json"
        || name == format!("tuf/{}.snapshot.json", version(&feed.roles.snapshot))
        || name == format!("tuf/{}.targets.json", version(&feed.roles.targets))
        || name == format!("targets/{manifest}.manifest.json")
        || name == format!("packs/{pack}.zst")
}

#[test]
fn a_torn_bundle_is_refused_wherever_it_was_cut() {
    let (feed, reader, stick) = (two(), Reader::new(), tempfile::tempdir().unwrap());
    let whole = std::fs::read(feed.bundle(stick.path())).unwrap();
    let before = reader.state();
    let path = stick.path().join("torn.atlas");
    for part in [0, 1, 10, 25, 50, 75, 90, 99] {
        std::fs::write(&path, &whole[..whole.len() * part / 100]).unwrap();
        let outcome = reader.import(&path, &json!({ "fingerprint": feed.fingerprint() }));
        assert_eq!(
            (outcome.result, code(&outcome)),
            (SyncResult::Refused, Some(ProblemCode::Unreadable)),
            "{part} %"
        );
    }
    assert_eq!(reader.state(), before);
    assert!(
        reader
            .query("list_feeds", json!({}))
            .as_array()
            .unwrap()
            .len()
            == 1,
        "nothing was added"
    );
}

#[test]
fn a_bundle_of_the_same_name_with_other_keys_is_refused() {
    let (feed, reader, stick) = (two(), Reader::new(), tempfile::tempdir().unwrap());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let foreign = Feed::with("north", 2, &[case("x", "health", "rnd", "11")]);
    let path = foreign.bundle(stick.path());
    let before = reader.state();
    let outcome = reader.import(&path, &json!({ "fingerprint": foreign.fingerprint() }));
    assert_eq!(
        (outcome.result, code(&outcome)),
        (SyncResult::Refused, Some(ProblemCode::OtherFeed))
    );
    assert_eq!(reader.state(), before);
}

#[test]
fn a_state_from_before_keys_were_replaced_is_refused_as_such() {
    let (mut feed, reader, stick) = (two(), Reader::new(), tempfile::tempdir().unwrap());
    let (bundle, copy) = (feed.bundle(stick.path()), feed.copy());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    feed.keys[2] = Key::new(99);
    feed.rotate();
    reader.synced(SyncResult::Unchanged);
    let before = reader.state();
    // The generation is the one at hand, so nothing but the key says that it is older.
    let outcome = reader.import(&bundle, &json!({}));
    assert_eq!(
        (outcome.result, code(&outcome)),
        (SyncResult::Refused, Some(ProblemCode::ReplacedKeys))
    );
    assert_eq!(reader.state(), before);
    reader.with_addresses(&feed, &copy.path().display().to_string(), &[]);
    reader.refused(ProblemCode::ReplacedKeys);
    // Whoever has the new root and still not its signatures has tampered, or was tampered with.
    let root = feed.read("tuf/2.root.json");
    std::fs::write(copy.path().join("tuf/2.root.json"), root).unwrap();
    reader.refused(ProblemCode::Signature);
    reader.with_addresses(&feed, &feed.base(), &[]);
    reader.synced(SyncResult::Unchanged);
}
