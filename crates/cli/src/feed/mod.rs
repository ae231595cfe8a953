//! `atlas feed` for publishers: from spreadsheets to a signed tree of files that any server, store or stick can carry.
//!
//! records ([`records`]) → checks ([`lints`]) → packs and manifest ([`build`]) → signatures ([`sign`], [`rotate`]) → the
//! walk of every reader ([`verify`]) → upload, [`bundle`], [`serve`]. What others hand in comes through [`inbox`]. Everything is a function of the folder, the keys
//! and the time, which comes from the clock only in [`run`]. Nothing here is part of the application.

pub mod args;
mod build;
mod bundle;
mod doctor;
mod edit;
mod error;
mod folder;
mod history;
mod inbox;
mod init;
mod keys;
mod lints;
mod packs;
mod passphrase;
mod records;
mod ring;
mod rotate;
mod run;
mod say;
mod serve;
mod sign;
mod stats;
#[cfg(test)]
mod tests;
mod tree;
mod tuf;
mod verify;

pub use run::run;
