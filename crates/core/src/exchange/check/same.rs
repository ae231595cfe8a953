//! What a row is the same as: a record of the user's, or another row of the file; and where they differ.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::Load;
use crate::api::types::{DuplicateChoice, FieldDifference, RowIssue, SameAs, SameBy};
use crate::exchange::draft::{self, Draft};
use crate::exchange::duplicates::{Directory, Identity, may_be};
use crate::exchange::read::Sheet;
use crate::model::private::COLUMNS;

/// The record of the user's that a row is.
pub(super) fn known(
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
pub(super) fn differences(
    draft: &Draft,
    record: &Value,
    choice: DuplicateChoice,
    taken: Option<&BTreeMap<String, bool>>,
) -> Vec<FieldDifference> {
    let is_need = record.get("title").is_some();
    let fields = draft.fields.iter().map(|(path, value)| {
        (
            (*path).to_owned(),
            draft::plain(draft::get(record, path)),
            draft::plain(value),
        )
    });
    let columns = draft
        .columns
        .iter()
        .filter(|_| !is_need)
        .map(|(header, text)| {
            (
                format!("{COLUMNS}.{header}"),
                record[COLUMNS][header.as_str()].clone(),
                Value::from(text.as_str()),
            )
        });
    fields
        .chain(columns)
        .filter(|(path, there, value)| !says(path, there, value))
        .map(|(field, there, value)| {
            let by_choice = match choice {
                DuplicateChoice::Keep | DuplicateChoice::Add => false,
                DuplicateChoice::Fill => there.is_null(),
                DuplicateChoice::Replace => true,
            };
            FieldDifference {
                taken: taken
                    .and_then(|taken| taken.get(&field))
                    .copied()
                    .unwrap_or(by_choice),
                row: value,
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
        (Value::Object(there), Value::Object(row)) => row.iter().all(|(part, value)| {
            there
                .get(part)
                .is_some_and(|there| says(path, there, value))
        }),
        (Value::Array(there), Value::Array(row)) if path == "outcomes" => {
            there.len() == row.len()
                && there
                    .iter()
                    .zip(row)
                    .all(|(a, b)| a["metric"] == b["metric"])
        }
        _ => there == row,
    }
}

/// Rows of the file that say the same.
#[derive(Default)]
pub(super) struct Within {
    names: HashMap<String, Vec<usize>>,
    credit_codes: HashMap<String, usize>,
    entered: Vec<(usize, u32, Identity)>,
}

impl Within {
    pub(super) fn enter(&mut self, at: usize, number: u32, identity: Identity) {
        let index = self.entered.len();
        for name in &identity.names {
            self.names.entry(name.clone()).or_default().push(index);
        }
        if !identity.credit_code.is_empty() {
            self.credit_codes
                .entry(identity.credit_code.clone())
                .or_insert(index);
        }
        self.entered.push((at, number, identity));
    }

    /// The row above that says the same: the same credit code, or the same in every cell. Rows of one name that differ are
    /// records of their own, and remarked upon.
    pub(super) fn find(
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
            return Some(same(
                *index,
                SameBy::Name,
                if choice == DuplicateChoice::Add {
                    choice
                } else {
                    DuplicateChoice::Keep
                },
            ));
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
