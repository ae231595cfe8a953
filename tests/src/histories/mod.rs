//! Made-up histories of feeds: what a reader ends up with must not depend on the way that led there.
//!
//! [`publisher`] makes generations of a feed from real records; [`view`] puts everything that a folder shows into a
//! form that can be compared. [`pairs`] compares the ways: delta, snapshot over what was there, snapshot on nothing, index
//! built anew. [`world`] does anything ([`steps`]) in any order to two feeds and a reader, and [`model`] foretells what comes of
//! it.

pub mod model;
pub mod pairs;
mod published;
pub mod publisher;
pub mod steps;
pub mod view;
pub mod world;
