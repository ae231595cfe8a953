//! What is new after a sync.

use atlas_core::api::types::{Change, NewsPage, SyncResult};
use serde_json::json;
use tests::fixtures::case;

use super::{Reader, publish_second, two};

fn news(reader: &Reader, request: serde_json::Value) -> NewsPage {
    serde_json::from_value(reader.query("list_news", request)).unwrap()
}

#[test]
fn a_sync_tells_what_was_added_changed_field_by_field_and_removed() {
    let (mut feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    let page = news(&reader, json!({ "feed": "north", "limit": 10 }));
    assert_eq!(
        (page.syncs.len(), page.syncs[0].added, page.total),
        (1, 2, 0),
        "the first generation is no news"
    );
    publish_second(&mut feed);
    reader.synced(SyncResult::Updated);
    let page = news(&reader, json!({ "feed": "north", "limit": 10 }));
    let seen: Vec<(Change, String)> = page
        .entries
        .iter()
        .map(|entry| (entry.change, entry.reference.to_string()))
        .collect();
    assert_eq!(
        seen,
        [
            (Change::Changed, "north/case/a".to_owned()),
            (Change::Removed, "north/case/b".to_owned()),
            (Change::Added, "north/case/c".to_owned()),
        ]
    );
    let changed = &page.entries[0];
    assert_eq!(changed.fields.len(), 1);
    assert_eq!(changed.fields[0].field, "region");
    assert_eq!(
        (&changed.fields[0].old, &changed.fields[0].new),
        (&Some(json!(["32"])), &Some(json!(["31"])))
    );
    assert_eq!(page.entries[1].name.zh.as_deref(), Some("案例b"));
    assert!(!page.entries[1].present && page.entries[2].present);
    let removed = reader.query(
        "get_news_record",
        json!({ "revision": page.syncs[0].revision, "ref": "north/case/b" }),
    );
    assert_eq!(removed["before"]["region"], json!(["11"]));
    let narrowed = news(
        &reader,
        json!({ "change": "removed", "kind": "case", "limit": 10 }),
    );
    assert_eq!((narrowed.total, narrowed.entries.len()), (1, 1));
    assert_eq!(
        news(&reader, json!({ "kind": "model", "limit": 10 })).total,
        0
    );
}

#[test]
fn the_news_of_thirty_syncs_are_kept() {
    let (mut feed, reader) = (two(), Reader::new());
    reader.add(&feed);
    for region in 0..33 {
        feed.put(&case(
            "a",
            "equipment",
            "production",
            &format!("{}", 11 + region % 4),
        ));
        feed.publish();
        reader.sync();
    }
    let page = news(&reader, json!({ "feed": "north", "limit": 200 }));
    assert_eq!(page.syncs.len(), 30);
    assert_eq!(page.entries.len(), 30);
}
