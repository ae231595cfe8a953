//! Every row of a sheet ends as exactly one of: new, a duplicate, skipped, wrong. Before anything is written.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::draft::{self, Column, Draft, Origin};
use super::duplicates::{Directory, Identity, may_be};
use super::header;
use super::normalise::Reading;
use super::read::{Row, Sheet};
use crate::api::types::{
    CheckedRow, DuplicateChoice, FieldDifference, RowFate, RowIssue, SameAs, SameBy, TableCheck,
    TablePhase, TablePlan, TableProgress, TableValue, ValueState,
};
use crate::model::{Kind, RecordRef};

/// Most values told of one field.
const VALUES: usize = 2_000;
/// Texts of one record in bytes, with room for what stands around them.
const RECORD_MAX: usize = 192 * 1024;
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

/// What is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// The record that is changed; none for a new one.
    pub reference: Option<RecordRef>,
    /// The row that says so.
    pub row: u32,
    /// The record, or the form of a need.
    pub record: Value,
    /// What a need has no field for.
    pub text: String,
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
        if number % STEP == 0 {
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
        if let Some(issue) = unfit(kind, &draft) {
            checked.issues.push(issue);
        }
        if checked.issues.iter().any(|issue| issue.wrong) {
            checked.fate = RowFate::Wrong;
        } else {
            let identity = draft.identity(kind);
            let choice = plan.choices.get(&number).copied();
            let taken = plan.fields.get(&number);
            checked.same = known(&draft, &identity, directory, load, choice.unwrap_or(plan.duplicates), choice, taken)
                .or_else(|| within.find(sheet, at, &identity, &mut checked.issues, choice.unwrap_or(plan.duplicates)));
            if checked.same.is_some() {
                checked.fate = RowFate::Duplicate;
            }
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
    same.choice == DuplicateChoice::Add || same.differences.iter().any(|field| field.taken)
}

/// What the model or the limits of a need do not take.
fn unfit(kind: Kind, draft: &Draft) -> Option<RowIssue> {
    let wrong = |code: &str| {
        Some(RowIssue {
            column: None,
            field: String::new(),
            value: String::new(),
            code: code.to_owned(),
            wrong: true,
        })
    };
    if kind == Kind::Need {
        let Some(form) = draft::need(draft) else {
            return wrong("not_a_record");
        };
        let long = form.title.len() > 4_096
            || form.enterprise.len() > 4_096
            || form.title.len() + form.problem.len() + form.wanted.len() + form.data_text.len() > super::read::MAX_TEXT
            || draft::text(draft).len() > super::read::MAX_TEXT;
        return if long { wrong("too_long") } else { None };
    }
    let weight: usize = draft.columns.iter().map(|(header, text)| header.len() + text.len() + 8).sum::<usize>()
        + draft.fields.values().map(weight).sum::<usize>();
    if weight > RECORD_MAX || draft.name(kind).len() > 4_096 {
        return wrong("too_long");
    }
    None
}

/// Bytes of a value as JSON, roughly.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 8,
        Value::Array(parts) => parts.iter().map(weight).sum::<usize>() + 8,
        Value::Object(map) => map.values().map(weight).sum::<usize>() + 16,
        _ => 8,
    }
}

/// The record of the user's that a row is.
fn known(
    draft: &Draft,
    identity: &Identity,
    directory: &Directory,
    load: &Load<'_>,
    choice: DuplicateChoice,
    chosen: Option<DuplicateChoice>,
    taken: Option<&BTreeMap<String, bool>>,
) -> Option<SameAs> {
    let (by, candidates) = directory.find(identity)?;
    // A name that is only nearly the same is for the user to decide.
    let choice = if by == SameBy::Similarity {
        chosen.unwrap_or(DuplicateChoice::Add)
    } else {
        choice
    };
    let (at, differences) = candidates
        .into_iter()
        .take(50)
        .filter_map(|at| {
            let record = load(&directory.known(at).reference)?;
            Some((at, differences(draft, &record, choice, taken)))
        })
        .min_by_key(|(_, differences)| differences.len())?;
    let known = directory.known(at);
    Some(SameAs {
        reference: Some(known.reference.clone()),
        row: None,
        name: known.name.clone(),
        by,
        choice,
        differences,
    })
}

