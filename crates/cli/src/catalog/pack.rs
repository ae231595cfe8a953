//! The pack: all records in one compressed file, and the manifest that the application is built with.
//!
//! The same bytes come out for the same records: sorted by kind and id, one frame, fixed level.

use atlas_core::feed::manifest::{FORMAT, State, VERSION};
use atlas_core::feed::{Digest, Manifest, PackHeader, PackInfo, digest};
use atlas_core::model::{Record, Text};
use serde::Serialize;
use serde_json::value::RawValue;

use super::CatalogError;

/// Feed id of the bundled catalog.
pub(crate) const FEED: &str = "bundled";
/// Compression level: the file is packed seldom and read on every first run.
const LEVEL: i32 = 19;

#[derive(Serialize)]
struct Put<'a> {
    op: &'static str,
    t: &'a str,
    id: &'a str,
    rec: &'a RawValue,
}

/// Packs records, each with its published bytes, sorted by kind and id.
pub(crate) fn pack(
    records: &[(Record, String)],
    generation: u32,
    published: &str,
) -> Result<(Vec<u8>, Manifest), CatalogError> {
    let error = |error: &dyn std::fmt::Display| CatalogError::Pack(error.to_string());
    let mut sorted: Vec<&(Record, String)> = records.iter().collect();
    sorted.sort_by(|(a, _), (b, _)| {
        (a.kind().as_str(), &a.head().id).cmp(&(b.kind().as_str(), &b.head().id))
    });
    let header = PackHeader {
        pack: "snapshot".to_owned(),
        feed: FEED.to_owned(),
        from: None,
        to: generation,
        part: 0,
        parts: 1,
    };
    let mut text = serde_json::to_string(&header).map_err(|e| error(&e))?;
    text.push('\n');
    for (record, json) in &sorted {
        let raw = serde_json::from_str::<&RawValue>(json).map_err(|e| error(&e))?;
        let put = Put {
            op: "put",
            t: record.kind().as_str(),
            id: &record.head().id,
            rec: raw,
        };
        text.push_str(&serde_json::to_string(&put).map_err(|e| error(&e))?);
        text.push('\n');
    }
    let bytes = zstd::bulk::compress(text.as_bytes(), LEVEL).map_err(|e| error(&e))?;
    let info = PackInfo {
        sha256: Digest::of(&bytes).to_string(),
        size: u32::try_from(bytes.len()).map_err(|e| error(&e))?,
        raw: u32::try_from(text.len()).map_err(|e| error(&e))?,
        lines: u32::try_from(sorted.len()).map_err(|e| error(&e))?,
    };
    let state = digest::of_records(sorted.iter().map(|(record, json)| {
        (
            record.kind().as_str(),
            record.head().id.as_str(),
            Digest::of(json.as_bytes()),
        )
    }));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        v: VERSION,
        feed: FEED.to_owned(),
        title: Text {
            zh: Some("随附目录".to_owned()),
            en: Some("Bundled catalog".to_owned()),
        },
        generation,
        published: published.to_owned(),
        continues: None,
        state: State {
            algo: digest::ALGORITHM.to_owned(),
            digest: state.to_string(),
            records: info.lines,
        },
        snapshot: vec![info],
        deltas: Vec::new(),
        min_client: None,
        schema: None,
        notice: None,
    };
    Ok((bytes, manifest))
}
