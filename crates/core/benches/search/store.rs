//! The catalog of generated records, written through the product's own door, and read again by all engines.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::feed::{Digest, Manifest, PackInfo, digest};
use atlas_core::model::{Record, RecordRef, Taxonomies};
use atlas_core::store::Folder;
use atlas_core::store::StoreError;
use atlas_core::store::catalog::{Bytes, Catalog, LinkCounts, Plan};
use serde_json::json;

use super::Failure;
use super::records::{FEED, Generator};

/// Records of one pack; packs have limits.
const PART: usize = 100_000;

/// Opens the catalog of a data folder.
pub fn open(dir: &Path) -> Result<Catalog, Failure> {
    Ok(Catalog::open(&Folder::read(dir)?)?)
}

/// Calls `each` with every record of the catalog.
pub fn each(
    dir: &Path,
    mut each: impl FnMut(&RecordRef, &Record, LinkCounts) -> Result<(), Failure>,
) -> Result<u32, Failure> {
    let mut failure = None;
    let revision = open(dir)?.for_each(|reference, record, counts| {
        each(reference, record, counts).map_err(|error| {
            failure = Some(error);
            StoreError::Cancelled
        })
    });
    match failure {
        Some(failure) => Err(failure),
        None => Ok(revision?),
    }
}

/// Writes the generated records into the catalog of a data folder.
pub fn write(dir: &Path, generator: &Generator) -> Result<(), Failure> {
    let count = generator.len();
    let parts = count.div_ceil(PART);
    let mut packs: Vec<(PackInfo, Vec<u8>)> = Vec::new();
    let mut state = Vec::with_capacity(count);
    for part in 0..parts {
        let header = json!({
            "pack": "snapshot", "feed": FEED, "from": null, "to": 1, "part": part, "parts": parts,
        });
        let mut raw = format!("{header}\n");
        let numbers = part * PART..count.min((part + 1) * PART);
        let lines = numbers.len() as u32;
        for number in numbers {
            let record = generator.record(number);
            let (kind, id) = (record.kind().as_str(), record.head().id.clone());
            let json = serde_json::to_string(&record)?;
            writeln!(
                raw,
                "{{\"op\":\"put\",\"t\":\"{kind}\",\"id\":\"{id}\",\"rec\":{json}}}"
            )?;
            state.push((kind, id, Digest::of(json.as_bytes())));
        }
        let bytes = zstd::encode_all(raw.as_bytes(), 1)?;
        let (size, raw) = (bytes.len() as u32, raw.len() as u32);
        packs.push((
            PackInfo {
                sha256: Digest::of(&bytes).to_string(),
                size,
                raw,
                lines,
            },
            bytes,
        ));
    }
    let digest = digest::of_records(
        state
            .iter()
            .map(|(kind, id, digest)| (*kind, id.as_str(), *digest)),
    );
    let manifest = json!({
        "format": "atlas-feed", "v": 1, "feed": FEED, "title": { "en": "Generated records" },
        "gen": 1, "published": "2026-11-22T00:00:00Z",
        "state": { "algo": digest::ALGORITHM, "digest": digest.to_string(), "records": count },
        "snapshot": packs.iter().map(|(info, _)| info).collect::<Vec<_>>(),
    });
    let manifest = Manifest::parse(manifest.to_string().as_bytes())?;
    let catalog = Catalog::open(&Folder::open(dir)?)?;
    let packs = packs
        .iter()
        .map(|(info, bytes)| (info, Bytes::Memory(bytes.as_slice())))
        .collect();
    let plan = Plan {
        manifest: &manifest,
        from: None,
        packs,
        replaces: None,
        source: None,
        at: "2026-11-22T00:00:00Z",
    };
    let applied = catalog.apply(&plan, Taxonomies::bundled(), &mut |_, _| {
        ControlFlow::Continue(())
    })?;
    catalog.prune_outbox(applied.revision)?;
    Ok(())
}
