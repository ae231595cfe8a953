//! The user's needs given to providers of limited capacity, as staff decide.

use std::path::Path;

use atlas_core::api;
use atlas_core::api::App;
use atlas_core::api::types::{ErrorCode, Portfolio, ShortReason};
use serde_json::{Value, json};
use tests::fixtures::{bundle, record};

use crate::export::{part, written};
use crate::folder::transact;
use crate::needs::save;
use crate::own::{own, write};
use crate::product::{app, open};

/// Needs by a digit: the UUIDs of fixtures.
fn need(n: u32) -> String {
    format!("own/need/0191e0b2-7c1d-7abc-8def-00000000000{n}")
}

fn provider(id: &str) -> String {
    format!("fixture/provider/{id}")
}

/// Two providers for surface inspection, one of them better, and one for scheduling; all fixtures.
fn opened(dir: &Path) -> App {
    let solution = |id: &str, name: &str, by: &str| {
        let links = json!([{ "rel": "provided_by", "to": format!("provider/{by}") }]);
        record(
            "solution",
            id,
            name,
            json!({ "links": links, "delivery": ["saas"] }),
        )
    };
    let records = [
        record("provider", "good", "样例服务商甲", json!({})),
        record("provider", "fair", "样例服务商乙", json!({})),
        record("provider", "other", "样例服务商丙", json!({})),
        solution("s1", "表面缺陷检测", "good"),
        solution("s2", "表面缺陷检测与设备维护管理平台", "fair"),
        solution("s3", "排产优化系统", "other"),
    ];
    let app = app(dir, bundle(1, &records));
    open(&app);
    app
}

fn solve(app: &App, plan: Value) -> Portfolio {
    serde_json::from_value(api::query(app, "match_portfolio", plan).unwrap()).unwrap()
}

/// Provider of each need, by the digit of the need.
fn pairs(portfolio: &Portfolio) -> Vec<(char, Vec<&str>)> {
    let mut pairs: Vec<(char, Vec<&str>)> = portfolio
        .needs
        .iter()
        .map(|one| {
            let of = one.assigned.iter();
            let ids = of.map(|one| one.provider.reference.id.as_str()).collect();
            (one.need.reference.id.chars().last().unwrap(), ids)
        })
        .collect();
    pairs.sort();
    pairs
}

fn inspection(app: &App, n: u32) {
    save(app, &need(n), json!({ "title": "表面缺陷检测" }));
}

#[test]
fn each_need_gets_its_best_provider_while_there_is_capacity() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    inspection(&app, 1);
    inspection(&app, 2);
    save(&app, &need(3), json!({ "title": "排产优化" }));
    let wide = solve(&app, json!({}));
    assert_eq!(
        pairs(&wide),
        [
            ('1', vec!["good"]),
            ('2', vec!["good"]),
            ('3', vec!["other"])
        ]
    );
    assert_eq!((wide.served, wide.share.to_bits()), (3, 1f64.to_bits()));
    let loads: Vec<_> = wide
        .loads
        .iter()
        .map(|load| {
            (
                load.provider.reference.id.as_str(),
                load.used,
                load.capacity,
            )
        })
        .collect();
    assert_eq!(loads, [("good", 2, 3), ("other", 1, 3)]);
    assert_eq!(wide.needs[0].assigned[0].rank, 1);

    let tight = solve(&app, json!({ "capacity": 1 }));
    let got = pairs(&tight);
    assert_eq!(got[2], ('3', vec!["other"]));
    let mut inspecting: Vec<&str> = got[..2].iter().flat_map(|(_, ids)| ids.clone()).collect();
    inspecting.sort_unstable();
    assert_eq!(inspecting, ["fair", "good"]);
}

#[test]
fn each_need_is_matched_by_its_own_weights() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    inspection(&app, 1);
    inspection(&app, 2);
    let score = |portfolio: &Portfolio, n: usize| portfolio.needs[n].assigned[0].score;
    let before = solve(&app, json!({}));
    let weighing = json!({ "weights": { "evidence": 5.0 } });
    transact(
        &app,
        json!({ "edit": "weigh_need", "ref": need(2), "weighing": weighing }),
    );
    let plain = solve(&app, json!({ "without": [need(2)] }));
    assert_eq!(score(&plain, 0).to_bits(), score(&before, 0).to_bits());
    let weighed = solve(&app, json!({ "without": [need(1)] }));
    let assigned = weighed.needs[0].assigned.first();
    assert!(
        assigned.is_none_or(|one| one.score < score(&before, 1) - 0.1),
        "nobody has evidence, which now counts most"
    );
}

