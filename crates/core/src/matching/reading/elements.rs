//! From chips to a need, and which elements a need states.

use crate::api::types::{Chip, ElementState, NeedElement};
use crate::model::{Budget, Choice, Code, Day, NeedForm};

/// Shortest description of a problem, in characters.
const PROBLEM: usize = 10;

/// A need with everything that the chips say.
pub(super) fn form(text: &str, chips: &[Chip]) -> NeedForm {
    let mut need = super::title::titled(text);
    for chip in chips {
        let strength = chip.strength;
        match chip.element {
            NeedElement::Industry => add(&mut need.industry, chip),
            NeedElement::Stage => add(&mut need.stage, chip),
            NeedElement::TypicalScenario => add(&mut need.typical_scenario, chip),
            NeedElement::Technique => add(&mut need.technique, chip),
            NeedElement::Data => add(&mut need.data, chip),
            NeedElement::Deployment => add(&mut need.deployment, chip),
            NeedElement::Delivery => add(&mut need.delivery, chip),
            NeedElement::Region => add(&mut need.region, chip),
            NeedElement::Partner => add(&mut need.partner, chip),
            NeedElement::Sensitivity => first(&mut need.sensitivity, chip),
            NeedElement::Maturity => first(&mut need.maturity, chip),
            NeedElement::Budget => {
                need.budget = Budget {
                    low: chip.low,
                    high: chip.high,
                    strength,
                }
            }
            NeedElement::Start => {
                need.start = Day {
                    date: chip.date.clone(),
                    strength,
                }
            }
            NeedElement::Deadline => {
                need.deadline = Day {
                    date: chip.date.clone(),
                    strength,
                }
            }
            NeedElement::Problem => {}
        }
    }
    need
}

/// Any of the codes will do; one word for all says how strictly.
fn add(choice: &mut Choice, chip: &Chip) {
    let strength = if choice.codes.is_empty() {
        chip.strength
    } else {
        super::strictest(choice.strength, chip.strength)
    };
    choice.codes.extend(chip.code.clone());
    choice.strength = strength;
}

fn first(code: &mut Option<Code>, chip: &Chip) {
    if code.is_none() {
        code.clone_from(&chip.code);
    }
}

/// Every element of a need, and whether it is stated.
pub fn elements(need: &NeedForm) -> Vec<ElementState> {
    let chosen = |choice: &Choice| !choice.codes.is_empty();
    let words =
        need.title.chars().count() + need.problem.chars().count() + need.wanted.chars().count();
    let stated = [
        (NeedElement::Problem, words >= PROBLEM),
        (NeedElement::Industry, chosen(&need.industry)),
        (NeedElement::Stage, chosen(&need.stage)),
        (NeedElement::TypicalScenario, chosen(&need.typical_scenario)),
        (NeedElement::Technique, chosen(&need.technique)),
        (
            NeedElement::Data,
            chosen(&need.data) || !need.data_text.trim().is_empty(),
        ),
        (NeedElement::Sensitivity, need.sensitivity.is_some()),
        (NeedElement::Deployment, chosen(&need.deployment)),
        (NeedElement::Delivery, chosen(&need.delivery)),
        (NeedElement::Region, chosen(&need.region)),
        (
            NeedElement::Budget,
            need.budget.low.is_some() || need.budget.high.is_some(),
        ),
        (NeedElement::Start, need.start.date.is_some()),
        (NeedElement::Deadline, need.deadline.date.is_some()),
        (NeedElement::Maturity, need.maturity.is_some()),
        (NeedElement::Partner, chosen(&need.partner)),
    ];
    stated
        .into_iter()
        .map(|(element, stated)| ElementState { element, stated })
        .collect()
}
