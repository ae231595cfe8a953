//! The command table: everything that can be asked or changed. Start reading at [`commands`].

pub mod bindings;
pub mod commands;
mod error;
mod mutations;
mod queries;
pub mod types;

pub use commands::{Mutations, Queries, mutate, query};

/// The product over one data folder.
pub struct App;

impl App {
    /// Remembers the folder; touches nothing.
    pub fn new(_data_dir: std::path::PathBuf) -> Self {
        Self
    }

    /// Opens the folder.
    ///
    /// # Errors
    /// Always, until there is a store.
    pub fn open(
        &self,
        _now: &str,
        _progress: &mut dyn FnMut(types::Progress),
    ) -> Result<types::AppStatus, types::ApiError> {
        Err(types::ApiError::new(types::ErrorCode::Internal))
    }
}
