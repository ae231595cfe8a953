//! The table of the scenario `user-import`: its columns and one of its values mean something by a kept mapping alone.

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::types::{
    ApiError, ImportTableRequest, OpenTableRequest, TableColumns, TablePlan, TableProgress,
    ValueRule,
};
use atlas_core::api::{self, App};
use atlas_core::exchange::mapping;
use atlas_core::model::Kind;
use serde_json::json;

use super::{Rows, user};

/// Rows that become new records; two more fill records that are there.
const NEW: u32 = 40;
/// The columns, which the product does not know by these names.
const HEADERS: [&str; 3] = ["叫法", "做什么", "到哪一步"];
/// What they fill.
const FIELDS: [&str; 3] = ["name", "summary", "stage"];
/// What the rows say they are about; without it a record that is there has no summary.
const SUMMARY: &str = "表中所说";

/// Writes the table beside the folder. None of its words is one by which the catalog is asked.
fn write(folder: &Path) -> String {
    let mut text = HEADERS.join(",");
    let old = user::own_rows().map(|(_, name)| name);
    for name in (0..NEW).map(new_name).chain(old) {
        let _ = write!(text, "\n{name},{SUMMARY},上线了");
    }
    let path = folder.with_extension("csv");
    fs::write(&path, text).expect("the place can be written");
    path.to_string_lossy().into_owned()
}

fn new_name(n: u32) -> String {
    format!("表列{n:03}")
}

fn on(_: TableProgress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Opens the table; answers its number and what its columns mean.
fn open(app: &App, folder: &Path) -> Result<(u32, TableColumns), ApiError> {
    let request = OpenTableRequest {
        path: write(folder),
        ..OpenTableRequest::default()
    };
    let table = app.open_table(&request, &mut on)?.table;
    let request = json!({ "table": table, "sheet": 0, "header": 1, "kind": "case" });
    let columns = api::query(app, "map_table", request)?;
    Ok((
        table,
        serde_json::from_value(columns).expect("it answers columns"),
    ))
}

/// Keeps what the columns mean, as an earlier import did.
///
/// # Panics
/// When it cannot be kept.
pub(super) fn keep_mapping(app: &App, folder: &Path) {
    let (_, mut columns) = open(app, folder).expect("the table opens");
    for (column, field) in columns.mapping.columns.iter_mut().zip(FIELDS) {
        column.field = Some(field.to_owned());
    }
    let edit = json!({
        "edit": "save_mapping",
        "fingerprint": mapping::fingerprint(Kind::Case, &HEADERS.map(str::to_owned)),
        "mapping": columns.mapping,
    });
    api::mutate(app, "transact", edit).expect("an edit is taken");
}

/// Takes the table in as the window does, by the mapping that was kept and one more rule. `seed` makes new references.
///
/// # Errors
/// What the product answers.
pub(in crate::torture) fn take_in(app: &App, folder: &Path, seed: &str) -> Result<(), ApiError> {
    let (table, columns) = open(app, folder)?;
    assert!(columns.kept, "the mapping was kept");
    let mut plan: TablePlan = serde_json::from_value(json!({
        "table": table, "sheet": 0, "header": 1, "mapping": columns.mapping,
    }))
    .expect("it is a plan");
    plan.mapping.rules = vec![ValueRule {
        field: "stage".to_owned(),
        value: "上线了".to_owned(),
        codes: serde_json::from_value(json!(["production"])).expect("it is a code"),
        text: None,
    }];
    app.check_table(&plan, &mut on)?;
    let request = ImportTableRequest {
        table,
        partly: false,
        keep_mapping: true,
        seed: seed.to_owned(),
    };
    app.import_table(&request, &mut on)?;
    Ok(())
}

/// What the folder holds one after the other: the mapping of before, with the rule, with the rows, and without them again.
pub(super) fn states(kept: &[(String, String)]) -> Vec<Rows> {
    let with = |rules: u32, rows: Rows| {
        let mut state = kept.to_vec();
        state.retain(|(reference, _)| !rows.iter().any(|row| row.0 == *reference));
        state.extend(rows);
        state.push(("mapping".to_owned(), format!("{rules} rules")));
        state
    };
    let new = |table: &'static str| (0..NEW).map(move |n| (table, new_name(n)));
    let row = |(table, name)| ("imported".to_owned(), format!("{table} {name} {SUMMARY}"));
    let filled = |(reference, name)| (reference, format!("own {name} {SUMMARY}"));
    let taken = user::own_rows().into_iter().map(filled);
    vec![
        with(0, Rows::new()),
        with(1, Rows::new()),
        with(1, taken.chain(new("own").map(row)).collect()),
        with(1, new("trash").map(row).collect()),
    ]
}

/// What of some rows is own records, in use.
pub(in crate::torture) fn in_use(rows: &[(String, String)]) -> Rows {
    let own = rows.iter().filter(|row| row.1.starts_with("own "));
    own.cloned().collect()
}
