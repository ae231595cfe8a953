//! Tables of needs.

use atlas_core::exchange::fields;
use atlas_core::model::Kind;
use serde_json::{Value, json};

use super::{ask, check, open, plan, rows, take, undo, write};
use crate::folder::transact;
use crate::own::own;
use crate::product;

#[test]
fn needs_are_taken_in_with_what_no_field_says() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let text = "需求标题,企业全称,所属行业,服务预算范围（万元）,截止日期,是否匿名,联系电话\n夹具质检需求,夹具厂,汽车,50-80,2027年上半年,是,13800000000\n,夹具厂,,,,,\n";
    let opened = open(&app, &write(dir.path(), "needs.csv", text.as_bytes())).unwrap();
    assert_eq!(opened.kind, Kind::Need);
    let plan = plan(&app, &opened, None);
    let sums = check(&app, &plan);
    assert_eq!((sums.new, sums.wrong), (1, 1));
    let done = take(&app, &plan, true).unwrap();
    assert_eq!((done.added, done.wrong, done.changes.needs), (1, 1, true));
    let need: Value = ask(&app, "get_need", json!({ "ref": done.first }));
    assert_eq!(
        need["form"]["budget"],
        json!({ "low": 500_000.0, "high": 800_000.0, "strength": "soft" })
    );
    assert_eq!(need["form"]["deadline"]["date"], "2027-06");
    assert_eq!(
        (
            need["form"]["masked"].as_bool(),
            need["form"]["industry"]["codes"][0].as_str()
        ),
        (Some(true), Some("equipment"))
    );
    assert!(
        need["text"]
            .as_str()
            .unwrap()
            .contains("联系电话：13800000000")
    );
    undo(&app);
    assert_eq!(
        ask::<Vec<Value>>(&app, "list_needs", json!({ "text": "", "status": [] })),
        Vec::<Value>::new()
    );
}

#[test]
fn a_need_with_words_that_no_list_knows_is_taken_in_and_keeps_them_in_its_text() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let mut headers = vec!["需求名称".to_owned()];
    let mut cells = vec!["夹具需求".to_owned()];
    for field in fields::of(Kind::Need).filter(|field| field.shape.taxonomies().is_some()) {
        headers.push(field.zh.to_owned());
        cells.push(format!("没人知道的{}", field.path));
    }
    let text = format!("{}\n{}\n", headers.join(","), cells.join(","));
    let opened = open(&app, &write(dir.path(), "needs.csv", text.as_bytes())).unwrap();
    let plan = plan(&app, &opened, Some(Kind::Need));
    let sums = check(&app, &plan);
    assert_eq!((sums.new, sums.wrong), (1, 0), "{:?}", sums.issues);
    let done = take(&app, &plan, false).unwrap();
    let need: Value = ask(&app, "get_need", json!({ "ref": done.first }));
    for cell in &cells[1..] {
        let kept = need["text"].as_str().unwrap();
        assert!(kept.contains(cell.as_str()), "{cell}: {kept}");
    }
}

#[test]
fn a_need_that_is_there_is_filled_where_it_says_nothing_and_stays_as_strict_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let reference = own("need", 1);
    let form = json!({
        "title": "夹具盘点", "industry": { "codes": ["electronics"], "strength": "hard" },
        "region": { "codes": ["33"], "strength": "hard" },
    });
    transact(
        &app,
        json!({ "edit": "save_need", "ref": reference, "form": form, "text": "" }),
    );
    let text = "需求名称,所属行业,地区,预算,截止日期\n夹具盘点,电子,江苏,50万元,2027-03-01\n";
    let opened = open(&app, &write(dir.path(), "needs.csv", text.as_bytes())).unwrap();
    let mut plan = plan(&app, &opened, Some(Kind::Need));
    check(&app, &plan);
    let found = rows(&app, &plan, &["duplicate"]);
    let found = serde_json::to_value(&found.rows[0].same).unwrap();
    let said: Vec<(&str, &Value, &Value)> = found["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["field"].as_str().unwrap(), &one["there"], &one["row"]))
        .collect();
    let nothing = Value::Null;
    let (budget, day) = (json!({ "high": 500_000.0 }), json!("2027-03-01"));
    let (there, row) = (json!(["33"]), json!(["32"]));
    assert_eq!(
        said,
        [
            ("budget", &nothing, &budget),
            ("deadline", &nothing, &day),
            ("region", &there, &row),
        ],
        "the industry is the same, however strictly it is meant"
    );
    plan.fields = serde_json::from_value(json!({ "2": { "region": true } })).unwrap();
    check(&app, &plan);
    take(&app, &plan, false).unwrap();
    let need: Value = ask(&app, "get_need", json!({ "ref": reference }));
    assert_eq!(need["form"]["deadline"]["date"], "2027-03-01");
    assert_eq!(
        need["form"]["region"],
        json!({ "codes": ["32"], "strength": "hard" })
    );
}
