//! Exporting: what, in which format, and what was written. The path is the host's to ask for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MatchRequest, OfferRequest, PortfolioPlan, SearchRequest};
use crate::exchange::export::Format;
use crate::exchange::export::texts::Language;
use crate::model::{PrivateField, RecordRef};

/// What is exported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum ExportWhat {
    /// Everything that a search finds; its page plays no part.
    Search {
        /// The search.
        request: SearchRequest,
    },
    /// Records that were chosen: a selection, a list, one record.
    Records {
        /// The records, in their order; at most 100,000.
        refs: Vec<RecordRef>,
        /// Name of the list; empty when it has none.
        #[serde(default)]
        name: String,
    },
    /// Two to four records side by side.
    Comparison {
        /// The records.
        refs: Vec<RecordRef>,
    },
    /// What fits a need, with reasons.
    Match {
        /// The match.
        request: Box<MatchRequest>,
        /// The need of the user's own or of the catalog, where it is one; its shortlist is exported too.
        #[serde(rename = "ref", default)]
        reference: Option<RecordRef>,
    },
    /// The needs that an offer serves.
    Offer {
        /// The match.
        request: OfferRequest,
    },
    /// Where an enterprise can start.
    Roadmap {
        /// The need.
        request: Box<MatchRequest>,
        /// The need of the user's own or of the catalog, where it is one.
        #[serde(rename = "ref", default)]
        reference: Option<RecordRef>,
    },
    /// A portfolio, solved.
    Portfolio {
        /// What staff decided.
        plan: PortfolioPlan,
    },
    /// Needs of the user's own with the work on them: the board.
    Needs {
        /// The needs; all when empty.
        refs: Vec<RecordRef>,
    },
}

/// An export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportRequest {
    /// What.
    pub what: ExportWhat,
    /// In which format.
    pub format: Format,
    /// Language of the file.
    pub language: Language,
    /// Private fields to leave out.
    #[serde(default)]
    pub without: Vec<PrivateField>,
    /// Phones in full; masked otherwise.
    #[serde(default)]
    pub phones: bool,
    /// CSV without the byte order mark that Excel needs.
    #[serde(default)]
    pub plain: bool,
}

/// What an export would contain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportPreview {
    /// Rows of its main table.
    pub rows: u32,
    /// Private fields that it would contain if none were left out.
    pub private: Vec<PrivateField>,
    /// A name for the file.
    pub file: String,
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportProgress {
    /// Steps done.
    pub done: u32,
    /// Steps in all; zero while unknown.
    pub total: u32,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Exported {
    /// The file.
    pub path: String,
    /// Rows of its main table.
    pub rows: u32,
    /// Its size in bytes.
    pub bytes: f64,
    /// Texts cut because a cell takes no more.
    pub cut: u32,
    /// Private fields that it contains.
    pub private: Vec<PrivateField>,
}
