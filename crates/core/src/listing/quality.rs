//! How good a listing is: four criteria of 0–5 each, as reviewers of the Enterprise Europe Network score profiles.
//! Every point is one thing that is there or is not, so that the meter says what to improve.
//!
//! 17–20 excellent, 15–16 good, 10–14 sufficient, 5–9 on hold, below rejected; a criterion of 0 puts it on hold.

use crate::api::types::{Quality, QualityCriterion, QualityGrade, QualityPoint};
use crate::model::{Head, Record, Text};

/// Characters of a summary that says something, and beyond which nobody reads on.
const SUMMARY: std::ops::RangeInclusive<usize> = 40..=600;
/// Words that praise instead of telling.
const PRAISE: &[&str] = &[
    "世界领先",
    "全球领先",
    "国际领先",
    "国内领先",
    "行业领先",
    "业界领先",
    "领先的",
    "一流",
    "最佳",
    "最好的",
    "第一品牌",
    "颠覆",
    "革命性",
    "独一无二",
    "完美",
    "world-leading",
    "world leading",
    "best-in-class",
    "revolutionary",
    "cutting-edge",
];

/// Scores a record. Only kinds that have a form can reach every point.
pub fn quality(record: &Record) -> Quality {
    let head = record.head();
    let summary = head.summary.as_ref();
    let all = texts(record);
    let points: [(&str, Vec<(&str, bool)>); 4] = [
        ("advantages", advantages(record, head)),
        (
            "clarity",
            vec![
                (
                    "summary_length",
                    SUMMARY.contains(&summary.map_or(0, |text| text.any().chars().count())),
                ),
                ("industry", !head.industry.is_empty()),
                ("stage", !head.stage.is_empty()),
                ("technique", !head.technique.is_empty()),
                ("repeats", !repeats(head, &all)),
            ],
        ),
        ("cooperation", cooperation(record, head)),
        (
            "language",
            vec![
                ("praise", !praises(&all)),
                ("private", !all.iter().any(|text| has_mobile(text))),
                ("name_en", head.name.en.is_some()),
                (
                    "summary_en",
                    summary.is_some_and(|summary| summary.en.is_some()),
                ),
                ("date", head.date.is_some()),
            ],
        ),
    ];
    let criteria: Vec<QualityCriterion> = points
        .into_iter()
        .map(|(id, points)| QualityCriterion {
            id: id.to_owned(),
            score: points.iter().filter(|(_, there)| *there).count() as u32,
            points: points
                .into_iter()
                .map(|(id, there)| QualityPoint {
                    id: id.to_owned(),
                    there,
                })
                .collect(),
        })
        .collect();
    let total = criteria.iter().map(|criterion| criterion.score).sum();
    let grade = match total {
        5.. if criteria.iter().any(|criterion| criterion.score == 0) => QualityGrade::OnHold,
        17.. => QualityGrade::Excellent,
        15.. => QualityGrade::Good,
        10.. => QualityGrade::Sufficient,
        5.. => QualityGrade::OnHold,
        _ => QualityGrade::Rejected,
    };
    Quality {
        total,
        grade,
        criteria,
    }
}

/// Advantages and innovative aspects: what it does, and what proves it.
fn advantages(record: &Record, head: &Head) -> Vec<(&'static str, bool)> {
    let figure = head.outcomes.iter().any(|outcome| {
        let printed = outcome.value.as_ref().unwrap_or(&outcome.metric);
        printed.chars().any(|c| c.is_ascii_digit())
    });
    let compared = head
        .outcomes
        .iter()
        .any(|outcome| outcome.baseline.is_some());
    let mut points = match record {
        Record::Provider(provider) => vec![
            ("offers", !provider.offers.is_empty()),
            ("products", !provider.products.is_empty()),
            (
                "qualifications",
                !provider.qualifications.is_empty() || !provider.tier.is_empty(),
            ),
        ],
        Record::Solution(solution) => vec![
            ("capability", long(solution.capability.as_ref())),
            ("category", !solution.category.is_empty()),
            ("maturity", solution.maturity.is_some()),
        ],
        Record::Scenario(scenario) => vec![
            ("problem", long(scenario.problem.as_ref())),
            ("approach", long(scenario.approach.as_ref())),
            ("maturity", scenario.maturity.is_some()),
        ],
        Record::Case(case) => vec![
            ("problem", long(case.problem.as_ref())),
            ("approach", long(case.approach.as_ref())),
            ("maturity", case.maturity.is_some()),
        ],
        _ => vec![
            ("offers", false),
            ("products", false),
            ("qualifications", false),
        ],
    };
    points.extend([("figure", figure), ("compared", compared)]);
    points
}

/// Cooperation expectations: who, where, in which form, under which conditions.
fn cooperation(record: &Record, head: &Head) -> Vec<(&'static str, bool)> {
    let linked = |rel: &str| head.links.iter().any(|link| link.rel.as_str() == rel);
    let mut points = vec![
        ("region", !head.region.is_empty()),
        ("website", head.website.is_some()),
    ];
    points.extend(match record {
        Record::Provider(provider) => [
            ("credit_code", provider.credit_code.is_some()),
            ("founded", provider.founded.is_some()),
            ("city", head.city.is_some()),
        ],
        Record::Solution(solution) => [
            ("delivery", !solution.delivery.is_empty()),
            ("price", solution.price.is_some()),
            ("who", solution.provider.is_some() || linked("provided_by")),
        ],
        Record::Scenario(scenario) => [
            ("who", scenario.opened_by.is_some()),
            ("data_needed", scenario.data_needed.is_some()),
            ("valid_until", scenario.valid_until.is_some()),
        ],
        Record::Case(case) => [
            ("who", case.enterprise.is_some() || linked("applied_by")),
            ("provider", case.provider.is_some() || linked("supplied_by")),
            ("typical_scenario", !head.typical_scenario.is_empty()),
        ],
        _ => [("who", false), ("delivery", false), ("price", false)],
    });
    points
}

fn long(text: Option<&Text>) -> bool {
    text.is_some_and(|text| text.any().chars().count() >= 20)
}

/// Everything that is written in a record.
fn texts(record: &Record) -> Vec<String> {
    fn gather(value: &serde_json::Value, into: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => into.push(text.clone()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| gather(item, into)),
            serde_json::Value::Object(fields) => fields
                .iter()
                .filter(|(key, _)| {
                    !["id", "credit_code", "links", "website"].contains(&key.as_str())
                })
                .for_each(|(_, item)| gather(item, into)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    if let Ok(value) = serde_json::to_value(record) {
        gather(&value, &mut found);
    }
    found
}

/// Whether the summary does no more than repeat the name, or two texts are the same.
fn repeats(head: &Head, texts: &[String]) -> bool {
    let summary = head.summary.as_ref().map(Text::any).unwrap_or_default();
    let same = texts
        .iter()
        .enumerate()
        .any(|(at, text)| text.chars().count() > 20 && texts[..at].contains(text));
    same || summary == head.name.any()
}

fn praises(texts: &[String]) -> bool {
    texts.iter().any(|text| {
        let lower = text.to_lowercase();
        PRAISE.iter().any(|word| lower.contains(word))
    })
}

/// Whether a text holds a personal mobile number of China: eleven digits from 13 to 19.
fn has_mobile(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit() && c != '-' && c != ' ')
        .map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>())
        .any(|run| run.len() == 11 && run.starts_with('1') && run.as_bytes()[1] >= b'3')
}
