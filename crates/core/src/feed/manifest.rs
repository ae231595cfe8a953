//! The manifest of a generation: what state it has and which packs lead there.

use serde::{Deserialize, Serialize};

use super::limits;
use crate::model::Text;

/// Format name that a manifest must state.
pub const FORMAT: &str = "atlas-feed";
/// Format version that this version reads.
pub const VERSION: u32 = 1;
/// Version of the shape of records that this version reads.
pub const SCHEMA: u32 = 1;
/// Largest manifest in bytes.
pub const MAX_BYTES: usize = 256 * 1024;

/// One generation of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always [`FORMAT`].
    pub format: String,
    /// Format version.
    pub v: u32,
    /// Feed id.
    pub feed: String,
    /// Title of the feed.
    pub title: Text,
    /// Generation; grows by one with every publication.
    #[serde(rename = "gen")]
    pub generation: u32,
    /// When it was published (ISO 8601).
    pub published: String,
    /// Feed that this one continues and replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<String>,
    /// Digest and size of the resulting state.
    pub state: State,
    /// Packs that make up the whole state.
    pub snapshot: Vec<PackInfo>,
    /// Deltas that lead here from older generations, one pack each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deltas: Vec<Delta>,
    /// Oldest version of the product that can read the records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_client: Option<String>,
    /// Version of the shape of records; absent means 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Schema>,
    /// Notice to readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Text>,
}

/// Version of the shape of records. A minor step only adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// Must be [`SCHEMA`].
    pub major: u32,
    /// Any.
    pub minor: u32,
}

/// A pack that leads from an older generation to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// Generation from which it leads.
    pub from: u32,
    /// SHA-256 of the compressed bytes, hexadecimal.
    pub sha256: String,
    /// Compressed size in bytes.
    pub size: u32,
    /// Uncompressed size in bytes.
    pub raw: u32,
    /// Records added or replaced.
    pub puts: u32,
    /// Records removed.
    pub dels: u32,
}

impl Delta {
    /// The pack.
    pub fn pack(&self) -> PackInfo {
        PackInfo {
            sha256: self.sha256.clone(),
            size: self.size,
            raw: self.raw,
            lines: self.puts.saturating_add(self.dels),
        }
    }
}

/// The state of a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Always [`super::digest::ALGORITHM`].
    pub algo: String,
    /// Digest of the whole state, hexadecimal.
    pub digest: String,
    /// Number of records.
    pub records: u32,
}

/// A pack as a manifest names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackInfo {
    /// SHA-256 of the compressed bytes, hexadecimal.
    pub sha256: String,
    /// Compressed size in bytes.
    pub size: u32,
    /// Uncompressed size in bytes.
    pub raw: u32,
    /// Lines, without the header.
    pub lines: u32,
}

/// Why a manifest is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// Larger than [`MAX_BYTES`].
    #[error("manifest is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// Not JSON of the right shape.
    #[error("manifest cannot be read: {0}")]
    Syntax(String),
    /// Written for a newer version of the product.
    #[error("manifest has format version {0}, this version reads {VERSION}")]
    TooNew(u32),
    /// Asks for a newer version of the product.
    #[error("manifest needs version {0}")]
    NeedsClient(String),
    /// A value that a manifest may not have.
    #[error("manifest field {0} is invalid")]
    Field(&'static str),
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// [`ManifestError`] when it is too large, unreadable, too new or has an impossible value.
    pub fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        if bytes.len() > MAX_BYTES {
            return Err(ManifestError::TooLarge);
        }
        let manifest: Self = serde_json::from_slice(bytes)
            .map_err(|error| ManifestError::Syntax(error.to_string()))?;
        if manifest.format != FORMAT {
            return Err(ManifestError::Field("format"));
        }
        if manifest.v != VERSION {
            return Err(ManifestError::TooNew(manifest.v));
        }
        if !crate::model::reference::is_feed_id(&manifest.feed) {
            return Err(ManifestError::Field("feed"));
        }
        if manifest.generation == 0 {
            return Err(ManifestError::Field("gen"));
        }
        if manifest.state.algo != super::digest::ALGORITHM
            || manifest.state.digest.parse::<super::Digest>().is_err()
        {
            return Err(ManifestError::Field("state"));
        }
        if manifest.state.records > limits::RECORDS {
            return Err(ManifestError::Field("records"));
        }
        if manifest.snapshot.is_empty()
            || manifest.snapshot.len() > limits::PARTS
            || !manifest.snapshot.iter().all(is_possible)
        {
            return Err(ManifestError::Field("snapshot"));
        }
        if manifest.deltas.len() > limits::DELTAS
            || manifest
                .deltas
                .iter()
                .any(|delta| delta.from >= manifest.generation || !is_possible(&delta.pack()))
        {
            return Err(ManifestError::Field("deltas"));
        }
        if manifest.published.parse::<jiff::Timestamp>().is_err() {
            return Err(ManifestError::Field("published"));
        }
        manifest.check_client()?;
        Ok(manifest)
    }

    fn check_client(&self) -> Result<(), ManifestError> {
        if let Some(schema) = self.schema.filter(|schema| schema.major != SCHEMA) {
            return Err(ManifestError::TooNew(schema.major));
        }
        let Some(needed) = &self.min_client else {
            return Ok(());
        };
        let parse = |text: &str| -> Option<Vec<u32>> {
            text.split('.').map(|part| part.parse().ok()).collect()
        };
        match (parse(needed), parse(env!("CARGO_PKG_VERSION"))) {
            (None, _) => Err(ManifestError::Field("min_client")),
            (Some(wanted), Some(own)) if wanted > own => {
                Err(ManifestError::NeedsClient(needed.clone()))
            }
            _ => Ok(()),
        }
    }
}

/// Whether a pack is within the limits of the product.
fn is_possible(pack: &PackInfo) -> bool {
    let (size, raw) = (u64::from(pack.size), u64::from(pack.raw));
    pack.sha256.parse::<super::Digest>().is_ok()
        && pack.size <= super::pack::MAX_SIZE
        && pack.raw <= super::pack::MAX_RAW
        && (raw <= limits::RATIO_FREE || raw <= size.saturating_mul(limits::RATIO))
}
