//! The submission in one file: a zip of three stored entries.
//!
//! ```text
//! manifest.json   who, when, how many, and the SHA-256 of the records
//! records.ndjson  a line a record: {"origin": "own/case/UUID", "left_out": ["contact"], "record": {…}}
//! signature       Ed25519 over the manifest with the sender's key, hexadecimal
//! ```
//! A submission is named by the SHA-256 of its manifest, which binds everything: the same file is the same submission.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::key::{self, Key};
use super::{BUNDLE_MAX, RECORDS_MAX, SubmissionError, foreign};
use crate::feed::{Digest, pack};
use crate::model::reference::is_uuid;
use crate::model::{Record, RecordRef};

/// What the file says it is; also what its signature is bound to.
const FORMAT: &str = "atlas-submission";
/// Version of the format.
const VERSION: u32 = 1;
/// Its entries.
const ENTRIES: [&str; 3] = ["manifest.json", "records.ndjson", "signature"];
/// Largest manifest, in bytes.
const MANIFEST_MAX: usize = 16 * 1024;

/// A record that is handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submitted {
    /// The record's own reference, by which its sender finds it again: `own/KIND/UUID`.
    pub origin: RecordRef,
    /// What stays with the sender: names of fields, for the reviewer to know that they were kept back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// The record, as a feed would carry it.
    pub record: Map<String, Value>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    v: u32,
    made: String,
    key: String,
    records: usize,
    sha256: String,
}

#[derive(Deserialize)]
struct Version {
    format: String,
    v: u32,
}

/// A submission whose signature holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// SHA-256 of the manifest, hexadecimal.
    pub id: String,
    /// When it was made (ISO 8601), as its sender says.
    pub made: String,
    /// Public half of the sender's key, hexadecimal.
    pub key: String,
    /// The records.
    pub records: Vec<Submitted>,
}

/// Writes a submission; answers its id and its bytes. The same input gives the same bytes.
///
/// # Errors
/// [`SubmissionError`] when nobody could read it.
pub fn write(
    records: &[Submitted],
    key: &Key,
    now: &str,
) -> Result<(String, Vec<u8>), SubmissionError> {
    let mut lines = Vec::new();
    for record in records {
        serde_json::to_writer(&mut lines, record).map_err(foreign)?;
        lines.push(b'\n');
    }
    let bytes = seal(&lines, records.len(), key, now)?;
    // What no publisher could read is not handed out.
    let read = read(&bytes)?;
    Ok((read.id, bytes))
}

/// Signs lines, whatever they hold, and puts them into a file.
///
/// # Errors
/// [`SubmissionError::Foreign`] when they do not fit into one.
pub fn seal(
    lines: &[u8],
    records: usize,
    key: &Key,
    now: &str,
) -> Result<Vec<u8>, SubmissionError> {
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        v: VERSION,
        made: now.to_owned(),
        key: key.public(),
        records,
        sha256: Digest::of(lines).to_string(),
    };
    let manifest = serde_json::to_vec(&manifest).map_err(foreign)?;
    let signature = key.sign(FORMAT, &manifest).into_bytes();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts: [&[u8]; 3] = [&manifest, lines, &signature];
    for (name, bytes) in ENTRIES.into_iter().zip(parts) {
        zip.start_file(name, stored).map_err(foreign)?;
        zip.write_all(bytes).map_err(foreign)?;
    }
    Ok(zip.finish().map_err(foreign)?.into_inner())
}

/// Reads a submission and checks all of it.
///
/// # Errors
/// [`SubmissionError`] when it is none, was changed, or holds what no submission may hold.
pub fn read(bytes: &[u8]) -> Result<Submission, SubmissionError> {
    let [manifest, lines, signature] = entries(bytes)?;
    if manifest.len() > MANIFEST_MAX {
        return Err(too_large("bytes", MANIFEST_MAX as u64));
    }
    let version: Version = serde_json::from_slice(&manifest).map_err(foreign)?;
    if version.format != FORMAT || version.v == 0 {
        return Err(foreign("another format"));
    }
    if version.v > VERSION {
        return Err(SubmissionError::TooNew(version.v));
    }
    let head: Manifest = serde_json::from_slice(&manifest).map_err(foreign)?;
    let signature = String::from_utf8(signature).map_err(foreign)?;
    if !key::is_public(&head.key) || !key::vouches(&head.key, FORMAT, &manifest, &signature) {
        return Err(SubmissionError::Signature);
    }
    if head.sha256 != Digest::of(&lines).to_string() {
        return Err(SubmissionError::Signature);
    }
    let records = records(&lines)?;
    if records.len() != head.records {
        return Err(foreign("another number of records than announced"));
    }
    Ok(Submission {
        id: Digest::of(&manifest).to_string(),
        made: head.made,
        key: head.key,
        records,
    })
}

