//! Which documents of a segment a query matches.

use tantivy::postings::TermInfo;
use tantivy::query::{EnableScoring, PhraseQuery, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::index::IndexError;
use super::pinyin::Reading;
use super::plan::{Atom, Clause, Excluded};
use super::segment::Segment;
use super::sets::{self, Bits};
use super::tokenizer::{Run, bigrams, runs};

/// A term rarer than this share of the segment leads an intersection; commoner ones are met as bit sets.
const RARE: u32 = 32;

/// The documents that match every clause.
pub(super) fn all(segment: &Segment, clauses: &[Clause]) -> Result<Vec<DocId>, IndexError> {
    let mut terms: Vec<TermInfo> = Vec::new();
    let mut bits: Vec<Bits> = Vec::new();
    for clause in clauses {
        if clause.codes.is_empty() && clause.readings.is_empty() {
            for atom in &clause.atoms {
                match atom {
                    Atom::Bigram(bigram) => match sets::term(&segment.text, bigram)? {
                        Some(term) => terms.push(term),
                        None => return Ok(Vec::new()),
                    },
                    Atom::Char(_) | Atom::Word(_) => bits.push(atom_set(segment, atom)?),
                }
            }
        } else {
            bits.push(clause_set(segment, clause)?);
        }
    }
    meet(segment, &terms, bits)
}

/// Whether some document matches every clause. Words of bigrams alone are met document by document, up to the first.
pub(super) fn any(segment: &Segment, clauses: &[Clause]) -> Result<bool, IndexError> {
    let mut postings = Vec::new();
    for clause in clauses {
        for atom in &clause.atoms {
            let literal = clause.codes.is_empty() && clause.readings.is_empty();
            let (true, Atom::Bigram(bigram)) = (literal, atom) else {
                return Ok(!all(segment, clauses)?.is_empty());
            };
            let Some(term) = sets::term(&segment.text, bigram)? else {
                return Ok(false);
            };
            let found = segment
                .text
                .read_postings_from_terminfo(&term, IndexRecordOption::Basic)?;
            postings.push((term.doc_freq, found));
        }
    }
    postings.sort_by_key(|(documents, _)| *documents);
    let Some(((_, rarest), others)) = postings.split_first_mut() else {
        return Ok(!all(segment, clauses)?.is_empty());
    };
    let mut doc = rarest.doc();
    'next: while doc != TERMINATED {
        for (_, other) in others.iter_mut() {
            if other.doc() < doc {
                other.seek(doc);
            }
            if other.doc() > doc {
                doc = rarest.seek(other.doc());
                continue 'next;
            }
        }
        return Ok(true);
    }
    Ok(false)
}

/// The documents that match at least `wanted` of the terms of the clauses; a clause met by a code or a reading
/// counts as met with all its terms.
pub(super) fn some(
    segment: &Segment,
    clauses: &[Clause],
    atoms: &[&Atom],
    wanted: usize,
) -> Result<Vec<DocId>, IndexError> {
    if wanted <= 1 {
        let mut union = Bits::new(segment.max_doc());
        for atom in atoms {
            add_atom(&mut union, segment, atom)?;
        }
        for clause in clauses {
            union.union(&stand_ins(segment, clause)?);
        }
        return Ok(union.docs());
    }
    let mut met = vec![0u8; segment.max_doc() as usize];
    let mut count = |docs: &[DocId], by: u8| {
        for doc in docs {
            let met = &mut met[*doc as usize];
            *met = met.saturating_add(by);
        }
    };
    for atom in atoms {
        if let Atom::Bigram(bigram) = atom {
            if let Some(term) = sets::term(&segment.text, bigram)? {
                sets::each_block(&segment.text, &term, |docs| count(docs, 1))?;
            }
        } else {
            count(&atom_set(segment, atom)?.docs(), 1);
        }
    }
    for clause in clauses
        .iter()
        .filter(|clause| !clause.codes.is_empty() || !clause.readings.is_empty())
    {
        count(
            &stand_ins(segment, clause)?.docs(),
            clause.atoms.len().min(255) as u8,
        );
    }
    let wanted = wanted.min(255) as u8;
    Ok((0..segment.max_doc())
        .filter(|doc| met[*doc as usize] >= wanted)
        .collect())
}

