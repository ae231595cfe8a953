//! Importing a spreadsheet into the user's own records: what is asked, and the jobs.
//!
//! A file is read once and stays here under a number, so that screens ask for pages of it and never hold it. The last few
//! stay; an older one has to be opened again.
//!
//! Invariant: an import is one edit, which undo takes back. What is imported was checked, all of it, against the records as
//! they were then; what changed since is checked again by the edit.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::App;
use super::app::display;
use super::bundle::replace;
use super::open::Opened;
use super::types::{
    ApiError, Changes, Edit, ErrorCode, Happening, ImportTableRequest, MapTableRequest, Nothing,
    OpenTableRequest, PreviewCell, PreviewRow, PreviewTableRequest, RowFate, TableCheck,
    TableColumns, TableField, TableFile, TableImported, TablePhase, TablePlan, TableProgress,
    TableRequest, TableRows, TableRowsRequest, TableSheet, TableValue,
};
use crate::exchange::check::{self, Checked, OnStep, Stopped, Write};
use crate::exchange::draft::Origin;
use crate::exchange::duplicates::{Directory, Identity, Known};
use crate::exchange::read::{self, Book, Cell, MAX_BYTES, Options, ReadError, Sheet};
use crate::exchange::words::Language;
use crate::exchange::{fields, header, mapping, report, template};
use crate::model::{Date, Kind, NeedStatus, Record, RecordRef};
use crate::search::text::key;
use crate::store::user::needs::{NEEDS_MAX, Need};
use crate::store::user::own::OwnSort;

/// Files that stay open.
const OPEN: usize = 3;
/// Rows of the preview.
const PREVIEW: usize = 50;
/// Most rows of a page.
const PAGE: u32 = 200;

/// The files that are open.
#[derive(Default)]
pub(super) struct Tables {
    open: Mutex<Vec<Arc<Table>>>,
}

struct Table {
    number: u32,
    name: String,
    book: Book,
    checked: Mutex<Option<(TablePlan, Checked)>>,
}

impl Table {
    fn sheet(&self, at: u32) -> Result<&Sheet, ApiError> {
        self.book
            .sheets
            .get(at as usize)
            .ok_or_else(|| refused("sheet"))
    }

    fn checked(&self) -> MutexGuard<'_, Option<(TablePlan, Checked)>> {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tables {
    fn add(&self, name: String, book: Book) -> Arc<Table> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let number = open.iter().map(|table| table.number).max().unwrap_or(0) + 1;
        let table = Arc::new(Table {
            number,
            name,
            book,
            checked: Mutex::new(None),
        });
        if open.len() >= OPEN {
            open.remove(0);
        }
        open.push(Arc::clone(&table));
        table
    }

    fn get(&self, number: u32) -> Result<Arc<Table>, ApiError> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let found = open.iter().find(|table| table.number == number);
        found
            .cloned()
            .ok_or_else(|| ApiError::new(ErrorCode::NotFound).with("table", number.to_string()))
    }

    fn close(&self, number: u32) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|table| table.number != number);
    }
}

fn refused(field: &str) -> ApiError {
    ApiError::new(ErrorCode::BadRequest).with("field", field)
}

fn unread(path: &Path, error: &ReadError) -> ApiError {
    let mut api = ApiError::new(ErrorCode::BadRequest)
        .with("reason", error.code())
        .with("path", display(path))
        .caused_by(error);
    if let Some(row) = error.row() {
        api = api.with("row", row.to_string());
    }
    match error {
        ReadError::WrongEnding(format) => api.with("format", format.as_str()),
        ReadError::Encoding(name) => api.with("encoding", name.as_str()),
        _ => api,
    }
}

impl From<Stopped> for ApiError {
    fn from(_: Stopped) -> Self {
        Self::new(ErrorCode::Cancelled)
    }
}

