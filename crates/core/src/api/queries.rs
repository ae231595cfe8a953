//! What can be asked.
#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "every command of the table has the same shape"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::open::Opened;
use super::types::{
    ApiError, AppStatus, ErrorCode, Favourite, KeptRecord, LastEdit, LogTail, Nothing, Panorama,
    PanoramaRequest, RecordRequest, RecordView, SearchPage, SearchRequest, Settings, TargetView,
};
use super::{App, carried, lists};
use crate::model::{Kind, Record, RecordRef, Taxonomies};
use crate::search::{self, Texts};

/// Similar records shown beside one.
const SIMILAR: u32 = 6;
/// Lines of the log shown.
const LOG_LINES: usize = 300;
/// Bytes of the log read for them.
const LOG_BYTES: u64 = 64 * 1024;

impl Texts for Opened {
    fn record(&self, reference: &RecordRef) -> Option<Arc<Record>> {
        self.find(reference).ok().flatten()
    }

    fn records(&self, references: &[RecordRef]) -> Vec<Option<Arc<Record>>> {
        self.find_all(references)
            .unwrap_or_else(|_| vec![None; references.len()])
    }
}

pub(super) fn get_status(app: &App, _: Nothing) -> Result<AppStatus, ApiError> {
    app.opened()?.status()
}

pub(super) fn get_taxonomies(_: &App, _: Nothing) -> Result<Taxonomies, ApiError> {
    Ok(Taxonomies::bundled().clone())
}

pub(super) fn get_settings(app: &App, _: Nothing) -> Result<Settings, ApiError> {
    Ok(app.opened()?.user.settings()?)
}

pub(super) fn search_records(app: &App, request: SearchRequest) -> Result<SearchPage, ApiError> {
    check(&request)?;
    let opened = app.opened()?;
    let mut page = opened
        .index()
        .search(&*opened, Taxonomies::bundled(), &request)?;
    opened.complete(&mut page.rows)?;
    Ok(page)
}

/// Whatever can be paged to can be selected.
pub(super) fn search_references(
    app: &App,
    request: SearchRequest,
) -> Result<Vec<RecordRef>, ApiError> {
    check(&request)?;
    let opened = app.opened()?;
    let most = OFFSET_MAX as usize;
    let index = opened.index();
    Ok(index.references(&*opened, Taxonomies::bundled(), &request, most)?)
}

/// Most rows of one page.
const LIMIT_MAX: u32 = 200;
/// Deepest row that can be paged to.
const OFFSET_MAX: u32 = 10_000;
/// Most filters, values of a filter, and facets.
const FILTERS_MAX: usize = 64;

pub(super) fn check(request: &SearchRequest) -> Result<(), ApiError> {
    let refuse = |field: &str, limit: usize| {
        Err(ApiError::new(ErrorCode::BadRequest)
            .with("field", field)
            .with("limit", limit.to_string()))
    };
    if request.limit > LIMIT_MAX {
        return refuse("limit", LIMIT_MAX as usize);
    }
    if request.offset > OFFSET_MAX {
        return refuse("offset", OFFSET_MAX as usize);
    }
    if request.filters.len() > FILTERS_MAX
        || request
            .filters
            .values()
            .any(|values| values.len() > FILTERS_MAX)
    {
        return refuse("filters", FILTERS_MAX);
    }
    if request.facets.len() > FILTERS_MAX {
        return refuse("facets", FILTERS_MAX);
    }
    Ok(())
}

