//! What leaves the house of a need or another record of the user's own.
//!
//! A need becomes the record of its form ([`NeedForm::record`]); notes, shortlist, history and the text that a need was read
//! from are never looked at. Of a masked need the name of the enterprise and every phone number and mailbox stay at home,
//! wherever they stand in its texts.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::bundle::Submitted;
use crate::model::contacts::{hide_contacts, hide_name};
use crate::model::private::{COLUMNS, IMPORTED};
use crate::model::{NeedForm, Record, RecordRef, Status};

/// The field with an organisation's contact.
const CONTACT: &str = "contact";

/// A need as it is handed in. Not to be named means masked, whether asked for or not.
pub fn of_need(origin: &RecordRef, form: &NeedForm, masked: bool) -> Submitted {
    let mut left_out = BTreeSet::new();
    let mut form = form.clone();
    if masked || form.masked {
        let name = std::mem::take(&mut form.enterprise);
        let name = name.trim();
        if !name.is_empty() {
            left_out.insert("buyer".to_owned());
        }
        for text in texts_of(&mut form) {
            let unnamed = hide_name(text, name);
            *text = hide_contacts(&unnamed);
            if *text != unnamed {
                left_out.insert(CONTACT.to_owned());
            }
        }
    }
    let mut need = form.record();
    need.head.id.clone_from(&origin.id);
    let record = match serde_json::to_value(Record::Need(Box::new(need))) {
        Ok(Value::Object(record)) => record,
        // A record is an object; nothing but that leaves.
        _ => Map::new(),
    };
    Submitted {
        origin: origin.clone(),
        left_out: left_out.into_iter().collect(),
        record,
    }
}

/// What people can have written into a form. Words that no taxonomy knows are kept as codes, so codes are among them.
fn texts_of(form: &mut NeedForm) -> impl Iterator<Item = &mut String> {
    let texts = [
        &mut form.title,
        &mut form.problem,
        &mut form.wanted,
        &mut form.data_text,
    ];
    let choices = [
        &mut form.industry,
        &mut form.region,
        &mut form.stage,
        &mut form.typical_scenario,
        &mut form.technique,
        &mut form.data,
        &mut form.deployment,
        &mut form.delivery,
        &mut form.partner,
    ];
    let single = [&mut form.sensitivity, &mut form.maturity, &mut form.goal];
    let codes = choices.into_iter().flat_map(|choice| &mut choice.codes);
    let codes = codes.chain(single.into_iter().flatten());
    texts.into_iter().chain(codes.map(|code| &mut code.0))
}

/// Key of the source on which a consent rests.
const CONSENT: &str = "consent";

/// On what the consent to publish a contact rests is said in words; in a feed it is a source, named by its key. Nobody but
/// the sender has verified it.
fn cite_consent(record: &mut Map<String, Value>) {
    let consent = &record.get(CONTACT).unwrap_or(&Value::Null)[CONSENT];
    let (Some(date), Some(words)) = (consent["date"].as_str(), consent["source"].as_str()) else {
        return;
    };
    let Some(Value::Array(sources)) = record.get("sources") else {
        return;
    };
    if sources.iter().any(|source| source["key"] == words) {
        return;
    }
    let source = json!({
        "key": CONSENT, "cited": words, "checked": date, "status": Status::Community.code(),
        "fields": [CONTACT],
    });
    record[CONTACT][CONSENT]["source"] = CONSENT.into();
    if let Some(Value::Array(sources)) = record.get_mut("sources") {
        sources.push(source);
    }
}

