//! Attacks with valid signatures: by a publisher gone bad, or one whose tools did.

use atlas_core::api::types::{ProblemCode as Code, SyncOutcome, SyncResult};
use serde_json::{Value, json};
use tests::feed::Feed;
use tests::feed::packs::{self, Pack, pack, put};
use tests::fixtures::case;

use super::second;
use crate::feeds::{Reader, two};

/// A third generation whose manifest a test changes is refused.
fn manifest(code: Code, change: impl FnOnce(&mut Value)) {
    let (mut feed, reader) = second();
    reader.synced(SyncResult::Updated);
    feed.put(&case("d", "health", "rnd", "44"));
    feed.publish_as(change);
    reader.refused(code);
}

// 31
#[test]
fn a_lower_generation_is_refused() {
    manifest(Code::Rollback, |manifest| {
        manifest["gen"] = json!(1);
        manifest["deltas"] = json!([]);
    });
}

// 32
#[test]
fn the_same_generation_with_another_digest_is_refused() {
    manifest(Code::SameGeneration, |manifest| {
        manifest["gen"] = json!(2);
        manifest["deltas"] = json!([]);
    });
}

// 33
#[test]
fn a_generation_that_is_no_small_whole_number_is_refused() {
    for number in ["-1", "1.5", "9223372036854775807", "\"3\"", "0", "null"] {
        let number: Value = serde_json::from_str(number).unwrap();
        manifest(Code::Malformed, |manifest| manifest["gen"] = number);
    }
}

/// A third generation with a snapshot of its own is refused.
fn snapshot(code: Code, make: impl FnOnce(&Feed) -> Pack) -> SyncOutcome {
    let (mut feed, reader) = second();
    reader.synced(SyncResult::Updated);
    feed.put(&case("d", "health", "rnd", "44"));
    let pack = make(&feed);
    let info = feed.add_pack(&pack);
    feed.publish_as(|manifest| {
        manifest["snapshot"] = json!([info]);
        manifest["deltas"] = json!([]);
    });
    reader.refused(code)
}

fn header() -> Value {
    json!({ "pack": "snapshot", "feed": "north", "from": null, "to": 3, "part": 0, "parts": 1 })
}

fn honest(feed: &Feed) -> Vec<String> {
    feed.records
        .iter()
        .map(|((kind, id), record)| put(kind, id, record))
        .collect()
}

// 34
#[test]
fn a_pack_with_another_hash_is_refused() {
    let (mut feed, reader) = second();
    feed.publish_as(|manifest| manifest["deltas"] = json!([]));
    let hash = feed.manifest["snapshot"][0]["sha256"].as_str().unwrap();
    let path = format!("packs/{hash}.zst");
    let mut bytes = feed.read(&path);
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    feed.write(&path, &bytes);
    reader.refused(Code::Pack);
}

// 35
#[test]
fn a_pack_smaller_or_larger_than_signed_is_refused() {
    for (longer, code) in [(false, Code::Pack), (true, Code::TooLarge)] {
        let (mut feed, reader) = second();
        feed.publish_as(|manifest| manifest["deltas"] = json!([]));
        let hash = feed.manifest["snapshot"][0]["sha256"].as_str().unwrap();
        let path = format!("packs/{hash}.zst");
        let mut bytes = feed.read(&path);
        if longer {
            bytes.push(0);
        } else {
            bytes.truncate(bytes.len() - 1);
        }
        feed.write(&path, &bytes);
        reader.refused(code);
    }
}

// 36
#[test]
fn a_pack_that_unpacks_to_more_than_signed_is_refused() {
    snapshot(Code::Pack, |_| {
        let mut bomb = pack(
            &header(),
            &[put("case", "a", &format!("\"{}\"", "x".repeat(8 << 20)))],
        );
        bomb.info["raw"] = json!(100_000);
        bomb
    });
}

#[test]
fn a_manifest_that_announces_a_bomb_is_refused_before_anything_is_fetched() {
    manifest(Code::Malformed, |manifest| {
        manifest["snapshot"][0]["raw"] = json!(500 << 20);
    });
}

// 37
#[test]
fn a_pack_that_asks_for_a_huge_window_is_refused() {
    snapshot(Code::Pack, |feed| {
        let honest = packs::snapshot("north", 3, &feed.records);
        // Magic, a descriptor without checksum or size, and a window of 2^41.
        let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8];
        bytes.extend(&honest.bytes[6..]);
        again(honest, bytes)
    });
}

