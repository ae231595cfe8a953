//! What a policy, standard or support measure says: clauses, numeric targets, support.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Code, Date, Text};

/// A clause of a document. Records point to it as `document/<id>` with the clause key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Clause {
    /// Key within the document, such as `2.2` or `(十)`.
    pub key: String,
    /// Heading.
    pub title: Text,
    /// Key of the clause that this one is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What it says, in the catalog's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
}

/// A numeric target that a document sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Target {
    /// What is counted or measured.
    pub what: Text,
    /// The figure exactly as printed: `500`, `3–5`, `>70%`.
    pub value: String,
    /// Unit of the figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// Year by which it is to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// What the catalog holds beside it, as a filter query of the list screen (`kind:case action:…`);
    /// absent where nothing in the catalog corresponds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
}

/// Support that a document offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Support {
    /// Kind of support: `voucher`, `subsidy`, `compute`, `data`, `recognition` …
    pub kind: Code,
    /// Who may have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligible: Option<Text>,
    /// Where it applies; empty means nationwide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub region: Vec<Code>,
    /// Until when it may be asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Date>,
    /// What is given, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Text>,
}
