//! Values as people write them.

use super::*;
use crate::exchange::fields;
use crate::model::Kind;

fn read(kind: Kind, field: &str, header: &str, cell: &Cell) -> Reading {
    let field = fields::field(kind, field).unwrap();
    Reader::new(field, header, &[]).read(cell)
}

fn normal(kind: Kind, field: &str, text: &str) -> Vec<String> {
    read(kind, field, "", &Cell::text_of(text)).normal
}

fn issue(kind: Kind, field: &str, text: &str) -> Option<&'static str> {
    read(kind, field, "", &Cell::text_of(text)).issue
}

#[test]
fn dates_are_read_in_the_notations_that_people_mix() {
    for (text, date) in [
        ("2026-11-28", "2026-11-28"),
        ("2026/1/8", "2026-01-08"),
        ("2026.01.08", "2026-01-08"),
        ("2026年1月8日", "2026-01-08"),
        ("２０２６年１月", "2026-01"),
        ("2026 年 11 月", "2026-11"),
        ("2026年", "2026"),
        ("2026", "2026"),
        ("202611", "2026-11"),
        ("20261128", "2026-11-28"),
        ("2024-10-01 00:00:00", "2024-10-01"),
        ("2024-10-01T08:30:00Z", "2024-10-01"),
        ("11/28/2026", "2026-11-28"),
        ("28/11/2026", "2026-11-28"),
        ("28.11.2026", "2026-11-28"),
        ("12/13/2023 0:00", "2023-12-13"),
        ("12/13/2023 12:00:00 AM", "2023-12-13"),
        ("01/2024", "2024-01"),
        ("Jul-25", "2025-07"),
        ("Sept 2024", "2024-09"),
        ("28 November 2026", "2026-11-28"),
        ("November 28th, 2026", "2026-11-28"),
        ("2026年第三季度", "2026-07"),
        ("Q3 2026", "2026-07"),
        ("2026Q4", "2026-10"),
        ("2026年上半年", "2026-01"),
        ("45292", "2024-01-01"),
    ] {
        assert_eq!(normal(Kind::Scenario, "date", text), [date], "{text}");
    }
    assert_eq!(
        normal(Kind::Need, "deadline", "2026年第三季度"),
        ["2026-09"],
        "an end is at the end"
    );
    let number = |number: f64| read(Kind::Case, "date", "", &Cell::Number(number)).normal;
    assert_eq!(number(45_292.0), ["2024-01-01"]);
    assert_eq!(number(2024.0), ["2024"]);
    for (text, code) in [
        ("soon", "date_unreadable"),
        ("见附件", "date_unreadable"),
        ("2026-02-30", "date_impossible"),
        ("31/31/2026", "date_impossible"),
        ("3/4/2026", "date_ambiguous"),
    ] {
        assert_eq!(issue(Kind::Scenario, "date", text), Some(code), "{text}");
    }
    for nothing in ["待定", "N/A", "—", "无"] {
        let reading = read(Kind::Scenario, "date", "", &Cell::text_of(nothing));
        assert_eq!(
            (reading.issue, reading.value, reading.faithful),
            (None, None, false),
            "{nothing}"
        );
    }
}

#[test]
fn one_value_decides_the_order_of_a_column() {
    let cells = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| Cell::text_of(text))
            .collect::<Vec<_>>()
    };
    let order = |texts: &[&str]| dates::order(cells(texts).iter());
    assert_eq!(
        order(&["3/4/2026", "3/14/2026"]),
        (Some(DateOrder::MonthFirst), true)
    );
    assert_eq!(
        order(&["3/4/2026", "14/3/2026"]),
        (Some(DateOrder::DayFirst), true)
    );
    assert_eq!(order(&["3/4/2026", "14/3/2026", "3/14/2026"]), (None, true));
    assert_eq!(order(&["3/4/2026"]), (None, true));
    assert_eq!(order(&["2026-03-04", "3/3/2026"]), (None, false));
    let field = fields::field(Kind::Scenario, "date").unwrap();
    let mut reader = Reader::new(field, "", &[]);
    assert!(!reader.look(cells(&["3/4/2026", "3/14/2026"]).iter(), None));
    assert_eq!(
        reader.read(&Cell::text_of("3/4/2026")).normal,
        ["2026-03-04"]
    );
    assert!(
        reader.look(cells(&["3/4/2026"]).iter(), None),
        "nothing tells"
    );
    assert!(!reader.look(cells(&["3/4/2026"]).iter(), Some(DateOrder::DayFirst)));
    assert_eq!(
        Reader::read(&mut reader, &Cell::text_of("5/4/2026")).normal,
        ["2026-04-05"]
    );
}

