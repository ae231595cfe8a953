//! Catalogs for tests. Every record here is made up and says so in its source.

use std::borrow::Cow;
use std::path::Path;

use atlas_core::bundled::Bundle;
use atlas_core::feed::{Digest, digest};
use atlas_core::model::Record;
use serde_json::{Value, json};

/// Feed id of the fixtures.
pub const FEED: &str = "fixture";

/// The clock of tests.
pub fn clock() -> String {
    "2026-11-22T20:30:00Z".to_owned()
}

/// A new folder, in memory where the system has such a place.
pub fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    made.expect("a folder can be made")
}

/// A record of a kind with a name, and what `fields` adds or replaces.
pub fn record(kind: &str, id: &str, name: &str, fields: Value) -> Value {
    let mut record = json!({
        "kind": kind,
        "id": id,
        "name": { "zh": name },
        "sources": [{ "key": "s1", "cited": "fixture", "checked": "2026-11-22", "status": "third_party" }],
    });
    if let (Some(record), Value::Object(fields)) = (record.as_object_mut(), fields) {
        record.extend(fields);
    }
    record
}

/// A case with one industry, stage and region.
pub fn case(id: &str, group: &str, stage: &str, region: &str) -> Value {
    record(
        "case",
        id,
        &format!("案例{id}"),
        json!({ "industry": [group], "stage": [stage], "region": [region] }),
    )
}

/// A generation of the fixture feed with these records.
pub fn bundle(generation: u32, records: &[Value]) -> Bundle {
    let mut lines: Vec<(String, String, String)> = records
        .iter()
        .map(|record| {
            let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
            (text("kind"), text("id"), record.to_string())
        })
        .collect();
    lines.sort();
    pack(generation, None, &lines, &lines)
}

/// A pack with `lines`, leading to the state of `records`; a delta when `from` is given. An empty third
/// part of a line removes the record.
pub fn pack(
    generation: u32,
    from: Option<u32>,
    lines: &[(String, String, String)],
    records: &[(String, String, String)],
) -> Bundle {
    let kind = if from.is_some() { "delta" } else { "snapshot" };
    let header = json!({ "pack": kind, "feed": FEED, "from": from, "to": generation, "part": 0, "parts": 1 });
    let mut raw = format!("{header}\n");
    for (kind, id, record) in lines {
        let line = if record.is_empty() {
            format!(
                "{{\"op\":\"del\",\"t\":{},\"id\":{}}}\n",
                json!(kind),
                json!(id)
            )
        } else {
            format!(
                "{{\"op\":\"put\",\"t\":{},\"id\":{},\"rec\":{record}}}\n",
                json!(kind),
                json!(id)
            )
        };
        raw.push_str(&line);
    }
    let bytes = zstd::encode_all(raw.as_bytes(), 3).unwrap_or_default();
    let state = digest::of_records(
        records
            .iter()
            .map(|(kind, id, record)| (kind.as_str(), id.as_str(), Digest::of(record.as_bytes()))),
    );
    let manifest = json!({
        "format": "atlas-feed", "v": 1, "feed": FEED, "title": { "zh": "测试目录", "en": "Fixture" },
        "gen": generation, "published": "2026-11-22T00:00:00Z",
        "state": { "algo": digest::ALGORITHM, "digest": state.to_string(), "records": records.len() },
        "snapshot": [{
            "sha256": Digest::of(&bytes).to_string(), "size": bytes.len(), "raw": raw.len(), "lines": lines.len(),
        }],
    });
    Bundle {
        manifest: Cow::Owned(manifest.to_string().into_bytes()),
        packs: vec![Cow::Owned(bytes)],
    }
}

/// Reads a record, for comparisons.
pub fn parse(record: &Value) -> Record {
    serde_json::from_value(record.clone()).expect("a fixture is a valid record")
}
