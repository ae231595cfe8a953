//! Lists of what the user made: own records, drafts, corrections, the trash.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use crate::api::App;
use crate::api::matching::refused;
use crate::api::types::{
    ApiError, Corrected, Draft, Nothing, OwnPage, OwnRequest, OwnRow, TrashPage, TrashRequest,
};
use crate::listing;
use crate::model::{Kind, Taxonomies};
use crate::search;

/// Most rows of one page.
const LIMIT_MAX: u32 = 200;

pub(in crate::api) fn list_own(app: &App, request: OwnRequest) -> Result<OwnPage, ApiError> {
    within(request.limit)?;
    let opened = app.opened()?;
    let OwnRequest {
        kind,
        sort,
        offset,
        limit,
    } = request;
    let mut counts = opened.user.own_counts()?;
    let needs = opened.user.need_count()?;
    if needs > 0 {
        counts.insert(Kind::Need.as_str().to_owned(), needs);
    }
    let records = opened.user.own_records(kind, sort, offset, limit)?;
    let mut rows: Vec<OwnRow> = records
        .into_iter()
        .map(|own| OwnRow {
            row: search::row(&own.reference, &own.record, 0, Taxonomies::bundled(), None),
            changed: own.changed,
            quality: listing::quality(&own.record).total,
        })
        .collect();
    opened.complete(rows.iter_mut().map(|own| &mut own.row))?;
    Ok(OwnPage { rows, counts })
}

pub(in crate::api) fn list_drafts(app: &App, _: Nothing) -> Result<Vec<Draft>, ApiError> {
    Ok(app.opened()?.user.drafts()?)
}

pub(in crate::api) fn list_trash(app: &App, request: TrashRequest) -> Result<TrashPage, ApiError> {
    within(request.limit)?;
    let (entries, total) = app.opened()?.user.trash(request.offset, request.limit)?;
    Ok(TrashPage { entries, total })
}

pub(in crate::api) fn list_corrected(app: &App, _: Nothing) -> Result<Vec<Corrected>, ApiError> {
    let opened = app.opened()?;
    let mut corrected = Vec::new();
    for reference in opened.user.overlay_refs()? {
        let Some(overlay) = opened.user.overlay(&reference)? else {
            continue;
        };
        let mut row = match opened.find(&reference)? {
            Some(record) => {
                let links = opened.link_count(&reference)?;
                Some(search::row(
                    &reference,
                    &record,
                    links,
                    Taxonomies::bundled(),
                    None,
                ))
            }
            None => None,
        };
        opened.complete(row.iter_mut())?;
        corrected.push(Corrected {
            row,
            reference,
            overlay,
        });
    }
    Ok(corrected)
}

fn within(limit: u32) -> Result<(), ApiError> {
    if limit > LIMIT_MAX {
        return Err(refused("limit", LIMIT_MAX as usize));
    }
    Ok(())
}
