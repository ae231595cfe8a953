//! Needs with the work on them: the board, and the shortlists of a report.

use std::fmt::Write as _;

use super::super::sink::{Bar, Bars, Cell, Told};
use super::super::sources::Sources;
use super::super::subject::{BoardReport, SourcesOf};
use super::super::texts::Texts;
use super::Pass;
use super::stated::{conditions, enterprise};
use crate::api::types::NeedView;
use crate::model::{NeedForm, NeedStatus, PrivateField};

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
