//! A record as the index takes it: its texts, its facet codes, its sort keys.

use tantivy::TantivyDocument;

use super::content::Content;
use super::pinyin;
use super::schema::{CODE_SEPARATOR, FACETS, Fields, NONE};
use super::text::key;
use crate::model::{Code, Main, Record, RecordRef, Status, Taxonomies};

/// What a record alone does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Links in both directions.
    pub links: u32,
    /// Cases among them.
    pub cases: u32,
}

/// A record to index.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// Reference.
    pub reference: &'a RecordRef,
    /// The record.
    pub record: &'a Record,
    /// What it does not tell itself.
    pub facts: Facts,
}

/// Characters of a name under which its start is indexed.
pub(super) const START: usize = 4;

impl Document<'_> {
    pub(super) fn build(&self, fields: &Fields, taxonomies: &Taxonomies) -> TantivyDocument {
        let head = self.record.head();
        let content = Content::of(self.record);
        let mut doc = TantivyDocument::new();
        doc.add_text(fields.reference, self.reference.to_string());
        for piece in content.all() {
            doc.add_text(fields.text, piece);
            if piece.bytes().any(|byte| byte.is_ascii_alphabetic()) {
                doc.add_text(fields.stem, piece);
            }
        }
        for name in &content.names {
            doc.add_text(fields.title, name);
        }
        for alias in &content.aliases {
            doc.add_text(fields.alias, alias);
        }
        self.add_names(&mut doc, fields, &content);
        for (facet, field) in FACETS.iter().zip(&fields.facets) {
            let codes = codes(facet, self.reference, self.record, taxonomies);
            let mut joined = String::new();
            for code in &codes {
                if !joined.is_empty() {
                    joined.push(CODE_SEPARATOR);
                }
                joined.push_str(code);
                if super::labels::NAMED.contains(facet) {
                    doc.add_text(fields.code, format!("{facet}={code}"));
                }
            }
            doc.add_text(*field, joined);
        }
        doc.add_text(
            fields.sort_name,
            pinyin::sort_key(head.name.any(), head.name.pinyin.as_deref()),
        );
        doc.add_u64(
            fields.updated,
            head.date
                .as_ref()
                .map_or(0, |date| date_number(date.as_str())),
        );
        doc.add_u64(fields.evidence, self.evidence());
        doc.add_u64(fields.links, u64::from(self.facts.links));
        doc
    }

    fn add_names(&self, doc: &mut TantivyDocument, fields: &Fields, content: &Content<'_>) {
        let head = self.record.head();
        for (idx, name) in content.names.iter().chain(&content.aliases).enumerate() {
            let key = key(name);
            if key.is_empty() {
                continue;
            }
            let mut ends = key
                .char_indices()
                .map(|(byte, _)| byte)
                .skip(1)
                .chain([key.len()]);
            for end in ends.by_ref().take(START) {
                doc.add_text(fields.start, &key[..end]);
            }
            doc.add_text(fields.name, &key);
            // The reading that a record gives is the one of its Chinese name.
            let reading = head
                .name
                .pinyin
                .as_deref()
                .filter(|_| idx == 0 && head.name.zh.is_some());
            for term in pinyin::name_terms(name, reading) {
                doc.add_text(fields.pinyin, &term);
            }
        }
    }

    /// Verification status, then sources, then cases.
    fn evidence(&self) -> u64 {
        let head = self.record.head();
        let status = match head.status() {
            Some(Status::Confirmed) => 4,
            Some(Status::ThirdParty) => 3,
            Some(Status::Excerpt) => 2,
            Some(Status::Community) => 1,
            None => 0,
        };
        status * 1_000_000
            + head.sources.len().min(999) as u64 * 1_000
            + u64::from(self.facts.cases.min(999))
    }
}

