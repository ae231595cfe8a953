//! Applying an edit, which answers its inverse.

use std::path::Path;

use rusqlite::Transaction;

use super::needs::{self, Desk};
use super::{
    annotations, audit, drafts, favourites, lists, mappings, memory, overlays, own, portfolio,
    searches, settings, trash,
};
use crate::api::types::{Changes, Deleted, Edit, Event};
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

/// Applies an edit. The inverse is absent when nothing changed. `asked` tells an edit that somebody asked for from one
/// that undo or redo makes: only the former is a deletion worth telling.
pub(super) fn apply(
    transaction: &Transaction<'_>,
    path: &Path,
    edit: &Edit,
    now: &str,
    copy: &Copy<'_>,
    asked: bool,
) -> Edited {
    let desk = &Desk {
        transaction,
        path,
        now,
        copy,
        touched: own::Touched::default(),
    };
    let (inverse, changes) = write(desk, edit)?;
    if let Some(inverse) = inverse.as_ref().filter(|_| asked) {
        for (what, count) in deleted(edit, inverse) {
            audit::write(transaction, now, &Event::Deletion { what, count })
                .map_err(|error| StoreError::sqlite(path, error))?;
        }
    }
    desk.close()?;
    Ok((inverse, changes))
}

/// What an edit deleted and how many, where the record of what happened tells it. Clearing the trash has no inverse, and
/// tells it itself.
fn deleted(edit: &Edit, inverse: &Edit) -> Vec<(Deleted, u32)> {
    match (edit, inverse) {
        (Edit::RemoveNeed { .. }, _) => vec![(Deleted::Need, 1)],
        (Edit::RemoveList { .. }, _) => vec![(Deleted::List, 1)],
        (Edit::RemoveSearch { .. }, _) => vec![(Deleted::Search, 1)],
        // What was there of what was asked for.
        (Edit::MoveToTrash { .. }, Edit::RestoreTrash { refs }) => trash::kinds(refs.iter()),
        _ => Vec::new(),
    }
}

fn write(desk: &Desk<'_>, edit: &Edit) -> Edited {
    match edit {
        Edit::SetSetting { key, value } => settings::set(desk, key, value),
        Edit::AddFavourite { reference } => favourites::add(desk, reference),
        Edit::RemoveFavourites { refs } => favourites::remove(desk, refs),
        Edit::RestoreFavourites { favourites } => favourites::restore(desk, favourites),
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
        Edit::WeighNeed {
            reference,
            weighing,
        } => needs::weigh(desk, reference, weighing),
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
        Edit::SaveList { list, name, note } => lists::save(desk, list, name, note),
        Edit::MoveList { list, to } => lists::move_list(desk, list, *to),
        Edit::RemoveList { list } => lists::remove(desk, list),
        Edit::RestoreList { list } => lists::restore(desk, list),
        Edit::AddMembers { list, refs } => lists::add_members(desk, list, refs),
        Edit::RemoveMembers { list, refs } => lists::remove_members(desk, list, refs),
        Edit::RestoreMembers { list, members } => lists::restore_members(desk, list, members),
        Edit::MoveMember {
            list,
            reference,
            to,
        } => lists::move_member(desk, list, reference, *to),
        Edit::SetTags { refs, add, remove } => annotations::set_tags(desk, refs, add, remove),
        Edit::RenameTag { from, to } => annotations::rename_tag(desk, from, to),
        Edit::SetNote { reference, note } => annotations::set_note(desk, reference, note),
        Edit::RestoreAnnotations { annotations } => annotations::restore(desk, annotations),
        Edit::SaveSearch {
            search,
            name,
            request,
            seen,
        } => searches::save(desk, search, name, request, seen),
        Edit::RemoveSearch { search } => searches::remove(desk, search),
        Edit::RestoreSearch { search } => searches::restore(desk, search),
        Edit::SeeSearch { search, seen } => searches::see(desk, search, seen),
        Edit::SetTray { refs } => memory::set_tray(desk, refs),
        Edit::See { reference } => memory::see(desk, reference),
        Edit::SetRecent { refs } => memory::set_recent(desk, refs),
        Edit::KeepDraft { reference, draft } => {
            memory::keep_draft(desk, reference, draft.as_deref())
        }
    }
}
