//! What every engine does with a query.

use std::path::Path;
use std::time::Duration;

use super::Failure;
use super::queries::Query;

/// What an engine answers. Every engine hands over the references of the best twenty, the number of matches, and
/// the counts of the facets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    pub total: u32,
    pub best: Vec<String>,
    /// Codes with counts per facet, by code.
    pub facets: Vec<Vec<(String, u32)>>,
    /// Part of the time that went into reading the rows' records from the store.
    pub store: Duration,
    /// How far the query was relaxed, where the engine does that by itself.
    pub relaxed: Option<&'static str>,
}

/// A search engine over an index that was built before.
pub trait Engine {
    /// Answers a query; nothing when the engine cannot look for such a text.
    fn answer(&mut self, query: &Query) -> Result<Option<Answer>, Failure>;
}

/// The engines that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Ours,
    /// Ours up to the references of the best rows: what the others do.
    Hits,
    Raw,
    Trigrams,
    Bigrams,
}

impl Which {
    pub const ALL: [Self; 5] = [
        Self::Ours,
        Self::Hits,
        Self::Raw,
        Self::Trigrams,
        Self::Bigrams,
    ];

    /// Those that have an index of their own.
    pub const BUILT: [Self; 4] = [Self::Ours, Self::Raw, Self::Trigrams, Self::Bigrams];

    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Hits => "ours, no rows",
            Self::Raw => "raw tantivy",
            Self::Trigrams => "FTS5 trigram",
            Self::Bigrams => "FTS5 bigrams",
        }
    }

    /// Whether it touches little memory besides what a query needs.
    pub fn is_fast(self) -> bool {
        !matches!(self, Self::Trigrams | Self::Bigrams)
    }

    /// Name of its folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Ours | Self::Hits => "index",
            Self::Raw => "raw",
            Self::Trigrams => "trigrams",
            Self::Bigrams => "bigrams",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::BUILT.into_iter().find(|which| which.folder() == text)
    }

    /// Builds the engine's index in `dir`, from the catalog that lies there.
    pub fn build(self, dir: &Path) -> Result<(), Failure> {
        let into = dir.join(self.folder());
        match self {
            Self::Ours | Self::Hits => super::ours::build(dir, &into),
            Self::Raw => super::raw::build(dir, &into),
            Self::Trigrams | Self::Bigrams => super::fts::build(dir, &into, self),
        }
    }

    pub fn open(self, dir: &Path) -> Result<Box<dyn Engine>, Failure> {
        let from = dir.join(self.folder());
        Ok(match self {
            Self::Ours => Box::new(super::ours::Ours::open(dir, &from, true)?),
            Self::Hits => Box::new(super::ours::Ours::open(dir, &from, false)?),
            Self::Raw => Box::new(super::raw::Raw::open(&from)?),
            Self::Trigrams | Self::Bigrams => Box::new(super::fts::Fts::open(&from, self)?),
        })
    }
}
