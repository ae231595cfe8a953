//! What the user says that values mean: codes, or another text that is read in their place.

use std::collections::HashMap;

use super::{Reader, Reading};
use crate::api::types::{ValueRule, ValueState};
use crate::exchange::read::Cell;
use crate::model::Code;

/// What the user says of values, by how they stand in the file.
pub(super) type Rules = HashMap<String, Meaning>;

/// What a value means.
pub(super) enum Meaning {
    /// These codes; none leaves the value as text.
    Codes(Vec<Code>),
    /// What is read in its place.
    Text(String),
}

impl From<&ValueRule> for Meaning {
    fn from(rule: &ValueRule) -> Self {
        match &rule.text {
            Some(text) => Self::Text(text.trim().to_owned()),
            None => Self::Codes(rule.codes.clone()),
        }
    }
}

impl Reader {
    /// Reads what the user puts in the place of a value, as if it stood in the file.
    pub(super) fn replaced(&self, text: &str) -> Reading {
        if text.is_empty() {
            return Reading {
                state: ValueState::Ruled,
                ..Reading::nothing("x")
            };
        }
        let cell = Cell::text_of(text);
        let reading = if self.is_listed() {
            self.carefully(&cell, text)
        } else {
            self.plainly(&cell, text)
        };
        Reading {
            state: match reading.state {
                ValueState::Read => ValueState::Ruled,
                other => other,
            },
            faithful: false,
            ..reading
        }
    }
}
