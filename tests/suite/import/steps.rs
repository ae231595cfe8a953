//! Templates, corrections, duplicates, needs, and files that are refused.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api;
use atlas_core::api::types::{DateOrder, ErrorCode, TablePlan, ValueRule};
use atlas_core::exchange::mapping;
use atlas_core::exchange::read::Sheet;
use atlas_core::model::{Code, Kind};
use serde_json::{Value, json};
use tests::tables::{column, filled, first, typed};

use super::{ask, check, on, open, plan, rows, stored, take, undo, write};
use crate::folder::transact;
use crate::own::{document, own, writing};
use crate::product;

/// A credit code whose check digit is right.
const CODE: &str = "91350100M000100Y43";

fn sheet_of(path: &Path) -> Sheet {
    first(&std::fs::read(path).unwrap())
}

fn row_of(sheet: &Sheet, number: u32) -> Vec<String> {
    let row = sheet.rows.iter().find(|row| row.number == number).unwrap();
    row.cells
        .iter()
        .map(|cell| cell.text().into_owned())
        .collect()
}

/// The report says what is wrong with each row, writes no formula, and keeps the drop-downs of the template.
fn annotated(report: &Path) {
    let sheet = sheet_of(report);
    let last = row_of(&sheet, 4)
        .iter()
        .position(|head| head == "错误说明")
        .unwrap();
    let said = row_of(&sheet, 7)[last].clone();
    assert!(
        said.contains("统一社会信用代码") && said.contains("校验位"),
        "{said}"
    );
    let eighth = row_of(&sheet, 8);
    assert!(
        eighth[last].contains("缺少名称") && eighth[last].contains("18 位"),
        "{eighth:?}"
    );
    assert!(
        eighth.contains(&"=cmd|' /C calc'!A0".to_owned()),
        "what looks like a formula is text"
    );
    let raw = std::fs::read(report).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(raw)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(
        &mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(),
        &mut xml,
    )
    .unwrap();
    assert!(
        !xml.contains("<f>") && xml.contains("dataValidation"),
        "no formula, and the drop-downs are still there"
    );
}

/// The report with its errors corrected.
fn mended(report: &Path) -> Vec<u8> {
    let report = std::fs::read(report).unwrap();
    let code = column(&first(&report), "credit_code");
    typed(
        &report,
        &[(7, code, ""), (8, 0, "夹具丙公司"), (8, code, "")],
    )
}

#[test]
fn a_template_with_errors_comes_back_annotated_and_the_corrected_one_is_taken_in() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let template = dir.path().join("template.xlsx");
    app.write_template(Kind::Provider, "zh-CN", template.to_str().unwrap())
        .unwrap();
    let bytes = filled(
        &std::fs::read(&template).unwrap(),
        &[
            &[
                ("name", "夹具甲公司"),
                ("credit_code", CODE),
                ("region", "江苏"),
                ("industry", "汽车；电子信息"),
            ],
            &[
                ("name", "夹具乙公司"),
                ("credit_code", "91350100M000100Y44"),
            ],
            &[("credit_code", "123"), ("city", "=cmd|' /C calc'!A0")],
        ],
    );
    let opened = open(&app, &write(dir.path(), "providers.xlsx", &bytes)).unwrap();
    assert_eq!(opened.kind, Kind::Provider);
    let plan = plan(&app, &opened, None);
    let sums = check(&app, &plan);
    assert_eq!(
        (sums.rows, sums.new, sums.wrong, sums.skipped),
        (8, 1, 2, 5),
        "{sums:?}"
    );
    assert_eq!(sums.reasons["sample"], 1);
    assert_eq!(sums.issues["credit_code_check"], 1);
    let refused = take(&app, &plan, false).unwrap_err();
    assert_eq!(
        (refused.code, refused.facts["reason"].as_str()),
        (ErrorCode::BadRequest, "wrong_rows")
    );
    assert!(stored(dir.path()).is_empty(), "all or none");
    let report = dir.path().join("report.xlsx");
    app.report_table(opened.table, "zh-CN", report.to_str().unwrap())
        .unwrap();
    annotated(&report);
    let bytes = mended(&report);
    let opened = open(&app, &write(dir.path(), "again.xlsx", &bytes)).unwrap();
    let plan = super::plan(&app, &opened, None);
    let sums = check(&app, &plan);
    assert_eq!(
        (sums.new, sums.wrong),
        (3, 0),
        "{:?}",
        rows(&app, &plan, &["wrong"])
    );
    let done = take(&app, &plan, false).unwrap();
    assert_eq!((done.added, done.changes.own), (3, true));
    let records = stored(dir.path());
    let first = records
        .iter()
        .find(|record| record["credit_code"] == CODE)
        .unwrap();
    assert_eq!(first["industry"], json!(["equipment", "electronics"]));
    assert!(
        first["columns"].get("错误说明").is_none(),
        "what a report said is no data"
    );
    undo(&app);
    assert!(stored(dir.path()).is_empty());
    api::mutate(&app, "redo", json!({})).unwrap();
    assert_eq!(stored(dir.path()).len(), 3);
    assert!(
        take(&app, &plan, false).is_err(),
        "the same check is not taken in twice"
    );
}

