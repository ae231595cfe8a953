//! How well the text of a record answers the text of a need: a number from 0 to 1 that compares between needs.
//!
//! BM25F over characters, bigrams, words and English stems, divided by what a text could reach at most. The need
//! and the statistics of the index are fixed when an [`Affinity`] is made; from then on every record is scored on its
//! own, so that adding a record changes no other score.
//!
//! Words of the other language count through a gloss: all translations of one word are one term, as if they were
//! written alike. Spaces between ideographs separate nothing, since Chinese is written without them.

use std::collections::{BTreeMap, HashMap};

use super::bm25::{K1, idf};
use super::content::Content;
use super::index::{Index, IndexError, Snapshot};
use super::rescore::{Term, frequency};
use super::stem::stem;
use super::text::{is_han, is_word, normalise};
use crate::model::Record;

/// How often a term in a name counts beside one in the text.
const NAME: f64 = 3.0;
/// How much the length of a name and of the rest counts.
const B_NAME: f64 = 0.4;
const B_BODY: f64 = 0.75;
/// How often a term in the title of a need counts.
const TITLE: f64 = 3.0;
/// Weight of a single character beside its bigrams.
const CHAR: f64 = 0.5;
/// Weight of a shared English stem beside the word itself.
const STEM: f64 = 1.5;

/// The words of a need.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wording<'a> {
    /// What it is about in one line; may be empty.
    pub title: &'a str,
    /// All the rest.
    pub text: &'a str,
}

/// A term of the need that a text holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The term as it stands in the text of the record, normalised.
    pub text: String,
    /// What it adds to the affinity.
    pub share: f64,
    /// Whether it stands in a name.
    pub in_name: bool,
}

/// A need's terms with their weights.
#[derive(Debug)]
pub struct Affinity {
    /// Weight of every term.
    weights: Vec<f64>,
    /// Sum of the weights: what a text could reach at most.
    attainable: f64,
    chars: HashMap<char, usize>,
    bigrams: HashMap<(char, char), usize>,
    words: HashMap<String, usize>,
    stems: HashMap<String, usize>,
    average_name: f64,
    average_body: f64,
}

/// How often each term occurs in the two fields of a record, weighed and divided by length.
struct Counts {
    name: Vec<f64>,
    body: Vec<f64>,
}

impl Affinity {
    fn new(wording: Wording<'_>, seen: &Snapshot) -> Result<Self, IndexError> {
        let (mut documents, mut names, mut all) = (0u64, 0u64, 0u64);
        for segment in &seen.segments {
            documents += u64::from(segment.max_doc());
            names += segment.title.total_num_tokens() + segment.alias.total_num_tokens();
            all += segment.text.total_num_tokens();
        }
        let per_document = |tokens: u64| tokens as f64 / documents.max(1) as f64;
        let mut affinity = Self {
            weights: Vec::new(),
            attainable: 0.0,
            chars: HashMap::new(),
            bigrams: HashMap::new(),
            words: HashMap::new(),
            stems: HashMap::new(),
            average_name: per_document(names).max(1.0),
            average_body: per_document(all.saturating_sub(names)).max(1.0),
        };
        for (term, count) in terms(wording) {
            let found = frequency(seen, &term, documents)?;
            if found == 0 {
                continue;
            }
            let slot = affinity.weights.len();
            let weight = count * idf(found, documents);
            affinity.weights.push(weight);
            affinity.attainable += weight;
            match term {
                Term::Char(c) => affinity.chars.insert(c, slot),
                Term::Bigram(first, second) => affinity.bigrams.insert((first, second), slot),
                Term::Word(word) => affinity.words.insert(word, slot),
                Term::Stem(stem) => affinity.stems.insert(stem, slot),
            };
        }
        Ok(affinity)
    }

    /// Whether any record could be like the need at all.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// How well a record answers the need, from 0 to 1.
    pub fn of(&self, record: &Record) -> f64 {
        if self.attainable <= 0.0 {
            return 0.0;
        }
        let counts = self.count(&Content::of(record));
        let sum: f64 = (0..self.weights.len())
            .map(|slot| self.reached(&counts, slot))
            .sum();
        sum / self.attainable
    }

    /// What a term reaches of its weight.
    fn reached(&self, counts: &Counts, slot: usize) -> f64 {
        let frequency = counts.name[slot] + counts.body[slot];
        self.weights[slot] * frequency / (K1 + frequency)
    }

    fn count(&self, content: &Content<'_>) -> Counts {
        let mut counts = Counts {
            name: vec![0.0; self.weights.len()],
            body: vec![0.0; self.weights.len()],
        };
        let names = content.names.iter().chain(&content.aliases);
        let length = self.field(names, &mut counts.name);
        let norm = NAME / (1.0 - B_NAME + B_NAME * length / self.average_name);
        counts.name.iter_mut().for_each(|count| *count *= norm);
        let length = self.field(content.body.iter(), &mut counts.body);
        let norm = 1.0 / (1.0 - B_BODY + B_BODY * length / self.average_body);
        counts.body.iter_mut().for_each(|count| *count *= norm);
        counts
    }

