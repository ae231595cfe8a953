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
        while let Some(parent) = codes
            .last()
            .and_then(|code| self.term(code.as_str()))
            .and_then(|term| term.parent.clone())
        {
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
    include_str!("../../../../assets/taxonomies/constraint.json"),
    include_str!("../../../../assets/taxonomies/data_kind.json"),
    include_str!("../../../../assets/taxonomies/delivery.json"),
    include_str!("../../../../assets/taxonomies/deployment.json"),
    include_str!("../../../../assets/taxonomies/doc_kind.json"),
    include_str!("../../../../assets/taxonomies/industry.json"),
    include_str!("../../../../assets/taxonomies/industry_group.json"),
    include_str!("../../../../assets/taxonomies/kind.json"),
    include_str!("../../../../assets/taxonomies/level.json"),
    include_str!("../../../../assets/taxonomies/maturity.json"),
    include_str!("../../../../assets/taxonomies/need_kind.json"),
    include_str!("../../../../assets/taxonomies/partner.json"),
    include_str!("../../../../assets/taxonomies/region.json"),
    include_str!("../../../../assets/taxonomies/relation.json"),
    include_str!("../../../../assets/taxonomies/sensitivity.json"),
    include_str!("../../../../assets/taxonomies/solution_category.json"),
    include_str!("../../../../assets/taxonomies/stage.json"),
    include_str!("../../../../assets/taxonomies/status.json"),
    include_str!("../../../../assets/taxonomies/support_kind.json"),
    include_str!("../../../../assets/taxonomies/technique.json"),
    include_str!("../../../../assets/taxonomies/tier.json"),
    include_str!("../../../../assets/taxonomies/typical_scenario.json"),
    include_str!("../../../../assets/taxonomies/validity.json"),
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
                    .map(|text| {
                        serde_json::from_str::<Taxonomy>(text)
                            .expect("a compiled-in taxonomy is valid")
                    })
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
        let Some(groups) = self.get("industry_group") else {
            return Vec::new();
        };
        if groups.term(industry).is_some() {
            return vec![Code::from(industry)];
        }
        let lineage = self
            .get("industry")
            .map_or_else(Vec::new, |taxonomy| taxonomy.with_ancestors(industry));
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn terms(taxonomy: &str) -> &'static [Term] {
        &Taxonomies::bundled()
            .get(taxonomy)
            .unwrap_or_else(|| panic!("taxonomy {taxonomy} is bundled"))
            .terms
    }

    fn name(taxonomy: &str, code: &str) -> &'static str {
        &Taxonomies::bundled()
            .term(taxonomy, code)
            .unwrap_or_else(|| panic!("{taxonomy} knows {code}"))
            .zh
    }

    fn count(taxonomy: &str, chosen: impl Fn(&Term) -> bool) -> usize {
        terms(taxonomy).iter().filter(|term| chosen(term)).count()
    }

    fn top(taxonomy: &str) -> usize {
        count(taxonomy, |term| term.parent.is_none())
    }

    #[test]
    fn the_lists_are_complete() {
        assert_eq!(Taxonomies::bundled().0.len(), FILES.len());
        // Provinces, sections, stages; below them: the corps and five cities, divisions, scenarios.
        for (id, above, below) in [
            ("region", 34, 6),
            ("industry", 20, 97),
            ("typical_scenario", 8, 40),
        ] {
            assert_eq!(top(id), above, "{id}");
            assert_eq!(terms(id).len() - top(id), below, "{id}");
        }
        let supports = |term: &Term| {
            term.parent
                .as_ref()
                .is_some_and(|parent| parent.as_str() == "support")
        };
        assert_eq!(count("action", supports), 8, "supports");
        assert_eq!(
            count("action", |term| term.parent.is_some() && !supports(term)),
            17,
            "clauses of the actions"
        );
        assert_eq!(
            count("action", |term| term.parent.is_none()
                && term.code.as_str() != "support"),
            6,
            "actions"
        );
        assert_eq!(count("stage", |_| true), 5);
        for kind in crate::model::Kind::ALL {
            assert!(!name("kind", kind.as_str()).is_empty());
        }
        assert_eq!(count("kind", |_| true), crate::model::Kind::ALL.len());
    }

    #[test]
    fn codes_are_unique_parents_exist_and_both_names_are_there() {
        for (id, taxonomy) in &Taxonomies::bundled().0 {
            assert!(
                !taxonomy.source.is_empty()
                    && taxonomy.name.zh.is_some()
                    && taxonomy.name.en.is_some(),
                "{id}"
            );
            let codes: BTreeSet<&Code> = taxonomy.terms.iter().map(|term| &term.code).collect();
            assert_eq!(codes.len(), taxonomy.terms.len(), "{id} repeats a code");
            for term in &taxonomy.terms {
                assert!(
                    !term.zh.is_empty() && !term.en.is_empty(),
                    "{id} {} lacks a name",
                    term.code
                );
                assert!(
                    term.parent.iter().all(|parent| codes.contains(parent)),
                    "{id} {} has no parent",
                    term.code
                );
            }
        }
    }

    #[test]
    fn a_printed_name_means_one_code() {
        for (id, taxonomy) in &Taxonomies::bundled().0 {
            let mut owner: BTreeMap<String, &Code> = BTreeMap::new();
            for term in &taxonomy.terms {
                for printed in term.aliases.iter().chain([&term.zh, &term.en]) {
                    let before = owner.insert(printed.to_lowercase(), &term.code);
                    // A section and its only division share a name.
                    let same = before.is_none_or(|code| {
                        *code == term.code || term.parent.as_ref() == Some(code)
                    });
                    assert!(same, "{id}: {printed} means {before:?} and {}", term.code);
                }
            }
        }
    }

    #[test]
    fn every_industry_code_has_exactly_one_group_and_groups_cover_known_codes() {
        for term in terms("industry") {
            let groups = Taxonomies::bundled().industry_groups(term.code.as_str());
            assert_eq!(groups.len(), 1, "{} is covered by {groups:?}", term.code);
        }
        for group in terms("industry_group") {
            for code in &group.covers {
                assert!(
                    Taxonomies::bundled()
                        .term("industry", code.as_str())
                        .is_some(),
                    "{} covers {code}",
                    group.code
                );
            }
        }
        let group = |code| {
            Taxonomies::bundled()
                .industry_groups(code)
                .remove(0)
                .to_string()
        };
        assert_eq!(group("C39"), "electronics");
        assert_eq!(group("C"), "manufacturing");
        assert_eq!(group("B06"), "energy");
        assert_eq!(group("B08"), "mining");
        assert_eq!(group("Q84"), "health");
    }

    #[test]
    fn industries_are_those_of_the_2017_edition() {
        assert_eq!(name("industry", "C25"), "石油、煤炭及其他燃料加工业");
        assert_eq!(name("industry", "A05"), "农、林、牧、渔专业及辅助性活动");
        assert_eq!(name("industry", "B11"), "开采专业及辅助性活动");
        assert_eq!(name("industry", "E50"), "建筑装饰、装修和其他建筑业");
        assert_eq!(name("industry", "G58"), "多式联运和运输代理业");
        assert_eq!(name("industry", "G59"), "装卸搬运和仓储业");
        assert_eq!(name("industry", "N79"), "土地管理业");
        for code in [
            "O80", "O82", "P83", "Q84", "Q85", "R86", "R90", "S91", "S96", "T97",
        ] {
            let section = Taxonomies::bundled()
                .term("industry", code)
                .and_then(|term| term.parent.as_ref());
            assert_eq!(section.map(Code::as_str), Some(&code[..1]), "{code}");
        }
    }

    #[test]
    fn only_the_part_of_the_typical_scenarios_seen_in_the_draft_counts_as_confirmed() {
        for term in terms("typical_scenario")
            .iter()
            .filter(|term| term.parent.is_some())
        {
            let number: u32 = term
                .code
                .as_str()
                .parse()
                .expect("a typical scenario is numbered");
            assert_eq!(term.unconfirmed, number > 8, "{number}");
        }
    }
}
