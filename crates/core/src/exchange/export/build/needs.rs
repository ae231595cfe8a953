//! Needs with the work on them: the board, and what reports say about one need.

use std::fmt::Write as _;

use super::super::sink::{Bar, Bars, Cell, Told};
use super::super::sources::Sources;
use super::super::subject::{BoardReport, SourcesOf};
use super::super::texts::Texts;
use super::Pass;
use super::matching::strength;
use crate::api::types::NeedView;
use crate::model::{Budget, Choice, NeedForm, NeedStatus, PrivateField, Strength};

/// The conditions of a form in the order of [`Texts::elements`], after the problem: values, and how strictly they are
/// meant.
fn conditions(texts: &Texts, form: &NeedForm) -> Vec<(&'static str, String, Option<Strength>)> {
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
            texts.elements[10],
            budget(texts, &form.budget),
            Some(form.budget.strength),
        ),
        day(11, &form.start),
        day(12, &form.deadline),
        code(13, "maturity", &form.maturity),
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

/// The shortlists of needs.
pub(super) fn shortlist(
    views: &[NeedView],
    sources_of: &SourcesOf,
    sources: &mut Sources,
    pass: &mut Pass<'_>,
) -> Told {
    let texts = pass.texts;
    if views.iter().all(|view| view.shortlist.is_empty()) {
        return Ok(());
    }
    pass.out.heading(1, texts.shortlist)?;
    let columns = [
        (texts.need, 12.0),
        (texts.name, 14.0),
        (texts.note, 14.0),
        (texts.added, 5.0),
        (texts.source_numbers, 3.4),
        (texts.reference, 9.0),
    ];
    pass.begin(texts.shortlist, false, &columns)?;
    for view in views {
        for listed in &view.shortlist {
            let mut name = texts.pick(&listed.row.name).to_owned();
            if listed.gone {
                let _ = write!(name, " ({})", texts.gone);
            }
            let cited = sources_of.get(&listed.row.reference.to_string());
            pass.out.row(&[
                Cell::text(pass.privacy.free(&view.form.title)),
                Cell::text(name),
                Cell::text(pass.privacy.text(PrivateField::Note, &listed.note)),
                day_of(&listed.added),
                Cell::text(sources.numbers(cited.map_or(&[], Vec::as_slice))),
                Cell::text(listed.row.reference.to_string()),
            ])?;
        }
    }
    pass.out.end()
}

/// The name of a status.
pub(super) fn status(texts: &Texts, status: NeedStatus) -> &'static str {
    let at = NeedStatus::ALL.iter().position(|known| *known == status);
    texts.need_statuses[at.unwrap_or(0)]
}

/// The day of a moment of ISO 8601.
fn day_of(moment: &str) -> Cell {
    moment
        .get(..10)
        .map_or(Cell::Empty, |day| Cell::Date(day.to_owned()))
}

pub(super) fn build(board: &BoardReport, pass: &mut Pass<'_>) -> Told {
    let views = &board.views;
    let texts = pass.texts;
    let count = super::filled(texts.count, &[("n", &views.len().to_string())]);
    pass.front(texts.board, vec![count], true)?;
    let counts = NeedStatus::ALL.map(|status| {
        let of = views.iter().filter(|view| view.form.status == status);
        (status, of.count())
    });
    if pass.sheets {
        sheet(views, pass)?;
    } else {
        pass.out.bars(&Bars {
            name: texts.by_status.to_owned(),
            labels: texts.need_status.to_owned(),
            parts: vec![texts.need.to_owned()],
            bars: counts
                .iter()
                .map(|(of, count)| Bar {
                    label: status(texts, *of).to_owned(),
                    values: vec![*count as f64],
                })
                .collect(),
            digits: 0,
        })?;
        for (of, count) in counts {
            if count > 0 {
                let title = format!("{} ({count})", status(texts, of));
                pass.out.heading(1, &title)?;
                let some = views.iter().filter(|view| view.form.status == of);
                cards(&some.collect::<Vec<_>>(), pass)?;
            }
        }
    }
    let mut sources = Sources::default();
    shortlist(views, &board.sources, &mut sources, pass)?;
    sources.write(texts, pass.out)
}

