//! Records that the user writes: which fields they have, what is wrong with what was typed, how good a listing is.
//!
//! A draft is a record as JSON that need not be one yet: dates and amounts stand in it as they were typed. Reading one
//! ([`read`]) tidies it, tells every fault by its field, and answers the record if nothing stops it. Pure: whoever
//! calls knows which records there are. What a single field takes stands in [`rules`], which imports ask too.

mod check;
mod fields;
mod quality;
pub mod rules;
mod tidy;

pub use check::{Known, Read, read, stopping};
pub use fields::fields;
pub use quality::quality;

use serde_json::{Value, json};

use crate::model::{Kind, RecordRef};

/// Kinds that the user writes in a form. Needs have a form of their own.
pub const KINDS: [Kind; 4] = [Kind::Provider, Kind::Solution, Kind::Scenario, Kind::Case];

/// A record in which nothing is written yet.
pub fn blank(reference: &RecordRef) -> Value {
    json!({ "kind": reference.kind, "id": reference.id, "name": {}, "sources": [] })
}

#[cfg(test)]
mod tests;
