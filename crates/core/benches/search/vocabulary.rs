//! The words of the bundled catalog: its names, and its sentences cut into phrases.

use std::collections::BTreeSet;
use std::path::Path;

use atlas_core::search::text::is_han;
use serde_json::Value;

use super::Failure;
use super::random::Random;

/// What generated records are put together from.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Names of records.
    pub names: Vec<String>,
    /// Parts of sentences.
    pub phrases: Vec<String>,
}

/// Fields whose texts are no part of what a record says.
const LEFT_OUT: &[&str] = &[
    "id",
    "kind",
    "type",
    "sources",
    "source",
    "official_source",
    "trust",
    "links",
    "lists",
    "doubts",
    "inferred",
    "inferred_not_printed",
    "website",
    "date",
];
/// Shortest and longest phrase, in characters.
const PHRASE: std::ops::RangeInclusive<usize> = 4..=40;
/// Phrases below which the records would repeat themselves too much to measure anything.
const LEAST: usize = 500;

impl Vocabulary {
    /// Reads every record file below a folder.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let mut names = BTreeSet::new();
        let mut phrases = BTreeSet::new();
        walk(folder, &mut |line| {
            if let Ok(Value::Object(record)) = serde_json::from_str(line) {
                for (key, value) in &record {
                    let into = if key == "name" {
                        &mut names
                    } else {
                        &mut phrases
                    };
                    if !LEFT_OUT.contains(&key.as_str()) {
                        strings(value, &mut |text| cut(text, into));
                    }
                }
            }
        })?;
        if phrases.len() < LEAST {
            return Err(format!(
                "{} holds too few records to draw words from",
                folder.display()
            )
            .into());
        }
        // Frequency must not follow the alphabet.
        Ok(Self {
            names: shuffled(names),
            phrases: shuffled(phrases),
        })
    }
}

fn walk(folder: &Path, each: &mut dyn FnMut(&str)) -> Result<(), Failure> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, each)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            std::fs::read_to_string(&path)?.lines().for_each(&mut *each);
        }
    }
    Ok(())
}

fn strings(value: &Value, each: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(values) => values.iter().for_each(|value| strings(value, each)),
        Value::Object(values) => values.values().for_each(|value| strings(value, each)),
        _ => {}
    }
}

fn cut(text: &str, into: &mut BTreeSet<String>) {
    let parts = text.split([
        '。', '，', '；', '、', '：', '！', '\n', '（', '）', '“', '”', '(', ')', ',', ';',
    ]);
    for part in parts.map(str::trim) {
        if PHRASE.contains(&part.chars().count())
            && part.chars().filter(|c| is_han(*c)).count() >= 4
        {
            into.insert(part.to_owned());
        }
    }
}

fn shuffled(words: BTreeSet<String>) -> Vec<String> {
    let mut words: Vec<String> = words.into_iter().collect();
    let mut random = Random::new(0x5eed, 0);
    for last in (1..words.len()).rev() {
        words.swap(last, random.below(last + 1));
    }
    words
}
