//! Attacks on signatures, versions and time.

use atlas_core::api::types::{ProblemCode as Code, SyncResult};
use serde_json::{Value, json};
use tests::feed::Feed;
use tests::feed::keys::{Key, envelope};
use tests::fixtures::{case, clock};

use super::{path_of, refused, second, sign_with, signed_of};
use crate::feeds::{Reader, later, two};

// 1
#[test]
fn an_unsigned_timestamp_is_refused() {
    refused(Code::Signature, |feed| sign_with(feed, "timestamp", &[]));
}

// 2
#[test]
fn a_role_signed_by_a_wrong_key_is_refused_whichever_it_is() {
    for role in ["timestamp", "snapshot", "targets"] {
        refused(Code::Signature, |feed| {
            sign_with(feed, role, &[&Key::new(200)]);
        });
    }
}

/// A second root of which the given keys sign.
fn second_root(feed: &mut Feed, signers: &[&Key]) {
    feed.root = feed.root_of(2);
    feed.write_root_signed(signers);
}

// 3
#[test]
fn a_root_signed_by_fewer_keys_than_needed_is_refused() {
    refused(Code::Signature, |feed| {
        let key = Key::new(16 + 1);
        second_root(feed, &[&key]);
    });
}

// 4
#[test]
fn one_signature_given_twice_does_not_count_twice() {
    refused(Code::Signature, |feed| {
        let key = Key::new(16 + 1);
        second_root(feed, &[&key, &key]);
    });
}

// 5
#[test]
fn one_key_declared_under_two_ids_does_not_make_two_signers() {
    refused(Code::Signature, |feed| {
        feed.root = feed.root_of(2);
        let key = Key::new(16 + 1);
        let mut one = key.sign(&feed.root);
        let two = one.clone();
        one["keyid"] = json!("0".repeat(64));
        let file = json!({ "signatures": [one, two], "signed": feed.root });
        feed.write("tuf/2.root.json", file.to_string().as_bytes());
    });
}

fn expire(role: &'static str) {
    refused(Code::Expired, |feed| {
        let past = json!("2026-11-01T00:00:00Z");
        match role {
            "timestamp" => feed.roles.timestamp["expires"] = past,
            "snapshot" => feed.roles.snapshot["expires"] = past,
            _ => feed.roles.targets["expires"] = past,
        }
        feed.write_roles();
    });
}

// 6
#[test]
fn an_expired_timestamp_is_refused() {
    expire("timestamp");
}

// 7
#[test]
fn an_expired_snapshot_is_refused() {
    expire("snapshot");
}

// 8
#[test]
fn expired_targets_are_refused() {
    expire("targets");
}

// 9
#[test]
fn an_expired_root_is_refused() {
    let (mut feed, reader) = second();
    feed.root = feed.root_of(2);
    feed.root["expires"] = json!("2026-11-01T00:00:00Z");
    feed.write_root(&[0, 1]);
    reader.refused(Code::Expired);
}

/// Rolls the version of a role back; what depends on it is signed anew with honest, higher versions.
fn roll_back(role: &'static str) {
    let (mut feed, reader) = second();
    reader.synced(SyncResult::Updated);
    let set = |role: &mut Value, version: u64| role["version"] = json!(version);
    let next = |role: &Value| role["version"].as_u64().unwrap() + 1;
    let (snapshot, timestamp) = (next(&feed.roles.snapshot), next(&feed.roles.timestamp));
    match role {
        "timestamp" => set(&mut feed.roles.timestamp, 1),
        "snapshot" => {
            set(&mut feed.roles.snapshot, 1);
            set(&mut feed.roles.timestamp, timestamp);
        }
        _ => {
            set(&mut feed.roles.targets, 1);
            set(&mut feed.roles.snapshot, snapshot);
            set(&mut feed.roles.timestamp, timestamp);
        }
    }
    feed.write_roles();
    reader.refused(Code::Rollback);
}

// 10
#[test]
fn a_rollback_of_the_timestamp_is_refused() {
    roll_back("timestamp");
}

// 11
#[test]
fn a_rollback_of_the_snapshot_is_refused() {
    roll_back("snapshot");
}

// 12
#[test]
fn a_rollback_of_the_targets_is_refused() {
    roll_back("targets");
}