#[test]
fn staff_lock_forbid_and_count_and_what_is_no_longer_there_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    inspection(&app, 1);
    let pair = |n: u32, id: &str| json!({ "need": need(n), "provider": provider(id) });
    let stale = [pair(7, "good"), pair(1, "vanished")];
    let mut locks = stale.to_vec();
    locks.push(pair(1, "other"));
    let locked = solve(
        &app,
        json!({ "locks": locks, "forbids": stale, "kept": stale, "demand": 2, "without": [need(9)] }),
    );
    assert_eq!(pairs(&locked), [('1', vec!["good", "other"])]);
    assert!(locked.needs[0].assigned[1].locked && locked.departures == 1);
    let lost: Vec<String> = locked
        .lost
        .iter()
        .map(|pair| pair.provider.to_string())
        .collect();
    assert_eq!(
        lost,
        [provider("vanished")],
        "a need that takes no part loses nothing"
    );

    let forbidden = solve(&app, json!({ "forbids": [pair(1, "good")] }));
    assert_eq!(pairs(&forbidden), [('1', vec!["fair"])]);
    let others = forbidden.needs[0].others.iter();
    assert!(
        others
            .clone()
            .all(|one| one.provider.reference.id != "good")
    );
    let without = solve(&app, json!({ "without": [need(1)] }));
    assert_eq!(without.needs, []);

    let error = api::query(&app, "match_portfolio", json!({ "locks": [pair(1, "good")], "capacities": [{ "ref": provider("good"), "count": 0 }] })).unwrap_err();
    assert_eq!(
        (error.code, error.facts["field"].as_str()),
        (ErrorCode::BadRequest, "locks")
    );
    assert_eq!(error.facts["ref"], provider("good"));
}

#[test]
fn a_provider_that_a_feed_dropped_is_still_called_by_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    inspection(&app, 1);
    let pair = |id: &str| json!({ "need": need(1), "provider": provider(id) });
    let plan =
        json!({ "locks": [pair("good")], "forbids": [pair("other")], "kept": [pair("fair")] });
    transact(&app, json!({ "edit": "save_portfolio", "plan": plan }));
    drop(app);
    // The next generation holds none of them but one.
    let rest = [record("provider", "other", "样例服务商丙", json!({}))];
    let app = crate::product::app(dir.path(), bundle(2, &rest));
    open(&app);
    let plan = api::query(&app, "get_portfolio_plan", json!({})).unwrap();
    let solved = solve(&app, plan.clone());
    let named: Vec<_> = solved
        .named
        .iter()
        .map(|one| (one.reference.id.as_str(), one.name.any(), one.gone))
        .collect();
    assert_eq!(
        named,
        [
            ("fair", "样例服务商乙", true),
            ("good", "样例服务商甲", true),
            ("other", "样例服务商丙", false)
        ]
    );
    assert_eq!(solved.lost.len(), 2);
    let view = api::query(&app, "get_record", json!({ "ref": provider("good") })).unwrap();
    assert_eq!(view["gone"], true, "the copy can be read");

    let what = json!({ "what": "portfolio", "plan": plan });
    let path = written(&app, dir.path(), &what, "docx");
    let document = part(&path, "word/document.xml");
    for said in ["样例服务商甲 (已不在目录中)", "样例服务商乙 (已不在目录中)"]
    {
        assert!(document.contains(said), "{document}");
    }

    transact(
        &app,
        json!({ "edit": "save_portfolio", "plan": { "locks": [] } }),
    );
    let asked = api::query(&app, "get_record", json!({ "ref": provider("good") }));
    assert!(asked.is_err(), "what no plan names is let go of");
}

#[test]
fn an_unserved_need_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    inspection(&app, 1);
    let why = |plan: Value| solve(&app, plan).needs[0].short.clone();
    assert_eq!(why(json!({ "capacity": 0 })), Some(ShortReason::NoCapacity));
    let all: Vec<Value> = ["good", "fair", "other"]
        .map(|id| json!({ "need": need(1), "provider": provider(id) }))
        .to_vec();
    assert_eq!(why(json!({ "forbids": all })), Some(ShortReason::Forbidden));
    let few = why(json!({ "demand": 9 }));
    assert!(
        matches!(few, Some(ShortReason::FewCandidates { candidates: 2..=3 })),
        "{few:?}"
    );
    assert_eq!(why(json!({})), None);
    let strict = json!({ "title": "表面缺陷检测", "deployment": { "codes": ["private"], "strength": "hard" } });
    save(&app, &need(2), strict);
    let portfolio = solve(&app, json!({}));
    let of = portfolio
        .needs
        .iter()
        .find(|one| one.need.reference.to_string() == need(2))
        .unwrap();
    assert_eq!(
        (&of.short, of.assigned.len()),
        (&Some(ShortReason::NoCandidate), 0),
        "a cloud service is no answer"
    );
    inspection(&app, 3);
    let contended = solve(
        &app,
        json!({ "without": [need(2)], "capacities": [{ "ref": provider("fair"), "count": 0 }, { "ref": provider("other"), "count": 0 }], "capacity": 1 }),
    );
    let short: Vec<_> = contended
        .needs
        .iter()
        .filter_map(|one| one.short.as_ref())
        .collect();
    let [ShortReason::Contended { needs, providers }] = short.as_slice() else {
        panic!("{short:?}");
    };
    let full: Vec<&str> = providers
        .iter()
        .map(|one| one.reference.id.as_str())
        .collect();
    assert!(
        needs.len() == 2 && full.contains(&"good"),
        "{needs:?} {full:?}"
    );
}

