//! A record as a row of a list.

use super::content::{Content, who};
use super::document::industry_groups;
use super::highlight::Marker;
use crate::api::types::{Row, Span};
use crate::model::{Date, Record, RecordRef, Status, Taxonomies, Text};

/// Makes the row of a record. `exact` and `favourite` are left to the caller.
pub fn row(
    reference: &RecordRef,
    record: &Record,
    links: u32,
    taxonomies: &Taxonomies,
    marker: Option<&Marker>,
) -> Row {
    let head = record.head();
    let content = Content::of(record);
    let (title, snippet) = match marker.filter(|marker| !marker.is_empty()) {
        Some(marker) => {
            let reading = head.name.pinyin.as_deref();
            let (title, explained) = marker.title(&content.names, reading);
            let snippet = (!explained).then(|| marker.snippet(&content));
            (title, snippet.flatten())
        }
        None => (
            vec![Span {
                t: head.name.any().to_owned(),
                m: false,
            }],
            None,
        ),
    };
    Row {
        reference: reference.clone(),
        kind: record.kind(),
        name: Text {
            zh: head.name.zh.clone(),
            en: head.name.en.clone(),
        },
        title,
        snippet_inferred: snippet
            .as_ref()
            .is_some_and(|snippet| head.is_inferred(snippet.field)),
        snippet: snippet.map_or_else(Vec::new, |snippet| snippet.spans),
        exact: true,
        status: head.status().unwrap_or(Status::Community),
        who: who(record).map(str::to_owned),
        provider: provider(record),
        industry_group: industry_groups(record, taxonomies),
        stage: head.stage.clone(),
        technique: head.technique.clone(),
        region: head.region.clone(),
        city: head.city.clone(),
        date: head.date.clone(),
        until: until(record),
        amount: amount(record),
        inferred: head
            .inferred
            .iter()
            .map(|inferred| inferred.field.clone())
            .collect(),
        doubtful: !head.doubts.is_empty(),
        sources: head.sources.len() as u32,
        outcomes: head.outcomes.len() as u32,
        links,
        favourite: false,
        twins: Vec::new(),
    }
}

/// A case names two: who applies, which is its `who`, and who provides.
fn provider(record: &Record) -> Option<String> {
    match record {
        Record::Case(case) if case.enterprise.is_some() => case.provider.clone(),
        _ => None,
    }
}

fn until(record: &Record) -> Option<Date> {
    match record {
        Record::Need(need) => need.deadline.clone(),
        Record::Scenario(scenario) => scenario.valid_until.clone(),
        _ => None,
    }
}

fn amount(record: &Record) -> Option<String> {
    match record {
        Record::Need(need) => need.budget.as_ref().map(|budget| budget.text.clone()),
        Record::Solution(solution) => solution.price.clone(),
        _ => None,
    }
}
