//! Feeds: the form in which a catalog is published, and how a client comes by it.
//!
//! A generation of a feed is a [`Manifest`], signed by way of [`trust`], and packs of records. Everything in a pack
//! is trusted only because its digest is: nothing is decompressed before its hash matches. A feed is read from a
//! [`source`]: a server ([`fetch`], the only module that uses the network), a [`folder`] or a [`bundle`].
//! Nothing here touches a database or knows the time.

mod bounds;
pub mod bundle;
pub mod digest;
#[cfg(feature = "net")]
pub mod fetch;
pub mod folder;
pub mod limits;
pub mod manifest;
pub mod pack;
pub mod plan;
pub mod schedule;
pub mod source;
pub mod stage;
pub mod trust;

pub use digest::Digest;
pub use manifest::{Manifest, PackInfo};
pub use pack::{Op, PackError, PackHeader, PackReader};
