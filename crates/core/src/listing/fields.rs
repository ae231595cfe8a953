//! The fields of a form, per kind, in the order in which they are asked for. One table for the form, for checking and
//! for whoever reads a spreadsheet.

use crate::api::types::{Field, Shape};
use crate::model::Kind;

const fn field(path: &'static str, shape: Shape, part: &'static str) -> Field {
    Field {
        path,
        shape,
        of: &[],
        part,
        required: false,
    }
}

const fn of(mut field: Field, of: &'static [&'static str]) -> Field {
    field.of = of;
    field
}

const fn required(mut field: Field) -> Field {
    field.required = true;
    field
}

const NAME: Field = required(field("name.zh", Shape::Line, "name"));
const NAME_EN: Field = field("name.en", Shape::Line, "name");
const ALIASES: Field = field("name.aliases", Shape::Lines, "name");
const SUMMARY: Field = field("summary.zh", Shape::Paragraph, "about");
const SUMMARY_EN: Field = field("summary.en", Shape::Paragraph, "about");
const PROBLEM: Field = field("problem.zh", Shape::Paragraph, "about");
const APPROACH: Field = field("approach.zh", Shape::Paragraph, "about");
const INDUSTRY: Field = of(
    field("industry", Shape::Codes, "about"),
    &["industry_group", "industry"],
);
const STAGE: Field = of(field("stage", Shape::Codes, "about"), &["stage"]);
const TECHNIQUE: Field = of(field("technique", Shape::Codes, "about"), &["technique"]);
const TYPICAL: Field = of(
    field("typical_scenario", Shape::Codes, "about"),
    &["typical_scenario"],
);
const REGION: Field = of(field("region", Shape::Codes, "place"), &["region"]);
const CITY: Field = field("city", Shape::Line, "place");
const WEBSITE: Field = field("website", Shape::Address, "place");
const CREDIT_CODE: Field = field("credit_code", Shape::CreditCode, "name");
const TIER: Field = of(field("tier", Shape::Codes, "proof"), &["tier"]);
const OUTCOMES: Field = field("outcomes", Shape::Outcomes, "proof");
const MATURITY: Field = of(field("maturity", Shape::Code, "offer"), &["maturity"]);
const PREREQUISITES: Field = field("prerequisites.zh", Shape::Paragraph, "offer");
const DATE: Field = field("date", Shape::Date, "proof");
const PROVIDED_BY: Field = of(
    field("link:provided_by", Shape::Link, "links"),
    &["provider"],
);
const SUPPLIED_BY: Field = of(
    field("link:supplied_by", Shape::Link, "links"),
    &["provider"],
);
const APPLIED_BY: Field = of(
    field("link:applied_by", Shape::Link, "links"),
    &["enterprise"],
);

const FIELD: Field = field("field", Shape::Lines, "about");
const TECHNIQUE_TEXT: Field = field("technique_text", Shape::Lines, "about");
const PERSON: Field = field("contact.person", Shape::Line, "place");
const PHONE: Field = field("contact.phone", Shape::Phone, "place");
const EMAIL: Field = field("contact.email", Shape::Mail, "place");
const CONSENT: Field = field("contact.consent.date", Shape::Date, "place");
const CONSENT_SOURCE: Field = field("contact.consent.source", Shape::Line, "place");
const NOTES: Field = field("notes", Shape::Texts, "about");

const PROVIDER: &[Field] = &[
    NAME,
    NAME_EN,
    ALIASES,
    CREDIT_CODE,
    SUMMARY,
    SUMMARY_EN,
    INDUSTRY,
    FIELD,
    STAGE,
    TECHNIQUE,
    TECHNIQUE_TEXT,
    NOTES,
    field("products", Shape::Lines, "offer"),
    field("offers", Shape::Lines, "offer"),
    REGION,
    CITY,
    WEBSITE,
    PERSON,
    PHONE,
    EMAIL,
    CONSENT,
    CONSENT_SOURCE,
    field("founded", Shape::Year, "proof"),
    TIER,
    field("qualifications", Shape::Lines, "proof"),
    OUTCOMES,
    DATE,
];

const SOLUTION: &[Field] = &[
    NAME,
    NAME_EN,
    ALIASES,
    SUMMARY,
    SUMMARY_EN,
    INDUSTRY,
    FIELD,
    STAGE,
    TECHNIQUE,
    TECHNIQUE_TEXT,
    TYPICAL,
    NOTES,
    of(
        field("category", Shape::Codes, "offer"),
        &["solution_category"],
    ),
    field("capability.zh", Shape::Paragraph, "offer"),
    of(field("delivery", Shape::Codes, "offer"), &["delivery"]),
    field("delivery_text", Shape::Line, "offer"),
    field("price", Shape::Amount, "offer"),
    PREREQUISITES,
    MATURITY,
    REGION,
    WEBSITE,
    PERSON,
    PHONE,
    EMAIL,
    CONSENT,
    CONSENT_SOURCE,
    OUTCOMES,
    DATE,
    field("provider", Shape::Line, "links"),
    PROVIDED_BY,
];

const SCENARIO: &[Field] = &[
    NAME,
    NAME_EN,
    ALIASES,
    SUMMARY,
    SUMMARY_EN,
    PROBLEM,
    APPROACH,
    INDUSTRY,
    FIELD,
    STAGE,
    TECHNIQUE,
    TECHNIQUE_TEXT,
    TYPICAL,
    NOTES,
    field("data_needed.zh", Shape::Paragraph, "offer"),
    PREREQUISITES,
    MATURITY,
    field("opened_by", Shape::Line, "place"),
    REGION,
    CITY,
    WEBSITE,
    PERSON,
    PHONE,
    EMAIL,
    CONSENT,
    CONSENT_SOURCE,
    field("valid_until", Shape::Date, "offer"),
    OUTCOMES,
    DATE,
];

const CASE: &[Field] = &[
    NAME,
    NAME_EN,
    ALIASES,
    SUMMARY,
    SUMMARY_EN,
    PROBLEM,
    APPROACH,
    INDUSTRY,
    FIELD,
    STAGE,
    TECHNIQUE,
    TECHNIQUE_TEXT,
    TYPICAL,
    NOTES,
    MATURITY,
    REGION,
    CITY,
    WEBSITE,
    PERSON,
    PHONE,
    EMAIL,
    CONSENT,
    CONSENT_SOURCE,
    OUTCOMES,
    DATE,
    field("enterprise", Shape::Line, "links"),
    APPLIED_BY,
    field("provider", Shape::Line, "links"),
    SUPPLIED_BY,
];

/// The fields that are asked for; none for kinds that have no form.
pub fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Provider => PROVIDER,
        Kind::Solution => SOLUTION,
        Kind::Scenario => SCENARIO,
        Kind::Case => CASE,
        _ => &[],
    }
}
