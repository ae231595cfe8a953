//! What belongs to the user: settings, edits, favourites.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Row;
use super::own::Overlay;
use super::portfolio::PortfolioPlan;
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
    /// Removes a favourite.
    RemoveFavourite {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
    },
    /// Puts a removed favourite back as it was (the inverse of a removal).
    RestoreFavourite {
        /// The record.
        #[serde(rename = "ref")]
        reference: RecordRef,
        /// When it was added (ISO 8601).
        added: String,
        /// The copy of the record kept with it.
        copy: String,
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
        undo: 0,
        redo: 0,
    };
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
