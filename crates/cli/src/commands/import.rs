//! `atlas import`: records out of a spreadsheet, checked row by row before anything is written; `atlas template`: the form
//! to fill in.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

use atlas_core::api::App;
use atlas_core::api::types::{
    ApiError, DuplicateChoice, ErrorCode, ImportTableRequest, OpenTableRequest, RowFate,
    TableCheck, TableColumns, TableFile, TableImported, TableMapping, TablePlan, TableProgress,
    TableRows, TableTemplate, TemplateAge,
};
use atlas_core::exchange::mapping::letter;
use atlas_core::exchange::template as official;
use atlas_core::exchange::words::{Language as Words, remedy, say};
use atlas_core::model::Kind;
use serde::Serialize;
use serde_json::json;

use super::sync::open_to_write;
use crate::args::{Args, Import, Language};
use crate::output::{Failure, Output};
use crate::texts::{self, tables as says};

/// Wrong rows that are printed; the report has them all.
const PRINTED: u32 = 20;
/// Exit code when rows are wrong and nothing was imported.
const WRONG: u8 = 4;

/// What is printed as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    file: &'a TableFile,
    sheet: u32,
    header: u32,
    mapping: &'a TableMapping,
    template: Option<&'a TableTemplate>,
    check: &'a TableCheck,
    imported: Option<&'a TableImported>,
}

/// Imports a spreadsheet.
pub fn import(args: &Args, request: &Import, output: &mut Output) -> Result<ExitCode, Failure> {
    let app = if request.dry_run {
        super::open(args, output)?.0
    } else {
        open_to_write(args, output)?
    };
    let language = output.language;
    let explained = |error: ApiError| {
        says::refused(language, &error).map_or(Failure::Api(error), Failure::Refused)
    };
    let open = OpenTableRequest {
        path: path(&request.file)?,
        encoding: request.encoding.clone(),
        delimiter: request.delimiter.map(String::from),
    };
    let file = app
        .open_table(&open, &mut progress(language))
        .map_err(explained)?;
    let (plan, made_from) = plan(&app, request, &file, output)?;
    if let Some(template) = made_from
        .as_ref()
        .filter(|made| made.age != TemplateAge::Current)
    {
        output.tell(&says::other_template(language, template));
    }
    if let Some(out) = &request.save_mapping {
        let text = serde_json::to_string_pretty(&plan.mapping).map_err(std::io::Error::from)?;
        std::fs::write(out, text + "\n").map_err(|error| unwritable(out, &error))?;
    }
    let check = app
        .check_table(&plan, &mut progress(language))
        .map_err(explained)?;
    if let Some(out) = &request.report {
        app.report_table(file.table, locale(language), &path(out)?)?;
    }
    let good = check.new + check.duplicates;
    let stopped = check.wrong > 0 && !request.partly;
    let imported = if request.dry_run || stopped || good == 0 {
        None
    } else {
        let import = ImportTableRequest {
            table: file.table,
            partly: request.partly,
            keep_mapping: true,
            seed: seed(),
        };
        let rows = wrong(&app, &file, output)?;
        let done = app
            .import_table(&import, &mut progress(language))
            .map_err(explained)?;
        Some((done, rows))
    };
    if output.json {
        output.value(&Answer {
            file: &file,
            sheet: plan.sheet,
            header: plan.header,
            mapping: &plan.mapping,
            template: made_from.as_ref(),
            check: &check,
            imported: imported.as_ref().map(|(done, _)| done),
        })?;
    } else {
        let rows = match &imported {
            Some((_, rows)) => rows.clone(),
            None => wrong(&app, &file, output)?,
        };
        print(&file, &plan, &check, &rows, output)?;
        if let Some((done, _)) = &imported {
            output.line(&says::imported(language, done))?;
        } else if stopped && !request.dry_run {
            output.tell(says::nothing_imported(language));
        }
    }
    Ok(match (stopped, good) {
        (true, _) => ExitCode::from(WRONG),
        (false, 0) => ExitCode::from(1),
        (false, _) => ExitCode::SUCCESS,
    })
}

/// Writes the official template of a kind.
pub fn template(kind: &str, file: &Path, output: &mut Output) -> Result<ExitCode, Failure> {
    let kind = Kind::parse(kind).ok_or_else(|| Failure::Usage(kind.to_owned()))?;
    let bytes = official::workbook(kind, words(output.language))
        .map_err(|error| Failure::Api(ApiError::new(ErrorCode::Internal).caused_by(&error)))?;
    std::fs::write(file, bytes).map_err(|error| unwritable(file, &error))?;
    output.tell(&says::written(output.language, &file.display().to_string()));
    Ok(ExitCode::SUCCESS)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Api(ApiError::unwritable(path, error))
}

