//! How well the text of a record answers the text of a need: a number from 0 to 1 that compares between needs.
//!
//! BM25F over characters, bigrams, words and English stems, divided by what a text could reach at most. The need
//! and the statistics of the index are fixed when an [`Affinity`] is made; from then on every record is scored on its
//! own, so that adding a record changes no other score.
//!
//! Words of the other language count through a gloss: all translations of one word are one term, as if they were
//! written alike. Spaces between ideographs separate nothing, since Chinese is written without them.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxHashMap;

use super::bm25::idf;
use super::content::{self, Content};
use super::gloss;
use super::index::{Index, IndexError, Snapshot};
use super::rescore::{Term, frequency};
use super::statistics::{Part, Statistics};
use super::stem::stem;
use super::text::{is_han, is_word, normalise};
use crate::model::Record;

/// How often a term in a name counts beside one in the text.
const NAME: f64 = 2.0;
/// How much the length of a name and of the rest counts.
const B_NAME: f64 = 0.75;
const B_BODY: f64 = 0.75;
/// How often a term in the title of a need counts.
const TITLE: f64 = 3.0;
/// Weight of a single character beside its bigrams.
const CHAR: f64 = 0.25;
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
    /// The field of the record in which it is first read.
    pub field: &'static str,
}

/// What a translation counts beside the word itself: one of several, and perhaps not the one that was meant.
const TRANSLATED: f64 = 0.9;
/// How soon more occurrences in a text say no more.
const K1: f64 = 1.8;
/// How soon more occurrences in a need say no more.
const REPEATED: f64 = 2.0;
/// Translations of one word that count.
const TRANSLATIONS: usize = 8;

/// A term of the need: any of its forms, each all of its units.
#[derive(Debug)]
struct Wanted {
    weight: f64,
    forms: Vec<Vec<usize>>,
}

/// The terms of a need in one language.
#[derive(Debug, Default)]
struct Layer {
    terms: Vec<Wanted>,
    /// Sum of the weights: what a text could reach at most.
    attainable: f64,
}

/// A need's terms with their weights.
#[derive(Debug, Default)]
pub struct Affinity {
    chars: FxHashMap<char, usize>,
    bigrams: FxHashMap<(char, char), usize>,
    words: HashMap<String, usize>,
    stems: HashMap<String, usize>,
    /// Number of different units.
    units: usize,
    /// The words of the need as they are; then, where there is something to translate, all of them in English and
    /// all of them in Chinese.
    layers: Vec<Layer>,
    average_name: f64,
    average_body: f64,
}

/// How often each unit occurs in the two fields of a record, and what the lengths of the fields divide by.
struct Counts {
    name: Vec<f64>,
    body: Vec<f64>,
    name_norm: f64,
    body_norm: f64,
}

impl Affinity {
    fn new(
        wording: Wording<'_>,
        seen: &Snapshot,
        statistics: &Statistics<'_>,
    ) -> Result<Self, IndexError> {
        let documents = statistics.documents;
        let names = statistics.average(Part::Title) + statistics.average(Part::Alias);
        let mut affinity = Self {
            average_name: names.max(1.0),
            average_body: (statistics.average(Part::Text) - names).max(1.0),
            ..Self::default()
        };
        let (mut native, mut english, mut chinese) =
            (Layer::default(), Layer::default(), Layer::default());
        for (term, count) in terms(wording) {
            let found = frequency(seen, statistics, &term)?;
            if found > 0 {
                let latin = matches!(term, Term::Word(_) | Term::Stem(_));
                let unit = affinity.unit(term);
                let weight = repeated(count) * idf(found, documents);
                let other = if latin { &mut english } else { &mut chinese };
                other.add(weight, vec![vec![unit]]);
                native.add(weight, vec![vec![unit]]);
            }
        }
        affinity.layers.push(native);
        for (mut layer, classes) in [
            (english, in_english(wording, statistics)),
            (chinese, in_chinese(wording)),
        ] {
            let before = layer.terms.len();
            for (class, count) in classes {
                let mut found = 0;
                let mut forms = Vec::new();
                for word in class.iter().take(TRANSLATIONS) {
                    let mut rarest = u64::MAX;
                    let terms = form(word);
                    for term in &terms {
                        rarest = rarest.min(frequency(seen, statistics, term)?);
                    }
                    if rarest > 0 && !terms.is_empty() {
                        found += rarest;
                        forms.push(terms.into_iter().map(|term| affinity.unit(term)).collect());
                    }
                }
                if !forms.is_empty() {
                    layer.add(
                        repeated(count) * idf(found.min(documents), documents),
                        forms,
                    );
                }
            }
            if layer.terms.len() > before {
                affinity.layers.push(layer);
            }
        }
        Ok(affinity)
    }