#[test]
fn only_needs_of_the_chosen_statuses_take_part() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    inspection(&app, 1);
    inspection(&app, 2);
    transact(
        &app,
        json!({ "edit": "set_need_status", "ref": need(2), "status": "contract", "reason": "" }),
    );
    assert_eq!(
        pairs(&solve(&app, json!({}))).len(),
        1,
        "signed work is done"
    );
    assert_eq!(
        pairs(&solve(&app, json!({ "status": ["contract"] })))[0].0,
        '2'
    );
    assert_eq!(pairs(&solve(&app, json!({ "status": [] }))), []);
}

#[test]
fn a_need_that_has_expired_takes_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    save(
        &app,
        &need(1),
        json!({ "title": "表面缺陷检测", "expires": "2026-10" }),
    );
    save(
        &app,
        &need(2),
        json!({ "title": "表面缺陷检测", "expires": "2026-11" }),
    );
    let solved = solve(&app, json!({}));
    assert_eq!(
        pairs(&solved),
        [('2', vec!["good"])],
        "a month lasts to its end"
    );
    assert_eq!(solved.expired, 1);
}

#[test]
fn a_kept_solution_is_departed_from_only_for_a_gain() {
    let dir = tempfile::tempdir().unwrap();
    let app = opened(dir.path());
    inspection(&app, 1);
    inspection(&app, 2);
    let pair = |n: u32, id: &str| json!({ "need": need(n), "provider": provider(id) });
    for (first, second) in [("good", "fair"), ("fair", "good")] {
        let kept = json!({ "capacity": 1, "kept": [pair(1, first), pair(2, second)] });
        let solved = solve(&app, kept);
        assert_eq!(pairs(&solved), [('1', vec![first]), ('2', vec![second])]);
        assert!(solved.departures == 0 && solved.needs[0].assigned[0].kept);
    }
    let gained = solve(&app, json!({ "kept": [pair(1, "fair"), pair(2, "good")] }));
    assert_eq!(
        pairs(&gained)[0],
        ('1', vec!["good"]),
        "much better, and free"
    );
    assert_eq!(gained.departures, 1);
}

/// What changes, and how.
type Change<'a> = (&'a str, Box<dyn Fn(&App) + 'a>);

/// Matches are kept between one look and the next: they must not outlive what they were made of.
#[test]
fn a_second_look_sees_whatever_changed_since_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut app = opened(dir.path());
    inspection(&app, 1);
    inspection(&app, 2);
    let (firm, offer) = (own("provider", 1), own("solution", 1));
    let linked = json!({ "links": [{ "rel": "provided_by", "to": firm }] });
    let changes: [Change<'_>; 5] = [
        (
            "another need",
            Box::new(|app| {
                save(app, &need(1), json!({ "title": "排产优化" }));
            }),
        ),
        (
            "a new provider",
            Box::new(|app| {
                write(app, &firm, "样例服务商丁", json!({}));
                write(app, &offer, "表面缺陷检测", linked.clone());
            }),
        ),
        (
            "another name of what it offers",
            Box::new(|app| {
                write(app, &offer, "排产优化系统", linked.clone());
            }),
        ),
        (
            "it is gone",
            Box::new(|app| {
                transact(
                    app,
                    json!({ "edit": "move_to_trash", "refs": [firm, offer] }),
                );
            }),
        ),
        (
            "a need is gone",
            Box::new(|app| {
                transact(app, json!({ "edit": "remove_need", "ref": need(2) }));
            }),
        ),
    ];
    for (what, change) in changes {
        let before = answer(&app);
        assert_eq!(answer(&app), before, "{what}");
        change(&app);
        let after = answer(&app);
        assert_ne!(after, before, "{what}");
        drop(app);
        app = opened(dir.path());
        assert_eq!(answer(&app), after, "{what}: what a new start sees");
    }
}

fn answer(app: &App) -> Value {
    api::query(app, "match_portfolio", json!({ "demand": 3 })).unwrap()
}
