//! Codes of taxonomies by the names that people write.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::json;

use super::Reading;
use super::rules::{Meaning, Rules};
use crate::api::types::ValueState;
use crate::exchange::fields::rows;
use crate::model::{Code, Taxonomies, Term};
use crate::search::text::key;

/// Endings that say nothing: 钢铁行业 is 钢铁.
const ENDINGS: &[&str] = &[
    "行业",
    "产业",
    "领域",
    "工业",
    "企业",
    "业",
    "阶段",
    "环节",
    "类",
    "industry",
    "sector",
    "technology",
    "s",
];
/// A term this close to a value is offered to the user.
const NEAR: f64 = 0.5;

/// Names of one set of taxonomies.
struct Names {
    /// Key of a name → code.
    codes: HashMap<String, Code>,
    terms: Vec<(String, Code)>,
}

/// Sets by their ids: `industry|industry_group`.
static KNOWN: LazyLock<Mutex<BTreeMap<&'static str, &'static Names>>> =
    LazyLock::new(Mutex::default);

fn names(taxonomies: &'static str) -> &'static Names {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known
        .entry(taxonomies)
        .or_insert_with(|| Box::leak(Box::new(gather(taxonomies))))
}

fn gather(taxonomies: &str) -> Names {
    let mut codes = HashMap::new();
    let mut terms = Vec::new();
    let listed = || {
        taxonomies
            .split('|')
            .filter_map(|id| Taxonomies::bundled().get(id))
            .flat_map(|taxonomy| &taxonomy.terms)
    };
    let of = |term: &Term| -> Vec<String> {
        [term.code.as_str(), &term.zh, &term.en]
            .into_iter()
            .chain(term.aliases.iter().map(String::as_str))
            .map(key)
            .collect()
    };
    for term in listed() {
        for name in of(term) {
            codes
                .entry(name.clone())
                .or_insert_with(|| term.code.clone());
            terms.push((name, term.code.clone()));
        }
    }
    for row in rows(include_str!("../../../../../assets/exchange/values.csv")) {
        let [taxonomy, code, words] = row.as_slice() else {
            continue;
        };
        if taxonomies.split('|').any(|id| id == *taxonomy) {
            for word in words.split('|').map(key) {
                codes.entry(word).or_insert_with(|| Code::from(*code));
            }
        }
    }
    Names { codes, terms }
}

impl Names {
    /// The code of a text: by code or name, also as the option of a form: `c) Deployed – The use case is …`.
    fn code(&self, text: &str) -> Option<&Code> {
        const EXPLAINED: &[&str] = &["–", "—", "：", ":", "（", "(", " - "];
        if let Some(code) = self.named(text) {
            return Some(code);
        }
        let option = unmarked(text);
        let mut short = EXPLAINED.iter().filter_map(|sign| option.split_once(sign));
        if option != text
            && let Some(code) = self.named(option)
        {
            return Some(code);
        }
        short
            .find_map(|(name, _)| self.named(name))
            .or_else(|| self.begun(text))
    }

    /// The code of a name, with or without an ending that says nothing.
    fn named(&self, text: &str) -> Option<&Code> {
        let whole = key(text);
        self.codes.get(&whole).or_else(|| {
            ENDINGS
                .iter()
                .filter_map(|ending| whole.strip_suffix(ending))
                .find_map(|rest| self.codes.get(rest))
        })
    }

    /// The code or place that a text begins with.
    fn begun(&self, text: &str) -> Option<&Code> {
        // `C39 计算机、通信和其他电子设备制造业`, `江苏省南京市`.
        let (first, _) = text.split_once([' ', '-', '—', ':', '：', '　'])?;
        self.codes.get(&key(first)).filter(|code| {
            code.as_str().eq_ignore_ascii_case(first.trim()) || first.chars().count() > 1
        })
    }

    /// The province that an address begins with.
    fn place(&self, text: &str) -> Option<&Code> {
        let whole = key(text);
        let mut ends: Vec<usize> = whole.char_indices().map(|(at, _)| at).skip(2).collect();
        ends.reverse();
        ends.into_iter()
            .find_map(|end| self.codes.get(&whole[..end]))
    }

    /// Codes whose names come close.
    fn near(&self, text: &str) -> Vec<Code> {
        let text = key(text);
        let mut close: Vec<(f64, &Code)> = self
            .terms
            .iter()
            .map(|(name, code)| (crate::exchange::duplicates::dice(&text, name), code))
            .filter(|(close, _)| *close >= NEAR)
            .collect();
        close.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let mut seen = BTreeSet::new();
        close
            .into_iter()
            .filter(|(_, code)| seen.insert(*code))
            .take(3)
            .map(|(_, code)| code.clone())
            .collect()
    }
}

/// A text without the mark of an option before it: `a) `, `2. `, `（三）`.
fn unmarked(text: &str) -> &str {
    let text = text.trim();
    let signs: &[char] = &[')', '）', '.', '．', '、'];
    match text.split_once(signs) {
        Some((mark, rest))
            if (1..=2).contains(&mark.trim_start_matches(['(', '（']).chars().count()) =>
        {
            rest.trim_start()
        }
        _ => text,
    }
}

fn find<'a>(names: &'a Names, taxonomies: &str, text: &str) -> Option<&'a Code> {
    names.code(text).or_else(|| {
        (taxonomies == "region")
            .then(|| names.place(text))
            .flatten()
    })
}

