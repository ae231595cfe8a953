//! The codes of a facet over all segments: counts are added up by place, not by name.

use std::collections::HashMap;
use std::sync::Arc;

use super::index::IndexError;
use super::segment::Segment;

/// The codes of one facet.
#[derive(Debug, Default)]
pub(super) struct FacetCodes {
    /// Every code that some segment has.
    pub(super) codes: Vec<String>,
    /// Per segment: from the number of a code in the segment's column to its place in `codes`.
    pub(super) places: Vec<Vec<u32>>,
}

impl FacetCodes {
    /// Gathers the codes of a facet, by its position in the schema.
    pub(super) fn of(segments: &[Arc<Segment>], facet: usize) -> Result<Self, IndexError> {
        let mut all = Self::default();
        let mut known: HashMap<String, u32> = HashMap::new();
        for segment in segments {
            let column = segment.facet(facet)?;
            let places = column.codes.iter().map(|code| {
                *known.entry(code.clone()).or_insert_with(|| {
                    all.codes.push(code.clone());
                    all.codes.len() as u32 - 1
                })
            });
            all.places.push(places.collect());
        }
        Ok(all)
    }
}
