//! One record with what surrounds it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Overlay, Row};
use crate::model::{Code, Kind, Record, RecordRef, Text};

/// Which record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordRequest {
    /// Reference `feed/kind/id`.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
}

/// A record with what surrounds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordView {
    /// Reference.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// The record.
    pub record: Record,
    /// Links in both directions, forward ones first.
    pub links: Vec<LinkView>,
    /// Lists on which it stands: `list/<id>` → name.
    pub lists: BTreeMap<String, Text>,
    /// Similar records of the same kind, best first.
    pub similar: Vec<Row>,
    /// Industry groups derived from the industries.
    pub industry_group: Vec<Code>,
    /// Whether it is among the favourites.
    pub favourite: bool,
    /// The record is no longer in the catalog: what is shown is the copy kept with the favourite.
    pub gone: bool,
    /// What the user corrects in it.
    pub overlay: Option<Overlay>,
    /// Fields that the catalog has changed since they were corrected.
    pub moved_on: Vec<String>,
}

/// A link as seen from one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkView {
    /// Relation code.
    pub rel: Code,
    /// From this record to the other; otherwise the other points here.
    pub forward: bool,
    /// The other record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Kind of the other record.
    pub kind: Kind,
    /// Its name.
    pub name: Text,
    /// Clause, when the other record is a document.
    pub clause: Option<String>,
}
