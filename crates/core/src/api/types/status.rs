//! The state of the data folder, and how far a long job is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::Text;

/// The state of the data folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppStatus {
    /// Version of the product.
    pub version: String,
    /// Feeds.
    pub feeds: Vec<FeedStatus>,
    /// Local revision of the catalog; grows with every change.
    pub revision: u32,
    /// Records per kind, including kinds that this version does not show.
    pub records: BTreeMap<String, u32>,
    /// Search index.
    pub index: IndexStatus,
    /// Where everything lies.
    pub paths: BTreeMap<String, String>,
    /// What happened while opening, newest last.
    pub notices: Vec<Notice>,
    /// The folder was opened beside another process: reading only.
    pub read_only: bool,
}

/// The state of one feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FeedStatus {
    /// Feed id.
    pub feed: String,
    /// Title.
    pub title: Text,
    /// Generation.
    pub generation: u32,
    /// Digest of the whole state, `sha256-buckets-1`, hexadecimal.
    pub digest: String,
    /// When the generation was published (ISO 8601).
    pub published: String,
    /// Records.
    pub records: u32,
}

/// The state of the search index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IndexStatus {
    /// Documents in it.
    pub documents: u32,
    /// Revision it shows.
    pub revision: u32,
    /// Versions of schema, analyzer and lexicon.
    pub stamp: String,
}

/// Something that happened and that the user should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Notice {
    /// What happened.
    pub code: NoticeCode,
    /// Facts: paths, counts.
    pub facts: BTreeMap<String, String>,
}

/// What can happen while a data folder is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCode {
    /// The bundled catalog was imported into an empty folder.
    CatalogImported,
    /// The bundled catalog is newer than the one at hand and replaced it.
    CatalogUpdated,
    /// The catalog was damaged or of another version and was rebuilt from the bundled one.
    CatalogRepaired,
    /// The index did not fit the catalog and was rebuilt.
    IndexRebuilt,
    /// `user.db` was damaged; the newest verified backup was put in its place, the damaged file kept.
    UserRestored,
    /// `user.db` is damaged and there is no backup; it was kept aside and an empty one begun.
    UserDamaged,
    /// The rollback floors were damaged and were begun anew.
    TrustReset,
}

/// Progress of a long job. `total` is zero while unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// Phases of a long job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Checking hash and size.
    Verify,
    /// Writing records.
    Apply,
    /// Building the search index.
    Index,
}

/// The last lines of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogTail {
    /// Lines, oldest first.
    pub lines: Vec<String>,
}
