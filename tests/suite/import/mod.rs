//! Spreadsheets become the user's own records: nothing of a file is lost, nothing is written before all of it was checked.

mod inventory;
mod messy;
mod needs;
mod rules;
mod steps;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use atlas_core::api::types::{
    ApiError, ImportTableRequest, OpenTableRequest, TableCheck, TableColumns, TableFile,
    TableImported, TablePlan, TableProgress, TableRows,
};
use atlas_core::api::{self, App};
use atlas_core::model::Kind;
use serde_json::{Value, json};

/// Goes on whatever is told.
fn on(_: TableProgress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Writes a file and opens it.
fn open(app: &App, path: &Path) -> Result<TableFile, ApiError> {
    let request = OpenTableRequest {
        path: path.to_str().unwrap().to_owned(),
        ..OpenTableRequest::default()
    };
    app.open_table(&request, &mut on)
}

/// The plan that the product proposes.
fn plan(app: &App, file: &TableFile, kind: Option<Kind>) -> TablePlan {
    let kind = kind.unwrap_or(file.kind);
    let header = file.sheets[file.sheet as usize].header;
    let request =
        json!({ "table": file.table, "sheet": file.sheet, "header": header, "kind": kind });
    let columns: TableColumns = ask(app, "map_table", request);
    serde_json::from_value(json!({
        "table": file.table, "sheet": file.sheet, "header": header, "mapping": columns.mapping,
    }))
    .unwrap()
}

fn check(app: &App, plan: &TablePlan) -> TableCheck {
    let check = app.check_table(plan, &mut on).unwrap();
    assert_eq!(
        check.new + check.duplicates + check.skipped + check.wrong,
        check.rows,
        "every row is accounted for: {check:?}"
    );
    check
}

fn take(app: &App, plan: &TablePlan, partly: bool) -> Result<TableImported, ApiError> {
    let request = ImportTableRequest {
        table: plan.table,
        partly,
        keep_mapping: true,
        seed: format!("fixture-{}", plan.table),
    };
    app.import_table(&request, &mut on)
}

fn rows(app: &App, plan: &TablePlan, fates: &[&str]) -> TableRows {
    let request = json!({ "table": plan.table, "fates": fates, "limit": 200 });
    ask(app, "list_table_rows", request)
}

fn ask<T: serde::de::DeserializeOwned>(app: &App, name: &str, request: Value) -> T {
    serde_json::from_value(api::query(app, name, request).unwrap()).unwrap()
}

fn undo(app: &App) {
    api::mutate(app, "undo", json!({})).unwrap();
}

/// The own records of a folder, as they are stored.
fn stored(dir: &Path) -> Vec<Value> {
    let connection = rusqlite::Connection::open(dir.join("user.db")).unwrap();
    let mut statement = connection
        .prepare("select document from own order by name, ref")
        .unwrap();
    let documents = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    documents
        .map(|document| serde_json::from_str(&document.unwrap()).unwrap())
        .collect()
}

fn write(dir: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}
