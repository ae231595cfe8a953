//! What change of the need would admit a near miss: whatever is said holds when the changed need asks again.

use super::{request, shelf, with};
use crate::api::types::{MatchAnswer, MatchRequest, NeedChange};
use crate::model::{Choice, Code, NeedForm, Strength};

fn answer(request: &MatchRequest) -> MatchAnswer {
    let (index, shelf) = shelf(|_| {});
    with(&index, &shelf, |engine| engine.answer(request).unwrap())
}

/// The need as a change says.
fn changed(need: &NeedForm, change: &NeedChange) -> NeedForm {
    let mut need = need.clone();
    if change.budget.is_some() {
        need.budget.high = change.budget;
    }
    if change.deadline.is_some() {
        need.deadline.date.clone_from(&change.deadline);
    }
    for field in &change.soft {
        let strength = match field.as_str() {
            "region" => &mut need.region.strength,
            "deployment" => &mut need.deployment.strength,
            "budget" => &mut need.budget.strength,
            "deadline" => &mut need.deadline.strength,
            "technique" => &mut need.technique.strength,
            "partner" => &mut need.partner.strength,
            other => panic!("{other}"),
        };
        *strength = Strength::Soft;
    }
    need
}

#[test]
fn a_change_of_the_need_that_is_named_admits_the_near_miss_at_the_rank_that_is_said() {
    let mut strict = request();
    strict.need.deployment = Choice::default();
    strict.need.budget.strength = Strength::Hard;
    strict.need.deadline.date = Some(crate::model::Date::parse("2026-12-10").unwrap());
    strict.need.deadline.strength = Strength::Soft;
    let mut late = strict.clone();
    late.need.budget.strength = Strength::Soft;
    late.need.deadline.strength = Strength::Hard;
    let mut regional = request();
    regional.need.region.strength = Strength::Hard;
    regional.need.deployment.strength = Strength::Soft;
    let mut partner = request();
    partner.need.deployment = Choice::default();
    partner.need.partner = Choice {
        codes: vec![Code::from("research")],
        strength: Strength::Hard,
    };
    let (mut changes, mut amounts) = (0, 0);
    for request in [request(), strict, late, regional, partner] {
        for near in answer(&request).near {
            for change in &near.need_changes {
                changes += 1;
                amounts += usize::from(change.budget.is_some() || change.deadline.is_some());
                let again = MatchRequest {
                    need: changed(&request.need, change),
                    ..request.clone()
                };
                let again = answer(&again);
                let found = again
                    .hits
                    .iter()
                    .find(|hit| hit.reference == near.reference);
                let found = found.unwrap_or_else(|| panic!("{change:?} admits {}", near.reference));
                assert_eq!(found.rank, change.rank, "{change:?}");
                assert_eq!(found.score.to_bits(), change.score.to_bits(), "{change:?}");
            }
        }
    }
    assert!(changes >= 4 && amounts >= 2, "{changes} {amounts}");
}

#[test]
fn what_no_record_states_is_told_apart_from_what_is_judged() {
    let mut request = request();
    request.need.start.date = Some(crate::model::Date::parse("2026-12-01").unwrap());
    request.need.start.strength = Strength::Hard;
    request.need.goal = Some(Code::from("smart_basic"));
    let said = answer(&request).unjudged;
    let said: Vec<(&str, Strength)> = said
        .iter()
        .map(|one| (one.field.as_str(), one.strength))
        .collect();
    assert_eq!(said, [("start", Strength::Hard), ("goal", Strength::Soft)]);
}
