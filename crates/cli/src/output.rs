//! Printing answers and failures.

use std::io::{self, Write as _};
use std::process::ExitCode;

use atlas_core::api::types::{ApiError, ErrorCode};
use serde::Serialize;

use crate::args::Language;
use crate::texts;

/// Where answers go.
pub struct Output {
    /// Whether to print JSON.
    pub json: bool,
    /// Language of human-readable output.
    pub language: Language,
}

/// Why nothing more is printed.
pub enum Failure {
    /// A command failed.
    Api(ApiError),
    /// The reader of our output went away, as `head` does; that is no failure of ours.
    Closed,
    /// What was asked for is refused, with the reason and what to do.
    Refused(String),
    /// Wrong usage, with what to do instead.
    Usage(String),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Api(ApiError::new(ErrorCode::Internal).caused_by(&error)),
        }
    }
}

#[expect(
    clippy::unused_self,
    reason = "callers print through the output, wherever it leads"
)]
impl Output {
    /// Prints in a format and language.
    pub fn new(json: bool, language: Language) -> Self {
        Self { json, language }
    }

    /// Prints a value as JSON.
    pub fn value<T: Serialize>(&mut self, value: &T) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        serde_json::to_writer_pretty(&mut stdout, value).map_err(io::Error::from)?;
        stdout.write_all(b"\n")?;
        Ok(())
    }

    /// Prints a line.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        // Control characters in catalog text must not reach the terminal.
        let clean: String = text
            .chars()
            .filter(|char| !char.is_control() || *char == '\t')
            .collect();
        stdout.write_all(clean.as_bytes())?;
        stdout.write_all(b"\n")?;
        Ok(())
    }

    /// Tells the user something beside the answer.
    pub fn tell(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Prints a failure and answers the exit code for it.
    pub fn fail(&self, failure: &Failure) -> ExitCode {
        let (text, code) = match failure {
            Failure::Closed => return ExitCode::SUCCESS,
            Failure::Usage(text) => (text.clone(), 2),
            Failure::Refused(text) => (text.clone(), 4),
            Failure::Api(error) => {
                if self.json {
                    let _ = serde_json::to_writer(io::stderr(), error);
                    let _ = writeln!(io::stderr());
                }
                (texts::error(self.language, error), exit_code(error.code))
            }
        };
        if !self.json {
            self.tell(&text);
        } else if let Failure::Usage(text) | Failure::Refused(text) = failure {
            self.tell(text);
        }
        ExitCode::from(code)
    }
}

fn exit_code(code: ErrorCode) -> u8 {
    match code {
        ErrorCode::NotFound => 1,
        ErrorCode::BadRequest | ErrorCode::FileExists | ErrorCode::FileUnwritable => 2,
        ErrorCode::CatalogMissing
        | ErrorCode::FolderInUse
        | ErrorCode::FolderReadOnly
        | ErrorCode::FolderMissing
        | ErrorCode::DiskFull
        | ErrorCode::TooNew
        | ErrorCode::Damaged => 3,
        ErrorCode::NoFont
        | ErrorCode::MissingGlyph
        | ErrorCode::Cancelled
        | ErrorCode::Internal => 4,
    }
}
