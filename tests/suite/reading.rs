//! Reading needs, against sentences with the chips that a person would make of them.
//!
//! `tests/truth/reading.jsonl`: titles of public needs of the catalog, and sentences written for this purpose. A chip is
//! `element=value`, followed by how strictly it is meant where the words say so. Today is 15 August 2026.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use atlas_core::api::types::Chip;
use atlas_core::matching::reading::read;
use atlas_core::model::Date;
use serde::Deserialize;

const TRUTH: &str = include_str!("../truth/reading.jsonl");

#[derive(Deserialize)]
struct Sentence {
    text: String,
    chips: Vec<String>,
}

fn name<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

fn value(chip: &Chip) -> String {
    let amount = |amount: Option<f64>| amount.map_or(String::new(), |yuan| yuan.to_string());
    match (&chip.code, &chip.date) {
        (Some(code), _) => code.0.clone(),
        (_, Some(date)) => date.as_str().to_owned(),
        _ => format!("{}..{}", amount(chip.low), amount(chip.high)),
    }
}

#[test]
fn what_a_person_reads_in_a_need_is_read() {
    let today = Date::parse("2026-08-15").unwrap();
    let (mut right, mut wrong, mut missed, mut strict, mut strength) = (0, 0, 0, 0, 0);
    let mut report = String::new();
    let sentences: Vec<Sentence> = TRUTH
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(sentences.len() >= 60, "{} sentences", sentences.len());
    for sentence in sentences {
        let reading = read(&sentence.text, &today);
        let mut found: BTreeMap<String, String> = reading
            .chips
            .iter()
            .map(|chip| {
                let key = format!("{}={}", name(&chip.element), value(chip));
                (key, name(&chip.strength))
            })
            .collect();
        for expected in &sentence.chips {
            let (key, meant) = expected
                .split_once(' ')
                .map_or((expected.as_str(), None), |(key, meant)| (key, Some(meant)));
            match found.remove(key) {
                None => {
                    missed += 1;
                    writeln!(report, "missed {key}: {}", sentence.text).unwrap();
                }
                Some(found) => {
                    right += 1;
                    if let Some(meant) = meant {
                        strict += 1;
                        strength += i32::from(found == meant);
                        if found != meant {
                            writeln!(report, "{key} is {found}, not {meant}: {}", sentence.text)
                                .unwrap();
                        }
                    }
                }
            }
        }
        wrong += found.len();
        for key in found.keys() {
            writeln!(report, "read {key}: {}", sentence.text).unwrap();
        }
    }
    let part = |part: usize, rest: usize| part as f64 / (part + rest) as f64;
    let figures = [
        part(right, wrong),
        part(right, missed),
        f64::from(strength) / f64::from(strict),
    ];
    let least = [0.90, 0.90, 0.90];
    assert!(
        figures
            .iter()
            .zip(least)
            .all(|(figure, least)| *figure >= least),
        "precision, recall, strength {figures:?}\n{report}"
    );
}
