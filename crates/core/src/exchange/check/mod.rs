//! Every row of a sheet ends as exactly one of: new, a duplicate, skipped, wrong. Before anything is written.

mod same;
mod unfit;
mod values;
mod write;

pub use write::Write;

use std::ops::ControlFlow;

use same::Within;
use serde_json::Value;
use unfit::{unfit, unformed};
use values::Values;

use super::draft::{self, Column};
use super::duplicates::Directory;
use super::header;
use super::read::{Row, Sheet};
use crate::api::types::{
    CheckedRow, DuplicateChoice, RowFate, RowIssue, SameAs, SameBy, TableCheck, TablePhase,
    TablePlan, TableProgress, TableValue,
};
use crate::model::{Kind, RecordRef};

/// Rows between two tellings of progress.
const STEP: u32 = 256;

/// Told how far a check is; may stop it.
pub type OnStep<'a> = dyn FnMut(TableProgress) -> ControlFlow<()> + 'a;

/// Reads the record of a reference as JSON; a need as its form.
pub type Load<'a> = dyn Fn(&RecordRef) -> Option<Value> + 'a;

/// A sheet that was checked.
pub struct Checked {
    /// Of what kind its rows are.
    pub kind: Kind,
    /// The row that names the columns.
    pub header: u32,
    /// What became of every row, in order.
    pub rows: Vec<CheckedRow>,
    /// The sums.
    pub sums: TableCheck,
    /// Values of fields that have a table of them, commonest first.
    pub values: Vec<TableValue>,
    columns: Vec<Column>,
}

/// The job was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

fn step(on: &mut OnStep<'_>, phase: TablePhase, done: u32, total: u32) -> Result<(), Stopped> {
    match on(TableProgress { phase, done, total }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Stopped),
    }
}

/// Checks a sheet against the user's records of the kind.
///
/// # Errors
/// [`Stopped`] when `on` says so.
pub fn check(
    sheet: &Sheet,
    plan: &TablePlan,
    directory: &Directory,
    load: &Load<'_>,
    on: &mut OnStep<'_>,
) -> Result<Checked, Stopped> {
    let kind = plan.mapping.kind;
    let (mut columns, ambiguous) = draft::columns(sheet, plan.header, &plan.mapping);
    let mut values = Values::default();
    let mut within = Within::default();
    let empty = Row::default();
    let header_row = header::row(sheet, plan.header).unwrap_or(&empty);
    let name = columns.iter().position(|column| {
        column
            .field
            .is_some_and(|field| field.path == super::fields::required(kind))
    });
    let last = sheet.rows.last().map_or(0, |row| row.number);
    let mut rows = Vec::with_capacity(last as usize);
    let mut stored = sheet.rows.iter().enumerate().peekable();
    let mut sums = TableCheck {
        rows: last,
        ambiguous,
        ..TableCheck::default()
    };
    for number in 1..=last {
        if number.is_multiple_of(STEP) {
            step(on, TablePhase::Check, number, last)?;
        }
        let Some((at, row)) = stored.next_if(|(_, row)| row.number == number) else {
            rows.push(skip(number, "blank"));
            continue;
        };
        let reason = match number.cmp(&plan.header) {
            std::cmp::Ordering::Less if header::keys(row).is_some() => Some("keys"),
            std::cmp::Ordering::Less => Some("title"),
            std::cmp::Ordering::Equal => Some("header"),
            std::cmp::Ordering::Greater => header::skipped(row, header_row, name),
        };
        if let Some(reason) = reason {
            rows.push(skip(number, reason));
            continue;
        }
        let draft = draft::read(kind, &mut columns, row, &mut |path, text, reading| {
            values.tell(path, text, reading);
        });
        let mut checked = CheckedRow {
            row: number,
            fate: RowFate::New,
            name: draft.name(kind),
            skipped: None,
            issues: draft.issues.clone(),
            same: None,
        };
        checked.issues.extend(unfit(kind, &draft));
        checked.issues.extend(unformed(kind, &draft, &columns));
        if checked.issues.iter().any(|issue| issue.wrong) {
            checked.fate = RowFate::Wrong;
        } else {
            let identity = draft.identity(kind);
            let choice = plan.choices.get(&number).copied();
            let taken = plan.fields.get(&number);
            checked.same = same::known(
                &draft,
                &identity,
                directory,
                load,
                choice.unwrap_or(plan.duplicates),
                choice,
                taken,
            )
            .or_else(|| {
                within.find(
                    sheet,
                    at,
                    &identity,
                    &mut checked.issues,
                    choice.unwrap_or(plan.duplicates),
                )
            });
            settle(&mut checked, kind, name);
            within.enter(at, number, identity);
        }
        rows.push(checked);
    }
    step(on, TablePhase::Check, last, last)?;
    count(&mut sums, &rows);
    Ok(Checked {
        kind,
        header: plan.header,
        rows,
        sums,
        values: values.list(),
        columns,
    })
}

/// A row that is the same as something is a duplicate; one that is added all the same counts as what it becomes.
fn settle(row: &mut CheckedRow, kind: Kind, name: Option<usize>) {
    let Some(same) = &row.same else {
        return;
    };
    if same.choice != DuplicateChoice::Add {
        row.fate = RowFate::Duplicate;
    } else if same.by == SameBy::Similarity {
        row.issues.push(RowIssue {
            column: name.map(|at| at as u32),
            field: super::fields::required(kind).to_owned(),
            value: same.name.clone(),
            code: "similar_name".to_owned(),
            wrong: false,
        });
    }
}

fn skip(row: u32, reason: &str) -> CheckedRow {
    CheckedRow {
        row,
        fate: RowFate::Skipped,
        name: String::new(),
        skipped: Some(reason.to_owned()),
        issues: Vec::new(),
        same: None,
    }
}

fn count(sums: &mut TableCheck, rows: &[CheckedRow]) {
    for row in rows {
        match row.fate {
            RowFate::New => sums.new += 1,
            RowFate::Duplicate => {
                sums.duplicates += 1;
                if row.same.as_ref().is_some_and(changes) {
                    sums.merged += 1;
                }
            }
            RowFate::Skipped => sums.skipped += 1,
            RowFate::Wrong => sums.wrong += 1,
        }
        if let Some(reason) = &row.skipped {
            *sums.reasons.entry(reason.clone()).or_default() += 1;
        }
        for issue in &row.issues {
            *sums.issues.entry(issue.code.clone()).or_default() += 1;
            if issue.code == "code_unknown" {
                sums.kept += 1;
            }
        }
    }
}

/// Whether a duplicate changes what is there.
fn changes(same: &SameAs) -> bool {
    same.differences.iter().any(|field| field.taken)
}
