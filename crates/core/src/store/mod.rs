//! The three databases of a data folder and the only code that touches SQLite.
//!
//! `catalog.db` is derived from feeds and may be built anew; `user.db` is irreplaceable and backed up;
//! `trust.db` holds the rollback floors and survives a reset of the catalog. All three use WAL with
//! `synchronous=FULL`. Writes have two funnels: [`catalog::Catalog::apply`] and [`user::User::transact`].

pub mod catalog;
mod db;
mod error;
pub(crate) mod folder;
pub(crate) mod moving;
pub mod trust;
pub mod user;

pub use error::StoreError;
pub use folder::{Access, Folder};
pub use moving::resolve;
