//! Several feeds side by side.

use std::ops::ControlFlow;

use atlas_core::api::types::{SyncRequest, SyncResult};
use atlas_core::api::{self};
use serde_json::{Value, json};
use tests::feed::Feed;
use tests::fixtures::{case, clock, record};

use super::{Reader, two};

#[test]
fn removing_a_feed_removes_its_records_and_nothing_else() {
    let reader = Reader::new();
    let north = two();
    let south = Feed::with("south", 2, &[case("s", "health", "rnd", "44")]);
    reader.add(&north);
    reader.add(&south);
    let report = reader
        .app
        .sync(&SyncRequest::default(), &mut |_| ControlFlow::Continue(()));
    let results: Vec<SyncResult> = report
        .unwrap()
        .feeds
        .iter()
        .map(|feed| feed.result)
        .collect();
    assert_eq!(results, [SyncResult::Updated, SyncResult::Updated]);
    api::mutate(&reader.app, "remove_feed", json!({ "feed": "north" })).unwrap();
    assert_eq!(reader.found("north"), [] as [&str; 0]);
    assert_eq!(reader.found("south"), ["south/case/s"]);
    assert_eq!(reader.found("fixture"), ["fixture/case/bundled"]);
    reader.state();
    // It begins as new, floors forgotten: removing is the user's word.
    reader.add(&north);
    reader.sync();
    assert_eq!(reader.found("north").len(), 2);
    assert!(api::mutate(&reader.app, "remove_feed", json!({ "feed": "fixture" })).is_err());
}

#[test]
fn a_feed_that_continues_the_bundled_catalog_takes_its_place_until_it_is_removed() {
    let reader = Reader::new();
    let mut feed = Feed::new("north", 1);
    feed.put(&case("a", "equipment", "production", "32"));
    feed.publish_as(|manifest| manifest["continues"] = json!("fixture"));
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    assert_eq!(reader.found("fixture"), [] as [&str; 0]);
    let reader = reader.again(clock);
    assert_eq!(
        reader.found("fixture"),
        [] as [&str; 0],
        "the next start does not bring it back"
    );
    assert_eq!(reader.feed("north").continues.as_deref(), Some("fixture"));
    api::mutate(&reader.app, "remove_feed", json!({ "feed": "north" })).unwrap();
    assert_eq!(reader.found("fixture"), ["fixture/case/bundled"]);
    reader.state();
}

#[test]
fn no_feed_can_remove_the_records_of_another_by_continuing_it() {
    let reader = Reader::new();
    let north = two();
    reader.add(&north);
    reader.synced(SyncResult::Updated);
    let mut thief = Feed::new("thief", 2);
    thief.put(&case("t", "health", "rnd", "11"));
    thief.publish_as(|manifest| manifest["continues"] = json!("north"));
    reader.add(&thief);
    let report = reader
        .app
        .sync(&SyncRequest::default(), &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(report.feeds.len(), 2);
    assert_eq!(reader.found("north").len(), 2);
    assert_eq!(reader.found("thief").len(), 1);
}

#[test]
fn records_that_name_each_other_as_the_same_are_linked_both_ways_across_feeds() {
    let reader = Reader::new();
    let north = two();
    let same = record(
        "case",
        "s",
        "同一案例",
        json!({ "same_as": ["north/case/a"] }),
    );
    let south = Feed::with("south", 2, &[same]);
    reader.add(&north);
    reader.add(&south);
    reader
        .app
        .sync(&SyncRequest::default(), &mut |_| ControlFlow::Continue(()))
        .unwrap();
    let links = |reference: &str| {
        let view = reader.query("get_record", json!({ "ref": reference }));
        let links: Vec<String> = view["links"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|link| link["rel"] == "same_as")
            .map(|link| link["ref"].as_str().unwrap().to_owned())
            .collect();
        links
    };
    assert_eq!(links("north/case/a"), ["south/case/s"]);
    assert_eq!(links("south/case/s"), ["north/case/a"]);
    api::mutate(&reader.app, "remove_feed", json!({ "feed": "south" })).unwrap();
    assert_eq!(links("north/case/a"), [] as [&str; 0]);
}

#[test]
fn a_row_and_a_record_name_their_twins_one_hop_away_and_no_further() {
    let reader = Reader::new();
    let said =
        |id: &str, to: &[&str]| record("case", id, &format!("案例{id}"), json!({ "same_as": to }));
    let north = Feed::with(
        "north",
        1,
        &[said("a", &[]), said("alone", &["south/case/nowhere"])],
    );
    // The middle one joins both; the ends say nothing of each other. Said twice is one twin.
    let south = Feed::with(
        "south",
        2,
        &[said("b", &["north/case/a", "north/case/a", "west/case/c"])],
    );
    let west = Feed::with("west", 3, &[said("c", &["south/case/b"])]);
    for feed in [&north, &south, &west] {
        reader.add(feed);
    }
    reader
        .app
        .sync(&SyncRequest::default(), &mut |_| ControlFlow::Continue(()))
        .unwrap();
    let refs = |twins: &Value| -> Vec<String> {
        let twins = twins.as_array().unwrap().iter();
        twins
            .map(|twin| twin["ref"].as_str().unwrap().to_owned())
            .collect()
    };
    let expect = |wanted: &[(&str, &[&str])]| {
        let page = reader.query("search_records", json!({ "limit": 50 }));
        for (reference, twins) in wanted {
            let rows = page["rows"].as_array().unwrap();
            let row = rows.iter().find(|row| row["ref"] == *reference).unwrap();
            assert_eq!(refs(&row["twins"]), *twins, "the row of {reference}");
            let view = reader.query("get_record", json!({ "ref": reference }));
            assert_eq!(view["twins"], row["twins"], "the page of {reference}");
        }
        page
    };
    let page = expect(&[
        ("north/case/a", &["south/case/b"]),
        ("north/case/alone", &[]),
        ("south/case/b", &["north/case/a", "west/case/c"]),
        ("west/case/c", &["south/case/b"]),
        ("fixture/case/bundled", &[]),
    ]);
    let rows = page["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["ref"] == "west/case/c").unwrap();
    assert_eq!(row["twins"][0]["name"]["zh"], "案例b");
    assert_eq!(row["twins"][0]["feed"]["en"], "Fixture feed");
    api::mutate(&reader.app, "remove_feed", json!({ "feed": "south" })).unwrap();
    expect(&[("north/case/a", &[]), ("west/case/c", &[])]);
}
