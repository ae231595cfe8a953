//! Taxonomies: versioned lists of codes with names. They are data, read from `assets/taxonomies/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Code, Text};

/// One code of a taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Term {
    /// The code.
    pub code: Code,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Other names that mean the same, in any language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The code of which this one is part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Code>,
    /// Codes of another taxonomy that this one covers; see the taxonomy's `covers`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Code>,
    /// Definition or remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The name or its place in the list is not confirmed against the official text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
}

/// A versioned list of codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Taxonomy {
    /// Id, which is also the facet and filter name: `industry`, `stage`, `region` …
    pub id: String,
    /// Edition: `GB/T 4754-2017`, `2025` …
    pub version: String,
    /// Name of the taxonomy.
    pub name: Text,
    /// Where it was taken from.
    pub source: String,
    /// Id of the taxonomy whose codes the terms' `covers` name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covers: Option<String>,
    /// The codes, in their official order.
    pub terms: Vec<Term>,
}

impl Taxonomy {
    /// The term of a code.
    pub fn term(&self, code: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.code.as_str() == code)
    }

    /// A code and everything above it, nearest first. A code nobody knows stands alone.
    pub fn with_ancestors(&self, code: &str) -> Vec<Code> {
        let mut codes = vec![Code::from(code)];
        // The length bound ends a loop in hand-written data.
        while let Some(parent) = codes.last().and_then(|code| self.term(code.as_str())).and_then(|term| term.parent.clone()) {
            if codes.len() > 8 || codes.contains(&parent) {
                break;
            }
            codes.push(parent);
        }
        codes
    }
}

/// All taxonomies by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Taxonomies(pub BTreeMap<String, Taxonomy>);

/// The taxonomy files, compiled in. Adding a file here and to the folder is all it takes.
const FILES: &[&str] = &[
    include_str!("../../../../assets/taxonomies/action.json"),
    include_str!("../../../../assets/taxonomies/delivery.json"),
    include_str!("../../../../assets/taxonomies/industry.json"),
    include_str!("../../../../assets/taxonomies/industry_group.json"),
    include_str!("../../../../assets/taxonomies/kind.json"),
    include_str!("../../../../assets/taxonomies/level.json"),
    include_str!("../../../../assets/taxonomies/maturity.json"),
    include_str!("../../../../assets/taxonomies/need_kind.json"),
    include_str!("../../../../assets/taxonomies/region.json"),
    include_str!("../../../../assets/taxonomies/relation.json"),
    include_str!("../../../../assets/taxonomies/solution_category.json"),
    include_str!("../../../../assets/taxonomies/stage.json"),
    include_str!("../../../../assets/taxonomies/status.json"),
    include_str!("../../../../assets/taxonomies/support_kind.json"),
    include_str!("../../../../assets/taxonomies/technique.json"),
    include_str!("../../../../assets/taxonomies/tier.json"),
    include_str!("../../../../assets/taxonomies/typical_scenario.json"),
];

impl Taxonomies {
    /// The taxonomies compiled into this version.
    ///
    /// # Panics
    /// When a compiled-in file is not a taxonomy; a test reads every file.
    pub fn bundled() -> &'static Self {
        static BUNDLED: std::sync::LazyLock<Taxonomies> = std::sync::LazyLock::new(|| {
            Taxonomies(
                FILES
                    .iter()
                    .map(|text| serde_json::from_str::<Taxonomy>(text).expect("a compiled-in taxonomy is valid"))
                    .map(|taxonomy| (taxonomy.id.clone(), taxonomy))
                    .collect(),
            )
        });
        &BUNDLED
    }

    /// A taxonomy by id.
    pub fn get(&self, id: &str) -> Option<&Taxonomy> {
        self.0.get(id)
    }

    /// The term of a code in a taxonomy.
    pub fn term(&self, taxonomy: &str, code: &str) -> Option<&Term> {
        self.get(taxonomy)?.term(code)
    }

    /// The industry groups that cover an industry code or one of its ancestors. A group code given
    /// instead of an industry code stands for itself.
    pub fn industry_groups(&self, industry: &str) -> Vec<Code> {
        let Some(groups) = self.get("industry_group") else { return Vec::new() };
        if groups.term(industry).is_some() {
            return vec![Code::from(industry)];
        }
        let lineage = self.get("industry").map_or_else(Vec::new, |taxonomy| taxonomy.with_ancestors(industry));
        // The nearest level decides: C39 belongs to electronics even where all of C has a group.
        for code in &lineage {
            let found: Vec<Code> = groups
                .terms
                .iter()
                .filter(|term| term.covers.contains(code))
                .map(|term| term.code.clone())
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}
