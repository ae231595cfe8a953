//! What a client accepts, whatever a feed says. Constants of the product, never of a feed.

use std::time::Duration;

/// Largest root in bytes.
pub const ROOT: u64 = 64 * 1024;
/// Roots that one refresh may walk.
pub const ROTATIONS: u32 = 32;
/// Largest timestamp in bytes.
pub const TIMESTAMP: u64 = 16 * 1024;
/// Largest snapshot and targets file in bytes.
pub const ROLE: u64 = 64 * 1024;
/// Deltas that a manifest may list.
pub const DELTAS: usize = 128;
/// Parts that a snapshot may have.
pub const PARTS: usize = 64;
/// Records that a feed may have.
pub const RECORDS: u32 = 1_000_000;
/// How many times larger than its compressed form a pack may be.
pub const RATIO: u64 = 100;
/// Packs up to this size uncompressed may compress as well as they like.
pub const RATIO_FREE: u64 = 1024 * 1024;
/// Free disk space that stays free, in bytes.
pub const DISK_SPARE: u64 = 200 * 1000 * 1000;
/// Hops that a redirect may take.
pub const REDIRECTS: usize = 3;
/// Largest bundle in bytes; the zip format without extensions ends there too.
pub const BUNDLE: u64 = u32::MAX as u64;
/// Files that a bundle may list, and bytes that the list may take.
pub const BUNDLE_FILES: usize = 4096;
/// Bytes that the list of files in a bundle may take.
pub const BUNDLE_LIST: u32 = 1024 * 1024;

/// How long a server may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// To accept the connection.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub idle: Duration,
    /// For one signed file.
    pub metadata: Duration,
    /// For one pack.
    pub pack: Duration,
    /// After this long a pack must have come with [`Patience::rate`] on average.
    pub grace: Duration,
    /// Bytes a second.
    pub rate: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            metadata: Duration::from_mins(1),
            pack: Duration::from_mins(15),
            grace: Duration::from_secs(30),
            rate: 1024,
        }
    }
}

/// Bytes of disk that must be free before packs of `raw` bytes are applied.
pub fn disk(raw: u64) -> u64 {
    raw.saturating_mul(3).saturating_add(DISK_SPARE)
}
