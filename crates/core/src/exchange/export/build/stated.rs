//! What a need says: who has it, the problem in words, the conditions, and which of them no criterion judges.

use super::super::sink::{Cell, Told};
use super::super::texts::Texts;
use super::Pass;
use super::matching::strength;
use crate::api::types::Unjudged;
use crate::model::{Budget, Choice, NeedForm, PrivateField, Strength};

/// Places in [`Texts::elements`].
const BUDGET: usize = 10;
const START: usize = 11;
const GOAL: usize = 15;

/// The conditions of a form in the order of [`Texts::elements`], after the problem: values, and how strictly they are
/// meant.
pub(super) fn conditions(
    texts: &Texts,
    form: &NeedForm,
) -> Vec<(&'static str, String, Option<Strength>)> {
    let choice = |at: usize, taxonomies: &str, choice: &Choice| {
        let names = texts.terms(taxonomies, &choice.codes);
        (texts.elements[at], names, Some(choice.strength))
    };
    let code = |at: usize, taxonomies: &str, code: &Option<crate::model::Code>| {
        let name = code
            .as_ref()
            .map(|code| texts.term(taxonomies, code.as_str()));
        (texts.elements[at], name.unwrap_or_default(), None)
    };
    let day = |at: usize, day: &crate::model::Day| {
        let date = day.date.as_ref().map(ToString::to_string);
        (
            texts.elements[at],
            date.unwrap_or_default(),
            Some(day.strength),
        )
    };
    vec![
        choice(1, "industry_group|industry", &form.industry),
        choice(2, "stage", &form.stage),
        choice(3, "typical_scenario", &form.typical_scenario),
        choice(4, "technique", &form.technique),
        choice(5, "data_kind", &form.data),
        code(6, "sensitivity", &form.sensitivity),
        choice(7, "deployment", &form.deployment),
        choice(8, "delivery", &form.delivery),
        choice(9, "region", &form.region),
        (
            texts.elements[BUDGET],
            budget(texts, &form.budget),
            Some(form.budget.strength),
        ),
        day(START, &form.start),
        day(12, &form.deadline),
        code(13, "maturity", &form.maturity),
        code(GOAL, "tier|maturity", &form.goal),
        choice(14, "partner", &form.partner),
    ]
}

fn budget(texts: &Texts, budget: &Budget) -> String {
    let amount = grouped;
    let figures = match (budget.low, budget.high) {
        (Some(low), Some(high)) => format!("{}–{}", amount(low), amount(high)),
        (Some(low), None) => format!("≥ {}", amount(low)),
        (None, Some(high)) => format!("≤ {}", amount(high)),
        (None, None) => return String::new(),
    };
    format!("{figures}{}", texts.yuan)
}

/// An amount with its thousands told apart.
fn grouped(yuan: f64) -> String {
    let text = super::super::sink::figure(yuan);
    let (whole, part) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    part.map_or(out.clone(), |part| format!("{out}.{part}"))
}

/// The enterprise of a need, as far as it may be named.
pub(super) fn enterprise(form: &NeedForm, pass: &mut Pass<'_>) -> String {
    if form.enterprise.is_empty() {
        return String::new();
    }
    let named = if form.masked {
        String::new()
    } else {
        pass.privacy
            .text(PrivateField::Enterprise, &form.enterprise)
    };
    if named.is_empty() {
        pass.texts.masked_name.to_owned()
    } else {
        named
    }
}

/// What a need says: the problem in words, the conditions as a table.
pub(super) fn stated(form: &NeedForm, pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    pass.out.heading(1, texts.need)?;
    for (label, said) in [
        (texts.form[1], &form.problem),
        (texts.form[2], &form.wanted),
    ] {
        let said = pass.privacy.free(said);
        if let Some(line) = texts.labelled(label, &said) {
            pass.out.paragraph(&line)?;
        }
    }
    let columns = [
        (texts.conditions, 8.0),
        (texts.value, 26.0),
        (texts.strictness, 5.0),
    ];
    pass.begin(texts.conditions, false, &columns)?;
    for (label, value, strictness) in conditions(texts, form) {
        if !value.is_empty() {
            pass.out.row(&[
                Cell::text(label),
                Cell::text(value),
                Cell::text(strictness.map_or("", |it| strength(texts, it))),
            ])?;
        }
    }
    pass.out.end()
}

/// The condition that no criterion judges, and why; nothing for one that this version does not know.
fn told<'a>(texts: &'a Texts, one: &Unjudged) -> Option<(&'a str, &'a str)> {
    let (at, why) = match one.field.as_str() {
        "start" => (START, 0),
        "goal" => (GOAL, 1),
        "budget" => (BUDGET, 2),
        _ => return None,
    };
    Some((texts.elements[at], texts.unjudged_why[why]))
}

/// What a need asks for and no criterion judges: to be asked about, whatever the rank.
pub(super) fn unjudged(form: &NeedForm, unjudged: &[Unjudged], pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    if unjudged.is_empty() {
        return Ok(());
    }
    pass.out.heading(1, texts.unjudged)?;
    let columns = [
        (texts.conditions, 8.0),
        (texts.value, 12.0),
        (texts.strictness, 5.0),
        (texts.why, 20.0),
    ];
    pass.begin(texts.unjudged, false, &columns)?;
    let stated = conditions(texts, form);
    for one in unjudged {
        let Some((label, why)) = told(texts, one) else {
            continue;
        };
        let found = stated.iter().find(|(condition, ..)| *condition == label);
        pass.out.row(&[
            Cell::text(label),
            Cell::text(found.map_or("", |(_, value, _)| value.as_str())),
            Cell::text(strength(texts, one.strength)),
            Cell::text(why),
        ])?;
    }
    pass.out.end()
}

/// The same, one line each, for a format that has no table for it.
pub(super) fn unjudged_lines(texts: &Texts, unjudged: &[Unjudged]) -> Vec<String> {
    let line = |one| {
        let (label, why) = told(texts, one)?;
        texts.labelled(label, why)
    };
    unjudged.iter().filter_map(line).collect()
}
