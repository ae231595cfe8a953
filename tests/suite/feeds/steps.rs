//! The steps of a feed: first sync, nothing new, delta, snapshot, rotation, and what happens when it fails.

use std::ops::ControlFlow;

use atlas_core::api::types::{
    ErrorCode, FeedState, ProblemCode, SyncPhase, SyncRequest, SyncResult,
};
use atlas_core::api::{self};
use serde_json::json;
use tests::fixtures::case;

use super::{Reader, later, publish_second, two};

#[test]
fn a_feed_is_looked_at_added_synced_and_then_found_unchanged() {
    let (feed, reader) = (two(), Reader::new());
    let look = reader.query("preview_feed", json!({ "base": feed.base() }));
    assert_eq!(look["problem"], json!(null));
    assert_eq!(look["found"]["fingerprint"], feed.fingerprint());
    assert_eq!(look["found"]["root_threshold"], 2);
    assert_eq!(
        reader.found("north"),
        [] as [&str; 0],
        "looking changes nothing"
    );
    reader.add(&feed);
    assert_eq!(reader.feed("north").state, FeedState::NeverSynced);
    assert_eq!(reader.query("list_due_feeds", json!({})), json!(["north"]));
    let outcome = reader.synced(SyncResult::Updated);
    assert_eq!(
        (outcome.from, outcome.to, outcome.added, outcome.delta),
        (0, 1, 2, false)
    );
    assert_eq!(reader.found("north"), ["north/case/a", "north/case/b"]);
    let view = reader.feed("north");
    assert_eq!(
        (view.state, view.generation, view.records),
        (FeedState::UpToDate, 1, 2)
    );
    assert_eq!(view.sends.addresses, [feed.base()]);
    assert_eq!(reader.query("list_due_feeds", json!({})), json!([]));
    let outcome = reader.synced(SyncResult::Unchanged);
    assert_eq!(outcome.requests, 2, "the next root and the timestamp");
}

