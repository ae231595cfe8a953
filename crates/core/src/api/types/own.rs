//! Own records: what is being written, what was removed, corrections of catalog records.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::RecordRef;

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrashEntry {
    /// What it was.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its name.
    pub name: String,
    /// When it was written down (ISO 8601).
    pub created: String,
    /// When it was removed (ISO 8601); it is kept for 30 days.
    pub removed: String,
}

/// What is being written in a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// The record, which need not be there yet.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// When it was last typed (ISO 8601).
    pub changed: String,
    /// The form as it stands.
    #[ts(type = "{ [key in string]: unknown }")]
    pub document: serde_json::Value,
}

/// What the user corrects in a catalog record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// The corrections, each of another field.
    pub corrections: Vec<Correction>,
    /// A remark on the record.
    pub note: String,
}

/// A correction of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The field of the record, such as `website`.
    pub field: String,
    /// What the catalog had when it was corrected; nothing where it had none.
    #[ts(type = "unknown")]
    pub original: serde_json::Value,
    /// What is right.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
}
