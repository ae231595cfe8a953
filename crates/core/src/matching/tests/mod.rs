//! What a user relies on in a match, over listings that are fixtures and named so.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::board::{Board, Entry};
use super::criteria::COUNT;
use super::{Engine, Library};
use crate::api::types::{
    Assumption, MatchAnswer, MatchRequest, MatchState, MatchTarget, OfferRequest, RoadmapPhase,
};
use crate::model::{Date, Kind, NeedForm, Record, RecordRef, Taxonomies};
use crate::search::{Document, Facts, Index, Texts};

mod admit;
mod completeness;
mod offer;
mod roadmap;
mod vetoes;

struct Shelf(BTreeMap<RecordRef, Arc<Record>>);

impl Texts for Shelf {
    fn record(&self, reference: &RecordRef) -> Option<Arc<Record>> {
        self.0.get(reference).cloned()
    }
}

impl Library for Shelf {
    fn pointing_at(&self, reference: &RecordRef, relation: &str) -> Vec<RecordRef> {
        self.0
            .iter()
            .filter(|(from, record)| {
                super::candidate::linked(from, record, relation).contains(reference)
            })
            .map(|(from, _)| from.clone())
            .collect()
    }

    fn all_of(&self, kind: Kind) -> Vec<(RecordRef, Arc<Record>)> {
        let of_kind = self.0.iter().filter(|(_, record)| record.kind() == kind);
        of_kind
            .map(|(reference, record)| (reference.clone(), record.clone()))
            .collect()
    }
}

/// Fixture listings, one JSON record a line.
const FIXTURES: &str = r#"
{"kind":"provider","id":"p1","name":{"zh":"样例服务商甲"},"region":["32"],"sources":[]}
{"kind":"provider","id":"p2","name":{"zh":"样例服务商乙"},"region":["44"],"tier":["little_giant"],"sources":[]}
{"kind":"solution","id":"s1","name":{"zh":"表面缺陷视觉检测云服务（样例）"},"technique":["vision"],"delivery":["saas"],"price":"30万元","industry":["C36"],"links":[{"rel":"provided_by","to":"provider/p1"}],"sources":[]}
{"kind":"solution","id":"s2","name":{"zh":"缺陷检测一体机（样例）"},"technique":["vision"],"delivery":["appliance"],"price":"80万元","lead_days":40,"links":[{"rel":"provided_by","to":"provider/p2"}],"sources":[]}
{"kind":"solution","id":"s3","name":{"zh":"表面检测平台（样例）"},"technique":["vision"],"links":[{"rel":"provided_by","to":"provider/p1"}],"sources":[]}
{"kind":"solution","id":"s4","name":{"zh":"表面缺陷检测软件（样例）"},"delivery":["on_premises"],"links":[{"rel":"provided_by","to":"provider/p1"}],"sources":[]}
{"kind":"solution","id":"s5","name":{"zh":"排产优化系统（样例）"},"technique":["classical_ml"],"delivery":["saas"],"links":[{"rel":"provided_by","to":"provider/p2"}],"sources":[]}
{"kind":"case","id":"c1","name":{"zh":"汽车零部件表面缺陷检测应用（样例）"},"typical_scenario":["24"],"date":"2026-03","links":[{"rel":"supplied_by","to":"provider/p2"},{"rel":"instance_of","to":"scenario/n24"}],"sources":[{"key":"s1","cited":"fixture","checked":"2026-10-01","status":"third_party"}]}
{"kind":"scenario","id":"n24","name":{"zh":"在线智能检测（样例）"},"typical_scenario":["24"],"sources":[]}
{"kind":"scenario","id":"n26","name":{"zh":"质量分析与改进，缺陷检测之后（样例）"},"typical_scenario":["26"],"sources":[]}
{"kind":"need","id":"d1","name":{"zh":"表面缺陷检测采购（样例）"},"technique":["vision"],"region":["44"],"noticed":"2026-10-01","sources":[]}
{"kind":"need","id":"d2","name":{"zh":"缺陷检测旧公告（样例）"},"deadline":"2026-01-01","noticed":"2025-10-01","sources":[]}
"#;

