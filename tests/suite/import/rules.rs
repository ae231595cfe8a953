//! An import takes what the form takes: what the form refuses is wrong, or kept beside the record and told.

use atlas_core::api::types::{
    DuplicateChoice, RowFate, TableColumns, TableMapping, TableValue, TemplateAge, ValueRule,
    ValueState,
};
use atlas_core::exchange::read::{Options, read as read_book};
use atlas_core::exchange::template::aged;
use atlas_core::model::Kind;
use serde_json::{Value, json};

use super::{ask, check, open, plan, rows, stored, take, write};
use crate::own::{own, write as keep};
use crate::product;

const HEADS: &str = "服务商名称,成立年份,网址,联系邮箱,联系电话\n";

#[test]
#[expect(clippy::too_many_lines, reason = "one table, looked at from all sides")]
fn what_the_form_refuses_is_wrong_or_left_aside_and_told() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let text = format!(
        "{HEADS}夹具甲公司,去年,https://example.org,,\n夹具乙公司,2019年3月5日,javascript:alert(1),zhang,12\n夹具丙公司,二〇一八年,www.example.cn,李 li@example.org,010-12345678\n夹具丁公司,2020,无,无,无\n"
    );
    let opened = open(&app, &write(dir.path(), "p.csv", text.as_bytes())).unwrap();
    let plan = plan(&app, &opened, Some(Kind::Provider));
    let sums = check(&app, &plan);
    assert_eq!((sums.new, sums.wrong), (3, 1), "{:?}", sums.issues);
    let refused = &rows(&app, &plan, &["wrong"]).rows[0];
    assert_eq!(
        (
            refused.row,
            refused.issues[0].column,
            refused.issues[0].value.as_str(),
            refused.issues[0].code.as_str()
        ),
        (2, Some(1), "去年", "year_unreadable")
    );
    let aside: Vec<(u32, &str)> = [
        (2, "address_unreadable"),
        (3, "mail_unreadable"),
        (4, "phone_unreadable"),
    ]
    .into();
    let new = rows(&app, &plan, &["new"]);
    let second = new.rows.iter().find(|row| row.row == 3).unwrap();
    let told: Vec<(u32, &str)> = second
        .issues
        .iter()
        .map(|issue| (issue.column.unwrap(), issue.code.as_str()))
        .collect();
    assert_eq!(told, aside);
    let report = dir.path().join("report.xlsx");
    app.report_table(opened.table, "zh-CN", report.to_str().unwrap())
        .unwrap();
    let book = read_book(
        "report.xlsx",
        &std::fs::read(&report).unwrap(),
        &Options::default(),
    )
    .unwrap();
    let listed: Vec<Vec<String>> = book.sheets[1]
        .rows
        .iter()
        .map(|row| {
            row.cells
                .iter()
                .map(|cell| cell.text().into_owned())
                .collect()
        })
        .collect();
    assert!(
        listed.iter().any(|line| line[1] == "2"
            && line[2] == "B 成立年份"
            && line[3] == "去年"
            && !line[5].is_empty()
            && line[6].starts_with("错误")),
        "{listed:?}"
    );
    assert!(
        listed.iter().any(|line| line[1] == "3"
            && line[3] == "javascript:alert(1)"
            && line[6].starts_with("提示")),
        "{listed:?}"
    );
    take(&app, &plan, true).unwrap();
    let records = stored(dir.path());
    let one = |name: &str| {
        records
            .iter()
            .find(|record| record["name"]["zh"] == name)
            .unwrap()
    };
    let aside = one("夹具乙公司");
    assert_eq!(
        (
            aside["founded"].as_str(),
            &aside["website"],
            &aside["contact"]
        ),
        (Some("2019"), &Value::Null, &Value::Null)
    );
    assert_eq!(
        aside["columns"],
        json!({ "成立年份": "2019年3月5日", "网址": "javascript:alert(1)", "联系邮箱": "zhang", "联系电话": "12" })
    );
    let read = one("夹具丙公司");
    assert_eq!(
        (read["founded"].as_str(), read["website"].as_str()),
        (Some("2018"), Some("https://www.example.cn"))
    );
    assert_eq!(
        read["contact"],
        json!({ "email": "李 li@example.org", "phone": "010-12345678" })
    );
    // The form has nothing against any of them.
    for record in &records {
        let reference = format!("own/provider/{}", record["id"].as_str().unwrap());
        let answer: Value = ask(
            &app,
            "check_draft",
            json!({ "ref": reference, "document": record }),
        );
        assert_eq!(answer["faults"], json!([]), "{record}");
    }
}

