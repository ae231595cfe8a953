//! What all kinds of record share: names, codes, links, lists, outcomes, and where it all comes from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Code, Date, Doubt, Inferred, Name, RecordRef, Source, Status, Text};

/// A typed link to another record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Link {
    /// Code of the taxonomy `relation`, such as `applied_by` (case → enterprise).
    pub rel: Code,
    /// Target: `kind/id` within the same feed, or `feed/kind/id`.
    pub to: String,
    /// Clause of a document, when the target is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// That a record stands on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Membership {
    /// The list: `list/<id>`.
    pub list: String,
    /// Number on the list, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<u32>,
    /// Tier, class or group on the list, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Review score, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// Key of the source that says so.
    pub source: String,
}

/// A result that a source reports. Figures stay exactly as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Outcome {
    /// What was measured; the whole sentence where the source does not separate it.
    pub metric: String,
    /// Figure, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Unit, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it is compared with, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// Keys of the sources that report it.
    pub sources: Vec<String>,
}

/// An amount of money: the text as printed and, where it is one clear figure, its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Money {
    /// As printed: `162万元`.
    pub text: String,
    /// The figure in yuan (CNY), where the text is one clear amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yuan: Option<f64>,
}

/// What all kinds of record share.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Head {
    /// Id within feed and kind.
    pub id: String,
    /// Name, exactly as printed.
    pub name: Name,
    /// What it is, in the catalog's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub industry: Vec<Code>,
    /// Industry or field in the words of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub field: Vec<String>,
    /// Process stages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stage: Vec<Code>,
    /// AI techniques.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub technique: Vec<Code>,
    /// Techniques in the words of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub technique_text: Vec<String>,
    /// Typical scenarios of 2025 (1–40).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub typical_scenario: Vec<Code>,
    /// Clauses of the AI+ action: `2`, `2.2`, `(十)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub action: Vec<Code>,
    /// Regions: GB/T 2260 codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub region: Vec<Code>,
    /// City, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Administrative level of the list or act: national, provincial …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Code>,
    /// Results that sources report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// Lists on which the record stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<Membership>,
    /// Links to other records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Web page of the thing itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Date of the newest fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Remarks that the reader should see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Text>,
    /// Where the facts come from; never empty in a published record.
    pub sources: Vec<Source>,
    /// Fields concluded, not printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inferred: Vec<Inferred>,
    /// Doubts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<RecordRef>,
}

impl Head {
    /// The strongest verification status among the sources.
    pub fn status(&self) -> Option<Status> {
        self.sources.iter().map(|source| source.status).min()
    }

    /// Whether a field was concluded rather than printed.
    pub fn is_inferred(&self, field: &str) -> bool {
        self.inferred.iter().any(|inferred| inferred.field == field)
    }
}
