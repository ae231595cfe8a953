//! What finds what.

use super::{Catalog, case, enterprise, head, reference, scenario};
use crate::model::{Name, Record, RecordRef, Scenario, Text};
use crate::search::{Document, Facts, Index, IndexError};

fn catalog() -> Catalog {
    let english = Scenario {
        head: crate::model::Head {
            name: Name {
                zh: Some("缺陷检测".to_owned()),
                en: Some("Detecting defects".to_owned()),
                ..Name::default()
            },
            summary: Some(Text {
                zh: None,
                en: Some("A neural network inspects welded joints".to_owned()),
            }),
            ..head("defects", "")
        },
        ..Scenario::default()
    };
    Catalog::new([
        scenario(
            "quality",
            "基于机器视觉的质检系统",
            "在钢铁冷轧产线上检出表面缺陷，良品率提高12.5%。",
        ),
        scenario(
            "maintenance",
            "设备预测性维护",
            "GPT-4 与 5G 基站联动，V100 显卡",
        ),
        enterprise("catl", "宁德时代新能源科技股份有限公司"),
        enterprise("changan", "重庆长安汽车股份有限公司"),
        case("jiangsu", "智慧港口调度", "32", "", ""),
        Record::Scenario(Box::new(english)),
    ])
}

#[test]
fn the_same_words_are_found_however_they_are_written() {
    let catalog = catalog();
    for text in [
        "机器视觉",
        "機器視覺",
        "　机器视觉　",
        "质检 视觉",
        "視覺 質檢",
        "冷轧产线",
        "表面缺陷，良品率",
    ] {
        assert_eq!(catalog.ids(text), ["quality"], "{text}");
        assert!(catalog.page(text).rows[0].exact, "{text}");
    }
    for text in ["5g", "５Ｇ", "gpt-4", "GPT", "v1", "基站 5G", "5g基站"] {
        assert_eq!(catalog.ids(text), ["maintenance"], "{text}");
    }
}

#[test]
fn a_single_character_is_found_wherever_it_stands() {
    let catalog = catalog();
    for (text, id) in [
        ("钢", "quality"),
        ("轧", "quality"),
        ("统", "quality"),
        ("机", "quality"),
        ("德", "catl"),
        ("卡", "maintenance"),
    ] {
        assert_eq!(catalog.ids(text), [id], "{text}");
    }
}

#[test]
fn english_words_are_found_by_form_and_by_start() {
    let catalog = catalog();
    for text in [
        "detect",
        "detection",
        "DEFECT",
        "weld joint",
        "neur",
        "inspecting",
        "12.5",
    ] {
        let id = if text == "12.5" { "quality" } else { "defects" };
        assert_eq!(catalog.ids(text), [id], "{text}");
    }
}

#[test]
fn names_are_found_by_pinyin_and_initials() {
    let catalog = catalog();
    for (text, id) in [
        ("ningdeshidai", "catl"),
        ("ningde", "catl"),
        ("ningd", "catl"),
        ("ndsd", "catl"),
        ("chongqing changan", "changan"),
        ("cqca", "changan"),
        ("shidai", "catl"),
    ] {
        let page = catalog.page(text);
        assert_eq!(super::ids(&page), [id], "{text}");
        assert!(page.query.pinyin, "{text}");
    }
    assert!(!catalog.page("neural").query.pinyin);
}

#[test]
fn the_name_of_a_code_finds_the_records_coded_so() {
    let catalog = catalog();
    for text in ["江苏", "江苏省", "江蘇", "Jiangsu", "江苏 港口"] {
        assert_eq!(catalog.ids(text), ["jiangsu"], "{text}");
    }
    assert!(catalog.ids("港口 -江苏").is_empty());
}

#[test]
fn typing_errors_are_corrected_when_nothing_matches() {
    let page = catalog().page("detecing");
    assert_eq!(super::ids(&page), ["defects"]);
    assert_eq!(
        page.query.corrected,
        [("detecing".to_owned(), "detecting".to_owned())]
    );
}

#[test]
fn excluded_words_do_not_occur() {
    let catalog = catalog();
    assert_eq!(catalog.ids("股份有限公司 -汽车"), ["catl"]);
    assert_eq!(catalog.ids("缺陷 -表面缺陷"), ["defects"]);
}

#[test]
fn a_changed_record_is_found_by_its_new_text_and_a_deleted_one_not_at_all() {
    let catalog = catalog();
    let mut writer = catalog.index.writer(1, 15_000_000).unwrap();
    let record = scenario("quality", "别的名字", "");
    let changed = reference(&record);
    writer
        .put(&Document {
            reference: &changed,
            record: &record,
            facts: Facts::default(),
        })
        .unwrap();
    writer.delete(&"test/enterprise/catl".parse::<RecordRef>().unwrap());
    writer.commit(7).unwrap();
    assert!(catalog.ids("机器视觉").is_empty() && catalog.ids("宁德").is_empty());
    assert_eq!(catalog.page("别的").total, 1);
    assert_eq!(
        (catalog.index.documents(), catalog.index.revision()),
        (5, 7)
    );
    assert_eq!(catalog.page("").total, 5);
}

#[test]
fn an_index_is_opened_again_with_its_revision_or_refused_with_its_stamp() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    let index = Index::create(&path).unwrap();
    let record = enterprise("catl", "宁德时代");
    let mut writer = index.writer(1, 15_000_000).unwrap();
    writer
        .put(&Document {
            reference: &reference(&record),
            record: &record,
            facts: Facts::default(),
        })
        .unwrap();
    writer.commit(3).unwrap();
    writer.finish().unwrap();
    let again = Index::open(&path).unwrap();
    assert_eq!(
        (again.revision(), again.documents(), again.stamp()),
        (3, 1, crate::search::STAMP)
    );
    assert!(matches!(
        Index::open(&dir.path().join("none")),
        Err(IndexError::Damaged(_))
    ));
    let meta = path.join("meta.json");
    let text = std::fs::read_to_string(&meta)
        .unwrap()
        .replace("schema 4", "schema 3");
    std::fs::write(&meta, text).unwrap();
    assert!(matches!(
        Index::open(&path),
        Err(IndexError::Outdated { .. })
    ));
}
