//! Searching: a request, a page of rows, facets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{Code, Date, Kind, RecordRef, Status, Text};

/// What to search for. All parts narrow: kinds and filters are ANDed, values of one filter are ORed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct SearchRequest {
    /// Text of the query box: words, `"literals"`, `field:value` filters, `-not`. At most 512 characters.
    pub text: String,
    /// Facet id → codes. The facet `kind` holds record kinds.
    pub filters: BTreeMap<String, Vec<String>>,
    /// Order of the rows.
    pub sort: Sort,
    /// Rows to skip; at most 10,000.
    pub offset: u32,
    /// Rows wanted; at most 200. Zero asks for counts alone.
    pub limit: u32,
    /// Facets to count; empty asks for none.
    pub facets: Vec<String>,
}

/// Order of search results. Ties always break on the reference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By score; without query text by evidence.
    #[default]
    Relevance,
    /// By date of the newest fact, newest first; records without a date last.
    Updated,
    /// By name: stored pinyin, Latin names among them.
    Name,
    /// By evidence: verification status, then number of sources and linked cases.
    Evidence,
}

/// One page of search results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchPage {
    /// Records that match.
    pub total: u32,
    /// Records that would match without any filter; tells "filtered out" from "no hits".
    pub unfiltered: u32,
    /// How far the query had to be relaxed.
    pub relaxed: Relaxed,
    /// How the query text was understood.
    pub query: ParsedQuery,
    /// The rows.
    pub rows: Vec<Row>,
    /// Counts, in the order asked for.
    pub facets: Vec<Facet>,
}

/// How far a query was relaxed until something matched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relaxed {
    /// Every word had to match.
    #[default]
    All,
    /// Most of the words had to match.
    Most,
    /// Any word was enough.
    Any,
}

/// A query text, read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParsedQuery {
    /// Free words.
    pub words: Vec<String>,
    /// Quoted literals.
    pub literals: Vec<String>,
    /// Words that must not occur.
    pub excluded: Vec<String>,
    /// Filters written in the text.
    pub filters: BTreeMap<String, Vec<String>>,
    /// Parts that look like a filter but name no facet, or are beyond the limits; they were ignored or read as words. Filters
    /// of the request that name no facet stand here too; they were ignored.
    pub ignored: Vec<String>,
    /// The Latin words were read as pinyin.
    pub pinyin: bool,
    /// Words replaced because nothing matched, by a translation or a correction: `[typed, used]`.
    pub corrected: Vec<(String, String)>,
}

/// A piece of text, marked where the query matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Span {
    /// The text.
    pub t: String,
    /// Whether it matched.
    pub m: bool,
}

/// One record in a list.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own about the record"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Row {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its kind.
    pub kind: Kind,
    /// Name in both languages.
    pub name: Text,
    /// Name marked where the query matched, in the language that it matched in (Chinese first).
    pub title: Vec<Span>,
    /// A piece of the text that matched, where the name alone does not explain the hit.
    pub snippet: Vec<Span>,
    /// Whether that text was concluded, not printed.
    pub snippet_inferred: bool,
    /// Whether every word of the query occurs.
    pub exact: bool,
    /// Strongest verification status.
    pub status: Status,
    /// Who: enterprise, provider, developer, host, buyer or issuer in the words of the source.
    pub who: Option<String>,
    /// Case: who provides, in the words of the source, where that is not already `who`.
    pub provider: Option<String>,
    /// Industry groups.
    pub industry_group: Vec<Code>,
    /// Process stages.
    pub stage: Vec<Code>,
    /// Techniques.
    pub technique: Vec<Code>,
    /// Regions.
    pub region: Vec<Code>,
    /// City, as printed.
    pub city: Option<String>,
    /// Date of the newest fact.
    pub date: Option<Date>,
    /// Need: deadline; scenario: valid until.
    pub until: Option<Date>,
    /// Need: budget as printed; solution: price.
    pub amount: Option<String>,
    /// Fields concluded, not printed.
    pub inferred: Vec<String>,
    /// Something about it is doubtful.
    pub doubtful: bool,
    /// Number of sources.
    pub sources: u32,
    /// Number of outcomes.
    pub outcomes: u32,
    /// Number of links in both directions.
    pub links: u32,
    /// Whether it is among the favourites.
    pub favourite: bool,
    /// Other records of the same thing; told in lists and search results.
    pub twins: Vec<Twin>,
}

/// Another record of the same thing, as somebody says by `same_as`; or, of an own record, what a feed published of it, and the
/// other way round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Twin {
    /// The record.
    #[serde(rename = "ref")]
    pub reference: RecordRef,
    /// Its name.
    pub name: Text,
    /// Title of the feed that it is from; empty for an own record.
    pub feed: Text,
}

/// Counts of one facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Facet {
    /// Facet id, which is also the taxonomy that names its codes.
    pub id: String,
    /// Codes with counts, most frequent first, then by code. Counts ignore the facet's own selection.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FacetValue {
    /// Code; `none` stands for records that state nothing.
    pub code: String,
    /// Records.
    pub count: u32,
}
