//! Matching: a need against what is offered, or an offer against the needs, each hit with its reasons.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{Code, Date, Kind, NeedForm, RecordRef, Strength, Text};

/// What a need is matched with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatchTarget {
    /// Solutions.
    #[default]
    Solutions,
    /// Providers, with their solutions and cases.
    Providers,
    /// Scenarios.
    Scenarios,
    /// Cases to learn from.
    Cases,
    /// Public needs alike.
    Needs,
}

/// Weights to begin with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// What the need says, with some of everything.
    #[default]
    Balanced,
    /// Proven elsewhere above all.
    Proven,
    /// Fits the constraints above all.
    Feasible,
    /// The text of the need alone, with its concepts.
    Topic,
}

/// The weights with which a need is matched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Weighing {
    /// Weights to begin with.
    pub preset: Preset,
    /// Criterion → weight, in place of the preset's.
    pub weights: BTreeMap<String, f64>,
}

/// A constraint that is taken as met for one candidate: what if?
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// The candidate.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// The criterion.
    pub criterion: String,
}

/// A need to match.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct MatchRequest {
    /// The need.
    pub need: NeedForm,
    /// With what.
    pub target: MatchTarget,
    /// Hits wanted in each of the two lists; at most 100.
    pub limit: u32,
    /// Weights to begin with.
    pub preset: Preset,
    /// Criterion → weight, in place of the preset's. Weights are taken in proportion to their sum.
    pub weights: BTreeMap<String, f64>,
    /// Constraints taken as met.
    pub assume: Vec<Assumption>,
}

/// An offer whose needs are looked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfferRequest {
    /// A provider or a solution.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Hits wanted in each of the two lists; at most 100.
    pub limit: u32,
    /// Weights to begin with.
    #[serde(default)]
    pub preset: Preset,
    /// Criterion → weight, in place of the preset's.
    #[serde(default)]
    pub weights: BTreeMap<String, f64>,
    /// Constraints of needs taken as met by the offer; each names the need.
    #[serde(default)]
    #[ts(as = "Option<Vec<Assumption>>", optional)]
    pub assume: Vec<Assumption>,
}

/// One hit to explain: the request that found it, and the hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExplainRequest {
    /// The request.
    pub request: MatchRequest,
    /// The record to explain.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
}

/// What a candidate says about a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatchState {
    /// It meets what is asked, as far as the value says.
    Met,
    /// It does not say: a question for the provider.
    Unknown,
    /// It is known not to meet it.
    Violated,
}

/// A fact behind a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatchFact {
    /// What the values are: `asked`, `offered`, `same`, `record` …
    pub key: String,
    /// The taxonomy whose codes the values are, if they are codes.
    pub taxonomy: Option<String>,
    /// The values.
    pub values: Vec<String>,
}

/// What one criterion adds to a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Contribution {
    /// The criterion.
    pub criterion: String,
    /// Its weight; the weights of a hit sum to 1.
    pub weight: f64,
    /// How well the candidate does, from 0 to 1.
    pub value: f64,
    /// Weight times value; the contributions of a hit sum to its score.
    pub contribution: f64,
    /// What the candidate says.
    pub state: MatchState,
    /// How strictly the need means it.
    pub strength: Strength,
    /// Facts behind the value.
    pub facts: Vec<MatchFact>,
}

/// Words that need and record share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MatchedWord {
    /// The words, as the record writes them, in normal form.
    pub text: String,
    /// Their share of the value of the criterion `text`.
    pub share: f64,
    /// The record in which they stand.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Whether they stand in a name.
    pub in_name: bool,
    /// The field of the record in which they are first read.
    pub field: String,
    /// Whether that field was concluded, not printed.
    pub inferred: bool,
}

/// A record on the way from a hit to its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatchRecord {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: Text,
}

/// A case that speaks for a hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EvidencePath {
    /// Provider, case, scenario, as far as they are known and not the hit itself.
    pub path: Vec<MatchRecord>,
    /// How like the need the case is, from 0 to 1.
    pub affinity: f64,
    /// What its verification counts, from 0 to 1.
    pub verification: f64,
    /// What its age leaves of it, from 0 to 1.
    pub freshness: f64,
    /// Sources of the case: what was read.
    pub sources: Vec<String>,
}

/// A change that would lift a hit; found by ranking anew with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Counterfactual {
    /// Criteria that would have to be met.
    pub criteria: Vec<String>,
    /// The rank that the hit would then have in the main list.
    pub rank: u32,
    /// The score that it would then have.
    pub score: f64,
}

