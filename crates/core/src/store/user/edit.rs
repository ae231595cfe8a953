//! Applying an edit, which answers its inverse.

use std::path::Path;

use rusqlite::Transaction;

use super::needs::{self, Desk, Edited};
use super::{annotations, audit, favourites, lists, memory, portfolio, searches, settings};
use crate::api::types::{Changes, Deleted, Edit, Event};
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
    let (inverse, changes) = dispatch(desk, edit)?;
    // What undo and redo do tells no time, and is no deletion that anybody asked for.
    if let Some(what) = deleted(edit).filter(|_| inverse.is_some() && !now.is_empty()) {
        audit::write(transaction, now, &Event::Deletion { what, count: 1 })
            .map_err(|error| StoreError::sqlite(path, error))?;
    }
    Ok((inverse, changes))
}

/// What an edit deletes, where the record of what happened tells it.
fn deleted(edit: &Edit) -> Option<Deleted> {
    match edit {
        Edit::RemoveNeed { .. } => Some(Deleted::Need),
        Edit::RemoveList { .. } => Some(Deleted::List),
        Edit::RemoveSearch { .. } => Some(Deleted::Search),
        _ => None,
    }
}

fn dispatch(desk: &Desk<'_>, edit: &Edit) -> Edited {
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
