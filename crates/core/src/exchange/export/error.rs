//! Why an export failed.

use std::path::PathBuf;

use crate::api::types::{ApiError, ErrorCode};

/// Why an export failed. The file that was to be replaced, if any, is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file is there already, and nobody consented to replace it.
    #[error("{0:?} exists")]
    Exists(PathBuf),
    /// The file could not be written.
    #[error("cannot write {0:?}")]
    Io(PathBuf, #[source] std::io::Error),
    /// No font has Chinese characters.
    #[error("no font with Chinese characters was found")]
    NoFont,
    /// A font that was chosen cannot be used.
    #[error("the font {path:?} cannot be used: {reason}")]
    Font {
        /// The font.
        path: PathBuf,
        /// `unreadable`, or `embedding` when its licence bits forbid to embed it.
        reason: &'static str,
    },
    /// No font at hand has a character.
    #[error("no font has {char:?} (U+{:04X}) in {text:?}", u32::from(*char))]
    MissingGlyph {
        /// The character.
        char: char,
        /// The beginning of the text in which it stands.
        text: String,
    },
    /// More rows than the format can show.
    #[error("more than {0} rows")]
    TooMany(usize),
    /// The user cancelled.
    #[error("cancelled")]
    Cancelled,
    /// What was to be exported could not be read.
    #[error(transparent)]
    Read(#[from] ApiError),
    /// A fault of the product.
    #[error("{0}")]
    Fault(String),
}

impl ExportError {
    /// A fault in one of the libraries that write files.
    pub(super) fn fault(error: impl std::fmt::Display) -> Self {
        Self::Fault(error.to_string())
    }
}

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        let api = |code| Self::new(code).caused_by(&error);
        match &error {
            ExportError::Exists(path) => {
                api(ErrorCode::FileExists).with("path", path.display().to_string())
            }
            ExportError::NoFont => api(ErrorCode::NoFont).with("package", "fonts-noto-cjk"),
            ExportError::Font { path, reason } => api(ErrorCode::NoFont)
                .with("path", path.display().to_string())
                .with("reason", *reason)
                .with("package", "fonts-noto-cjk"),
            ExportError::MissingGlyph { char, text } => api(ErrorCode::MissingGlyph)
                .with("char", char.to_string())
                .with("code", format!("U+{:04X}", u32::from(*char)))
                .with("text", text.clone()),
            ExportError::TooMany(limit) => api(ErrorCode::BadRequest)
                .with("field", "rows")
                .with("limit", limit.to_string()),
            ExportError::Cancelled => api(ErrorCode::Cancelled),
            ExportError::Fault(_) => api(ErrorCode::Internal),
            ExportError::Io(path, cause) => Self::unwritable(path, cause),
            ExportError::Read(cause) => cause.clone(),
        }
    }
}
