//! Sets of documents of one segment, and how to make them from postings.

use std::io;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy::{DocId, DocSet, TERMINATED};

/// A set as one bit per document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    pub(super) fn new(max_doc: DocId) -> Self {
        Self {
            words: vec![0; (max_doc as usize).div_ceil(64)],
        }
    }

    pub(super) fn from_docs(max_doc: DocId, docs: &[DocId]) -> Self {
        let mut bits = Self::new(max_doc);
        bits.extend(docs);
        bits
    }

    pub(super) fn extend(&mut self, docs: &[DocId]) {
        for doc in docs {
            self.words[(*doc / 64) as usize] |= 1 << (doc % 64);
        }
    }

    pub(super) fn contains(&self, doc: DocId) -> bool {
        self.words[(doc / 64) as usize] >> (doc % 64) & 1 == 1
    }

    pub(super) fn union(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    pub(super) fn intersect(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn docs(&self) -> Vec<DocId> {
        let count: u32 = self.words.iter().map(|word| word.count_ones()).sum();
        let mut docs = Vec::with_capacity(count as usize);
        for (idx, word) in self.words.iter().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                docs.push(idx as u32 * 64 + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
        docs
    }
}

/// Adds the documents of a term.
pub(super) fn add_term(
    bits: &mut Bits,
    field: &InvertedIndexReader,
    term: &TermInfo,
) -> io::Result<()> {
    each_block(field, term, |docs| bits.extend(docs))
}

/// Calls `each` with the documents of a term, block by block.
pub(super) fn each_block(
    field: &InvertedIndexReader,
    term: &TermInfo,
    mut each: impl FnMut(&[DocId]),
) -> io::Result<()> {
    let mut blocks = field.read_block_postings_from_terminfo(term, IndexRecordOption::Basic)?;
    while !blocks.docs().is_empty() {
        each(blocks.docs());
        blocks.advance();
    }
    Ok(())
}

/// The term of exactly these bytes.
pub(super) fn term(field: &InvertedIndexReader, text: &str) -> io::Result<Option<TermInfo>> {
    field.terms().get(text.as_bytes())
}

/// Calls `each` with every term that starts with `prefix`.
pub(super) fn each_with_prefix(
    field: &InvertedIndexReader,
    prefix: &str,
    mut each: impl FnMut(&[u8], &TermInfo) -> io::Result<()>,
) -> io::Result<()> {
    let mut stream = with_prefix(field, prefix)?;
    while let Some((term, info)) = stream.next() {
        each(term, info)?;
    }
    Ok(())
}

/// Whether a term starts with `prefix`.
pub(super) fn is_prefix(field: &InvertedIndexReader, prefix: &str) -> io::Result<bool> {
    Ok(with_prefix(field, prefix)?.advance())
}

fn with_prefix<'a>(field: &'a InvertedIndexReader, prefix: &str) -> io::Result<TermStreamer<'a>> {
    let range = field.terms().range().ge(prefix.as_bytes());
    match end_of_prefix(prefix.as_bytes()) {
        Some(end) => range.lt(end).into_stream(),
        None => range.into_stream(),
    }
}

/// Adds the documents of every term that starts with `prefix`.
pub(super) fn add_prefix(
    bits: &mut Bits,
    field: &InvertedIndexReader,
    prefix: &str,
) -> io::Result<()> {
    each_with_prefix(field, prefix, |_, info| add_term(bits, field, info))
}

/// Calls `each` with every word term. The ideographs lie between the two ranges.
pub(super) fn each_word(
    field: &InvertedIndexReader,
    mut each: impl FnMut(&str, &TermInfo) -> io::Result<()>,
) -> io::Result<()> {
    let words = field.terms();
    for range in [words.range().lt("\u{3400}"), words.range().ge("\u{a000}")] {
        let mut stream = range.into_stream()?;
        while let Some((term, info)) = stream.next() {
            if let Ok(word) = std::str::from_utf8(term)
                && word.chars().next().is_some_and(super::text::is_word)
            {
                each(word, info)?;
            }
        }
    }
    Ok(())
}

fn end_of_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}

/// The documents that are in all of `postings`, in order.
pub(super) fn intersect(mut postings: Vec<SegmentPostings>) -> Vec<DocId> {
    let mut docs = Vec::new();
    postings.sort_by_key(SegmentPostings::doc_freq);
    let Some((lead, others)) = postings.split_first_mut() else {
        return docs;
    };
    let mut candidate = lead.doc();
    'candidates: while candidate != TERMINATED {
        for other in others.iter_mut() {
            let found = if other.doc() < candidate {
                other.seek(candidate)
            } else {
                other.doc()
            };
            if found != candidate {
                candidate = if found == TERMINATED {
                    TERMINATED
                } else {
                    lead.seek(found)
                };
                continue 'candidates;
            }
        }
        docs.push(candidate);
        candidate = lead.advance();
    }
    docs
}