/// The documents that match one clause.
pub(super) fn clause_set(segment: &Segment, clause: &Clause) -> Result<Bits, IndexError> {
    let literal = Clause {
        atoms: clause.atoms.clone(),
        ..Clause::default()
    };
    let mut bits = Bits::from_docs(segment.max_doc(), &all(segment, &[literal])?);
    bits.union(&stand_ins(segment, clause)?);
    Ok(bits)
}

/// The documents that match a clause by code or by pinyin.
pub(super) fn stand_ins(segment: &Segment, clause: &Clause) -> Result<Bits, IndexError> {
    let mut bits = Bits::new(segment.max_doc());
    for code in &clause.codes {
        if let Some(term) = sets::term(&segment.code, code)? {
            sets::add_term(&mut bits, &segment.code, &term)?;
        }
    }
    for reading in &clause.readings {
        bits.union(&reading_set(segment, reading)?);
    }
    Ok(bits)
}

/// The documents whose names can be read so.
pub(super) fn reading_set(segment: &Segment, reading: &Reading) -> Result<Bits, IndexError> {
    let mut bits = Bits::new(segment.max_doc());
    let mut terms = Vec::new();
    for term in &reading.terms {
        match sets::term(&segment.pinyin, term)? {
            Some(term) => terms.push(term),
            None => return Ok(bits),
        }
    }
    sets::add_prefix(&mut bits, &segment.pinyin, &reading.prefix)?;
    for term in &terms {
        let mut other = Bits::new(segment.max_doc());
        sets::add_term(&mut other, &segment.pinyin, term)?;
        bits.intersect(&other);
    }
    Ok(bits)
}

fn atom_set(segment: &Segment, atom: &Atom) -> Result<Bits, IndexError> {
    let mut bits = Bits::new(segment.max_doc());
    add_atom(&mut bits, segment, atom)?;
    Ok(bits)
}

fn add_atom(bits: &mut Bits, segment: &Segment, atom: &Atom) -> Result<(), IndexError> {
    match atom {
        Atom::Bigram(bigram) => {
            if let Some(term) = sets::term(&segment.text, bigram)? {
                sets::add_term(bits, &segment.text, &term)?;
            }
        }
        Atom::Char(c) => sets::add_prefix(bits, &segment.text, c)?,
        Atom::Word(word) => {
            sets::add_prefix(bits, &segment.text, word)?;
            if let Some(stem) = atom.stem()
                && let Some(term) = sets::term(&segment.stem, &stem)?
            {
                sets::add_term(bits, &segment.stem, &term)?;
            }
        }
    }
    Ok(())
}

fn meet(
    segment: &Segment,
    terms: &[TermInfo],
    mut bits: Vec<Bits>,
) -> Result<Vec<DocId>, IndexError> {
    let max_doc = segment.max_doc();
    let rarest = terms.iter().map(|term| term.doc_freq).min();
    if rarest.is_some_and(|rarest| rarest <= (max_doc / RARE).max(1024)) {
        let postings = terms
            .iter()
            .map(|term| {
                segment
                    .text
                    .read_postings_from_terminfo(term, IndexRecordOption::Basic)
            })
            .collect::<Result<_, _>>()?;
        return Ok(sets::intersect(postings, &bits.iter().collect::<Vec<_>>()));
    }
    for term in terms {
        let mut set = Bits::new(max_doc);
        sets::add_term(&mut set, &segment.text, term)?;
        bits.push(set);
    }
    let Some(mut result) = bits.pop() else {
        return Ok(Vec::new());
    };
    for set in &bits {
        result.intersect(set);
    }
    Ok(result.docs())
}

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