#[test]
fn duplicates_are_merged_field_by_field() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let firm = own("provider", 1);
    let there = document(
        &firm,
        "夹具甲公司",
        json!({ "credit_code": CODE, "city": "南京", "note_of_mine": "留" }),
    );
    transact(&app, writing(&[(firm.clone(), there)]));
    let text = format!(
        "企业名称,统一社会信用代码,城市,官网,自定义列\n夹具甲有限公司,{CODE},苏州,https://example.org,x\n夹具丁公司,,无锡,,\n夹具丁公司,,无锡,,\n夹具丁公司,,常州,,\n"
    );
    let path = write(dir.path(), "p.csv", text.as_bytes());
    let merged = |mode: &str, choices: Value, fields: Value| {
        let opened = open(&app, &path).unwrap();
        let plan = plan(&app, &opened, Some(Kind::Provider));
        let mut plan = serde_json::to_value(&plan).unwrap();
        plan["duplicates"] = mode.into();
        plan["choices"] = choices;
        plan["fields"] = fields;
        let plan: TablePlan = serde_json::from_value(plan).unwrap();
        let sums = check(&app, &plan);
        let found = if mode == "add" { (4, 0, 0) } else { (2, 2, 0) };
        assert_eq!((sums.new, sums.duplicates, sums.wrong), found);
        assert_eq!(
            sums.issues["same_name"], 1,
            "the third of one name differs, and is told"
        );
        take(&app, &plan, false).unwrap();
        let records = stored(dir.path());
        undo(&app);
        records
    };
    let one = |records: Vec<Value>| {
        let found = records
            .into_iter()
            .find(|record| record["id"] == firm.rsplit('/').next().unwrap());
        found.unwrap()
    };
    let filled = one(merged("fill", json!({}), json!({})));
    assert_eq!(
        (filled["city"].as_str(), filled["website"].as_str()),
        (Some("南京"), Some("https://example.org"))
    );
    assert_eq!(
        (
            filled["name"]["zh"].as_str(),
            filled["note_of_mine"].as_str()
        ),
        (Some("夹具甲公司"), Some("留"))
    );
    assert_eq!(filled["columns"]["自定义列"], "x");
    let replaced = one(merged("replace", json!({}), json!({})));
    assert_eq!(
        (replaced["city"].as_str(), replaced["name"]["zh"].as_str()),
        (Some("苏州"), Some("夹具甲有限公司"))
    );
    let chosen = one(merged(
        "keep",
        json!({ "2": "replace" }),
        json!({ "2": { "city": false } }),
    ));
    assert_eq!(
        (chosen["city"].as_str(), chosen["name"]["zh"].as_str()),
        (Some("南京"), Some("夹具甲有限公司"))
    );
    assert_eq!(merged("keep", json!({}), json!({})).len(), 3);
    assert_eq!(merged("add", json!({}), json!({})).len(), 5);
}

#[test]
fn what_the_user_decided_is_kept_for_the_next_file() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let text = "场景名称,技术,上线日期,自编列\n夹具一,视觉,3/4/2026,a\n夹具二,视觉,5/4/2026,b\n";
    let path = write(dir.path(), "s.csv", text.as_bytes());
    let opened = open(&app, &path).unwrap();
    let mut first = plan(&app, &opened, Some(Kind::Scenario));
    let sums = check(&app, &first);
    assert_eq!(
        (sums.wrong, sums.ambiguous.as_slice()),
        (2, ["date".to_owned()].as_slice())
    );
    let values: Vec<Value> = ask(&app, "list_table_values", json!({ "table": first.table }));
    let seen = values
        .iter()
        .find(|value| value["field"] == "technique")
        .unwrap();
    assert_eq!(
        (
            seen["value"].as_str(),
            seen["state"].as_str(),
            seen["count"].as_u64()
        ),
        (Some("视觉"), Some("kept"), Some(2))
    );
    first
        .mapping
        .dates
        .insert("date".to_owned(), DateOrder::DayFirst);
    first.mapping.rules.push(ValueRule {
        field: "technique".to_owned(),
        value: "视觉".to_owned(),
        codes: vec![Code::from("vision")],
        text: None,
    });
    assert_eq!(check(&app, &first).wrong, 0);
    take(&app, &first, false).unwrap();
    let records = stored(dir.path());
    assert_eq!(
        (
            records[0]["date"].as_str(),
            records[0]["technique"][0].as_str()
        ),
        (Some("2026-04-03"), Some("vision"))
    );
    undo(&app);
    let again = open(&app, &path).unwrap();
    let kept = plan(&app, &again, Some(Kind::Scenario));
    assert_eq!(kept.mapping, first.mapping);
    assert_eq!(check(&app, &kept).wrong, 0);
    // The columns of a mapping are found by their headers wherever they moved to.
    let moved = ["自编列", "上线日期", "场景名称"].map(str::to_owned);
    let fields: Vec<_> = mapping::fit(&kept.mapping, &moved)
        .columns
        .into_iter()
        .map(|column| column.field)
        .collect();
    assert_eq!(
        fields,
        [None, Some("date".to_owned()), Some("name".to_owned())]
    );
    let mut twice = kept;
    twice.mapping.columns[3].field = Some("name".to_owned());
    assert_eq!(
        app.check_table(&twice, &mut on).unwrap_err().facts["column"],
        "name"
    );
}

