//! Backups of the user's own data, and forgetting for good.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::user::Changes;
use crate::model::RecordRef;

/// A backup, or a damaged file that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// Name of the file.
    pub name: String,
    /// When it was made (ISO 8601); empty for a damaged file that was kept.
    pub made: String,
    /// Its size in bytes, as far as 32 bits hold it.
    pub bytes: u32,
    /// What is in it, by kind: `needs`, `favourites`, `lists`, `members`, `annotations`, `searches` …; empty when it
    /// cannot be read.
    pub holds: BTreeMap<String, u32>,
}

/// Which backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupRequest {
    /// Name of the file.
    pub name: String,
}

/// Which backups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupsRequest {
    /// Names of the files.
    pub names: Vec<String>,
}

/// What a restore would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RestorePreview {
    /// The backup.
    pub backup: BackupView,
    /// Whether it proved sound; one that did not cannot be restored.
    pub sound: bool,
    /// What is there now, by the same kinds.
    pub now: BTreeMap<String, u32>,
}

/// A need that is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ForgetRequest {
    /// `own/need/UUID`.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
}

/// What was forgotten, and what still holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Forgotten {
    /// What screens read again.
    pub changes: Changes,
    /// Backups, and damaged files that were kept, in which it can still be found.
    pub held: Vec<BackupView>,
}
