//! Packs and manifests of made-up feeds.

use std::collections::BTreeMap;

use atlas_core::feed::{Digest, digest};
use serde_json::{Value, json};

/// Records by kind and id, exactly as published.
pub type Records = BTreeMap<(String, String), String>;

/// A compressed pack and its line in a manifest.
pub struct Pack {
    /// The compressed bytes.
    pub bytes: Vec<u8>,
    /// As the manifest names it.
    pub info: Value,
}

/// Compresses lines below a header, announced truthfully.
pub fn pack(header: &Value, lines: &[String]) -> Pack {
    let mut raw = format!("{header}\n");
    for line in lines {
        raw.push_str(line);
        raw.push('\n');
    }
    let bytes = zstd::encode_all(raw.as_bytes(), 3).expect("memory takes it");
    let info = json!({
        "sha256": Digest::of(&bytes).to_string(), "size": bytes.len(), "raw": raw.len(), "lines": lines.len(),
    });
    Pack { bytes, info }
}

/// A line that adds or replaces a record.
pub fn put(kind: &str, id: &str, record: &str) -> String {
    format!(
        r#"{{"op":"put","t":{},"id":{},"rec":{record}}}"#,
        json!(kind),
        json!(id)
    )
}

/// A line that removes a record.
pub fn del(kind: &str, id: &str) -> String {
    format!(r#"{{"op":"del","t":{},"id":{}}}"#, json!(kind), json!(id))
}

/// The whole state as a pack.
pub fn snapshot(feed: &str, generation: u32, records: &Records) -> Pack {
    let header = json!({ "pack": "snapshot", "feed": feed, "from": null, "to": generation, "part": 0, "parts": 1 });
    let lines: Vec<String> = records
        .iter()
        .map(|((kind, id), record)| put(kind, id, record))
        .collect();
    pack(&header, &lines)
}

/// What leads from one state to another.
pub fn delta(feed: &str, from: (u32, &Records), to: (u32, &Records)) -> Pack {
    let header =
        json!({ "pack": "delta", "feed": feed, "from": from.0, "to": to.0, "part": 0, "parts": 1 });
    let mut lines: BTreeMap<&(String, String), String> = BTreeMap::new();
    for (key, record) in to.1 {
        if from.1.get(key) != Some(record) {
            lines.insert(key, put(&key.0, &key.1, record));
        }
    }
    for key in from.1.keys().filter(|key| !to.1.contains_key(*key)) {
        lines.insert(key, del(&key.0, &key.1));
    }
    let puts = lines
        .values()
        .filter(|line| line.contains(r#""op":"put""#))
        .count();
    let dels = lines.len() - puts;
    let lines: Vec<String> = lines.into_values().collect();
    let mut pack = pack(&header, &lines);
    pack.info["from"] = json!(from.0);
    pack.info["puts"] = json!(puts);
    pack.info["dels"] = json!(dels);
    pack
}

/// The state as a manifest promises it.
pub fn state(records: &Records) -> Value {
    let digest =
        digest::of_records(records.iter().map(|((kind, id), record)| {
            (kind.as_str(), id.as_str(), Digest::of(record.as_bytes()))
        }));
    json!({ "algo": digest::ALGORITHM, "digest": digest.to_string(), "records": records.len() })
}
