//! Which record of the user's a row is: by credit code, by name, or by a name that is nearly the same.
//!
//! Two of the same name are different where both say to whom they belong and say it differently: many enterprises have a
//! case called 质检.

use std::collections::{HashMap, HashSet};

use crate::api::types::SameBy;
use crate::model::RecordRef;

/// Names at least this alike are offered as the same.
const ALIKE: f64 = 0.86;
/// Shorter names are the same or they are not.
const SHORTEST: usize = 5;
/// A pair of letters that more names have than this tells nothing.
const COMMON: usize = 400;

/// What of a record tells whether it is the same as another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Its names without case, spaces and punctuation (`search::text::key`).
    pub names: Vec<String>,
    /// Key of the party that it belongs to; empty where nobody said.
    pub owner: String,
    /// Its credit code; empty where it has none.
    pub credit_code: String,
}

/// A record of the user's, as far as it tells whether it is the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub reference: RecordRef,
    /// Its name as shown.
    pub name: String,
    /// What tells it.
    pub identity: Identity,
}

/// The user's records of a kind, by what tells them.
#[derive(Debug, Default)]
pub struct Directory {
    known: Vec<Known>,
    credit_codes: HashMap<String, usize>,
    names: HashMap<String, Vec<usize>>,
    pairs: HashMap<(char, char), Vec<usize>>,
}

impl Directory {
    /// Enters records.
    pub fn new(known: Vec<Known>) -> Self {
        let mut directory = Self::default();
        for (at, one) in known.iter().enumerate() {
            if !one.identity.credit_code.is_empty() {
                directory
                    .credit_codes
                    .entry(one.identity.credit_code.clone())
                    .or_insert(at);
            }
            for name in &one.identity.names {
                directory.names.entry(name.clone()).or_default().push(at);
            }
            if let Some(name) = one.identity.names.first() {
                let pairs: HashSet<(char, char)> = pairs(name).collect();
                #[expect(
                    clippy::iter_over_hash_type,
                    reason = "each list is sorted by the record"
                )]
                for pair in pairs {
                    directory.pairs.entry(pair).or_default().push(at);
                }
            }
        }
        directory.known = known;
        directory
    }

    /// A record.
    pub fn known(&self, at: usize) -> &Known {
        &self.known[at]
    }

    /// The records that one may be the same as, surest first: of equal names there may be several.
    pub fn find(&self, identity: &Identity) -> Option<(SameBy, Vec<usize>)> {
        if let Some(at) = self.credit_codes.get(&identity.credit_code) {
            return Some((SameBy::CreditCode, vec![*at]));
        }
        let fits = |at: &usize| may_be(&self.known[*at].identity, identity);
        let same: Vec<usize> = identity
            .names
            .iter()
            .filter_map(|name| self.names.get(name))
            .flatten()
            .copied()
            .filter(fits)
            .collect();
        if !same.is_empty() {
            return Some((SameBy::Name, same));
        }
        let nearest = self.nearest(identity)?;
        Some((SameBy::Similarity, vec![nearest]))
    }

    fn nearest(&self, identity: &Identity) -> Option<usize> {
        let name = identity.names.first()?;
        if name.chars().count() < SHORTEST {
            return None;
        }
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let own: HashSet<(char, char)> = pairs(name).collect();
        let lists = own.iter().filter_map(|pair| self.pairs.get(pair));
        for at in lists.filter(|list| list.len() <= COMMON).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let mut candidates: Vec<(usize, usize)> = shared.into_iter().collect();
        candidates.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        candidates
            .into_iter()
            .take(20)
            .filter(|(at, _)| may_be(&self.known[*at].identity, identity))
            .map(|(at, _)| {
                let other = &self.known[at].identity.names[0];
                (dice(unformed(name), unformed(other)), at)
            })
            .filter(|(alike, at)| {
                *alike >= ALIKE && numbers(name) == numbers(&self.known[*at].identity.names[0])
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(_, at)| at)
    }
}

/// Whether nothing says that two belong to different parties or are different legal persons.
pub(super) fn may_be(one: &Identity, other: &Identity) -> bool {
    let agree = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
    agree(&one.owner, &other.owner) && agree(&one.credit_code, &other.credit_code)
}

/// A name without the legal form at its end, which people write in several ways.
fn unformed(name: &str) -> &str {
    const FORMS: &[&str] = &[
        "股份有限公司",
        "有限责任公司",
        "有限公司",
        "集团公司",
        "公司",
        "corporation",
        "limited",
        "company",
        "coltd",
        "ltd",
        "inc",
        "llc",
        "gmbh",
        "corp",
    ];
    let form = FORMS.iter().find_map(|form| name.strip_suffix(form));
    form.filter(|rest| rest.chars().count() >= SHORTEST)
        .unwrap_or(name)
}

/// 一期 and 二期, Line 1 and Line 2 are nearly the same name and not the same thing.
fn numbers(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
        .collect()
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

/// How alike two texts are, by the pairs of letters that they share: Dice, 0–1.
pub(super) fn dice(one: &str, other: &str) -> f64 {
    let a: HashSet<(char, char)> = pairs(one).collect();
    let b: HashSet<(char, char)> = pairs(other).collect();
    if a.is_empty() || b.is_empty() {
        return if one == other { 1.0 } else { 0.0 };
    }
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[(&str, &str, &str)]) -> Directory {
        Directory::new(
            names
                .iter()
                .enumerate()
                .map(|(at, (name, owner, code))| Known {
                    reference: RecordRef::new("own", "provider", &format!("fixture-{at}")).unwrap(),
                    name: (*name).to_owned(),
                    identity: identity(name, owner, code),
                })
                .collect(),
        )
    }

    fn identity(name: &str, owner: &str, code: &str) -> Identity {
        Identity {
            names: vec![crate::search::text::key(name)],
            owner: owner.to_owned(),
            credit_code: code.to_owned(),
        }
    }

    #[test]
    fn a_credit_code_says_more_than_a_name() {
        let directory = known(&[("夹具甲", "", "91A"), ("夹具乙", "", "91B")]);
        let found = directory.find(&identity("夹具乙", "", "91A"));
        assert_eq!(found, Some((SameBy::CreditCode, vec![0])));
        assert_eq!(
            directory.find(&identity("夹具乙", "", "91C")),
            None,
            "two legal persons of one name"
        );
    }

    #[test]
    fn equal_names_of_different_owners_are_different() {
        let directory = known(&[("质检", "a", ""), ("质检", "b", "")]);
        assert_eq!(
            directory.find(&identity("质 检", "b", "")),
            Some((SameBy::Name, vec![1]))
        );
        assert_eq!(directory.find(&identity("质检", "c", "")), None);
        assert_eq!(
            directory.find(&identity("质检", "", "")),
            Some((SameBy::Name, vec![0, 1]))
        );
    }

    #[test]
    fn nearly_equal_names_are_found_unless_they_count() {
        let directory = known(&[
            ("夹具智能装备科技有限公司", "", ""),
            ("夹具质检平台一期", "", ""),
        ]);
        let near = directory.find(&identity("夹具智能装备科技（有限）公司。", "", ""));
        assert_eq!(near.map(|(_, at)| at), Some(vec![0]));
        let near = directory.find(&identity("夹具智能装备科技有限责任公司", "", ""));
        assert_eq!(near, Some((SameBy::Similarity, vec![0])));
        assert_eq!(directory.find(&identity("夹具质检平台二期", "", "")), None);
    }
}
