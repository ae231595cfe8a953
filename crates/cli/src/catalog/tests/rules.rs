//! The rule table on the committed catalog.

use std::collections::BTreeMap;

use atlas_core::model::{Code, Record};
use serde::Deserialize;

use super::*;

#[test]
fn rules_assign_only_the_four_fields() {
    let rules = Rules::read(&root()).unwrap();
    let field_of: BTreeMap<String, &str> = rules
        .rows()
        .iter()
        .map(|rule| (format!("rule:{}", rule.id), rule.field.as_str()))
        .collect();
    // Hand-written documents carry marks of their own.
    let records = CATALOG
        .records
        .iter()
        .filter(|record| !matches!(record, Record::Document(_)));
    for mark in records.flat_map(|record| &record.head().inferred) {
        // The action comes from the document that a record is based on, and from nothing else.
        let from_basis = mark.field == "action" && mark.by.starts_with("document/");
        if mark.by != "source" && !from_basis {
            assert_eq!(
                field_of.get(&mark.by),
                Some(&mark.field.as_str()),
                "{mark:?}"
            );
        }
    }
}

#[test]
fn every_rule_fires_on_some_record() {
    let rules = Rules::read(&root()).unwrap();
    assert!(rules.rows().len() >= 120, "{} rules", rules.rows().len());
    let silent: Vec<&str> = rules
        .rows()
        .iter()
        .filter(|rule| !CATALOG.records.iter().any(|record| rule.applies(record)))
        .map(|rule| rule.id.as_str())
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[derive(Deserialize)]
struct Example {
    record: String,
    field: String,
    code: String,
    assigned: String,
    why: String,
}

#[test]
fn labelled_examples_have_the_codes_that_they_should() {
    let examples: Vec<Example> = read_csv(&root(), "assets/catalog/rules-examples.csv").unwrap();
    assert!(examples.len() >= 60);
    assert!(
        examples
            .iter()
            .filter(|example| example.assigned == "no")
            .count()
            >= 20
    );
    let mut wrong = Vec::new();
    for example in &examples {
        let head = record(&example.record).head();
        let codes = match example.field.as_str() {
            "industry" => &head.industry,
            "stage" => &head.stage,
            "technique" => &head.technique,
            _ => &head.typical_scenario,
        };
        if codes.contains(&Code::from(example.code.as_str())) != (example.assigned == "yes") {
            wrong.push(format!(
                "{} {} {}: {} ({codes:?})",
                example.record, example.field, example.code, example.why
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