// 13
#[test]
fn a_role_that_vanishes_from_the_snapshot_is_refused() {
    let (mut feed, reader) = second();
    feed.sign();
    feed.roles.snapshot["meta"] = json!({});
    let path = path_of(&feed, "snapshot");
    feed.write(&path, &envelope(&feed.roles.snapshot, &[&feed.keys[1]]));
    reader.refused(Code::Integrity);
}

// 14
#[test]
fn the_same_version_with_other_content_changes_nothing() {
    let (mut feed, reader) = second();
    reader.synced(SyncResult::Updated);
    let before = reader.state();
    let version = feed.roles.timestamp["version"].clone();
    feed.put(&case("d", "health", "rnd", "44"));
    feed.publish();
    feed.roles.timestamp["version"] = version;
    feed.write_timestamp();
    assert_eq!(
        reader.sync().result,
        SyncResult::Unchanged,
        "the copy that was seen first holds"
    );
    assert_eq!(reader.state(), before);
}

// 15
#[test]
fn an_old_snapshot_beside_new_targets_is_refused() {
    refused(Code::Integrity, |feed| {
        let new = path_of(feed, "snapshot");
        let old = feed.read("tuf/1.snapshot.json");
        feed.write(&new, &old);
    });
}

// 16
#[test]
fn a_root_that_skips_a_version_is_refused() {
    refused(Code::Signature, |feed| {
        feed.root = feed.root_of(3);
        let bytes = envelope(&feed.root, &[&feed.root_keys[0], &feed.root_keys[1]]);
        feed.write("tuf/2.root.json", &bytes);
    });
}

fn exchange(signers: impl FnOnce(&[Key], &[Key]) -> Vec<usize>) {
    refused(Code::Signature, |feed| {
        let new = vec![Key::new(210), Key::new(211), Key::new(212)];
        let old = std::mem::replace(&mut feed.root_keys, new);
        feed.root = feed.root_of(2);
        let chosen = signers(&old, &feed.root_keys);
        let all: Vec<&Key> = old.iter().chain(&feed.root_keys).collect();
        let keys: Vec<&Key> = chosen.into_iter().map(|number| all[number]).collect();
        feed.write_root_signed(&keys);
    });
}

// 17
#[test]
fn a_new_root_signed_only_by_the_old_keys_is_refused() {
    exchange(|_, _| vec![0, 1, 2]);
}

// 18
#[test]
fn a_new_root_signed_only_by_the_new_keys_is_refused() {
    exchange(|_, _| vec![3, 4, 5]);
}

// 19
#[test]
fn versions_that_were_run_up_by_a_thief_are_recovered_by_exchanging_the_keys() {
    let (mut feed, reader) = second();
    reader.synced(SyncResult::Updated);
    for role in [&mut feed.roles.timestamp, &mut feed.roles.snapshot] {
        role["version"] = json!(4_000_000_000_u64);
    }
    feed.write_roles();
    reader.synced(SyncResult::Unchanged);
    for role in [&mut feed.roles.timestamp, &mut feed.roles.snapshot] {
        role["version"] = json!(10);
    }
    feed.keys[1] = Key::new(220);
    feed.keys[2] = Key::new(221);
    feed.write_roles();
    feed.root = feed.root_of(2);
    feed.write_root(&[0, 1]);
    feed.put(&case("d", "health", "rnd", "44"));
    feed.publish();
    reader.synced(SyncResult::Updated);
}

// 20
#[test]
fn a_chain_of_roots_without_end_is_refused() {
    let (mut feed, reader) = second();
    for version in 2..40 {
        feed.root = feed.root_of(version);
        feed.write_root(&[0, 1]);
    }
    reader.refused(Code::Signature);
}

// 21
#[test]
fn a_role_larger_than_allowed_is_refused_whichever_it_is() {
    for role in ["timestamp", "snapshot", "targets"] {
        refused(Code::TooLarge, |feed| {
            let mut bytes = feed.read(&path_of(feed, role));
            bytes.extend(vec![b' '; 70_000]);
            feed.write(&path_of(feed, role), &bytes);
        });
    }
    refused(Code::TooLarge, |feed| {
        feed.root = feed.root_of(2);
        feed.root["x-padding"] = json!("x".repeat(70_000));
        feed.write_root(&[0, 1]);
    });
}

// 22: a_feed_that_is_never_renewed_shows_as_expired_and_stays_readable, among the feeds.

// 23
#[test]
fn files_of_another_major_specification_are_refused() {
    refused(Code::Malformed, |feed| {
        feed.roles.timestamp["spec_version"] = json!("2.0.0");
        feed.write_timestamp();
    });
}

