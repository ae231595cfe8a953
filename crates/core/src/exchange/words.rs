//! Words in two languages for what is written into a workbook and printed in the terminal. Data:
//! `assets/exchange/words.csv`; the language is an argument.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::fields::rows;

/// In which language a workbook is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The language of that name: `en…` is English, everything else Chinese.
    pub fn of(name: &str) -> Self {
        if name.starts_with("en") {
            Self::En
        } else {
            Self::Zh
        }
    }

    /// One of two texts.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

static WORDS: LazyLock<BTreeMap<&'static str, (&'static str, &'static str)>> =
    LazyLock::new(|| {
        rows(include_str!("../../../../assets/exchange/words.csv"))
            .into_iter()
            .filter_map(|row| Some((*row.first()?, (*row.get(1)?, *row.get(2)?))))
            .collect()
    });

/// The words of a key; the key itself where there are none.
pub fn say(language: Language, key: &str) -> &str {
    WORDS.get(key).map_or(key, |(zh, en)| language.pick(zh, en))
}

/// What is to be done about something wrong; empty where nothing is.
pub fn remedy(language: Language, issue: &str) -> &'static str {
    WORDS
        .get(format!("{issue}_fix").as_str())
        .map_or("", |(zh, en)| language.pick(zh, en))
}
