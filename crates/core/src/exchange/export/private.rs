//! What is private in an export: counted, masked, or left out as asked.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::texts::{Texts, filled};
use crate::model::PrivateField;
use crate::model::private::{COLUMNS, contact_of, mask_mobiles, mask_phone};

/// Fields that hold no words of anybody's: an id may look like a phone. The contact is told part by part.
const PLAIN: &[&str] = &[
    "id",
    "kind",
    "credit_code",
    "links",
    "lists",
    "same_as",
    "sources",
    "contact",
    "history",
];

/// What is done with private fields, and which were met.
#[derive(Debug, Clone, Default)]
pub struct Privacy {
    /// Fields left out.
    pub without: BTreeSet<PrivateField>,
    /// Phones stand in full.
    pub phones: bool,
    /// Fields met, with how often: also those left out.
    pub met: BTreeMap<PrivateField, u32>,
}

impl Privacy {
    /// A private text as it is exported; empty when it is left out.
    pub fn text(&mut self, field: PrivateField, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        *self.met.entry(field).or_default() += 1;
        if self.without.contains(&field) {
            return String::new();
        }
        match field {
            PrivateField::Phone if !self.phones => mask_phone(text),
            PrivateField::Phone => text.to_owned(),
            _ => self.free(text),
        }
    }

    /// A text in the words of somebody, who may have put a mobile number into it.
    pub fn free(&mut self, text: &str) -> String {
        let masked = mask_mobiles(text);
        if masked == text {
            return masked;
        }
        *self.met.entry(PrivateField::Phone).or_default() += 1;
        if self.phones && !self.without.contains(&PrivateField::Phone) {
            text.to_owned()
        } else {
            masked
        }
    }

    /// A record as JSON, its contact masked or left out, and mobile numbers masked wherever else they stand. Columns of
    /// an imported table that no field takes may hold anything: they count as notes.
    pub fn record(&mut self, record: &mut Map<String, Value>) {
        contact_of(record, &mut |field, text| {
            Some(self.text(field, text)).filter(|text| !text.is_empty())
        });
        if record.contains_key(COLUMNS) {
            *self.met.entry(PrivateField::Note).or_default() += 1;
            if self.without.contains(&PrivateField::Note) {
                record.remove(COLUMNS);
            }
        }
        for (key, value) in record {
            if !PLAIN.contains(&key.as_str()) {
                self.texts(value);
            }
        }
    }

    /// Every text within a value.
    fn texts(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.free(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.texts(value)),
            Value::Object(map) => map.values_mut().for_each(|value| self.texts(value)),
            _ => {}
        }
    }

    /// Fields that the export contains.
    pub fn kept(&self) -> Vec<PrivateField> {
        let met = self.met.keys().copied();
        met.filter(|field| !self.without.contains(field)).collect()
    }

    /// What a document says about what it contains.
    pub fn said(&self, texts: &Texts) -> String {
        let names: Vec<String> = self
            .kept()
            .into_iter()
            .map(|field| {
                let at = PrivateField::ALL.iter().position(|known| *known == field);
                let name = texts.private_fields[at.unwrap_or(0)];
                if field == PrivateField::Phone && !self.phones {
                    filled(texts.phones_masked, &[("name", name)])
                } else {
                    name.to_owned()
                }
            })
            .collect();
        if names.is_empty() {
            texts.private_none.to_owned()
        } else {
            filled(texts.private, &[("fields", &names.join(texts.comma))])
        }
    }
}