impl App {
    /// Reads a file and keeps it open.
    ///
    /// # Errors
    /// `BadRequest` with the `reason` for which it is refused, and the `row`; `Cancelled`.
    pub fn open_table(
        &self,
        request: &OpenTableRequest,
        on: &mut OnStep<'_>,
    ) -> Result<TableFile, ApiError> {
        let path = Path::new(&request.path);
        tell(on, TablePhase::Read, 0, 0)?;
        let bytes = bytes(path)?;
        let options = Options {
            encoding: request.encoding.clone().filter(|label| !label.is_empty()),
            delimiter: request.delimiter.as_deref().and_then(|text| text.chars().next()),
        };
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let book = read::read(&name, &bytes, &options).map_err(|error| unread(path, &error))?;
        drop(bytes);
        tell(on, TablePhase::Read, 1, 1)?;
        if book.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
            return Err(ApiError::new(ErrorCode::BadRequest)
                .with("reason", "empty")
                .with("path", display(path)));
        }
        let (sheet, kind) = header::choose(&name, &book.sheets);
        let table = self.tables.add(name, book);
        let sheets = table.book.sheets.iter().map(|sheet| TableSheet {
            name: sheet.name.clone(),
            hidden: sheet.hidden,
            rows: sheet.rows.last().map_or(0, |row| row.number),
            columns: sheet.width() as u32,
            header: header::find(sheet).unwrap_or(0),
        });
        Ok(TableFile {
            table: table.number,
            name: table.name.clone(),
            format: table.book.format.as_str().to_owned(),
            encoding: table.book.encoding.map(str::to_owned),
            delimiter: table.book.delimiter.map(String::from),
            sheets: sheets.collect(),
            sheet: sheet as u32,
            kind,
        })
    }

    /// Checks all rows of a sheet. Nothing is written.
    ///
    /// # Errors
    /// `BadRequest` when the mapping does not fit its kind, `NotFound` when the file is no longer open, `Cancelled`.
    pub fn check_table(
        &self,
        plan: &TablePlan,
        on: &mut OnStep<'_>,
    ) -> Result<TableCheck, ApiError> {
        let table = self.tables.get(plan.table)?;
        let sheet = table.sheet(plan.sheet)?;
        if !fields::KINDS.contains(&plan.mapping.kind) {
            return Err(refused("kind"));
        }
        if header::row(sheet, plan.header).is_none() {
            return Err(refused("header"));
        }
        if let Some(field) = mapping::fault(&plan.mapping) {
            return Err(refused("mapping").with("column", field));
        }
        let opened = self.opened()?;
        let directory = directory(&opened, plan.mapping.kind)?;
        let load = |reference: &RecordRef| load(&opened, reference);
        let mut checked = check::check(sheet, plan, &directory, &load, on)?;
        if plan.mapping.kind == Kind::Need {
            limit(&mut checked);
        }
        let sums = checked.sums.clone();
        *table.checked() = Some((plan.clone(), checked));
        Ok(sums)
    }

    /// Takes checked rows in, in one edit.
    ///
    /// # Errors
    /// `BadRequest` when nothing was checked, or when all rows must be good and some are wrong; those of writing.
    pub fn import_table(
        &self,
        request: &ImportTableRequest,
        on: &mut OnStep<'_>,
    ) -> Result<TableImported, ApiError> {
        let table = self.tables.get(request.table)?;
        let mut slot = table.checked();
        let (plan, checked) = slot.as_mut().ok_or_else(|| refused("check"))?;
        if checked.sums.wrong > 0 && !request.partly {
            return Err(ApiError::new(ErrorCode::BadRequest)
                .with("reason", "wrong_rows")
                .with("count", checked.sums.wrong.to_string()));
        }
        let sheet = table.sheet(plan.sheet)?;
        let opened = self.opened()?;
        let now = self.now();
        let origin = Origin {
            file: match sheet.name.as_str() {
                "" => table.name.clone(),
                name => format!("{} · {name}", table.name),
            },
            today: Date::parse(now.get(..10).unwrap_or_default())
                .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?,
        };
        let id = |row: u32| uuid(&request.seed, row);
        let load = |reference: &RecordRef| load(&opened, reference);
        let writes = checked.writes(sheet, &origin, &id, &load, on)?;
        let added = writes.iter().filter(|write| write.reference.is_none()).count() as u32;
        let changed = writes.len() as u32 - added;
        let kind = plan.mapping.kind;
        let (edit, first) = edit(&opened, kind, writes, &id, &now)?;
        tell(on, TablePhase::Write, 0, added + changed)?;
        if request.keep_mapping {
            let headers: Vec<String> = mapping::headers(sheet, plan.header);
            let keep = Edit::SaveMapping {
                fingerprint: mapping::fingerprint(kind, &headers),
                mapping: Some(Box::new(plan.mapping.clone())),
            };
            opened.transact(&keep, &now).map_err(|error| self.explain(error.into()))?;
        }
        // Past this point the import is all or nothing, and quick: it is not stopped halfway.
        let changes = match edit {
            Some(edit) => opened
                .transact(&edit, &now)
                .map_err(|error| self.explain(error.into()))?,
            None => Changes::NONE,
        };
        let sums = &checked.sums;
        let imported = TableImported {
            added,
            changed,
            kept: sums.duplicates - sums.merged,
            skipped: sums.skipped,
            wrong: sums.wrong,
            first,
            changes,
        };
        // A second click must not take the same rows in again.
        *slot = None;
        Ok(imported)
    }

    /// Writes the rows of a checked sheet back with what is wrong in them.
    ///
    /// # Errors
    /// `BadRequest` when nothing was checked; those of writing.
    pub fn report_table(&self, table: u32, language: &str, path: &str) -> Result<(), ApiError> {
        let table = self.tables.get(table)?;
        let slot = table.checked();
        let (plan, checked) = slot.as_ref().ok_or_else(|| refused("check"))?;
        let bytes = report::workbook(
            &table.book,
            plan.sheet as usize,
            checked,
            Language::of(language),
        )
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
        Ok(replace(Path::new(path), &bytes)?)
    }

    /// Writes the official template of a kind.
    ///
    /// # Errors
    /// `BadRequest` when the kind has none; those of writing.
    pub fn write_template(&self, kind: Kind, language: &str, path: &str) -> Result<(), ApiError> {
        if !fields::KINDS.contains(&kind) {
            return Err(refused("kind"));
        }
        let bytes = template::workbook(kind, Language::of(language))
            .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
        Ok(replace(Path::new(path), &bytes)?)
    }
}

