//! Search: Chinese, English and pinyin over the records of the catalog.
//!
//! Read [`search`] first: it is the path of a query. [`text`] and [`tokenizer`] decide what can be found,
//! [`query`] and `plan` what is looked for, `matching` and `score` what is found and in which order, `count` the
//! facets, [`highlight`] and [`row`] what is shown.
//!
//! Invariants: a literal is never missed; order is total (score, then reference) and does not depend on how
//! documents are spread over segments; only this module touches tantivy; the index holds no text.

pub mod affinity;
mod among;
mod best;
mod bm25;
mod candidates;
mod codes;
pub mod content;
mod correct;
mod count;
pub mod document;
pub mod eval;
pub mod gloss;
pub mod highlight;
pub mod index;
pub mod labels;
mod literal;
mod matching;
mod measure;
mod need;
pub mod pinyin;
mod plain;
mod plan;
pub mod query;
mod rank;
mod rescore;
pub mod row;
pub mod schema;
mod score;
#[expect(
    clippy::module_inception,
    reason = "the path of a query is what people look for under this name"
)]
pub mod search;
mod segment;
mod sets;
pub(crate) mod spread;
pub mod statistics;
mod stem;
pub mod text;
mod tiers;
pub mod tokenizer;
mod translate;

pub use affinity::{Affinity, Shared, Wording};
pub use candidates::Among;
pub use document::{Document, Facts, industry_groups};
pub use index::{Index, IndexError, Writer};
pub use need::CANDIDATES;
pub use row::row;
pub use schema::{FACETS, STAMP};
pub use search::Texts;

#[cfg(test)]
mod tests;
