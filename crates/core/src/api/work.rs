//! What can be asked about the user's needs and the work on them.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use super::App;
use super::lists::shown;
use super::matching::{check, engine, not_found, today};
use super::open::Opened;
use super::types::{
    ApiError, Completeness, KeptRecord, MatchRequest, NeedRequest, NeedRow, NeedView, NeedsRequest,
    Shortlisted,
};
use crate::matching::need_form;
use crate::model::RecordRef;
use crate::store::user::{self, needs::Need};

pub(super) fn list_needs(app: &App, request: NeedsRequest) -> Result<Vec<NeedRow>, ApiError> {
    Ok(app.opened()?.user.needs(&request)?)
}

pub(super) fn get_need(app: &App, request: NeedRequest) -> Result<NeedView, ApiError> {
    let opened = app.opened()?;
    let reference = request.reference;
    if reference.is_own_need() {
        let need = own(&opened, &reference)?;
        return own_view(&opened, reference, need);
    }
    let record = opened.find(&reference)?;
    let form = record.as_deref().and_then(need_form);
    let form = form.ok_or_else(|| not_found(&reference))?;
    let weighing = opened.user.weighing(&reference)?;
    Ok(NeedView {
        weighing,
        ..NeedView::bare(reference, form)
    })
}

/// A need of the user's own.
pub(super) fn own(opened: &Opened, reference: &RecordRef) -> Result<Need, ApiError> {
    let need = opened.user.need(reference)?;
    need.ok_or_else(|| not_found(reference))
}

fn own_view(opened: &Opened, reference: RecordRef, need: Need) -> Result<NeedView, ApiError> {
    let mut notes = Vec::new();
    let mut copies = Vec::new();
    for kept in need.shortlist {
        // A copy of a kind that this version does not know cannot be shown.
        if let Some(record) = kept.read() {
            copies.push(user::Kept {
                reference: kept.reference,
                added: kept.added,
                record,
            });
            notes.push(kept.note);
        }
    }
    let shortlist = shown(opened, copies)?
        .into_iter()
        .zip(notes)
        .map(|(KeptRecord { row, gone, added }, note)| Shortlisted {
            row,
            gone,
            added,
            note,
        })
        .collect();
    let mut history = need.history;
    history.reverse();
    Ok(NeedView {
        reference,
        form: need.form,
        text: need.text,
        note: need.note,
        next: need.next,
        reason: need.reason,
        weighing: need.weighing,
        created: need.created,
        changed: need.changed,
        shortlist,
        history,
    })
}

pub(super) fn get_completeness(app: &App, request: MatchRequest) -> Result<Completeness, ApiError> {
    check(&request)?;
    let opened = app.opened()?;
    let today = today(app)?;
    Ok(engine(&opened, &today).completeness(&request)?)
}
