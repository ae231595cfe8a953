//! Localized text. Chinese and English side by side; the screen chooses.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A text in Chinese, English or both. At least one is present in a valid record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Text {
    /// Simplified Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Text {
    /// A Chinese text without translation.
    pub fn zh(text: impl Into<String>) -> Self {
        Self {
            zh: Some(text.into()),
            en: None,
        }
    }

    /// Whether neither language is present.
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }

    /// The Chinese text, or the English one where there is no Chinese.
    pub fn any(&self) -> &str {
        self.zh
            .as_deref()
            .or(self.en.as_deref())
            .unwrap_or_default()
    }

    /// Both texts that are present.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.zh.as_deref().into_iter().chain(self.en.as_deref())
    }
}

/// The name of a record, exactly as its source prints it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Name {
    /// Chinese name as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// English name as printed or translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// Other names under which people look for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The source gives a brand or short name; the legal name is not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub short: bool,
    /// The title was put together by the source or by the catalog, not printed officially.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub composed: bool,
    /// Pinyin that overrides the computed one: syllables separated by spaces, no tones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinyin: Option<String>,
}

impl Name {
    /// A Chinese name.
    pub fn zh(text: impl Into<String>) -> Self {
        Self {
            zh: Some(text.into()),
            ..Self::default()
        }
    }

    /// The Chinese name, or the English one where there is no Chinese.
    pub fn any(&self) -> &str {
        self.zh
            .as_deref()
            .or(self.en.as_deref())
            .unwrap_or_default()
    }

    /// Every form of the name: Chinese, English, aliases.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.zh
            .as_deref()
            .into_iter()
            .chain(self.en.as_deref())
            .chain(self.aliases.iter().map(String::as_str))
    }
}
