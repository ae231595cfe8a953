//! The words of documents in Chinese and English.
//!
//! Documents leave the product as they are and are read without it, so their words live here and not in a screen. Names of
//! codes come from the taxonomies. Both languages fill the same struct, so neither can lack a word.

mod en;
mod fields;
mod zh;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use fields::{Field, columns_of};

use crate::model::{Code, RecordRef, Status, Taxonomies, Text};

/// The language of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ExportLanguage")]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// The words of one language. `{n}` and the like stand for what is filled in.
pub struct Texts {
    /// The language.
    pub(super) language: Language,
    /// Its tag (BCP 47).
    pub(super) tag: &'static str,
    /// Page numbers: before, between and after the two figures.
    pub(super) page_of: (&'static str, &'static str, &'static str),
    /// Between names of one cell.
    pub(super) comma: &'static str,
    /// Between parts of one cell that a reader of tables takes apart again.
    pub(super) semicolon: &'static str,
    /// After a label.
    pub(super) colon: &'static str,
    pub(super) about: &'static str,
    pub(super) product: &'static str,
    pub(super) made: &'static str,
    pub(super) catalog: &'static str,
    pub(super) records: &'static str,
    pub(super) searched: &'static str,
    pub(super) count: &'static str,
    pub(super) private: &'static str,
    pub(super) private_none: &'static str,
    pub(super) phones_masked: &'static str,
    pub(super) number: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) reference: &'static str,
    pub(super) who: &'static str,
    pub(super) industry: &'static str,
    pub(super) stage: &'static str,
    pub(super) region: &'static str,
    pub(super) date: &'static str,
    pub(super) status: &'static str,
    pub(super) own: &'static str,
    pub(super) source_numbers: &'static str,
    pub(super) by_kind: &'static str,
    pub(super) by_industry_and_stage: &'static str,
    pub(super) not_stated: &'static str,
    pub(super) field: &'static str,
    pub(super) value: &'static str,
    pub(super) inferred: &'static str,
    pub(super) inferred_fields: &'static str,
    /// What a list says of a record: number, group.
    pub(super) membership: [&'static str; 2],
    pub(super) facts: &'static str,
    pub(super) links: &'static str,
    pub(super) relation: &'static str,
    pub(super) sources: &'static str,
    pub(super) gone: &'static str,
    pub(super) yuan: &'static str,
    pub(super) comparison: &'static str,
    pub(super) different: &'static str,
    pub(super) match_report: &'static str,
    pub(super) match_offer: &'static str,
    pub(super) need: &'static str,
    pub(super) untitled: &'static str,
    pub(super) enterprise: &'static str,
    pub(super) masked_name: &'static str,
    pub(super) target: &'static str,
    pub(super) targets: [&'static str; 5],
    pub(super) conditions: &'static str,
    pub(super) strictness: &'static str,
    pub(super) strengths: [&'static str; 3],
    pub(super) states: [&'static str; 3],
    /// Conditions that no criterion judges.
    pub(super) unjudged: &'static str,
    pub(super) why: &'static str,
    /// Why: start, goal, budget.
    pub(super) unjudged_why: [&'static str; 3],
    pub(super) hits: &'static str,
    pub(super) near: &'static str,
    pub(super) rank: &'static str,
    pub(super) provider: &'static str,
    pub(super) score: &'static str,
    pub(super) reasons: &'static str,
    pub(super) open_questions: &'static str,
    pub(super) words: &'static str,
    pub(super) contributions: &'static str,
    pub(super) criterion_title: &'static str,
    pub(super) asked: &'static str,
    pub(super) offered: &'static str,
    pub(super) weight: &'static str,
    pub(super) fit: &'static str,
    pub(super) contribution: &'static str,
    pub(super) state: &'static str,
    pub(super) evidence: &'static str,
    pub(super) affinity: &'static str,
    pub(super) cited: &'static str,
    pub(super) violated: &'static str,
    pub(super) would_rank: &'static str,
    pub(super) shortlist: &'static str,
    pub(super) note: &'static str,
    pub(super) added: &'static str,
    pub(super) caution: &'static str,
    pub(super) none: &'static str,
    pub(super) roadmap: &'static str,
    pub(super) phase: &'static str,
    pub(super) phases: [&'static str; 3],
    pub(super) scenario: &'static str,
    pub(super) after: &'static str,
    pub(super) prerequisites: &'static str,
    pub(super) prerequisites_note: &'static str,
    pub(super) elsewhere: &'static str,
    pub(super) stated: &'static str,
    pub(super) support: &'static str,
    pub(super) support_kind: &'static str,
    pub(super) eligible: &'static str,
    pub(super) amount: &'static str,
    pub(super) nationwide: &'static str,
    pub(super) deadline: &'static str,
    pub(super) portfolio: &'static str,
    pub(super) served: &'static str,
    pub(super) total: &'static str,
    pub(super) gini: &'static str,
    pub(super) demand: &'static str,
    pub(super) locked: &'static str,
    pub(super) yes: &'static str,
    pub(super) short: &'static str,
    pub(super) shorts: [&'static str; 5],
    pub(super) lost: &'static str,
    pub(super) loads: &'static str,
    pub(super) used: &'static str,
    pub(super) capacity: &'static str,
    pub(super) free: &'static str,
    pub(super) board: &'static str,
    pub(super) by_status: &'static str,
    pub(super) need_status: &'static str,
    pub(super) need_statuses: [&'static str; 7],
    pub(super) reason: &'static str,
    pub(super) next: &'static str,
    pub(super) expires: &'static str,
    pub(super) budget_low: &'static str,
    pub(super) budget_high: &'static str,
    pub(super) shortlisted: &'static str,
    pub(super) created: &'static str,
    pub(super) changed: &'static str,
    pub(super) letter: &'static str,
    /// Title, name, problem, wanted, data in words.
    pub(super) form: [&'static str; 4],
    /// The elements of a need, as [`crate::api::types::NeedElement`] orders them, and the level aimed at.
    pub(super) elements: [&'static str; 16],
    /// Criteria of matching: id and name.
    pub(super) criteria: &'static [(&'static str, &'static str)],
    /// Criteria of matching: id and the question to the provider.
    pub(super) questions: &'static [(&'static str, &'static str)],
    /// Parts of a source: title, issuer, date, cited, official, checked, status, licence, records.
    pub(super) source_parts: [&'static str; 9],
    /// Private fields, in the order of [`crate::model::PrivateField::ALL`].
    pub(super) private_fields: [&'static str; 6],
}

/// The words of a language.
pub fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Zh => &zh::TEXTS,
        Language::En => &en::TEXTS,
    }
}

/// A text with what is to be filled in: `{n}` by the value of `n`. Values are taken as they are.
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, more)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let value = values.iter().find(|(known, _)| *known == name);
        out.push_str(value.map_or("", |(_, value)| value));
        rest = more;
    }
    out.push_str(rest);
    out
}

impl Texts {
    /// A localized text in this language, or in the other where it is missing.
    pub fn pick<'a>(&self, text: &'a Text) -> &'a str {
        let (first, second) = match self.language {
            Language::Zh => (&text.zh, &text.en),
            Language::En => (&text.en, &text.zh),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }

    /// The name of a code in the first of the taxonomies (`a|b`) that knows it; a code that nobody knows is itself.
    pub fn term(&self, taxonomies: &str, code: &str) -> String {
        let found = taxonomies
            .split('|')
            .find_map(|taxonomy| Taxonomies::bundled().term(taxonomy, code));
        found.map_or_else(
            || code.to_owned(),
            |term| match self.language {
                Language::Zh => term.zh.clone(),
                Language::En => term.en.clone(),
            },
        )
    }

    /// The names of several codes.
    pub fn terms(&self, taxonomies: &str, codes: &[Code]) -> String {
        let names: Vec<String> = codes
            .iter()
            .map(|code| self.term(taxonomies, code.as_str()))
            .collect();
        names.join(self.comma)
    }

    /// How far a record was verified; what the user wrote is called own instead, as in the window.
    pub(super) fn verification(&self, reference: &RecordRef, status: Option<Status>) -> String {
        if reference.is_own() {
            return self.own.to_owned();
        }
        status.map_or_else(String::new, |status| self.term("status", status.code()))
    }

    /// The name of a criterion; one that this version does not know is itself.
    pub fn criterion<'a>(&self, id: &'a str) -> &'a str {
        named(self.criteria, id).unwrap_or(id)
    }

    /// What to ask about a criterion.
    pub fn question(&self, id: &str) -> &'static str {
        named(self.questions, id).unwrap_or_default()
    }

    /// A label with a value, or nothing without one.
    pub fn labelled(&self, label: &str, value: &str) -> Option<String> {
        (!value.is_empty()).then(|| format!("{label}{}{value}", self.colon))
    }
}

fn named(table: &[(&str, &'static str)], id: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(known, _)| *known == id)
        .map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_once_whatever_they_contain() {
        assert_eq!(filled("共 {n} 条", &[("n", "{n}")]), "共 {n} 条");
        assert_eq!(filled("{a}{b}{", &[("a", "1")]), "1{");
    }

    #[test]
    fn every_criterion_has_a_name_and_a_question_in_both_languages() {
        for language in [Language::Zh, Language::En] {
            let texts = texts(language);
            for criterion in crate::matching::criteria::ALL {
                assert_ne!(texts.criterion(criterion.id()), criterion.id());
                assert!(!texts.question(criterion.id()).is_empty());
            }
        }
    }
}
