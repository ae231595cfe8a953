//! Records as people edit them: files in, drafts with their place out.
//!
//! A draft is a JSON object that nothing has checked yet; every word about it names the file and the row or line.

pub(crate) mod columns;
pub(crate) mod edits;
pub(crate) mod read;
pub(crate) mod row;
pub(crate) mod template;

use serde::Serialize;
use serde_json::{Map, Value};

/// Where a draft stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Place {
    /// File, from the folder of records; with the sheet, where there are several.
    pub file: String,
    /// Row or line, from 1; none for a file as a whole.
    pub row: Option<u32>,
}

/// A record that nothing has checked yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    /// Where it stands.
    pub place: Place,
    /// Its fields.
    pub fields: Map<String, Value>,
}

impl Draft {
    /// Kind and id, as far as they are there: `case/c-1`.
    pub(crate) fn reference(&self) -> String {
        let text = |field: &str| {
            self.fields
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or("?")
        };
        format!("{}/{}", text("kind"), text("id"))
    }
}
