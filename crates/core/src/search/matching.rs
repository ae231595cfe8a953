//! Which documents of a segment a query matches.

use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::index::IndexError;
use super::pinyin::Reading;
use super::plan::{Atom, Clause};
use super::segment::Segment;
use super::sets::{self, Bits};

/// A term rarer than this share of the segment leads an intersection; commoner ones are met as bit sets.
const RARE: u32 = 32;

/// The documents that match every clause.
pub(super) fn all(segment: &Segment, clauses: &[Clause]) -> Result<Vec<DocId>, IndexError> {
    let Some(mut terms) = bigram_terms(segment, clauses)? else {
        return Ok(Vec::new());
    };
    let max_doc = segment.max_doc();
    let rarest = terms.iter().map(|term| term.doc_freq).min();
    let mut docs = None;
    if rarest.is_some_and(|rarest| rarest <= (max_doc / RARE).max(1024)) {
        docs = Some(sets::intersect(postings(segment, &terms)?));
        terms.clear();
    }
    let mut bits: Option<Bits> = None;
    let mut meet = |found: Bits| {
        match (&mut docs, &mut bits) {
            (Some(docs), _) => docs.retain(|doc| found.contains(*doc)),
            (None, Some(bits)) => bits.intersect(&found),
            (None, none) => *none = Some(found),
        }
        docs.as_ref().is_some_and(Vec::is_empty)
    };
    for term in &terms {
        let mut found = Bits::new(max_doc);
        sets::add_term(&mut found, &segment.text, term)?;
        meet(found);
    }
    // What costs most comes last, and not at all when nothing is left.
    for clause in clauses {
        if !clause.is_literal() {
            if meet(clause_set(segment, clause)?) {
                return Ok(Vec::new());
            }
            continue;
        }
        for atom in &clause.atoms {
            if !matches!(atom, Atom::Bigram(_)) && meet(atom_set(segment, atom)?) {
                return Ok(Vec::new());
            }
        }
    }
    Ok(docs.or_else(|| Some(bits?.docs())).unwrap_or_default())
}

/// The bigrams that every match holds; nothing when one of them occurs nowhere.
fn bigram_terms(
    segment: &Segment,
    clauses: &[Clause],
) -> Result<Option<Vec<TermInfo>>, IndexError> {
    let mut terms = Vec::new();
    let literal = clauses.iter().filter(|clause| clause.is_literal());
    for atom in literal.flat_map(|clause| &clause.atoms) {
        if let Atom::Bigram(bigram) = atom {
            match sets::term(&segment.text, bigram)? {
                Some(term) => terms.push(term),
                None => return Ok(None),
            }
        }
    }
    Ok(Some(terms))
}

fn postings(segment: &Segment, terms: &[TermInfo]) -> Result<Vec<SegmentPostings>, IndexError> {
    let read = |term| {
        segment
            .text
            .read_postings_from_terminfo(term, IndexRecordOption::Basic)
    };
    Ok(terms.iter().map(read).collect::<Result<_, _>>()?)
}

/// Whether some document matches every clause. The dictionary knows it of one term; bigrams are met document by
/// document, up to the first.
pub(super) fn any(segment: &Segment, clauses: &[Clause]) -> Result<bool, IndexError> {
    let literal = clauses.iter().filter(|clause| clause.is_literal());
    let atoms: Vec<&Atom> = literal.flat_map(|clause| &clause.atoms).collect();
    for atom in &atoms {
        if !is_known(segment, atom)? {
            return Ok(false);
        }
    }
    let alone = clauses.iter().all(Clause::is_literal);
    if alone && atoms.len() == 1 {
        return Ok(true);
    }
    let bigrams = atoms.iter().all(|atom| matches!(atom, Atom::Bigram(_)));
    if !alone || !bigrams || atoms.is_empty() {
        return Ok(!all(segment, clauses)?.is_empty());
    }
    let terms = bigram_terms(segment, clauses)?.unwrap_or_default();
    let mut postings = postings(segment, &terms)?;
    postings.sort_by_key(SegmentPostings::doc_freq);
    let Some((rarest, others)) = postings.split_first_mut() else {
        return Ok(false);
    };
    let mut doc = rarest.doc();
    'next: while doc != TERMINATED {
        for other in others.iter_mut() {
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
    let mut docs = Vec::new();
    // Few documents hold most words: what holds none of them is passed over by the block.
    for (at, block) in met.chunks(64).enumerate() {
        if block.iter().copied().max() >= Some(wanted) {
            let found = (at as DocId * 64..).zip(block);
            docs.extend(found.filter_map(|(doc, met)| (*met >= wanted).then_some(doc)));
        }
    }
    Ok(docs)
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

pub(super) fn atom_set(segment: &Segment, atom: &Atom) -> Result<Bits, IndexError> {
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

/// Whether some document holds a term: no document is read.
fn is_known(segment: &Segment, atom: &Atom) -> Result<bool, IndexError> {
    let field = &segment.text;
    Ok(match atom {
        Atom::Bigram(bigram) => sets::term(field, bigram)?.is_some(),
        Atom::Char(c) => sets::is_prefix(field, c)?,
        Atom::Word(word) => {
            sets::is_prefix(field, word)?
                || match atom.stem() {
                    Some(stem) => sets::term(&segment.stem, &stem)?.is_some(),
                    None => false,
                }
        }
    })
}
