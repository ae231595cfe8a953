//! The last check before anything is written: what the catalog promises about every record.
//!
//! Schema is checked by the types themselves; here: ids, names, texts, codes, dates, links, sources.
//! All faults are gathered, so that one run tells everything that is wrong.

use std::collections::BTreeSet;

use atlas_core::model::reference::is_record_id;
use atlas_core::model::{Code, Record, Status, Taxonomies};
use serde_json::Value;

use super::Fault;
use super::absorb::same_source;
use super::documents::is_collective;
use super::link::target;

/// Checks all records; empty means that everything holds.
pub(crate) fn faults(records: &[Record]) -> Vec<Fault> {
    let targets: BTreeSet<String> = records.iter().map(target).collect();
    let mut faults = Vec::new();
    if targets.len() != records.len() {
        let mut seen = BTreeSet::new();
        for record in records.iter().filter(|record| !seen.insert(target(record))) {
            faults.push(fault(
                record,
                "id",
                "another record of the kind has this id",
                "change the name or the entry id",
            ));
        }
    }
    for record in records {
        check(record, &targets, &mut faults);
    }
    faults
}

fn fault(record: &Record, field: &str, reason: &str, remedy: &str) -> Fault {
    Fault {
        file: format!("assets/catalog/records/{}.jsonl", record.kind().as_str()),
        id: record.head().id.clone(),
        field: field.to_owned(),
        reason: reason.to_owned(),
        remedy: remedy.to_owned(),
    }
}

fn check(record: &Record, targets: &BTreeSet<String>, faults: &mut Vec<Fault>) {
    let head = record.head();
    let mut report = |field: &str, reason: String, remedy: &str| {
        faults.push(fault(record, field, &reason, remedy));
    };
    if !is_record_id(&head.id) {
        report(
            "id",
            format!("{:?} is no id", head.id),
            "use letters, digits and . _ : - only, 96 at most",
        );
    }
    if head.name.any().trim().is_empty() {
        report(
            "name",
            "is empty".to_owned(),
            "give a Chinese or an English name",
        );
    }
    if head.sources.is_empty() {
        report(
            "sources",
            "are missing".to_owned(),
            "name at least one source",
        );
    }
    let keys: BTreeSet<&str> = head
        .sources
        .iter()
        .map(|source| source.key.as_str())
        .collect();
    if keys.len() != head.sources.len() {
        report(
            "sources",
            "two sources have one key".to_owned(),
            "number them s1, s2 …",
        );
    }
    for source in &head.sources {
        if source.cited.trim().is_empty() {
            report(
                "sources",
                format!("{} cites nothing", source.key),
                "give an address or a description",
            );
        }
        if source.status == Status::Confirmed {
            report(
                "sources",
                format!("{} counts as confirmed", source.key),
                "no official text was read in full",
            );
        }
    }
    for (at, source) in head.sources.iter().enumerate() {
        let twin = head.sources[..at]
            .iter()
            .find(|other| same_source(other, source));
        if let Some(twin) = twin {
            report(
                "sources",
                format!("{} and {} are one source", twin.key, source.key),
                "keep one of them",
            );
        }
    }
    let issuers: &[String] = match record {
        Record::Document(document) => &document.issuers,
        Record::List(list) => &list.issuers,
        _ => &[],
    };
    for (at, issuer) in issuers.iter().enumerate() {
        if issuers[..at].contains(issuer) || (issuers.len() > 1 && is_collective(issuer)) {
            report(
                "issuers",
                format!("{issuer} adds no body"),
                "name every body once, and no phrase for several beside them",
            );
        }
    }
    let cited = head
        .lists
        .iter()
        .map(|membership| &membership.source)
        .chain(head.outcomes.iter().flat_map(|outcome| &outcome.sources));
    for key in cited.filter(|key| !keys.contains(key.as_str())) {
        report(
            "sources",
            format!("there is no source {key}"),
            "cite a source of this record",
        );
    }
    check_references(record, targets, faults);
}

/// Checks what points elsewhere: links, lists, codes; and every text.
fn check_references(record: &Record, targets: &BTreeSet<String>, faults: &mut Vec<Fault>) {
    let head = record.head();
    let mut report = |field: &str, reason: String, remedy: &str| {
        faults.push(fault(record, field, &reason, remedy));
    };
    let links = head.links.iter().map(|link| ("links", &link.to));
    let lists = head
        .lists
        .iter()
        .map(|membership| ("lists", &membership.list));
    for (field, to) in links.chain(lists).filter(|(_, to)| !targets.contains(*to)) {
        report(
            field,
            format!("{to} does not exist"),
            "link to a record of the catalog by kind/id",
        );
    }
    for (taxonomy, code) in codes(record) {
        let known = taxonomy.split('|').any(|taxonomy| {
            Taxonomies::bundled()
                .term(taxonomy, code.as_str())
                .is_some()
        });
        if !known {
            report(
                taxonomy,
                format!("the code {code} is unknown"),
                "use a code of assets/taxonomies",
            );
        }
    }
    match serde_json::to_value(record) {
        Ok(value) => {
            for text in strings(&value)
                .into_iter()
                .filter(|text| text.chars().any(is_forbidden))
            {
                report(
                    "text",
                    format!("{text:?} has control or direction characters"),
                    "remove them",
                );
            }
        }
        Err(error) => report("", error.to_string(), "mend the record"),
    }
}

