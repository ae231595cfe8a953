//! Submissions: what is handed to the publisher of a feed, and what came of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::RecordRef;

/// How far a record has come on its way into a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// It was never handed in.
    Draft,
    /// It was written into a submission; nobody answered yet.
    Exported,
    /// A publisher accepted it; the feed here does not have it yet.
    Accepted,
    /// A feed here has it: found by its origin.
    Published,
    /// A publisher rejected it, with a reason.
    Rejected,
}

/// A record of the user's own on its way into a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SubmissionRow {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its name; as it left, when it is no longer here.
    pub name: String,
    /// How far it has come.
    pub state: SubmissionState,
    /// When it was last handed in (ISO 8601); empty for a draft.
    pub made: String,
    /// It was changed since it was last handed in.
    pub changed: bool,
    /// It is no longer here.
    pub gone: bool,
    /// As what a feed publishes it, or will.
    pub published: Option<RecordRef>,
    /// Why it was rejected.
    pub reason: String,
}

/// All that was handed in, and what could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Submissions {
    /// Fingerprint of the user's key: SHA-256 of its public half, hexadecimal; none before the first submission.
    pub fingerprint: Option<String>,
    /// What was handed in, newest first, then drafts, the last changed first.
    pub rows: Vec<SubmissionRow>,
    /// Drafts that are here; `rows` holds the first of them only.
    pub drafts: u32,
}

/// What is to be handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewSubmissionRequest {
    /// Records of the user's own.
    pub refs: Vec<RecordRef>,
    /// Leave the enterprise's name, phone numbers and mailboxes out of needs. Of a need that is not to be named they are
    /// left out in any case.
    pub masked: bool,
    /// Hand the contact of organisations in as well.
    pub contact: bool,
}

/// What leaves of a record, exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LeavingRecord {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its name as it leaves.
    pub name: String,
    /// Every field that leaves.
    #[ts(type = "{ [key in string]: unknown }")]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// Fields that stay here, wholly or in part.
    pub left_out: Vec<String>,
}

/// A submission to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportSubmissionRequest {
    /// What is handed in.
    pub what: PreviewSubmissionRequest,
    /// The file to write.
    pub path: String,
}

/// A submission that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportedSubmission {
    /// Its id: SHA-256 of its manifest, hexadecimal.
    pub id: String,
    /// The file.
    pub path: String,
    /// Records in it.
    pub records: u32,
    /// Fingerprint of the key that signed it, for the publisher to compare.
    pub fingerprint: String,
}

/// A receipt to take in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportReceiptRequest {
    /// The file.
    pub path: String,
}

/// What a publisher answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptView {
    /// The feed.
    pub feed: String,
    /// When, as the publisher says (ISO 8601).
    pub made: String,
    /// Records accepted.
    pub accepted: u32,
    /// Records rejected, with the reasons in the list of submissions.
    pub rejected: u32,
}