/// An own record as it is handed in: links among those that go `together` stay. At home stay links to other own records,
/// what an import kept beside the fields, and the contact unless it is asked for.
pub fn of_record(
    origin: &RecordRef,
    mut record: Map<String, Value>,
    together: &BTreeSet<RecordRef>,
    contact: bool,
) -> Submitted {
    let mut left_out = BTreeSet::new();
    record.insert("kind".to_owned(), origin.kind.clone().into());
    record.insert("id".to_owned(), origin.id.clone().into());
    if !contact && record.remove(CONTACT).is_some() {
        left_out.insert(CONTACT.to_owned());
    }
    // No feed knows them, and the columns of a private table are nobody else's business.
    for field in [COLUMNS, IMPORTED] {
        if record.remove(field).is_some() {
            left_out.insert(field.to_owned());
        }
    }
    if let Some(Value::Array(links)) = record.get_mut("links") {
        links.retain_mut(|link| {
            let target = link["to"]
                .as_str()
                .and_then(|to| RecordRef::resolve("own", to).ok());
            match target {
                Some(target) if target.feed != "own" => true,
                Some(target) if together.contains(&target) => {
                    // In the feed they are neighbours.
                    link["to"] = format!("{}/{}", target.kind, target.id).into();
                    true
                }
                _ => {
                    left_out.insert("links".to_owned());
                    false
                }
            }
        });
        if links.is_empty() {
            record.remove("links");
        }
    }
    record
        .entry("sources".to_owned())
        .or_insert_with(|| json!([]));
    cite_consent(&mut record);
    Submitted {
        origin: origin.clone(),
        left_out: left_out.into_iter().collect(),
        record,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Budget;

    const ID: &str = "0191e0b2-7c1d-7abc-8def-0123456789ab";

    fn form() -> NeedForm {
        NeedForm {
            title: "夹具电池公司极片检测".to_owned(),
            problem: "夹具电池公司靠人工目检，请联系13800138000或 li.lei@fixture.example。"
                .to_owned(),
            enterprise: "夹具电池公司".to_owned(),
            data_text: "夹具电池公司的照片，找13800138000要。".to_owned(),
            budget: Budget {
                low: Some(5e5),
                high: Some(1e6),
                ..Budget::default()
            },
            ..NeedForm::default()
        }
    }

    #[test]
    fn a_masked_need_tells_neither_name_nor_contact_and_says_that_it_does_not() {
        let origin = format!("own/need/{ID}").parse().unwrap();
        let masked = of_need(&origin, &form(), true);
        let text = serde_json::to_string(&masked).unwrap();
        for kept in ["夹具电池公司", "13800138000", "fixture.example"] {
            assert!(!text.contains(kept), "{kept}: {text}");
        }
        assert_eq!(masked.left_out, ["buyer", "contact"]);
        assert_eq!(masked.record["name"]["zh"], "**极片检测");
        assert_eq!(masked.record["data_text"], "**的照片，找**要。");
        assert_eq!(
            masked.record["budget"],
            json!({ "text": "50万元至100万元", "yuan": 1e6 })
        );

        let open = of_need(&origin, &form(), false);
        assert_eq!(open.left_out, [""; 0]);
        assert_eq!(open.record["buyer"], "夹具电池公司");
        // Not to be named means masked, whatever was asked for.
        let mut shy = form();
        shy.masked = true;
        assert_eq!(of_need(&origin, &shy, false), masked);
    }

    #[test]
    fn no_field_of_a_masked_need_tells_what_its_other_fields_hide() {
        const SECRET: &str = "夹具电池公司，电话13800138000";
        let Value::Object(empty) = serde_json::to_value(NeedForm::default()).unwrap() else {
            unreachable!("a form is an object");
        };
        let mut filled = Map::new();
        for (field, value) in &empty {
            let tried = match value {
                Value::String(_) | Value::Null => json!(SECRET),
                Value::Object(parts) if parts.contains_key("codes") => json!({ "codes": [SECRET] }),
                _ => continue,
            };
            let alone = json!({ field.as_str(): tried });
            if serde_json::from_value::<NeedForm>(alone).is_ok() {
                filled.insert(field.clone(), tried);
            }
        }
        assert!(filled.len() >= 16, "{filled:?}");
        filled.insert("enterprise".to_owned(), "夹具电池公司".into());
        let form = serde_json::from_value(Value::Object(filled)).unwrap();
        let origin = format!("own/need/{ID}").parse().unwrap();
        let handed = serde_json::to_string(&of_need(&origin, &form, true)).unwrap();
        for kept in ["夹具电池公司", "13800138000"] {
            assert!(!handed.contains(kept), "{handed}");
        }
    }

    #[test]
    fn links_go_where_their_target_goes_the_contact_only_when_asked_and_an_imports_own_never() {
        let origin: RecordRef = format!("own/solution/{ID}").parse().unwrap();
        let near: RecordRef = "own/provider/0191e0b2-7c1d-7abc-8def-0123456789ac"
            .parse()
            .unwrap();
        let record = json!({
            "name": { "zh": "夹具方案" }, "contact": { "phone": "010-1" },
            "columns": { "内部编号": "甲-017" }, "imported": { "file": "夹具.xlsx", "row": 6 },
            "links": [
                { "rel": "provided_by", "to": near.to_string() },
                { "rel": "similar", "to": "bundled/case/q0321" },
                { "rel": "provided_by", "to": "own/provider/0191e0b2-7c1d-7abc-8def-0123456789ad" },
            ],
        });
        let record = record.as_object().unwrap().clone();
        let together = BTreeSet::from([origin.clone(), near.clone()]);
        let handed = of_record(&origin, record.clone(), &together, false);
        assert_eq!(handed.left_out, ["columns", "contact", "imported", "links"]);
        assert_eq!(
            handed.record["links"][0]["to"],
            format!("provider/{}", near.id)
        );
        assert_eq!(handed.record["links"][1]["to"], "bundled/case/q0321");
        assert_eq!(handed.record["links"].as_array().unwrap().len(), 2);
        let with = of_record(&origin, record, &together, true);
        assert_eq!(with.left_out, ["columns", "imported", "links"]);
        assert!(with.record.contains_key("contact"));
        assert_eq!(with.record["sources"], json!([]));
        assert!(!with.record.contains_key("columns") && !with.record.contains_key("imported"));
    }

    #[test]
    fn a_consent_names_a_source_of_the_record_as_feeds_do() {
        let origin: RecordRef = format!("own/provider/{ID}").parse().unwrap();
        let record = json!({
            "name": { "zh": "夹具服务商" }, "sources": [],
            "contact": { "phone": "010-1", "consent": { "date": "2026-03-02", "source": "官网联系页" } },
        });
        let record = record.as_object().unwrap();
        let handed = of_record(&origin, record.clone(), &BTreeSet::new(), true);
        assert_eq!(
            handed.record["sources"],
            json!([{ "key": "consent", "cited": "官网联系页", "checked": "2026-03-02", "status": "community",
                     "fields": ["contact"] }])
        );
        assert_eq!(
            handed.record["contact"]["consent"],
            json!({ "date": "2026-03-02", "source": "consent" })
        );
        let again = of_record(&origin, handed.record.clone(), &BTreeSet::new(), true);
        assert_eq!(again.record, handed.record);
        let without = of_record(&origin, record.clone(), &BTreeSet::new(), false);
        assert_eq!(without.record["sources"], json!([]));
    }
}
