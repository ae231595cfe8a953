//! What leaves the house of a need or another record of the user's own.
//!
//! The record is made anew from the fields that a feed knows; notes, shortlist, history and the text that a need was read
//! from are never looked at. Of a masked need the name of the enterprise and every phone number and mailbox stay at home,
//! wherever they stand in its texts.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::bundle::Submitted;
use crate::model::contacts::{hide_contacts, hide_name};
use crate::model::private::{COLUMNS, IMPORTED};
use crate::model::{Choice, Code, NeedForm, RecordRef};

/// The field with an organisation's contact.
const CONTACT: &str = "contact";

/// A need as it is handed in. Not to be named means masked, whether asked for or not.
pub fn of_need(origin: &RecordRef, form: &NeedForm, masked: bool) -> Submitted {
    let masked = masked || form.masked;
    let mut left_out = BTreeSet::new();
    let name = form.enterprise.trim();
    let mut told = |text: &str| {
        let mut text = text.trim().to_owned();
        if masked {
            text = hide_name(&text, name);
            let hidden = hide_contacts(&text);
            if hidden != text {
                left_out.insert(CONTACT.to_owned());
            }
            text = hidden;
        }
        text
    };
    let mut record = Map::new();
    record.insert("kind".to_owned(), origin.kind.clone().into());
    record.insert("id".to_owned(), origin.id.clone().into());
    record.insert("name".to_owned(), json!({ "zh": told(&form.title) }));
    for (field, text) in [("problem", &form.problem), ("wanted", &form.wanted)] {
        let text = told(text);
        if !text.is_empty() {
            record.insert(field.to_owned(), json!({ "zh": text }));
        }
    }
    if masked && !name.is_empty() {
        left_out.insert("buyer".to_owned());
    } else if !name.is_empty() {
        record.insert("buyer".to_owned(), name.into());
    }
    for (field, choice) in [
        ("industry", &form.industry),
        ("region", &form.region),
        ("stage", &form.stage),
        ("typical_scenario", &form.typical_scenario),
        ("technique", &form.technique),
    ] {
        put_codes(&mut record, field, choice);
    }
    if let Some(budget) = budget(form.budget.low, form.budget.high) {
        record.insert("budget".to_owned(), budget);
    }
    if let Some(date) = &form.expires {
        record.insert("deadline".to_owned(), date.as_str().into());
    }
    record.insert("sources".to_owned(), json!([]));
    Submitted {
        origin: origin.clone(),
        left_out: left_out.into_iter().collect(),
        record,
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
    Submitted {
        origin: origin.clone(),
        left_out: left_out.into_iter().collect(),
        record,
    }
}

fn put_codes(record: &mut Map<String, Value>, field: &str, choice: &Choice) {
    if !choice.codes.is_empty() {
        let codes = choice.codes.iter().map(Code::as_str).collect::<Vec<_>>();
        record.insert(field.to_owned(), json!(codes));
    }
}

/// A budget in the words of the catalog, and in yuan where it is one figure or an upper one.
fn budget(low: Option<f64>, high: Option<f64>) -> Option<Value> {
    let written = |yuan: f64| match yuan {
        yuan if yuan >= 1e8 => format!("{}亿元", yuan / 1e8),
        yuan if yuan >= 1e4 => format!("{}万元", yuan / 1e4),
        yuan => format!("{yuan}元"),
    };
    let text = match (low, high) {
        (None, None) => return None,
        (Some(low), Some(high)) if low < high => format!("{}至{}", written(low), written(high)),
        (_, Some(high)) => format!("不超过{}", written(high)),
        (Some(low), None) => format!("不低于{}", written(low)),
    };
    Some(high.map_or_else(
        || json!({ "text": text }),
        |high| json!({ "text": text, "yuan": high }),
    ))
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
        assert!(!with.record.contains_key("columns") && !with.record.contains_key("imported"));
    }
}
