//! The fields of records as columns, in the order of an export.
//!
//! Fields and headers are those that imports and the publisher's tables know ([`crate::exchange::fields`]), so that an
//! exported list can be read back.

use crate::exchange::fields::{self, Shape};
use crate::model::Kind;

/// A field of records as a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Path in the record.
    pub path: &'static str,
    /// How its value becomes a cell.
    pub shape: Shape,
    /// Header in Chinese.
    pub zh: &'static str,
    /// Header in English.
    pub en: String,
}

/// A field by its path. Names and summaries have a column a language.
fn field(path: &'static str) -> Option<Field> {
    let (known, shape) = match path {
        "name.zh" => ("name", Some(Shape::Plain)),
        "summary.zh" => ("summary", Some(Shape::Plain)),
        other => (other, None),
    };
    let field = fields::records().iter().find(|field| field.path == known)?;
    let mut en = field.en.chars();
    let first = en.next().map(|first| first.to_ascii_uppercase());
    Some(Field {
        path,
        shape: shape.unwrap_or(field.shape),
        zh: field.zh,
        en: first.into_iter().chain(en).collect(),
    })
}

/// What every kind has, before its own fields and after them.
const FIRST: &[&str] = &[
    "id",
    "name.zh",
    "name.en",
    "name.aliases",
    "summary.zh",
    "summary.en",
];
const LAST: &[&str] = &[
    "industry",
    "field",
    "stage",
    "technique",
    "technique_text",
    "typical_scenario",
    "action",
    "region",
    "city",
    "level",
    "outcomes",
    "website",
    "date",
    "notes",
    "same_as",
    "contact.person",
    "contact.phone",
    "contact.email",
    "contact.consent.date",
    "contact.consent.source",
];

fn own(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Scenario => &[
            "opened_by",
            "problem",
            "approach",
            "data_needed",
            "prerequisites",
            "maturity",
            "valid_until",
        ],
        Kind::Enterprise => &["credit_code", "tier"],
        Kind::Provider => &[
            "credit_code",
            "tier",
            "founded",
            "products",
            "offers",
            "qualifications",
        ],
        Kind::Solution => &[
            "provider",
            "category",
            "delivery",
            "delivery_text",
            "capability",
            "prerequisites",
            "price",
            "maturity",
        ],
        Kind::Case => &["enterprise", "provider", "problem", "approach", "maturity"],
        Kind::Base => &["host", "partners", "services", "entry"],
        Kind::Dataset => &["holder", "data_kind", "size", "licence"],
        Kind::Model => &[
            "developer",
            "filing_no",
            "algorithm_filing_no",
            "algorithm_name",
            "base_model",
        ],
        Kind::Document => &[
            "doc_number",
            "doc_kind",
            "issuers",
            "signed",
            "published",
            "validity",
        ],
        Kind::Need => &[
            "buyer",
            "need_kind",
            "problem",
            "wanted",
            "budget",
            "data",
            "data_text",
            "sensitivity",
            "deployment",
            "delivery",
            "maturity",
            "goal",
            "partner",
            "start",
            "finish",
            "hard",
            "noticed",
            "deadline",
            "expires",
            "consent",
            "project_no",
        ],
        Kind::List => &["doc_number", "issuers", "announced"],
    }
}

/// The fields of records of these kinds, from the left, each once.
pub fn columns_of(kinds: &[Kind]) -> Vec<Field> {
    let own = kinds.iter().flat_map(|kind| own(*kind));
    let mut columns: Vec<Field> = Vec::new();
    for path in FIRST.iter().chain(own).chain(LAST) {
        if let Some(field) = field(path).filter(|field| !columns.contains(field)) {
            columns.push(field);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_field_that_can_be_imported_is_a_column_of_some_kind() {
        let columns = columns_of(&Kind::ALL);
        let paths: BTreeSet<&str> = columns.iter().map(|field| field.path).collect();
        for field in fields::records() {
            let parts = [field.path.to_owned(), format!("{}.zh", field.path)];
            assert!(
                parts.iter().any(|path| paths.contains(path.as_str())),
                "{}",
                field.path
            );
        }
        for kind in Kind::ALL {
            let there = columns_of(&[kind]);
            for path in FIRST.iter().chain(own(kind)).chain(LAST) {
                assert!(there.iter().any(|field| field.path == *path), "{path}");
            }
        }
    }
}
