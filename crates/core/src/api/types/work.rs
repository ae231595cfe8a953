//! Work on the user's own needs: the needs, their shortlists and history, what moved, and the work bundle.
//!
//! A need of the user's own is addressed as `own/need/UUID`, one of the catalog by its own reference.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::matching::{MatchRecord, MatchRequest, MatchTarget, Weighing};
use super::reading::NeedElement;
use super::search::Row;
use crate::model::{Code, Date, NeedForm, NeedStatus, RecordRef};

/// Which of the user's needs are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct NeedsRequest {
    /// Only needs whose title, text, enterprise or note contain this, whatever the case.
    pub text: String,
    /// Only these statuses; all when empty.
    pub status: Vec<NeedStatus>,
}

/// A need of the user's own, in a list or on the board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NeedRow {
    /// The need.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// The need in one line.
    pub title: String,
    /// Who needs it.
    pub enterprise: String,
    /// The enterprise is not to be named to others.
    pub masked: bool,
    /// How far the work has come.
    pub status: NeedStatus,
    /// Why it was given up.
    pub reason: String,
    /// When something has to be done next.
    pub next: Option<Date>,
    /// When it has to be done.
    pub deadline: Option<Date>,
    /// Until when the need stands.
    pub expires: Option<Date>,
    /// Records on the shortlist.
    pub shortlisted: u32,
    /// When it was last changed (ISO 8601).
    pub changed: String,
}

/// A record on a shortlist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Shortlisted {
    /// The record; from the kept copy when it is gone from the catalog.
    pub row: Row,
    /// No longer in the catalog.
    pub gone: bool,
    /// When it was added (ISO 8601).
    pub added: String,
    /// What the user noted about it.
    pub note: String,
}

/// What happened to a need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    /// It was written down.
    Created,
    /// Its form was changed.
    Edited {
        /// Fields of [`NeedForm`] that changed, and `text` when the text from which it was read did.
        fields: Vec<String>,
    },
    /// The work went on.
    Status {
        /// From.
        from: NeedStatus,
        /// To.
        to: NeedStatus,
        /// Why it was given up; empty otherwise.
        reason: String,
    },
    /// The note or the next date was changed.
    Noted,
    /// A record came onto the shortlist.
    Shortlisted {
        /// The record as it was named then.
        record: MatchRecord,
    },
    /// A record left the shortlist.
    Unlisted {
        /// The record as it was named then.
        record: MatchRecord,
    },
    /// It came with a work bundle.
    Received,
}

/// One line of the history of a need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HistoryEntry {
    /// When (ISO 8601).
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub what: Happening,
}

/// Which need is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NeedRequest {
    /// `own/need/UUID`, or a public need of the catalog.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
}

/// A need with the work on it. A public need of the catalog has a form and nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NeedView {
    /// The need.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its form.
    pub form: NeedForm,
    /// The text from which it was read.
    pub text: String,
    /// The user's note.
    pub note: String,
    /// When something has to be done next.
    pub next: Option<Date>,
    /// Why it was given up.
    pub reason: String,
    /// The weights with which it is matched.
    pub weighing: Weighing,
    /// When it was written down (ISO 8601); empty for a need of the catalog.
    pub created: String,
    /// When it was last changed (ISO 8601); empty for a need of the catalog.
    pub changed: String,
    /// The shortlist, oldest first.
    pub shortlist: Vec<Shortlisted>,
    /// What happened, newest first.
    pub history: Vec<HistoryEntry>,
}

impl NeedView {
    /// A need on which there is no work.
    pub(crate) fn bare(reference: RecordRef, form: NeedForm) -> Self {
        Self {
            reference,
            form,
            text: String::new(),
            note: String::new(),
            next: None,
            reason: String::new(),
            weighing: Weighing::default(),
            created: String::new(),
            changed: String::new(),
            shortlist: Vec::new(),
            history: Vec::new(),
        }
    }
}

/// A missing element of a need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MissingElement {
    /// The element.
    pub element: NeedElement,
    /// How many of the first ten hits change places, on average over the answers tried.
    pub moves: f64,
    /// Hits of the main list that state it, so that an answer could tell them apart.
    pub stating: u32,
    /// The answers tried: codes that the candidates state, most frequent first; empty for amounts and dates.
    pub answers: Vec<Code>,
}

/// How complete a need is, and what to ask next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Completeness {
    /// Elements stated.
    pub stated: Vec<NeedElement>,
    /// Elements missing; the one that would change the ranking most first.
    pub missing: Vec<MissingElement>,
}

/// Why a hit moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MoveCause {
    /// The need was edited.
    Need,
    /// The catalog changed.
    Catalog,
    /// Other weights.
    Weights,
    /// Today is another day: evidence ages, deadlines come nearer.
    Time,
}

/// A hit that moved since the match was last looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Move {
    /// The record.
    pub record: MatchRecord,
    /// Rank before; absent when it is new in the list.
    pub from: Option<u32>,
    /// Rank now; absent when it left the list.
    pub to: Option<u32>,
    /// It is no longer in the catalog.
    pub gone: bool,
    /// Criteria whose contribution changed, largest change first, with the change.
    pub criteria: Vec<(String, f64)>,
}

/// Which match is compared with the one last looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MovesRequest {
    /// A need of the user's own.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// The match as it is asked for now; its form may be newer than the one stored.
    pub request: MatchRequest,
}

/// What moved among the first hits since the match was last looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Moves {
    /// When it was last looked at (ISO 8601); empty when never.
    pub since: String,
    /// What changed in between.
    pub causes: Vec<MoveCause>,
    /// Hits that moved, by their rank now, then by their rank before.
    pub moves: Vec<Move>,
}

/// How much moved in a match of a need since it was last looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MovesCount {
    /// What the need is matched with.
    pub target: MatchTarget,
    /// Hits that moved.
    pub moves: u32,
    /// Another hit is the first.
    pub first: bool,
}

/// Marks a match as looked at: its first hits are kept, so that a later one can say what moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LookedAt {
    /// A need of the user's own.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// The match that was looked at.
    pub request: MatchRequest,
}

/// Needs to hand to a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportWorkRequest {
    /// The needs.
    pub refs: Vec<RecordRef>,
    /// The file to write.
    pub path: String,
    /// Leave out the text a need was read from, and names of enterprises that are masked.
    pub masked: bool,
}

/// A work bundle to look into or to take in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportWorkRequest {
    /// The file.
    pub path: String,
}

/// What a work bundle does with a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Received {
    /// It is new here.
    New,
    /// It is newer than the one here, which is replaced (undo brings it back).
    Newer,
    /// It is the one here.
    Same,
    /// The one here is newer and stays.
    Older,
}

/// A need in a work bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReceivedNeed {
    /// The need.
    pub need: NeedRow,
    /// What is done with it.
    pub received: Received,
}
