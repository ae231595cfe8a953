//! Writing packs: the whole state, or what changed since an older generation.
//!
//! The same records give the same bytes: sorted by kind and id, one frame, fixed level, one thread.

use std::collections::BTreeMap;

use atlas_core::feed::manifest::Delta;
use atlas_core::feed::{Digest, PackHeader, PackInfo, digest, limits};
use serde::Serialize;
use serde_json::value::RawValue;

use super::error::FeedError;

/// Compression level: packs are made seldom and fetched by everybody.
const LEVEL: i32 = 19;
/// A part of a snapshot ends after so many bytes, uncompressed.
const PART: usize = 96 * 1024 * 1024;

/// The whole state of a generation: the bytes of each record as published, by kind and id.
pub(crate) type State = BTreeMap<(String, String), String>;

/// A pack with its place in the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pack {
    /// Compressed bytes.
    pub bytes: Vec<u8>,
    /// What the manifest says of it.
    pub info: PackInfo,
}

#[derive(Serialize)]
struct Line<'a> {
    op: &'static str,
    t: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rec: Option<&'a RawValue>,
}

/// The digest of a state.
pub(crate) fn digest_of(state: &State) -> Digest {
    digest::of_records(
        state
            .iter()
            .map(|((kind, id), raw)| (kind.as_str(), id.as_str(), Digest::of(raw.as_bytes()))),
    )
}

/// The packs of a whole state.
pub(crate) fn snapshot(feed: &str, to: u32, state: &State) -> Result<Vec<Pack>, FeedError> {
    parts(feed, to, state, PART)
}

/// The packs of a whole state, in parts of at most so many bytes of records.
pub(crate) fn parts(
    feed: &str,
    to: u32,
    state: &State,
    most: usize,
) -> Result<Vec<Pack>, FeedError> {
    let mut parts: Vec<(String, u32)> = vec![(String::new(), 0)];
    for ((kind, id), raw) in state {
        let line = line("put", kind, id, Some(raw))?;
        if parts
            .last()
            .is_some_and(|(text, _)| !text.is_empty() && text.len() + line.len() > most)
        {
            parts.push((String::new(), 0));
        }
        if let Some((text, lines)) = parts.last_mut() {
            text.push_str(&line);
            *lines += 1;
        }
    }
    let count = number(parts.len())?;
    let mut packs = Vec::new();
    for (part, (text, lines)) in (0..).zip(parts) {
        let header = PackHeader {
            pack: "snapshot".to_owned(),
            feed: feed.to_owned(),
            from: None,
            to,
            part,
            parts: count,
        };
        packs.push(pack(&header, &text, lines)?);
    }
    Ok(packs)
}

/// The pack that leads from an older state to this one.
pub(crate) fn delta(
    feed: &str,
    (from, old): (u32, &State),
    (to, new): (u32, &State),
) -> Result<(Pack, Delta), FeedError> {
    let changed = new
        .iter()
        .filter(|(key, raw)| old.get(*key) != Some(*raw))
        .map(|(key, raw)| (key, Some(raw)));
    let gone = old
        .keys()
        .filter(|key| !new.contains_key(*key))
        .map(|key| (key, None));
    let operations: BTreeMap<&(String, String), Option<&String>> = changed.chain(gone).collect();
    let (mut text, mut puts, mut dels) = (String::new(), 0, 0);
    for ((kind, id), raw) in operations {
        let op = if raw.is_some() {
            puts += 1;
            "put"
        } else {
            dels += 1;
            "del"
        };
        text.push_str(&line(op, kind, id, raw)?);
    }
    let header = PackHeader {
        pack: "delta".to_owned(),
        feed: feed.to_owned(),
        from: Some(from),
        to,
        part: 0,
        parts: 1,
    };
    let pack = pack(&header, &text, puts + dels)?;
    let info = &pack.info;
    let delta = Delta {
        from,
        sha256: info.sha256.clone(),
        size: info.size,
        raw: info.raw,
        puts,
        dels,
    };
    Ok((pack, delta))
}

fn line(op: &'static str, kind: &str, id: &str, raw: Option<&String>) -> Result<String, FeedError> {
    let rec = raw
        .map(|raw| serde_json::from_str::<&RawValue>(raw))
        .transpose()
        .map_err(internal)?;
    let mut text = serde_json::to_string(&Line {
        op,
        t: kind,
        id,
        rec,
    })
    .map_err(internal)?;
    text.push('\n');
    Ok(text)
}

fn pack(header: &PackHeader, lines: &str, count: u32) -> Result<Pack, FeedError> {
    let mut text = serde_json::to_string(header).map_err(internal)?;
    text.push('\n');
    text.push_str(lines);
    // Text that repeats itself without end compresses further than readers accept; a lower level keeps within.
    let mut bytes = Vec::new();
    for level in [LEVEL, 3, 1, -7, -50] {
        bytes = zstd::bulk::compress(text.as_bytes(), level).map_err(internal)?;
        if text.len() as u64 <= limits::RATIO_FREE
            || text.len() as u64 <= bytes.len() as u64 * limits::RATIO
        {
            break;
        }
    }
    let info = PackInfo {
        sha256: Digest::of(&bytes).to_string(),
        size: number(bytes.len())?,
        raw: number(text.len())?,
        lines: count,
    };
    Ok(Pack { bytes, info })
}

fn number(count: usize) -> Result<u32, FeedError> {
    u32::try_from(count).map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> FeedError {
    FeedError::new(
        format!("打包失败：{error}"),
        format!("packing failed: {error}"),
    )
}