pub(super) fn get_record(app: &App, request: RecordRequest) -> Result<RecordView, ApiError> {
    let opened = app.opened()?;
    let reference = request.reference;
    let favourite = opened
        .user
        .favourite_refs()?
        .contains(&reference.to_string());
    let (record, gone) = match opened.find(&reference)? {
        Some(record) => (Record::clone(&record), false),
        None => match opened.user.copy(&reference)? {
            Some(record) => (record, true),
            None => {
                return Err(ApiError::new(ErrorCode::NotFound).with("ref", reference.to_string()));
            }
        },
    };
    let mut lists = BTreeMap::new();
    for membership in &record.head().lists {
        if let Ok(list) = RecordRef::resolve(&reference.feed, &membership.list)
            && let Some(name) = opened.name(&list)?
        {
            lists.insert(membership.list.clone(), name);
        }
    }
    let mut similar = opened.index().similar(
        &*opened,
        Taxonomies::bundled(),
        &record,
        &reference,
        SIMILAR,
    )?;
    opened.complete(&mut similar)?;
    let (overlay, moved_on) = opened.overlay(&reference, &record)?;
    Ok(RecordView {
        links: opened.links(&reference)?,
        twins: opened.twins(&[&reference])?.concat(),
        lists,
        similar,
        industry_group: search::industry_groups(&record, Taxonomies::bundled()),
        favourite,
        gone,
        overlay,
        moved_on,
        history: carried::history(record.extra()),
        contact: carried::contact(&reference, record.extra()),
        reference,
        record,
    })
}

pub(super) fn count_panorama(app: &App, request: PanoramaRequest) -> Result<Panorama, ApiError> {
    Ok(app
        .opened()?
        .catalog
        .panorama(&request, Taxonomies::bundled())?)
}

pub(super) fn list_targets(app: &App, _: Nothing) -> Result<Vec<TargetView>, ApiError> {
    let opened = app.opened()?;
    let mut views = Vec::new();
    let mut documents = Vec::new();
    for (reference, raw) in opened.catalog.all_of(Kind::Document)? {
        if let Ok(Record::Document(document)) = serde_json::from_str::<Record>(&raw) {
            documents.push((reference, document));
        }
    }
    // National documents first, the newest of them on top; references break ties as they came.
    documents.sort_by_key(|(_, document)| {
        let head = &document.head;
        let local = head
            .level
            .as_ref()
            .is_none_or(|level| level.as_str() != "national");
        (local, std::cmp::Reverse(head.date.clone()))
    });
    for (reference, document) in documents {
        let name = crate::model::Text {
            zh: document.head.name.zh.clone(),
            en: document.head.name.en.clone(),
        };
        for target in &document.targets {
            let held = match &target.held {
                Some(text) => {
                    let request = SearchRequest {
                        text: text.clone(),
                        ..SearchRequest::default()
                    };
                    Some(
                        opened
                            .index()
                            .search(&*opened, Taxonomies::bundled(), &request)?
                            .total,
                    )
                }
                None => None,
            };
            views.push(TargetView {
                document: reference.clone(),
                name: name.clone(),
                doc_number: document.doc_number.clone(),
                target: target.clone(),
                held,
            });
        }
    }
    Ok(views)
}

pub(super) fn get_last_edit(app: &App, _: Nothing) -> Result<Option<LastEdit>, ApiError> {
    Ok(app.opened()?.user.last_edit()?)
}

pub(super) fn list_favourites(app: &App, _: Nothing) -> Result<Vec<Favourite>, ApiError> {
    let opened = app.opened()?;
    let kept = lists::shown(&opened, opened.user.favourites()?)?;
    Ok(kept
        .into_iter()
        .map(|KeptRecord { row, gone, added }| Favourite { added, row, gone })
        .collect())
}

pub(super) fn get_log(app: &App, _: Nothing) -> Result<LogTail, ApiError> {
    let folder = app.opened()?.file("logs");
    let files: BTreeSet<std::path::PathBuf> = std::fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    let newest = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "log"))
        .max_by_key(|path| {
            path.metadata()
                .and_then(|metadata| metadata.modified())
                .ok()
        });
    let text = newest.and_then(|path| tail(&path).ok()).unwrap_or_default();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    Ok(LogTail {
        lines: lines[lines.len().saturating_sub(LOG_LINES)..].to_vec(),
    })
}

fn tail(path: &std::path::Path) -> std::io::Result<String> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let mut file = std::fs::File::open(path)?;
    let start = file.metadata()?.len().saturating_sub(LOG_BYTES);
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
