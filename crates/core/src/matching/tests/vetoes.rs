//! What is strict keeps out what contradicts it, over real criteria and every mixture of strengths.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use serde_json::{Map, json};

use super::{Shelf, shelf, with};
use crate::api::types::{Match, MatchAnswer, MatchRequest, MatchState};
use crate::model::{Record, Strength};
use crate::search::Index;

/// A field of a listing, what a listing may state there, and what a need may ask.
struct Field {
    offered: &'static str,
    states: [Option<&'static str>; 3],
    asked: &'static str,
    /// What a need asks, and which of `states` meets it.
    asks: [(&'static str, usize); 2],
}

/// Codes that have nothing in common with each other.
const FIELDS: [Field; 9] = [
    Field {
        offered: "industry",
        states: [None, Some("equipment"), Some("health")],
        asked: "industry",
        asks: [("equipment", 1), ("health", 2)],
    },
    Field {
        offered: "stage",
        states: [None, Some("production"), Some("rnd")],
        asked: "stage",
        asks: [("production", 1), ("rnd", 2)],
    },
    Field {
        offered: "technique",
        states: [None, Some("vision"), Some("nlp")],
        asked: "technique",
        asks: [("vision", 1), ("nlp", 2)],
    },
    Field {
        offered: "typical_scenario",
        states: [None, Some("24"), Some("1")],
        asked: "typical_scenario",
        asks: [("24", 1), ("1", 2)],
    },
    Field {
        offered: "delivery",
        states: [None, Some("saas"), Some("on_premises")],
        asked: "deployment",
        asks: [("cloud", 1), ("private", 2)],
    },
    Field {
        offered: "delivery",
        states: [None, Some("saas"), Some("on_premises")],
        asked: "delivery",
        asks: [("saas", 1), ("on_premises", 2)],
    },
    Field {
        offered: "region",
        states: [None, Some("32"), Some("44")],
        asked: "region",
        asks: [("32", 1), ("44", 2)],
    },
    Field {
        offered: "prerequisites",
        states: [None, Some("图像"), Some("音频")],
        asked: "data",
        asks: [("image", 1), ("audio", 2)],
    },
    Field {
        offered: "price",
        states: [None, Some("30万元"), Some("80万元")],
        asked: "budget",
        asks: [("500000", 1), ("500000", 1)],
    },
];

/// Which of the states a listing has in a field; neighbours differ, and every pair of the first four fields occurs.
fn state(listing: usize, field: usize) -> usize {
    let step = [1, 3, 9, 27, 2, 2, 5, 7, 4][field];
    (listing / step) % 3
}

/// Listings of every mixture; fixtures.
static LISTINGS: LazyLock<(Index, Shelf)> = LazyLock::new(|| {
    shelf(|records| {
        for listing in 0..81 {
            let id = format!("v{listing:02}");
            let mut fields = Map::new();
            for (at, field) in FIELDS.iter().enumerate() {
                let Some(stated) = field.states[state(listing, at)] else {
                    continue;
                };
                let value = match field.offered {
                    "price" => json!(stated),
                    "prerequisites" => json!({ "zh": stated }),
                    _ => json!([stated]),
                };
                fields.insert(field.offered.to_owned(), value);
            }
            let mut record = json!({ "kind": "solution", "id": id, "name": { "zh": "表面缺陷检测（样例）" }, "sources": [] });
            record.as_object_mut().unwrap().extend(fields);
            let record: Record = serde_json::from_value(record).unwrap();
            let reference = format!("fixture/solution/{id}").parse().unwrap();
            records.push((reference, Arc::new(record)));
        }
    })
});

/// What a need asks in each field, if anything, and how strictly.
type Asks = Vec<(Option<usize>, Strength)>;

fn asks() -> impl Strategy<Value = Asks> {
    let strength = prop_oneof![
        Just(Strength::Hard),
        Just(Strength::Soft),
        Just(Strength::Unknown)
    ];
    let ask = (prop::option::of(0usize..2), strength);
    prop::collection::vec(ask, FIELDS.len())
}

fn answer(asks: &Asks) -> MatchAnswer {
    let mut need = json!({ "title": "表面缺陷检测" });
    for (field, (ask, strength)) in FIELDS.iter().zip(asks) {
        let strength = serde_json::to_value(strength).unwrap();
        let ask = ask.map(|ask| field.asks[ask].0);
        need[field.asked] = match (field.asked, ask) {
            ("budget", ask) => {
                let high = ask.map(|yuan| yuan.parse::<f64>().unwrap());
                json!({ "high": high, "strength": strength })
            }
            (_, ask) => json!({ "codes": Vec::from_iter(ask), "strength": strength }),
        };
    }
    let request = MatchRequest {
        need: serde_json::from_value(need).unwrap(),
        limit: 100,
        ..MatchRequest::default()
    };
    let (index, shelf) = &*LISTINGS;
    with(index, shelf, |engine| engine.answer(&request).unwrap())
}

/// Fields in which a listing states something else than what is asked strictly.
fn contradicted(hit: &Match, asks: &Asks) -> Option<Vec<&'static str>> {
    let listing: usize = hit.reference.id.strip_prefix('v')?.parse().ok()?;
    let fields = FIELDS.iter().zip(asks).enumerate();
    let contradicted = fields.filter(|(at, (field, (ask, strength)))| {
        let state = state(listing, *at);
        let met = ask.is_none_or(|ask| state == field.asks[ask].1);
        *strength == Strength::Hard && state > 0 && !met
    });
    Some(contradicted.map(|(_, (field, _))| field.asked).collect())
}

fn is_broken(hit: &Match) -> bool {
    hit.contributions
        .iter()
        .any(|part| part.state == MatchState::Violated && part.strength == Strength::Hard)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn only_what_contradicts_something_strict_is_kept_out(asks in asks()) {
        let answer = answer(&asks);
        let judged = |hits: &[Match]| hits.iter().filter(|hit| hit.reference.id.starts_with('v')).count();
        prop_assert_eq!(judged(&answer.hits) + judged(&answer.near), 81);
        for hit in answer.hits.iter().chain(&answer.near) {
            let sum: f64 = hit.contributions.iter().map(|part| part.contribution).sum();
            prop_assert!((sum - hit.score).abs() < 1e-9);
        }
        for hit in &answer.hits {
            let contradicted = contradicted(hit, &asks).unwrap_or_default();
            prop_assert!(contradicted.is_empty(), "{} contradicts {:?}", hit.reference, contradicted);
            prop_assert!(!is_broken(hit), "{} says that it is kept out", hit.reference);
        }
        for hit in &answer.near {
            let contradicted = contradicted(hit, &asks);
            prop_assert!(contradicted != Some(Vec::new()), "{} contradicts nothing strict", hit.reference);
            prop_assert!(is_broken(hit), "{} does not say what keeps it out", hit.reference);
        }
    }

    #[test]
    fn what_breaks_one_thing_comes_before_what_breaks_more(asks in asks()) {
        let broken: Vec<usize> = answer(&asks).near.iter().map(|hit| {
            let strict = hit.contributions.iter();
            strict.filter(|part| part.state == MatchState::Violated && part.strength == Strength::Hard).count()
        }).collect();
        prop_assert!(broken.is_sorted(), "{:?}", broken);
    }
}

#[test]
fn a_soft_part_keeps_nothing_out_and_a_strict_one_does_whatever_the_other_means() {
    let mut asks: Asks = vec![(None, Strength::Soft); FIELDS.len()];
    asks[0] = (Some(0), Strength::Soft);
    asks[1] = (Some(0), Strength::Hard);
    let kept_out = |asks: &Asks| -> Vec<String> {
        let near = answer(asks).near;
        near.into_iter().map(|hit| hit.reference.id).collect()
    };
    let out = kept_out(&asks);
    assert!(
        out.contains(&"v07".to_owned()),
        "equipment, but another stage"
    );
    assert!(
        !out.contains(&"v05".to_owned()),
        "another industry, and the stage"
    );
    asks[0].1 = Strength::Hard;
    asks[1].1 = Strength::Soft;
    let out = kept_out(&asks);
    assert!(
        !out.contains(&"v06".to_owned()),
        "no industry, another stage"
    );
    assert!(out.contains(&"v05".to_owned()), "another industry");
}
