//! Feeds: the form in which a catalog is published. Pure: what is here reads bytes and computes, and
//! touches neither network nor database.
//!
//! A generation of a feed is a [`Manifest`] and packs of records. Everything in a pack is trusted only
//! because its digest is: nothing is decompressed before its hash matches.

pub mod digest;
pub mod limits;
pub mod manifest;
pub mod pack;

pub use digest::Digest;
pub use manifest::{Manifest, PackInfo};
pub use pack::{Op, PackError, PackHeader, PackReader};
