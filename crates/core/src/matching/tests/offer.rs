//! What would lift a need in the list of an offer.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{shelf, with};
use crate::api::types::{Assumption, MatchAnswer, OfferRequest, Preset};
use crate::model::Record;

/// Open needs besides those of the other tests; fixtures.
const NEEDS: [&str; 2] = [
    r#"{"kind":"need","id":"d3","name":{"zh":"缺陷检测一体机采购（样例）"},"region":["32"],"budget":{"text":"50万元","yuan":500000},"noticed":"2026-10-01","sources":[]}"#,
    r#"{"kind":"need","id":"d4","name":{"zh":"表面缺陷检测改造（样例）"},"region":["11"],"noticed":"2026-10-01","sources":[]}"#,
];

fn ask(assume: Vec<Assumption>) -> MatchAnswer {
    let (index, shelf) = shelf(|records| {
        for need in NEEDS {
            let record: Record = serde_json::from_str(need).unwrap();
            let reference = format!("fixture/need/{}", record.head().id);
            records.push((reference.parse().unwrap(), Arc::new(record)));
        }
    });
    let request = OfferRequest {
        reference: "fixture/solution/s2".parse().unwrap(),
        limit: 10,
        preset: Preset::Feasible,
        weights: BTreeMap::new(),
        assume,
    };
    with(&index, &shelf, |engine| {
        engine.answer_offer(&request).unwrap().unwrap()
    })
}

#[test]
fn what_would_lift_a_need_holds_when_it_is_asked_for() {
    let before = ask(Vec::new());
    assert_eq!(before.hits.len(), 3);
    let mut checked = 0;
    for hit in before.hits.iter().chain(&before.near) {
        for change in &hit.counterfactuals {
            let assume = change.criteria.iter().map(|criterion| Assumption {
                reference: hit.reference.clone(),
                criterion: criterion.clone(),
            });
            let after = ask(assume.collect());
            let mut hits = after.hits.iter();
            let found = hits.find(|other| other.reference == hit.reference).unwrap();
            assert_eq!(
                found.rank, change.rank,
                "{} with {:?}",
                hit.reference, change.criteria
            );
            assert!((found.score - change.score).abs() < 1e-12 && change.rank < hit.rank);
            checked += 1;
        }
    }
    assert!(checked >= 1, "{checked} counterfactuals");
    assert!(
        before.hits[0].counterfactuals.is_empty(),
        "the first place is the best"
    );
}
