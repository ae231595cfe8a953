//! The rule table: rows of `assets/catalog/rules.csv`, and whether a row's words occur in a record.

use std::path::Path;

use atlas_core::model::{Inferred, Record, Taxonomies, Text};
use serde::{Deserialize, Deserializer};
use unicode_normalization::UnicodeNormalization;

use super::CatalogError;
use super::infer::FIELDS;

/// Printed texts that rules may search.
const PLACES: [&str; 6] = ["name", "field", "technique_text", "problem", "list", "any"];

/// One row of the rule table.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Rule {
    pub(crate) id: String,
    /// The field that it assigns.
    pub(crate) field: String,
    /// The printed texts that it searches, joined by `+`.
    #[serde(rename = "where")]
    pub(crate) place: String,
    /// Words of which one must occur; in the table separated by `|`.
    #[serde(deserialize_with = "words")]
    pub(crate) contains: Vec<String>,
    /// Words of which none may occur.
    #[serde(deserialize_with = "words")]
    pub(crate) unless: Vec<String>,
    pub(crate) code: String,
    /// Rules of a lower number come first.
    pub(crate) priority: u32,
}

fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let cell = String::deserialize(deserializer)?;
    if cell.is_empty() {
        return Ok(Vec::new());
    }
    Ok(cell.split('|').map(plain).collect())
}

/// The rule table.
#[derive(Debug)]
pub(crate) struct Rules(Vec<Rule>);

/// The printed texts of a record.
pub(crate) struct Texts {
    name: String,
    field: String,
    technique_text: String,
    problem: String,
    list: String,
}

impl Rules {
    /// Reads and checks `assets/catalog/rules.csv`.
    pub(crate) fn read(root: &Path) -> Result<Self, CatalogError> {
        const FILE: &str = "assets/catalog/rules.csv";
        let mut rules = super::read_csv::<Rule>(root, FILE)?;
        for (idx, rule) in rules.iter().enumerate() {
            let fault = |reason: String, remedy: &str| {
                Err(CatalogError::line(FILE, idx + 2, reason, remedy))
            };
            if rules[..idx].iter().any(|other| other.id == rule.id) {
                return fault(
                    format!("the id {} comes twice", rule.id),
                    "give each rule an id of its own",
                );
            }
            if !FIELDS.contains(&rule.field.as_str()) {
                return fault(
                    format!("{} may not be inferred", rule.field),
                    "use industry, stage, technique or typical_scenario",
                );
            }
            if rule.place.split('+').any(|place| !PLACES.contains(&place)) {
                return fault(
                    format!("{} is no text", rule.place),
                    "use name, field, technique_text, problem, list or any, joined by +",
                );
            }
            if !is_known(&rule.field, &rule.code) {
                return fault(
                    format!("the code {} is in no taxonomy", rule.code),
                    "use a code of the taxonomy of the field",
                );
            }
            if rule.contains.is_empty()
                || rule
                    .contains
                    .iter()
                    .chain(&rule.unless)
                    .any(String::is_empty)
            {
                return fault(
                    "has an empty word".to_owned(),
                    "remove the | or write a word",
                );
            }
        }
        rules.sort_by(|a, b| (a.priority, &a.id).cmp(&(b.priority, &b.id)));
        Ok(Self(rules))
    }

    /// The rules, by priority and id.
    pub(crate) fn rows(&self) -> &[Rule] {
        &self.0
    }
}

fn is_known(field: &str, code: &str) -> bool {
    let taxonomies = Taxonomies::bundled();
    taxonomies.term(field, code).is_some()
        || field == "industry" && taxonomies.term("industry_group", code).is_some()
}

impl Texts {
    /// The printed texts of a record.
    pub(crate) fn of(record: &Record) -> Self {
        let head = record.head();
        let texts = |texts: &[Option<&Text>]| -> Vec<String> {
            texts
                .iter()
                .flatten()
                .flat_map(|text| text.all())
                .map(str::to_owned)
                .collect()
        };
        let problem = match record {
            Record::Scenario(record) => texts(&[record.problem.as_ref(), record.approach.as_ref()]),
            Record::Case(record) => texts(&[record.problem.as_ref(), record.approach.as_ref()]),
            Record::Need(record) => texts(&[record.problem.as_ref(), record.wanted.as_ref()]),
            Record::Solution(record) => texts(&[record.capability.as_ref()]),
            _ => Vec::new(),
        };
        let mut technique_text = head.technique_text.clone();
        if let Record::Provider(record) = record {
            technique_text.extend(record.products.iter().chain(&record.offers).cloned());
        }
        // The lists on which the record itself stands, not those that only name it.
        let on_list = |key: &str| head.lists.iter().any(|membership| membership.source == key);
        let list: Vec<String> = head
            .sources
            .iter()
            .filter(|source| on_list(&source.key))
            .filter_map(|source| source.title.clone())
            .collect();
        Self {
            name: plain(&head.name.all().collect::<Vec<_>>().join("\n")),
            field: plain(&head.field.join("\n")),
            technique_text: plain(&technique_text.join("\n")),
            problem: plain(&problem.join("\n")),
            list: plain(&list.join("\n")),
        }
    }

    fn at(&self, place: &str) -> Vec<&str> {
        match place {
            "name" => vec![&self.name],
            "field" => vec![&self.field],
            "technique_text" => vec![&self.technique_text],
            "problem" => vec![&self.problem],
            "list" => vec![&self.list],
            _ => vec![&self.name, &self.field, &self.technique_text, &self.problem],
        }
    }
}

fn plain(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| *c != ' ')
        .collect()
}

impl Rule {
    /// Whether the words of the rule occur in these texts.
    pub(crate) fn fires(&self, texts: &Texts) -> bool {
        let texts: Vec<&str> = self
            .place
            .split('+')
            .flat_map(|place| texts.at(place))
            .collect();
        let occurs = |words: &[String]| {
            words
                .iter()
                .any(|word| texts.iter().any(|text| has_word(text, word)))
        };
        occurs(&self.contains) && !occurs(&self.unless)
    }

    /// Whether the words of the rule occur in a record of a kind to which it may assign its field.
    #[cfg(test)]
    pub(crate) fn applies(&self, record: &Record) -> bool {
        super::infer::fields(record.kind()).contains(&self.field.as_str())
            && self.fires(&Texts::of(record))
    }

    /// The mark that a code has by this rule.
    pub(crate) fn mark(&self) -> Inferred {
        Inferred {
            field: self.field.clone(),
            by: format!("rule:{}", self.id),
        }
    }
}

/// Whether a word occurs. A Latin word must stand alone: `rag` is not in `storage`.
fn has_word(text: &str, word: &str) -> bool {
    let is_latin = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !is_latin
            || !before.is_some_and(|c| c.is_ascii_alphanumeric())
                && !after.is_some_and(|c| c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_word_stands_alone_and_a_chinese_word_anywhere() {
        assert!(has_word("基于rag的问答", "rag"));
        assert!(!has_word("storage", "rag"));
        assert!(has_word("钢铁表面缺陷检测", "缺陷检测"));
    }
}