fn too_large(what: &'static str, limit: u64) -> SubmissionError {
    SubmissionError::TooLarge { what, limit }
}

/// The three entries, and no other file.
fn entries(bytes: &[u8]) -> Result<[Vec<u8>; 3], SubmissionError> {
    if bytes.len() as u64 > BUNDLE_MAX {
        return Err(too_large("bytes", BUNDLE_MAX));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(foreign)?;
    if zip.len() != ENTRIES.len() || zip.has_duplicate_names() {
        return Err(foreign("other entries than those of a submission"));
    }
    let mut read = |name: &str| {
        let mut entry = zip.by_name(name).map_err(foreign)?;
        let stored = entry.is_file()
            && !entry.encrypted()
            && entry.compression() == CompressionMethod::Stored
            && entry.size() == entry.compressed_size()
            && entry.size() <= bytes.len() as u64;
        if !stored {
            return Err(foreign(format!("{name} is not stored")));
        }
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(foreign)?;
        Ok(content)
    };
    Ok([read(ENTRIES[0])?, read(ENTRIES[1])?, read(ENTRIES[2])?])
}

fn records(lines: &[u8]) -> Result<Vec<Submitted>, SubmissionError> {
    let mut records: Vec<Submitted> = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, line) in (1..).zip(lines.split(|byte| *byte == b'\n')) {
        if line.is_empty() {
            continue;
        }
        if records.len() == RECORDS_MAX {
            return Err(too_large("records", RECORDS_MAX as u64));
        }
        let refuse = |reason: String| SubmissionError::Record { at, reason };
        if line.len() > pack::MAX_LINE {
            return Err(refuse(format!("longer than {} bytes", pack::MAX_LINE)));
        }
        let record: Submitted =
            serde_json::from_slice(line).map_err(|error| refuse(error.to_string()))?;
        fault(&record).map_or(Ok(()), |reason| Err(refuse(reason)))?;
        if !seen.insert(record.origin.clone()) {
            return Err(refuse("occurs twice".to_owned()));
        }
        records.push(record);
    }
    if records.is_empty() {
        return Err(foreign("no records"));
    }
    Ok(records)
}

/// Why a record may not be handed in.
fn fault(submitted: &Submitted) -> Option<String> {
    let Submitted {
        origin,
        left_out,
        record,
    } = submitted;
    if origin.feed != "own" || !is_uuid(&origin.id) {
        return Some("origin".to_owned());
    }
    if record.get("kind").and_then(Value::as_str) != Some(&origin.kind)
        || record.get("id").and_then(Value::as_str) != Some(&origin.id)
    {
        return Some("another kind or id than its origin".to_owned());
    }
    if left_out.len() > 100 || left_out.iter().any(|name| name.len() > 100) {
        return Some("left_out".to_owned());
    }
    if depth(record.values()) > pack::MAX_DEPTH {
        return Some(format!("deeper than {} levels", pack::MAX_DEPTH));
    }
    serde_json::from_value::<Record>(Value::Object(record.clone()))
        .err()
        .map(|error| error.to_string())
}

