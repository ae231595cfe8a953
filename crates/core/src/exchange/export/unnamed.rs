//! Needs whose enterprise is not to be named: the name, phone numbers and mailboxes leave their texts before anything is
//! written, whatever the format. An own need of somebody else's match is left out where private fields are.

use super::subject::Subject;
use crate::api::types::{Happening, Match, NeedView, Portfolio};
use crate::model::contacts::{hide_contacts, hide_name};
use crate::model::{NeedForm, RecordRef};

/// Hides in a subject whoever is not to be named. `form` answers the form of an own need; `alone` leaves own needs out
/// of the matches of an offer, which goes to somebody whom they do not concern.
pub fn unname(
    subject: &mut Subject<'_>,
    form: impl Fn(&RecordRef) -> Option<NeedForm>,
    alone: bool,
) {
    match subject {
        Subject::Match(report) => view(&mut report.view),
        Subject::Roadmap(report) => view(&mut report.view),
        Subject::Needs(board) => board.views.iter_mut().for_each(view),
        Subject::Portfolio(report) => portfolio(&mut report.plan),
        Subject::Offer(report) => {
            for hits in [&mut report.answer.hits, &mut report.answer.near] {
                hits.retain(|hit| !(alone && hit.reference.is_own_need()));
                for hit in hits.iter_mut() {
                    name_of(hit, &form);
                }
            }
            let answer = &report.answer;
            let shown = |hit: &str| {
                let mut hits = answer.hits.iter().chain(&answer.near);
                hits.any(|one| one.reference.to_string() == hit)
            };
            report.sources.retain(|hit, _| shown(hit));
        }
        Subject::Records(_) | Subject::Record(_) | Subject::Comparison(_) => {}
    }
}

fn hide(text: &mut String, enterprise: &str) {
    *text = hide_contacts(&hide_name(text, enterprise));
}

fn view(view: &mut NeedView) {
    if !view.form.masked {
        return;
    }
    let name = std::mem::take(&mut view.form.enterprise);
    let form = &mut view.form;
    for text in [
        &mut form.title,
        &mut form.problem,
        &mut form.wanted,
        &mut form.data_text,
        &mut view.text,
        &mut view.note,
        &mut view.reason,
    ] {
        hide(text, &name);
    }
    for listed in &mut view.shortlist {
        hide(&mut listed.note, &name);
    }
    for entry in &mut view.history {
        if let Happening::Status { reason, .. } = &mut entry.what {
            hide(reason, &name);
        }
    }
    // That somebody is not named is said by every format.
    view.form.enterprise = name;
}

fn portfolio(solved: &mut Portfolio) {
    for need in solved.needs.iter_mut().map(|one| &mut one.need) {
        if need.masked {
            let name = need.enterprise.clone();
            hide(&mut need.title, &name);
            hide(&mut need.reason, &name);
        }
    }
}

fn name_of(hit: &mut Match, form: &impl Fn(&RecordRef) -> Option<NeedForm>) {
    if hit.reference.is_own_need()
        && let Some(form) = form(&hit.reference).filter(|form| form.masked)
    {
        for name in [&mut hit.name.zh, &mut hit.name.en].into_iter().flatten() {
            hide(name, &form.enterprise);
        }
    }
}