/// Whether the names of the codes say all that the text says.
fn is_said(taxonomies: &str, codes: &[Code], parts: &[&str]) -> bool {
    codes.len() == parts.len()
        && codes.iter().zip(parts).all(|(code, part)| {
            let term = crate::exchange::fields::term(taxonomies, code.as_str());
            term.is_some_and(|term| {
                code.as_str() == *part || term.zh == **part || term.en == **part
            })
        })
}

/// Reads one code.
pub(super) fn one(taxonomies: &'static str, text: &str, rules: &Rules) -> Reading {
    let names = names(taxonomies);
    if let Some(code) = find(names, taxonomies, text) {
        let codes = [code.clone()];
        let faithful = is_said(taxonomies, &codes, &[text]);
        return Reading::value(json!(code), vec![code.to_string()], faithful);
    }
    let reading = several(taxonomies, text, rules);
    // One value is wanted; of several the last is the furthest along.
    match reading.normal.last() {
        Some(last) if reading.kept.is_empty() => Reading {
            value: Some(json!(last)),
            normal: vec![last.clone()],
            faithful: false,
            ..reading
        },
        _ => Reading::kept(text, names.near(text)),
    }
}

/// Reads several codes; a part that nobody knows is kept as text.
pub(super) fn several(taxonomies: &'static str, text: &str, rules: &Rules) -> Reading {
    let names = names(taxonomies);
    let mut codes: Vec<Code> = Vec::new();
    let mut kept: Vec<String> = Vec::new();
    let mut said: Vec<&str> = Vec::new();
    let mut ruled = false;
    for part in parts(names, taxonomies, text) {
        ruled |= rules.contains_key(part);
        match (rules.get(part), find(names, taxonomies, part)) {
            (Some(Meaning::Codes(chosen)), _) if chosen.is_empty() => kept.push(part.to_owned()),
            (Some(Meaning::Codes(chosen)), _) => codes.extend(chosen.iter().cloned()),
            (Some(Meaning::Text(other)), _) => {
                let reading = several(taxonomies, other, &Rules::new());
                codes.extend(
                    reading
                        .normal
                        .into_iter()
                        .map(|code| Code::from(code.as_str())),
                );
                kept.extend(reading.kept);
            }
            (None, Some(code)) => {
                codes.push(code.clone());
                said.push(part);
            }
            (None, None) => kept.push(part.to_owned()),
        }
    }
    let faithful = kept.is_empty() && !ruled && is_said(taxonomies, &codes, &said);
    let mut seen = BTreeSet::new();
    codes.retain(|code| seen.insert(code.clone()));
    let shown: Vec<String> = codes.iter().map(ToString::to_string).collect();
    let near = kept.first().map_or_else(Vec::new, |part| names.near(part));
    let state = match (kept.is_empty(), ruled) {
        (false, false) => ValueState::Kept,
        (_, true) => ValueState::Ruled,
        (true, false) => ValueState::Read,
    };
    Reading {
        state,
        value: (!codes.is_empty()).then(|| json!(shown)),
        normal: shown,
        kept,
        near,
        issue: None,
        faithful,
    }
}

/// The parts of a text: whole where it is known, at strong separators, and at weak ones where that makes known parts. Names of
/// industries have enumeration commas in them.
fn parts<'a>(names: &Names, taxonomies: &str, text: &'a str) -> Vec<&'a str> {
    if find(names, taxonomies, text).is_some() {
        return vec![text.trim()];
    }
    let mut parts = Vec::new();
    for strong in text.split(['\n', ';', '；', '|']) {
        let strong = strong.trim();
        if strong.is_empty() {
            continue;
        }
        if find(names, taxonomies, strong).is_some() {
            parts.push(strong);
            continue;
        }
        let weak: Vec<&str> = strong
            .split(['、', ',', '，', '/', '＋', '+'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        if weak.len() > 1
            && weak
                .iter()
                .any(|part| find(names, taxonomies, part).is_some())
        {
            parts.extend(weak);
        } else {
            parts.push(strong);
        }
    }
    parts
}
