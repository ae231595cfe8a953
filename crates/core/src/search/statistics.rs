//! Statistics of the whole index, for scoring: how many documents there are, how long they are, how many hold a term.
//!
//! Deleted documents are left out, and lengths are taken as documents keep them, rounded. So the same records are scored
//! alike, whatever deltas led to them and however segments lie: the order of results is the same on every machine.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{TantivyError, Term};

use super::index::IndexError;
use super::schema::Fields;
use super::segment::Segment;
use super::sets;

/// A field that is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Text,
    Title,
    Alias,
    Stem,
}

impl Part {
    /// All, in the order in which a segment keeps their lengths.
    const ALL: [Self; 4] = [Self::Text, Self::Title, Self::Alias, Self::Stem];

    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::Title | Self::Alias)
    }

    pub(super) fn field(self, fields: &Fields) -> Field {
        match self {
            Self::Text => fields.text,
            Self::Title => fields.title,
            Self::Alias => fields.alias,
            Self::Stem => fields.stem,
        }
    }

    pub(super) fn reader(self, segment: &Segment) -> &InvertedIndexReader {
        match self {
            Self::Text => &segment.text,
            Self::Title => &segment.title,
            Self::Alias => &segment.alias,
            Self::Stem => &segment.stem,
        }
    }

    pub(super) fn lengths(self, segment: &Segment) -> &FieldNormReader {
        &segment.lengths[self as usize]
    }
}

/// The statistics of all segments together.
pub(super) struct Statistics<'a> {
    segments: &'a [Arc<Segment>],
    fields: &'a Fields,
    /// Documents.
    pub(super) documents: u64,
}

impl<'a> Statistics<'a> {
    pub(super) fn new(segments: &'a [Arc<Segment>], fields: &'a Fields) -> Self {
        Self {
            segments,
            fields,
            documents: segments.iter().map(|segment| segment.documents()).sum(),
        }
    }

    fn tokens(&self, part: Part) -> u64 {
        let segments = self.segments.iter();
        segments.map(|segment| segment.tokens(part as usize)).sum()
    }

    /// How long a part is on average.
    pub(super) fn average(&self, part: Part) -> f64 {
        self.tokens(part) as f64 / self.documents.max(1) as f64
    }

    /// How many documents hold a term that lies at these places, one for each segment.
    pub(super) fn found(&self, part: Part, places: &[Option<TermInfo>]) -> Result<u64, IndexError> {
        let mut found = 0;
        for (segment, place) in self.segments.iter().zip(places) {
            if let Some(place) = place {
                found += segment.found(part.reader(segment), place)?;
            }
        }
        Ok(found)
    }

    /// How many documents hold a term.
    pub(super) fn frequency(&self, part: Part, text: &str) -> Result<u64, IndexError> {
        let places = self
            .segments
            .iter()
            .map(|segment| sets::term(part.reader(segment), text))
            .collect::<Result<Vec<_>, _>>()?;
        self.found(part, &places)
    }

    fn part(&self, field: Field) -> tantivy::Result<Part> {
        Part::ALL
            .into_iter()
            .find(|part| part.field(self.fields) == field)
            .ok_or_else(|| TantivyError::InvalidArgument("a field that is not scored".to_owned()))
    }
}

/// What proposes documents by their scores must know them from the same numbers.
impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.tokens(self.part(field)?))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let text = term.value();
        let text = text.as_str().unwrap_or_default();
        self.frequency(self.part(term.field())?, text)
            .map_err(|error| TantivyError::InternalError(error.to_string()))
    }
}
