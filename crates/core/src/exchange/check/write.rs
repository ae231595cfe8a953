//! What a checked sheet writes: new records, and records that it changes.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::same::differences;
use super::{Checked, Load, OnStep, STEP, Stopped, changes, step};
use crate::api::types::{DuplicateChoice, FieldDifference, RowFate, TablePhase};
use crate::exchange::draft::{self, Draft, Origin};
use crate::exchange::header;
use crate::exchange::read::Sheet;
use crate::model::private::COLUMNS;
use crate::model::{Kind, RecordRef};

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
            if checked.row.is_multiple_of(STEP) {
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
                let columns = map
                    .entry(COLUMNS)
                    .or_insert_with(|| Value::Object(Map::new()));
                columns[header] = text.as_str().into();
            }
        } else if let Some(value) = draft.fields.get(field.field.as_str()) {
            let value = if kind == Kind::Need {
                let mut value = draft::formed(&field.field, value);
                // How strictly it is meant is the user's to say, and no table does.
                let there = map.get(&field.field);
                if let Some(strength) = there.and_then(|there| there.get(draft::STRENGTH)) {
                    value[draft::STRENGTH] = strength.clone();
                }
                value
            } else {
                value.clone()
            };
            draft::set(map, &field.field, value);
        }
    }
}
