//! What feeds carry beside the fields of the model: the history of a record, and how an organisation can be reached.
//!
//! Both are read as far as they are understood: what does not fit is left out, and is no reason to refuse a record. A
//! contact that says nothing of consent is not shown, unless the record is the user's own.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::types::{ContactPart, ContactView, FieldChange, Revision};
use crate::model::private::{CONTACT, HISTORY};
use crate::model::{Date, OWN, PrivateField, RecordRef};

/// The part of a contact that says who consented to its publication, and when.
const CONSENT: &str = "consent";

/// What was confirmed and corrected, newest first.
pub(super) fn history(extra: &Map<String, Value>) -> Vec<Revision> {
    let entries = extra.get(HISTORY).and_then(Value::as_array);
    let mut revisions: Vec<Revision> = entries
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(revision)
        .collect();
    revisions.reverse();
    revisions
}

fn revision(entry: &Map<String, Value>) -> Revision {
    let none = Map::new();
    let part = |key: &str| entry.get(key).and_then(Value::as_object).unwrap_or(&none);
    let (set, former) = (part("set"), part("former"));
    let fields: BTreeSet<&String> = set.keys().chain(former.keys()).collect();
    let value = |map: &Map<String, Value>, field: &str| {
        map.get(field).filter(|value| !value.is_null()).cloned()
    };
    Revision {
        date: date(entry),
        by: text(entry, "by"),
        source: text(entry, "source"),
        changes: fields
            .into_iter()
            .map(|field| FieldChange {
                field: field.clone(),
                old: value(former, field),
                new: value(set, field),
            })
            .collect(),
    }
}

/// How the organisation of a record can be reached.
pub(super) fn contact(reference: &RecordRef, extra: &Map<String, Value>) -> Option<ContactView> {
    let contact = extra.get(CONTACT)?.as_object()?;
    let none = Map::new();
    let consent = contact.get(CONSENT).and_then(Value::as_object);
    let consent = consent.unwrap_or(&none);
    let view = ContactView {
        parts: parts(contact),
        consent: date(consent),
        source: text(consent, "source"),
    };
    let shown = reference.feed == OWN || (view.consent.is_some() && !view.source.is_empty());
    (shown && !view.parts.is_empty()).then_some(view)
}

fn parts(contact: &Map<String, Value>) -> Vec<ContactPart> {
    let mut parts = Vec::new();
    for (field, value) in contact {
        let one = std::slice::from_ref(value);
        for value in value.as_array().map_or(one, Vec::as_slice) {
            let text = match value {
                Value::String(text) => text.trim().to_owned(),
                Value::Number(number) => number.to_string(),
                _ => continue,
            };
            if !text.is_empty() {
                parts.push(ContactPart {
                    field: field.clone(),
                    private: PrivateField::of_contact(field),
                    text,
                });
            }
        }
    }
    parts.sort_by_key(|part| (part.private.is_none(), part.private));
    parts
}

fn text(map: &Map<String, Value>, key: &str) -> String {
    map.get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn date(map: &Map<String, Value>) -> Option<Date> {
    Date::parse(map.get("date")?.as_str()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(map) => map,
            _ => unreachable!("an object"),
        }
    }

    #[test]
    fn a_history_is_told_newest_first_with_what_was_there_before() {
        let extra = object(json!({ "history": [
            { "date": "2026-01-05", "by": "夹具甲", "source": "s2", "set": { "city": "乙市", "website": null },
              "former": { "city": "甲市", "website": "https://fixture.example/" } },
            { "date": "2026-02-01", "by": "夹具乙", "source": "s3" },
            "no entry",
        ]}));
        let told = history(&extra);
        assert_eq!(told.len(), 2);
        assert_eq!((told[0].by.as_str(), told[0].changes.len()), ("夹具乙", 0));
        let city = &told[1].changes[0];
        assert_eq!(
            (&city.old, &city.new),
            (&Some(json!("甲市")), &Some(json!("乙市")))
        );
        assert_eq!(told[1].changes[1].new, None, "what was removed");
    }

    #[test]
    fn a_history_of_another_shape_is_no_history() {
        for odd in [json!("x"), json!({ "date": 1 }), json!([1, [], null])] {
            assert_eq!(history(&object(json!({ "history": odd }))), []);
        }
        let odd = object(json!({ "history": [{ "date": "soon", "by": 7, "set": "x" }] }));
        assert_eq!(
            history(&odd),
            [Revision {
                date: None,
                by: String::new(),
                source: String::new(),
                changes: Vec::new()
            }]
        );
    }

    #[test]
    fn a_contact_is_shown_with_its_consent_and_without_one_only_when_it_is_ones_own() {
        let (feed, own): (RecordRef, RecordRef) = (
            "north/provider/a".parse().unwrap(),
            "own/provider/00000000-0000-4000-8000-000000000001"
                .parse()
                .unwrap(),
        );
        let bare =
            json!({ "url": "https://fixture.example/", "phone": ["010-1", 400], "person": "夹具" });
        let mut with = bare.clone();
        with["consent"] = json!({ "date": "2026-01-01", "source": "s1" });
        let told = contact(&feed, &object(json!({ "contact": with }))).unwrap();
        let fields: Vec<_> = told
            .parts
            .iter()
            .map(|part| (part.field.as_str(), part.text.as_str()))
            .collect();
        assert_eq!(
            fields,
            [
                ("person", "夹具"),
                ("phone", "010-1"),
                ("phone", "400"),
                ("url", "https://fixture.example/")
            ]
        );
        assert_eq!(told.source, "s1");
        let bare = object(json!({ "contact": bare }));
        assert_eq!(contact(&feed, &bare), None);
        assert!(contact(&own, &bare).is_some());
        assert_eq!(contact(&own, &object(json!({ "contact": "x" }))), None);
    }
}