fn depth<'a>(values: impl Iterator<Item = &'a Value>) -> usize {
    let below = values.map(|value| match value {
        Value::Array(items) => depth(items.iter()),
        Value::Object(fields) => depth(fields.values()),
        _ => 0,
    });
    1 + below.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: &str = "2026-11-25T08:00:00Z";
    const ID: &str = "0191e0b2-7c1d-7abc-8def-0123456789ab";

    fn submitted(id: &str, record: &Value) -> Submitted {
        Submitted {
            origin: format!("own/provider/{id}").parse().unwrap(),
            left_out: vec!["contact".to_owned()],
            record: record.as_object().unwrap().clone(),
        }
    }

    fn sample() -> Submitted {
        let record =
            json!({ "kind": "provider", "id": ID, "name": { "zh": "夹具服务商" }, "sources": [] });
        submitted(ID, &record)
    }

    fn key() -> Key {
        Key::of(&[7; key::SEED]).unwrap()
    }

    fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            let options =
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn signed(lines: &str, records: usize) -> Result<Submission, SubmissionError> {
        read(&seal(lines.as_bytes(), records, &key(), NOW).unwrap())
    }

    #[test]
    fn what_was_handed_in_comes_out_and_the_same_input_gives_the_same_bytes() {
        let (id, bytes) = write(&[sample()], &key(), NOW).unwrap();
        let read = read(&bytes).unwrap();
        assert_eq!(read.records, [sample()]);
        assert_eq!(
            (read.id, read.key, read.made.as_str()),
            (id, key().public(), NOW)
        );
        assert_eq!(write(&[sample()], &key(), NOW).unwrap().1, bytes);
        assert_eq!(write(&[], &key(), NOW).unwrap_err(), foreign("no records"));
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let (id, bytes) = write(&[sample()], &key(), NOW).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            // Some bytes of the container mean nothing; then nothing that was signed is another.
            if let Ok(found) = read(&changed) {
                assert_eq!(
                    (&found.id, found.records),
                    (&id, vec![sample()]),
                    "byte {at}"
                );
            }
        }
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn what_no_submission_may_hold_is_refused_by_its_line() {
        let line = |value: &Value| format!("{value}\n");
        let good = |origin: &str, record: Value| json!({ "origin": origin, "record": record });
        let own = format!("own/provider/{ID}");
        let record =
            json!({ "kind": "provider", "id": ID, "name": { "zh": "夹具" }, "sources": [] });
        let deep = (0..20).fold(json!(1), |below, _| json!([below]));
        let with = |field: &str, value: Value| {
            let mut record = record.clone();
            record[field] = value;
            record
        };
        assert!(signed(&line(&good(&own, record.clone())), 1).is_ok());
        for (what, value) in [
            (
                "a foreign origin",
                good("bundled/provider/x", record.clone()),
            ),
            ("another id", good(&own, with("id", json!("x")))),
            ("another kind", good(&own, with("kind", json!("case")))),
            (
                "an unknown kind",
                good(&format!("own/star/{ID}"), with("kind", json!("star"))),
            ),
            (
                "no name",
                json!({ "origin": own, "record": { "kind": "provider", "id": ID } }),
            ),
            ("too deep", good(&own, with("x_deep", deep))),
            (
                "more fields",
                json!({ "origin": own, "record": record, "more": 1 }),
            ),
        ] {
            let found = signed(&line(&value), 1);
            assert!(
                matches!(found, Err(SubmissionError::Record { at: 1, .. })),
                "{what}: {found:?}"
            );
        }
        let twice = line(&good(&own, record.clone())).repeat(2);
        assert!(matches!(
            signed(&twice, 2),
            Err(SubmissionError::Record { at: 2, .. })
        ));
        assert!(signed(&line(&good(&own, record.clone())), 2).is_err());
        let long = line(&good(&own, with("x_long", json!("长".repeat(100_000)))));
        assert!(matches!(
            signed(&long, 1),
            Err(SubmissionError::Record { at: 1, .. })
        ));
    }

    #[test]
    fn other_archives_are_refused() {
        let (_, bytes) = write(&[sample()], &key(), NOW).unwrap();
        let parts = entries(&bytes).unwrap();
        let named = |names: [&'static str; 3]| {
            let pairs: Vec<(&str, &[u8])> = names
                .into_iter()
                .zip(parts.iter().map(Vec::as_slice))
                .collect();
            read(&zip(&pairs))
        };
        assert!(named(ENTRIES).is_ok());
        assert!(named(["manifest.json", "../records.ndjson", "signature"]).is_err());
        assert!(named(["manifest.json", "records.ndjson", "signature/"]).is_err());
        assert!(read(b"PK").is_err());
        assert!(read(&vec![0; 1 + BUNDLE_MAX as usize]).is_err());
        let newer = String::from_utf8(parts[0].clone())
            .unwrap()
            .replace("\"v\":1", "\"v\":2");
        let pairs: [(&str, &[u8]); 3] = [
            (ENTRIES[0], newer.as_bytes()),
            (ENTRIES[1], &parts[1]),
            (ENTRIES[2], &parts[2]),
        ];
        assert_eq!(read(&zip(&pairs)).unwrap_err(), SubmissionError::TooNew(2));
    }
}
