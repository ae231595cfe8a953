//! The record of what happened to the data: imports, exports, syncs, deletions, backups. Facts, never contents.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::sync::SyncResult;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A feed was synced or imported.
    Sync {
        /// Feed id.
        feed: String,
        /// How it ended.
        result: SyncResult,
        /// Generation before.
        from: u32,
        /// Generation after.
        to: u32,
        /// Records added.
        added: u32,
        /// Records changed.
        changed: u32,
        /// Records removed.
        removed: u32,
    },
    /// A feed was removed with its records.
    FeedRemoved {
        /// Feed id.
        feed: String,
    },
    /// Records of the user's own came from a file.
    Import {
        /// Kind of record.
        kind: String,
        /// Name of the file, without its folder.
        file: String,
        /// Records added.
        added: u32,
        /// Records changed.
        changed: u32,
        /// Rows that were not taken.
        rejected: u32,
    },
    /// Something was written to a file.
    Export {
        /// What: a kind of record, or the screen that it came from.
        what: String,
        /// Format of the file.
        format: String,
        /// Name of the file, without its folder.
        file: String,
        /// Records written.
        records: u32,
        /// Whether private fields were among them.
        private: bool,
    },
    /// The user deleted something.
    Deletion {
        /// What.
        what: Deleted,
        /// How many.
        count: u32,
    },
    /// A backup was made.
    Backup {
        /// Its name.
        name: String,
        /// Why.
        reason: BackupReason,
    },
    /// A backup took the place of the data.
    Restore {
        /// Its name.
        name: String,
        /// Whether it was put there because the data was damaged.
        damaged: bool,
    },
    /// Backups, or damaged files that had been kept, were removed.
    BackupsRemoved {
        /// How many.
        count: u32,
    },
    /// The data folder was moved here.
    Moved,
}

/// What the user deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Deleted {
    /// A need, which undo brings back.
    Need,
    /// A need, without a trace.
    NeedForgotten,
    /// A record of the user's own.
    Record,
    /// A list.
    List,
    /// A saved search.
    Search,
}

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupReason {
    /// The first start of a day after something changed.
    Daily,
    /// A new version was about to change the file.
    Migration,
    /// The user asked for it.
    Asked,
    /// Another backup was about to take the place of the data, or others were about to be removed.
    Safety,
}

/// A line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditLine {
    /// When (ISO 8601).
    pub at: String,
    /// What happened.
    pub what: Event,
}
