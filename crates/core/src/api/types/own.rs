//! Own records: what is being written, what was removed, corrections of catalog records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Field, RecordView, Row};
use crate::model::{Kind, RecordRef};

/// In which order own records are listed; references break ties.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OwnSort {
    /// Last changed first.
    #[default]
    Changed,
    /// By name.
    Name,
}

/// Which own records are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnRequest {
    /// Their kind.
    pub kind: Kind,
    /// Their order.
    pub sort: OwnSort,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, 200 at most.
    pub limit: u32,
}

/// An own record in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OwnRow {
    /// The record.
    pub row: Row,
    /// When it was last changed (ISO 8601).
    pub changed: String,
    /// How good it is as a listing, 0–20.
    pub quality: u32,
}

/// A page of own records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OwnPage {
    /// The rows.
    pub rows: Vec<OwnRow>,
    /// How many there are of each kind, needs included.
    pub counts: BTreeMap<String, u32>,
}

/// An own record to be written in a form.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OwnForm {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// As it is saved; blank for a new one.
    #[ts(type = "{ [key in string]: unknown }")]
    pub document: serde_json::Value,
    /// As it was last typed, where that was not saved.
    #[ts(type = "{ [key in string]: unknown } | null")]
    pub draft: Option<serde_json::Value>,
    /// It is saved; otherwise it is new.
    pub saved: bool,
    /// The fields of the form.
    pub fields: Vec<Field>,
    /// Names of the records that it links to.
    pub names: BTreeMap<String, crate::model::Text>,
}

/// What is typed in a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftRequest {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// The form as it stands.
    #[ts(type = "{ [key in string]: unknown }")]
    pub document: serde_json::Value,
}

/// What is to be said about what is typed in a form.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DraftCheck {
    /// What would be written.
    #[ts(type = "{ [key in string]: unknown }")]
    pub document: serde_json::Value,
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
    /// Amounts of money that were read, in yuan, by field.
    pub amounts: BTreeMap<String, f64>,
    /// How good it is; nothing while something stops it.
    pub quality: Option<Quality>,
    /// The record as others would see it; nothing while something stops it.
    pub preview: Option<RecordView>,
    /// Names of what others would not see, as a submission of it leaves it out.
    pub left_out: Vec<String>,
    /// Records that look like the same: of the same credit code or name.
    pub twins: Vec<Row>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// It has to be there.
    Required,
    /// Longer than `most` characters.
    TooLong,
    /// More than `most`.
    TooMany,
    /// No text, or no list of texts.
    NotText,
    /// No year, month or day of the calendar.
    BadDate,
    /// No year.
    BadYear,
    /// No code of the taxonomy.
    UnknownCode,
    /// A credit code of another `length` than 18.
    CreditCodeLength,
    /// A `character` at a `place` that no credit code has.
    CreditCodeCharacter,
    /// The last character of a credit code should be `wanted`.
    CreditCodeCheck,
    /// No web address.
    BadAddress,
    /// No mailbox.
    BadMail,
    /// No phone.
    BadPhone,
    /// It looks like an amount and is none. Stops nothing.
    UnclearAmount,
    /// No reference.
    BadLink,
    /// There is no such record now. Stops nothing.
    DeadLink,
    /// Something that no form wrote.
    Unreadable,
}

/// Something that is wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fault {
    /// Path of the field, such as `outcomes.0.metric`; for links the relation, `link:provided_by`.
    pub field: String,
    /// What is wrong.
    pub code: FaultCode,
    /// What the text about it names.
    pub facts: BTreeMap<String, String>,
    /// It cannot be saved so.
    pub stops: bool,
}

/// How good a listing is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QualityGrade {
    /// 17–20.
    Excellent,
    /// 15–16.
    Good,
    /// 10–14.
    Sufficient,
    /// 5–9, or a criterion of 0.
    OnHold,
    /// Below 5.
    Rejected,
}

/// How good a listing is: four criteria of 0–5 each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Quality {
    /// Sum of the criteria, 0–20.
    pub total: u32,
    /// What that means.
    pub grade: QualityGrade,
    /// `advantages`, `clarity`, `cooperation`, `language`.
    pub criteria: Vec<QualityCriterion>,
}

/// One criterion: a point for each thing that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QualityCriterion {
    /// Id.
    pub id: String,
    /// Points, 0–5.
    pub score: u32,
    /// All five things.
    pub points: Vec<QualityPoint>,
}

/// One thing that makes a listing better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QualityPoint {
    /// Id.
    pub id: String,
    /// It is there.
    pub there: bool,
}

/// Which part of the trash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TrashRequest {
    /// Entries to skip.
    pub offset: u32,
    /// Entries wanted, 200 at most.
    pub limit: u32,
}

/// A page of the trash, last removed first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrashPage {
    /// The entries.
    pub entries: Vec<TrashEntry>,
    /// How many there are.
    pub total: u32,
}

/// A catalog record that the user corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Corrected {
    /// The record; nothing when it is gone from the catalog.
    pub row: Option<Row>,
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// What was corrected.
    pub overlay: Overlay,
}

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrashEntry {
    /// What it was.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its name.
    pub name: String,
    /// When it was written down (ISO 8601).
    pub created: String,
    /// When it was removed (ISO 8601); it is kept for 30 days.
    pub removed: String,
}

/// What is being written in a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// The record, which need not be there yet.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// When it was last typed (ISO 8601).
    pub changed: String,
    /// The form as it stands.
    #[ts(type = "{ [key in string]: unknown }")]
    pub document: serde_json::Value,
}

/// What the user corrects in a catalog record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// The corrections, each of another field.
    pub corrections: Vec<Correction>,
    /// A remark on the record.
    pub note: String,
}

/// A correction of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The field of the record, such as `website`.
    pub field: String,
    /// What the catalog had when it was corrected; nothing where it had none.
    #[ts(type = "unknown")]
    pub original: serde_json::Value,
    /// What is right.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
}