/// Every code of a record with the taxonomies that may know it.
pub(crate) fn codes(record: &Record) -> Vec<(&'static str, &Code)> {
    let head = record.head();
    let mut codes: Vec<(&'static str, &Code)> = Vec::new();
    codes.extend(
        head.industry
            .iter()
            .map(|code| ("industry|industry_group", code)),
    );
    codes.extend(head.stage.iter().map(|code| ("stage", code)));
    codes.extend(head.technique.iter().map(|code| ("technique", code)));
    codes.extend(
        head.typical_scenario
            .iter()
            .map(|code| ("typical_scenario", code)),
    );
    codes.extend(head.action.iter().map(|code| ("action", code)));
    codes.extend(head.region.iter().map(|code| ("region", code)));
    codes.extend(head.level.iter().map(|code| ("level", code)));
    codes.extend(head.links.iter().map(|link| ("relation", &link.rel)));
    match record {
        Record::Enterprise(record) => codes.extend(record.tier.iter().map(|code| ("tier", code))),
        Record::Provider(record) => codes.extend(record.tier.iter().map(|code| ("tier", code))),
        Record::Solution(record) => {
            codes.extend(
                record
                    .category
                    .iter()
                    .map(|code| ("solution_category", code)),
            );
            codes.extend(record.delivery.iter().map(|code| ("delivery", code)));
        }
        Record::Need(record) => {
            codes.extend(record.need_kind.iter().map(|code| ("need_kind", code)));
            let single = [
                ("sensitivity", &record.sensitivity),
                ("maturity", &record.maturity),
                ("tier|maturity", &record.goal),
            ];
            for (taxonomy, code) in single {
                codes.extend(code.iter().map(|code| (taxonomy, code)));
            }
            let several = [
                ("data_kind", &record.data),
                ("deployment", &record.deployment),
                ("delivery", &record.delivery),
                ("partner", &record.partner),
                ("constraint", &record.hard),
            ];
            for (taxonomy, all) in several {
                codes.extend(all.iter().map(|code| (taxonomy, code)));
            }
        }
        Record::Document(record) => {
            codes.extend(record.doc_kind.iter().map(|code| ("doc_kind", code)));
            codes.extend(record.validity.iter().map(|code| ("validity", code)));
            codes.extend(
                record
                    .support
                    .iter()
                    .map(|support| ("support_kind", &support.kind)),
            );
        }
        Record::List(record) => codes.extend(
            record
                .entries
                .iter()
                .flat_map(|entry| &entry.region)
                .map(|code| ("region", code)),
        ),
        Record::Scenario(_)
        | Record::Case(_)
        | Record::Base(_)
        | Record::Dataset(_)
        | Record::Model(_) => {}
    }
    codes
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// Control characters, and those that turn the direction of writing or hide.
pub(crate) fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use atlas_core::model::{Case, Document, Head, Link, Name, Source};

    use super::super::sources::checked;

    use super::*;

    #[test]
    fn every_fault_is_told_with_its_field() {
        let head = Head {
            id: "a b".into(),
            name: Name::zh("坏\u{202e}名"),
            industry: vec![Code::from("C99")],
            links: vec![Link {
                rel: Code::from("applied_by"),
                to: "enterprise/none".into(),
                clause: None,
            }],
            ..Head::default()
        };
        let record = Record::Case(Box::new(Case {
            head,
            ..Case::default()
        }));
        let found: Vec<String> = faults(&[record])
            .into_iter()
            .map(|fault| fault.field)
            .collect();
        assert_eq!(
            found,
            ["id", "sources", "links", "industry|industry_group", "text"]
        );
    }

    #[test]
    fn a_source_or_an_issuer_that_is_there_twice_is_a_fault() {
        let source = |key: &str, title: Option<&str>, cited: &str| Source {
            key: key.into(),
            cited: cited.into(),
            title: title.map(Into::into),
            official: Some("https://a.example/1".into()),
            issuer: None,
            date: None,
            checked: checked(),
            status: Status::Excerpt,
            licence: None,
            note: None,
            fields: Vec::new(),
        };
        let document = |issuers: &[&str], sources: Vec<Source>| {
            let head = Head {
                id: "d1".into(),
                name: Name::zh("意见"),
                sources,
                ..Head::default()
            };
            Record::Document(Box::new(Document {
                head,
                issuers: issuers.iter().map(|issuer| (*issuer).into()).collect(),
                ..Document::default()
            }))
        };
        let told = |issuers: &[&str], sources: Vec<Source>| -> Vec<String> {
            faults(&[document(issuers, sources)])
                .into_iter()
                .map(|fault| fault.field)
                .collect()
        };
        let one = || source("s1", None, "a board");
        assert!(told(&["工信部等八部门"], vec![one()]).is_empty());
        assert_eq!(
            told(&["工业和信息化部", "工信部等八部门"], vec![one()]),
            ["issuers"]
        );
        assert_eq!(told(&["教育部", "教育部"], vec![one()]), ["issuers"]);
        assert_eq!(
            told(&[], vec![one(), source("s2", Some("台账"), "a board")]),
            ["sources"]
        );
        assert!(told(&[], vec![one(), source("s2", None, "another board")]).is_empty());
    }
}