    /// The number of a unit, a new one if need be.
    fn unit(&mut self, term: Term) -> usize {
        let next = self.units;
        let unit = match term {
            Term::Char(c) => *self.chars.entry(c).or_insert(next),
            Term::Bigram(first, second) => *self.bigrams.entry((first, second)).or_insert(next),
            Term::Word(word) => *self.words.entry(word).or_insert(next),
            Term::Stem(stem) => *self.stems.entry(stem).or_insert(next),
        };
        self.units += usize::from(unit == next);
        unit
    }

    /// How well a record answers the need, from 0 to 1.
    pub fn of(&self, record: &Record) -> f64 {
        self.value(&self.count(&Content::of(record)))
    }

    /// What a record says in the words of the need and what it says in translation are two pieces of evidence: each
    /// leaves a part of the need unanswered, and what both leave is their product.
    fn value(&self, counts: &Counts) -> f64 {
        let Some((native, translated)) = self.layers.split_first() else {
            return 0.0;
        };
        let translated = translated
            .iter()
            .map(|layer| layer.reached(counts))
            .fold(0.0, f64::max);
        1.0 - (1.0 - native.reached(counts)) * (1.0 - TRANSLATED * translated)
    }

    fn count(&self, content: &Content<'_>) -> Counts {
        let mut counts = Counts {
            name: vec![0.0; self.units],
            body: vec![0.0; self.units],
            name_norm: 0.0,
            body_norm: 0.0,
        };
        let names = content.names.iter().chain(&content.aliases);
        let length = self.field(names.copied(), &mut counts.name);
        counts.name_norm = NAME / (1.0 - B_NAME + B_NAME * length / self.average_name);
        let body = content.body.iter().map(|piece| piece.text);
        let length = self.field(body, &mut counts.body);
        counts.body_norm = 1.0 / (1.0 - B_BODY + B_BODY * length / self.average_body);
        counts
    }

