//! The other way round: which open needs a provider or a solution serves.
//!
//! Every need judges the offer as if it had asked itself, and the offer judges the need by what it would like to be
//! asked. Needs rank by the harmonic mean of both, so that neither side is talked into a match.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::board::score;
use super::candidate::{Candidate, linked};
use super::criteria::{ALL, COUNT, Context, wording};
use super::engine::{Engine, asked, entry, judge};
use super::explain::contributions;
use super::form::offer_form;
use super::gather::Reading;
use super::lift::{Met, both};
use super::similarity::Similarity;
use super::weights::effective;
use crate::api::types::{
    Assumption, CriterionUse, Match, MatchAnswer, MatchTarget, OfferRequest, Sides,
};
use crate::model::{Date, NeedForm, Record, RecordRef};
use crate::search::spread::in_parts;
use crate::search::{Affinity, Among, IndexError, Wording};

/// Needs looked at: those whose words are nearest to the offer. Each judges the offer by its own words, so that
/// what is looked at is bounded.
const NEEDS: usize = 2_000;
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
    asks: [bool; COUNT],
    weights: [f64; COUNT],
}

/// The criteria as needs used them: the largest weight, and whether the offer states it, for every need that asks.
fn uses(found: &[Met], offer: &Candidate) -> Vec<CriterionUse> {
    let mut uses = Vec::new();
    for criterion in ALL {
        let weights: Vec<f64> = found
            .iter()
            .flat_map(|met| &met.hit.contributions)
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
        let needs = self
            .index
            .candidates(words, Among::Kinds(&["need"]), NEEDS)?;
        let met = |(reference, _): &(RecordRef, _)| {
            let record = self.library.record(reference)?;
            let need = self.library.need(reference, &record)?;
            is_open(&need, self.today)
                .then(|| self.meet(&offer, request, reference.clone(), &record, &need))
        };
        let found = in_parts(&needs, |part| part.iter().filter_map(met).collect());
        let mut found = found.into_iter().collect::<Result<Vec<Met>, _>>()?;
        found.sort_by(|left, right| {
            let broken = |met: &Met| met.entry.broken.len();
            let by_both = right.sides.both.total_cmp(&left.sides.both);
            let order = broken(left).cmp(&broken(right)).then(by_both);
            order.then_with(|| left.hit.reference.cmp(&right.hit.reference))
        });
        let candidates = found.len() as u32;
        let criteria = uses(&found, &offer.candidate);
        let (main, near): (Vec<Met>, Vec<Met>) = found.into_iter().partition(Met::whole);
        let list = |list: &[Met]| -> Vec<Match> {
            let shown = (1..).zip(list.iter().take(request.limit as usize));
            shown
                .map(|(rank, met)| Match {
                    rank,
                    counterfactuals: met.counterfactuals(&main),
                    ..met.hit.clone()
                })
                .collect()
        };
        let (hits, near) = (list(&main), list(&near));
        Ok(Some(MatchAnswer {
            candidates,
            criteria,
            unjudged: Vec::new(),
            hits,
            near,
        }))
    }

    /// One need and the offer, each as the other sees it.
    fn meet(
        &self,
        offer: &Offer<'_>,
        request: &OfferRequest,
        reference: RecordRef,
        record: &Arc<Record>,
        need: &NeedForm,
    ) -> Result<Met, IndexError> {
        let (title, text) = wording(need);
        let words = Wording {
            title: &title,
            text: &text,
        };
        let affinity = self.index.affinity(words)?;
        let reading = Reading {
            index: self.index,
            library: &self.library,
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
        let assume: Vec<Assumption> = request
            .assume
            .iter()
            .filter(|assumption| assumption.reference == reference)
            .map(|assumption| Assumption {
                reference: seen.reference.clone(),
                criterion: assumption.criterion.clone(),
            })
            .collect();
        let findings = judge(
            &self.context(need, &offer.similarity),
            &seen,
            &asks,
            &assume,
        );
        let of_need = entry(need, &seen, &findings);
        let mut other = Candidate::new(reference.clone(), record.clone(), None, &[]);
        other.affinity = offer.affinity.of(record);
        let context = self.context(offer.form, &offer.similarity);
        let wish = judge(&context, &other, &offer.asks, &[]);
        let of_offer = entry(offer.form, &other, &wish);
        let need_side = score(&of_need.values, &weights);
        let offer_side = score(&of_offer.values, &offer.weights);
        let sides = Sides {
            need: need_side,
            offer: offer_side,
            both: both(need_side, offer_side),
        };
        let mut hit = self.hit(&seen, &affinity);
        hit.reference = reference;
        hit.kind = record.kind();
        hit.name = super::explain::name(record);
        hit.provider = None;
        hit.contributions = contributions(need, &findings, &weights);
        hit.score = need_side;
        hit.sides = Some(sides);
        let changeable = (0..ALL.len())
            .filter(|at| {
                let finding = findings[*at].as_ref();
                finding.is_some_and(|finding| ALL[*at].changeable(finding.state))
                    && weights[*at] > 0.0
                    && of_need.values[*at] < 1.0
            })
            .collect();
        Ok(Met {
            hit,
            sides,
            entry: of_need,
            weights,
            changeable,
        })
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