#[test]
fn the_wrong_fingerprint_adds_nothing() {
    let (feed, reader) = (two(), Reader::new());
    let request = json!({ "base": feed.base(), "fingerprint": "0".repeat(64) });
    let error = api::mutate(&reader.app, "add_feed", request).unwrap_err();
    assert_eq!(
        (error.code, error.facts["field"].as_str()),
        (ErrorCode::BadRequest, "fingerprint")
    );
    assert_eq!(
        reader
            .query("list_feeds", json!({}))
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_newer_generation_comes_as_one_delta() {
    let (mut feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    for n in 0..40 {
        feed.put(&case(&format!("more{n}"), "health", "rnd", "11"));
    }
    feed.publish();
    reader.synced(SyncResult::Updated);
    publish_second(&mut feed);
    let outcome = reader.synced(SyncResult::Updated);
    assert!(outcome.delta, "{outcome:?}");
    assert_eq!((outcome.added, outcome.changed, outcome.removed), (1, 1, 1));
    assert_eq!((outcome.from, outcome.to), (2, 3));
    let found = reader.found("north");
    assert!(
        found.contains(&"north/case/c".to_owned()) && !found.contains(&"north/case/b".to_owned())
    );
    assert!(
        !reader
            .folder
            .path()
            .join("staging")
            .read_dir()
            .is_ok_and(|mut left| left.next().is_some())
    );
}

#[test]
fn a_delta_that_leads_elsewhere_is_made_up_for_by_the_snapshot() {
    let (mut feed, reader) = (two(), Reader::new());
    for n in 0..40 {
        feed.put(&case(&format!("more{n}"), "health", "rnd", "11"));
    }
    feed.publish();
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let wrong = feed.records.clone();
    feed.put(&case("d", "health", "rnd", "11"));
    // The delta forgets the new record; the state that is promised has it.
    let records = std::mem::replace(&mut feed.records, wrong);
    let empty = tests::feed::packs::delta("north", (2, &feed.records), (3, &feed.records));
    feed.records = records;
    let info = feed.add_pack(&empty);
    feed.publish_as(|manifest| manifest["deltas"] = json!([info]));
    let outcome = reader.synced(SyncResult::Updated);
    assert!(!outcome.delta && outcome.to == 3, "{outcome:?}");
    assert!(reader.found("north").contains(&"north/case/d".to_owned()));
}

#[test]
fn a_generation_without_a_change_costs_no_new_index() {
    let (mut feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let before = reader.query("get_status", json!({}))["revision"].clone();
    feed.publish();
    reader.synced(SyncResult::Updated);
    assert_eq!(reader.query("get_status", json!({}))["revision"], before);
    let reader = reader.again(tests::fixtures::clock);
    assert_eq!(reader.query("get_status", json!({}))["notices"], json!([]));
}

#[test]
fn keys_are_exchanged_by_a_root_that_old_and_new_keys_signed() {
    let (mut feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    feed.rotate();
    publish_second(&mut feed);
    feed.rotate();
    reader.synced(SyncResult::Updated);
    // Somebody who begins today walks the same chain from the same fingerprint.
    let newcomer = Reader::new();
    newcomer.add(&feed);
    newcomer.synced(SyncResult::Updated);
    assert_eq!(newcomer.found("north"), reader.found("north"));
}

#[test]
fn an_unreachable_feed_is_an_outcome_and_its_records_stay() {
    let (feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let before = reader.state();
    std::fs::remove_dir_all(feed.path()).unwrap();
    let outcome = reader.sync();
    assert_eq!(outcome.result, SyncResult::Offline, "{outcome:?}");
    assert_eq!(reader.state(), before);
    let view = reader.feed("north");
    assert!(view.problem.is_some() && view.last_success.is_some());
}

#[test]
fn a_cancelled_sync_changes_nothing_and_the_next_one_completes_it() {
    let (feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    let before = reader.state();
    for phase in [SyncPhase::Check, SyncPhase::Download, SyncPhase::Apply] {
        let stopped = reader.app.sync(&SyncRequest::default(), &mut |progress| {
            if progress.phase == phase {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        // Two records are written between two looks at the caller: then there is nothing left to stop.
        if phase != SyncPhase::Apply {
            assert_eq!(stopped.unwrap_err().code, ErrorCode::Cancelled, "{phase:?}");
            assert_eq!(reader.state(), before);
        }
    }
    reader.sync();
    assert_eq!(reader.found("north").len(), 2);
}

#[test]
fn a_lost_catalog_comes_back_from_the_feed_and_never_older() {
    let (mut feed, reader) = (two(), Reader::new());
    let old = feed.copy();
    publish_second(&mut feed);
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let Reader { app, folder } = reader;
    drop(app);
    std::fs::remove_file(folder.path().join("catalog.db")).unwrap();
    let app = tests::reader::open(folder.path(), tests::fixtures::clock);
    let reader = Reader { app, folder };
    assert_eq!(reader.found("north"), [] as [&str; 0]);
    let current = feed.copy();
    let replace = |with: &tempfile::TempDir| {
        std::fs::copy(
            with.path().join("tuf/timestamp.json"),
            feed.path().join("tuf/timestamp.json"),
        )
        .unwrap();
    };
    replace(&old);
    reader.refused(ProblemCode::Rollback);
    replace(&current);
    let outcome = reader.synced(SyncResult::Updated);
    assert_eq!((outcome.to, reader.found("north").len()), (2, 2));
}

#[test]
fn a_lost_trust_file_is_begun_anew_with_feeds_and_floors() {
    let (mut feed, reader) = (two(), Reader::new());
    let old = feed.copy();
    publish_second(&mut feed);
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let Reader { app, folder } = reader;
    drop(app);
    std::fs::remove_file(folder.path().join("trust.db")).unwrap();
    let app = tests::reader::open(folder.path(), tests::fixtures::clock);
    let reader = Reader { app, folder };
    assert_eq!(reader.feed("north").fingerprint, feed.fingerprint());
    let current = feed.copy();
    let base = feed.path();
    std::fs::copy(
        old.path().join("tuf/timestamp.json"),
        base.join("tuf/timestamp.json"),
    )
    .unwrap();
    reader.refused(ProblemCode::Rollback);
    std::fs::copy(
        current.path().join("tuf/timestamp.json"),
        base.join("tuf/timestamp.json"),
    )
    .unwrap();
    reader.synced(SyncResult::Unchanged);
}

#[test]
fn a_feed_that_is_never_renewed_shows_as_expired_and_stays_readable() {
    let (feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let reader = reader.again(later);
    assert_eq!(reader.feed("north").state, FeedState::Expired);
    reader.refused(ProblemCode::Expired);
    let view = reader.feed("north");
    assert_eq!((view.state, view.age_days), (FeedState::Expired, Some(28)));
    assert_eq!(reader.found("north").len(), 2);
}
