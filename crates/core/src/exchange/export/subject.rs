//! What can be exported, with all that is shown of it.

use std::collections::BTreeMap;

use crate::api::types::{
    ApiError, MatchAnswer, MatchRecord, MatchTarget, NeedView, Portfolio, RecordView, Roadmap,
};
use crate::model::{Record, RecordRef, Source};

/// The sources of records: reference → sources.
pub type SourcesOf = BTreeMap<String, Vec<Source>>;

/// Reads a record; none when it is gone.
pub type Read<'a> = dyn Fn(&RecordRef) -> Result<Option<Record>, ApiError> + 'a;

/// Records of a list, read one after the other.
pub struct Records<'a> {
    /// Which, in their order.
    pub refs: Vec<RecordRef>,
    /// How they are read.
    pub read: &'a Read<'a>,
    /// What was searched for; empty when they were chosen otherwise.
    pub searched: String,
    /// Name of the list; empty when it has none.
    pub name: String,
}

/// What was found for a need.
#[derive(Debug, Clone)]
pub struct MatchReport {
    /// The need, with the work on it.
    pub view: NeedView,
    /// With what it was matched.
    pub target: MatchTarget,
    /// What was found.
    pub answer: MatchAnswer,
    /// Where the facts about the hits are from.
    pub sources: SourcesOf,
}

/// The needs that an offer serves.
#[derive(Debug, Clone)]
pub struct OfferReport {
    /// The offer.
    pub offer: MatchRecord,
    /// What was found.
    pub answer: MatchAnswer,
    /// Where the facts about the hits are from.
    pub sources: SourcesOf,
}

/// Where an enterprise can start.
#[derive(Debug, Clone)]
pub struct RoadmapReport {
    /// The need.
    pub view: NeedView,
    /// The way.
    pub roadmap: Roadmap,
    /// Where the facts about the scenarios are from.
    pub sources: SourcesOf,
}

/// Needs shared out among providers.
#[derive(Debug, Clone)]
pub struct PortfolioReport {
    /// Who serves which need.
    pub plan: Portfolio,
    /// Where the facts about the providers are from.
    pub sources: SourcesOf,
}

/// Needs with the work on them.
#[derive(Debug, Clone)]
pub struct BoardReport {
    /// The needs.
    pub views: Vec<NeedView>,
    /// Where the facts about the shortlisted records are from.
    pub sources: SourcesOf,
}

/// What is exported.
pub enum Subject<'a> {
    /// A list of records.
    Records(Records<'a>),
    /// One record with what surrounds it.
    Record(Box<RecordView>),
    /// Records side by side.
    Comparison(Vec<(RecordRef, Record)>),
    /// A match.
    Match(Box<MatchReport>),
    /// A match the other way round.
    Offer(Box<OfferReport>),
    /// A roadmap.
    Roadmap(Box<RoadmapReport>),
    /// A portfolio.
    Portfolio(Box<PortfolioReport>),
    /// Needs with the work on them: the board.
    Needs(BoardReport),
}

impl Subject<'_> {
    /// The name of the subject in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Records(_) | Self::Record(_) => "records",
            Self::Comparison(_) => "comparison",
            Self::Match(_) => "match",
            Self::Offer(_) => "offer",
            Self::Roadmap(_) => "roadmap",
            Self::Portfolio(_) => "portfolio",
            Self::Needs(_) => "needs",
        }
    }
}
