//! The part of the AI+ action to which a record belongs: that of the document that it is based on.
//!
//! A document's own place is written by hand in `documents.jsonl`. A record takes it over through its
//! printed clause basis (`based_on`), marked as concluded from that document; nothing else gives a record an action.

use std::collections::BTreeMap;

use atlas_core::model::{Code, Inferred, Kind, Record};

/// A document that names more actions than this one is about all of them, and says nothing about a record.
const MOST: usize = 2;

/// Gives the records the actions of the documents that they are based on.
pub(crate) fn apply(records: &mut [Record]) {
    let places: BTreeMap<String, Vec<Code>> = records
        .iter()
        .filter(|record| record.kind() == Kind::Document)
        .map(|record| {
            let head = record.head();
            (format!("document/{}", head.id), head.action.clone())
        })
        .filter(|(_, actions)| (1..=MOST).contains(&actions.len()))
        .collect();
    for record in records {
        if matches!(record.kind(), Kind::Document | Kind::List) {
            continue;
        }
        let head = record.head_mut();
        let basis = head
            .links
            .iter()
            .filter(|link| link.rel.as_str() == "based_on")
            .find_map(|link| Some((&link.to, places.get(&link.to)?)));
        if let Some((document, actions)) = basis
            && head.action.is_empty()
        {
            head.action.clone_from(actions);
            head.inferred.push(Inferred {
                field: "action".to_owned(),
                by: document.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(kind: &str, id: &str, fields: &serde_json::Value) -> Record {
        let mut value = json!({
            "kind": kind, "id": id, "name": { "zh": "名称" },
            "sources": [{ "key": "s1", "cited": "x", "checked": "2026-11-22", "status": "excerpt" }],
        });
        value
            .as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_record_takes_the_place_of_its_basis_and_says_so() {
        let basis =
            |id: &str| json!({ "links": [{ "rel": "based_on", "to": format!("document/{id}") }] });
        let mut records = [
            record("document", "narrow", &json!({ "action": ["4.3"] })),
            record("document", "wide", &json!({ "action": ["1", "2", "3"] })),
            record("scenario", "a", &basis("narrow")),
            record("scenario", "b", &basis("wide")),
            record("scenario", "c", &json!({})),
        ];
        apply(&mut records);
        let of = |idx: usize| {
            records[idx]
                .head()
                .action
                .iter()
                .map(Code::as_str)
                .collect::<Vec<_>>()
        };
        assert_eq!((of(2), of(3), of(4)), (vec!["4.3"], vec![], vec![]));
        assert_eq!(records[2].head().inferred[0].by, "document/narrow");
    }
}
