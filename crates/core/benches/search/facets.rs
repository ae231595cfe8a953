//! The six facets that every engine counts, and their codes per record, as the product derives them.

use atlas_core::model::{Code, Record, Taxonomies};

/// The facets, in the order in which all engines hold them.
pub const FACETS: [&str; 6] = [
    "kind",
    "industry_group",
    "stage",
    "technique",
    "region",
    "status",
];

/// The codes of a record in each facet; `none` where it states nothing.
pub fn codes(record: &Record) -> [Vec<String>; 6] {
    let taxonomies = Taxonomies::bundled();
    let head = record.head();
    let lineage = |id: &str, codes: &[Code]| -> Vec<Code> {
        let taxonomy = taxonomies.get(id);
        codes
            .iter()
            .flat_map(|code| {
                taxonomy.map_or_else(
                    || vec![code.clone()],
                    |taxonomy| taxonomy.with_ancestors(&code.0),
                )
            })
            .collect()
    };
    let kind = vec![Code::from(record.kind().as_str())];
    let groups = head
        .industry
        .iter()
        .flat_map(|code| taxonomies.industry_groups(&code.0))
        .collect();
    let status = head
        .status()
        .map(|status| Code::from(status.code()))
        .into_iter()
        .collect();
    [
        kind,
        groups,
        lineage("stage", &head.stage),
        lineage("technique", &head.technique),
        lineage("region", &head.region),
        status,
    ]
    .map(|codes| {
        let mut codes: Vec<String> = codes.into_iter().map(|code| code.0).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.is_empty() {
            codes.push("none".to_owned());
        }
        codes
    })
}
