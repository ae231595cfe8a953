//! From words to codes: what people call a taxonomy code, and what they call a facet.
//!
//! The index holds codes alone; a query word that is the name of a code finds the records coded so. Only whole
//! names count: `制造` is not `制造业`, or every word would drag half the catalog in.

use std::collections::{BTreeMap, HashMap};

use super::schema::facet;
use super::text::key;
use crate::model::{OWN, Taxonomies};

/// Facets whose code names stand for records in free text.
pub(super) const NAMED: &[&str] = &[
    "region",
    "industry",
    "industry_group",
    "technique",
    "typical_scenario",
    "tier",
];

/// What else a facet is called in a query, as keys. The names of the taxonomies count besides.
const FIELD_NAMES: &[(&str, &str)] = &[
    ("类型", "kind"),
    ("种类", "kind"),
    ("type", "kind"),
    ("行业", "industry_group"),
    ("行业门类", "industry"),
    ("环节", "stage"),
    ("阶段", "stage"),
    ("技术", "technique"),
    ("tech", "technique"),
    ("典型场景", "typical_scenario"),
    ("typicalscenario", "typical_scenario"),
    ("行动", "action"),
    ("省", "region"),
    ("省份", "region"),
    ("province", "region"),
    ("核验", "status"),
    ("状态", "status"),
    ("称号", "tier"),
    ("梯度", "tier"),
    ("需求类别", "need_kind"),
    ("needkind", "need_kind"),
    ("交付", "delivery"),
    ("方案类型", "solution_category"),
    ("category", "solution_category"),
    ("industrygroup", "industry_group"),
    ("solutioncategory", "solution_category"),
    ("年", "year"),
    ("年份", "year"),
    ("名单", "list"),
    ("推断", "inferred"),
    ("存疑", "doubtful"),
    ("来源", "feed"),
    ("数据源", "feed"),
    ("source", "feed"),
];

/// Names of codes and facets, ready for look-up.
#[derive(Debug, Default)]
pub struct Labels {
    taxonomies: Taxonomies,
    /// Key of a name → `(facet, code)`, of the facets in [`NAMED`].
    named: HashMap<String, Vec<(String, String)>>,
    /// Facet → key of a name → codes.
    values: HashMap<String, BTreeMap<String, Vec<String>>>,
    fields: HashMap<String, String>,
}

/// Endings without which a name is still the same name.
const ENDINGS: &[&str] = &["省", "市", "自治区", "特别行政区"];

impl Labels {
    /// Reads the names of all taxonomies that are facets.
    pub fn new(taxonomies: &Taxonomies) -> Self {
        let mut labels = Self {
            taxonomies: taxonomies.clone(),
            ..Self::default()
        };
        for (name, id) in FIELD_NAMES {
            labels.fields.insert((*name).to_owned(), (*id).to_owned());
        }
        for (id, taxonomy) in &taxonomies.0 {
            if facet(id).is_none() {
                continue;
            }
            for name in taxonomy.name.all() {
                labels.fields.entry(key(name)).or_insert_with(|| id.clone());
            }
            for term in &taxonomy.terms {
                for name in [&term.zh, &term.en].into_iter().chain(&term.aliases) {
                    labels.add(id, term.code.as_str(), key(name));
                }
            }
        }
        labels
    }

    fn add(&mut self, facet: &str, code: &str, name: String) {
        let short = ENDINGS
            .iter()
            .filter(|_| facet == "region")
            .find_map(|ending| name.strip_suffix(ending));
        if let Some(short) = short
            .filter(|short| short.chars().count() > 1)
            .map(str::to_owned)
        {
            self.add(facet, code, short);
        }
        if name.is_empty() {
            return;
        }
        let codes = self
            .values
            .entry(facet.to_owned())
            .or_default()
            .entry(name.clone())
            .or_default();
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
            // One-character names (气, 券) are words of their own far more often than names of a code.
            if NAMED.contains(&facet) && name.chars().count() > 1 {
                self.named
                    .entry(name)
                    .or_default()
                    .push((facet.to_owned(), code.to_owned()));
            }
        }
    }

    /// Whether these labels were made from `taxonomies`.
    pub fn fit(&self, taxonomies: &Taxonomies) -> bool {
        self.taxonomies == *taxonomies
    }

    /// The codes that a word or phrase names, as terms of the field `code`.
    pub fn codes_named(&self, name: &str) -> Vec<String> {
        let found = self.named.get(&key(name)).into_iter().flatten();
        found
            .map(|(facet, code)| format!("{facet}={code}"))
            .collect()
    }

    /// The facet that a field of the query box means.
    pub fn facet_named(&self, name: &str) -> Option<&str> {
        let lower = name.to_lowercase();
        if let Some(idx) = facet(&lower) {
            return super::schema::FACETS.get(idx).copied();
        }
        self.fields.get(&key(name)).map(String::as_str)
    }

    /// The codes that a value of a facet means: the code itself or a name of it; a value that nobody knows
    /// stands for itself.
    pub fn values_named(&self, facet: &str, value: &str) -> Vec<String> {
        if let Some(term) = self
            .taxonomies
            .get(facet)
            .and_then(|taxonomy| taxonomy.term(value))
        {
            return vec![term.code.0.clone()];
        }
        if let Some(codes) = self
            .values
            .get(facet)
            .and_then(|names| names.get(&key(value)))
        {
            return codes.clone();
        }
        let other = match (facet, key(value).as_str()) {
            (_, "未注明" | "无") => super::schema::NONE,
            ("inferred" | "doubtful", "是" | "true" | "1") => "yes",
            ("inferred" | "doubtful", "否" | "false" | "0") => "no",
            ("feed", "自己的" | "我的" | "自有" | "mine") => OWN,
            _ => value,
        };
        vec![other.to_owned()]
    }
}