/// Where a row says something else than a record.
fn differences(
    draft: &Draft,
    record: &Value,
    choice: DuplicateChoice,
    taken: Option<&BTreeMap<String, bool>>,
) -> Vec<FieldDifference> {
    let is_need = record.get("title").is_some();
    let fields = draft.fields.iter().map(|(path, value)| {
        let value = if is_need { draft::formed(path, value) } else { value.clone() };
        ((*path).to_owned(), draft::get(record, path), value)
    });
    let columns = draft.columns.iter().filter(|_| !is_need).map(|(header, text)| {
        let there = &record[draft::COLUMNS][header.as_str()];
        (format!("{}.{header}", draft::COLUMNS), there, Value::from(text.as_str()))
    });
    fields
        .chain(columns)
        .filter(|(path, there, value)| !says(path, there, value))
        .map(|(field, there, value)| {
            let there = draft::shown(there);
            let by_choice = match choice {
                DuplicateChoice::Keep | DuplicateChoice::Add => false,
                DuplicateChoice::Fill => there.is_empty(),
                DuplicateChoice::Replace => true,
            };
            FieldDifference {
                taken: taken.and_then(|taken| taken.get(&field)).copied().unwrap_or(by_choice),
                row: draft::shown(&value),
                field,
                there,
            }
        })
        .collect()
}

/// Whether a record already says what a row says.
fn says(path: &str, there: &Value, row: &Value) -> bool {
    match (there, row) {
        // Another language beside it, aliases, the sources of an outcome: not the row's business.
        (Value::Object(there), Value::Object(row)) => row
            .iter()
            .all(|(part, value)| there.get(part).is_some_and(|there| says(path, there, value))),
        (Value::Array(there), Value::Array(row)) if path == "outcomes" => {
            there.len() == row.len()
                && there.iter().zip(row).all(|(a, b)| a["metric"] == b["metric"])
        }
        _ => there == row,
    }
}

/// Rows of the file that say the same.
#[derive(Default)]
struct Within {
    names: HashMap<String, Vec<usize>>,
    credit_codes: HashMap<String, usize>,
    entered: Vec<(usize, u32, Identity)>,
}

impl Within {
    fn enter(&mut self, at: usize, number: u32, identity: Identity) {
        let index = self.entered.len();
        for name in &identity.names {
            self.names.entry(name.clone()).or_default().push(index);
        }
        if !identity.credit_code.is_empty() {
            self.credit_codes.entry(identity.credit_code.clone()).or_insert(index);
        }
        self.entered.push((at, number, identity));
    }

    /// The row above that says the same: the same credit code, or the same in every cell. Rows of one name that differ are
    /// records of their own, and remarked upon.
    fn find(
        &self,
        sheet: &Sheet,
        at: usize,
        identity: &Identity,
        issues: &mut Vec<RowIssue>,
        choice: DuplicateChoice,
    ) -> Option<SameAs> {
        let same = |index: usize, by: SameBy, choice| SameAs {
            reference: None,
            row: Some(self.entered[index].1),
            name: String::new(),
            by,
            choice,
            differences: Vec::new(),
        };
        if let Some(index) = self.credit_codes.get(&identity.credit_code) {
            return Some(same(*index, SameBy::CreditCode, choice));
        }
        let alike: Vec<usize> = identity
            .names
            .iter()
            .filter_map(|name| self.names.get(name))
            .flatten()
            .copied()
            .filter(|index| may_be(&self.entered[*index].2, identity))
            .collect();
        let equal = alike
            .iter()
            .find(|index| sheet.rows[self.entered[**index].0].cells == sheet.rows[at].cells);
        if let Some(index) = equal {
            return Some(same(*index, SameBy::Name, if choice == DuplicateChoice::Add { choice } else { DuplicateChoice::Keep }));
        }
        if let Some(index) = alike.first() {
            issues.push(RowIssue {
                column: None,
                field: String::new(),
                value: self.entered[*index].1.to_string(),
                code: "same_name".to_owned(),
                wrong: false,
            });
        }
        None
    }
}

