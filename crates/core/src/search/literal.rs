//! Which documents of a segment hold a quoted or an excluded text.

use tantivy::query::{EnableScoring, PhraseQuery, Query};
use tantivy::schema::Field;
use tantivy::{DocSet, TERMINATED, Term};

use super::index::IndexError;
use super::matching::{atom_set, stand_ins};
use super::plan::{Atom, Clause, Excluded};
use super::segment::Segment;
use super::sets::{self, Bits};
use super::tokenizer::{Run, bigrams, runs};

/// The documents that hold an excluded word: as it stands where it is Han text, as the start of a word where it
/// is not, or by a code of that name.
pub(super) fn excluded(
    segment: &Segment,
    text: Field,
    word: &Excluded,
) -> Result<Bits, IndexError> {
    let mut bits: Option<Bits> = None;
    for run in runs(&word.text) {
        let found = if run.han {
            han_run(segment, text, &run)?
        } else {
            word_run(segment, &run, false, true)?
        };
        match &mut bits {
            Some(bits) => bits.intersect(&found),
            None => bits = Some(found),
        }
    }
    let mut bits = bits.unwrap_or_else(|| Bits::new(segment.max_doc()));
    bits.union(&stand_ins(
        segment,
        &Clause {
            codes: word.codes.clone(),
            ..Clause::default()
        },
    )?);
    Ok(bits)
}

/// Documents that may hold a literal, and whether they certainly do.
pub(super) struct Candidates {
    pub(super) bits: Bits,
    pub(super) certain: bool,
}

/// The documents that may hold a normalised literal. Terms and positions decide on runs of Han characters; what
/// touches other characters has to be looked up in the text.
pub(super) fn literal(
    segment: &Segment,
    text: Field,
    literal: &str,
) -> Result<Candidates, IndexError> {
    let runs = runs(literal);
    let chars = literal.chars().count();
    let mut bits: Option<Bits> = None;
    for run in &runs {
        let open_start = run.at == 0;
        let open_end = run.at + run.text.chars().count() == chars;
        let found = if run.han {
            han_run(segment, text, run)?
        } else {
            word_run(segment, run, open_start, open_end)?
        };
        match &mut bits {
            Some(bits) => bits.intersect(&found),
            None => bits = Some(found),
        }
    }
    let whole = runs.len() == 1 && runs[0].text.len() == literal.len();
    Ok(Candidates {
        bits: bits.unwrap_or_else(|| Bits::new(segment.max_doc())),
        certain: whole,
    })
}

fn han_run(segment: &Segment, field: Field, run: &Run<'_>) -> Result<Bits, IndexError> {
    let bigrams: Vec<&str> = bigrams(run.text).collect();
    if bigrams.len() < 2 {
        let atom = match bigrams.first() {
            Some(bigram) => Atom::Bigram((*bigram).to_owned()),
            None => Atom::Char(run.text.to_owned()),
        };
        return atom_set(segment, &atom);
    }
    let terms = bigrams
        .iter()
        .enumerate()
        .map(|(at, bigram)| (at, Term::from_field_text(field, bigram)))
        .collect();
    let phrase = PhraseQuery::new_with_offset(terms);
    let weight = phrase.weight(EnableScoring::disabled_from_schema(segment.reader.schema()))?;
    let mut scorer = weight.scorer(&segment.reader, 1.0)?;
    let mut bits = Bits::new(segment.max_doc());
    let mut doc = scorer.doc();
    while doc != TERMINATED {
        bits.extend(&[doc]);
        doc = scorer.advance();
    }
    Ok(bits)
}

/// Documents with a word that contains, starts with, ends with or is the run, as its neighbours in the literal
/// demand.
fn word_run(
    segment: &Segment,
    run: &Run<'_>,
    open_start: bool,
    open_end: bool,
) -> Result<Bits, IndexError> {
    let mut bits = Bits::new(segment.max_doc());
    match (open_start, open_end) {
        (false, false) => {
            if let Some(term) = sets::term(&segment.text, run.text)? {
                sets::add_term(&mut bits, &segment.text, &term)?;
            }
        }
        (false, true) => sets::add_prefix(&mut bits, &segment.text, run.text)?,
        (true, _) => sets::each_word(&segment.text, |word, term| {
            let fits = if open_end {
                word.contains(run.text)
            } else {
                word.ends_with(run.text)
            };
            if fits {
                sets::add_term(&mut bits, &segment.text, term)
            } else {
                Ok(())
            }
        })?,
    }
    Ok(bits)
}
