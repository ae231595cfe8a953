//! The way back: the Chinese headwords whose glosses are an English phrase.
//!
//! Made at the first English query and kept: places in the dictionary, sorted by the stems of the phrase.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::stem::stem;
use super::dictionary;
use super::terms;

/// Longest phrase looked for, in words.
pub(super) const LONGEST: usize = 4;
/// Headwords for one phrase, at most: the rest are rare words of the same meaning.
const HEADWORDS: usize = 8;
/// Words that phrases do without.
const SILENT: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or",
    "that", "the", "this", "to", "we", "with",
];

static BACK: LazyLock<HashMap<Box<str>, Vec<&'static str>>> = LazyLock::new(|| {
    /// How good a headword is for a phrase, the best least: own terms, then early glosses of words of two characters;
    /// among equals, words that mean little else.
    type Rank = (usize, usize, &'static str);
    let mut ranked: HashMap<Box<str>, Vec<Rank>> = HashMap::new();
    for term in terms::ALL.iter() {
        for phrase in &term.en {
            let words: Vec<&str> = terms::content(phrase);
            if let Some(key) = key(&words) {
                ranked.entry(key).or_default().push((0, 0, &term.zh));
            }
        }
    }
    for (headword, glosses) in dictionary::lines() {
        let odd = headword.chars().count().abs_diff(2);
        let senses = glosses.split('/').count();
        for (place, phrase) in glosses.split('/').enumerate() {
            let words: Vec<&str> = phrase.split(' ').collect();
            if let Some(key) = key(&words) {
                ranked
                    .entry(key)
                    .or_default()
                    .push((1 + place + odd, senses, headword));
            }
        }
    }
    let best = |mut ranked: Vec<Rank>| {
        ranked.sort_unstable();
        let mut words: Vec<&str> = Vec::new();
        for (_, _, word) in ranked {
            if words.len() < HEADWORDS && !words.contains(&word) {
                words.push(word);
            }
        }
        words
    };
    ranked
        .into_iter()
        .map(|(key, ranked)| (key, best(ranked)))
        .collect()
});

/// Words as they are looked up.
fn key(words: &[&str]) -> Option<Box<str>> {
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    let stems: Vec<String> = words
        .iter()
        .map(|word| stem(word).unwrap_or_else(|| (*word).to_owned()))
        .collect();
    Some(stems.join(" ").into())
}

/// The Chinese headwords for a phrase.
pub(super) fn chinese(phrase: &[&str]) -> Option<Vec<String>> {
    let silent = |word: Option<&&str>| word.is_some_and(|word| SILENT.contains(word));
    if silent(phrase.first()) || silent(phrase.last()) {
        return None;
    }
    let words: Vec<&str> = (phrase.iter().copied())
        .filter(|word| !SILENT.contains(word))
        .collect();
    let found = BACK.get(&key(&words)?)?;
    Some(found.iter().map(|word| (*word).to_owned()).collect())
}
