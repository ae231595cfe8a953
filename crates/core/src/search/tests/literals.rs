//! No literal is missed: whatever stands in a text is found, compared with a plain look at every text.

use proptest::prelude::*;

use super::{Catalog, scenario};
use crate::search::text::{is_han, is_word, normalise};
use crate::search::tokenizer::runs;

/// Few characters, so that parts of one text often occur in others.
const TEXT: &str = "[质检機机钢铁的A-CａＢ0-2,，。 -]{0,24}";

fn catalog(texts: &[String]) -> Catalog {
    let records = texts.iter().enumerate().map(|(idx, text)| {
        // Half of the texts are names.
        if idx % 2 == 0 {
            scenario(&format!("t{idx:02}"), "名", text)
        } else {
            scenario(&format!("t{idx:02}"), text, "")
        }
    });
    Catalog::in_batches(records, 3)
}

fn holding(texts: &[String], part: &str) -> Vec<String> {
    let holds = |text: &str| normalise(text).contains(&normalise(part));
    texts
        .iter()
        .enumerate()
        .filter(|(_, text)| holds(text))
        .map(|(idx, _)| format!("t{idx:02}"))
        .collect()
}

fn found(catalog: &Catalog, text: &str) -> Vec<String> {
    let mut ids = catalog.ids(text);
    ids.sort();
    ids
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn quoted_text_finds_exactly_the_texts_that_hold_it(
        texts in prop::collection::vec(TEXT, 1..8), from in 0usize..24, len in 1usize..7,
    ) {
        let catalog = catalog(&texts);
        for text in &texts {
            let part: String = text.chars().skip(from).take(len).collect();
            if normalise(&part).chars().any(|c| is_han(c) || is_word(c)) {
                let expected = holding(&texts, part.trim());
                prop_assert_eq!(found(&catalog, &format!("\"{part}\"")), expected, "{:?}", part);
            }
        }
    }

    #[test]
    fn any_part_of_han_text_and_any_start_of_a_word_is_found(
        texts in prop::collection::vec(TEXT, 1..8), from in 0usize..6, len in 1usize..6,
    ) {
        let catalog = catalog(&texts);
        for text in &texts {
            let normal = normalise(text);
            for run in runs(&normal) {
                let from = if run.han { from } else { 0 };
                let part: String = run.text.chars().skip(from).take(len).collect();
                if part.is_empty() {
                    continue;
                }
                let found = found(&catalog, &part);
                for (idx, text) in texts.iter().enumerate() {
                    let normal = normalise(text);
                    let holds = runs(&normal).iter().any(|other| {
                        if other.han { other.text.contains(&part) } else { other.text.starts_with(&part) }
                    });
                    prop_assert!(!holds || found.contains(&format!("t{idx:02}")), "{:?} in {:?}", part, text);
                }
            }
        }
    }
}
