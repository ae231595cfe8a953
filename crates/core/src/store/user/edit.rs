//! Applying an edit, which answers its inverse.

use std::path::Path;

use rusqlite::Transaction;

use super::needs::{self, Desk};
use super::{favourites, portfolio, settings};
use crate::api::types::{Changes, Edit};
use crate::model::RecordRef;
use crate::store::StoreError;

/// Reads a record of the catalog as it is now.
pub(super) type Copy<'a> = dyn Fn(&RecordRef) -> Result<Option<String>, StoreError> + 'a;

/// Applies an edit. The inverse is absent when nothing changed.
pub(super) fn apply(
    transaction: &Transaction<'_>,
    path: &Path,
    edit: &Edit,
    now: &str,
    copy: &Copy<'_>,
) -> Result<(Option<Edit>, Changes), StoreError> {
    let desk = &Desk {
        transaction,
        path,
        now,
        copy,
    };
    match edit {
        Edit::SetSetting { key, value } => settings::set(desk, key, value),
        Edit::AddFavourite { reference } => favourites::add(desk, reference),
        Edit::RemoveFavourite { reference } => favourites::remove(desk, reference),
        Edit::RestoreFavourite {
            reference,
            added,
            copy,
        } => favourites::insert(desk, reference, added, copy),
        Edit::SaveNeed {
            reference,
            form,
            text,
        } => needs::save(desk, reference, form, text),
        Edit::SetNeedStatus {
            reference,
            status,
            reason,
        } => needs::set_status(desk, reference, *status, reason),
        Edit::NoteNeed {
            reference,
            note,
            next,
        } => needs::note(desk, reference, note, next.as_ref()),
        Edit::Shortlist {
            need,
            reference,
            note,
        } => needs::shortlist(desk, need, reference, note),
        Edit::Unlist { need, reference } => needs::unlist(desk, need, reference),
        Edit::RemoveNeed { reference } => needs::remove(desk, reference),
        Edit::RestoreNeeds { needs } => needs::restore(desk, needs),
        Edit::SavePortfolio { plan } => portfolio::save(desk, plan),
    }
}