#[test]
fn a_text_that_is_long_for_the_form_is_imported_in_full_and_told() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let long = "长".repeat(5_001);
    let text = format!("服务商名称,简介\n夹具甲公司,{long}\n");
    let opened = open(&app, &write(dir.path(), "p.csv", text.as_bytes())).unwrap();
    let plan = plan(&app, &opened, Some(Kind::Provider));
    let sums = check(&app, &plan);
    assert_eq!((sums.new, sums.issues["long_for_form"]), (1, 1));
    take(&app, &plan, false).unwrap();
    assert_eq!(stored(dir.path())[0]["summary"]["zh"], long.as_str());
}

#[test]
fn a_nearly_equal_name_counts_as_what_the_import_makes_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    keep(
        &app,
        &own("provider", 1),
        "夹具智能装备科技有限公司",
        json!({}),
    );
    let text =
        "服务商名称,城市\n夹具智能装备科技有限责任公司,南京\n夹具智能装备科技有限公司,苏州\n";
    let path = write(dir.path(), "p.csv", text.as_bytes());
    let opened = open(&app, &path).unwrap();
    let mut plan = plan(&app, &opened, Some(Kind::Provider));
    let sums = check(&app, &plan);
    assert_eq!(
        (sums.new, sums.duplicates, sums.issues["similar_name"]),
        (1, 1, 1)
    );
    let alike = rows(&app, &plan, &["duplicate"]);
    assert_eq!(alike.total, 2, "it is decided among the duplicates");
    plan.choices.insert(2, DuplicateChoice::Fill);
    assert_eq!(
        (check(&app, &plan).new, check(&app, &plan).duplicates),
        (0, 2)
    );
    let alike = rows(&app, &plan, &["duplicate"]);
    assert!(alike.rows.iter().all(|row| row.fate == RowFate::Duplicate));
    plan.choices.clear();
    for duplicates in [DuplicateChoice::Keep, DuplicateChoice::Add] {
        plan.duplicates = duplicates;
        let sums = check(&app, &plan);
        let done = take(&app, &plan, false).unwrap();
        assert_eq!(
            (sums.new, sums.duplicates),
            (done.added, done.kept),
            "{duplicates:?}"
        );
        super::undo(&app);
    }
}

fn rule(field: &str, value: &str, text: &str) -> ValueRule {
    ValueRule {
        field: field.to_owned(),
        value: value.to_owned(),
        codes: Vec::new(),
        text: Some(text.to_owned()),
    }
}

