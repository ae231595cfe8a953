//! What candidates are judged by, one criterion a file.
//!
//! Every criterion answers on its own, from the need, the candidate and the fixed statistics, never from other
//! candidates. A candidate that does not say is neither good nor bad: it gets the criterion's prior and becomes a
//! question. A criterion that the need does not ask for has no weight.

mod budget;
mod concepts;
mod data;
mod deadline;
mod delivery;
mod deployment;
mod evidence;
mod maturity;
mod partner;
pub(super) mod parts;
mod region;
mod sector;
mod text;

use super::candidate::Candidate;
use super::similarity::Similarity;
use crate::api::types::{MatchFact, MatchState};
use crate::model::{Code, Date, NeedForm, Strength, Taxonomies};

pub(super) use budget::price;
pub(super) use data::{kinds, stated as data_stated};
pub(super) use deadline::{days, lead};
pub(super) use deployment::deployments;
pub(super) use text::wording;

/// What every criterion may look at besides the candidate.
pub struct Context<'a> {
    /// The need.
    pub need: &'a NeedForm,
    /// Today.
    pub today: &'a Date,
    /// Names and trees of codes.
    pub taxonomies: &'a Taxonomies,
    /// How alike codes are.
    pub similarity: &'a Similarity,
}

/// What a criterion finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// From 0 to 1.
    pub value: f64,
    /// What the candidate says.
    pub state: MatchState,
    /// Facts behind the value.
    pub facts: Vec<MatchFact>,
    /// How strictly the part is meant that decided the state, where a criterion has several parts.
    pub strength: Option<Strength>,
}

impl Finding {
    /// Met as far as the value says.
    pub fn met(value: f64) -> Self {
        Self {
            value: value.clamp(0.0, 1.0),
            state: MatchState::Met,
            facts: Vec::new(),
            strength: None,
        }
    }

    /// Not said.
    pub fn unknown(prior: f64) -> Self {
        Self {
            value: prior,
            state: MatchState::Unknown,
            facts: Vec::new(),
            strength: None,
        }
    }

    /// Known not to be met, as far as the value says.
    pub fn violated(value: f64) -> Self {
        Self {
            value: value.clamp(0.0, 1.0),
            state: MatchState::Violated,
            facts: Vec::new(),
            strength: None,
        }
    }

    /// Whether something that is meant strictly is known to be broken.
    pub fn breaks(&self, criterion: &dyn Criterion, need: &NeedForm) -> bool {
        self.state == MatchState::Violated && self.strength(criterion, need) == Strength::Hard
    }

    /// How strictly that is meant which the finding is about.
    pub fn strength(&self, criterion: &dyn Criterion, need: &NeedForm) -> Strength {
        self.strength.unwrap_or_else(|| criterion.strength(need))
    }

    /// Adds codes behind the value.
    #[must_use]
    pub fn codes(mut self, key: &str, taxonomy: &str, codes: &[Code]) -> Self {
        if !codes.is_empty() {
            self.facts.push(MatchFact {
                key: key.to_owned(),
                taxonomy: Some(taxonomy.to_owned()),
                values: codes.iter().map(ToString::to_string).collect(),
            });
        }
        self
    }

    /// Adds a plain fact behind the value.
    #[must_use]
    pub fn fact(mut self, key: &str, value: impl Into<String>) -> Self {
        self.facts.push(MatchFact {
            key: key.to_owned(),
            taxonomy: None,
            values: vec![value.into()],
        });
        self
    }
}

/// One criterion.
pub trait Criterion: Sync {
    /// Its id, under which weights and texts know it.
    fn id(&self) -> &'static str;
    /// Whether the need asks for it.
    fn asked(&self, need: &NeedForm) -> bool;
    /// How strictly the need means it; of several parts, the strictest.
    fn strength(&self, _need: &NeedForm) -> Strength {
        Strength::Soft
    }
    /// Whether a candidate that is not there yet could come to meet it: it can offer another deployment or say what
    /// it did not say, but it cannot become another thing.
    fn changeable(&self, _state: MatchState) -> bool {
        true
    }
    /// Whether the candidate states anything about it.
    fn states(&self, candidate: &Candidate) -> bool;
    /// Judges a candidate. Called only when the need asks.
    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding;
}

/// How many criteria there are.
pub const COUNT: usize = 12;

/// Every criterion, in the order in which they are shown.
pub const ALL: [&dyn Criterion; COUNT] = [
    &text::Text,
    &concepts::Concepts,
    &evidence::Evidence,
    &sector::Sector,
    &deployment::Deployment,
    &delivery::Delivery,
    &budget::Budget,
    &data::Data,
    &region::Region,
    &deadline::Deadline,
    &maturity::Maturity,
    &partner::Partner,
];
