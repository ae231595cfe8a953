//! Every fact has a source, every source says what was read and when, and no word of anybody comes from the future.

use std::collections::BTreeSet;

use atlas_core::model::Date;

use super::{Checked, Finding, Rule};

/// Fields that are no facts about the thing itself.
const NO_FACTS: &[&str] = &[
    "kind", "id", "sources", "inferred", "doubts", "notes", "same_as", "contact", "history",
    "origin", // These name their sources one by one.
    "outcomes", "lists",
];

/// Checks the sources of all records.
pub(super) fn check(checked: &[Checked<'_>], today: &Date, findings: &mut Vec<Finding>) {
    for record in checked {
        let head = record.record.head();
        let mut report = |rule, field: &str, value: &str| {
            findings.push(record.finding(rule, field, value, String::new()));
        };
        let keys: BTreeSet<&str> = head
            .sources
            .iter()
            .map(|source| source.key.as_str())
            .collect();
        if head.sources.is_empty() || keys.len() != head.sources.len() {
            report(Rule::Unsourced, "sources", "");
        }
        for source in &head.sources {
            if source.cited.trim().is_empty() {
                report(Rule::Unsourced, "sources.cited", &source.key);
            }
            if later(&source.checked, today) {
                report(Rule::FutureDate, "sources.checked", source.checked.as_str());
            }
        }
        // A source that names no fields stands for all of them.
        let whole = head.sources.iter().any(|source| source.fields.is_empty());
        let stated: BTreeSet<&str> = head
            .sources
            .iter()
            .flat_map(|source| source.fields.iter().map(String::as_str))
            .collect();
        let facts = record
            .draft
            .fields
            .keys()
            .map(String::as_str)
            .filter(|field| !NO_FACTS.contains(field) && !field.starts_with("x_"));
        for field in facts {
            if !whole && !stated.contains(field) && !head.is_inferred(field) {
                report(Rule::Unsourced, field, "");
            }
        }
        for outcome in head
            .outcomes
            .iter()
            .filter(|outcome| outcome.sources.is_empty())
        {
            report(Rule::Unsourced, "outcomes", &outcome.metric);
        }
        let cited = head
            .lists
            .iter()
            .map(|membership| ("lists", &membership.source))
            .chain(
                head.outcomes
                    .iter()
                    .flat_map(|outcome| outcome.sources.iter().map(|key| ("outcomes", key))),
            );
        for (field, key) in cited.filter(|(_, key)| !keys.contains(key.as_str())) {
            report(Rule::UnknownSource, field, key);
        }
        let consent = record
            .draft
            .fields
            .get("contact")
            .map(|contact| &contact["consent"]);
        if let Some(key) = consent.and_then(|consent| consent["source"].as_str())
            && !keys.contains(key)
        {
            report(Rule::UnknownSource, "contact.consent.source", key);
        }
        let consent = consent.and_then(|consent| consent["date"].as_str());
        if let Some(date) = consent.and_then(|date| Date::parse(date).ok())
            && later(&date, today)
        {
            report(Rule::FutureDate, "contact.consent.date", date.as_str());
        }
    }
}

/// Whether a date is after today. The day itself is not over yet anywhere west of here, so it counts as past.
fn later(date: &Date, today: &Date) -> bool {
    let length = date.as_str().len().min(today.as_str().len());
    date.as_str()[..length] > today.as_str()[..length]
}
