//! What belongs to the user: settings, edits, favourites.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Row;
use crate::model::RecordRef;

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
}

/// Which kinds of user data an edit changed; screens re-read what they show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changes {
    /// Settings.
    pub settings: bool,
    /// Favourites.
    pub favourites: bool,
    /// Steps that can be undone.
    pub undo: u32,
    /// Steps that can be redone.
    pub redo: u32,
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
