//! What may answer a need: a record with the records that belong to it.

use std::sync::Arc;

use super::criteria::days;
use crate::model::{Code, Date, Record, RecordRef, Status};

/// A field of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codes {
    /// Industries.
    Industry,
    /// Process stages.
    Stage,
    /// Techniques.
    Technique,
    /// Typical scenarios.
    TypicalScenario,
    /// Regions.
    Region,
    /// Delivery forms.
    Delivery,
}

/// A case that speaks for a candidate.
#[derive(Debug, Clone)]
pub struct Vote {
    /// The case.
    pub reference: RecordRef,
    /// Its record.
    pub record: Arc<Record>,
    /// How like the need it is.
    pub affinity: f64,
    /// What its verification counts.
    pub verification: f64,
    /// What its age leaves of it.
    pub freshness: f64,
    /// Providers behind it.
    pub suppliers: Vec<RecordRef>,
    /// Scenarios that it is an instance of.
    pub scenarios: Vec<RecordRef>,
}

/// Years in which a case loses half of what it says.
const HALF_LIFE: f64 = 3.0;
/// What is left of a case without a date.
const UNDATED: f64 = 0.5;

impl Vote {
    /// A case as it speaks today.
    pub fn new(reference: RecordRef, record: Arc<Record>, affinity: f64, today: &Date) -> Self {
        let head = record.head();
        let verification = match head.status() {
            Some(Status::Confirmed) => 1.0,
            Some(Status::ThirdParty) => 0.8,
            Some(Status::Excerpt) => 0.6,
            Some(Status::Community) | None => 0.4,
        };
        let freshness = head.date.as_ref().map_or(UNDATED, |date| {
            let years = (days(today) - days(date)).max(0) as f64 / 365.25;
            (-years / HALF_LIFE).exp2()
        });
        Self {
            suppliers: linked(&reference, &record, "supplied_by"),
            scenarios: linked(&reference, &record, "instance_of"),
            reference,
            record,
            affinity,
            verification,
            freshness,
        }
    }
}

/// The records to which a record points by a relation.
pub fn linked(reference: &RecordRef, record: &Record, relation: &str) -> Vec<RecordRef> {
    record
        .head()
        .links
        .iter()
        .filter(|link| link.rel.as_str() == relation)
        .filter_map(|link| RecordRef::resolve(&reference.feed, &link.to).ok())
        .collect()
}

/// What may answer a need.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The record.
    pub reference: RecordRef,
    /// Its content.
    pub record: Arc<Record>,
    /// Who offers it, where that is another record.
    pub provider: Option<(RecordRef, Arc<Record>)>,
    /// How well the best of its texts answers the need.
    pub affinity: f64,
    /// The record with that text, where it is not the candidate's own.
    pub best_part: Option<RecordRef>,
    /// Cases that speak for it, strongest first.
    pub votes: Vec<Vote>,
    codes: [Vec<Code>; 6],
}

impl Candidate {
    /// A candidate with its provider and its solutions. Their codes count as its own.
    pub fn new(
        reference: RecordRef,
        record: Arc<Record>,
        provider: Option<(RecordRef, Arc<Record>)>,
        solutions: &[(RecordRef, Arc<Record>)],
    ) -> Self {
        let mut codes: [Vec<Code>; 6] = Default::default();
        let others = provider.iter().chain(solutions).map(|(_, record)| record);
        for record in std::iter::once(&record).chain(others) {
            let head = record.head();
            let delivery: &[Code] = match &**record {
                Record::Solution(solution) => &solution.delivery,
                _ => &[],
            };
            let fields: [&[Code]; 6] = [
                &head.industry,
                &head.stage,
                &head.technique,
                &head.typical_scenario,
                &head.region,
                delivery,
            ];
            for (codes, field) in codes.iter_mut().zip(fields) {
                codes.extend_from_slice(field);
            }
        }
        for codes in &mut codes {
            codes.sort_unstable();
            codes.dedup();
        }
        Self {
            reference,
            record,
            provider,
            affinity: 0.0,
            best_part: None,
            votes: Vec::new(),
            codes,
        }
    }

    /// The codes of a field, sorted.
    pub fn codes(&self, field: Codes) -> &[Code] {
        &self.codes[field as usize]
    }

    /// Whose candidate it is, for fairness among providers: a provider's reference or the words of the source.
    pub fn group(&self) -> Option<String> {
        if let Some((provider, _)) = &self.provider {
            return Some(provider.to_string());
        }
        match &*self.record {
            Record::Provider(_) => Some(self.reference.to_string()),
            Record::Solution(solution) => solution.provider.clone(),
            Record::Case(case) => case.provider.clone().or_else(|| case.enterprise.clone()),
            Record::Need(need) => need.buyer.clone(),
            _ => None,
        }
    }

    /// Whether it is known to come from a small provider.
    pub fn is_small(&self) -> bool {
        let provider = self
            .provider
            .as_ref()
            .map_or(&self.record, |(_, record)| record);
        let Record::Provider(provider) = &**provider else {
            return false;
        };
        let small = ["sme_innovative", "little_giant"];
        provider
            .tier
            .iter()
            .any(|code| small.contains(&code.as_str()))
    }
}
