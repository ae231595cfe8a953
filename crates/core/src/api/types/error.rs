//! Why a command failed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a command failed. A code exists only where a screen or the terminal acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request does not fit the command; facts say where.
    BadRequest,
    /// No such record.
    NotFound,
    /// The catalog is not there yet (first run not finished).
    CatalogMissing,
    /// Another process holds the data folder.
    FolderInUse,
    /// The data folder cannot be written.
    FolderReadOnly,
    /// The data folder was moved, and the folder that took its place is not there.
    FolderMissing,
    /// The disk is full.
    DiskFull,
    /// A file was written by a newer version.
    TooNew,
    /// A file is damaged and could not be repaired.
    Damaged,
    /// The file that was to be written is there already.
    FileExists,
    /// A file that the user named cannot be written: its folder is not there, or does not let it in.
    FileUnwritable,
    /// No font for a document: none has Chinese, or the one chosen cannot be used.
    NoFont,
    /// No font has a character that a document needs.
    MissingGlyph,
    /// The user cancelled.
    Cancelled,
    /// A fault of the product.
    Internal,
}

/// An error as it crosses the boundary: a code and facts, no prose. `trace` is for logs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApiError {
    /// What kind of failure.
    pub code: ErrorCode,
    /// Facts for the text: `path`, `field`, `limit` …
    pub facts: BTreeMap<String, String>,
    /// Cause chain for logs and "copy details".
    pub trace: String,
}
