//! What can be asked about what the user keeps and remembers.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use super::App;
use super::open::Opened;
use super::types::{
    AnnotationView, ApiError, Block, Changes, Edit, ErrorCode, KeptDraft, KeptRecord, ListRequest,
    ListRow, ListView, Nothing, ReadNoteRequest, SearchRow, SeenSearchRequest, TagRow,
    TaggedRequest,
};
use crate::markdown;
use crate::model::{RecordRef, Taxonomies};
use crate::search;
use crate::store::user::Kept;

pub(super) fn list_lists(app: &App, _: Nothing) -> Result<Vec<ListRow>, ApiError> {
    Ok(app.opened()?.user.lists()?)
}

pub(super) fn get_list(app: &App, request: ListRequest) -> Result<ListView, ApiError> {
    let opened = app.opened()?;
    let Some((list, note)) = opened.user.list(&request.id)? else {
        return Err(ApiError::new(ErrorCode::NotFound).with("ref", request.id));
    };
    let members = shown(&opened, opened.user.members(&request.id)?)?;
    Ok(ListView {
        list,
        blocks: markdown::read(&note),
        note,
        members,
    })
}

pub(super) fn list_tags(app: &App, _: Nothing) -> Result<Vec<TagRow>, ApiError> {
    Ok(app.opened()?.user.tags()?)
}

pub(super) fn list_tagged(app: &App, request: TaggedRequest) -> Result<Vec<KeptRecord>, ApiError> {
    let opened = app.opened()?;
    shown(&opened, opened.user.tagged(&request.tag)?)
}

/// Records as they are now, or as they were when they are gone from the catalog.
pub(super) fn shown(opened: &Opened, kept: Vec<Kept>) -> Result<Vec<KeptRecord>, ApiError> {
    let mut shown = Vec::with_capacity(kept.len());
    for kept in kept {
        let current = opened.find(&kept.reference)?;
        let gone = current.is_none();
        let record = current.as_deref().unwrap_or(&kept.record);
        let links = opened.link_count(&kept.reference)?;
        shown.push(KeptRecord {
            row: search::row(&kept.reference, record, links, Taxonomies::bundled(), None),
            gone,
            added: kept.added,
        });
    }
    opened.complete(shown.iter_mut().map(|kept| &mut kept.row))?;
    Ok(shown)
}

/// Records of which only the names are kept: those that are gone and of which there is no copy are left out.
fn named(opened: &Opened, refs: Vec<RecordRef>) -> Result<Vec<KeptRecord>, ApiError> {
    let mut kept = Vec::new();
    for reference in refs {
        let record = match opened.find(&reference)? {
            Some(record) => Some((*record).clone()),
            None => opened.user.copy(&reference)?,
        };
        if let Some(record) = record {
            kept.push(Kept {
                reference,
                added: String::new(),
                record,
            });
        }
    }
    shown(opened, kept)
}

pub(super) fn list_recent(app: &App, _: Nothing) -> Result<Vec<KeptRecord>, ApiError> {
    let opened = app.opened()?;
    named(&opened, opened.user.recent()?)
}

pub(super) fn get_tray(app: &App, _: Nothing) -> Result<Vec<RecordRef>, ApiError> {
    Ok(app.opened()?.user.tray()?)
}

pub(super) fn get_annotation(
    app: &App,
    request: super::types::RecordRequest,
) -> Result<AnnotationView, ApiError> {
    let opened = app.opened()?;
    let said = opened.user.annotation(&request.reference)?;
    let lists = opened.user.lists_with(&request.reference)?;
    Ok(said.map_or_else(
        || AnnotationView {
            lists: lists.clone(),
            ..AnnotationView::default()
        },
        |said| AnnotationView {
            blocks: markdown::read(&said.note),
            tags: said.tags,
            note: said.note,
            changed: said.changed,
            lists: lists.clone(),
        },
    ))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every command of the table has the same shape"
)]
pub(super) fn read_note(_: &App, request: ReadNoteRequest) -> Result<Vec<Block>, ApiError> {
    Ok(markdown::read(&request.text))
}

pub(super) fn list_need_drafts(app: &App, _: Nothing) -> Result<Vec<KeptDraft>, ApiError> {
    Ok(app.opened()?.user.need_drafts()?)
}

pub(super) fn list_searches(app: &App, _: Nothing) -> Result<Vec<SearchRow>, ApiError> {
    let opened = app.opened()?;
    let mut rows = Vec::new();
    for search in opened.user.searches()? {
        let (changed, more) = opened.catalog.changed_since(&search.seen)?;
        let (total, fresh) = opened.index().count_among(
            &*opened,
            Taxonomies::bundled(),
            &search.request,
            &changed,
        )?;
        rows.push(SearchRow {
            id: search.id,
            name: search.name,
            request: search.request,
            total,
            fresh,
            more,
        });
    }
    Ok(rows)
}

pub(super) fn see_search(app: &App, request: SeenSearchRequest) -> Result<Changes, ApiError> {
    let seen = app.opened()?.catalog.newest_sync()?;
    let edit = Edit::SeeSearch {
        search: request.id,
        seen,
    };
    super::mutations::transact(app, edit)
}
