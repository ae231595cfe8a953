//! The other way round: which open needs a provider or a solution serves.
//!
//! Every need judges the offer as if it had asked itself, and the offer judges the need by what it would like to be
//! asked. Needs rank by the harmonic mean of both, so that neither side is talked into a match.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::board::score;
use super::candidate::{Candidate, linked};
use super::criteria::{ALL, Context, wording};
use super::engine::{Engine, asked, entry, judge};
use super::explain::contributions;
use super::form::{need_form, offer_form};
use super::gather::Reading;
use super::similarity::Similarity;
use super::weights::effective;
use crate::api::types::{CriterionUse, Match, MatchAnswer, MatchTarget, OfferRequest, Sides};
use crate::model::{Date, NeedForm, Record, RecordRef};
use crate::search::{Affinity, Among, IndexError, Wording};

/// Needs looked at.
const NEEDS: usize = 200;
/// Cases of the offer that may speak.
const CASES: usize = 30;

/// An offer, read once for all needs.
struct Offer<'a> {
    candidate: Candidate,
    solutions: Vec<(RecordRef, Arc<Record>)>,
    cases: Vec<RecordRef>,
    /// What it would like to be asked for.
    form: &'a NeedForm,
    affinity: Affinity,
    similarity: Similarity,
    asks: [bool; 11],
    weights: [f64; 11],
}

/// The criteria as needs used them: the largest weight, and whether the offer states it, for every need that asks.
fn uses(found: &[(Match, bool)], offer: &Candidate) -> Vec<CriterionUse> {
    let mut uses = Vec::new();
    for criterion in ALL {
        let weights: Vec<f64> = found
            .iter()
            .flat_map(|(hit, _)| &hit.contributions)
            .filter(|part| part.criterion == criterion.id())
            .map(|part| part.weight)
            .collect();
        uses.push(CriterionUse {
            criterion: criterion.id().to_owned(),
            weight: weights.iter().copied().fold(0.0, f64::max),
            asked: !weights.is_empty(),
            stating: if criterion.states(offer) {
                weights.len() as u32
            } else {
                0
            },
        });
    }
    uses
}

/// Whether a public need still stands.
fn is_open(need: &NeedForm, today: &Date) -> bool {
    need.expires
        .as_ref()
        .is_none_or(|expires| expires.as_str() >= &today.as_str()[..expires.as_str().len()])
}