/// Needs of one status, as a reader of pages sees them.
fn cards(views: &[&NeedView], pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let columns = [
        (texts.need, 14.0),
        (texts.enterprise, 8.0),
        (texts.conditions, 22.0),
        (texts.next, 5.0),
        (texts.elements[12], 5.0),
        (texts.shortlisted, 3.0),
        (texts.note, 12.0),
    ];
    pass.begin(texts.board, true, &columns)?;
    for view in views {
        let enterprise = enterprise(&view.form, pass);
        let lines: Vec<String> = conditions(texts, &view.form)
            .into_iter()
            .filter_map(|(label, value, _)| texts.labelled(label, &value))
            .collect();
        let mut notes = vec![pass.privacy.text(PrivateField::Note, &view.note)];
        notes.push(pass.privacy.text(PrivateField::Note, &view.reason));
        notes.retain(|note| !note.is_empty());
        pass.out.row(&[
            Cell::text(pass.privacy.free(&view.form.title)),
            Cell::text(enterprise),
            Cell::text(lines.join(texts.semicolon)),
            Cell::date(view.next.as_ref()),
            Cell::date(view.form.deadline.date.as_ref()),
            Cell::Number(view.shortlist.len() as f64),
            Cell::text(notes.join("\n")),
        ])?;
    }
    pass.out.end()
}

/// Every element of the needs as a column.
fn sheet(views: &[NeedView], pass: &mut Pass<'_>) -> Told {
    let texts = pass.texts;
    let mut columns = vec![
        (texts.reference, 12.0),
        (texts.form[0], 18.0),
        (texts.need_status, 5.0),
        (texts.enterprise, 12.0),
        (texts.form[1], 24.0),
        (texts.form[2], 20.0),
        (texts.form[3], 16.0),
    ];
    let empty = NeedForm::default();
    let labels = conditions(texts, &empty);
    let plain = labels.iter().map(|(label, ..)| *label);
    columns.extend(
        plain
            .filter(|label| *label != texts.elements[10])
            .map(|label| (label, 10.0)),
    );
    columns.extend([
        (texts.budget_low, 8.0),
        (texts.budget_high, 8.0),
        (texts.expires, 6.0),
        (texts.next, 6.0),
        (texts.shortlisted, 4.0),
        (texts.note, 16.0),
        (texts.reason, 12.0),
        (texts.letter, 24.0),
        (texts.created, 6.0),
        (texts.changed, 6.0),
    ]);
    pass.begin(texts.board, true, &columns)?;
    let money = |amount: Option<f64>| amount.map_or(Cell::Empty, Cell::Money);
    for (at, view) in views.iter().enumerate() {
        pass.step(at, views.len())?;
        let form = &view.form;
        let mut cells = vec![
            Cell::text(view.reference.to_string()),
            Cell::text(pass.privacy.free(&form.title)),
            Cell::text(status(texts, form.status)),
            Cell::text(enterprise(form, pass)),
            Cell::text(pass.privacy.free(&form.problem)),
            Cell::text(pass.privacy.free(&form.wanted)),
            Cell::text(pass.privacy.free(&form.data_text)),
        ];
        for (label, value, _) in conditions(texts, form) {
            if label == texts.elements[11] || label == texts.elements[12] {
                cells.push(if value.is_empty() {
                    Cell::Empty
                } else {
                    Cell::Date(value)
                });
            } else if label != texts.elements[10] {
                cells.push(Cell::text(value));
            }
        }
        cells.extend([
            money(form.budget.low),
            money(form.budget.high),
            Cell::date(form.expires.as_ref()),
            Cell::date(view.next.as_ref()),
            Cell::Number(view.shortlist.len() as f64),
            Cell::text(pass.privacy.text(PrivateField::Note, &view.note)),
            Cell::text(pass.privacy.text(PrivateField::Note, &view.reason)),
            Cell::text(pass.privacy.text(PrivateField::Letter, &view.text)),
            day_of(&view.created),
            day_of(&view.changed),
        ]);
        pass.out.row(&cells)?;
    }
    pass.out.end()
}