#[test]
fn amounts_are_read_with_the_unit_of_cell_or_header() {
    let amount =
        |header: &str, text: &str| read(Kind::Need, "budget", header, &Cell::text_of(text)).normal;
    for (header, text, low, high) in [
        ("预算", "50万元", "", "500000"),
        ("预算", "1.2亿", "", "120000000"),
        ("预算（万元）", "50", "", "500000"),
        ("预算（万元）", "50-80", "500000", "800000"),
        ("预算（万元）", "50万", "", "500000"),
        ("预算", "50-80万元", "500000", "800000"),
        ("预算", "50万－80万", "500000", "800000"),
        ("预算", "不超过 100 万元", "", "1000000"),
        ("预算", "80万元以内", "", "800000"),
        ("预算", "100万以上", "1000000", ""),
        ("预算", "¥ 500,000", "", "500000"),
        ("Budget", "CNY 2 million", "", "2000000"),
    ] {
        assert_eq!(amount(header, text), [low, high], "{header} {text}");
    }
    let number = read(Kind::Need, "budget", "预算（万元）", &Cell::Number(50.0));
    assert_eq!(number.normal, ["", "500000"]);
    assert_eq!(
        issue(Kind::Need, "budget", "面议"),
        Some("money_unreadable")
    );
    assert_eq!(
        issue(Kind::Need, "budget", "$5 million"),
        Some("money_unreadable"),
        "another currency"
    );
    assert_eq!(issue(Kind::Need, "budget", "-5万元"), Some("negative"));
    assert_eq!(
        issue(Kind::Need, "budget", "80-50万元"),
        Some("money_unreadable")
    );
}

#[test]
fn codes_are_found_under_the_names_that_people_write() {
    for (field, text, codes) in [
        ("industry", "C39", vec!["C39"]),
        (
            "industry",
            "C39 计算机、通信和其他电子设备制造业",
            vec!["C39"],
        ),
        ("industry", "计算机、通信和其他电子设备制造业", vec!["C39"]),
        ("industry", "钢铁行业", vec!["raw_materials"]),
        (
            "industry",
            "电子信息；汽车",
            vec!["electronics", "equipment"],
        ),
        (
            "industry",
            "电子信息、汽车",
            vec!["electronics", "equipment"],
        ),
        ("region", "江苏省", vec!["32"]),
        ("region", "江苏省南京市", vec!["32"]),
        ("region", "江苏南京", vec!["32"]),
        ("region", "Jiangsu", vec!["32"]),
        ("technique", "Classical ML", vec!["classical_ml"]),
        ("technique", "NLP", vec!["nlp"]),
        ("technique", "機器視覺", vec!["vision"]),
        ("stage", "ＡＩ＋生产制造", vec!["production"]),
    ] {
        assert_eq!(normal(Kind::Scenario, field, text), codes, "{text}");
    }
    assert_eq!(
        normal(Kind::Scenario, "maturity", "Pre-deployment"),
        ["idea"]
    );
    for (text, code) in [
        (
            "a) Pre-deployment – The use case is in development.",
            "idea",
        ),
        ("c) Deployed – in use", "deployed"),
        ("2. 试点（正在验证）", "pilot"),
        ("已上线：2024 年起", "deployed"),
    ] {
        assert_eq!(normal(Kind::Scenario, "maturity", text), [code], "{text}");
    }
    let unknown = read(
        Kind::Scenario,
        "technique",
        "",
        &Cell::text_of("视觉；星际技术"),
    );
    assert_eq!(
        (unknown.state, unknown.kept),
        (
            ValueState::Kept,
            vec!["视觉".to_owned(), "星际技术".to_owned()]
        )
    );
    let near = read(
        Kind::Scenario,
        "technique",
        "",
        &Cell::text_of("计算机视觉学"),
    );
    assert_eq!(near.near[0].as_str(), "vision");
}

