//! Reads the free text of a need, Chinese or English, into chips that a person can edit.
//!
//! A chip says what was understood, from which words, and how strictly it seems to be meant. The words are those of
//! the taxonomies and of `assets/lexicon/needs.csv`; amounts and dates have rules of their own. Nothing is guessed from
//! what is not written. `today` is an argument: the same text and day give the same chips.
//!
//! Which missing element matters most for the ranking is not decided here; the engine knows, the elements are listed.

mod calendar;
mod clause;
mod cues;
mod dates;
mod elements;
mod lexicon;
mod money;
mod numerals;
mod title;

use std::collections::BTreeMap;

pub use calendar::PARTS_OF_YEAR;
use clause::Clauses;
pub use elements::elements;
use elements::form;

use crate::api::types::{Chip, NeedElement, NeedReading, TextRange};
use crate::model::{Code, Date, Strength};
use crate::search::text::{Normal, is_han, normalise_mapped};

/// A text as all readers see it.
struct Reader {
    normal: Normal,
    chars: Vec<char>,
    clauses: Clauses,
}

/// Something understood, in characters of the normal form.
#[derive(Debug, Clone)]
struct Found {
    element: NeedElement,
    what: What,
    strength: Strength,
    start: usize,
    end: usize,
}

/// What was understood.
#[derive(Debug, Clone, PartialEq)]
enum What {
    Code(String),
    /// At least and at most, in yuan.
    Money(Option<f64>, Option<f64>),
    Date(Date),
}

/// Reads a need. `today` is a full date.
pub fn read(text: &str, today: &Date) -> NeedReading {
    let normal = close_up(&normalise_mapped(text));
    let chars: Vec<char> = normal.text.chars().collect();
    let reader = Reader {
        clauses: Clauses::new(&chars),
        normal,
        chars,
    };
    let mut found = lexicon::read(&reader);
    found.extend(money::read(&reader));
    found.extend(dates::read(&reader, today));
    found.sort_by_key(|one| (one.start, one.end, one.element));
    let original: Vec<char> = text.chars().collect();
    let chips = chips(&reader, &original, found);
    let need = form(text, &chips);
    NeedReading {
        elements: elements(&need),
        chips,
        need,
    }
}

/// The same without spaces between figures and ideographs, which many write and nobody means: `2027 年 9 月`.
fn close_up(normal: &Normal) -> Normal {
    let chars: Vec<char> = normal.text.chars().collect();
    let meet = |one: char, other: char| {
        (one.is_ascii_digit() && is_han(other)) || (is_han(one) && other.is_ascii_digit())
    };
    let kept = |at: &usize| {
        let at = *at;
        let between = chars[at] == ' ' && at > 0 && at + 1 < chars.len();
        !(between && meet(chars[at - 1], chars[at + 1]))
    };
    let kept: Vec<usize> = (0..chars.len()).filter(kept).collect();
    Normal {
        text: kept.iter().map(|at| chars[*at]).collect(),
        origin: kept.iter().map(|at| normal.origin[*at]).collect(),
    }
}

/// One chip for each thing understood, however often it is said; the strictest word counts.
fn chips(reader: &Reader, original: &[char], found: Vec<Found>) -> Vec<Chip> {
    let mut chips: Vec<(What, Chip)> = Vec::new();
    let mut known: BTreeMap<NeedElement, Vec<usize>> = BTreeMap::new();
    for one in found {
        let place = reader.place(&one, original);
        let same = known.entry(one.element).or_default();
        if let Some(at) = same.iter().find(|at| chips[**at].0 == one.what) {
            let chip = &mut chips[*at].1;
            chip.places.push(place);
            chip.strength = strictest(chip.strength, one.strength);
            continue;
        }
        // One need has one budget and one date of each kind: the first that is said.
        if !same.is_empty() && !matches!(one.what, What::Code(_)) {
            continue;
        }
        same.push(chips.len());
        let mut chip = Chip {
            element: one.element,
            code: None,
            low: None,
            high: None,
            date: None,
            strength: one.strength,
            places: vec![place],
        };
        match &one.what {
            What::Code(code) => chip.code = Some(Code(code.clone())),
            What::Money(low, high) => (chip.low, chip.high) = (*low, *high),
            What::Date(date) => chip.date = Some(date.clone()),
        }
        chips.push((one.what, chip));
    }
    chips.into_iter().map(|(_, chip)| chip).collect()
}

fn strictest(a: Strength, b: Strength) -> Strength {
    match (a, b) {
        (Strength::Hard, _) | (_, Strength::Hard) => Strength::Hard,
        (Strength::Soft, _) | (_, Strength::Soft) => Strength::Soft,
        (Strength::Unknown, Strength::Unknown) => Strength::Unknown,
    }
}

impl Reader {
    /// Where something stands in the original text.
    fn place(&self, one: &Found, original: &[char]) -> TextRange {
        let origin = &self.normal.origin[one.start..one.end];
        let start = origin.first().map_or(0, |range| range.0);
        let end = origin.last().map_or(start, |range| range.1);
        let words = original.get(start as usize..end as usize);
        TextRange {
            start,
            end,
            text: words.unwrap_or_default().iter().collect(),
        }
    }

    /// Characters of the normal form as text.
    fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }

    /// Whether a word stands at a place.
    fn has(&self, at: usize, word: &str) -> bool {
        let mut rest = self.chars[at.min(self.chars.len())..].iter();
        word.chars().all(|c| rest.next() == Some(&c))
    }

    /// The first of `words` that stands at a place, and where it ends.
    fn any(&self, at: usize, words: &[&'static str]) -> Option<(&'static str, usize)> {
        let found = words.iter().find(|word| self.has(at, word));
        found.map(|word| (*word, at + word.chars().count()))
    }

    /// The place after spaces.
    fn skip(&self, mut at: usize) -> usize {
        while self.chars.get(at) == Some(&' ') {
            at += 1;
        }
        at
    }
}

#[cfg(test)]
mod tests;
