//! The other way round over needs of the user's own: what they mean strictly is strict there as well.

use atlas_core::api::types::{Match, MatchAnswer};
use atlas_core::api::{self, App};
use serde_json::{Value, json};
use tests::fixtures::{bundle, record};

use crate::needs::{NEED, save};
use crate::product::{app, open};

fn ask(app: &App, query: &str, request: Value) -> MatchAnswer {
    serde_json::from_value(api::query(app, query, request).unwrap()).unwrap()
}

fn names(hits: &[Match]) -> Vec<String> {
    hits.iter().map(|hit| hit.reference.to_string()).collect()
}

#[test]
fn an_own_need_judges_an_offer_alike_in_both_directions() {
    let dir = tempfile::tempdir().unwrap();
    let cloud = record(
        "solution",
        "s",
        "表面缺陷检测云服务（样例）",
        json!({ "technique": ["vision"], "delivery": ["saas"], "price": "30万元" }),
    );
    let app = app(dir.path(), bundle(1, &[cloud]));
    open(&app);
    let mut form = json!({
        "title": "表面缺陷检测",
        "technique": { "codes": ["vision"], "strength": "soft" },
        "deployment": { "codes": ["private"], "strength": "hard" },
        "deadline": { "date": "2027-06-30", "strength": "unknown" },
        "maturity": "g2",
    });
    save(&app, NEED, form.clone());
    let there = ask(&app, "match_need", json!({ "need": form, "limit": 5 }));
    let offer = json!({ "ref": "fixture/solution/s", "limit": 5 });
    let back = ask(&app, "match_offer", offer.clone());
    assert_eq!(names(&there.near), ["fixture/solution/s"]);
    assert_eq!(
        (names(&back.hits), names(&back.near)),
        (vec![], vec![NEED.to_owned()])
    );
    let parts = |hit: &Match| hit.contributions.clone();
    assert_eq!(
        parts(&back.near[0]),
        parts(&there.near[0]),
        "the same reasons"
    );
    assert_eq!(back.near[0].counterfactuals[0].criteria, ["deployment"]);

    // Meant less strictly, it is an answer that fits less well.
    form["deployment"]["strength"] = json!("soft");
    save(&app, NEED, form);
    let back = ask(&app, "match_offer", offer);
    assert_eq!(names(&back.hits), [NEED]);
}
