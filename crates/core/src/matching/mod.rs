//! Matching: what is offered for a need, and which needs an offer serves, with the reasons of every hit.
//!
//! Read [`engine`] first: gather candidates, judge each by every criterion, rank, explain. [`criteria`] holds what is
//! judged, one file each; [`weights`] what it counts. [`reading`] makes a need of free text,
//! [`portfolio`] gives many needs to providers of limited capacity.
//!
//! Invariants: the score of a hit is the sum of its contributions; a criterion that a candidate does not state is a
//! question, never a zero and never a yes; what is known to break something strict is never in the main list;
//! candidates are judged one by one, from statistics that are fixed before, so that no candidate changes another's
//! score; the order is total and the same on every machine. Every counterfactual was ranked anew before it is shown.

mod admit;
mod board;
mod candidate;
mod completeness;
pub mod criteria;
pub mod engine;
mod explain;
mod form;
mod gather;
mod lift;
mod places;
pub mod portfolio;
mod ranges;
pub mod reading;
mod reverse;
mod roadmap;
mod shelf;
mod similarity;
pub mod weights;

pub use engine::Engine;
pub use form::need_form;
pub use places::{Place, Places};

use std::sync::Arc;

use crate::model::{Kind, NeedForm, Record, RecordRef};
use crate::search::Texts;

/// Where records and their links are read.
pub trait Library: Texts {
    /// The records that point to a record by a relation, in the order of their references.
    fn pointing_at(&self, reference: &RecordRef, relation: &str) -> Vec<RecordRef>;
    /// Every record of a kind, in the order of their references.
    fn all_of(&self, kind: Kind) -> Vec<(RecordRef, Arc<Record>)>;
    /// The form of a need of the user's own: its record says neither how strictly anything is meant nor where it may
    /// run. None for needs of which there is only the record.
    fn own_form(&self, _reference: &RecordRef) -> Option<NeedForm> {
        None
    }
}

#[cfg(test)]
mod tests;
