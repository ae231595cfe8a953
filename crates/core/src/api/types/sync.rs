//! The streaming jobs beside `open`: what they are asked, what they tell on the way, and how they end.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Problem;
use crate::model::Text;

/// Which feeds to sync.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct SyncRequest {
    /// Feed ids; empty for all that have an address.
    pub feeds: Vec<String>,
}

/// Which file to import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// Path of a `.atlas` file, or of a folder that holds a feed.
    pub path: String,
    /// Consent to a generation whose signature has run out.
    #[serde(default)]
    pub allow_expired: bool,
    /// Confirmed fingerprint of a feed that is not here yet; it is then added without an address.
    #[serde(default)]
    pub fingerprint: Option<String>,
}

/// Progress of a sync or an import. `total` is zero while unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncProgress {
    /// Feed id; empty while an import does not know it yet.
    pub feed: String,
    /// What is being done.
    pub phase: SyncPhase,
    /// Steps done: bytes while downloading, otherwise records.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// Phases of a sync, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncPhase {
    /// Asking for the newest generation and verifying its signatures.
    Check,
    /// Fetching or copying packs; counts bytes.
    Download,
    /// Writing records.
    Apply,
    /// Bringing the search index along.
    Index,
}

/// What a sync did, one outcome a feed, in feed order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncReport {
    /// Outcomes.
    pub feeds: Vec<SyncOutcome>,
}

/// What a sync or an import did with one feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncOutcome {
    /// Feed id; empty when a file could not be read so far.
    pub feed: String,
    /// Title.
    pub title: Text,
    /// How it ended.
    pub result: SyncResult,
    /// Why it did not end well; none otherwise.
    pub problem: Option<Problem>,
    /// Addresses that failed before another one served, each with its problem.
    pub failed: Vec<FailedAddress>,
    /// Generation before; zero when there was none.
    pub from: u32,
    /// Generation now.
    pub to: u32,
    /// By a delta; otherwise by the snapshot, or not at all.
    pub delta: bool,
    /// Records added.
    pub added: u32,
    /// Records changed.
    pub changed: u32,
    /// Records removed.
    pub removed: u32,
    /// Bytes received: bodies, without headers.
    pub received: u32,
    /// Requests made.
    pub requests: u32,
    /// Notice of the publisher, shown as text.
    pub notice: Option<Text>,
}

/// How the sync of a feed ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncResult {
    /// A newer generation was applied.
    Updated,
    /// The generation at hand is the newest.
    Unchanged,
    /// The feed could not be reached.
    Offline,
    /// What was found is not to be trusted; nothing changed.
    Refused,
    /// An import needs consent: only the date of expiry is against it.
    Expired,
    /// A newer version of the product is needed.
    AppTooOld,
    /// The machine's clock is wrong.
    ClockWrong,
    /// Not enough disk space.
    DiskFull,
}

/// An address that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FailedAddress {
    /// The address.
    pub address: String,
    /// Why.
    pub problem: Problem,
}