/// The same pack with other bytes, announced truthfully.
fn again(pack: Pack, bytes: Vec<u8>) -> Pack {
    let mut info = pack.info;
    info["sha256"] = json!(atlas_core::feed::Digest::of(&bytes).to_string());
    info["size"] = json!(bytes.len());
    Pack { bytes, info }
}

// 38
#[test]
fn a_second_frame_or_a_skippable_one_after_the_pack_is_refused() {
    for tail in [
        zstd::encode_all(&b"more"[..], 3).unwrap(),
        b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd".to_vec(),
        b"junk".to_vec(),
    ] {
        snapshot(Code::Pack, |feed| {
            let honest = packs::snapshot("north", 3, &feed.records);
            let bytes = [honest.bytes.clone(), tail].concat();
            again(honest, bytes)
        });
    }
}

// 39
#[test]
fn a_frame_that_ends_early_is_refused() {
    snapshot(Code::Pack, |feed| {
        let honest = packs::snapshot("north", 3, &feed.records);
        let bytes = honest.bytes[..honest.bytes.len() - 3].to_vec();
        again(honest, bytes)
    });
}

// 40
#[test]
fn lines_out_of_order_are_refused() {
    snapshot(Code::Pack, |feed| {
        let mut lines = honest(feed);
        lines.reverse();
        pack(&header(), &lines)
    });
}

// 41
#[test]
fn a_record_that_comes_twice_is_refused() {
    snapshot(Code::Pack, |feed| {
        let mut lines = honest(feed);
        lines.push(lines.last().unwrap().clone());
        pack(&header(), &lines)
    });
}

// 42, 53
#[test]
fn a_pack_of_another_feed_generation_or_kind_is_refused() {
    for (field, value) in [
        ("feed", json!("south")),
        ("to", json!(4)),
        ("from", json!(2)),
        ("pack", json!("delta")),
        ("part", json!(1)),
        ("parts", json!(2)),
    ] {
        snapshot(Code::Pack, |feed| {
            let mut header = header();
            header[field] = value;
            pack(&header, &honest(feed))
        });
    }
}

/// A third generation whose delta a test makes; the snapshot is missing, so that only the delta could lead there.
fn delta(code: Code, make: impl FnOnce(&Feed) -> Pack) {
    let (mut feed, reader) = second();
    for n in 0..40 {
        feed.put(&case(&format!("more{n}"), "health", "rnd", "11"));
    }
    feed.publish();
    reader.synced(SyncResult::Updated);
    feed.put(&case("e", "health", "rnd", "44"));
    let mut pack = make(&feed);
    pack.info["from"] = json!(3);
    pack.info["puts"] = pack.info["lines"].clone();
    pack.info["dels"] = json!(0);
    let info = feed.add_pack(&pack);
    feed.publish_as(|manifest| manifest["deltas"] = json!([info]));
    let hash = feed.manifest["snapshot"][0]["sha256"].as_str().unwrap();
    let path = format!("packs/{hash}.zst");
    let bytes = feed.read(&path);
    feed.remove_file(&path);
    let before = reader.state();
    let outcome = reader.sync();
    assert_eq!(
        outcome.problem.as_ref().map(|problem| problem.code),
        Some(code),
        "{outcome:?}"
    );
    assert_eq!(reader.state(), before);
    feed.write(&path, &bytes);
    let outcome = reader.synced(SyncResult::Updated);
    assert!(!outcome.delta, "the snapshot makes up for it");
}

fn delta_header() -> Value {
    json!({ "pack": "delta", "feed": "north", "from": 3, "to": 4, "part": 0, "parts": 1 })
}

// 43
#[test]
fn a_delta_that_removes_what_is_not_there_is_not_followed() {
    delta(Code::ServerError, |_| {
        pack(&delta_header(), &[packs::del("case", "nobody")])
    });
}

// 44
#[test]
fn a_delta_with_another_result_is_not_followed() {
    delta(Code::ServerError, |_| {
        let record = case("e", "health", "rnd", "11").to_string();
        pack(&delta_header(), &[put("case", "e", &record)])
    });
}

// 45
#[test]
fn a_snapshot_with_another_result_leaves_the_old_state() {
    snapshot(Code::Digest, |feed| {
        let mut lines = honest(feed);
        lines.pop();
        pack(&header(), &lines)
    });
}

// 46
#[test]
fn a_line_longer_than_allowed_is_refused() {
    snapshot(Code::Pack, |_| {
        let noise: String = (0..6000_u32)
            .map(|n| atlas_core::feed::Digest::of(&n.to_be_bytes()).to_string())
            .collect();
        pack(&header(), &[put("case", "a", &format!("\"{noise}\""))])
    });
}

