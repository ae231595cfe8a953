//! The fields of the index and the facets. The index holds no text: that stays in the store.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// What the index was built with: schema, analyzer and lexicon versions. Grows whenever any of them changes
/// what the index holds.
pub const STAMP: &str = "schema 4, analyzer 1, lexicon 1";

/// The facets, in schema order. Every record has at least one code in each, `none` when it states nothing.
pub const FACETS: &[&str] = &[
    "kind",
    "industry_group",
    "industry",
    "stage",
    "technique",
    "typical_scenario",
    "action",
    "region",
    "status",
    "level",
    "tier",
    "need_kind",
    "delivery",
    "solution_category",
    "maturity",
    "year",
    "list",
    "main_industry_group",
    "main_stage",
    "main_region",
    "inferred",
    "doubtful",
    "feed",
];

/// The code of records that state nothing.
pub const NONE: &str = "none";

/// Between the codes of one record in a facet column.
pub(super) const CODE_SEPARATOR: char = '\n';

/// Name of the analyzer that keeps every term.
pub(super) const TERMS: &str = "atlas_terms";
/// Name of the analyzer that keeps English stems.
pub(super) const STEMS: &str = "atlas_stems";

/// The position of a facet in [`FACETS`].
pub fn facet(id: &str) -> Option<usize> {
    FACETS.iter().position(|facet| *facet == id)
}

/// Handles of all fields.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// `feed/kind/id`.
    pub(super) reference: Field,
    /// Everything that can be read in a record, names included; with positions.
    pub(super) text: Field,
    /// Names.
    pub(super) title: Field,
    /// Aliases.
    pub(super) alias: Field,
    /// Stems of the English words of everything.
    pub(super) stem: Field,
    /// Names and aliases whole, as keys.
    pub(super) name: Field,
    /// The first one to four characters of each name.
    pub(super) start: Field,
    /// Pinyin of names and aliases.
    pub(super) pinyin: Field,
    /// `facet=code`, for words that name a code.
    pub(super) code: Field,
    /// Sort key of the name.
    pub(super) sort_name: Field,
    /// Date of the newest fact as a number, `20251124`.
    pub(super) updated: Field,
    /// Evidence, larger is stronger.
    pub(super) evidence: Field,
    /// Number of links in both directions.
    pub(super) links: Field,
    /// One column per facet.
    pub(super) facets: Vec<Field>,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let analysed = |analyzer: &str, option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(analyzer)
                .set_index_option(option),
        )
    };
    let freqs = IndexRecordOption::WithFreqs;
    let exact = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let column = TextOptions::default().set_fast("raw");
    let mut builder = Schema::builder();
    let fields = Fields {
        reference: builder.add_text_field("ref", STRING | FAST),
        text: builder.add_text_field(
            "text",
            analysed(TERMS, IndexRecordOption::WithFreqsAndPositions),
        ),
        title: builder.add_text_field("title", analysed(TERMS, freqs)),
        alias: builder.add_text_field("alias", analysed(TERMS, freqs)),
        stem: builder.add_text_field("stem", analysed(STEMS, freqs)),
        name: builder.add_text_field("name", exact.clone()),
        start: builder.add_text_field("start", exact.clone()),
        pinyin: builder.add_text_field("pinyin", exact.clone()),
        code: builder.add_text_field("code", exact),
        sort_name: builder.add_text_field("sort_name", column.clone()),
        updated: builder.add_u64_field("updated", FAST),
        evidence: builder.add_u64_field("evidence", FAST),
        links: builder.add_u64_field("links", FAST),
        facets: FACETS
            .iter()
            .map(|id| builder.add_text_field(&format!("facet_{id}"), column.clone()))
            .collect(),
    };
    (builder.build(), fields)
}
