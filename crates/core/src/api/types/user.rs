//! What belongs to the user: settings, edits, favourites.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Row;
use super::lists::{Annotation, NeedDraft, StoredList, StoredMember, StoredSearch};
use super::matching::Weighing;
use super::own::Overlay;
use super::portfolio::PortfolioPlan;
use super::search::SearchRequest;
use super::tables::TableMapping;
use crate::model::{Date, NeedForm, NeedStatus, RecordRef};

/// Settings that the user may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// `zh-CN` or `en`; empty follows the system.
    pub language: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Zoom in percent, 80–200.
    pub zoom: u32,
    /// Last address of the window, restored at start.
    pub address: String,
    /// Rows as `table` or `cards`.
    pub view: String,
    /// Feeds are checked for a newer generation once a day.
    pub auto_check: bool,
    /// When the newest sync that the user has looked at was applied (ISO 8601); `-` while there was none, empty
    /// before the window first opened.
    pub news_seen: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: String::new(),
            theme: "system".to_owned(),
            zoom: 100,
            address: String::new(),
            view: "table".to_owned(),
            auto_check: true,
            news_seen: String::new(),
        }
    }
}

/// A change of the user's own data. Applying one returns its inverse, which undoes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Changes one setting; the value is checked against what the setting allows.
    SetSetting {
        /// Field of [`Settings`].
        key: String,
        /// New value as JSON.
        #[ts(type = "unknown")]
        value: serde_json::Value,
    },
    /// Adds a favourite, with a whole copy of the record as it is now.
    AddFavourite {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
    },
    /// Removes favourites.
    RemoveFavourites {
        /// The records.
        refs: Vec<RecordRef>,
    },
    /// Puts removed favourites back as they were (the inverse of a removal).
    RestoreFavourites {
        /// The favourites.
        favourites: Vec<StoredFavourite>,
    },
    /// Writes down a need of the user's own, or changes its form.
    SaveNeed {
        /// `own/need/UUID`; the UUID is made by whoever creates the need.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// The form. Its status is not taken from here: see `set_need_status`.
        form: Box<NeedForm>,
        /// The text from which it was read.
        text: String,
    },
    /// Says how far the work on a need has come.
    SetNeedStatus {
        /// The need.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// The status.
        status: NeedStatus,
        /// Why it is given up: asked for with `dropped`, empty otherwise.
        reason: String,
    },
    /// Sets the note and the next date of a need.
    NoteNeed {
        /// The need.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// The note.
        note: String,
        /// The next date.
        next: Option<Date>,
    },
    /// Sets the weights with which a need is matched.
    WeighNeed {
        /// The need.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// The weights.
        weighing: Weighing,
    },
    /// Puts a record on the shortlist of a need, with a whole copy of it, or changes the note on it.
    Shortlist {
        /// The need.
        need: RecordRef,
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// What the user notes about it.
        note: String,
    },
    /// Takes a record off the shortlist of a need.
    Unlist {
        /// The need.
        need: RecordRef,
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
    },
    /// Removes a need with all the work on it.
    RemoveNeed {
        /// The need.
        #[serde(rename = "ref")]
        reference: RecordRef,
    },
    /// Puts needs back as they were (the inverse of every edit of needs).
    RestoreNeeds {
        /// Each need with its whole document, as stored; without a document, the need did not exist.
        needs: Vec<(RecordRef, Option<String>)>,
    },
    /// Puts own records in the place of what is there, all of them or none.
    SaveRecords {
        /// Each record (`own/KIND/UUID`, any kind but needs) with its JSON; without one it goes to the trash.
        records: Vec<(RecordRef, Option<String>)>,
    },
    /// Moves own records and needs to the trash, where they stay for 30 days.
    MoveToTrash {
        /// What is removed.
        refs: Vec<RecordRef>,
    },
    /// Puts what is in the trash back where it was.
    RestoreTrash {
        /// What is put back.
        refs: Vec<RecordRef>,
    },
    /// Removes what is in the trash for good; nothing takes that back.
    ClearTrash {
        /// What is removed; nothing for all of it.
        refs: Option<Vec<RecordRef>>,
    },
    /// Keeps what is being written in a form, so that it outlives the window. Undo does not know of it.
    SaveDraft {
        /// The record, which need not be there yet.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// The form as it stands; nothing when it was given up.
        #[ts(type = "{ [key in string]: unknown } | null")]
        document: Option<serde_json::Value>,
    },
    /// Sets the corrections of a catalog record; the record stays as its feed has it.
    SaveOverlay {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// All corrections; nothing removes them.
        overlay: Option<Overlay>,
    },
    /// Keeps how a table with certain columns becomes records.
    SaveMapping {
        /// SHA-256 of the kind and the headers.
        fingerprint: String,
        /// The mapping; nothing removes it.
        mapping: Option<Box<TableMapping>>,
    },
    /// Sets what staff decided about the portfolio.
    SavePortfolio {
        /// All of it.
        plan: Box<PortfolioPlan>,
    },
    /// Makes a list, or changes its name and note.
    SaveList {
        /// The list: a UUID, made by whoever creates it.
        list: String,
        /// Its name.
        name: String,
        /// What the user notes about it, in Markdown.
        note: String,
    },
    /// Gives a list another place among the others.
    MoveList {
        /// The list.
        list: String,
        /// Its place, from 0.
        to: u32,
    },
    /// Removes a list; its records stay where they are.
    RemoveList {
        /// The list.
        list: String,
    },
    /// Puts a removed list back as it was (the inverse of a removal).
    RestoreList {
        /// All of it.
        list: Box<StoredList>,
    },
    /// Adds records to the end of a list, with whole copies of them as they are now.
    AddMembers {
        /// The list.
        list: String,
        /// The records; those that are there already stay where they are.
        refs: Vec<RecordRef>,
    },
    /// Takes records off a list.
    RemoveMembers {
        /// The list.
        list: String,
        /// The records.
        refs: Vec<RecordRef>,
    },
    /// Puts records back on a list as they were (the inverse of taking them off).
    RestoreMembers {
        /// The list.
        list: String,
        /// The records, by place.
        members: Vec<StoredMember>,
    },
    /// Gives a record another place in a list.
    MoveMember {
        /// The list.
        list: String,
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// Its place, from 0.
        to: u32,
    },
    /// Puts tags on records and takes others off.
    SetTags {
        /// The records.
        refs: Vec<RecordRef>,
        /// Tags to put on.
        add: Vec<String>,
        /// Tags to take off.
        remove: Vec<String>,
    },
    /// Gives a tag another name on every record, or takes it off all of them.
    RenameTag {
        /// The tag.
        from: String,
        /// Its new name; empty takes it off.
        to: String,
    },
    /// Sets the note on a record.
    SetNote {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// The note, in Markdown; empty for none.
        note: String,
    },
    /// Puts back what was said about records (the inverse of every edit of tags and notes).
    RestoreAnnotations {
        /// Each record with what was said about it; nothing when nothing was.
        annotations: Vec<(RecordRef, Option<Annotation>)>,
    },
    /// Saves a search, or changes it.
    SaveSearch {
        /// The search: a UUID, made by whoever creates it.
        search: String,
        /// Its name.
        name: String,
        /// What to search for; page and facets play no part.
        request: Box<SearchRequest>,
        /// The newest sync, as the catalog names it: what came before is not new. Filled in where it is empty.
        seen: String,
    },
    /// Removes a saved search.
    RemoveSearch {
        /// The search.
        search: String,
    },
    /// Puts a saved search back as it was (the inverse of a removal).
    RestoreSearch {
        /// All of it.
        search: Box<StoredSearch>,
    },
    /// Keeps up to when the results of a saved search were seen; nothing that undo takes back.
    SeeSearch {
        /// The search.
        search: String,
        /// The newest sync, as the catalog names it.
        seen: String,
    },
    /// Sets the records that are compared, at most four.
    SetTray {
        /// The records, in order.
        refs: Vec<RecordRef>,
    },
    /// Keeps that a record was looked at; nothing that undo takes back.
    See {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
    },
    /// Sets the records that were looked at, newest first; without any, they are forgotten.
    SetRecent {
        /// The records.
        refs: Vec<RecordRef>,
    },
    /// Keeps what is typed into a need, or forgets it; nothing that undo takes back.
    KeepDraft {
        /// The need; empty for one that does not exist yet.
        #[serde(rename = "ref")]
        reference: String,
        /// What is typed; nothing forgets the draft.
        draft: Option<Box<NeedDraft>>,
    },
}

