//! Texts cut by the product's own tokenizer, for the engines that take terms as they are.

use atlas_core::model::Record;
use atlas_core::search::content::Content;
use atlas_core::search::text::normalise;
use atlas_core::search::tokenizer;

/// The terms of a text.
pub fn terms(text: &str) -> Vec<String> {
    let normal = normalise(text);
    let mut found = Vec::new();
    tokenizer::terms(&normal, |term, _, _| found.push(term.to_owned()));
    found
}

/// The terms of a query text: without the last character alone, which only stands for itself in the index.
pub fn asked(text: &str) -> Vec<String> {
    let mut found = terms(text);
    if found.len() > 1 {
        found.retain(|term| term.chars().count() > 1);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// All terms of a record, separated by spaces.
pub fn cut(record: &Record) -> String {
    let mut text = String::new();
    for piece in Content::of(record).all() {
        let normal = normalise(piece);
        tokenizer::terms(&normal, |term, _, _| {
            text.push_str(term);
            text.push(' ');
        });
    }
    text
}

/// Everything that can be read in a record, normalised.
pub fn plain(record: &Record) -> String {
    Content::of(record)
        .all()
        .map(normalise)
        .collect::<Vec<_>>()
        .join("\n")
}
