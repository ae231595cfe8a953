//! English stems, for the field that finds `detecting` by `detection`.

use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::English));

/// The stem of a normalised word; nothing for words that have no English stem (digits, other scripts,
/// one or two letters).
pub fn stem(word: &str) -> Option<String> {
    (word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then(|| ENGLISH.stem(word).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_an_english_word_share_a_stem() {
        assert_eq!(stem("detecting"), stem("detections"));
        assert_eq!(stem("ai"), None);
        assert_eq!(stem("gpt4"), None);
        assert_eq!(stem("质检"), None);
    }
}
