//! One record with what surrounds it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{FieldChange, Overlay, Row, Twin};
use crate::model::{Code, Date, Kind, PrivateField, Record, RecordRef, Text};

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
    /// Other records of the same thing.
    pub twins: Vec<Twin>,
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
    /// What its publisher confirmed and corrected, newest first.
    pub history: Vec<Revision>,
    /// How the organisation can be reached, published with its consent.
    pub contact: Option<ContactView>,
}

/// A confirmation, or a correction of some fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Revision {
    /// The day.
    pub date: Option<Date>,
    /// Who did it; empty where that is not said.
    pub by: String,
    /// Key of the source by which it was done; empty where that is not said.
    pub source: String,
    /// What was corrected; nothing in a confirmation.
    pub changes: Vec<FieldChange>,
}

/// How an organisation can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContactView {
    /// Its parts: persons, phones, mailboxes, others.
    pub parts: Vec<ContactPart>,
    /// The day of the consent; own records need none.
    pub consent: Option<Date>,
    /// Key of the source that holds the consent; empty where there is none.
    pub source: String,
}

/// A part of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContactPart {
    /// Its field within the contact: `phone`.
    pub field: String,
    /// The private field that it is.
    pub private: Option<PrivateField>,
    /// As published.
    pub text: String,
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
    /// Who concluded it, where the record that has the link marks it as inferred.
    pub inferred: Option<String>,
}