#[test]
fn what_the_user_says_goes_first() {
    let field = fields::field(Kind::Scenario, "technique").unwrap();
    let rule = |value: &str, codes: &[&str]| ValueRule {
        field: "technique".to_owned(),
        value: value.to_owned(),
        codes: codes.iter().map(|code| Code::from(*code)).collect(),
        text: None,
    };
    let rules = [
        rule("视觉", &["vision"]),
        rule("NLP", &[]),
        rule("x", &["nlp", "speech"]),
    ];
    let mut reader = Reader::new(field, "", &rules);
    let seen = reader.read(&Cell::text_of("视觉"));
    assert_eq!(
        (seen.state, seen.normal),
        (ValueState::Ruled, vec!["vision".to_owned()])
    );
    let text = reader.read(&Cell::text_of("NLP"));
    assert_eq!(
        (text.state, text.value, text.kept),
        (ValueState::Ruled, None, vec!["NLP".to_owned()])
    );
    assert_eq!(reader.read(&Cell::text_of("x")).normal, ["nlp", "speech"]);
    let part = reader.read(&Cell::text_of("视觉；语音"));
    assert_eq!(part.normal, ["vision", "speech"]);
}

#[test]
fn spellings_of_a_word_fall_together() {
    let field = fields::field(Kind::Scenario, "field").unwrap();
    let cells: Vec<Cell> = [
        "Admin Functions",
        "Admin Functions",
        "admin function",
        "ADMIN-FUNCTIONS",
        "Science",
    ]
    .iter()
    .map(|text| Cell::text_of(text))
    .collect();
    let mut reader = Reader::new(field, "", &[]);
    reader.look(cells.iter(), None);
    for cell in &cells[..4] {
        assert_eq!(reader.read(cell).normal, ["Admin Functions"]);
    }
    assert!(
        reader.read(&cells[0]).faithful && !reader.read(&cells[2]).faithful,
        "the original is kept"
    );
}

#[test]
fn a_credit_code_that_a_spreadsheet_made_a_number_of_is_wrong() {
    assert_eq!(
        normal(Kind::Provider, "credit_code", " 9135 0100-m000100y43"),
        ["91350100M000100Y43"]
    );
    assert_eq!(
        issue(Kind::Provider, "credit_code", "91350100M000100Y44"),
        Some("credit_code_check")
    );
    assert_eq!(
        issue(Kind::Provider, "credit_code", "91350100"),
        Some("credit_code_shape")
    );
    assert_eq!(issue(Kind::Provider, "credit_code", "无"), None);
    let number = read(
        Kind::Provider,
        "credit_code",
        "",
        &Cell::Number(9.135_010_010_001_e17),
    );
    assert_eq!(number.issue, Some("credit_code_shape"));
}

#[test]
fn yes_and_no_in_many_ways() {
    for yes in ["是", "Y", "yes", "√", "同意", "1"] {
        assert_eq!(normal(Kind::Need, "consent", yes), ["yes"], "{yes}");
    }
    for no in ["否", "n", "无", "×"] {
        assert_eq!(normal(Kind::Need, "consent", no), ["no"], "{no}");
    }
    assert_eq!(
        issue(Kind::Need, "consent", "也许"),
        Some("yes_no_unreadable")
    );
    let error = read(Kind::Need, "consent", "", &Cell::Error("#N/A".to_owned()));
    assert_eq!(error.issue, Some("formula_error"));
}