fn tell(on: &mut OnStep<'_>, phase: TablePhase, done: u32, total: u32) -> Result<(), ApiError> {
    match on(TableProgress { phase, done, total }) {
        std::ops::ControlFlow::Continue(()) => Ok(()),
        std::ops::ControlFlow::Break(()) => Err(ApiError::new(ErrorCode::Cancelled)),
    }
}

/// The content of a file, as far as one may be read.
fn bytes(path: &Path) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| {
            ApiError::new(ErrorCode::BadRequest)
                .with("reason", "unreadable")
                .with("path", display(path))
                .caused_by(&error)
        })?;
    Ok(bytes)
}

/// The user's records of a kind, by what tells them.
fn directory(opened: &Opened, kind: Kind) -> Result<Directory, ApiError> {
    const PAGE: u32 = 1_000;
    let mut known = Vec::new();
    if kind == Kind::Need {
        for row in opened.user.needs(&super::types::NeedsRequest::default())? {
            known.push(Known {
                identity: Identity {
                    names: vec![key(&row.title)],
                    owner: key(&row.enterprise),
                    credit_code: String::new(),
                },
                reference: row.reference,
                name: row.title,
            });
        }
        return Ok(Directory::new(known));
    }
    let mut offset = 0;
    loop {
        let page = opened.user.own_records(kind, OwnSort::Name, offset, PAGE)?;
        offset += PAGE;
        let last = page.len() < PAGE as usize;
        known.extend(page.into_iter().map(|own| Known {
            name: own.record.head().name.any().to_owned(),
            identity: identity(&own.record),
            reference: own.reference,
        }));
        if last {
            return Ok(Directory::new(known));
        }
    }
}

fn identity(record: &Record) -> Identity {
    let (owner, credit_code) = match record {
        Record::Scenario(record) => (&record.opened_by, &None),
        Record::Case(record) => (&record.enterprise, &None),
        Record::Solution(record) => (&record.provider, &None),
        Record::Provider(record) => (&None, &record.credit_code),
        Record::Enterprise(record) => (&None, &record.credit_code),
        _ => (&None, &None),
    };
    let mut names: Vec<String> = record.head().name.all().map(key).collect();
    names.retain(|name| !name.is_empty());
    names.dedup();
    Identity {
        names,
        owner: owner.as_deref().map(key).unwrap_or_default(),
        credit_code: credit_code.clone().unwrap_or_default(),
    }
}

/// A record as JSON; a need as its form.
fn load(opened: &Opened, reference: &RecordRef) -> Option<Value> {
    if reference.is_own_need() {
        let need = opened.user.need(reference).ok()??;
        return serde_json::to_value(need.form).ok();
    }
    let document = opened.user.own_document(reference).ok()??;
    serde_json::from_str(&document).ok()
}

/// One edit takes so many needs and no more: the rows beyond are told.
fn limit(checked: &mut Checked) {
    let mut left = NEEDS_MAX;
    for row in &mut checked.rows {
        if !matches!(row.fate, RowFate::New | RowFate::Duplicate) {
            continue;
        }
        if left == 0 {
            if row.fate == RowFate::New {
                checked.sums.new -= 1;
            } else {
                checked.sums.duplicates -= 1;
            }
            checked.sums.wrong += 1;
            *checked.sums.issues.entry("too_many_needs".to_owned()).or_default() += 1;
            row.fate = RowFate::Wrong;
            row.same = None;
            row.issues.push(super::types::RowIssue {
                column: None,
                field: String::new(),
                value: String::new(),
                code: "too_many_needs".to_owned(),
                wrong: true,
            });
        } else {
            left -= 1;
        }
    }
}

