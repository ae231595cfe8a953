//! A portfolio: the user's needs given to providers of limited capacity.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::matching::MatchRecord;
use super::work::NeedRow;
use crate::model::{NeedStatus, RecordRef, Text};

/// A need and a provider, as staff decide about them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PortfolioPair {
    /// The need.
    pub need: RecordRef,
    /// The provider.
    pub provider: RecordRef,
}

/// How many of something: needs that a provider can take, providers that a need wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PortfolioCount {
    /// The need or provider.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// How many.
    pub count: u32,
}

/// What staff decided about a portfolio; kept, and changed as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct PortfolioPlan {
    /// Statuses whose needs take part.
    pub status: Vec<NeedStatus>,
    /// Needs left out.
    pub without: Vec<RecordRef>,
    /// Providers that a need wants, unless `demands` says otherwise.
    pub demand: u32,
    /// Needs that a provider can take, unless `capacities` says otherwise.
    pub capacity: u32,
    /// Needs with their own number.
    pub demands: Vec<PortfolioCount>,
    /// Providers with their own number.
    pub capacities: Vec<PortfolioCount>,
    /// Pairs that are settled.
    pub locks: Vec<PortfolioPair>,
    /// Pairs that must not be.
    pub forbids: Vec<PortfolioPair>,
    /// Raise the worst-off need at the price of at most 2 % of the total.
    pub fair: bool,
    /// The pairs of the solution that was last kept; a new one departs from them only for a gain.
    pub kept: Vec<PortfolioPair>,
}

impl Default for PortfolioPlan {
    fn default() -> Self {
        Self {
            status: vec![NeedStatus::Draft, NeedStatus::Interest, NeedStatus::Contact],
            without: Vec::new(),
            demand: 1,
            capacity: 3,
            demands: Vec::new(),
            capacities: Vec::new(),
            locks: Vec::new(),
            forbids: Vec::new(),
            fair: false,
            kept: Vec::new(),
        }
    }
}

/// A provider assigned to a need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Assigned {
    /// The provider.
    pub provider: MatchRecord,
    /// Score of the match.
    pub score: f64,
    /// Rank of the provider among all for this need.
    pub rank: u32,
    /// Settled by staff.
    pub locked: bool,
    /// Was in the solution last kept.
    pub kept: bool,
}

/// Why a need has fewer providers than it wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum ShortReason {
    /// No provider fits it.
    NoCandidate,
    /// Every provider that fits it was forbidden.
    Forbidden,
    /// None of those that fit it has any capacity.
    NoCapacity,
    /// Fewer fit it than it wants.
    FewCandidates {
        /// So many do.
        candidates: u32,
    },
    /// All that fit it are taken by needs that fit them better or have no other choice.
    Contended {
        /// Needs that hold them.
        needs: Vec<RecordRef>,
        /// Providers that are full; more capacity there would help.
        providers: Vec<MatchRecord>,
    },
}

/// One need of a portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PortfolioNeed {
    /// The need.
    pub need: NeedRow,
    /// Providers that it wants.
    pub demand: u32,
    /// Who serves it, best first.
    pub assigned: Vec<Assigned>,
    /// Others that would fit, best first; at most five.
    pub others: Vec<Assigned>,
    /// Why it has fewer than it wants.
    pub short: Option<ShortReason>,
}

/// How far a provider is used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PortfolioLoad {
    /// The provider.
    pub provider: MatchRecord,
    /// Needs assigned to it.
    pub used: u32,
    /// Needs that it can take.
    pub capacity: u32,
}

/// A provider that staff decided about and that is not among those of the needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PortfolioProvider {
    /// The provider.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its name; of one that is gone, as it was when staff decided.
    pub name: Text,
    /// It is no longer there.
    pub gone: bool,
}

/// A solved portfolio.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Portfolio {
    /// What staff decided.
    pub plan: PortfolioPlan,
    /// The needs, in the order of the list.
    pub needs: Vec<PortfolioNeed>,
    /// Providers in use, or with a number of their own; fullest first.
    pub loads: Vec<PortfolioLoad>,
    /// Needs with at least one provider.
    pub served: u32,
    /// Sum of the scores.
    pub total: f64,
    /// `total` as a part of what would be possible.
    pub share: f64,
    /// The least sum of scores among the needs served.
    pub floor: f64,
    /// Gini coefficient of how far providers are used: 0 is the same for all.
    pub gini: f64,
    /// Pairs of `plan.kept` that the solution departs from.
    pub departures: u32,
    /// Pairs that were settled or kept, whose provider is no longer there or fits no more.
    pub lost: Vec<PortfolioPair>,
    /// Who is meant by `lost` and `plan.forbids`, as far as that is known.
    pub named: Vec<PortfolioProvider>,
    /// Needs of the chosen statuses that take no part because they have expired.
    pub expired: u32,
}
