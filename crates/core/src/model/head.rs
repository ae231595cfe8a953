//! What all kinds of record share: names, codes, links, lists, outcomes, and where it all comes from.

use serde::de::{Error, MapAccess};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::reading::fill;
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

/// The fields that all kinds share: the struct, and how its fields are read among those of a record.
macro_rules! head {
    ($( $(#[$meta:meta])* $field:ident: $ty:ty, )*) => {
        /// What all kinds of record share.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
        pub struct Head {
            $( $(#[$meta])* pub $field: $ty, )*
        }

        /// The fields that were read.
        #[derive(Default)]
        pub(super) struct Parts {
            $( $field: Option<$ty>, )*
        }

        impl Parts {
            /// Reads the value of a field, if it is one of these.
            pub(super) fn take<'de, A: MapAccess<'de>>(
                &mut self,
                name: &str,
                map: &mut A,
            ) -> Result<bool, A::Error> {
                match name {
                    $( stringify!($field) => fill(&mut self.$field, stringify!($field), map)?, )*
                    _ => return Ok(false),
                }
                Ok(true)
            }

            /// All of them, once everything is read.
            pub(super) fn whole<E: Error>(self) -> Result<Head, E> {
                for (there, name) in [
                    (self.id.is_some(), "id"),
                    (self.name.is_some(), "name"),
                    (self.sources.is_some(), "sources"),
                ] {
                    if !there {
                        return Err(E::missing_field(name));
                    }
                }
                Ok(Head {
                    $( $field: self.$field.unwrap_or_default(), )*
                })
            }
        }
    };
}

head! {
    /// Id within feed and kind.
    id: String,
    /// Name, exactly as printed.
    name: Name,
    /// What it is, in the catalog's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    summary: Option<Text>,
    /// Industries: codes of GB/T 4754 (`C38`, `Q`) or of the taxonomy `industry_group`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    industry: Vec<Code>,
    /// Industry or field in the words of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    field: Vec<String>,
    /// Process stages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stage: Vec<Code>,
    /// AI techniques.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    technique: Vec<Code>,
    /// Techniques in the words of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    technique_text: Vec<String>,
    /// Typical scenarios of 2025 (1–40).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    typical_scenario: Vec<Code>,
    /// Clauses of the AI+ action: `2`, `2.2`, `(十)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    action: Vec<Code>,
    /// Regions: GB/T 2260 codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    region: Vec<Code>,
    /// City, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    /// Administrative level of the list or act: national, provincial …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<Code>,
    /// Results that sources report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<Outcome>,
    /// Lists on which the record stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lists: Vec<Membership>,
    /// Links to other records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    /// Web page of the thing itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    website: Option<String>,
    /// Date of the newest fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Date>,
    /// Remarks that the reader should see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Text>,
    /// Where the facts come from; never empty in a published record.
    sources: Vec<Source>,
    /// Fields concluded, not printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    inferred: Vec<Inferred>,
    /// Doubts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    doubts: Vec<Doubt>,
    /// Other records, in this or another feed, that describe the same thing: `feed/kind/id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<RecordRef>,
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