// 47
#[test]
fn a_record_nested_ten_thousand_deep_is_refused() {
    snapshot(Code::Pack, |_| {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        pack(&header(), &[put("case", "a", &deep)])
    });
}

// 71
#[test]
fn a_text_longer_than_allowed_is_refused_and_its_place_told() {
    let outcome = snapshot(Code::Pack, |_| {
        let long = json!({ "kind": "case", "summary": { "zh": "长".repeat(22_000) } });
        pack(&header(), &[put("case", "a", &long.to_string())])
    });
    assert_place(&outcome, "line 2: case/a: summary.zh: a text of more than");
}

// 72
#[test]
fn a_list_longer_than_allowed_is_refused_and_its_place_told() {
    // Of a kind that nobody knows yet, too: it is carried along by every reader.
    let outcome = snapshot(Code::Pack, |_| {
        let many = json!({ "kind": "hologram", "parts": [{ "at": vec![0; 1_001] }] });
        pack(&header(), &[put("hologram", "h", &many.to_string())])
    });
    assert_place(
        &outcome,
        "line 2: hologram/h: parts.at: a list of more than",
    );
}

fn assert_place(outcome: &SyncOutcome, place: &str) {
    let problem = outcome.problem.as_ref().unwrap();
    assert!(problem.facts["reason"].contains(place), "{problem:?}");
}

// 48
#[test]
fn text_that_is_no_text_is_refused() {
    let record = |text: &str| {
        format!("{{\"kind\":\"case\",\"id\":\"a\",\"name\":{{\"zh\":{text}}},\"sources\":[]}}")
    };
    for text in ["\"\\ud800\"", "\"\0\"", "\"\u{feff}", "\"a\nb\""] {
        snapshot(Code::Pack, |_| {
            pack(&header(), &[put("case", "a", &record(text))])
        });
    }
    snapshot(Code::Pack, |feed| {
        let honest = packs::snapshot("north", 3, &feed.records);
        let mut raw = zstd::decode_all(honest.bytes.as_slice()).unwrap();
        let last = raw.len() - 5;
        raw[last] = 0xff;
        let bytes = zstd::encode_all(raw.as_slice(), 3).unwrap();
        again(honest, bytes)
    });
}

// 49
#[test]
fn an_id_that_could_be_a_path_is_refused() {
    for id in [
        "../x",
        "a\\b",
        "a/b",
        "",
        " ",
        "\u{202e}x",
        &"x".repeat(4096),
    ] {
        snapshot(Code::Pack, |_| {
            let record = json!({ "kind": "case", "id": id, "name": { "zh": "x" }, "sources": [] });
            pack(&header(), &[put("case", id, &record.to_string())])
        });
    }
}

// 50
#[test]
fn a_feed_for_a_newer_program_is_an_outcome_and_the_records_stay() {
    type Change = fn(&mut Value);
    let changes: [Change; 3] = [
        |manifest| manifest["v"] = json!(2),
        |manifest| manifest["schema"] = json!({ "major": 2, "minor": 0 }),
        |manifest| manifest["min_client"] = json!("99.0.0"),
    ];
    for change in changes {
        let (mut feed, reader) = second();
        feed.publish_as(change);
        let before = reader.state();
        assert_eq!(reader.sync().result, SyncResult::AppTooOld);
        assert_eq!(reader.state(), before);
    }
}

// 51
#[test]
fn records_of_an_unknown_kind_are_carried_along_and_not_shown() {
    let (mut feed, reader) = (two(), Reader::new());
    feed.put(&json!({ "kind": "hologram", "id": "h", "name": "anything", "depth": [1, 2] }));
    feed.publish();
    reader.add(&feed);
    reader.synced(SyncResult::Updated);
    assert_eq!(reader.found("north").len(), 2);
    assert_eq!(
        reader.query("get_status", json!({}))["records"]["hologram"],
        1
    );
}

// 52
#[test]
fn more_records_than_allowed_are_refused_before_anything_is_fetched() {
    manifest(Code::Malformed, |manifest| {
        manifest["state"]["records"] = json!(1_000_001);
    });
}

#[test]
fn more_deltas_or_parts_than_allowed_are_refused() {
    manifest(Code::Malformed, |manifest| {
        let part = manifest["snapshot"][0].clone();
        manifest["snapshot"] = json!(vec![part; 65]);
    });
    manifest(Code::Malformed, |manifest| {
        let delta = manifest["deltas"][0].clone();
        manifest["deltas"] = json!(vec![delta; 129]);
    });
}
