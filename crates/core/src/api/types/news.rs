//! What is new: per sync the records that were added, changed field by field, or removed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{RecordRef, Text};

/// A sync that changed the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewsSync {
    /// Revision of the catalog to which it led; names the sync.
    pub revision: u32,
    /// Feed id.
    pub feed: String,
    /// Title of the feed.
    pub title: Text,
    /// When it was applied (ISO 8601).
    pub at: String,
    /// Generation before; zero for the first.
    pub from: u32,
    /// Generation after.
    pub to: u32,
    /// Records added.
    pub added: u32,
    /// Records changed.
    pub changed: u32,
    /// Records removed.
    pub removed: u32,
    /// Records that can be listed; fewer than changed when the sync was the first of its feed or very large.
    pub listed: u32,
}

/// Which news to list. All parts narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct NewsRequest {
    /// One sync, by revision; all when absent.
    pub revision: Option<u32>,
    /// One feed; all when absent.
    pub feed: Option<String>,
    /// One kind of record; all when absent.
    pub kind: Option<String>,
    /// One kind of change; all when absent.
    pub change: Option<Change>,
    /// Entries to skip.
    pub offset: u32,
    /// Entries wanted; at most 200.
    pub limit: u32,
}

/// News, newest sync first, then in reference order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewsPage {
    /// The syncs, newest first, at most 30 a feed; not narrowed by kind and change.
    pub syncs: Vec<NewsSync>,
    /// Entries that fit the request.
    pub total: u32,
    /// Entries of this page.
    pub entries: Vec<NewsEntry>,
}

/// What happened to one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewsEntry {
    /// The sync, by revision.
    pub revision: u32,
    /// What happened.
    pub change: Change,
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its kind, also one that this version does not show.
    pub kind: String,
    /// Its name; after the change, unless it was removed.
    pub name: Text,
    /// Fields that changed, in the order of their paths; empty unless `changed`.
    pub fields: Vec<FieldChange>,
    /// The record is in the catalog now and can be opened.
    pub present: bool,
}

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Added,
    /// It differs.
    Changed,
    /// It is gone.
    Removed,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldChange {
    /// Path of the field: `city`, `name.zh`, `outcomes`.
    pub field: String,
    /// Value before, as JSON; absent when the field was absent.
    #[ts(type = "unknown")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<serde_json::Value>,
    /// Value after, as JSON; absent when the field is gone.
    #[ts(type = "unknown")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<serde_json::Value>,
}

/// A record as it was before or after a sync: what a removed record said can still be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewsRecordRequest {
    /// The sync, by revision.
    pub revision: u32,
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
}

/// A record before and after a sync.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NewsRecord {
    /// What happened, with the fields that changed.
    pub entry: NewsEntry,
    /// The whole record before, as JSON; absent for an added one.
    #[ts(type = "unknown")]
    pub before: Option<serde_json::Value>,
    /// The whole record after, as JSON; absent for a removed one, and for an added one that has changed since.
    #[ts(type = "unknown")]
    pub after: Option<serde_json::Value>,
}