// 24
#[test]
fn a_signature_by_a_kind_of_key_that_nobody_knows_counts_nothing() {
    let (mut feed, reader) = second();
    feed.root = feed.root_of(2);
    let id = feed.keys[2].id.clone();
    feed.root["keys"][&id]["keytype"] = json!("rot13");
    feed.root["keys"][&id]["scheme"] = json!("rot13");
    feed.write_root(&[0, 1]);
    reader.refused(Code::Signature);
    // The next root names the key as it is.
    feed.root = feed.root_of(3);
    feed.write_root(&[0, 1]);
    reader.synced(SyncResult::Updated);
}

// 25
#[test]
fn a_key_given_twice_in_a_file_cannot_say_one_thing_to_the_signature_and_another_to_the_reader() {
    refused(Code::Signature, |feed| {
        let text = String::from_utf8(feed.read("tuf/timestamp.json")).unwrap();
        let version = signed_of(feed, "timestamp")["version"].to_string();
        let twice = text.replace(
            &format!("\"version\":{version}}}"),
            &format!("\"version\":{version},\"version\":99}}"),
        );
        assert_ne!(text, twice);
        feed.write("tuf/timestamp.json", twice.as_bytes());
    });
}

// 26
#[test]
fn the_valid_files_of_another_feed_are_refused() {
    // Signed by the same keys: only the name in the manifest tells them apart.
    let (feed, reader) = second();
    let mut other = Feed::new("south", 1);
    for _ in 0..4 {
        other.publish();
    }
    for (path, bytes) in other.files() {
        feed.write(&path, &bytes);
    }
    reader.refused(Code::OtherFeed);
}

// 27: a_lost_trust_file_is_begun_anew_with_feeds_and_floors, among the feeds.
#[test]
fn a_damaged_trust_file_is_begun_anew_with_feeds_and_floors() {
    let (feed, reader) = second();
    reader.synced(SyncResult::Updated);
    let Reader { app, folder } = reader;
    drop(app);
    std::fs::write(folder.path().join("trust.db"), [b'x'; 8192]).unwrap();
    let reader = Reader::open(folder, clock);
    assert_eq!(reader.feed("north").fingerprint, feed.fingerprint());
    reader.synced(SyncResult::Unchanged);
}

fn long_ago() -> String {
    "2019-01-01T00:00:00Z".to_owned()
}

// 28
#[test]
fn a_clock_in_the_past_stops_sync_and_nothing_else() {
    let (_feed, reader) = second();
    let reader = reader.again(long_ago);
    let outcome = reader.sync();
    assert_eq!(outcome.result, SyncResult::ClockWrong);
    assert_eq!(reader.found("north").len(), 2);
    reader.again(clock).synced(SyncResult::Updated);
}

// 29
#[test]
fn a_clock_in_the_future_locks_nobody_out_once_it_is_right_again() {
    let (_feed, reader) = second();
    let reader = reader.again(later);
    reader.refused(Code::Expired);
    reader.again(clock).synced(SyncResult::Updated);
}

// 28
#[test]
fn a_feed_dated_ahead_is_refused_and_stops_no_other() {
    let (feed, reader) = second();
    let mut ahead = Feed::with("south", 2, &[case("x", "health", "rnd", "11")]);
    reader.add(&ahead);
    let held = |feed: &str| reader.sync_of(&[feed]).result;
    assert_eq!(held("south"), SyncResult::Updated);
    ahead.put(&case("y", "health", "rnd", "11"));
    ahead.publish_as(|manifest| manifest["published"] = "2027-11-22T00:00:00Z".into());
    assert_eq!(held("south"), SyncResult::ClockWrong);
    assert_eq!(reader.found("south").len(), 1);
    assert_eq!(held(&feed.id), SyncResult::Updated);
    ahead.publish();
    assert_eq!(held("south"), SyncResult::Updated);
}

// 30: addresses_are_tried_in_turn_each_with_its_own_verification, among the feeds.
#[test]
fn a_forged_mirror_is_refused_although_the_first_address_is_down() {
    let feed = two();
    let forged = Feed::with("north", 3, &[case("x", "health", "rnd", "11")]);
    forged.write("tuf/1.root.json", &feed.read("tuf/1.root.json"));
    let reader = Reader::new();
    reader.add(&feed);
    reader.with_addresses(&feed, "http://127.0.0.1:9/", &[&forged.base()]);
    reader.refused(Code::Signature);
}
