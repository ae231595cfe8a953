//! Plain data: the records of the catalog, their texts, links and provenance.
//!
//! Types here have public fields and cross the boundary as they are: no I/O, no clock, no locale.
//! Every record keeps the fields that this version does not know (`extra`), so that a record read and
//! written again loses nothing.

pub mod code;
pub mod contacts;
pub mod credit_code;
pub mod date;
pub mod document;
pub mod head;
pub mod kind;
pub mod main;
pub mod need_form;
pub mod need_record;
pub mod private;
pub mod provenance;
pub mod record;
pub mod reference;
pub mod taxonomy;
pub mod text;

pub use code::Code;
pub use date::Date;
pub use document::{Clause, Support, Target};
pub use head::{Head, Link, Membership, Money, Outcome};
pub use kind::Kind;
pub use main::Main;
pub use need_form::{Budget, Choice, Day, NeedForm, NeedStatus, Strength};
pub use private::PrivateField;
pub use provenance::{Doubt, Inferred, Source, Status};
pub use record::{
    Base, Case, Dataset, Document, Enterprise, List, ListEntry, Model, Need, Provider, Record,
    Scenario, Solution,
};
pub use reference::{OWN, ParseRefError, RecordRef};
pub use taxonomy::{Taxonomies, Taxonomy, Term};
pub use text::{Name, Text};
