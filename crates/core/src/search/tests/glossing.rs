//! Words and their translations, and how well they find what is written in the other language.
//!
//! The development set is made of names that the product has in both languages: titles of documents in the catalog and
//! names of taxonomies. Taxonomy names are terms of the lexicon; for them the figures show that precedence works, and
//! only the titles say something about the dictionary.

use std::collections::{BTreeMap, BTreeSet};

use super::super::gloss::{Class, chinese, english};
use super::super::stem::stem;
use super::super::text::{is_word, normalise};
use crate::model::Taxonomies;

fn words(classes: &[Class]) -> Vec<(usize, usize, Vec<&str>)> {
    classes
        .iter()
        .map(|class| {
            let words = class.words.iter().map(String::as_str).collect();
            (class.start, class.end, words)
        })
        .collect()
}

#[test]
fn own_terms_come_before_the_dictionary_and_long_words_before_short_ones() {
    assert_eq!(
        words(&english("基于大模型的設備故障诊断")),
        [
            (2, 5, vec!["large", "model", "foundation", "llm"]),
            (6, 8, vec!["equipment", "facilities", "installations"]),
            (8, 12, vec!["fault", "diagnosis"]),
        ],
        "traditional characters are read as simplified ones, and the words between say nothing"
    );
    let alone = english("锈");
    assert_eq!(
        (alone[0].words.clone(), alone[0].weight),
        (vec!["rust".to_owned()], 0.3)
    );
}

#[test]
fn english_phrases_lead_to_chinese_words() {
    let back = |text: &str| -> Vec<Vec<String>> {
        chinese(text).into_iter().map(|class| class.words).collect()
    };
    let inspection = back("Quality inspections of bearings");
    assert_eq!(inspection[0][..2], ["质检", "质量检测"]);
    assert!(inspection[1].contains(&"轴承".to_owned()), "{inspection:?}");
    assert_eq!(back("predictive maintenance"), [["预测性维护"]]);
    assert!(back("the of 123 质检").is_empty());
}

#[test]
fn classes_lie_in_the_text_in_order() {
    for text in [
        "",
        "ﬁ质检，Ａ股 的的",
        "大模型大模型大",
        "a質b檢c",
        "🙂检测🙂",
    ] {
        let length = normalise(text).chars().count();
        for classes in [english(text), chinese(text)] {
            let mut end = 0;
            for class in &classes {
                assert!(end <= class.start && class.start < class.end && class.end <= length);
                assert!(!class.words.is_empty());
                end = class.end;
            }
        }
    }
}

/// Names in both languages.
fn titles() -> Vec<(String, String)> {
    const DOCUMENTS: &str = include_str!("../../../../../assets/catalog/records/document.jsonl");
    let mut pairs = Vec::new();
    for line in DOCUMENTS.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        if let (Some(zh), Some(en)) = (record["name"]["zh"].as_str(), record["name"]["en"].as_str())
        {
            pairs.push((zh.to_owned(), en.to_owned()));
        }
    }
    pairs
}

fn named() -> Vec<(String, String)> {
    let taxonomies =
        ["industry", "typical_scenario"].map(|id| Taxonomies::bundled().get(id).unwrap());
    let terms = taxonomies.into_iter().flat_map(|taxonomy| &taxonomy.terms);
    terms
        .map(|term| (term.zh.clone(), term.en.clone()))
        .collect()
}

fn stemmed(text: &str) -> Vec<String> {
    normalise(text)
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
        .map(|word| stem(word).unwrap_or_else(|| word.to_owned()))
        .collect()
}

/// Mean reciprocal rank of the right document for every query: classes count as one word each.
fn mrr(queries: &[Vec<(BTreeSet<String>, f64)>], documents: &[Vec<String>]) -> f64 {
    let mut sum = 0.0;
    let mean = documents.iter().map(Vec::len).sum::<usize>() as f64 / documents.len() as f64;
    for (right, query) in queries.iter().enumerate() {
        let mut scores = vec![0.0; documents.len()];
        for (class, weight) in query {
            let found: BTreeMap<usize, usize> = documents
                .iter()
                .enumerate()
                .map(|(place, words)| {
                    (
                        place,
                        words.iter().filter(|word| class.contains(*word)).count(),
                    )
                })
                .filter(|(_, count)| *count > 0)
                .collect();
            let df = found.len() as f64;
            let idf = (1.0 + (documents.len() as f64 - df + 0.5) / (df + 0.5)).ln();
            for (place, count) in found {
                let length = 0.25 + 0.75 * documents[place].len() as f64 / mean;
                let tf = count as f64;
                scores[place] += weight * idf * tf / (tf + 1.2 * length);
            }
        }
        // Ties count against us.
        let rank = scores
            .iter()
            .filter(|score| **score >= scores[right])
            .count();
        sum += 1.0 / rank as f64;
    }
    sum / queries.len() as f64
}

fn to_english(text: &str, translate: bool) -> Vec<(BTreeSet<String>, f64)> {
    let class = |class: Class| {
        let words = class.words.iter().flat_map(|word| stemmed(word)).collect();
        (words, class.weight)
    };
    let latin: String = normalise(text)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let own = stemmed(&latin)
        .into_iter()
        .map(|word| (BTreeSet::from([word]), 1.0));
    let translated = if translate { english(text) } else { Vec::new() };
    own.chain(translated.into_iter().map(class)).collect()
}

/// An English text as the Chinese words that could stand for it.
fn to_chinese(text: &str) -> Vec<(BTreeSet<String>, f64)> {
    let own = stemmed(text)
        .into_iter()
        .map(|word| (BTreeSet::from([word]), 1.0));
    let class = |class: Class| (class.words.into_iter().collect(), class.weight);
    own.chain(chinese(text).into_iter().map(class)).collect()
}

/// All pieces of a Chinese text of up to six characters, and its other words.
fn pieces(text: &str) -> Vec<String> {
    let chars: Vec<char> = normalise(text).chars().collect();
    let mut pieces = stemmed(text);
    for length in 2..=6 {
        pieces.extend(chars.windows(length).map(|window| window.iter().collect()));
    }
    pieces
}

#[test]
fn what_is_written_in_the_other_language_is_found() {
    for (name, pairs, least) in [
        ("titles", titles(), [0.50, 0.90, 0.80]),
        ("taxonomies", named(), [0.05, 0.93, 0.70]),
    ] {
        assert!(pairs.len() > 40, "{name}: {} pairs", pairs.len());
        let documents: Vec<Vec<String>> = pairs.iter().map(|(_, en)| stemmed(en)).collect();
        let zh_en = |translate| {
            let queries: Vec<_> = pairs
                .iter()
                .map(|(zh, _)| to_english(zh, translate))
                .collect();
            mrr(&queries, &documents)
        };
        let texts: Vec<Vec<String>> = pairs.iter().map(|(zh, _)| pieces(zh)).collect();
        let queries: Vec<_> = pairs.iter().map(|(_, en)| to_chinese(en)).collect();
        let found = [zh_en(false), zh_en(true), mrr(&queries, &texts)];
        assert!(found[0] <= least[0], "{name}: untranslated {found:?}");
        assert!(
            found[1] >= least[1] && found[2] >= least[2],
            "{name}: MRR untranslated, Chinese to English, English to Chinese {found:?}"
        );
    }
}
