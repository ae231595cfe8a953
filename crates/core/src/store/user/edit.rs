//! Applying an edit, which answers its inverse.

use std::path::Path;

use rusqlite::Transaction;

use super::needs::{self, Desk};
use super::{drafts, favourites, mappings, overlays, own, portfolio, settings, trash};
use crate::api::types::{Changes, Edit};
use crate::model::RecordRef;
use crate::store::StoreError;

/// Reads a record of the catalog as it is now.
pub(super) type Copy<'a> = dyn Fn(&RecordRef) -> Result<Option<String>, StoreError> + 'a;

/// What an edit answers: its inverse, and which kinds of data it changed.
pub(super) type Edited = Result<(Option<Edit>, Changes), StoreError>;

/// Refuses a value by the name of its field.
pub(super) fn refused<T>(field: &str) -> Result<T, StoreError> {
    Err(StoreError::Edit {
        field: field.to_owned(),
    })
}

/// Applies an edit. The inverse is absent when nothing changed.
pub(super) fn apply(
    transaction: &Transaction<'_>,
    path: &Path,
    edit: &Edit,
    now: &str,
    copy: &Copy<'_>,
) -> Edited {
    let desk = &Desk {
        transaction,
        path,
        now,
        copy,
        touched: own::Touched::default(),
    };
    let edited = write(desk, edit)?;
    desk.close()?;
    Ok(edited)
}

fn write(desk: &Desk<'_>, edit: &Edit) -> Edited {
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
        Edit::SaveMapping {
            fingerprint,
            mapping,
        } => mappings::save(desk, fingerprint, mapping.as_deref()),
        Edit::SavePortfolio { plan } => portfolio::save(desk, plan),
        Edit::SaveRecords { records } => own::save(desk, records),
        Edit::MoveToTrash { refs } => trash::discard(desk, refs),
        Edit::RestoreTrash { refs } => trash::restore(desk, refs),
        Edit::ClearTrash { refs } => trash::clear(desk, refs.as_deref()),
        Edit::SaveDraft {
            reference,
            document,
        } => drafts::save(desk, reference, document.as_ref()),
        Edit::SaveOverlay { reference, overlay } => {
            overlays::save(desk, reference, overlay.as_ref())
        }
    }
}
