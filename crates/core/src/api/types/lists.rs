//! What the user keeps and remembers: lists, tags, notes, saved searches, what was seen, what is compared, drafts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::markdown::Block;
use super::search::{Row, SearchRequest};
use crate::model::{NeedForm, RecordRef};

/// A record in a list, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StoredMember {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its place in the list, from 0.
    pub place: u32,
    /// When it was added (ISO 8601).
    pub added: String,
    /// The copy of the record kept with it.
    pub copy: String,
}

/// A list with its members, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StoredList {
    /// UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What the user noted about it, in Markdown.
    pub note: String,
    /// Its place among the lists, from 0.
    pub place: u32,
    /// When it was made (ISO 8601).
    pub created: String,
    /// Its members, in order.
    pub members: Vec<StoredMember>,
}

/// What the user said about a record, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    /// Tags, in order.
    pub tags: Vec<String>,
    /// The note, in Markdown.
    pub note: String,
    /// When either last changed (ISO 8601).
    pub changed: String,
    /// The copy of the record kept with it.
    pub copy: String,
}

/// A saved search, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StoredSearch {
    /// UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What to search for.
    pub request: SearchRequest,
    /// Its place among the searches, from 0.
    pub place: u32,
    /// The newest sync whose results were seen, as the catalog names it; empty for none.
    pub seen: String,
    /// When it was saved (ISO 8601).
    pub created: String,
}

/// A need that is being written: it outlives the screen and the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NeedDraft {
    /// The form.
    pub form: NeedForm,
    /// The text from which it is read.
    pub text: String,
}

/// A draft and the need that it is of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct KeptDraft {
    /// The need; empty for one that does not exist yet.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What was typed.
    pub draft: NeedDraft,
}

/// A list among the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListRow {
    /// UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Records in it.
    pub members: u32,
    /// When it was made (ISO 8601).
    pub created: String,
}

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListRequest {
    /// UUID.
    pub id: String,
}

/// A record that the user kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct KeptRecord {
    /// The record; from the kept copy when it is gone from the catalog.
    pub row: Row,
    /// No longer in the catalog.
    pub gone: bool,
    /// When it was added, or the note on it last changed (ISO 8601).
    pub added: String,
}

/// A list with its members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ListView {
    /// The list.
    pub list: ListRow,
    /// What the user noted about it, in Markdown.
    pub note: String,
    /// The note, read.
    pub blocks: Vec<Block>,
    /// Its members, in order.
    pub members: Vec<KeptRecord>,
}

/// A tag and how many records have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TagRow {
    /// The tag.
    pub tag: String,
    /// Records.
    pub records: u32,
}

/// Which records the user said something about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct TaggedRequest {
    /// Records with this tag; those with a note when empty.
    pub tag: String,
}

/// What the user said about a record, and where it was kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct AnnotationView {
    /// Tags, in order.
    pub tags: Vec<String>,
    /// The note, in Markdown.
    pub note: String,
    /// The note, read.
    pub blocks: Vec<Block>,
    /// When either last changed (ISO 8601); empty when nothing was said.
    pub changed: String,
    /// Lists on which the record stands, by UUID.
    pub lists: Vec<String>,
}

/// A note that is being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadNoteRequest {
    /// Markdown.
    pub text: String,
}

/// A saved search and what is new in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchRow {
    /// UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What to search for.
    pub request: SearchRequest,
    /// Records that match it.
    pub total: u32,
    /// Of these, records that were added or changed since it was last looked at.
    pub fresh: u32,
    /// There may be more of these: a sync changed more records than are listed one by one.
    pub more: bool,
}

/// Which saved search was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SeenSearchRequest {
    /// UUID.
    pub id: String,
}
