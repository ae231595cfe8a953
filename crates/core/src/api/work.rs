//! What can be asked about the user's needs and the work on them.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use super::App;
use super::matching::{check, engine, not_found, today};
use super::open::Opened;
use super::types::{
    ApiError, Completeness, MatchRequest, NeedRequest, NeedRow, NeedView, NeedsRequest, Row,
    Shortlisted,
};
use crate::matching::need_form;
use crate::model::{RecordRef, Taxonomies};
use crate::search;
use crate::store::user::needs::{Kept, Need};

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
    Ok(NeedView {
        form: form.ok_or_else(|| not_found(&reference))?,
        reference,
        text: String::new(),
        note: String::new(),
        next: None,
        reason: String::new(),
        created: String::new(),
        changed: String::new(),
        shortlist: Vec::new(),
        history: Vec::new(),
    })
}

/// A need of the user's own.
pub(super) fn own(opened: &Opened, reference: &RecordRef) -> Result<Need, ApiError> {
    let need = opened.user.need(reference)?;
    need.ok_or_else(|| not_found(reference))
}

fn own_view(opened: &Opened, reference: RecordRef, need: Need) -> Result<NeedView, ApiError> {
    let favourites = opened.user.favourite_refs()?;
    let mut shortlist = Vec::new();
    for kept in need.shortlist {
        if let Some(mut one) = shortlisted(opened, kept)? {
            one.row.favourite = favourites.contains(&one.row.reference.to_string());
            shortlist.push(one);
        }
    }
    let mut history = need.history;
    history.reverse();
    Ok(NeedView {
        reference,
        form: need.form,
        text: need.text,
        note: need.note,
        next: need.next,
        reason: need.reason,
        created: need.created,
        changed: need.changed,
        shortlist,
        history,
    })
}

/// A record of a shortlist as it is now, or as it was when it is gone from the catalog.
fn shortlisted(opened: &Opened, kept: Kept) -> Result<Option<Shortlisted>, ApiError> {
    let current = opened.find(&kept.reference)?;
    let gone = current.is_none();
    let copy = if gone { kept.read() } else { None };
    let Some(record) = current.as_deref().or(copy.as_ref()) else {
        return Ok(None);
    };
    let links = opened.link_count(&kept.reference)?;
    let row: Row = search::row(&kept.reference, record, links, Taxonomies::bundled(), None);
    Ok(Some(Shortlisted {
        row,
        gone,
        added: kept.added,
        note: kept.note,
    }))
}

pub(super) fn get_completeness(app: &App, request: MatchRequest) -> Result<Completeness, ApiError> {
    check(&request)?;
    let opened = app.opened()?;
    let today = today(app)?;
    Ok(engine(&opened, &today).completeness(&request)?)
}
