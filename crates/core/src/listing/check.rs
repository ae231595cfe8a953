//! What is wrong with a draft.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fields::fields;
use super::rules::{LINE, MANY, PARAGRAPH, takes};
use super::tidy::tidy;
use crate::api::types::{Fault, FaultCode, Field, Shape};
use crate::model::credit_code::{self, CreditCodeError};
use crate::model::{Kind, Record, RecordRef, Taxonomies};

/// What the caller knows of records.
pub trait Known {
    /// Whether there is a record of that reference.
    fn is_there(&self, reference: &RecordRef) -> bool;
    /// The value of an amount in yuan, where a text is one.
    fn yuan(&self, text: &str) -> Option<f64>;
}

/// A draft, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The draft as it would be written.
    pub document: Map<String, Value>,
    /// The record; nothing while something stops it.
    pub record: Option<Record>,
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
}

/// Reads a draft of a kind that has a form.
pub fn read(
    reference: &RecordRef,
    draft: &Value,
    taxonomies: &Taxonomies,
    known: &dyn Known,
) -> Read {
    let document = tidy(reference, draft);
    let mut check = Check {
        taxonomies,
        known,
        faults: Vec::new(),
    };
    if let Some(kind) = Kind::parse(&reference.kind) {
        check.fields(kind, &document);
    }
    check.links(&document);
    let mut faults = check.faults;
    let whole = Value::Object(document.clone());
    let record = match serde_json::from_value::<Record>(whole) {
        Ok(record) if !faults.iter().any(|fault| fault.stops) => Some(record),
        Ok(_) => None,
        Err(error) => {
            // What no field of the form explains was not typed in the form.
            if !faults.iter().any(|fault| fault.stops) {
                faults.push(fault(
                    "",
                    FaultCode::Unreadable,
                    &[("reason", error.to_string())],
                ));
            }
            None
        }
    };
    Read {
        document,
        record,
        faults,
    }
}

/// What stops the form of a kind from taking fields as they are.
pub fn stopping(kind: Kind, document: &Map<String, Value>, taxonomies: &Taxonomies) -> Vec<Fault> {
    struct Nothing;
    impl Known for Nothing {
        fn is_there(&self, _: &RecordRef) -> bool {
            true
        }
        fn yuan(&self, _: &str) -> Option<f64> {
            Some(0.0)
        }
    }
    let mut check = Check {
        taxonomies,
        known: &Nothing,
        faults: Vec::new(),
    };
    check.fields(kind, document);
    check.faults.retain(|fault| fault.stops);
    check.faults
}

