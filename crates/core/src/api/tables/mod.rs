//! Importing a spreadsheet into the user's own records: what is asked, and the jobs.
//!
//! A file is read once and stays here under a number, so that screens ask for pages of it and never hold it. The last few
//! stay; an older one has to be opened again.
//!
//! Invariant: an import is one edit, which undo takes back. What is imported was checked, all of it, against the records as
//! they were then; what changed since is checked again by the edit.

mod records;
mod views;

pub(super) use views::{close_table, list_table_rows, list_table_values, map_table, preview_table};

use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use records::{directory, edit, limit, load, uuid};

use super::App;
use super::app::display;
use super::bundle::replace;
use super::types::{
    ApiError, Changes, Edit, ErrorCode, Event, ImportTableRequest, OpenTableRequest, TableCheck,
    TableFile, TableImported, TablePhase, TablePlan, TableProgress, TableSheet,
};
use crate::exchange::check::{self, Checked, OnStep, Stopped};
use crate::exchange::draft::Origin;
use crate::exchange::read::{self, Book, MAX_BYTES, Options, ReadError, Sheet};
use crate::exchange::words::Language;
use crate::exchange::{fields, header, mapping, report, template};
use crate::model::{Date, Kind, RecordRef};

/// Files that stay open.
const OPEN: usize = 3;

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
            delimiter: request
                .delimiter
                .as_deref()
                .and_then(|text| text.chars().next()),
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
        let added = writes
            .iter()
            .filter(|write| write.reference.is_none())
            .count() as u32;
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
            opened
                .transact(&keep, &now)
                .map_err(|error| self.explain(error.into()))?;
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
        self.note(&Event::Import {
            kind: kind.as_str().to_owned(),
            file: table.name.clone(),
            added,
            changed,
            rejected: sums.wrong,
        });
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
        replace(Path::new(path), &bytes)
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
        replace(Path::new(path), &bytes)
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
