//! How alike two codes of a taxonomy are: Lin similarity over the tree, by how rare codes are in the catalog.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::model::{Code, Taxonomies};
use crate::search::{Index, IndexError};

/// Taxonomies whose codes are compared.
const COMPARED: [&str; 4] = ["industry", "stage", "technique", "typical_scenario"];

/// How alike codes are, with the statistics of one state of the index.
#[derive(Debug, Default)]
pub struct Similarity {
    /// Taxonomy → code → the code and all above it.
    lineages: BTreeMap<&'static str, HashMap<Code, Vec<Code>>>,
    /// Taxonomy → code → what it tells.
    information: BTreeMap<&'static str, HashMap<Code, f64>>,
    /// What a code tells that no record has.
    most: f64,
}

impl Similarity {
    /// Counts the codes of an index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(index: &Index, taxonomies: &Taxonomies) -> Result<Self, IndexError> {
        let records = f64::from(index.documents());
        let tells = |count: f64| -((count + 1.0) / (records + 2.0)).ln();
        let mut similarity = Self {
            most: tells(0.0),
            ..Self::default()
        };
        for id in COMPARED {
            let counts = index.code_counts(id)?;
            let groups = match id {
                "industry" => index.code_counts("industry_group")?,
                _ => Arc::default(),
            };
            similarity.information.insert(
                id,
                counts
                    .iter()
                    .chain(&*groups)
                    .map(|(code, count)| (Code(code.clone()), tells(f64::from(*count))))
                    .collect(),
            );
            let lineages = lineages(id, taxonomies);
            similarity.lineages.insert(id, lineages);
        }
        Ok(similarity)
    }

    /// How alike a code is to the nearest of others, from 0 to 1.
    pub fn nearest(&self, taxonomy: &str, code: &Code, others: &[Code]) -> f64 {
        others
            .iter()
            .map(|other| self.between(taxonomy, code, other))
            .fold(0.0, f64::max)
    }

    fn between(&self, taxonomy: &str, one: &Code, other: &Code) -> f64 {
        if one == other {
            return 1.0;
        }
        let known = self
            .lineages
            .get(taxonomy)
            .and_then(|lineages| Some((lineages.get(one)?, lineages.get(other)?)));
        let Some((ones, others)) = known else {
            return 0.0;
        };
        let shared = ones
            .iter()
            .filter(|code| others.contains(code))
            .map(|code| self.tells(taxonomy, code))
            .fold(0.0, f64::max);
        let sum = self.tells(taxonomy, one) + self.tells(taxonomy, other);
        // A group that holds nearly all records tells nothing, and neither do its parts about each other.
        if sum > 0.0 {
            (2.0 * shared / sum).min(1.0)
        } else {
            0.0
        }
    }

    fn tells(&self, taxonomy: &str, code: &Code) -> f64 {
        self.information
            .get(taxonomy)
            .and_then(|codes| codes.get(code))
            .copied()
            .unwrap_or(self.most)
    }
}

/// Every code of a taxonomy with itself and all above it; of industries, the groups as well, and the groups that
/// cover a code among what is above it.
fn lineages(id: &str, taxonomies: &Taxonomies) -> HashMap<Code, Vec<Code>> {
    let Some(taxonomy) = taxonomies.get(id) else {
        return HashMap::new();
    };
    let mut lineages: HashMap<Code, Vec<Code>> = (taxonomy.terms.iter())
        .map(|term| {
            let above = taxonomy.with_ancestors(term.code.as_str());
            (term.code.clone(), above)
        })
        .collect();
    let groups = match id {
        "industry" => taxonomies.get("industry_group"),
        _ => None,
    };
    let Some(groups) = groups else {
        return lineages;
    };
    // Groups overlap: that of all manufacturing covers section C, that of equipment some of its divisions.
    let inside = |part: &[Code], whole: &[Code]| {
        let within = |code: &Code| match lineages.get(code) {
            Some(above) => above.iter().any(|code| whole.contains(code)),
            None => whole.contains(code),
        };
        !part.is_empty() && part.iter().all(within)
    };
    let covering = |code: &Code, covered: &[Code]| -> Vec<Code> {
        (groups.terms.iter())
            .filter(|group| group.code != *code && inside(covered, &group.covers))
            .map(|group| group.code.clone())
            .collect()
    };
    let mut found: Vec<(Code, Vec<Code>)> = Vec::new();
    for term in &taxonomy.terms {
        let covered = groups.term(term.code.as_str());
        let covered = covered.map_or(std::slice::from_ref(&term.code), |group| &group.covers);
        found.push((term.code.clone(), covering(&term.code, covered)));
    }
    for group in &groups.terms {
        found.push((group.code.clone(), covering(&group.code, &group.covers)));
    }
    for (code, groups) in found {
        let lineage = lineages
            .entry(code)
            .or_insert_with_key(|code| vec![code.clone()]);
        lineage.extend(groups);
    }
    lineages
}