struct Check<'a> {
    taxonomies: &'a Taxonomies,
    known: &'a dyn Known,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn report(&mut self, field: &str, code: FaultCode, facts: &[(&str, String)]) {
        self.faults.push(fault(field, code, facts));
    }

    fn fields(&mut self, kind: Kind, document: &Map<String, Value>) {
        for field in fields(kind) {
            self.field(field, document);
        }
    }

    fn field(&mut self, field: &Field, document: &Map<String, Value>) {
        let Some(value) = value(document, field.path) else {
            // A name in one of the languages is enough.
            if field.required && value_of(document, "name.en").is_none() {
                self.report(field.path, FaultCode::Required, &[]);
            }
            return;
        };
        match field.shape {
            Shape::Lines => self.many(field, value, |check, path, text| {
                check.length(path, text, LINE);
            }),
            Shape::Codes => self.many(field, value, |check, path, code| {
                check.code(path, field.of, code);
            }),
            Shape::Texts => self.texts(field, value),
            Shape::Outcomes => self.outcomes(value),
            Shape::Link => {}
            Shape::Paragraph => self.text(field, value, |check, path, text| {
                check.length(path, text, PARAGRAPH);
            }),
            Shape::Line => self.text(field, value, |check, path, text| {
                check.length(path, text, LINE);
            }),
            Shape::Code => self.text(field, value, |check, path, text| {
                check.code(path, field.of, text);
            }),
            Shape::Date => self.rule(field, value, FaultCode::BadDate),
            Shape::Year => self.rule(field, value, FaultCode::BadYear),
            Shape::Address => self.rule(field, value, FaultCode::BadAddress),
            Shape::Mail => self.rule(field, value, FaultCode::BadMail),
            Shape::Phone => self.rule(field, value, FaultCode::BadPhone),
            Shape::CreditCode => self.text(field, value, Self::credit_code),
            Shape::Amount => self.text(field, value, Self::amount),
        }
    }

    fn text(&mut self, field: &Field, value: &Value, check: impl Fn(&mut Self, &str, &str)) {
        match value.as_str() {
            Some(text) => check(self, field.path, text),
            None => self.report(field.path, FaultCode::NotText, &[]),
        }
    }

    /// A value that the rule of its shape takes or not.
    fn rule(&mut self, field: &Field, value: &Value, code: FaultCode) {
        self.text(field, value, |check, path, text| {
            if !takes(field.shape, text) {
                check.report(path, code, &[("value", text.to_owned())]);
            }
        });
    }

    fn many(&mut self, field: &Field, value: &Value, check: impl Fn(&mut Self, &str, &str)) {
        let Some(items) = self.items(field.path, value) else {
            return;
        };
        for (at, item) in items.iter().enumerate() {
            let path = format!("{}.{at}", field.path);
            match item.as_str() {
                Some(text) => check(self, &path, text),
                None => self.report(&path, FaultCode::NotText, &[]),
            }
        }
    }

    /// Paragraphs in one language or both.
    fn texts(&mut self, field: &Field, value: &Value) {
        let Some(items) = self.items(field.path, value) else {
            return;
        };
        for (at, item) in items.iter().enumerate() {
            let path = format!("{}.{at}", field.path);
            let Some(text) = item.as_object() else {
                self.report(&path, FaultCode::NotText, &[]);
                continue;
            };
            for (language, text) in text {
                let path = format!("{path}.{language}");
                match text.as_str() {
                    Some(text) => self.length(&path, text, PARAGRAPH),
                    None => self.report(&path, FaultCode::NotText, &[]),
                }
            }
        }
    }

    /// The items of a list, which are not too many.
    fn items<'v>(&mut self, path: &str, value: &'v Value) -> Option<&'v Vec<Value>> {
        let items = value.as_array();
        match items {
            None => self.report(path, FaultCode::NotText, &[]),
            Some(items) if items.len() > MANY => {
                self.report(path, FaultCode::TooMany, &[("most", MANY.to_string())]);
            }
            Some(_) => {}
        }
        items
    }

    fn length(&mut self, path: &str, text: &str, most: usize) {
        let length = text.chars().count();
        if length > most {
            let facts = [("length", length.to_string()), ("most", most.to_string())];
            self.report(path, FaultCode::TooLong, &facts);
        }
    }

    fn code(&mut self, path: &str, taxonomies: &[&str], code: &str) {
        let known = taxonomies
            .iter()
            .any(|taxonomy| self.taxonomies.term(taxonomy, code).is_some());
        if !known {
            let facts = [
                ("value", code.to_owned()),
                ("taxonomy", taxonomies.join(" ")),
            ];
            self.report(path, FaultCode::UnknownCode, &facts);
        }
    }

    fn credit_code(&mut self, path: &str, code: &str) {
        let (code, facts) = match credit_code::check(code) {
            Ok(()) => return,
            Err(CreditCodeError::Length(length)) => (
                FaultCode::CreditCodeLength,
                vec![("length", length.to_string())],
            ),
            Err(CreditCodeError::Character(c, place)) => (
                FaultCode::CreditCodeCharacter,
                vec![("character", c.to_string()), ("place", place.to_string())],
            ),
            Err(CreditCodeError::Check(wanted)) => (
                FaultCode::CreditCodeCheck,
                vec![("wanted", wanted.to_string())],
            ),
        };
        self.report(path, code, &facts);
    }

    /// Words are a price too; only what looks like an amount has to be one.
    fn amount(&mut self, path: &str, text: &str) {
        self.length(path, text, LINE);
        let looks = text.chars().any(|c| c.is_ascii_digit())
            && ['元', '万', '亿', '¥', '￥']
                .iter()
                .any(|unit| text.contains(*unit));
        if looks && self.known.yuan(text).is_none() {
            self.report(
                path,
                FaultCode::UnclearAmount,
                &[("value", text.to_owned())],
            );
        }
    }

    fn outcomes(&mut self, value: &Value) {
        let Some(outcomes) = self.items("outcomes", value) else {
            return;
        };
        for (at, outcome) in outcomes.iter().enumerate() {
            for part in ["metric", "value", "unit", "baseline"] {
                let path = format!("outcomes.{at}.{part}");
                match outcome.get(part) {
                    None => {}
                    Some(Value::String(text)) if part == "metric" && text.is_empty() => {
                        self.report(&path, FaultCode::Required, &[]);
                    }
                    Some(Value::String(text)) => self.length(&path, text, LINE),
                    Some(_) => self.report(&path, FaultCode::NotText, &[]),
                }
            }
        }
    }

    /// Links lead somewhere. One whose target was removed stops nothing: it may come back.
    fn links(&mut self, document: &Map<String, Value>) {
        let Some(links) = document.get("links").and_then(Value::as_array) else {
            return;
        };
        for (at, link) in links.iter().enumerate() {
            let text = |key: &str| link.get(key).and_then(Value::as_str).unwrap_or_default();
            let path = format!("link:{}", text("rel"));
            let target = RecordRef::resolve(crate::model::OWN, text("to"));
            let facts = [("value", text("to").to_owned()), ("at", at.to_string())];
            match target {
                Err(_) => self.report(&path, FaultCode::BadLink, &facts),
                Ok(target) if !self.known.is_there(&target) => {
                    self.report(&path, FaultCode::DeadLink, &facts);
                }
                Ok(_) => {}
            }
        }
    }
}

fn fault(field: &str, code: FaultCode, facts: &[(&str, String)]) -> Fault {
    Fault {
        field: field.to_owned(),
        code,
        facts: facts
            .iter()
            .map(|(key, fact)| ((*key).to_owned(), fact.clone()))
            .collect::<BTreeMap<_, _>>(),
        stops: !matches!(code, FaultCode::DeadLink | FaultCode::UnclearAmount),
    }
}

/// The value at a path of a draft.
fn value<'d>(document: &'d Map<String, Value>, path: &str) -> Option<&'d Value> {
    if path.starts_with("link:") {
        return None;
    }
    value_of(document, path)
}

fn value_of<'d>(document: &'d Map<String, Value>, path: &str) -> Option<&'d Value> {
    let mut parts = path.split('.');
    let mut found = document.get(parts.next()?)?;
    for part in parts {
        found = found.get(part)?;
    }
    Some(found)
}