/// The edit that writes everything, and the first record that it adds.
fn edit(
    opened: &Opened,
    kind: Kind,
    writes: Vec<Write>,
    id: &dyn Fn(u32) -> String,
    now: &str,
) -> Result<(Option<Edit>, Option<RecordRef>), ApiError> {
    let internal = |error: serde_json::Error| ApiError::new(ErrorCode::Internal).caused_by(&error);
    let mut records = Vec::with_capacity(writes.len());
    let mut first = None;
    for write in writes {
        let reference = match write.reference {
            Some(reference) => reference,
            None => {
                let reference = RecordRef::new("own", kind.as_str(), &id(write.row))
                    .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
                first.get_or_insert_with(|| reference.clone());
                reference
            }
        };
        let document = if kind == Kind::Need {
            let form = serde_json::from_value(write.record).map_err(internal)?;
            let need = need(opened, &reference, form, write.text, now)?;
            serde_json::to_string(&need)
        } else {
            serde_json::to_string(&write.record)
        };
        records.push((reference, Some(document.map_err(internal)?)));
    }
    let edit = match kind {
        _ if records.is_empty() => None,
        Kind::Need => Some(Edit::RestoreNeeds { needs: records }),
        _ => Some(Edit::SaveRecords { records }),
    };
    Ok((edit, first))
}

/// The need to be stored: a new one, or the one that is there with another form.
fn need(
    opened: &Opened,
    reference: &RecordRef,
    form: crate::model::NeedForm,
    text: String,
    now: &str,
) -> Result<Need, ApiError> {
    let mut need = opened.user.need(reference)?.unwrap_or_else(|| Need {
        created: now.to_owned(),
        text,
        ..Need::default()
    });
    let is_new = need.changed.is_empty();
    let status = if is_new { NeedStatus::Draft } else { need.form.status };
    need.form = crate::model::NeedForm { status, ..form };
    now.clone_into(&mut need.changed);
    let happening = if is_new {
        Happening::Created
    } else {
        Happening::Edited { fields: Vec::new() }
    };
    need.happened(happening, now);
    Ok(need)
}

/// A UUID that follows from another and a number (in the manner of version 8).
fn uuid(seed: &str, row: u32) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    hash.update(seed);
    hash.update(row.to_be_bytes());
    let mut bytes: [u8; 32] = hash.finalize().into();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes[..16].iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text
}

pub(super) fn preview_table(
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

pub(super) fn map_table(app: &App, request: MapTableRequest) -> Result<TableColumns, ApiError> {
    let table = app.tables.get(request.table)?;
    let sheet = table.sheet(request.sheet)?;
    let kind = request.kind;
    if !fields::KINDS.contains(&kind) {
        return Err(refused("kind"));
    }
    let columns = mapping::columns(kind, sheet, request.header);
    let headers = mapping::headers(sheet, request.header);
    let kept = app.opened()?.user.mapping(&mapping::fingerprint(kind, &headers))?;
    // One that a later version kept may name fields that this one does not have.
    let kept = kept.filter(|kept| kept.kind == kind && mapping::fault(kept).is_none());
    let template = mapping::template(sheet, request.header)
        .filter(|keys| keys.kind == kind)
        .map(|keys| keys.version);
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
        mapping: kept
            .as_ref()
            .map_or_else(|| mapping::proposed(kind, &columns), |kept| mapping::fit(kept, &headers)),
        kept: kept.is_some(),
        columns,
        fields: listed,
        template,
    })
}

pub(super) fn list_table_values(
    app: &App,
    request: TableRequest,
) -> Result<Vec<TableValue>, ApiError> {
    let table = app.tables.get(request.table)?;
    let slot = table.checked();
    let (_, checked) = slot.as_ref().ok_or_else(|| refused("check"))?;
    Ok(checked.values.clone())
}

pub(super) fn list_table_rows(
    app: &App,
    request: TableRowsRequest,
) -> Result<TableRows, ApiError> {
    if request.limit > PAGE {
        return Err(super::matching::refused("limit", PAGE as usize));
    }
    let table = app.tables.get(request.table)?;
    let slot = table.checked();
    let (_, checked) = slot.as_ref().ok_or_else(|| refused("check"))?;
    let chosen = || {
        checked
            .rows
            .iter()
            .filter(|row| request.fates.is_empty() || request.fates.contains(&row.fate))
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

pub(super) fn close_table(app: &App, request: TableRequest) -> Result<Nothing, ApiError> {
    app.tables.close(request.table);
    Ok(Nothing {})
}