/// Which kinds of user data an edit changed; screens re-read what they show.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a kind of data, independent of the others"
)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changes {
    /// Settings.
    pub settings: bool,
    /// Favourites.
    pub favourites: bool,
    /// Needs, and the work on them.
    pub needs: bool,
    /// What staff decided about the portfolio.
    pub portfolio: bool,
    /// Own records, and what is being written of them.
    pub own: bool,
    /// The trash.
    pub trash: bool,
    /// Corrections of catalog records.
    pub overlays: bool,
    /// Mappings of tables.
    pub mappings: bool,
    /// Lists.
    pub lists: bool,
    /// Tags and notes.
    pub annotations: bool,
    /// Saved searches.
    pub searches: bool,
    /// Records that are compared.
    pub tray: bool,
    /// Records that were looked at.
    pub recent: bool,
    /// Steps that can be undone.
    pub undo: u32,
    /// Steps that can be redone.
    pub redo: u32,
}

impl Changes {
    /// Nothing changed.
    pub const NONE: Self = Self {
        settings: false,
        favourites: false,
        needs: false,
        portfolio: false,
        own: false,
        trash: false,
        overlays: false,
        mappings: false,
        lists: false,
        annotations: false,
        searches: false,
        tray: false,
        recent: false,
        undo: 0,
        redo: 0,
    };
    /// Everything may have: the whole file is another one.
    pub const ALL: Self = Self {
        settings: true,
        favourites: true,
        needs: true,
        portfolio: true,
        own: true,
        trash: true,
        overlays: true,
        mappings: true,
        lists: true,
        annotations: true,
        searches: true,
        tray: true,
        recent: true,
        undo: 0,
        redo: 0,
    };
}

/// The last edit that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LastEdit {
    /// When it was made (ISO 8601).
    pub made: String,
    /// Which kinds of data it changed; its steps play no part.
    pub changes: Changes,
    /// How many records it was about.
    pub records: u32,
}

/// A favourite, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StoredFavourite {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// When it was added (ISO 8601).
    pub added: String,
    /// The copy of the record kept with it.
    pub copy: String,
}

/// A favourite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Favourite {
    /// When it was added (ISO 8601).
    pub added: String,
    /// The record; from the kept copy when it is gone from the catalog.
    pub row: Row,
    /// No longer in the catalog.
    pub gone: bool,
}
