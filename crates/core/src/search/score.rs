//! BM25 over the fields of the index.
//!
//! Scores are summed in double precision and in the order of the terms, from statistics of the whole index: they
//! do not depend on how documents are spread over segments. tantivy's block-max WAND, whose sums vary in the last
//! bit, only proposes documents.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, TERMINATED, Term};

use super::index::IndexError;
use super::plan::{Atom, Plan};
use super::schema::Fields;
use super::segment::Segment;
use super::sets::{self, Bits};

const K1: f64 = 1.2;
const B: f64 = 0.75;
/// Weight of a term in a name or alias, beside the 1 that it has as part of the text.
const NAME: f64 = 2.0;
/// Weight of a shared English stem.
const STEM: f64 = 0.7;
/// Terms of a need that are scored.
const TERMS: usize = 64;
/// Result sets up to this size are scored document by document.
const SMALL: usize = 4096;

/// A field that is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Text,
    Title,
    Alias,
    Stem,
}

impl Part {
    fn field(self, fields: &Fields) -> Field {
        match self {
            Self::Text => fields.text,
            Self::Title => fields.title,
            Self::Alias => fields.alias,
            Self::Stem => fields.stem,
        }
    }

    fn reader(self, segment: &Segment) -> &InvertedIndexReader {
        match self {
            Self::Text => &segment.text,
            Self::Title => &segment.title,
            Self::Alias => &segment.alias,
            Self::Stem => &segment.stem,
        }
    }
}

/// A term in a field with its weight.
#[derive(Debug, Clone)]
struct Scored {
    part: Part,
    field: Field,
    text: String,
    /// Boost times frequency in the query.
    boost: f64,
    /// Boost times inverse document frequency times `k1 + 1`.
    weight: f64,
    average: f64,
}

/// How documents are scored for one query.
pub(super) struct Scoring {
    terms: Vec<Scored>,
    query: BooleanQuery,
}

/// Inverse document frequency, as BM25 has it.
pub(super) fn idf(found: u64, documents: u64) -> f64 {
    let (found, documents) = (found as f64, documents as f64);
    (1.0 + (documents - found + 0.5) / (found + 0.5)).ln()
}

impl Scoring {
    pub(super) fn new(
        plan: &Plan,
        fields: &Fields,
        searcher: &Searcher,
        segments: &[Segment],
    ) -> Result<Self, IndexError> {
        let documents: u64 = segments
            .iter()
            .map(|segment| u64::from(segment.max_doc()))
            .sum();
        let average = |part: Part| {
            let tokens: u64 = segments
                .iter()
                .map(|segment| part.reader(segment).total_num_tokens())
                .sum();
            tokens as f64 / documents.max(1) as f64
        };
        let averages = [Part::Text, Part::Title, Part::Alias, Part::Stem].map(average);
        let mut terms = Vec::new();
        let mut add = |part: Part, text: &str, boost: f64| -> Result<f64, IndexError> {
            let field = part.field(fields);
            let found = searcher.doc_freq(&Term::from_field_text(field, text))?;
            if found == 0 {
                return Ok(0.0);
            }
            let weight = boost * idf(found, documents) * (K1 + 1.0);
            terms.push(Scored {
                part,
                field,
                text: text.to_owned(),
                boost,
                weight,
                average: averages[part as usize],
            });
            Ok(weight)
        };
        for (atom, count) in chosen(plan, fields, searcher, documents)? {
            let count = f64::from(count);
            let text = match &atom {
                Atom::Char(_) => continue,
                Atom::Bigram(text) | Atom::Word(text) => text,
            };
            add(Part::Text, text, count)?;
            add(Part::Title, text, NAME * count)?;
            add(Part::Alias, text, NAME * count)?;
            if let Some(stem) = atom.stem() {
                add(Part::Stem, &stem, STEM * count)?;
            }
        }
        let clauses = terms
            .iter()
            .map(|term| {
                let query = TermQuery::new(
                    Term::from_field_text(term.field, &term.text),
                    IndexRecordOption::WithFreqs,
                );
                let boosted: Box<dyn Query> =
                    Box::new(BoostQuery::new(Box::new(query), term.boost as Score));
                (Occur::Should, boosted)
            })
            .collect();
        Ok(Self {
            terms,
            query: BooleanQuery::new(clauses),
        })
    }

    /// Scores documents, which are in order.
    pub(super) fn scores(&self, segment: &Segment, docs: &[DocId]) -> Result<Vec<f64>, IndexError> {
        let mut scores = vec![0.0; docs.len()];
        for mut cursor in self.cursors(segment)? {
            for (doc, score) in docs.iter().zip(&mut scores) {
                *score += cursor.score(*doc);
            }
        }
        Ok(scores)
    }

    fn cursors(&self, segment: &Segment) -> Result<Vec<Cursor>, IndexError> {
        let mut cursors = Vec::new();
        for term in &self.terms {
            let reader = term.part.reader(segment);
            let Some(info) = sets::term(reader, &term.text)? else {
                continue;
            };
            let postings =
                reader.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
            let lengths = segment.reader.get_fieldnorms_reader(term.field)?;
            cursors.push(Cursor {
                postings,
                lengths,
                weight: term.weight,
                average: term.average,
            });
        }
        Ok(cursors)
    }

