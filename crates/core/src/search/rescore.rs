//! The second look at the best candidates of a described need: single characters beside bigrams.
//!
//! Single characters tell paraphrases apart (检测 / 测出 / 检出) but would make the index twice as slow; here they
//! are counted in the texts of a few hundred candidates only.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxHashMap;

use super::bm25::{B, K1, idf};
use super::content::Content;
use super::index::{IndexError, Snapshot};
use super::plan::{Atom, Plan};
use super::schema::Fields;
use super::sets;
use super::statistics::{Part, Statistics};
use super::stem::stem;
use super::text::normalise;
use super::tokenizer::runs;
use crate::model::Record;

/// Candidates of a described need that are looked at again.
pub(super) const CANDIDATES: usize = 300;
/// Candidates of a relaxed query that are looked at again.
pub(super) const FEW_CANDIDATES: usize = 100;
/// How often a term in a name counts.
const NAME: f64 = 3.0;
/// Weight of a shared English stem beside the word itself.
const STEM: f64 = 1.5;
/// Weight of a single character beside its bigrams.
const CHAR: f64 = 1.0;

/// Terms of a need with their weights.
pub(super) struct Rescoring {
    /// Weight of every term, in the order of the terms.
    weights: Vec<f64>,
    chars: FxHashMap<char, usize>,
    bigrams: FxHashMap<(char, char), usize>,
    words: HashMap<String, usize>,
    stems: HashMap<String, usize>,
    average: f64,
}

/// A term of a need.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Term {
    Char(char),
    Bigram(char, char),
    Word(String),
    Stem(String),
}

impl Rescoring {
    pub(super) fn new(plan: &Plan, fields: &Fields, seen: &Snapshot) -> Result<Self, IndexError> {
        let statistics = Statistics::new(&seen.segments, fields);
        let documents = statistics.documents;
        let mut rescoring = Self {
            weights: Vec::new(),
            chars: FxHashMap::default(),
            bigrams: FxHashMap::default(),
            words: HashMap::new(),
            stems: HashMap::new(),
            average: statistics.average(Part::Text),
        };
        for (term, weight) in terms(plan) {
            let found = frequency(seen, &statistics, &term)?;
            let slot = rescoring.weights.len();
            rescoring
                .weights
                .push(weight * idf(found, documents) * (K1 + 1.0));
            match term {
                Term::Char(c) => rescoring.chars.insert(c, slot),
                Term::Bigram(first, second) => rescoring.bigrams.insert((first, second), slot),
                Term::Word(word) => rescoring.words.insert(word, slot),
                Term::Stem(stem) => rescoring.stems.insert(stem, slot),
            };
        }
        Ok(rescoring)
    }

    /// The score of a record.
    pub(super) fn score(&self, record: &Record) -> f64 {
        let content = Content::of(record);
        let mut counts = vec![0.0; self.weights.len()];
        let mut length = 0.0;
        for name in content.names.iter().chain(&content.aliases) {
            length += self.count(&normalise(name), NAME, &mut counts);
        }
        let body = content.body.iter().map(|piece| piece.text);
        for text in body.chain(content.columns.iter().copied()) {
            length += self.count(&normalise(text), 1.0, &mut counts);
        }
        let norm = K1 * (1.0 - B + B * length / self.average);
        self.weights
            .iter()
            .zip(counts)
            .map(|(weight, count)| weight * count / (count + norm))
            .sum()
    }

    /// Counts the terms of a text, each occurrence for `by`, and returns the length of the text so weighed.
    fn count(&self, normal: &str, by: f64, counts: &mut [f64]) -> f64 {
        let mut length = 0.0;
        let mut add = |slot: Option<&usize>| {
            if let Some(slot) = slot {
                counts[*slot] += by;
            }
        };
        for run in runs(normal) {
            if !run.han {
                length += by;
                add(self.words.get(run.text));
                if !self.stems.is_empty()
                    && let Some(stem) = stem(run.text)
                {
                    add(self.stems.get(&stem));
                }
                continue;
            }
            let mut before = None;
            for c in run.text.chars() {
                length += by;
                let known = self.chars.get(&c);
                add(known);
                if let (Some(before), Some(_)) = (before, known) {
                    add(self.bigrams.get(&(before, c)));
                }
                before = known.map(|_| c);
            }
        }
        length
    }
}

/// The terms of a plan with their weights before rarity.
fn terms(plan: &Plan) -> BTreeMap<Term, f64> {
    let mut terms = BTreeMap::new();
    for (atom, count) in &plan.counts {
        let count = f64::from(*count);
        let mut add = |term: Term, weight: f64| *terms.entry(term).or_default() += weight * count;
        match atom {
            Atom::Bigram(text) | Atom::Char(text) => {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(first), Some(second)) => {
                        add(Term::Bigram(first, second), 1.0);
                        // Inner characters stand in two bigrams, so each brings half of its characters.
                        add(Term::Char(first), CHAR / 2.0);
                        add(Term::Char(second), CHAR / 2.0);
                    }
                    (Some(only), None) => add(Term::Char(only), CHAR),
                    (None, _) => {}
                }
            }
            Atom::Word(text) => {
                add(Term::Word(text.clone()), 1.0);
                if let Some(stem) = stem(text) {
                    add(Term::Stem(stem), STEM);
                }
            }
        }
    }
    terms
}

/// In how many documents a term occurs. For a single character this is an estimate from the bigrams that it
/// starts, as if they were spread independently.
pub(super) fn frequency(
    seen: &Snapshot,
    statistics: &Statistics<'_>,
    term: &Term,
) -> Result<u64, IndexError> {
    let (part, text) = match term {
        Term::Char(c) => {
            let found = seen.char_count(*c, || {
                let mut found = 0;
                for segment in &seen.segments {
                    sets::each_with_prefix(
                        &segment.text,
                        c.encode_utf8(&mut [0; 4]),
                        |_, info| {
                            found += segment.found(&segment.text, info)?;
                            Ok(())
                        },
                    )?;
                }
                Ok(found)
            })?;
            let documents = statistics.documents.max(1) as f64;
            return Ok((documents * (1.0 - (-(found as f64) / documents).exp())) as u64);
        }
        Term::Bigram(first, second) => (Part::Text, String::from_iter([first, second])),
        Term::Word(word) => (Part::Text, word.clone()),
        Term::Stem(stem) => (Part::Stem, stem.clone()),
    };
    statistics.frequency(part, &text)
}
