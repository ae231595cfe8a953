//! Terms of the own domain: `assets/lexicon/terms.csv` and the names of the taxonomies.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::text::{is_han, is_word, normalise};
use crate::model::Taxonomies;

const TERMS: &str = include_str!("../../../../../assets/lexicon/terms.csv");
/// Longest term looked for, in characters.
pub(super) const LONGEST: usize = 12;
/// Taxonomies whose Chinese and English names translate each other.
const NAMED: &[&str] = &[
    "industry",
    "industry_group",
    "technique",
    "stage",
    "typical_scenario",
    "region",
    "delivery",
];
/// Words of English names that hold them together.
const SILENT: &[&str] = &[
    "a",
    "an",
    "and",
    "for",
    "in",
    "of",
    "on",
    "other",
    "the",
    "to",
    "with",
    "not",
    "specified",
];

/// A Chinese term and its English variants.
pub(super) struct Term {
    pub(super) zh: String,
    pub(super) en: Vec<String>,
}

/// All terms; those of the file first.
pub(super) static ALL: LazyLock<Vec<Term>> = LazyLock::new(|| {
    let lines = TERMS
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','));
    let own = lines.map(|(zh, en)| Term {
        zh: normalise(zh),
        en: en.split('|').map(normalise).collect(),
    });
    let named = NAMED
        .iter()
        .filter_map(|name| Taxonomies::bundled().get(name))
        .flat_map(|taxonomy| &taxonomy.terms)
        .map(|term| Term {
            zh: normalise(&term.zh),
            en: vec![normalise(&term.en)],
        })
        .filter(|term| term.zh.chars().all(is_han) && term.zh.chars().count() > 1);
    own.chain(named).collect()
});

static ENGLISH: LazyLock<HashMap<&'static str, Vec<String>>> = LazyLock::new(|| {
    let mut english: HashMap<&str, Vec<String>> = HashMap::new();
    for term in ALL.iter() {
        // What the file says about a term stands; a taxonomy may use the word in a narrower sense.
        english.entry(&term.zh).or_insert_with(|| {
            let mut words = Vec::new();
            for word in term.en.iter().flat_map(|name| content(name)) {
                if !words.iter().any(|known| known == word) {
                    words.push(word.to_owned());
                }
            }
            words
        });
    }
    english
});

/// The words of a normalised English name that say something.
pub(super) fn content(name: &str) -> Vec<&str> {
    name.split(|c| !is_word(c))
        .filter(|word| word.len() > 1 && !SILENT.contains(word))
        .collect()
}

/// The English words for a term.
pub(super) fn english(term: &str) -> Option<Vec<String>> {
    ENGLISH.get(term).cloned()
}
