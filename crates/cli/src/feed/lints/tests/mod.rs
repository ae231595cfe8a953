//! A fixture a rule: the file named after a rule breaks that rule and no other. One with the ending `.edits.jsonl` holds
//! edits, and is applied to the good records.

use std::path::{Path, PathBuf};

use atlas_core::model::Date;
use serde_json::json;

use super::{Finding, check};
use crate::args::Language;
use crate::feed::records::{edits, read};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lints")
}

fn findings(name: &str, bytes: &[u8]) -> Vec<Finding> {
    let (mut drafts, mut findings) = (Vec::new(), Vec::new());
    if name.ends_with(".edits.jsonl") {
        let good = std::fs::read(fixtures().join("good.jsonl")).unwrap();
        read::one("good.jsonl", &good, &mut drafts, &mut findings);
        let edits = edits::read(&fixtures().join(name)).unwrap();
        edits::apply(&mut drafts, &edits, &mut findings);
    } else {
        read::one(name, bytes, &mut drafts, &mut findings);
    }
    let today = Date::parse("2026-11-25").unwrap();
    check(&drafts, "fixture", &today, &mut findings);
    findings
}

fn code(finding: &Finding) -> String {
    let rule = serde_json::to_value(finding.rule).unwrap();
    rule.as_str().unwrap().to_owned()
}

#[test]
fn each_fixture_breaks_the_rule_that_it_is_named_after_and_no_other() {
    let mut seen = 0;
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let rule = name.split('.').next().unwrap();
        let found = findings(&name, &std::fs::read(&path).unwrap());
        let codes: Vec<String> = found.iter().map(code).collect();
        if rule == "good" {
            assert_eq!(found, [], "{name}");
        } else {
            assert!(!codes.is_empty(), "{name} breaks nothing");
            assert!(codes.iter().all(|code| code == rule), "{name}: {found:?}");
        }
        seen += 1;
    }
    // All rules, and the good one.
    assert_eq!(seen, 25);
}

#[test]
fn a_link_that_names_the_feed_itself_is_looked_up_and_one_into_another_feed_is_not() {
    let link = |to: &str| {
        let record = serde_json::json!({
            "kind": "case", "id": "fixture-1", "name": { "zh": "夹具案例" },
            "sources": [{ "key": "s1", "cited": "夹具公报", "checked": "2026-03-05", "status": "excerpt" }],
            "links": [{ "rel": "applied_by", "to": to }], "same_as": [to],
        });
        let found = findings("links.jsonl", record.to_string().as_bytes());
        let fields = found
            .iter()
            .map(|finding| (code(finding), finding.field.clone()));
        fields.collect::<Vec<_>>()
    };
    let broken = |field: &str| ("broken_link".to_owned(), field.to_owned());
    assert_eq!(
        link("fixture/enterprise/none"),
        [broken("links"), broken("same_as")]
    );
    assert_eq!(link("elsewhere/enterprise/none"), []);
}

#[test]
fn a_finding_names_file_row_field_value_reason_and_remedy_in_both_languages() {
    let path = fixtures().join("bad_date.jsonl");
    let found = findings("bad_date.jsonl", &std::fs::read(path).unwrap());
    assert_eq!(
        found[0].text(Language::En),
        "bad_date.jsonl:1: case/fixture-1 date “2026-02-30” is no date; write 2025, 2025-11 or 2025-11-24"
    );
    assert_eq!(
        found[0].text(Language::Zh),
        "bad_date.jsonl:1: case/fixture-1 date “2026-02-30” 不是日期；写作 2025、2025-11 或 2025-11-24"
    );
}

#[test]
fn what_hides_in_a_value_is_spelled_out_in_its_finding() {
    let path = fixtures().join("control_character.jsonl");
    let found = findings("control_character.jsonl", &std::fs::read(path).unwrap());
    assert_eq!(found[0].value, "夹\\u{202e}具");
}

#[test]
fn a_sheet_of_needs_says_all_that_a_need_can_say() {
    let table = "编号,名称,采购单位,部署方式,交付方式,数据类型,敏感程度,成熟度,目标等级,合作方类型,开始时间,完成期限,硬性条件,\
                 有效期至,授权同意,来源,核对日期,核实程度\n\
                 fixture-1,夹具需求,夹具单位,私有化,一体机；定制,图像,重要数据,规范级,先进级,产品厂商,2027年1月,2027/6/30,\
                 部署方式；完成时间,2027-03-31,同意,夹具公报,2026-03-05,摘录\n";
    let (mut drafts, mut found) = (Vec::new(), Vec::new());
    read::one("需求.csv", table.as_bytes(), &mut drafts, &mut found);
    let today = Date::parse("2026-11-25").unwrap();
    check(&drafts, "fixture", &today, &mut found);
    assert_eq!(found, []);
    let [draft] = drafts.as_slice() else {
        panic!("{drafts:?}");
    };
    for (field, expected) in [
        ("buyer", json!("夹具单位")),
        ("deployment", json!(["private"])),
        ("delivery", json!(["appliance", "custom"])),
        ("data", json!(["image"])),
        ("sensitivity", json!("important")),
        ("maturity", json!("g2")),
        ("goal", json!("smart_advanced")),
        ("partner", json!(["vendor"])),
        ("start", json!("2027-01")),
        ("finish", json!("2027-06-30")),
        ("hard", json!(["deployment", "finish"])),
        ("expires", json!("2027-03-31")),
        ("consent", json!(true)),
    ] {
        assert_eq!(draft.fields[field], expected, "{field}");
    }
    // The same header means what the kind of the sheet makes of it.
    let table = "编号,名称,部署方式,来源,核对日期,核实程度\nfixture-2,夹具方案,SaaS,夹具公报,2026-03-05,摘录\n";
    let mut drafts = Vec::new();
    read::one("方案.csv", table.as_bytes(), &mut drafts, &mut found);
    assert_eq!(drafts[0].fields["delivery"], json!(["saas"]));
}

#[test]
fn what_a_need_cannot_say_is_told_under_the_name_of_its_field() {
    let record = json!({
        "kind": "need", "id": "fixture-1", "name": { "zh": "夹具需求" }, "data": ["x"], "sensitivity": "x",
        "deployment": ["x"], "delivery": ["x"], "maturity": "x", "goal": "x", "partner": ["x"], "hard": ["x"],
        "sources": [{ "key": "s1", "cited": "夹具公报", "checked": "2026-03-05", "status": "excerpt" }],
    });
    let mut told: Vec<String> = findings("needs.jsonl", record.to_string().as_bytes())
        .into_iter()
        .map(|finding| format!("{} {}", code(&finding), finding.field))
        .collect();
    told.sort();
    let fields = [
        "data",
        "delivery",
        "deployment",
        "goal",
        "hard",
        "maturity",
        "partner",
        "sensitivity",
    ];
    assert_eq!(told, fields.map(|field| format!("unknown_code {field}")));
    for field in ["start", "finish", "expires"] {
        let mut record = json!({
            "kind": "need", "id": "fixture-1", "name": { "zh": "夹具需求" },
            "sources": [{ "key": "s1", "cited": "夹具公报", "checked": "2026-03-05", "status": "excerpt" }],
        });
        record[field] = json!("2027-02-30");
        let found = findings("needs.jsonl", record.to_string().as_bytes());
        let told: Vec<_> = found
            .iter()
            .map(|one| (code(one), one.field.as_str()))
            .collect();
        assert_eq!(told, [("bad_date".to_owned(), field)]);
    }
}
