//! The way back: the Chinese headwords whose glosses are an English phrase.
//!
//! Made at the first English query and kept: places in the dictionary, sorted by the stems of the phrase.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::stem::stem;
use super::dictionary;
use super::terms;
use crate::model::Taxonomies;

/// Longest phrase looked for, in words.
pub(super) const LONGEST: usize = 4;
/// Headwords for one phrase, at most: the rest are rare words of the same meaning.
const HEADWORDS: usize = 8;
/// Place from which on glosses of a headword count alike: the usual meaning is not always among the first.
const LATER: usize = 2;
/// What a word counts in a term of the taxonomies beside one in a headword: 故障 is a fault in a plant, 断层 one in the
/// ground.
const OWN: u64 = 4;
/// Words that phrases do without, sorted.
const SILENT: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "has", "have",
    "if", "in", "into", "is", "it", "its", "of", "on", "or", "our", "so", "such", "than", "that",
    "the", "their", "these", "they", "this", "those", "to", "was", "we", "were", "which", "with",
    "you", "your",
];
/// Ends of nouns whose verbs have another stem, with the ends of the verbs.
const NOUNS: &[(&str, &str)] = &[
    ("duction", "duce"),
    ("sumption", "sume"),
    ("scription", "scribe"),
    ("solution", "solve"),
    ("ification", "ify"),
    ("uisition", "uire"),
    ("planation", "plain"),
    ("tenance", "tain"),
    ("vision", "vide"),
    ("gnosis", "gnose"),
    ("cognition", "cognize"),
    ("emission", "emit"),
    ("assembly", "assemble"),
];

static BACK: LazyLock<HashMap<Box<str>, Vec<&'static str>>> = LazyLock::new(|| {
    /// How good a headword is for a phrase, the best least: own terms, then early glosses of common words of two
    /// characters; among equals, words that mean little else.
    type Rank = (i64, usize, &'static str);
    let mut ranked: HashMap<Box<str>, Vec<Rank>> = HashMap::new();
    for term in terms::ALL.iter() {
        for phrase in &term.en {
            let words: Vec<&str> = terms::content(phrase);
            if let Some(key) = key(&words) {
                ranked.entry(key).or_default().push((i64::MIN, 0, &term.zh));
            }
        }
    }
    let common = compounds();
    for (headword, glosses) in dictionary::lines() {
        let odd = headword.chars().count().abs_diff(2);
        let common = common.get(headword).copied().unwrap_or(0);
        // Every doubling makes up for more than one place among the glosses.
        let common = (common.min(9_999) + 1).pow(4).ilog2();
        let base = 6 * i64::try_from(odd).unwrap_or(i64::MAX / 8) - i64::from(common);
        let senses = glosses.split('/').count();
        for (place, phrase) in glosses.split('/').enumerate() {
            let words: Vec<&str> = phrase.split(' ').collect();
            if let Some(key) = key(&words) {
                ranked.entry(key).or_default().push((
                    base + 3 * i64::try_from(place.min(LATER)).unwrap_or_default(),
                    senses,
                    headword,
                ));
            }
        }
    }
    let best = |mut ranked: Vec<Rank>| {
        ranked.sort_unstable();
        let mut words: Vec<&str> = Vec::new();
        for (_, _, word) in ranked {
            if words.len() < HEADWORDS && !words.contains(&word) {
                words.push(word);
            }
        }
        words
    };
    ranked
        .into_iter()
        .map(|(key, ranked)| (key, best(ranked)))
        .collect()
});

/// How many headwords each word of two or three characters is a part of: a word that many others are made of is a
/// common one, 生产 more than 鲜货. Terms of the taxonomies count [`OWN`] each, also where they are the word itself: what
/// the dictionary has for every walk of life, they have for industry.
fn compounds() -> FxHashMap<&'static str, u64> {
    let mut counts: FxHashMap<&str, u64> = FxHashMap::default();
    for (headword, _) in dictionary::lines() {
        if (2..=3).contains(&headword.chars().count()) {
            counts.insert(headword, 0);
        }
    }
    let mut add = |text: &str, times: u64, itself: bool| {
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        for (at, from) in places.iter().enumerate() {
            for length in 2..=3 {
                let to = places.get(at + length).copied().unwrap_or(text.len());
                let is_whole = at == 0 && to == text.len();
                if (itself || !is_whole)
                    && at + length <= places.len()
                    && let Some(count) = counts.get_mut(&text[*from..to])
                {
                    *count += times;
                }
            }
        }
    };
    for (headword, _) in dictionary::lines() {
        add(headword, 1, false);
    }
    let mut seen = BTreeSet::new();
    for term in Taxonomies::bundled().0.values().flat_map(|one| &one.terms) {
        let names = std::iter::once(&term.zh).chain(&term.aliases);
        for name in names.filter(|name| seen.insert(name.as_str())) {
            add(name, OWN, true);
        }
    }
    counts
}

