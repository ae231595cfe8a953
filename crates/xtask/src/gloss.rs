//! `cargo xtask gloss FILE`: makes `assets/lexicon/gloss.txt` from the data of a published CC-CEDICT package.
//!
//! FILE is `data/data.dictionary` of the package `chinese_dictionary` 2.1.7 on crates.io. One line per simplified
//! headword: the word, a tab, its English glosses separated by `/`. Only content words stay; what needs a sentence to be
//! explained, names of people, measure words and readings go. The order of glosses is that of the dictionary.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use crate::Failure;

const TARGET: &str = "assets/lexicon/gloss.txt";
/// Longest headword, in characters: the look-up tries no longer ones.
const HEADWORD: usize = 6;
/// Content words of a gloss, at most; longer ones are explanations.
const WORDS: usize = 3;
/// Glosses of a headword, at most.
const GLOSSES: usize = 8;
/// Words that say nothing by themselves.
const STOP: &[&str] = &[
    "a",
    "about",
    "also",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "being",
    "by",
    "etc",
    "esp",
    "for",
    "from",
    "has",
    "have",
    "having",
    "he",
    "her",
    "his",
    "in",
    "into",
    "is",
    "it",
    "its",
    "lit",
    "fig",
    "of",
    "off",
    "on",
    "one",
    "ones",
    "oneself",
    "onto",
    "or",
    "other",
    "others",
    "out",
    "sb",
    "she",
    "so",
    "some",
    "someone",
    "something",
    "sth",
    "such",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "up",
    "upon",
    "used",
    "very",
    "was",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "whose",
    "with",
    "you",
    "your",
    "abbr",
    "arch",
    "coll",
    "dialect",
    "idiom",
    "old",
    "tw",
    "vs",
    "ie",
    "eg",
];
/// Beginnings of what is no gloss.
const NO_GLOSS: &[&str] = &[
    "see ",
    "see also",
    "variant of",
    "old variant",
    "erhua variant",
    "japanese variant",
    "unofficial variant",
    "also written",
    "also pr",
    "used in",
    "surname ",
    "cl:",
    "abbr. for",
    "same as",
    "equivalent to",
    "pr.",
    "taiwan pr",
    "one of the",
    "classifier for",
    "measure word",
    "suffix",
    "prefix",
    "particle",
    "kangxi radical",
    "radical in",
];

struct Entry {
    headword: String,
    glosses: Vec<String>,
}

/// Writes the gloss file.
pub(crate) fn gloss(args: &[&str]) -> Result<(), Failure> {
    let [source] = args else {
        return Err(
            "usage: cargo xtask gloss FILE (data/data.dictionary of the package chinese_dictionary 2.1.7)".to_owned(),
        );
    };
    let bytes = fs::read(source).map_err(|error| format!("{source}: {error}"))?;
    let entries = read(&bytes)
        .ok_or_else(|| format!("{source} is not the data of chinese_dictionary 2.1.7"))?;
    let mut glosses: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut referred: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| is_usable(&entry.headword)) {
        let own = glosses.entry(&entry.headword).or_default();
        for phrase in phrases(&entry.glosses) {
            if !own.contains(&phrase) {
                own.push(phrase);
            }
        }
        for text in &entry.glosses {
            if let Some(target) = target(text) {
                referred.entry(&entry.headword).or_insert(target);
            }
        }
    }
    let mut text = String::new();
    for (headword, own) in &glosses {
        let borrowed = referred
            .get(headword)
            .filter(|_| own.is_empty())
            .and_then(|target| glosses.get(target));
        let shown = borrowed.unwrap_or(own);
        if !shown.is_empty() {
            let shown: Vec<&str> = shown.iter().take(GLOSSES).map(String::as_str).collect();
            let _ = writeln!(text, "{headword}\t{}", shown.join("/"));
        }
    }
    println!(
        "{TARGET}: {} headwords, {} bytes",
        text.lines().count(),
        text.len()
    );
    fs::write(TARGET, text).map_err(|error| format!("{TARGET}: {error}"))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3007}')
}

