//! What can be asked about an open file.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use super::refused;
use crate::api::App;
use crate::api::types::{
    ApiError, MapTableRequest, Nothing, PreviewCell, PreviewRow, PreviewTableRequest, RowFate,
    TableColumns, TableField, TableRequest, TableRows, TableRowsRequest, TableValue,
};
use crate::exchange::read::Cell;
use crate::exchange::{fields, mapping, template};

/// Rows of the preview.
const PREVIEW: usize = 50;
/// Most rows of a page.
const PAGE: u32 = 200;

pub(in crate::api) fn preview_table(
    app: &App,
    request: PreviewTableRequest,
) -> Result<Vec<PreviewRow>, ApiError> {
    let table = app.tables.get(request.table)?;
    let sheet = table.sheet(request.sheet)?;
    let form = |cell: &Cell| match cell {
        Cell::Empty => "empty",
        Cell::Text(_) => "text",
        Cell::Number(_) => "number",
        Cell::Bool(_) => "boolean",
        Cell::Date(_) => "date",
        Cell::Error(_) => "error",
    };
    let rows = sheet.rows.iter().take(PREVIEW).map(|row| PreviewRow {
        row: row.number,
        cells: row
            .cells
            .iter()
            .map(|cell| PreviewCell {
                text: cell.text().chars().take(200).collect(),
                form: form(cell).to_owned(),
            })
            .collect(),
    });
    Ok(rows.collect())
}

pub(in crate::api) fn map_table(
    app: &App,
    request: MapTableRequest,
) -> Result<TableColumns, ApiError> {
    let table = app.tables.get(request.table)?;
    let sheet = table.sheet(request.sheet)?;
    let kind = request.kind;
    if !fields::KINDS.contains(&kind) {
        return Err(refused("kind"));
    }
    let columns = mapping::columns(kind, sheet, request.header);
    let headers = mapping::headers(sheet, request.header);
    let kept = app
        .opened()?
        .user
        .mapping(&mapping::fingerprint(kind, &headers))?;
    // One that a later version kept may name fields that this one does not have.
    let kept = kept.filter(|kept| kept.kind == kind && mapping::fault(kept).is_none());
    let template = mapping::template(sheet, request.header)
        .filter(|keys| keys.kind == kind)
        .map(|keys| template::aged(&keys.version));
    let mut listed: Vec<TableField> = Vec::new();
    for field in fields::of(kind) {
        let view = TableField {
            field: field.path.to_owned(),
            zh: field.zh.to_owned(),
            en: field.en.to_owned(),
            required: field.path == fields::required(kind),
            taxonomies: field.shape.taxonomies().unwrap_or_default().to_owned(),
            date: field.shape.is_date(),
            several: field.shape.is_several(),
        };
        // The last set of headers is the most special one.
        match listed.iter_mut().find(|known| known.field == view.field) {
            Some(known) => *known = view,
            None => listed.push(view),
        }
    }
    Ok(TableColumns {
        mapping: kept.as_ref().map_or_else(
            || mapping::proposed(kind, &columns),
            |kept| mapping::fit(kept, &headers),
        ),
        kept: kept.is_some(),
        columns,
        fields: listed,
        template,
    })
}

pub(in crate::api) fn list_table_values(
    app: &App,
    request: TableRequest,
) -> Result<Vec<TableValue>, ApiError> {
    let table = app.tables.get(request.table)?;
    let slot = table.checked();
    let (_, checked) = slot.as_ref().ok_or_else(|| refused("check"))?;
    Ok(checked.values.clone())
}

pub(in crate::api) fn list_table_rows(
    app: &App,
    request: TableRowsRequest,
) -> Result<TableRows, ApiError> {
    if request.limit > PAGE {
        return Err(crate::api::matching::refused("limit", PAGE as usize));
    }
    let table = app.tables.get(request.table)?;
    let slot = table.checked();
    let (_, checked) = slot.as_ref().ok_or_else(|| refused("check"))?;
    // What is like something that is there is decided among the duplicates, also where it is added all the same.
    let alike = request.fates == [RowFate::Duplicate];
    let chosen = || {
        checked.rows.iter().filter(|row| {
            request.fates.is_empty()
                || request.fates.contains(&row.fate)
                || alike && row.same.is_some()
        })
    };
    Ok(TableRows {
        total: chosen().count() as u32,
        rows: chosen()
            .skip(request.offset as usize)
            .take(request.limit as usize)
            .cloned()
            .collect(),
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every command of the table has the same shape"
)]
pub(in crate::api) fn close_table(app: &App, request: TableRequest) -> Result<Nothing, ApiError> {
    app.tables.close(request.table);
    Ok(Nothing {})
}
