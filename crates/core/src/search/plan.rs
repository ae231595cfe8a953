//! From a parsed query to what has to be looked up.
//!
//! A word becomes a clause: the terms that must all occur, or else a code or a pinyin reading that stands for
//! the word. The same terms, once each, make the score.

use std::collections::BTreeMap;

use super::labels::Labels;
use super::pinyin::{self, Reading};
use super::stem::stem;
use super::text::{key, normalise};
use super::tokenizer::{bigrams, runs};
use crate::api::types::ParsedQuery;

/// A term to look up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    /// Two Han characters.
    Bigram(String),
    /// One Han character, anywhere.
    Char(String),
    /// A word, one that starts with it, or one of the same stem.
    Word(String),
}

/// What one word of the query asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Clause {
    /// Terms that must all occur.
    pub(super) atoms: Vec<Atom>,
    /// Codes of which one is enough.
    pub(super) codes: Vec<String>,
    /// Pinyin readings of which one is enough.
    pub(super) readings: Vec<Reading>,
}

/// A word that may not occur.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Excluded {
    /// The normalised word.
    pub(super) text: String,
    /// Codes of that name.
    pub(super) codes: Vec<String>,
}

/// A query, ready to run.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// One clause per word or named phrase.
    pub(super) clauses: Vec<Clause>,
    /// Normalised literals, all of which must occur.
    pub(super) literals: Vec<String>,
    /// Words none of which may occur.
    pub(super) excluded: Vec<Excluded>,
    /// Every term with how often the query has it.
    pub(super) counts: BTreeMap<Atom, u32>,
    /// The words as a name would be written.
    pub(super) key: String,
    /// The text describes a need rather than naming a thing: any of its terms is enough.
    pub(super) need: bool,
}

/// How Latin words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Latin {
    /// As words; long ones as pinyin besides.
    Words,
    /// As words or pinyin, initials included.
    Pinyin,
}

/// Size beyond which a text is a need.
const NEED: u32 = 12;
/// Letters from which a Latin word may be pinyin while it may also be a word.
const PINYIN: usize = 4;
/// Words of the longest phrase that is looked up among the names of codes.
const PHRASE: usize = 4;

impl Plan {
    pub(super) fn new(query: &ParsedQuery, labels: &Labels, latin: Latin) -> Self {
        let mut plan = Self {
            key: key(&query.words.concat()),
            ..Self::default()
        };
        let mut rest = query.words.as_slice();
        while !rest.is_empty() {
            let named = (1..=PHRASE.min(rest.len()))
                .rev()
                .map(|len| (len, labels.codes_named(&rest[..len].join(" "))));
            let (len, codes) = named
                .into_iter()
                .find(|(_, codes)| !codes.is_empty())
                .unwrap_or((1, Vec::new()));
            let mut clause = Clause {
                codes,
                ..Clause::default()
            };
            for word in &rest[..len] {
                clause.add(&normalise(word));
            }
            if len == 1 {
                clause.readings = readings(&clause.atoms, latin);
            }
            plan.take(clause);
            rest = &rest[len..];
        }
        plan.need = plan
            .counts
            .iter()
            .map(|(atom, count)| atom.size() * count)
            .sum::<u32>()
            > NEED;
        for literal in &query.literals {
            let literal = normalise(literal);
            let mut clause = Clause::default();
            clause.add(&literal);
            // A literal without letters, digits or ideographs is nothing that could be looked up.
            if !clause.atoms.is_empty() {
                for atom in clause.atoms {
                    *plan.counts.entry(atom).or_default() += 1;
                }
                plan.literals.push(literal);
            }
        }
        for word in &query.excluded {
            let text = normalise(word);
            if !runs(&text).is_empty() {
                plan.excluded.push(Excluded {
                    text,
                    codes: labels.codes_named(word),
                });
            }
        }
        plan
    }

    fn take(&mut self, clause: Clause) {
        if clause.atoms.is_empty() {
            return;
        }
        for atom in &clause.atoms {
            *self.counts.entry(atom.clone()).or_default() += 1;
        }
        self.clauses.push(clause);
    }

    /// The plan of a free text with an optional title, whose terms count several times.
    pub(super) fn of_text(title: &str, text: &str, title_counts: u32) -> Self {
        let labels = Labels::default();
        let mut plan = Self::new(
            &super::query::free(&format!("{title} {text}")),
            &labels,
            Latin::Words,
        );
        let titled = Self::new(&super::query::free(title), &labels, Latin::Words);
        for (atom, count) in titled.counts {
            *plan.counts.entry(atom).or_default() += count * (title_counts - 1);
        }
        if text.trim().is_empty() || title.trim().is_empty() {
            return plan;
        }
        plan.key.clear();
        plan
    }

    /// Whether the query looks for text at all.
    pub(super) fn has_text(&self) -> bool {
        !self.clauses.is_empty() || !self.literals.is_empty()
    }

    /// The terms of the clauses, once each.
    pub(super) fn atoms(&self) -> Vec<&Atom> {
        let mut atoms: Vec<&Atom> = self
            .clauses
            .iter()
            .flat_map(|clause| &clause.atoms)
            .collect();
        atoms.sort_unstable();
        atoms.dedup();
        atoms
    }
}

impl Clause {
    /// Whether nothing stands for the terms.
    pub(super) fn is_literal(&self) -> bool {
        self.codes.is_empty() && self.readings.is_empty()
    }

    fn add(&mut self, normal: &str) {
        for run in runs(normal) {
            if !run.han {
                self.atoms.push(Atom::Word(run.text.to_owned()));
            } else if run.text.chars().nth(1).is_none() {
                self.atoms.push(Atom::Char(run.text.to_owned()));
            } else {
                self.atoms
                    .extend(bigrams(run.text).map(|bigram| Atom::Bigram(bigram.to_owned())));
            }
        }
    }
}

impl Atom {
    /// An English word says about as much as two Chinese characters.
    fn size(&self) -> u32 {
        match self {
            Self::Bigram(_) | Self::Char(_) => 1,
            Self::Word(_) => 2,
        }
    }

    /// The stem by which a word is also found.
    pub(super) fn stem(&self) -> Option<String> {
        match self {
            Self::Word(word) => stem(word),
            Self::Bigram(_) | Self::Char(_) => None,
        }
    }
}

fn readings(atoms: &[Atom], latin: Latin) -> Vec<Reading> {
    let [Atom::Word(word)] = atoms else {
        return Vec::new();
    };
    if latin == Latin::Words && word.len() < PINYIN {
        return Vec::new();
    }
    let mut readings = pinyin::full_readings(word);
    if latin == Latin::Pinyin {
        readings.extend(pinyin::initial_reading(word));
    }
    readings
}
