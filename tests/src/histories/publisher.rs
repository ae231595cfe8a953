//! Generations of a feed, made of the records of the bundled catalog: every kind, every field, links that lead somewhere
//! and links that do not.

use std::sync::LazyLock;

use atlas_core::bundled::Bundle;
use atlas_core::feed::{Op, PackReader};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::feed::Feed;

/// Records to choose from, in the order of the pack.
static POOL: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let bundle = Bundle::compiled_in();
    let manifest = bundle.manifest().expect("the bundled catalog is valid");
    let mut pool = Vec::new();
    for (info, bytes) in manifest.snapshot.iter().zip(&bundle.packs) {
        for op in PackReader::open(bytes, info).expect("its packs are readable") {
            if let Op::Put { raw, .. } = op.expect("its packs are readable") {
                pool.push(serde_json::from_str(&raw).expect("a record is JSON"));
            }
        }
    }
    pool
});

/// How many records a generation has at most.
const MOST: usize = 90;

/// Changes the records of a feed as a publisher might between two generations: nothing, a little, or a lot.
pub fn change(feed: &mut Feed, chance: &mut Chance) {
    let reach = *chance.one_of(&[0, 2, 8, 8, 30]);
    let first = feed.records.is_empty();
    for _ in 0..if first { 40 } else { reach } {
        match chance.below(4) {
            _ if feed.records.len() < 3 || first => add(feed, chance),
            0 if feed.records.len() < MOST => add(feed, chance),
            0 | 1 => remove(feed, chance),
            _ => alter(feed, chance),
        }
    }
}

/// The beginnings of some names in a feed: words that search must find the same records by.
pub fn words(feed: &Feed, chance: &mut Chance) -> Vec<String> {
    let records: Vec<&String> = feed.records.values().collect();
    (0..4)
        .filter_map(|_| {
            let record: Value = serde_json::from_str(chance.one_of::<&String>(&records)).ok()?;
            let name = record["name"]["zh"].as_str()?;
            Some(name.chars().take(2 + chance.below(4)).collect())
        })
        .collect()
}

fn add(feed: &mut Feed, chance: &mut Chance) {
    // A kind of a later version is carried along without being shown.
    if chance.below(20) == 0 {
        let id = format!("x{}", chance.below(40));
        feed.put(
            &json!({ "kind": "exhibit", "id": id, "anything": [chance.bits().to_string(), null] }),
        );
    } else {
        feed.put(chance.one_of(&POOL));
    }
}

fn any(feed: &Feed, chance: &mut Chance) -> (String, String) {
    let keys: Vec<&(String, String)> = feed.records.keys().collect();
    (*chance.one_of(&keys)).clone()
}

fn remove(feed: &mut Feed, chance: &mut Chance) {
    let (kind, id) = any(feed, chance);
    feed.remove(&kind, &id);
}

fn alter(feed: &mut Feed, chance: &mut Chance) {
    let key = any(feed, chance);
    let (kind, id) = any(feed, chance);
    let mut record: Value =
        serde_json::from_str(&feed.records[&key]).expect("what was published is JSON");
    match chance.below(6) {
        0 => record["name"]["zh"] = json!(format!("改名{}的记录", chance.below(1000))),
        1 => record["same_as"] = json!([format!("{}/{kind}/{id}", feed.id)]),
        2 => record["links"] = json!([{ "rel": "applied_by", "to": format!("{kind}/{id}") }]),
        3 => record["region"] = json!([*chance.one_of(&["11", "31", "32", "44", "51"])]),
        4 => record["date"] = json!(format!("2026-0{}-11", 1 + chance.below(9))),
        // The same record in other bytes: published anew, and nothing about it is different.
        _ => {
            let spaced = feed.records[&key].replacen('{', "{ ", 1);
            feed.records.insert(key, spaced);
            return;
        }
    }
    feed.records.insert(key, record.to_string());
}
