//! The one industry group, stage and region under which the panorama counts a record.
//!
//! A record may state several; counting it once keeps every row and column summing to the total.

use super::{Head, Taxonomies};

/// Stands for records that state nothing.
pub const NONE: &str = "none";

/// Where a record counts in the panorama.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Main {
    /// First industry group, or [`NONE`].
    pub industry_group: String,
    /// First process stage, or [`NONE`].
    pub stage: String,
    /// Province of the first region, or [`NONE`].
    pub region: String,
    /// Industry or stage were concluded, not printed.
    pub inferred: bool,
}

impl Main {
    /// Where a record counts.
    pub fn of(head: &Head, taxonomies: &Taxonomies) -> Self {
        let industry_group = head.industry.first().map(|code| {
            taxonomies
                .industry_groups(code.as_str())
                .first()
                .unwrap_or(code)
                .to_string()
        });
        let stage = head.stage.first().map(ToString::to_string);
        let region = head.region.first().map(|code| {
            let lineage = taxonomies
                .get("region")
                .map_or_else(Vec::new, |regions| regions.with_ancestors(code.as_str()));
            lineage.last().unwrap_or(code).to_string()
        });
        let inferred = (industry_group.is_some() && head.is_inferred("industry"))
            || (stage.is_some() && head.is_inferred("stage"));
        let or_none = |value: Option<String>| value.unwrap_or_else(|| NONE.to_owned());
        Self {
            industry_group: or_none(industry_group),
            stage: or_none(stage),
            region: or_none(region),
            inferred,
        }
    }
}

/// The actions of the AI+ action to which a record belongs, without their clauses: `1` … `6`.
pub fn actions(head: &Head, taxonomies: &Taxonomies) -> Vec<String> {
    let Some(taxonomy) = taxonomies.get("action") else {
        return Vec::new();
    };
    let mut actions: Vec<String> = head
        .action
        .iter()
        .filter_map(|code| {
            taxonomy
                .with_ancestors(code.as_str())
                .last()
                .map(ToString::to_string)
        })
        .collect();
    actions.sort_unstable();
    actions.dedup();
    actions
}