#[test]
fn a_rule_replaces_any_value_before_it_is_read_and_is_kept_for_the_next_file() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    let text = "需求名称,所属行业,预算,希望开始时间,授权同意\n夹具需求,夹具星际,约三百万,2024年春,也许\n夹具第二,夹具星际；汽车,约三百万,待议,是\n";
    let opened = open(&app, &write(dir.path(), "n.csv", text.as_bytes())).unwrap();
    let mut plan = plan(&app, &opened, Some(Kind::Need));
    assert_eq!(check(&app, &plan).wrong, 2, "nothing is guessed");
    plan.mapping.rules = vec![
        rule("industry", "夹具星际", ""),
        rule("budget", "约三百万", "300万元"),
        rule("start", "2024年春", "2024-03"),
        rule("start", "待议", ""),
        rule("consent", "也许", "明年"),
    ];
    let refused = check(&app, &plan);
    assert_eq!(
        (refused.wrong, refused.issues.get("yes_no_unreadable")),
        (1, Some(&1)),
        "what is put in the place is checked as what stands in the file: {:?}",
        refused.issues
    );
    plan.mapping.rules.last_mut().unwrap().text = Some("是".to_owned());
    let sums = check(&app, &plan);
    assert_eq!((sums.new, sums.wrong), (2, 0), "{:?}", sums.issues);
    let values: Vec<TableValue> = ask(&app, "list_table_values", json!({ "table": opened.table }));
    let told: Vec<(&str, &str, u32)> = values
        .iter()
        .filter(|value| value.state == ValueState::Ruled && !value.normal.is_empty())
        .map(|value| (value.value.as_str(), value.normal[0].as_str(), value.count))
        .collect();
    assert!(told.contains(&("2024年春", "2024-03", 1)), "{told:?}");
    assert!(told.contains(&("也许", "yes", 1)), "{told:?}");
    assert!(
        told.iter()
            .any(|(value, _, count)| (*value, *count) == ("约三百万", 2)),
        "{told:?}"
    );
    take(&app, &plan, false).unwrap();
    let connection = rusqlite::Connection::open(dir.path().join("user.db")).unwrap();
    let forms: Vec<Value> = connection
        .prepare("select document from need order by title")
        .unwrap()
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .map(|text| serde_json::from_str::<Value>(&text.unwrap()).unwrap()["form"].clone())
        .collect();
    let one = |title: &str| forms.iter().find(|form| form["title"] == title).unwrap();
    let first = one("夹具需求");
    assert_eq!(
        (&first["start"]["date"], &first["consent"]),
        (&json!("2024-03"), &json!(true))
    );
    assert_eq!(first["budget"]["high"], 3_000_000.0, "{first}");
    assert!(one("夹具第二")["start"]["date"].is_null());
    // The same columns again: the rules were kept, and travel as JSON.
    let again = open(&app, &write(dir.path(), "m.csv", text.as_bytes())).unwrap();
    let kept = super::plan(&app, &again, Some(Kind::Need)).mapping;
    assert_eq!(kept.rules, plan.mapping.rules);
    let json = serde_json::to_string(&kept).unwrap();
    assert_eq!(serde_json::from_str::<TableMapping>(&json).unwrap(), kept);
}

#[test]
fn a_template_of_another_version_is_told_and_imported_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    for (version, age) in [
        ("0", TemplateAge::Older),
        (aged("").known.as_str(), TemplateAge::Current),
        ("99", TemplateAge::Newer),
        ("x", TemplateAge::Unknown),
    ] {
        let text = format!(
            "@name#provider#{version},@gone\n服务商名称,夹具旧列\n夹具甲{version}公司,旧\n"
        );
        let opened = open(&app, &write(dir.path(), "t.csv", text.as_bytes())).unwrap();
        let columns: TableColumns = ask(
            &app,
            "map_table",
            json!({ "table": opened.table, "sheet": 0, "header": 2, "kind": "provider" }),
        );
        assert_eq!(
            columns.template.map(|made| (made.version, made.age)),
            Some((version.to_owned(), age))
        );
        let plan = plan(&app, &opened, None);
        check(&app, &plan);
        assert_eq!(take(&app, &plan, false).unwrap().added, 1);
    }
    for record in stored(dir.path()) {
        assert_eq!(record["columns"], json!({ "夹具旧列": "旧" }));
    }
}

#[test]
fn a_table_is_taken_for_a_kind_whose_name_it_gives() {
    let dir = tempfile::tempdir().unwrap();
    let app = product::app(dir.path(), product::small());
    product::open(&app);
    for (table, is_case) in [
        (
            "企业名称,所属行业,所在地区,城市\n夹具甲公司,汽车制造业,江苏,苏州\n",
            false,
        ),
        (
            "案例名称,企业名称,所属行业,城市\n夹具案例,夹具甲公司,汽车制造业,苏州\n",
            true,
        ),
    ] {
        let opened = open(&app, &write(dir.path(), "table.csv", table.as_bytes())).unwrap();
        assert_eq!(opened.kind == Kind::Case, is_case, "{table}");
        let sums = check(&app, &plan(&app, &opened, None));
        assert_eq!((sums.new, sums.wrong), (1, 0), "{table}");
    }
}