    fn field<'t>(&self, pieces: impl Iterator<Item = &'t str>, counts: &mut [f64]) -> f64 {
        let mut length = 0.0;
        for piece in pieces {
            each_unit(&normalise(piece), |unit| {
                length += 1.0;
                self.units_of(&unit, |slot| counts[slot] += 1.0);
            });
        }
        length
    }

    /// Calls `found` with every unit of the need that a unit of a text is.
    fn units_of(&self, unit: &Unit<'_>, mut found: impl FnMut(usize)) {
        match *unit {
            Unit::Han { c, before } => {
                if let Some(slot) = self.chars.get(&c) {
                    found(*slot);
                }
                if let Some(before) = before
                    && let Some(slot) = self.bigrams.get(&(before, c))
                {
                    found(*slot);
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

    /// The words that a record shares with the need in the language in which it answers best, what says most first.
    /// Every term counts where it is first read; single characters that belong to no shared word are left out. Shares
    /// are of the whole affinity.
    pub fn shared(&self, record: &Record) -> Vec<Shared> {
        let content = Content::of(record);
        let counts = self.count(&content);
        let mut layer = &self.layers[0];
        for other in &self.layers[1..] {
            if other.reached(&counts) > layer.reached(&counts) {
                layer = other;
            }
        }
        let of_all = self.value(&counts) / layer.reached(&counts).max(f64::MIN_POSITIVE);
        let mut shares = vec![0.0; self.units];
        for term in &layer.terms {
            let share = of_all * term.reached(&counts) / layer.attainable;
            let read = term.forms.iter().find(|form| {
                form.iter()
                    .all(|unit| counts.name[*unit] + counts.body[*unit] > 0.0)
            });
            if let Some(form) = read {
                shares[form[0]] += share;
            }
        }
        let mut shared: BTreeMap<(String, bool), (f64, &str)> = BTreeMap::new();
        let names = content.names.iter().chain(&content.aliases);
        let pieces = names
            .map(|text| (*text, content::NAME))
            .chain(content.body.iter().map(|piece| (piece.text, piece.field)));
        for (text, field) in pieces {
            let in_name = field == content::NAME;
            let mut phrases = Phrases::default();
            each_unit(&normalise(text), |unit| {
                let mut share = 0.0;
                let mut whole = false;
                self.units_of(&unit, |slot| {
                    whole |= match unit {
                        Unit::Word(_) => true,
                        Unit::Han { c, .. } => self.chars.get(&c) != Some(&slot),
                    };
                    share += std::mem::take(&mut shares[slot]);
                });
                phrases.add(&unit, whole, share);
            });
            for (text, share) in phrases.finish() {
                let entry = shared.entry((text, in_name)).or_insert((0.0, field));
                if entry.0 <= 0.0 {
                    entry.1 = field;
                }
                entry.0 += share;
            }
        }
        let mut shared: Vec<Shared> = shared
            .into_iter()
            .filter(|(_, (share, _))| *share > 0.0)
            .map(|((text, in_name), (share, field))| Shared {
                text,
                share,
                in_name,
                field,
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

impl Layer {
    fn add(&mut self, weight: f64, forms: Vec<Vec<usize>>) {
        self.attainable += weight;
        self.terms.push(Wanted { weight, forms });
    }

    fn reached(&self, counts: &Counts) -> f64 {
        if self.attainable <= 0.0 {
            return 0.0;
        }
        let sum: f64 = self.terms.iter().map(|term| term.reached(counts)).sum();
        sum / self.attainable
    }
}

impl Wanted {
    /// What a text reaches of the weight of a term.
    fn reached(&self, counts: &Counts) -> f64 {
        let occurrences = |field: &[f64]| -> f64 {
            let of = |form: &Vec<usize>| {
                form.iter()
                    .map(|unit| field[*unit])
                    .fold(f64::MAX, f64::min)
            };
            self.forms.iter().map(of).sum()
        };
        let frequency = occurrences(&counts.name) * counts.name_norm
            + occurrences(&counts.body) * counts.body_norm;
        self.weight * frequency / (K1 + frequency)
    }
}

impl Index {
    /// Reads a need against the statistics of this index.
    pub fn affinity(&self, wording: Wording<'_>) -> Result<Affinity, IndexError> {
        let seen = self.snapshot();
        let statistics = Statistics::new(&seen.segments, self.fields());
        Affinity::new(wording, &seen, &statistics)
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

/// What a term counts that a need repeats.
fn repeated(count: f64) -> f64 {
    count * (1.0 + REPEATED) / (count + REPEATED)
}

/// Classes of translations with how often they count.
type Classes = BTreeMap<Vec<String>, f64>;

fn classes(wording: Wording<'_>, translate: fn(&str) -> Vec<gloss::Class>) -> Classes {
    let mut classes = Classes::new();
    for (text, by) in [(wording.title, TITLE), (wording.text, 1.0)] {
        for class in translate(text) {
            *classes.entry(class.words).or_default() += class.weight * by;
        }
    }
    classes
}

/// The Chinese words of a need in English, where records hold English.
fn in_english(wording: Wording<'_>, statistics: &Statistics<'_>) -> Classes {
    if speaks_english(statistics) {
        classes(wording, gloss::english)
    } else {
        Classes::new()
    }
}

/// The English words of a need in Chinese.
fn in_chinese(wording: Wording<'_>) -> Classes {
    classes(wording, gloss::chinese)
}

/// Whether records hold enough English to look for translations in them.
pub(super) fn speaks_english(statistics: &Statistics<'_>) -> bool {
    statistics.average(Part::Stem) * ENGLISH > statistics.average(Part::Text)
}

/// One English word in so many terms is enough to look for translations.
const ENGLISH: f64 = 20.0;

/// The units of a translation: a stem, or the bigrams of a Chinese word.
fn form(word: &str) -> Vec<Term> {
    let mut form = Vec::new();
    each_unit(word, |unit| match unit {
        Unit::Word(word) => form.push(match stem(word) {
            Some(stem) => Term::Stem(stem),
            None => Term::Word(word.to_owned()),
        }),
        Unit::Han {
            c,
            before: Some(before),
        } => form.push(Term::Bigram(before, c)),
        Unit::Han { .. } => {}
    });
    form
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
                Unit::Word(word) if gloss::is_silent(word) => {}
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