fn shelf(order: impl Fn(&mut Vec<(RecordRef, Arc<Record>)>)) -> (Index, Shelf) {
    let mut records: Vec<(RecordRef, Arc<Record>)> = FIXTURES
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let record: Record = serde_json::from_str(line).unwrap();
            let reference = RecordRef {
                feed: "fixture".to_owned(),
                kind: record.kind().as_str().to_owned(),
                id: record.head().id.clone(),
            };
            (reference, Arc::new(record))
        })
        .collect();
    order(&mut records);
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(1, 20_000_000).unwrap();
    for (reference, record) in &records {
        writer
            .put(&Document {
                reference,
                record,
                facts: Facts::default(),
            })
            .unwrap();
    }
    writer.commit(1).unwrap();
    writer.finish().unwrap();
    (index, Shelf(records.into_iter().collect()))
}

fn with<T>(index: &Index, shelf: &Shelf, work: impl FnOnce(&Engine<'_>) -> T) -> T {
    let today = Date::parse("2026-11-25").unwrap();
    work(&Engine::new(index, shelf, Taxonomies::bundled(), &today))
}

fn request() -> MatchRequest {
    let need: NeedForm = serde_json::from_str(
        r#"{"title":"表面缺陷检测","technique":{"codes":["vision"]},"region":{"codes":["32"]},
            "deployment":{"codes":["private"],"strength":"hard"},"budget":{"high":500000},
            "deadline":{"date":"2027-01-31"}}"#,
    )
    .unwrap();
    MatchRequest {
        need,
        limit: 20,
        ..MatchRequest::default()
    }
}

fn answer(request: &MatchRequest) -> MatchAnswer {
    let (index, shelf) = shelf(|_| {});
    with(&index, &shelf, |engine| engine.answer(request).unwrap())
}

#[test]
fn contributions_sum_to_the_score_and_weights_to_one() {
    for target in [
        MatchTarget::Solutions,
        MatchTarget::Providers,
        MatchTarget::Cases,
    ] {
        let answer = answer(&MatchRequest {
            target,
            ..request()
        });
        assert!(!answer.hits.is_empty(), "{target:?}");
        for hit in answer.hits.iter().chain(&answer.near) {
            let sum: f64 = hit.contributions.iter().map(|part| part.contribution).sum();
            let weights: f64 = hit.contributions.iter().map(|part| part.weight).sum();
            assert!((sum - hit.score).abs() < 1e-9 && (weights - 1.0).abs() < 1e-9);
        }
    }
}

#[test]
fn what_breaks_something_strict_is_a_near_miss_and_what_does_not_say_is_a_question() {
    let answer = answer(&request());
    let state = |id: &str| {
        let hit = answer.hits.iter().find(|hit| hit.reference.id == id)?;
        let of = |part: &&crate::api::types::Contribution| part.criterion == "deployment";
        hit.contributions.iter().find(of).map(|part| part.state)
    };
    assert_eq!(state("s1"), None, "a cloud service is no answer");
    assert_eq!(state("s2"), Some(MatchState::Met));
    assert_eq!(
        state("s3"),
        Some(MatchState::Unknown),
        "not said is no reason to leave it out"
    );
    let near = answer
        .near
        .iter()
        .find(|hit| hit.reference.id == "s1")
        .unwrap();
    assert_eq!(near.counterfactuals[0].criteria, ["deployment"]);
    assert_eq!(
        near.counterfactuals[0].rank, 1,
        "with another deployment it would lead"
    );
}

#[test]
fn every_counterfactual_holds_when_it_is_asked_for() {
    let before = answer(&request());
    let mut checked = 0;
    for hit in before.hits.iter().chain(&before.near) {
        for change in &hit.counterfactuals {
            let assume = change.criteria.iter().map(|criterion| Assumption {
                reference: hit.reference.clone(),
                criterion: criterion.clone(),
            });
            let after = answer(&MatchRequest {
                assume: assume.collect(),
                ..request()
            });
            let found = after
                .hits
                .iter()
                .find(|other| other.reference == hit.reference)
                .unwrap();
            assert_eq!(
                found.rank, change.rank,
                "{} with {:?}",
                hit.reference, change.criteria
            );
            assert!((found.score - change.score).abs() < 1e-12);
            checked += 1;
        }
    }
    assert!(checked >= 3, "{checked} counterfactuals");
}