impl Engine<'_> {
    /// Matches an offer with the open needs of the catalog. Answers nothing when the record is not there.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn answer_offer(&self, request: &OfferRequest) -> Result<Option<MatchAnswer>, IndexError> {
        let Some(record) = self.library.record(&request.reference) else {
            return Ok(None);
        };
        let solutions = self.own_solutions(&request.reference, &record);
        let candidate = self.candidate(&request.reference, &record, &solutions);
        let form = offer_form(&record, &solutions);
        let (title, text) = wording(&form);
        let words = Wording {
            title: &title,
            text: &text,
        };
        let asks = asked(&form, MatchTarget::Needs);
        let offer = Offer {
            cases: self.own_cases(&candidate),
            candidate,
            solutions,
            affinity: self.index.affinity(words)?,
            similarity: Similarity::of(self.index, self.taxonomies)?,
            weights: effective(request.preset, &BTreeMap::new(), &asks),
            asks,
            form: &form,
        };
        let mut found: Vec<(Match, bool)> = Vec::new();
        let needs = self
            .index
            .candidates(words, Among::Kinds(&["need"]), NEEDS)?;
        for (reference, _) in needs {
            if let Some(record) = self.library.record(&reference)
                && let Some(need) = need_form(&record).filter(|need| is_open(need, self.today))
            {
                found.push(self.meet(&offer, request, reference, &record, &need)?);
            }
        }
        let both = |hit: &Match| hit.sides.map_or(0.0, |sides| sides.both);
        found.sort_by(|(left, _), (right, _)| {
            both(right)
                .total_cmp(&both(left))
                .then_with(|| left.reference.cmp(&right.reference))
        });
        let candidates = found.len() as u32;
        let criteria = uses(&found, &offer.candidate);
        let (main, near): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, whole)| *whole);
        let list = |list: Vec<(Match, bool)>| {
            let limit = request.limit as usize;
            let mut list: Vec<Match> = list.into_iter().map(|(hit, _)| hit).take(limit).collect();
            for (at, hit) in list.iter_mut().enumerate() {
                hit.rank = at as u32 + 1;
            }
            list
        };
        Ok(Some(MatchAnswer {
            candidates,
            criteria,
            hits: list(main),
            near: list(near),
        }))
    }

    /// One need and the offer, each as the other sees it; and whether nothing strict is broken.
    fn meet(
        &self,
        offer: &Offer<'_>,
        request: &OfferRequest,
        reference: RecordRef,
        record: &Arc<Record>,
        need: &NeedForm,
    ) -> Result<(Match, bool), IndexError> {
        let (title, text) = wording(need);
        let words = Wording {
            title: &title,
            text: &text,
        };
        let affinity = self.index.affinity(words)?;
        let reading = Reading {
            index: self.index,
            library: self.library,
            need,
            wording: words,
            affinity: &affinity,
            today: self.today,
        };
        let mut seen = offer.candidate.clone();
        reading.compare(&mut seen, &offer.solutions);
        seen.votes = reading.votes(&offer.cases);
        let asks = asked(need, MatchTarget::Providers);
        let weights = effective(request.preset, &request.weights, &asks);
        let findings = judge(&self.context(need, &offer.similarity), &seen, &asks, &[]);
        let of_need = entry(need, &seen, &findings);
        let mut other = Candidate::new(reference.clone(), record.clone(), None, &[]);
        other.affinity = offer.affinity.of(record);
        let context = self.context(offer.form, &offer.similarity);
        let wish = judge(&context, &other, &offer.asks, &[]);
        let of_offer = entry(offer.form, &other, &wish);
        let need_side = score(&of_need.values, &weights);
        let offer_side = score(&of_offer.values, &offer.weights);
        let sum = need_side + offer_side;
        let both = if sum > 0.0 {
            2.0 * need_side * offer_side / sum
        } else {
            0.0
        };
        let mut hit = self.hit(&seen, &affinity);
        hit.reference = reference;
        hit.kind = record.kind();
        hit.name = super::explain::name(record);
        hit.provider = None;
        hit.contributions = contributions(need, &findings, &weights);
        hit.score = need_side;
        hit.sides = Some(Sides {
            need: need_side,
            offer: offer_side,
            both,
        });
        Ok((hit, of_need.broken.is_empty()))
    }

    fn context<'c>(&'c self, need: &'c NeedForm, similarity: &'c Similarity) -> Context<'c> {
        Context {
            need,
            today: self.today,
            taxonomies: self.taxonomies,
            similarity,
        }
    }

    fn own_solutions(
        &self,
        reference: &RecordRef,
        record: &Record,
    ) -> Vec<(RecordRef, Arc<Record>)> {
        if !matches!(record, Record::Provider(_)) {
            return Vec::new();
        }
        self.library
            .pointing_at(reference, "provided_by")
            .into_iter()
            .filter_map(|solution| {
                let record = self.library.record(&solution)?;
                Some((solution, record))
            })
            .collect()
    }

    fn candidate(
        &self,
        reference: &RecordRef,
        record: &Arc<Record>,
        solutions: &[(RecordRef, Arc<Record>)],
    ) -> Candidate {
        let provider = linked(reference, record, "provided_by")
            .into_iter()
            .find_map(|provider| {
                let record = self.library.record(&provider)?;
                Some((provider, record))
            });
        Candidate::new(reference.clone(), record.clone(), provider, solutions)
    }

    /// Cases of the provider behind an offer.
    fn own_cases(&self, offer: &Candidate) -> Vec<RecordRef> {
        let provider = offer
            .provider
            .as_ref()
            .map_or(&offer.reference, |(reference, _)| reference);
        let mut cases = self.library.pointing_at(provider, "supplied_by");
        cases.truncate(CASES);
        cases
    }
}