/// A change of the need that would admit a near miss; found by ranking anew with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NeedChange {
    /// Fields of the need that would have to be meant less strictly.
    pub soft: Vec<String>,
    /// The budget, at most, that it would take, in yuan.
    pub budget: Option<f64>,
    /// The deadline that it would take.
    pub deadline: Option<Date>,
    /// The rank that the near miss would then have in the main list.
    pub rank: u32,
    /// The score that it would then have.
    pub score: f64,
}

/// Something that a need asks for and no criterion judges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Unjudged {
    /// Field of the need.
    pub field: String,
    /// How strictly it is meant.
    pub strength: Strength,
}

/// One hit with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Match {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: Text,
    /// Who offers it, where that is another record.
    pub provider: Option<MatchRecord>,
    /// Rank in its list, from 1.
    pub rank: u32,
    /// The score: the sum of the contributions.
    pub score: f64,
    /// Best and worst rank when the weights vary by a fifth; absent in the near-miss list.
    pub ranks: Option<(u32, u32)>,
    /// Moved ahead of a larger provider of about the same score.
    pub lifted: bool,
    /// What the criteria add, in the order of their table.
    pub contributions: Vec<Contribution>,
    /// Words shared, what says most first.
    pub words: Vec<MatchedWord>,
    /// The record in which they stand, where that is not the hit itself: the solution of a provider that answers best.
    pub words_in: Option<MatchRecord>,
    /// Cases that speak for it, strongest first.
    pub evidence: Vec<EvidencePath>,
    /// Changes that would lift it.
    pub counterfactuals: Vec<Counterfactual>,
    /// Changes of the need that would admit it, where it is a near miss.
    pub need_changes: Vec<NeedChange>,
    /// How well the need fits the offer and the offer the need, when an offer was asked for.
    pub sides: Option<Sides>,
}

/// Both sides of a match.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Sides {
    /// How well the offer fits the need: the score of the contributions.
    pub need: f64,
    /// How well the need fits the offer.
    pub offer: f64,
    /// Harmonic mean of both, by which offers rank needs.
    pub both: f64,
}

/// A criterion as it was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CriterionUse {
    /// The criterion.
    pub criterion: String,
    /// Its weight among the criteria that the need asks for; zero when it does not.
    pub weight: f64,
    /// Whether the need asks for it.
    pub asked: bool,
    /// Candidates that state it at all.
    pub stating: u32,
}

/// What was found for a need or an offer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct MatchAnswer {
    /// Candidates whose records were read.
    pub candidates: u32,
    /// The criteria, in the order of their table.
    pub criteria: Vec<CriterionUse>,
    /// What the need asks for and no record states: to be asked about, whatever the rank.
    pub unjudged: Vec<Unjudged>,
    /// The main list.
    pub hits: Vec<Match>,
    /// Candidates that are known to break something strict.
    pub near: Vec<Match>,
}

/// When a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RoadmapPhase {
    /// Nothing has to come first, and somebody has done it.
    Now,
    /// After what is done now, or nobody is known to have done it.
    Next,
    /// After what is done next.
    Later,
}

/// A scenario on the way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RoadmapStep {
    /// When.
    pub phase: RoadmapPhase,
    /// The scenario with its reasons.
    pub scenario: Match,
    /// Steps of this roadmap that come first.
    pub after: Vec<RecordRef>,
    /// Typical scenarios that should be in place, whether they are steps or not. They are this catalog's reading
    /// of what builds on what, not printed anywhere.
    pub prerequisites: Vec<Code>,
    /// What must be in place first, as the record states it.
    pub stated: Option<Text>,
}

/// A support measure that may apply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RoadmapSupport {
    /// The document.
    pub document: MatchRecord,
    /// Kind of support: a code of `support_kind`.
    pub kind: Code,
    /// Who may have it.
    pub eligible: Option<Text>,
    /// Where it applies; empty means nationwide.
    pub region: Vec<Code>,
    /// Until when it may be asked for.
    pub deadline: Option<Date>,
    /// What is given, as printed.
    pub amount: Option<Text>,
}

/// Where to start.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Roadmap {
    /// Scenarios, by phase and then by rank.
    pub steps: Vec<RoadmapStep>,
    /// Scenarios that rank among these, belong to another industry than the enterprise and are no steps for it.
    pub elsewhere: u32,
    /// Support measures that are not known to be closed or to exclude the enterprise.
    pub support: Vec<RoadmapSupport>,
}