#[test]
fn the_order_in_which_records_came_changes_nothing() {
    let straight = answer(&request());
    let (index, shelf) = shelf(|records| records.reverse());
    let reversed = with(&index, &shelf, |engine| engine.answer(&request()).unwrap());
    assert_eq!(straight, reversed);
}

#[test]
fn a_case_speaks_for_its_provider_with_its_path_and_source() {
    let answer = answer(&MatchRequest {
        target: MatchTarget::Providers,
        ..request()
    });
    let hit = answer
        .hits
        .iter()
        .find(|hit| hit.reference.id == "p2")
        .unwrap();
    let path: Vec<&str> = hit.evidence[0]
        .path
        .iter()
        .map(|step| step.reference.id.as_str())
        .collect();
    assert_eq!(path, ["c1", "n24"]);
    assert_eq!(hit.evidence[0].sources, ["fixture"]);
    assert!(hit.words.iter().any(|word| word.text.contains("缺陷检测")));
}

#[test]
fn words_of_a_concluded_field_say_so_and_no_mobile_number_is_a_reason() {
    let record = r#"{"kind":"solution","id":"s6","name":{"zh":"样例"},"summary":{"zh":"表面缺陷，13800138000"},
        "field":["检测"],"inferred":[{"field":"field","by":"source"}],"sources":[]}"#;
    let (index, shelf) = shelf(|records| {
        let record: Record = serde_json::from_str(record).unwrap();
        let reference = "fixture/solution/s6".parse().unwrap();
        records.push((reference, Arc::new(record)));
    });
    let mut request = request();
    request.need.problem = "请联系 13800138000".to_owned();
    let answer = with(&index, &shelf, |engine| engine.answer(&request).unwrap());
    let mut hits = answer.hits.iter().chain(&answer.near);
    let hit = hits.find(|hit| hit.reference.id == "s6").unwrap();
    let read = |text: &str| hit.words.iter().find(|word| word.text == text).unwrap();
    let told = |text: &str| (read(text).field.as_str(), read(text).inferred);
    assert_eq!(told("表面缺陷"), ("summary", false), "{:?}", hit.words);
    assert_eq!(told("检测"), ("field", true));
    assert_eq!(told("138****8000"), ("summary", false));
}

#[test]
fn an_offer_finds_open_needs_and_both_sides_count() {
    let (index, shelf) = shelf(|_| {});
    let request = OfferRequest {
        reference: "fixture/solution/s2".parse().unwrap(),
        limit: 10,
        preset: crate::api::types::Preset::Balanced,
        weights: BTreeMap::new(),
        assume: Vec::new(),
    };
    let answer = with(&index, &shelf, |engine| {
        engine.answer_offer(&request).unwrap().unwrap()
    });
    let ids: Vec<&str> = answer
        .hits
        .iter()
        .map(|hit| hit.reference.id.as_str())
        .collect();
    assert_eq!(ids, ["d1"], "a need whose deadline is over is not open");
    let sides = answer.hits[0].sides.unwrap();
    let mean = 2.0 * sides.need * sides.offer / (sides.need + sides.offer);
    assert!((sides.both - mean).abs() < 1e-12 && (sides.need - answer.hits[0].score).abs() < 1e-12);
}

#[test]
fn a_roadmap_puts_what_is_proven_first_and_what_builds_on_it_after() {
    let (index, shelf) = shelf(|_| {});
    let roadmap = with(&index, &shelf, |engine| engine.roadmap(&request()).unwrap());
    let steps: Vec<(&str, RoadmapPhase)> = roadmap
        .steps
        .iter()
        .map(|step| (step.scenario.reference.id.as_str(), step.phase))
        .collect();
    assert_eq!(
        steps,
        [("n24", RoadmapPhase::Now), ("n26", RoadmapPhase::Next)]
    );
    assert_eq!(roadmap.steps[1].after[0].id, "n24");
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (prop::array::uniform12(0u8..5), any::<bool>(), 0u8..4);
    prop::collection::vec(entry, 1..40).prop_map(|drawn| {
        drawn
            .into_iter()
            .enumerate()
            .map(|(at, (values, broken, group))| Entry {
                values: values.map(|value| f64::from(value) / 4.0),
                broken: if broken { vec![4] } else { Vec::new() },
                affinity: f64::from(values[0]) / 4.0,
                reference: format!("r{at:03}"),
                group: Some(format!("g{group}")),
                small: group == 0,
            })
            .collect()
    })
}