/// Values by field and text, with how often they occur.
#[derive(Default)]
struct Values(BTreeMap<&'static str, HashMap<String, TableValue>>);

impl Values {
    fn tell(&mut self, field: &'static str, text: &str, reading: &Reading) {
        let values = self.0.entry(field).or_default();
        // Several in one cell are told part by part, as rules are made for parts.
        if reading.kept.len() + reading.normal.len() > 1 && !reading.kept.is_empty() {
            for part in &reading.kept {
                enter(values, field, part, |_| {});
            }
            return;
        }
        enter(values, field, text, |value| {
            value.normal.clone_from(&reading.normal);
            value.near.clone_from(&reading.near);
            value.state = reading.state;
            value.issue = reading.issue.map(str::to_owned);
        });
    }

    fn list(self) -> Vec<TableValue> {
        let mut list = Vec::new();
        for (_, values) in self.0 {
            let mut values: Vec<TableValue> = values.into_values().collect();
            values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            list.extend(values);
        }
        list
    }
}

fn enter(
    values: &mut HashMap<String, TableValue>,
    field: &str,
    text: &str,
    fill: impl FnOnce(&mut TableValue),
) {
    if let Some(value) = values.get_mut(text) {
        value.count += 1;
        return;
    }
    if values.len() >= VALUES {
        return;
    }
    let mut value = TableValue {
        field: field.to_owned(),
        value: text.to_owned(),
        normal: Vec::new(),
        near: Vec::new(),
        state: ValueState::Kept,
        issue: None,
        count: 1,
    };
    fill(&mut value);
    values.insert(text.to_owned(), value);
}

impl Checked {
    /// What is to be written, in the order of the rows. `id` makes the id of a new record from its row.
    ///
    /// # Errors
    /// [`Stopped`] when `on` says so.
    pub fn writes(
        &mut self,
        sheet: &Sheet,
        origin: &Origin,
        id: &dyn Fn(u32) -> String,
        load: &Load<'_>,
        on: &mut OnStep<'_>,
    ) -> Result<Vec<Write>, Stopped> {
        let mut writes: Vec<Write> = Vec::new();
        // Where the record of a row stands among them, and that of a reference.
        let mut of_row: HashMap<u32, usize> = HashMap::new();
        let mut of_record: HashMap<RecordRef, usize> = HashMap::new();
        let total = self.rows.len() as u32;
        for at in 0..self.rows.len() {
            let checked = &self.rows[at];
            if checked.row % STEP == 0 {
                step(on, TablePhase::Compare, checked.row, total)?;
            }
            let fresh = match (checked.fate, &checked.same) {
                (RowFate::New, _) => true,
                (RowFate::Duplicate, Some(same)) => same.choice == DuplicateChoice::Add,
                _ => continue,
            };
            let Some(row) = header::row(sheet, checked.row) else {
                continue;
            };
            let draft = draft::read(self.kind, &mut self.columns, row, &mut |_, _, _| {});
            let checked = &self.rows[at];
            if fresh {
                of_row.insert(checked.row, writes.len());
                let record = if self.kind == Kind::Need {
                    draft::form(&draft)
                } else {
                    draft::record(self.kind, &id(checked.row), &draft, checked.row, origin)
                };
                writes.push(Write {
                    reference: None,
                    row: checked.row,
                    record,
                    text: draft::text(&draft),
                });
                continue;
            }
            let Some(same) = &checked.same else {
                continue;
            };
            let place = match (&same.reference, same.row) {
                (Some(reference), _) => match of_record.get(reference) {
                    Some(place) => Some(*place),
                    None if changes(same) => load(reference).map(|record| {
                        of_record.insert(reference.clone(), writes.len());
                        writes.push(Write {
                            reference: Some(reference.clone()),
                            row: checked.row,
                            record,
                            text: String::new(),
                        });
                        writes.len() - 1
                    }),
                    None => None,
                },
                (None, Some(first)) => of_row.get(&first).copied(),
                (None, None) => None,
            };
            let Some(place) = place else {
                continue;
            };
            let write = &mut writes[place];
            let found = if same.reference.is_some() {
                same.differences.clone()
            } else {
                differences(&draft, &write.record, same.choice, None)
            };
            merge(self.kind, &mut write.record, &draft, &found);
        }
        Ok(writes)
    }
}

/// Takes the fields of a row into a record.
fn merge(kind: Kind, record: &mut Value, draft: &Draft, differences: &[FieldDifference]) {
    let Value::Object(map) = record else {
        return;
    };
    for field in differences.iter().filter(|field| field.taken) {
        if let Some(header) = field.field.strip_prefix("columns.") {
            if let Some(text) = draft.columns.get(header) {
                let columns = map.entry(draft::COLUMNS).or_insert_with(|| Value::Object(Map::new()));
                columns[header] = text.as_str().into();
            }
        } else if let Some(value) = draft.fields.get(field.field.as_str()) {
            let value = if kind == Kind::Need {
                draft::formed(&field.field, value)
            } else {
                value.clone()
            };
            draft::set(map, &field.field, value);
        }
    }
}
