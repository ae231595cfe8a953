//! The second look at the best candidates of a described need: single characters beside bigrams.
//!
//! Single characters tell paraphrases apart (检测 / 测出 / 检出) but would make the index twice as slow; here they
//! are counted in the texts of a few hundred candidates only.

use std::collections::HashMap;

use super::content::Content;
use super::index::{IndexError, Snapshot};
use super::plan::{Atom, Plan};
use super::score::idf;
use super::sets;
use super::stem::stem;
use super::text::normalise;
use super::tokenizer::{bigrams, runs};
use crate::model::Record;

/// Candidates that are looked at again.
pub(super) const CANDIDATES: usize = 300;
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// How often a term in a name counts.
const NAME: f64 = 3.0;
/// Weight of a shared English stem beside the word itself.
const STEM: f64 = 0.7;
/// Weight of a single character.
const CHAR: f64 = 1.0;

/// Terms of a need with their weights.
pub(super) struct Rescoring {
    weights: HashMap<String, f64>,
    average: f64,
}

impl Rescoring {
    pub(super) fn new(plan: &Plan, seen: &Snapshot) -> Result<Self, IndexError> {
        let documents: u64 = seen
            .segments
            .iter()
            .map(|segment| u64::from(segment.max_doc()))
            .sum();
        let tokens: u64 = seen
            .segments
            .iter()
            .map(|segment| segment.text.total_num_tokens())
            .sum();
        let mut terms: HashMap<String, f64> = HashMap::new();
        for (atom, count) in &plan.counts {
            let mut add = |term: String, weight: f64| {
                *terms.entry(term).or_default() += weight * f64::from(*count)
            };
            match atom {
                Atom::Bigram(text) => {
                    add(text.clone(), 1.0);
                    // Inner characters stand in two bigrams, so each bigram brings half of its characters.
                    for c in text.chars() {
                        add(c.to_string(), CHAR / 2.0);
                    }
                }
                Atom::Char(text) => add(text.clone(), CHAR),
                Atom::Word(text) => {
                    add(text.clone(), 1.0);
                    if let Some(stem) = stem(text) {
                        add(format!("~{stem}"), STEM);
                    }
                }
            }
        }
        let mut weights = HashMap::with_capacity(terms.len());
        let mut sorted: Vec<(String, f64)> = terms.into_iter().collect();
        sorted.sort_by(|left, right| left.0.cmp(&right.0));
        for (term, weight) in sorted {
            let found = frequency(seen, &term, documents)?;
            weights.insert(term, weight * idf(found, documents));
        }
        Ok(Self {
            weights,
            average: tokens as f64 / documents.max(1) as f64,
        })
    }

    /// The score of a record.
    pub(super) fn score(&self, record: &Record) -> f64 {
        let content = Content::of(record);
        let mut counts: HashMap<&str, f64> = HashMap::new();
        let mut length = 0.0;
        let names = content
            .names
            .iter()
            .chain(&content.aliases)
            .map(|piece| (piece, NAME));
        for (piece, weight) in names.chain(content.body.iter().map(|piece| (piece, 1.0))) {
            length += weight * self.count(&normalise(piece), weight, &mut counts);
        }
        let norm = K1 * (1.0 - B + B * length / self.average);
        let mut parts: Vec<(&str, f64)> = counts.into_iter().collect();
        // Sums are taken in one order, so that equal texts have equal scores.
        parts.sort_unstable_by(|left, right| left.0.cmp(right.0));
        parts
            .iter()
            .map(|(term, count)| self.weights[*term] * (K1 + 1.0) * count / (count + norm))
            .sum()
    }

    /// Counts the terms of a text and returns its length in index terms.
    fn count<'a>(&'a self, normal: &str, weight: f64, counts: &mut HashMap<&'a str, f64>) -> f64 {
        let mut length = 0.0;
        let mut add = |term: &str| {
            if let Some((known, _)) = self.weights.get_key_value(term) {
                *counts.entry(known).or_default() += weight;
            }
        };
        for run in runs(normal) {
            if run.han {
                for bigram in bigrams(run.text) {
                    add(bigram);
                }
                for c in run.text.chars() {
                    add(c.encode_utf8(&mut [0; 4]));
                    length += 1.0;
                }
            } else {
                add(run.text);
                if let Some(stem) = stem(run.text) {
                    add(&format!("~{stem}"));
                }
                length += 1.0;
            }
        }
        length
    }
}

/// In how many documents a term occurs. For a single character this is an estimate from the bigrams that it
/// starts, as if they were spread independently.
fn frequency(seen: &Snapshot, term: &str, documents: u64) -> Result<u64, IndexError> {
    let mut found = 0;
    let mut chars = term.chars();
    let single = chars
        .next()
        .filter(|c| chars.next().is_none() && super::text::is_han(*c))
        .is_some();
    for segment in &seen.segments {
        if single {
            sets::each_with_prefix(&segment.text, term, |_, info| {
                found += u64::from(info.doc_freq);
                Ok(())
            })?;
        } else {
            let (field, text) = match term.strip_prefix('~') {
                Some(stem) => (&segment.stem, stem),
                None => (&segment.text, term),
            };
            found += sets::term(field, text)?.map_or(0, |info| u64::from(info.doc_freq));
        }
    }
    if single {
        let documents = documents.max(1) as f64;
        return Ok((documents * (1.0 - (-(found as f64) / documents).exp())) as u64);
    }
    Ok(found)
}
