//! The command table: everything that can be asked or changed. Start reading at [`commands`].

pub mod app;
mod backups;
pub mod bindings;
mod bundle;
mod carried;
pub mod commands;
mod error;
mod export;
mod feeds;
mod lists;
mod matching;
mod moves;
mod mutations;
mod open;
mod own;
mod portfolio;
mod queries;
mod reading;
mod submission;
mod tables;
pub mod types;
mod work;

pub use app::{App, Clock, OnProgress, OnSync};
pub use commands::{Mutations, Queries};
pub use export::{ExportTarget, OnExport};

pub use crate::store::folder::portable as portable_folder;

use serde_json::Value;
use types::{ApiError, ErrorCode};

/// Runs a query. Damage that it meets in the catalog or the index is mended from the bundled pack, and the
/// query is asked again.
///
/// # Errors
/// What the query returns.
pub fn query(app: &App, name: &str, args: Value) -> Result<Value, ApiError> {
    match commands::query(app, name, args.clone()) {
        Err(error) if error.code == ErrorCode::Damaged => {
            app.mend(error)?;
            commands::query(app, name, args)
        }
        other => other,
    }
}

/// Runs a mutation.
///
/// # Errors
/// What the mutation returns.
pub fn mutate(app: &App, name: &str, args: Value) -> Result<Value, ApiError> {
    commands::mutate(app, name, args).map_err(|error| app.explain(error))
}