fn is_usable(headword: &str) -> bool {
    let length = headword.chars().count();
    (1..=HEADWORD).contains(&length) && headword.chars().all(is_han)
}

/// The simplified word that a gloss refers to: `see 大夫[dai4 fu5]`, `abbr. for 電話訪問|电话访问[...]`.
fn target(text: &str) -> Option<&str> {
    let before = text.split_once('[')?.0;
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_han(*c))
        .last()?
        .0;
    Some(&before[start..])
}

/// The usable glosses of an entry; if all are explanations, the beginning of the first one.
fn phrases(glosses: &[String]) -> Vec<String> {
    let mut short = Vec::new();
    let mut long = Vec::new();
    for sense in glosses.iter().flat_map(|gloss| gloss.split(';')) {
        let sense = without_remarks(sense).to_lowercase();
        let sense = sense.trim();
        if sense.chars().any(is_han) || NO_GLOSS.iter().any(|start| sense.starts_with(start)) {
            continue;
        }
        let words = content(sense);
        match words.len() {
            0 => {}
            1..=WORDS => short.push(words.join(" ")),
            _ => long.push(words[..WORDS].join(" ")),
        }
    }
    if short.is_empty() {
        long.truncate(1);
        return long;
    }
    short
}

/// A gloss without what stands in brackets.
fn without_remarks(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

fn content(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .map(|word| word.strip_suffix("'s").unwrap_or(word).trim_matches('\''))
        .filter(|word| word.len() > 1 && !word.contains('\'') && !STOP.contains(word))
        .collect()
}

/// Reads the file, which is a map in the layout of bincode 1: lengths and numbers in little-endian order.
fn read(bytes: &[u8]) -> Option<Vec<Entry>> {
    let mut rest = Rest(bytes);
    let count = rest.long()?;
    let mut entries = Vec::new();
    for _ in 0..count {
        rest.bytes(4)?;
        rest.text()?;
        let headword = rest.text()?;
        rest.text()?;
        rest.text()?;
        let mut glosses = Vec::new();
        for _ in 0..rest.long()? {
            glosses.push(rest.text()?);
        }
        let tones = rest.long()?;
        rest.bytes(tones)?;
        rest.bytes(8)?;
        for _ in 0..rest.long()? * 4 {
            rest.text()?;
        }
        rest.bytes(5)?;
        entries.push(Entry { headword, glosses });
    }
    // The order of the map differs from one build of the package to the next.
    entries.sort_by(|a, b| (&a.headword, &a.glosses).cmp(&(&b.headword, &b.glosses)));
    rest.0.is_empty().then_some(entries)
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn long(&mut self) -> Option<usize> {
        let bytes = self.bytes(8)?.try_into().ok()?;
        usize::try_from(u64::from_le_bytes(bytes)).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.long()?;
        String::from_utf8(self.bytes(length)?.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(glosses: &[&str]) -> Vec<String> {
        phrases(
            &glosses
                .iter()
                .map(|gloss| (*gloss).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn content_words_stay_and_remarks_go() {
        assert_eq!(of(&["to test; to detect"]), ["test", "detect"]);
        assert_eq!(
            of(&["artificial intelligence (AI)"]),
            ["artificial intelligence"]
        );
        assert_eq!(
            of(&["surname Zhang", "CL:個|个[ge4]", "see 大夫[dai4 fu5]"]),
            [""; 0]
        );
        assert_eq!(
            of(&["to be unable to return to one's hometown due to shame"]),
            ["unable return hometown"]
        );
    }

    #[test]
    fn a_reference_names_its_simplified_word() {
        assert_eq!(
            target("abbr. for 電話訪問|电话访问[dian4 hua4]"),
            Some("电话访问")
        );
        assert_eq!(target("see 大夫[dai4 fu5]"), Some("大夫"));
        assert_eq!(target("robot; android"), None);
    }
}