fn board(entries: Vec<Entry>, diverse: bool) -> Board {
    Board {
        entries,
        weights: [
            0.32, 0.18, 0.15, 0.1, 0.05, 0.02, 0.06, 0.04, 0.04, 0.02, 0.02, 0.0,
        ],
        diverse,
    }
}

proptest! {
    #[test]
    fn another_candidate_never_reorders_the_others(entries in entries(), gone in 0usize..40) {
        let names = |board: &Board| -> Vec<String> {
            board.rank().main.iter().map(|at| board.entries[*at].reference.clone()).collect()
        };
        let all = board(entries.clone(), false);
        let gone = gone % entries.len();
        let mut fewer = entries;
        let left = fewer.remove(gone).reference;
        let mut expected = names(&all);
        expected.retain(|name| *name != left);
        prop_assert_eq!(names(&board(fewer, false)), expected);
    }

    #[test]
    fn sharing_out_keeps_everybody_and_the_bounds(entries in entries()) {
        let board = board(entries, true);
        let ranking = board.rank();
        prop_assert_eq!(ranking.main.len() + ranking.near.len(), board.entries.len());
        prop_assert!(ranking.main.iter().all(|at| board.entries[*at].broken.is_empty()));
        // Only where other providers run out does one get more than two of the first ten places.
        let groups: Vec<&str> = ranking.main.iter().filter_map(|at| board.entries[*at].group.as_deref()).collect();
        let shared = 10.min(groups.iter().collect::<std::collections::BTreeSet<_>>().len());
        for group in &groups[..shared.min(groups.len())] {
            let many = groups[..shared].iter().filter(|other| *other == group).count();
            prop_assert!(many <= 2, "{} of {:?}", many, groups);
        }
    }

    #[test]
    fn reordering_for_small_providers_stays_inside_the_tie_band(entries in entries()) {
        // Without groups nothing is shared out, so that nothing else moves a hit.
        let entries: Vec<Entry> = entries.into_iter().map(|entry| Entry { group: None, ..entry }).collect();
        let board = board(entries, true);
        let ranking = board.rank();
        let plain = Board { diverse: false, ..board.clone() }.rank().main;
        for (place, one) in ranking.main.iter().enumerate() {
            for other in &ranking.main[place + 1..] {
                let gain = board.score(*other) - board.score(*one);
                let before = |at: &usize| plain.iter().position(|known| known == at);
                if before(one) > before(other) {
                    prop_assert!(gain < super::board::BAND, "passed somebody better by {}", gain);
                    prop_assert!(board.entries[*one].small && !board.entries[*other].small);
                    prop_assert!(ranking.lifted.contains(one), "what came ahead is marked");
                }
            }
        }
    }

    #[test]
    fn the_usual_rank_lies_in_its_range(entries in entries()) {
        let board = board(entries, true);
        let main = board.rank().main;
        for (place, (best, worst)) in board.ranges(&main, main.len()).into_iter().enumerate() {
            prop_assert!(best as usize <= place + 1 && place < worst as usize);
        }
    }

    #[test]
    fn no_range_holds_a_place_that_sharing_out_forbids(gaps in prop::collection::vec(1u8..4, 12)) {
        // One provider has the best five, others the rest, and no change of weights brings anybody past another.
        let mut value = 1.0;
        let entries: Vec<Entry> = gaps.iter().enumerate().map(|(at, gap)| {
            value -= f64::from(*gap) * 0.02;
            Entry {
                values: [value; COUNT],
                broken: Vec::new(),
                affinity: 0.0,
                reference: format!("r{at:03}"),
                group: Some(if at < 5 { "big".to_owned() } else { format!("g{at}") }),
                small: false,
            }
        }).collect();
        let board = board(entries, true);
        let main = board.rank().main;
        let ranges = board.ranges(&main, main.len());
        // Two of the one and seven others come first: its third is the tenth at best.
        for (place, range) in (1..).zip(ranges) {
            prop_assert_eq!(range, (place, place));
        }
    }
}
