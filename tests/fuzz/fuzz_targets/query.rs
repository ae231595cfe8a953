//! Anything typed into the query box: read, never refused, never a panic.
#![no_main]

use std::sync::LazyLock;

use atlas_core::model::Taxonomies;
use atlas_core::search::labels::Labels;
use atlas_core::search::query;

static LABELS: LazyLock<Labels> = LazyLock::new(|| Labels::new(Taxonomies::bundled()));

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = query::parse(text, &LABELS);
    let _ = query::free(text);
});
