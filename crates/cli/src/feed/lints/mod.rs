//! The last look before records are published: each rule a file, each finding with its place, value and remedy.
//!
//! Errors stop a build, warnings do not. All rules look at everything, so that one run tells all.

mod contacts;
mod links;
mod names;
mod schema;
mod sources;
#[cfg(test)]
mod tests;
mod text;
mod texts;

use std::collections::BTreeMap;

use atlas_core::model::{Date, Record};
use serde::Serialize;

use super::packs::State;
use super::records::{Draft, Place};

/// What a finding is about. The texts are in [`texts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rule {
    /// A file or line that cannot be read.
    Unreadable,
    /// A file of a kind that is not read.
    Ignored,
    /// A column whose header means nothing.
    UnknownColumn,
    /// A field that no record has.
    UnknownField,
    /// A value that the field cannot have.
    Schema,
    /// An id that is none.
    BadId,
    /// Two records with one id.
    DuplicateId,
    /// No name.
    NoName,
    /// Longer, deeper or more than readers accept.
    TooLong,
    /// No date of the calendar.
    BadDate,
    /// A source checked, or a date of consent, after today.
    FutureDate,
    /// A code that no taxonomy knows.
    UnknownCode,
    /// A link to nothing.
    BrokenLink,
    /// An address that is no web address.
    BadAddress,
    /// Control characters, or characters that turn the direction of writing or hide.
    ControlCharacter,
    /// Text in another form than NFC.
    NotNormal,
    /// A name that looks like another one.
    Confusable,
    /// A fact for which no source stands.
    Unsourced,
    /// A source that the record does not have.
    UnknownSource,
    /// A personal mobile number.
    PersonalPhone,
    /// A personal mailbox.
    PersonalMailbox,
    /// A contact without consent to its publication.
    NoConsent,
    /// A correction of a value that is no longer there.
    StaleEdit,
    /// An edit of a record that is no longer there.
    EditWithoutRecord,
}

impl Rule {
    /// Whether a finding stops the build.
    pub(crate) fn stops(self) -> bool {
        !matches!(
            self,
            Self::Ignored | Self::UnknownColumn | Self::Confusable | Self::EditWithoutRecord
        )
    }
}

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Finding {
    /// File and row or line.
    #[serde(flatten)]
    pub place: Place,
    /// The record, `case/c-1`; empty where there is none.
    pub record: String,
    /// Field.
    pub field: String,
    /// What is about it.
    pub rule: Rule,
    /// Its value, shortened.
    pub value: String,
    /// What the rule knows beyond that: the reason of a parser, the other record.
    pub detail: String,
}

impl Finding {
    /// A finding about a place.
    pub(crate) fn new(rule: Rule, place: &Place, field: &str, value: &str, detail: String) -> Self {
        Self {
            rule,
            place: place.clone(),
            record: String::new(),
            field: field.to_owned(),
            value: shorten(value),
            detail,
        }
    }

    /// Adds the record that the finding is about.
    pub(crate) fn about(mut self, draft: &Draft) -> Self {
        self.record = draft.reference();
        self
    }
}

/// Values in findings are for recognising, not for reading: the first 80 characters, what is invisible spelled out.
fn shorten(value: &str) -> String {
    let mut short = String::new();
    for c in value.chars().take(80) {
        if text::is_forbidden(c) {
            short.extend(c.escape_unicode());
        } else {
            short.push(c);
        }
    }
    if value.chars().nth(80).is_some() {
        short.push('…');
    }
    short
}

/// A draft and what it became.
pub(crate) struct Checked<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// The record.
    pub record: Record,
}

impl Checked<'_> {
    fn finding(&self, rule: Rule, field: &str, value: &str, detail: String) -> Finding {
        Finding::new(rule, &self.draft.place, field, value, detail).about(self.draft)
    }
}

/// Checks all drafts; the state is whole only if no finding stops the build.
pub(crate) fn check(
    drafts: &[Draft],
    feed: &str,
    today: &Date,
    findings: &mut Vec<Finding>,
) -> State {
    let mut checked = Vec::new();
    for draft in drafts {
        text::check(draft, findings);
        contacts::check(draft, findings);
        if let Some(record) = schema::check(draft, findings) {
            checked.push(Checked { draft, record });
        }
    }
    links::check(&checked, feed, findings);
    names::check(&checked, findings);
    sources::check(&checked, today, findings);
    findings.sort();
    findings.dedup();
    let mut state = BTreeMap::new();
    for Checked { record, .. } in &checked {
        let key = (record.kind().as_str().to_owned(), record.head().id.clone());
        if let Ok(raw) = serde_json::to_string(record) {
            state.insert(key, raw);
        }
    }
    state
}
