//! The publisher's half of The Update Framework: writing and signing the four roles.
//!
//! Signed are the bytes of the canonical form (sorted keys, no spaces, only `"` and `\` escaped), and the file holds
//! exactly these. Everything is a function of its arguments, the time included; Ed25519 signatures carry no chance
//! either, so that the same input gives the same bytes.

use std::collections::BTreeMap;

use atlas_core::feed::Digest;
use jiff::{Span, Timestamp};
use serde_json::{Map, Value, json};

use super::error::FeedError;
use super::keys::Key;

/// Days for which each role vouches.
pub(crate) const ROOT_DAYS: i64 = 730;
/// Days for which a list of targets vouches.
pub(crate) const TARGETS_DAYS: i64 = 180;
/// Days for which a snapshot vouches.
pub(crate) const SNAPSHOT_DAYS: i64 = 45;
/// Days for which a timestamp vouches.
pub(crate) const TIMESTAMP_DAYS: i64 = 14;
/// Version of the specification that is followed.
const SPEC: &str = "1.0.31";
/// The single target.
pub(crate) const TARGET: &str = "manifest.json";

/// The roles with the names of their keys and how many must sign.
pub(crate) const ROLES: [(&str, &[&str], usize); 4] = [
    ("root", &["root-1", "root-2", "root-3"], 2),
    ("targets", &["targets-1", "targets-2"], 1),
    ("snapshot", &["snapshot"], 1),
    ("timestamp", &["timestamp"], 1),
];

/// The names of all keys.
pub(crate) fn key_names() -> impl Iterator<Item = &'static str> {
    ROLES.iter().flat_map(|(_, names, _)| names.iter().copied())
}

/// The names of the keys of a role.
pub(crate) fn keys_of(role: &str) -> &'static [&'static str] {
    ROLES
        .iter()
        .find(|(name, ..)| *name == role)
        .map_or(&[], |(_, names, _)| names)
}

/// A root: which keys may sign what. `public` maps names to public halves.
pub(crate) fn root(version: u64, expires: &str, public: &BTreeMap<String, String>) -> Value {
    let mut keys = Map::new();
    let mut roles = Map::new();
    for (role, names, threshold) in ROLES {
        let mut ids: Vec<String> = Vec::new();
        for public in names.iter().filter_map(|name| public.get(*name)) {
            keys.insert(key_id(public), key(public));
            ids.push(key_id(public));
        }
        ids.sort_unstable();
        roles.insert(
            role.to_owned(),
            json!({ "keyids": ids, "threshold": threshold }),
        );
    }
    json!({
        "_type": "root", "spec_version": SPEC, "version": version, "expires": expires,
        "consistent_snapshot": true, "keys": keys, "roles": roles,
    })
}

/// The list of targets: the manifest alone.
pub(crate) fn targets(version: u64, expires: &str, manifest: &[u8]) -> Value {
    json!({
        "_type": "targets", "spec_version": SPEC, "version": version, "expires": expires,
        "targets": { TARGET: {
            "length": manifest.len(),
            "hashes": { "sha256": Digest::of(manifest).to_string() },
        } },
    })
}

/// A snapshot or a timestamp: the version, length and hash of the file below it.
pub(crate) fn pin(role: &str, version: u64, expires: &str, below: (&str, u64, &[u8])) -> Value {
    let (name, of, bytes) = below;
    json!({
        "_type": role, "spec_version": SPEC, "version": version, "expires": expires,
        "meta": { name: {
            "version": of,
            "length": bytes.len(),
            "hashes": { "sha256": Digest::of(bytes).to_string() },
        } },
    })
}

/// Signs with each of the keys, in the order of their ids.
pub(crate) fn sign(signed: &Value, keys: &[&Key]) -> Vec<u8> {
    let canonical = canonical(signed);
    let signatures: BTreeMap<String, String> = keys
        .iter()
        .map(|key| (key_id(&key.public()), key.sign(canonical.as_bytes())))
        .collect();
    let signatures: Vec<String> = signatures
        .iter()
        .map(|(id, sig)| format!(r#"{{"keyid":"{id}","sig":"{sig}"}}"#))
        .collect();
    format!(
        r#"{{"signed":{canonical},"signatures":[{}]}}"#,
        signatures.join(",")
    )
    .into_bytes()
}

/// The point in time some days after another, as roles state it.
pub(crate) fn days_after(now: Timestamp, days: i64) -> Result<String, FeedError> {
    now.checked_add(Span::new().hours(days * 24))
        .map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .map_err(|error| FeedError::new(format!("时间超出范围：{error}"), error.to_string()))
}

/// The id of a key: the hash of its canonical form.
pub(crate) fn key_id(public: &str) -> String {
    Digest::of(canonical(&key(public)).as_bytes()).to_string()
}

fn key(public: &str) -> Value {
    json!({ "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public } })
}

/// The canonical form: sorted keys, no spaces, only quotes and backslashes escaped.
pub(crate) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            let fields: Vec<String> = sorted
                .into_iter()
                .map(|(name, value)| format!("{}:{}", quoted(name), canonical(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::String(text) => quoted(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes of hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

/// How many keys of a role must sign.
pub(crate) fn threshold(role: &str) -> usize {
    ROLES
        .iter()
        .find(|(name, ..)| *name == role)
        .map_or(usize::MAX, |(.., threshold)| *threshold)
}
