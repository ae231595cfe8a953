use super::super::read;
use crate::api::types::{NeedElement, NeedReading};
use crate::model::{Date, Strength};

fn reading(text: &str) -> NeedReading {
    read(text, &Date::parse("2026-08-15").unwrap())
}

#[test]
fn every_chip_shows_the_words_it_was_read_from() {
    let text = "①本項目須私有化部署,數據不出廠；預算２００萬元以內。";
    let reading = reading(text);
    let chars: Vec<char> = text.chars().collect();
    let mut shown = Vec::new();
    for chip in &reading.chips {
        for place in &chip.places {
            let words: String = chars[place.start as usize..place.end as usize]
                .iter()
                .collect();
            assert_eq!(words, place.text);
            shown.push((chip.element, words));
        }
    }
    assert_eq!(
        shown,
        [
            (NeedElement::Deployment, "私有化部署".to_owned()),
            (NeedElement::Deployment, "數據不出廠".to_owned()),
            (NeedElement::Budget, "２００萬元以內".to_owned()),
        ],
        "in the characters of the text, whatever their width"
    );
}

#[test]
fn the_need_is_filled_in_as_it_was_understood() {
    let need = reading("表面缺陷检测\n必须私有化部署，预算不超过200万元，2026年底前上线。").need;
    assert_eq!(need.title, "表面缺陷检测");
    assert_eq!(need.deployment.codes[0].as_str(), "private");
    assert_eq!(need.deployment.strength, Strength::Hard);
    assert_eq!(need.budget.high, Some(2_000_000.0));
    assert_eq!(need.deadline.date, Date::parse("2026-12-31").ok());
}

#[test]
fn data_that_has_to_stay_asks_for_private_deployment() {
    for (text, expected) in [
        ("数据必须本地", Strength::Hard),
        ("数据留在厂内", Strength::Hard),
        ("数据不出厂", Strength::Hard),
        ("数据最好留在厂内", Strength::Soft),
        ("倾向本地部署", Strength::Soft),
        ("本地部署", Strength::Unknown),
    ] {
        let need = reading(text).need;
        assert_eq!(need.deployment.codes.len(), 1, "{text}");
        assert_eq!(need.deployment.codes[0].as_str(), "private", "{text}");
        assert_eq!(need.deployment.strength, expected, "{text}");
    }
}

#[test]
fn missing_elements_are_listed() {
    let stated = |text: &str| -> Vec<NeedElement> {
        let elements = reading(text).elements;
        let stated = elements.into_iter().filter(|element| element.stated);
        stated.map(|element| element.element).collect()
    };
    assert_eq!(stated("做AI"), []);
    assert_eq!(
        stated("希望在江苏的医院里部署语音识别系统"),
        [
            NeedElement::Problem,
            NeedElement::Industry,
            NeedElement::Technique,
            NeedElement::Region
        ]
    );
}

#[test]
fn any_text_can_be_read() {
    for text in [
        "",
        "，。；",
        "不得不得不得",
        "9999999999999999999999999999万亿亿元",
        "2026年99月99日前",
        "within 99999999999 years",
        "9999年底前完成",
        "ﷺ²½㎏半半半个月内",
        "RMB",
        "🙂云🙂预算🙂200🙂万",
        "十百千万百十元",
    ] {
        let _ = reading(text);
    }
}
