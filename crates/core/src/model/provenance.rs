//! Where each fact comes from, how far it was verified, and what was concluded rather than printed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Date, Text};

/// How far a source was verified. Ordered from the strongest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read in full in the official text.
    Confirmed,
    /// Read in full in a copy that somebody else published.
    ThirdParty,
    /// Only an excerpt was read.
    Excerpt,
    /// Taken from a list that a community keeps.
    Community,
}

impl Status {
    /// The code of the status, as in filters and facets.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::ThirdParty => "third_party",
            Self::Excerpt => "excerpt",
            Self::Community => "community",
        }
    }
}

/// One source of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Source {
    /// Key within the record, by which facts point to their source: `s1`, `s2` …
    pub key: String,
    /// Address or description of what was read, as noted by the person who read it.
    pub cited: String,
    /// Title of the list or document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Address of the official publication, where known; it was not necessarily read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
    /// Who issued the list or document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Date of the facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Date on which the source was last checked.
    pub checked: Date,
    /// How far it was verified.
    pub status: Status,
    /// Licence and attribution that the source asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Remark on the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Fields of the record that this source states; empty means all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// A field whose value was concluded, not printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Inferred {
    /// Field of the record, such as `industry`.
    pub field: String,
    /// Who concluded it: a rule of the catalog's rule table (`rule:…`), or `source` when whoever
    /// gathered the source did.
    pub by: String,
}

/// A doubt about a field, or about the whole record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Doubt {
    /// Field in doubt; absent when the doubt is about the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is in doubt.
    pub text: Text,
}