#[test]
fn what_is_no_good_file_is_refused_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    for (name, bytes, reason) in [
        ("a.csv", &b"%PDF-1.7"[..], "no_spreadsheet"),
        ("a.xlsx", "名称\n".as_bytes(), "wrong_ending"),
        ("a.csv", &b"a,b\n1,\"open\n"[..], "open_quote"),
        ("a.csv", &b"\n\n"[..], "empty"),
    ] {
        let error = open(&app, &write(dir.path(), name, bytes)).unwrap_err();
        assert_eq!(
            (error.code, error.facts["reason"].as_str()),
            (ErrorCode::BadRequest, reason)
        );
    }
    let missing = open(&app, &dir.path().join("none.csv")).unwrap_err();
    assert_eq!(missing.facts["reason"], "unreadable");
}

#[test]
fn a_job_that_is_stopped_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let mut text = String::from("名称\n");
    for number in 0..2_000 {
        let _ = writeln!(text, "夹具{number}");
    }
    let opened = open(&app, &write(dir.path(), "p.csv", text.as_bytes())).unwrap();
    let plan = plan(&app, &opened, Some(Kind::Provider));
    let mut told = 0;
    let stopped = app.check_table(&plan, &mut |_| {
        told += 1;
        if told > 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!(stopped.unwrap_err().code, ErrorCode::Cancelled);
    assert!(take(&app, &plan, false).is_err(), "nothing was checked");
    check(&app, &plan);
    let request =
        json!({ "table": plan.table, "partly": false, "keep_mapping": false, "seed": "fixture" });
    let request = serde_json::from_value(request).unwrap();
    let stopped = app.import_table(&request, &mut |_| ControlFlow::Break(()));
    assert_eq!(stopped.unwrap_err().code, ErrorCode::Cancelled);
    assert!(stored(dir.path()).is_empty());
    assert_eq!(take(&app, &plan, false).unwrap().added, 2_000);
}

#[test]
fn what_stands_in_a_column_that_fills_no_field_is_found_and_marked_and_no_phone_in_it_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let table = "企业名称,夹具列\n夹具甲,\"第七批雪鸮，联系 13800001234\"\n夹具乙,第八批\n";
    let file = open(&app, &write(dir.path(), "p.csv", table.as_bytes())).unwrap();
    let plan = plan(&app, &file, Some(Kind::Provider));
    check(&app, &plan);
    take(&app, &plan, false).unwrap();
    let first = stored(dir.path());
    assert_eq!(
        first
            .iter()
            .filter(|one| one["columns"]["夹具列"] != Value::Null)
            .count(),
        2,
        "the column fills no field: {first:?}"
    );
    let found = |text: &str| {
        api::query(&app, "search_records", json!({ "text": text, "limit": 9 })).unwrap()
    };
    // A word, any stretch of it, and digits of the middle of a number.
    for text in ["雪鸮", "\"七批雪\"", "\"鸮，联\"", "\"0000123\""] {
        let page = found(text);
        assert_eq!(page["total"], 1, "{text}: {page}");
        assert_eq!(page["rows"][0]["name"]["zh"], "夹具甲", "{text}");
        let said: String = page["rows"][0]["snippet"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|span| span["t"].as_str())
            .collect();
        assert!(!said.contains("13800001234"), "{text}: {said}");
    }
    assert_eq!(
        found("雪鸮")["rows"][0]["snippet"],
        json!([
            { "t": "第七批", "m": false }, { "t": "雪鸮", "m": true }, { "t": "，联系 138****1234", "m": false },
        ])
    );
    undo(&app);
    assert_eq!(found("雪鸮")["total"], 0);
}
