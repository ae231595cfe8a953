use super::super::read;
use crate::api::types::{Chip, NeedElement};
use crate::model::Date;

fn chips(text: &str) -> Vec<Chip> {
    read(text, &Date::parse("2026-08-15").unwrap()).chips
}

fn money(text: &str) -> Option<(Option<f64>, Option<f64>)> {
    let chips = chips(text);
    let budget = chips
        .iter()
        .find(|chip| chip.element == NeedElement::Budget);
    budget.map(|chip| (chip.low, chip.high))
}

fn date(text: &str) -> Option<(NeedElement, String)> {
    let chips = chips(text);
    let dated = chips.iter().find(|chip| chip.date.is_some());
    dated.map(|chip| {
        let date = chip.date.as_ref().unwrap();
        (chip.element, date.as_str().to_owned())
    })
}

#[test]
fn amounts_of_money_are_read_in_many_forms() {
    for (text, low, high) in [
        ("预算200万", None, Some(2e6)),
        ("预算两百万元", None, Some(2e6)),
        ("预算80w", None, Some(8e5)),
        ("预算 50W-80W", Some(5e5), Some(8e5)),
        ("经费1.5亿元", None, Some(1.5e8)),
        ("预算5千万", None, Some(5e7)),
        ("100～200万元", Some(1e6), Some(2e6)),
        ("100万元至200万元", Some(1e6), Some(2e6)),
        ("不少于30万元", Some(3e5), None),
        ("￥3,000,000", None, Some(3e6)),
        ("RMB 2 million", None, Some(2e6)),
        ("budget of 2m yuan", None, Some(2e6)),
        ("between 1 and 2 million yuan", Some(1e6), Some(2e6)),
        ("cost at most 300k CNY", None, Some(3e5)),
    ] {
        assert_eq!(money(text), Some((low, high)), "{text}");
    }
}

#[test]
fn what_is_counted_is_no_money() {
    for text in [
        "200万张图片",
        "预算编制需处理200万条记录",
        "年产30万台",
        "2 million images",
        "200w张图片",
        "投资改造80kw电机",
        "预算待定，80w照明",
        "200万",
    ] {
        assert_eq!(money(text), None, "{text}");
    }
}

#[test]
fn dates_are_read_relative_to_today() {
    for (text, element, expected) in [
        ("三个月内上线", NeedElement::Deadline, "2026-11-15"),
        ("半年内完成", NeedElement::Deadline, "2027-02-15"),
        ("一个半月内交付", NeedElement::Deadline, "2026-09-30"),
        ("2026年底前", NeedElement::Deadline, "2026-12-31"),
        ("明年3月底前验收", NeedElement::Deadline, "2027-03-31"),
        ("3月前完成", NeedElement::Deadline, "2027-03-31"),
        ("下个月启动", NeedElement::Start, "2026-09-01"),
        ("2027年第二季度开始", NeedElement::Start, "2027-04-01"),
        ("2027/2/28前", NeedElement::Deadline, "2027-02-28"),
        ("2027Q2上线", NeedElement::Deadline, "2027-06-30"),
        ("2027-q3 上线", NeedElement::Deadline, "2027-09-30"),
        ("2027Q1启动", NeedElement::Start, "2027-01-01"),
        ("go live Q3 2027", NeedElement::Deadline, "2027-09-30"),
        ("2027上线", NeedElement::Deadline, "2027-12-31"),
        ("by 31 December 2026", NeedElement::Deadline, "2026-12-31"),
        ("by December 1st, 2026", NeedElement::Deadline, "2026-12-01"),
        ("within six weeks", NeedElement::Deadline, "2026-09-26"),
        (
            "before the end of next year",
            NeedElement::Deadline,
            "2027-12-31",
        ),
        ("2027 年 9 月底前", NeedElement::Deadline, "2027-09-30"),
        ("希望 3 个月 内完成", NeedElement::Deadline, "2026-11-15"),
        ("starting January 2027", NeedElement::Start, "2027-01-01"),
    ] {
        assert_eq!(date(text), Some((element, expected.to_owned())), "{text}");
    }
}

#[test]
fn years_gone_and_dates_without_a_purpose_are_no_deadlines() {
    for text in [
        "2015年建成的水泥窑",
        "2019年底前已完成改造",
        "有3年振动数据",
        "2026年2月30日前",
        "you may use images",
    ] {
        assert_eq!(date(text), None, "{text}");
    }
}

#[test]
fn a_word_across_two_others_is_not_read() {
    let chips = chips("我们是一家电子元器件厂");
    let industries: Vec<&str> = chips
        .iter()
        .filter(|chip| chip.element == NeedElement::Industry)
        .filter_map(|chip| Some(chip.code.as_ref()?.as_str()))
        .collect();
    assert_eq!(industries, ["electronics"]);
}