/// Whether an English word only holds sentences together.
pub(super) fn is_silent(word: &str) -> bool {
    SILENT.binary_search(&word).is_ok()
}

/// The verb of a noun that has another stem.
fn verb(noun: &str) -> Option<String> {
    let (stem, end) = NOUNS
        .iter()
        .find_map(|(of_noun, end)| Some((noun.strip_suffix(of_noun)?, end)))?;
    Some(format!("{stem}{end}"))
}

/// Words as they are looked up.
fn key(words: &[&str]) -> Option<Box<str>> {
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    let stems: Vec<String> = words
        .iter()
        .map(|word| stem(word).unwrap_or_else(|| (*word).to_owned()))
        .collect();
    Some(stems.join(" ").into())
}

/// The Chinese headwords for a phrase.
pub(super) fn chinese(phrase: &[&str]) -> Option<Vec<String>> {
    let silent = |word: Option<&&str>| word.is_some_and(|word| is_silent(word));
    if silent(phrase.first()) || silent(phrase.last()) {
        return None;
    }
    let words: Vec<&str> = (phrase.iter().copied())
        .filter(|word| !is_silent(word))
        .collect();
    let of = |words: &[&str]| BACK.get(&key(words)?).map(Vec::as_slice);
    let verb = match words[..] {
        [noun] => verb(noun),
        _ => None,
    };
    let lists = [of(&words), verb.and_then(|verb| of(&[&verb]))].map(Option::unwrap_or_default);
    let mut found: Vec<String> = Vec::new();
    // Best first, those of the noun before those of its verb.
    for place in 0..HEADWORDS {
        for word in lists.iter().filter_map(|list| list.get(place)) {
            if found.len() < HEADWORDS && !found.iter().any(|known| known == word) {
                found.push((*word).to_owned());
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_lead_to_the_usual_ones() {
        for (english, usual) in [
            ("production", "生产"),
            ("plan", "计划"),
            ("detection", "检测"),
            ("inspection", "检验"),
            ("maintenance", "维修"),
            ("management", "管理"),
            ("diagnosis", "诊断"),
            ("recognition", "识别"),
            ("customer", "客户"),
            ("market", "市场"),
            ("warehouse", "仓库"),
            ("transport", "运输"),
            ("translation", "翻译"),
            ("model", "模型"),
            ("quality", "质量"),
            ("equipment", "设备"),
            ("safety", "安全"),
            ("logistics", "物流"),
            ("fault", "故障"),
            ("failure", "故障"),
            ("maintenance", "维护"),
            ("schedule", "调度"),
            ("assembly", "装配"),
            ("emission", "排放"),
            ("forecast", "预测"),
            ("sensor", "传感器"),
            ("robot", "机器人"),
            ("simulation", "仿真"),
            ("purchase", "采购"),
            ("inventory", "库存"),
            ("warning", "预警"),
            ("monitor", "监测"),
            ("algorithm", "算法"),
            ("knowledge", "知识"),
            ("contract", "合同"),
            ("steel", "钢铁"),
            ("supplier", "供应商"),
            ("repair", "修理"),
        ] {
            let found = chinese(&[english]).unwrap_or_default();
            assert!(
                found.iter().any(|word| word == usual),
                "{english}: {found:?}"
            );
        }
    }

    #[test]
    fn words_that_hold_sentences_together_lead_nowhere() {
        assert!(SILENT.is_sorted());
        for word in SILENT {
            assert_eq!(chinese(&[word]), None, "{word}");
        }
    }
}