    fn field<'t>(&self, pieces: impl Iterator<Item = &'t &'t str>, counts: &mut [f64]) -> f64 {
        let mut length = 0.0;
        for piece in pieces {
            each_unit(&normalise(piece), |unit| {
                length += 1.0;
                self.slots(&unit, |slot| counts[slot] += 1.0);
            });
        }
        length
    }

    /// Calls `found` with every term of the need that a unit of a text is.
    fn slots(&self, unit: &Unit<'_>, mut found: impl FnMut(usize)) {
        match *unit {
            Unit::Han { c, before } => {
                if let Some(slot) = self.chars.get(&c) {
                    found(*slot);
                    if let Some(before) = before
                        && let Some(slot) = self.bigrams.get(&(before, c))
                    {
                        found(*slot);
                    }
                }
            }
            Unit::Word(word) => {
                if let Some(slot) = self.words.get(word) {
                    found(*slot);
                }
                if !self.stems.is_empty()
                    && let Some(stem) = stem(word)
                    && let Some(slot) = self.stems.get(&stem)
                {
                    found(*slot);
                }
            }
        }
    }

    /// The words that a record shares with the need, what says most first. Every term counts where it is first
    /// read; single characters that belong to no shared word are left out.
    pub fn shared(&self, record: &Record) -> Vec<Shared> {
        if self.attainable <= 0.0 {
            return Vec::new();
        }
        let content = Content::of(record);
        let counts = self.count(&content);
        let mut spent = vec![false; self.weights.len()];
        let mut shared: BTreeMap<(String, bool), f64> = BTreeMap::new();
        let names = content.names.iter().chain(&content.aliases);
        let pieces = names
            .map(|piece| (*piece, true))
            .chain(content.body.iter().map(|piece| (*piece, false)));
        for (piece, in_name) in pieces {
            let mut phrases = Phrases::default();
            each_unit(&normalise(piece), |unit| {
                let mut share = 0.0;
                let mut whole = false;
                self.slots(&unit, |slot| {
                    whole |= match unit {
                        Unit::Word(_) => true,
                        Unit::Han { c, .. } => self.chars.get(&c) != Some(&slot),
                    };
                    if !std::mem::replace(&mut spent[slot], true) {
                        share += self.reached(&counts, slot) / self.attainable;
                    }
                });
                phrases.add(&unit, whole, share);
            });
            for (text, share) in phrases.finish() {
                *shared.entry((text, in_name)).or_default() += share;
            }
        }
        let mut shared: Vec<Shared> = shared
            .into_iter()
            .filter(|(_, share)| *share > 0.0)
            .map(|((text, in_name), share)| Shared {
                text,
                share,
                in_name,
            })
            .collect();
        shared.sort_by(|left, right| {
            right
                .share
                .total_cmp(&left.share)
                .then_with(|| left.text.cmp(&right.text))
        });
        shared
    }
}

impl Index {
    /// Reads a need against the statistics of this index.
    pub fn affinity(&self, wording: Wording<'_>) -> Result<Affinity, IndexError> {
        Affinity::new(wording, &self.snapshot())
    }
}

/// Puts shared bigrams together to the words that a reader sees.
#[derive(Default)]
struct Phrases {
    done: Vec<(String, f64)>,
    open: String,
    share: f64,
    /// The character before, with the share that it alone brought.
    before: Option<(char, f64)>,
}

impl Phrases {
    fn add(&mut self, unit: &Unit<'_>, whole: bool, share: f64) {
        match *unit {
            Unit::Word(word) => {
                self.close();
                if whole {
                    self.done.push((word.to_owned(), share));
                }
            }
            Unit::Han { c, .. } if whole => {
                if self.open.is_empty()
                    && let Some((before, alone)) = self.before
                {
                    self.open.push(before);
                    self.share += alone;
                }
                self.open.push(c);
                self.share += share;
                self.before = Some((c, 0.0));
            }
            Unit::Han { c, .. } => {
                self.close();
                self.before = Some((c, share));
            }
        }
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.done.push((std::mem::take(&mut self.open), self.share));
        }
        self.share = 0.0;
        self.before = None;
    }

    fn finish(mut self) -> Vec<(String, f64)> {
        self.close();
        self.done
    }
}

/// A piece of a text that can be a term.
enum Unit<'t> {
    /// An ideograph and the one before it.
    Han { c: char, before: Option<char> },
    /// A word of other letters and digits.
    Word(&'t str),
}

/// Calls `each` with the units of a normalised text.
fn each_unit<'t>(normal: &'t str, mut each: impl FnMut(Unit<'t>)) {
    let mut before = None;
    let mut word = None;
    for (at, c) in normal.char_indices() {
        if is_word(c) {
            word.get_or_insert(at);
            continue;
        }
        if let Some(start) = word.take() {
            each(Unit::Word(&normal[start..at]));
            before = None;
        }
        if is_han(c) {
            each(Unit::Han { c, before });
            before = Some(c);
        } else if !c.is_whitespace() {
            before = None;
        }
    }
    if let Some(start) = word {
        each(Unit::Word(&normal[start..]));
    }
}

/// The terms of a need with how often they count, before rarity.
fn terms(wording: Wording<'_>) -> BTreeMap<Term, f64> {
    let mut terms = BTreeMap::new();
    for (text, by) in [(wording.title, TITLE), (wording.text, 1.0)] {
        let normal = normalise(text);
        each_unit(&normal, |unit| {
            let mut add =
                |term: Term, weight: f64| *terms.entry(term).or_insert(0.0) += weight * by;
            match unit {
                Unit::Han { c, before } => {
                    add(Term::Char(c), CHAR);
                    if let Some(before) = before {
                        add(Term::Bigram(before, c), 1.0);
                    }
                }
                Unit::Word(word) => {
                    add(Term::Word(word.to_owned()), 1.0);
                    if let Some(stem) = stem(word) {
                        add(Term::Stem(stem), STEM);
                    }
                }
            }
        });
    }
    terms
}