/// Sheet, header and mapping: as asked for, as kept, or as they fit best; and the template that the sheet was made from.
fn plan(
    app: &App,
    request: &Import,
    file: &TableFile,
    output: &Output,
) -> Result<(TablePlan, Option<TableTemplate>), Failure> {
    let usage = |text: String| Failure::Usage(text);
    let sheet = match &request.sheet {
        None => file.sheet,
        Some(name) => {
            let named = file.sheets.iter().position(|sheet| sheet.name == *name);
            let numbered = || name.parse::<usize>().ok()?.checked_sub(1);
            let found = named.or_else(numbered).filter(|at| *at < file.sheets.len());
            let names = || -> Vec<&str> {
                file.sheets
                    .iter()
                    .map(|sheet| sheet.name.as_str())
                    .collect()
            };
            found
                .ok_or_else(|| usage(says::no_sheet(output.language, name, &names().join(", "))))?
                as u32
        }
    };
    let header = request.header.unwrap_or(file.sheets[sheet as usize].header);
    let given: Option<TableMapping> = match &request.mapping {
        Some(path) => {
            let text = std::fs::read(path)
                .map_err(|error| usage(texts::unreadable(output.language, path, &error)))?;
            let mapping = serde_json::from_slice(&text)
                .map_err(|error| usage(format!("{}: {error}", path.display())))?;
            Some(mapping)
        }
        None => None,
    };
    let kind = match (&request.kind, &given) {
        (Some(kind), _) => Kind::parse(kind).ok_or_else(|| usage(kind.clone()))?,
        (None, Some(mapping)) => mapping.kind,
        (None, None) => file.kind,
    };
    let columns: TableColumns = super::query(
        app,
        "map_table",
        json!({ "table": file.table, "sheet": sheet, "header": header, "kind": kind }),
    )?;
    let mapping = match given {
        Some(mapping) => {
            let headers: Vec<String> = columns
                .columns
                .iter()
                .map(|column| column.header.clone())
                .collect();
            let mapping = TableMapping { kind, ..mapping };
            atlas_core::exchange::mapping::fit(&mapping, &headers)
        }
        None => columns.mapping,
    };
    let plan = TablePlan {
        table: file.table,
        sheet,
        header,
        mapping,
        duplicates: match request.duplicates.as_str() {
            "keep" => DuplicateChoice::Keep,
            "replace" => DuplicateChoice::Replace,
            "add" => DuplicateChoice::Add,
            _ => DuplicateChoice::Fill,
        },
        choices: BTreeMap::new(),
        fields: BTreeMap::new(),
    };
    Ok((plan, columns.template))
}

/// The first wrong rows.
fn wrong(app: &App, file: &TableFile, _: &Output) -> Result<TableRows, Failure> {
    super::query(
        app,
        "list_table_rows",
        json!({ "table": file.table, "fates": [RowFate::Wrong], "limit": PRINTED }),
    )
}

fn print(
    file: &TableFile,
    plan: &TablePlan,
    check: &TableCheck,
    rows: &TableRows,
    output: &mut Output,
) -> Result<(), Failure> {
    let language = output.language;
    let sheet = &file.sheets[plan.sheet as usize];
    output.line(&says::opened(language, file, sheet, plan))?;
    for (at, column) in plan.mapping.columns.iter().enumerate() {
        let field = column.field.as_deref().unwrap_or("-");
        output.line(&format!("  {:3} {} → {field}", letter(at), column.header))?;
    }
    output.line(&says::sums(language, check))?;
    for (reason, count) in &check.reasons {
        output.line(&format!("  {count} × {}", say(words(language), reason)))?;
    }
    for (issue, count) in &check.issues {
        output.line(&format!("  {count} × {}", say(words(language), issue)))?;
    }
    for row in &rows.rows {
        for issue in row.issues.iter().filter(|issue| issue.wrong) {
            let column = issue
                .column
                .map_or_else(String::new, |column| letter(column as usize));
            output.line(&says::wrong(
                language,
                &format!("{}{column}", row.row),
                &issue.value,
                say(words(language), &issue.code),
                remedy(words(language), &issue.code),
            ))?;
        }
    }
    if rows.total > PRINTED {
        output.line(&says::more(language, rows.total - PRINTED))?;
    }
    Ok(())
}

/// Progress on the terminal; nothing stops a command but its end.
fn progress(language: Language) -> impl FnMut(TableProgress) -> ControlFlow<()> {
    move |step| {
        if std::io::stderr().is_terminal() && step.total > 1 {
            let _ = write!(
                std::io::stderr(),
                "\r\x1b[K{} {}/{}",
                says::phase(language, step.phase),
                step.done,
                step.total
            );
            if step.done == step.total {
                let _ = write!(std::io::stderr(), "\r\x1b[K");
            }
        }
        ControlFlow::Continue(())
    }
}

fn words(language: Language) -> Words {
    match language {
        Language::Zh => Words::Zh,
        Language::En => Words::En,
    }
}

fn locale(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    }
}

/// A text that was never used: the process has random keys for its maps.
fn seed() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}

fn path(file: &Path) -> Result<String, Failure> {
    let usage = || Failure::Usage(file.display().to_string());
    let path: PathBuf = absolute(file).map_err(|_| usage())?;
    path.to_str().map(str::to_owned).ok_or_else(usage)
}