    /// The best `wanted` of `docs` by score plus `extra`, ties by `order`; best first.
    pub(super) fn best(
        &self,
        segment: &Segment,
        searcher: &Searcher,
        docs: &[DocId],
        extra: &[(Bits, f64)],
        wanted: usize,
    ) -> Result<Vec<(f64, DocId)>, IndexError> {
        let order = segment.references.ords();
        let mut best = Best::new(wanted);
        let constant = |doc: DocId| {
            extra
                .iter()
                .filter(|(bits, _)| bits.contains(doc))
                .map(|(_, weight)| weight)
                .sum::<f64>()
        };
        if docs.len() <= SMALL || self.terms.is_empty() {
            for (doc, score) in docs.iter().zip(self.scores(segment, docs)?) {
                best.offer(score + constant(*doc), *doc, |doc| {
                    order.first(doc).unwrap_or_default()
                });
            }
            return Ok(best.into_sorted());
        }
        let members = Bits::from_docs(segment.max_doc(), docs);
        let most: f64 = extra.iter().map(|(_, weight)| weight).sum();
        let mut cursors = self.cursors(segment)?;
        let mut offered = Bits::new(segment.max_doc());
        let weight = self
            .query
            .weight(EnableScoring::enabled_from_searcher(searcher))?;
        let mut threshold = Score::MIN;
        weight.for_each_pruning(threshold, &segment.reader, &mut |doc, _| {
            if members.contains(doc) {
                let score: f64 = cursors.iter_mut().map(|cursor| cursor.score(doc)).sum();
                offered.extend(&[doc]);
                best.offer(score + constant(doc), doc, |doc| {
                    order.first(doc).unwrap_or_default()
                });
                // Below this not even a tie is possible, whatever the rounding of single precision.
                threshold = best
                    .floor()
                    .map_or(Score::MIN, |floor| ((floor - most) * (1.0 - 1e-5)) as Score);
            }
            threshold
        })?;
        // Documents without any scored term are never proposed.
        if best.floor().is_none_or(|floor| floor <= most) {
            for doc in docs.iter().filter(|doc| !offered.contains(**doc)) {
                best.offer(constant(*doc), *doc, |doc| {
                    order.first(doc).unwrap_or_default()
                });
            }
        }
        Ok(best.into_sorted())
    }
}

/// The terms of a plan that are scored: all, or the weightiest ones of a need.
fn chosen(
    plan: &Plan,
    fields: &Fields,
    searcher: &Searcher,
    documents: u64,
) -> Result<Vec<(Atom, u32)>, IndexError> {
    let mut terms: Vec<(Atom, u32)> = plan
        .counts
        .iter()
        .map(|(atom, count)| (atom.clone(), *count))
        .collect();
    if terms.len() <= TERMS {
        return Ok(terms);
    }
    let mut weighed = Vec::with_capacity(terms.len());
    for (atom, count) in terms {
        let text = match &atom {
            Atom::Bigram(text) | Atom::Char(text) | Atom::Word(text) => text,
        };
        let found = searcher.doc_freq(&Term::from_field_text(fields.text, text))?;
        weighed.push((
            f64::from(count) * idf(found, documents),
            found > 0,
            atom,
            count,
        ));
    }
    weighed.retain(|(_, found, ..)| *found);
    weighed.sort_by(|left, right| {
        right
            .0
            .total_cmp(&left.0)
            .then_with(|| left.2.cmp(&right.2))
    });
    weighed.truncate(TERMS);
    terms = weighed
        .into_iter()
        .map(|(_, _, atom, count)| (atom, count))
        .collect();
    terms.sort_unstable();
    Ok(terms)
}

/// One term on its way through a segment.
struct Cursor {
    postings: SegmentPostings,
    lengths: FieldNormReader,
    weight: f64,
    average: f64,
}

impl Cursor {
    /// The contribution to the score of a document; documents are asked for in order.
    fn score(&mut self, doc: DocId) -> f64 {
        if self.postings.doc() < doc {
            self.postings.seek(doc);
        }
        if self.postings.doc() != doc || doc == TERMINATED {
            return 0.0;
        }
        let frequency = f64::from(self.postings.term_freq());
        let length = f64::from(self.lengths.fieldnorm(doc));
        self.weight * frequency / (frequency + K1 * (1.0 - B + B * length / self.average))
    }
}

/// The best so many documents: by score, then by order.
pub(super) struct Best {
    wanted: usize,
    heap: BinaryHeap<Reverse<Entry>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    score: f64,
    order: u64,
    doc: DocId,
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.score
            .total_cmp(&other.score)
            .then_with(|| other.order.cmp(&self.order))
    }
}

impl Best {
    pub(super) fn new(wanted: usize) -> Self {
        Self {
            wanted,
            heap: BinaryHeap::with_capacity(wanted.min(1 << 14) + 1),
        }
    }

    /// Takes a document if it is among the best; its order is asked for only when that matters.
    pub(super) fn offer(&mut self, score: f64, doc: DocId, order: impl Fn(DocId) -> u64) {
        if self.wanted == 0 || self.floor().is_some_and(|floor| score < floor) {
            return;
        }
        self.heap.push(Reverse(Entry {
            score,
            order: order(doc),
            doc,
        }));
        if self.heap.len() > self.wanted {
            self.heap.pop();
        }
    }

    /// The score below which a document is not taken, once there are enough.
    pub(super) fn floor(&self) -> Option<f64> {
        (self.heap.len() >= self.wanted).then(|| {
            self.heap
                .peek()
                .map_or(f64::INFINITY, |Reverse(entry)| entry.score)
        })
    }

    pub(super) fn into_sorted(self) -> Vec<(f64, DocId)> {
        let mut entries: Vec<Entry> = self.heap.into_iter().map(|Reverse(entry)| entry).collect();
        entries.sort_unstable_by(|left, right| right.cmp(left));
        entries
            .into_iter()
            .map(|entry| (entry.score, entry.doc))
            .collect()
    }
}
