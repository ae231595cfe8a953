//! The fields of a form in which a record is written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What may be typed into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One line.
    Line,
    /// Several lines of text.
    Paragraph,
    /// Several texts, one a line.
    Lines,
    /// Several paragraphs, each in Chinese, English or both.
    Texts,
    /// A year, month or day.
    Date,
    /// A year.
    Year,
    /// A code of a taxonomy.
    Code,
    /// Several codes of a taxonomy.
    Codes,
    /// A unified social credit code.
    CreditCode,
    /// A web address.
    Address,
    /// A mailbox, or several.
    Mail,
    /// A phone, or several.
    Phone,
    /// A price: an amount in 元, 万元 or 亿元, or in words.
    Amount,
    /// Results with figure, unit and what they are compared with.
    Outcomes,
    /// A link to a record of another kind.
    Link,
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Field {
    /// Its path in the record, such as `summary.zh`; for links the relation, such as `link:provided_by`.
    pub path: &'static str,
    /// What may be typed.
    pub shape: Shape,
    /// The taxonomies whose codes it takes, and for links the kinds of record.
    pub of: &'static [&'static str],
    /// Part of the form: `name`, `about`, `offer`, `place`, `proof` or `links`.
    pub part: &'static str,
    /// A record without it cannot be saved; of the names one is enough.
    pub required: bool,
}
