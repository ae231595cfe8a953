//! BM25 in double precision.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// How soon more occurrences of a term say no more.
pub(super) const K1: f64 = 1.2;
/// How much the length of a text counts.
pub(super) const B: f64 = 0.75;

/// Inverse document frequency, as BM25 has it.
pub(super) fn idf(found: u64, documents: u64) -> f64 {
    let (found, documents) = (found as f64, documents as f64);
    (1.0 + (documents - found + 0.5) / (found + 0.5)).ln()
}

/// What the length of a text adds to the frequency of a term.
fn norm(length: u32, average: f64) -> f64 {
    K1 * (1.0 - B + B * f64::from(length) / average)
}

/// The same for every length that an index tells apart.
pub(super) fn norms(average: f64) -> [f64; 256] {
    std::array::from_fn(|id| norm(FieldNormReader::id_to_fieldnorm(id as u8), average))
}

/// The contribution of a term.
pub(super) fn saturated(weight: f64, frequency: u32, norm: f64) -> f64 {
    let frequency = f64::from(frequency);
    weight * frequency / (frequency + norm)
}

/// One term on its way through a segment.
pub(super) struct Cursor {
    pub(super) postings: SegmentPostings,
    pub(super) lengths: FieldNormReader,
    pub(super) weight: f64,
    pub(super) average: f64,
}

impl Cursor {
    /// The contribution to the score of a document; documents are asked for in order.
    pub(super) fn score(&mut self, doc: DocId) -> f64 {
        if self.postings.doc() < doc {
            self.postings.seek(doc);
        }
        if self.postings.doc() != doc || doc == TERMINATED {
            return 0.0;
        }
        let norm = norm(self.lengths.fieldnorm(doc), self.average);
        saturated(self.weight, self.postings.term_freq(), norm)
    }
}
