//! References as they are typed: whole, or an id alone where only one record has it.

use atlas_core::api::App;
use atlas_core::api::types::{ApiError, ErrorCode, FeedView, RecordView};
use atlas_core::model::reference::{OWN, is_kind, is_record_id};
use atlas_core::model::{Kind, RecordRef};
use serde_json::json;

use crate::args::Language;
use crate::output::Failure;
use crate::texts::records as says;

/// A reference as it was typed.
pub enum Typed {
    /// Whole.
    Whole(RecordRef),
    /// An id, and the kind where it was typed too.
    Part(Option<String>, String),
}

/// Reads a reference. This needs no data folder.
pub fn typed(text: &str, language: Language) -> Result<Typed, Failure> {
    if let Ok(reference) = text.parse() {
        return Ok(Typed::Whole(reference));
    }
    let (kind, id) = match text.split_once('/') {
        Some((kind, id)) => (Some(kind), id),
        None => (None, text),
    };
    if is_record_id(id) && kind.is_none_or(is_kind) {
        return Ok(Typed::Part(kind.map(str::to_owned), id.to_owned()));
    }
    Err(Failure::Usage(says::no_reference(language, text)))
}

impl Typed {
    /// The record that is meant.
    pub fn find(self, app: &App, language: Language) -> Result<RecordRef, Failure> {
        let (kind, id) = match self {
            Self::Whole(reference) => return Ok(reference),
            Self::Part(kind, id) => (kind, id),
        };
        let feeds: Vec<FeedView> = super::query(app, "list_feeds", json!({}))?;
        let kinds: Vec<&str> = match &kind {
            Some(kind) => vec![kind],
            None => Kind::ALL.iter().map(|kind| kind.as_str()).collect(),
        };
        let mut found = Vec::new();
        for feed in feeds.iter().map(|feed| feed.feed.as_str()).chain([OWN]) {
            for kind in &kinds {
                if let Ok(reference) = RecordRef::new(feed, kind, &id)
                    && is_there(app, &reference)?
                {
                    found.push(reference);
                }
            }
        }
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] => {
                let typed = kind.map_or_else(|| id.clone(), |kind| format!("{kind}/{id}"));
                Err(ApiError::new(ErrorCode::NotFound).with("ref", typed).into())
            }
            several => Err(Failure::Usage(says::several(language, &id, several))),
        }
    }
}

fn is_there(app: &App, reference: &RecordRef) -> Result<bool, Failure> {
    match super::query::<RecordView>(app, "get_record", json!({ "ref": reference })) {
        Ok(_) => Ok(true),
        Err(Failure::Api(error)) if error.code == ErrorCode::NotFound => Ok(false),
        Err(failure) => Err(failure),
    }
}