/// `2025-11` → `20251100`: less precise dates come before the more precise ones they contain.
fn date_number(date: &str) -> u64 {
    let digits = date
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(0u64, |number, digit| number * 10 + u64::from(digit - b'0'));
    match date.len() {
        4 => digits * 10_000,
        7 => digits * 100,
        _ => digits,
    }
}

/// The codes of a record in a facet, sorted; `none` alone when there are none.
pub(super) fn codes(
    facet: &str,
    reference: &RecordRef,
    record: &Record,
    taxonomies: &Taxonomies,
) -> Vec<String> {
    let head = record.head();
    let lineage = |taxonomy: &str, codes: &[Code]| -> Vec<Code> {
        codes
            .iter()
            .flat_map(|code| {
                taxonomies.get(taxonomy).map_or_else(
                    || vec![code.clone()],
                    |taxonomy| taxonomy.with_ancestors(code.as_str()),
                )
            })
            .collect()
    };
    let yes_no = |yes: bool| vec![Code::from(if yes { "yes" } else { "no" })];
    let found: Vec<Code> = match facet {
        "kind" => vec![Code::from(record.kind().as_str())],
        "industry_group" => industry_groups(record, taxonomies),
        "industry" => lineage(facet, &head.industry),
        "stage" => lineage(facet, &head.stage),
        "technique" => lineage(facet, &head.technique),
        "typical_scenario" => lineage(facet, &head.typical_scenario),
        "action" => lineage(facet, &head.action),
        "region" => lineage(facet, &head.region),
        "status" => head
            .status()
            .map(|status| Code::from(status.code()))
            .into_iter()
            .collect(),
        "level" => head.level.clone().into_iter().collect(),
        "year" => head
            .date
            .iter()
            .map(|date| Code::from(date.year()))
            .collect(),
        "list" => head
            .lists
            .iter()
            .map(|membership| {
                Code::from(
                    membership
                        .list
                        .strip_prefix("list/")
                        .unwrap_or(&membership.list),
                )
            })
            .collect(),
        "main_industry_group" => vec![Code(Main::of(head, taxonomies).industry_group)],
        "main_stage" => vec![Code(Main::of(head, taxonomies).stage)],
        "main_region" => vec![Code(Main::of(head, taxonomies).region)],
        "inferred" => yes_no(!head.inferred.is_empty()),
        "doubtful" => yes_no(!head.doubts.is_empty()),
        "feed" => vec![Code::from(reference.feed.as_str())],
        _ => own_codes(facet, record),
    };
    let mut codes: Vec<String> = found
        .into_iter()
        .map(|code| code.0.replace(CODE_SEPARATOR, " "))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        codes.push(NONE.to_owned());
    }
    codes
}

fn own_codes(facet: &str, record: &Record) -> Vec<Code> {
    match (facet, record) {
        ("tier", Record::Enterprise(enterprise)) => enterprise.tier.clone(),
        ("tier", Record::Provider(provider)) => provider.tier.clone(),
        ("need_kind", Record::Need(need)) => need.need_kind.clone().into_iter().collect(),
        ("delivery", Record::Solution(solution)) => solution.delivery.clone(),
        ("delivery", Record::Need(need)) => need.delivery.clone(),
        ("solution_category", Record::Solution(solution)) => solution.category.clone(),
        ("maturity", Record::Scenario(scenario)) => scenario.maturity.clone().into_iter().collect(),
        ("maturity", Record::Solution(solution)) => solution.maturity.clone().into_iter().collect(),
        ("maturity", Record::Case(case)) => case.maturity.clone().into_iter().collect(),
        ("maturity", Record::Need(need)) => need.maturity.clone().into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The industry groups of a record, in the order of its industries.
pub fn industry_groups(record: &Record, taxonomies: &Taxonomies) -> Vec<Code> {
    let mut groups: Vec<Code> = Vec::new();
    for industry in &record.head().industry {
        for group in taxonomies.industry_groups(industry.as_str()) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
    }
    groups
}
