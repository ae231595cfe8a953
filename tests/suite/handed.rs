//! Own records on their way into a feed: what leaves of them, and what comes back.

use atlas_core::api::{self, App};
use serde_json::{Value, json};
use tests::fixtures::{bundle, case, record};

use crate::folder::transact;
use crate::own::{document, own, write};
use crate::product::{app, open, small};

/// Keeps a record in every way there is; answers its row in each.
fn keep(app: &App, reference: &str) -> [Value; 3] {
    let list = "0191e0b2-7c1d-7abc-8def-000000000009";
    for edit in [
        json!({ "edit": "save_list", "list": list, "name": "候选", "note": "" }),
        json!({ "edit": "add_members", "list": list, "refs": [reference] }),
        json!({ "edit": "set_tags", "refs": [reference], "add": ["回访"], "remove": [] }),
        json!({ "edit": "add_favourite", "ref": reference }),
    ] {
        transact(app, edit);
    }
    let query = |name: &str, request: Value| api::query(app, name, request).unwrap();
    let list = query("get_list", json!({ "id": list }));
    let tagged = query("list_tagged", json!({ "tag": "回访" }));
    let favourites = query("list_favourites", json!({}));
    [&list["members"], &tagged, &favourites].map(|kept| kept[0]["row"].clone())
}

#[test]
fn an_own_record_and_what_a_feed_published_of_it_name_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let (mine, merged, lost) = (own("case", 1), own("case", 2), own("case", 3));
    let id = mine.rsplit('/').next().unwrap();
    let published = record("case", id, "质检案例", json!({ "origin": mine }));
    // The publisher put another one into a record that was there; a third is of somebody else.
    let into = record(
        "case",
        "into",
        "并入的案例",
        json!({ "origin": [lost, merged] }),
    );
    let app = app(
        dir.path(),
        bundle(
            1,
            &[
                published,
                into,
                case("a", "manufacturing", "production", "32"),
            ],
        ),
    );
    open(&app);
    let twins = |text: &str| -> Vec<(String, Vec<String>)> {
        let page =
            api::query(&app, "search_records", json!({ "text": text, "limit": 50 })).unwrap();
        let refs = |row: &Value| -> Vec<String> {
            let twins = row["twins"].as_array().unwrap();
            twins
                .iter()
                .map(|twin| twin["ref"].as_str().unwrap().to_owned())
                .collect()
        };
        let rows = page["rows"].as_array().unwrap();
        let mut all: Vec<_> = rows
            .iter()
            .map(|row| (row["ref"].as_str().unwrap().to_owned(), refs(row)))
            .collect();
        all.sort_unstable();
        all
    };
    let there = format!("fixture/case/{id}");
    assert_eq!(
        twins("质检案例"),
        [(there.clone(), vec![])],
        "an origin of somebody else is no twin"
    );
    write(&app, &mine, "质检案例", json!({}));
    write(&app, &merged, "另一案例", json!({}));
    assert_eq!(
        twins("质检案例"),
        [
            (there.clone(), vec![mine.clone()]),
            (mine.clone(), vec![there.clone()])
        ]
    );
    let view =
        |reference: &str| api::query(&app, "get_record", json!({ "ref": reference })).unwrap();
    assert_eq!(view(&mine)["twins"][0]["ref"], there);
    let twin = &view(&there)["twins"][0];
    assert_eq!(
        (twin["ref"].as_str(), &twin["feed"]),
        (Some(mine.as_str()), &json!({}))
    );
    assert_eq!(view("fixture/case/into")["twins"][0]["ref"], merged);
    // Wherever else a row is kept, it says so too.
    for row in keep(&app, &there) {
        assert_eq!(
            (&row["twins"][0]["ref"], &row["favourite"]),
            (&json!(mine), &json!(true)),
            "{row}"
        );
    }
    let listed = api::query(
        &app,
        "list_own",
        json!({ "kind": "case", "sort": "name", "offset": 0, "limit": 9 }),
    )
    .unwrap();
    let of = |reference: &str| {
        let rows = listed["rows"].as_array().unwrap();
        let row = rows.iter().find(|own| own["row"]["ref"] == reference);
        row.unwrap()["row"]["twins"].clone()
    };
    assert_eq!(of(&mine)[0]["ref"], there);
    assert_eq!(
        of(&merged),
        json!([]),
        "only a receipt says into which record it went"
    );
}

#[test]
fn what_the_form_shows_of_a_record_is_what_a_submission_of_it_hands_over() {
    let dir = tempfile::tempdir().unwrap();
    let app = app(dir.path(), small());
    open(&app);
    let (provider, solution) = (own("provider", 1), own("solution", 2));
    write(&app, &provider, "自有服务商", json!({}));
    let fields = json!({
        "notes": [{ "zh": "可到现场试用", "en": "On-site trial" }, { "zh": "另有资料" }],
        "contact": { "person": "夹具", "phone": "13800138000",
                     "consent": { "date": "2026-03-02", "source": "官网" } },
        "columns": { "内部编号": "甲-017" }, "imported": { "file": "夹具.xlsx", "row": 6 },
        "links": [{ "rel": "provided_by", "to": provider }],
    });
    write(&app, &solution, "自有方案", fields.clone());
    let checked = api::query(
        &app,
        "check_draft",
        json!({ "ref": solution, "document": document(&solution, "自有方案", fields) }),
    )
    .unwrap();
    assert_eq!(checked["faults"], json!([]));
    let leaving = api::query(
        &app,
        "preview_submission",
        json!({ "refs": [solution], "masked": false, "contact": false }),
    )
    .unwrap();
    let leaving = &leaving[0];
    let text = checked["preview"].to_string();
    for kept in ["13800138000", "甲-017", "夹具.xlsx", &provider] {
        assert!(!text.contains(kept), "{kept}: {text}");
    }
    assert_eq!(checked["left_out"], leaving["left_out"]);
    assert_eq!(
        leaving["left_out"],
        json!(["columns", "contact", "imported", "links"])
    );
    assert_eq!(checked["preview"]["record"], leaving["fields"]);
    assert_eq!(leaving["fields"]["notes"][0]["en"], "On-site trial");
    assert_eq!(
        checked["preview"]["contact"],
        Value::Null,
        "nobody is asked for it here"
    );
}
