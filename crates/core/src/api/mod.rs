//! The command table: everything that can be asked or changed. Start reading at [`commands`].

pub mod bindings;
pub mod commands;
mod error;
mod mutations;
mod queries;
pub mod types;

pub use commands::{Mutations, Queries, mutate, query};

/// X.
pub struct App;
