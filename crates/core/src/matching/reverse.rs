//! The other way round: which open needs a provider or a solution serves.
//!
//! Every need judges the offer as if it had asked itself, and the offer judges the need by what it would like to be
//! asked. Needs rank by the harmonic mean of both, so that neither side is talked into a match.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::board::score;
use super::candidate::{Candidate, linked};
use super::criteria::{Context, wording};
use super::engine::{Engine, asked, entry, judge};
use super::explain::contributions;
use super::form::{need_form, offer_form};
use super::gather::Reading;
use super::similarity::Similarity;
use super::weights::effective;
use crate::api::types::{CriterionUse, Match, MatchAnswer, MatchTarget, OfferRequest, Sides};
use crate::model::{Date, NeedForm, Record, RecordRef};
use crate::search::{Among, IndexError, Wording};

/// Needs looked at.
const NEEDS: usize = 200;
/// Cases of the offer that may speak.
const CASES: usize = 30;

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
        let offer = self.offer(&request.reference, &record, &solutions);
        let cases = self.own_cases(&offer);
        let form = offer_form(&record, &solutions);
        let (title, text) = wording(&form);
        let words = Wording {
            title: &title,
            text: &text,
        };
        let own = self.index.affinity(words)?;
        let similarity = Similarity::of(self.index, self.taxonomies)?;
        let offer_asks = asked(&form, MatchTarget::Needs);
        let offer_weights = effective(request.preset, &BTreeMap::new(), &offer_asks);
        let mut found: Vec<(Match, bool)> = Vec::new();
        let mut uses: BTreeMap<String, CriterionUse> = BTreeMap::new();
        let needs = self
            .index
            .candidates(words, Among::Kinds(&["need"]), NEEDS)?;
        for (reference, _) in needs {
            let Some(record) = self.library.record(&reference) else {
                continue;
            };
            let Some(need) = need_form(&record).filter(|need| is_open(need, self.today)) else {
                continue;
            };
            // How the need sees the offer.
            let (title, text) = wording(&need);
            let words = Wording {
                title: &title,
                text: &text,
            };
            let affinity = self.index.affinity(words)?;
            let reading = Reading {
                index: self.index,
                library: self.library,
                need: &need,
                wording: words,
                affinity: &affinity,
                today: self.today,
            };
            let mut seen = offer.clone();
            reading.compare(&mut seen, &solutions);
            seen.votes = reading.votes(&cases);
            let context = self.context(&need, &similarity);
            let asks = asked(&need, MatchTarget::Providers);
            let weights = effective(request.preset, &request.weights, &asks);
            let findings = judge(&context, &seen, &asks, &[]);
            let of_need = entry(&need, &seen, &findings);
            // How the offer sees the need.
            let mut other = Candidate::new(reference.clone(), record.clone(), None, &[]);
            other.affinity = own.of(&record);
            let context = self.context(&form, &similarity);
            let wish = judge(&context, &other, &offer_asks, &[]);
            let of_offer = entry(&form, &other, &wish);
            let need_side = score(&of_need.values, &weights);
            let offer_side = score(&of_offer.values, &offer_weights);
            let sum = need_side + offer_side;
            let mut hit = self.hit(&seen, &affinity);
            hit.reference = reference;
            hit.kind = record.kind();
            hit.name = super::explain::name(&record);
            hit.provider = None;
            hit.contributions = contributions(&need, &findings, &weights);
            hit.score = need_side;
            hit.sides = Some(Sides {
                need: need_side,
                offer: offer_side,
                both: if sum > 0.0 {
                    2.0 * need_side * offer_side / sum
                } else {
                    0.0
                },
            });
            for contribution in &hit.contributions {
                let used = uses
                    .entry(contribution.criterion.clone())
                    .or_insert(CriterionUse {
                        criterion: contribution.criterion.clone(),
                        weight: contribution.weight,
                        asked: true,
                        stating: 0,
                    });
                used.weight = used.weight.max(contribution.weight);
                used.stating += 1;
            }
            found.push((hit, of_need.broken.is_empty()));
        }
        let both = |hit: &Match| hit.sides.map_or(0.0, |sides| sides.both);
        found.sort_by(|(left, _), (right, _)| {
            both(right)
                .total_cmp(&both(left))
                .then_with(|| left.reference.cmp(&right.reference))
        });
        let candidates = found.len() as u32;
        let (main, near): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, open)| *open);
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
            criteria: super::criteria::ALL
                .iter()
                .filter_map(|criterion| uses.remove(criterion.id()))
                .collect(),
            hits: list(main),
            near: list(near),
        }))
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

    fn offer(
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
