//! What change of the need would admit a near miss: meaning one thing less strictly, or a larger budget, or a later day.
//!
//! A change of the need changes what is found of every candidate, so all are judged and ranked anew by the criterion in
//! question before a change is named. Neither strictness nor amounts decide who is gathered: asking again with the
//! changed need finds the same candidates.

use std::collections::BTreeMap;

use super::board::Board;
use super::completeness::date;
use super::criteria::{ALL, COUNT, Context, days, lead, price};
use super::engine::{Engine, Run, entry, judge};
use crate::api::types::{Assumption, NeedChange, Unjudged};
use crate::model::{NeedForm, Strength};

/// Near misses for which amounts are tried: each may be another, where strictness is the same for many.
const AMOUNTS: usize = 10;

/// The strictness of a field of a need; none where it has none.
fn strength<'a>(need: &'a mut NeedForm, field: &str) -> Option<&'a mut Strength> {
    Some(match field {
        "industry" => &mut need.industry.strength,
        "stage" => &mut need.stage.strength,
        "technique" => &mut need.technique.strength,
        "typical_scenario" => &mut need.typical_scenario.strength,
        "deployment" => &mut need.deployment.strength,
        "delivery" => &mut need.delivery.strength,
        "budget" => &mut need.budget.strength,
        "data" => &mut need.data.strength,
        "region" => &mut need.region.strength,
        "deadline" => &mut need.deadline.strength,
        "partner" => &mut need.partner.strength,
        _ => return None,
    })
}

/// The fields of a need by which a criterion judges.
fn fields(criterion: &'static str) -> &'static [&'static str] {
    match criterion {
        "concepts" => &["technique", "typical_scenario"],
        "sector" => &["industry", "stage"],
        "deployment" => &["deployment"],
        "delivery" => &["delivery"],
        "budget" => &["budget"],
        "data" => &["data"],
        "region" => &["region"],
        "deadline" => &["deadline"],
        "partner" => &["partner"],
        _ => &[],
    }
}

/// What a need asks for and no record states: when work can begin, the level aimed at, a budget that has no upper end.
pub(super) fn unjudged(need: &NeedForm) -> Vec<Unjudged> {
    let asked = [
        ("start", need.start.date.is_some(), need.start.strength),
        ("goal", need.goal.is_some(), Strength::Soft),
        (
            "budget",
            need.budget.low.is_some() && need.budget.high.is_none(),
            need.budget.strength,
        ),
    ];
    let asked = asked.into_iter().filter(|(_, asked, _)| *asked);
    asked
        .map(|(field, _, strength)| Unjudged {
            field: field.to_owned(),
            strength,
        })
        .collect()
}

impl Engine<'_> {
    /// For each near miss, what change of the need would admit it; nothing for those that break more than one thing.
    pub(super) fn admissions(
        &self,
        run: &Run,
        near: &[usize],
        assume: &[Assumption],
    ) -> Vec<Vec<NeedChange>> {
        let mut softened: BTreeMap<Vec<&str>, (Board, Vec<usize>)> = BTreeMap::new();
        let mut all = Vec::new();
        for (place, at) in near.iter().enumerate() {
            let mut changes = Vec::new();
            if let [broken] = run.board.entries[*at].broken[..] {
                if place < AMOUNTS
                    && let Some((need, change)) = self.enough(run, *at, ALL[broken].id())
                {
                    let (board, main) = self.ranked(run, &need, broken, assume);
                    changes.extend(admitted(&board, &main, *at, change));
                }
                for soft in less_strict(&run.need, ALL[broken].id()) {
                    let (board, main) = softened.entry(soft.clone()).or_insert_with(|| {
                        let mut need = run.need.clone();
                        for field in &soft {
                            if let Some(strength) = strength(&mut need, field) {
                                *strength = Strength::Soft;
                            }
                        }
                        self.ranked(run, &need, broken, assume)
                    });
                    let change = NeedChange {
                        soft: soft.iter().map(|field| (*field).to_owned()).collect(),
                        ..nothing()
                    };
                    let admitted = admitted(board, main, *at, change);
                    let enough = admitted.is_some();
                    changes.extend(admitted);
                    if enough {
                        break;
                    }
                }
            }
            all.push(changes);
        }
        all
    }

    /// The need with as much money or time as a candidate takes.
    fn enough(&self, run: &Run, at: usize, criterion: &str) -> Option<(NeedForm, NeedChange)> {
        let candidate = &run.judged[at].candidate;
        let mut need = run.need.clone();
        let mut change = nothing();
        match criterion {
            "budget" => {
                let (price, _) = price(candidate)?;
                need.budget.high = Some(price);
                change.budget = Some(price);
            }
            "deadline" => {
                let start = need.start.date.as_ref().map_or(i64::MIN, days);
                let from = start.max(days(self.today));
                let day = date(from + lead(candidate)?.ceil() as i64, self.today)?;
                need.deadline.date = Some(day.clone());
                change.deadline = Some(day);
            }
            _ => return None,
        }
        Some((need, change))
    }

    /// All candidates as they rank when a need says something else to one criterion.
    fn ranked(
        &self,
        run: &Run,
        need: &NeedForm,
        criterion: usize,
        assume: &[Assumption],
    ) -> (Board, Vec<usize>) {
        let context = Context {
            need,
            today: self.today,
            taxonomies: self.taxonomies,
            similarity: &run.similarity,
        };
        let mut only = [false; COUNT];
        only[criterion] = true;
        let mut board = run.board.clone();
        for (judged, old) in run.judged.iter().zip(&mut board.entries) {
            let findings = judge(&context, &judged.candidate, &only, assume);
            let new = entry(need, &judged.candidate, &findings);
            old.values[criterion] = new.values[criterion];
            old.broken.retain(|broken| *broken != criterion);
            old.broken.extend(new.broken);
        }
        let main = board.rank().main;
        (board, main)
    }
}

fn nothing() -> NeedChange {
    NeedChange {
        soft: Vec::new(),
        budget: None,
        deadline: None,
        rank: 0,
        score: 0.0,
    }
}

/// What could be meant less strictly of what a criterion judges by: one field, then all of them.
fn less_strict(need: &NeedForm, criterion: &'static str) -> Vec<Vec<&'static str>> {
    let mut need = need.clone();
    let strict = fields(criterion).iter().copied();
    let strict: Vec<&str> = strict
        .filter(|field| strength(&mut need, field).is_some_and(|it| *it == Strength::Hard))
        .collect();
    let mut tried: Vec<Vec<&str>> = strict.iter().map(|field| vec![*field]).collect();
    if strict.len() > 1 {
        tried.push(strict);
    }
    tried
}

/// The change with the place that it leads to; none where it does not admit the candidate.
fn admitted(board: &Board, main: &[usize], at: usize, change: NeedChange) -> Option<NeedChange> {
    let place = main.iter().position(|other| *other == at)?;
    Some(NeedChange {
        rank: place as u32 + 1,
        score: board.score(at),
        ..change
    })
}
