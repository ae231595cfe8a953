//! The values of a checked sheet, as they stand and as they are understood.

use std::collections::{BTreeMap, HashMap};

use crate::api::types::{TableValue, ValueState};
use crate::exchange::normalise::Reading;

/// Most values told of one field.
const VALUES: usize = 2_000;

/// Values by field and text, with how often they occur.
#[derive(Default)]
pub(super) struct Values(BTreeMap<&'static str, HashMap<String, TableValue>>);

impl Values {
    pub(super) fn tell(&mut self, field: &'static str, text: &str, reading: &Reading) {
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

    pub(super) fn list(self) -> Vec<TableValue> {
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
