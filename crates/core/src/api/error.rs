//! Building [`ApiError`]s.

use std::error::Error;
use std::io;
use std::path::Path;

use super::types::{ApiError, ErrorCode};

impl ApiError {
    /// An error without facts.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            facts: std::collections::BTreeMap::new(),
            trace: String::new(),
        }
    }

    /// A file that the user named, and that cannot be written.
    pub fn unwritable(path: &Path, cause: &io::Error) -> Self {
        let code = match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
            _ => ErrorCode::FileUnwritable,
        };
        Self::new(code)
            .with("path", path.display().to_string())
            .caused_by(cause)
    }

    /// Adds a fact for the text that the screen shows.
    #[must_use]
    pub fn with(mut self, key: &str, fact: impl Into<String>) -> Self {
        self.facts.insert(key.to_owned(), fact.into());
        self
    }

    /// Keeps the cause chain for logs.
    #[must_use]
    pub fn caused_by(mut self, cause: &dyn Error) -> Self {
        let mut lines = vec![cause.to_string()];
        let mut next = cause.source();
        while let Some(error) = next {
            lines.push(error.to_string());
            next = error.source();
        }
        self.trace = lines.join(": ");
        self
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?} {}", self.code, self.facts, self.trace)
    }
}

impl Error for ApiError {}
