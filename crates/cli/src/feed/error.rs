//! Why a publisher's command stops, told in both languages, with what to do.

use std::path::Path;

use crate::args::Language;
use crate::output::Failure;
use crate::texts::pick;

/// Why a publisher's command stops. Whatever was not finished is not part of the feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{en}")]
pub(crate) struct FeedError {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl FeedError {
    /// An error with its text in both languages.
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The text in a language.
    pub(crate) fn text(&self, language: Language) -> &str {
        pick(language, &self.zh, &self.en)
    }

    /// As a failure of the terminal.
    pub(crate) fn failure(self, language: Language) -> Failure {
        Failure::Refused(self.text(language).to_owned())
    }
}

/// What went wrong with a file.
pub(crate) fn file(path: &Path) -> impl Fn(std::io::Error) -> FeedError {
    let path = path.display().to_string();
    move |error| {
        FeedError::new(
            format!("无法读写 {path}：{error}"),
            format!("{path} cannot be read or written: {error}"),
        )
    }
}

/// What is wrong with the content of a file.
pub(crate) fn content(path: &Path, reason: impl std::fmt::Display) -> FeedError {
    let path = path.display();
    FeedError::new(
        format!("{path} 的内容有误：{reason}"),
        format!("{path} does not hold what it should: {reason}"),
    )
}
