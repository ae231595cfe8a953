//! From Chinese words to English ones and back, so that a need finds what is written in the other language.
//!
//! A word becomes a class of translations, to be counted as one word: the frequencies of its members in a text add up,
//! and the texts that contain any of them make up its document frequency (a structured query). Terms of the own domain
//! and names of taxonomies come first, then CC-CEDICT, longest match first. Nothing is loaded at start-up: the dictionary
//! is searched where it lies, the way back is made when it is first asked for.

mod back;
mod dictionary;
mod terms;

use dictionary::LONGEST;

use super::text::{is_han, is_word, normalise};

/// What a single Chinese character counts: alone it says little.
const SINGLE: f64 = 0.3;

/// A word and its translations.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// First character, in the normal form of the text.
    pub start: usize,
    /// End, in characters.
    pub end: usize,
    /// Translations, in lower case, without repetition: English words, or Chinese headwords.
    pub words: Vec<String>,
    /// What the word counts.
    pub weight: f64,
}

/// The English words for every Chinese word of a text.
pub fn english(text: &str) -> Vec<Class> {
    let normal = normalise(text);
    let places: Vec<(usize, char)> = normal.char_indices().collect();
    let byte = |place: usize| places.get(place).map_or(normal.len(), |(byte, _)| *byte);
    let mut classes = Vec::new();
    let mut start = 0;
    while start < places.len() {
        if !is_han(places[start].1) {
            start += 1;
            continue;
        }
        let run = places[start..]
            .iter()
            .take_while(|(_, c)| is_han(*c))
            .count();
        let piece = |length: usize| &normal[byte(start)..byte(start + length)];
        let found = (2..=run.min(terms::LONGEST))
            .rev()
            .find_map(|length| Some((length, terms::english(piece(length))?)))
            .or_else(|| {
                let dictionary = |length| Some((length, dictionary::english(piece(length))?));
                (1..=run.min(LONGEST)).rev().find_map(dictionary)
            });
        let Some((length, words)) = found else {
            start += 1;
            continue;
        };
        if !words.is_empty() {
            classes.push(Class {
                start,
                end: start + length,
                words,
                weight: if length == 1 { SINGLE } else { 1.0 },
            });
        }
        start += length;
    }
    classes
}

/// The Chinese headwords for every English word or phrase of a text.
pub fn chinese(text: &str) -> Vec<Class> {
    let normal = normalise(text);
    let mut words: Vec<(usize, usize, String)> = Vec::new();
    let mut word: Option<(usize, String)> = None;
    for (place, c) in normal.chars().chain([' ']).enumerate() {
        if is_word(c) {
            word.get_or_insert((place, String::new())).1.push(c);
        } else if let Some((start, word)) = word.take() {
            words.push((start, place, word));
        }
    }
    let mut classes = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = (1..=back::LONGEST.min(words.len() - at))
            .rev()
            .find_map(|length| {
                let phrase: Vec<&str> = words[at..at + length]
                    .iter()
                    .map(|(_, _, word)| word.as_str())
                    .collect();
                Some((length, back::chinese(&phrase)?))
            });
        let Some((length, headwords)) = found else {
            at += 1;
            continue;
        };
        classes.push(Class {
            start: words[at].0,
            end: words[at + length - 1].1,
            words: headwords,
            weight: 1.0,
        });
        at += length;
    }
    classes
}

/// Whether an English word only holds sentences together, and so says nothing about what a need is about. “it” is more
/// often the technology than the pronoun.
pub fn is_silent(word: &str) -> bool {
    word != "it" && back::is_silent(word)
}
