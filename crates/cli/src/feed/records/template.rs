//! The empty spreadsheet that a new publisher's folder starts with: a sheet a kind, its columns named.

use std::path::Path;

use atlas_core::exchange::fields;
use atlas_core::model::{Kind, Taxonomies};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::columns::SOURCES;
use crate::feed::error::{FeedError, content};
use crate::feed::folder;

/// Fields that every kind has and people fill in first.
const COMMON: &[&str] = &[
    "id",
    "name",
    "name.en",
    "summary",
    "industry",
    "stage",
    "technique",
    "region",
    "city",
    "outcomes",
    "website",
    "date",
];
/// Parts of a source that people fill in.
const SOURCE: &[&str] = &["cited", "title", "issuer", "date", "checked", "status"];
/// The way in which a link to another record is headed, by kind.
const LINKS: &[(Kind, &[&str])] = &[
    (Kind::Case, &["applied_by", "supplied_by"]),
    (Kind::Solution, &["provided_by"]),
    (Kind::Scenario, &["opened_by"]),
    (Kind::Base, &["hosted_by"]),
    (Kind::Need, &["needed_by"]),
];

fn own(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Scenario => &[
            "opened_by",
            "problem",
            "approach",
            "maturity",
            "valid_until",
        ],
        Kind::Enterprise => &[
            "credit_code",
            "tier",
            "contact.phone",
            "contact.email",
            "contact.consent.date",
        ],
        Kind::Provider => &[
            "credit_code",
            "tier",
            "founded",
            "products",
            "offers",
            "qualifications",
            "contact.phone",
            "contact.email",
            "contact.consent.date",
        ],
        Kind::Solution => &[
            "provider",
            "category",
            "delivery",
            "capability",
            "price",
            "maturity",
        ],
        Kind::Case => &["enterprise", "provider", "problem", "approach", "maturity"],
        Kind::Base => &[
            "host",
            "partners",
            "services",
            "entry",
            "contact.phone",
            "contact.email",
            "contact.consent.date",
        ],
        Kind::Dataset => &["holder", "data_kind", "size", "licence"],
        Kind::Model => &["developer", "filing_no", "base_model"],
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
        ],
        Kind::List => &["doc_number", "issuers", "announced"],
    }
}

/// The headers of a kind, from the left.
pub(crate) fn headers(kind: Kind) -> Vec<String> {
    let header = |path: &&str| {
        let mut fields = fields::records().iter().filter(|field| field.path == *path);
        // Of a field that kinds call differently, what this one calls it.
        let first = fields.clone().next();
        let own = fields.find(|field| field.is_of(kind));
        own.or(first).map(|field| field.zh.to_owned())
    };
    let links = LINKS
        .iter()
        .filter(|(of, _)| *of == kind)
        .flat_map(|(_, relations)| *relations)
        .filter_map(|relation| Taxonomies::bundled().term("relation", relation))
        .map(|term| format!("关联:{}", term.zh));
    let sources = SOURCE.iter().filter_map(|part| {
        SOURCES
            .iter()
            .find(|(known, _)| known == part)
            .map(|(_, synonyms)| synonyms[0].to_owned())
    });
    COMMON
        .iter()
        .chain(own(kind))
        .filter_map(header)
        .chain(links)
        .chain(sources)
        .collect()
}

/// Writes the template.
pub(crate) fn write(path: &Path) -> Result<(), FeedError> {
    let bytes = book().map_err(|error| content(path, error))?;
    folder::write(path, &bytes)
}

fn book() -> Result<Vec<u8>, XlsxError> {
    let bold = Format::new().set_bold();
    let mut book = Workbook::new();
    for kind in Kind::ALL {
        let sheet = book.add_worksheet();
        let name = Taxonomies::bundled()
            .term("kind", kind.as_str())
            .map_or(kind.as_str(), |term| term.zh.as_str());
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, header) in (0_u16..).zip(headers(kind)) {
            sheet.write_string_with_format(0, column, &header, &bold)?;
            sheet.set_column_width(column, 16)?;
        }
    }
    book.save_to_buffer()
}
