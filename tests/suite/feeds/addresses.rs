//! Where a feed is asked can be changed at any time; what is trusted of it cannot.

use std::ops::ControlFlow;

use atlas_core::api;
use atlas_core::api::types::{ApiError, ErrorCode, ProblemCode, SyncRequest, SyncResult};
use serde_json::{Value, json};
use tests::feed::Feed;
use tests::fixtures::case;

use super::{Reader, publish_second, two};

fn change(reader: &Reader, feed: &str, addresses: &[&str], local: bool) -> Result<Value, ApiError> {
    let request = json!({ "feed": feed, "addresses": addresses, "local": local });
    api::mutate(&reader.app, "set_feed_addresses", request)
}

#[test]
fn a_feed_that_came_by_file_gets_addresses_and_keeps_its_root_its_floors_and_its_records() {
    let (mut feed, reader, stick) = (two(), Reader::new(), tempfile::tempdir().unwrap());
    let old = feed.copy();
    let path = feed.bundle(stick.path());
    reader.import(&path, &json!({ "fingerprint": feed.fingerprint() }));
    assert_eq!(reader.feed("north").base, "");
    publish_second(&mut feed);

    let (nowhere, old) = ("http://127.0.0.1:9/", old.path().display().to_string());
    // What is given twice is asked once.
    change(&reader, "north", &[nowhere, &feed.base(), nowhere], true).unwrap();
    let view = reader.feed("north");
    assert_eq!(
        (view.base.as_str(), &view.mirrors, view.local),
        (nowhere, &vec![feed.base()], true)
    );
    assert_eq!(
        (view.fingerprint, view.generation),
        (feed.fingerprint(), 1),
        "nothing was asked yet"
    );
    let outcome = reader.synced(SyncResult::Updated);
    assert_eq!(outcome.failed.len(), 1, "in the order given");
    assert_eq!(outcome.failed[0].address, nowhere);
    assert_eq!(reader.feed("north").generation, 2);

    // A place where an older state lies leads back no further than any other.
    change(&reader, "north", &[&old], false).unwrap();
    reader.refused(ProblemCode::Rollback);

    change(&reader, "north", &[], false).unwrap();
    let view = reader.feed("north");
    assert_eq!((view.base.as_str(), view.generation), ("", 2));
    let report = reader
        .app
        .sync(&SyncRequest::default(), &mut |_| ControlFlow::Continue(()));
    assert_eq!(report.unwrap().feeds, [], "it comes by file only");
    assert_eq!(reader.found("north").len(), 2);
}

#[test]
fn an_address_that_serves_another_feed_is_refused_with_the_reason_and_nothing_changes() {
    let (feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let records = [case("x", "health", "rnd", "11")];
    // Another name, and the same name under another root: neither is the feed that was confirmed.
    for other in [
        Feed::with("south", 2, &records),
        Feed::with("north", 3, &records),
    ] {
        change(&reader, "north", &[&other.base()], false).unwrap();
        let outcome = reader.refused(ProblemCode::OtherFeed);
        assert_eq!(outcome.problem.unwrap().facts["expected"], "north");
        assert_eq!(reader.feed("north").fingerprint, feed.fingerprint());
    }
    // Behind an address that is down as well, and beside one that serves it.
    let other = Feed::with("south", 2, &records);
    change(&reader, "north", &[&other.base(), &feed.base()], false).unwrap();
    let outcome = reader.synced(SyncResult::Unchanged);
    assert_eq!(outcome.failed[0].problem.code, ProblemCode::OtherFeed);
}

#[test]
fn addresses_that_cannot_be_used_are_refused_by_name_and_nothing_changes() {
    let (feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    let before = reader.feed("north");
    let refused = |feed: &str, addresses: &[&str]| {
        let error = change(&reader, feed, addresses, false).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadRequest);
        let fact = |name: &str| error.facts.get(name).cloned().unwrap_or_default();
        (fact("field"), fact("address"))
    };
    let said = |field: &str, address: &str| (field.to_owned(), address.to_owned());
    let good = feed.base();
    for (field, address) in [
        ("local", "http://example.org/"),
        ("local", "https://10.0.0.7/"),
        ("base", "ftp://example.org/"),
        ("base", "here"),
        ("base", ""),
    ] {
        assert_eq!(refused("north", &[&good, address]), said(field, address));
    }
    assert_eq!(refused("north", &[good.as_str(); 10]), said("mirrors", ""));
    assert_eq!(refused("nobody", &[&good]), said("feed", ""));
    assert_eq!(refused("fixture", &[&good]), said("feed", ""));
    assert_eq!(reader.feed("north"), before);
}
