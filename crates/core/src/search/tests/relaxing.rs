//! Relaxing, marks and similar records.

use super::{Catalog, ids, reference, scenario};
use crate::api::types::{Relaxed, Span};
use crate::model::{Inferred, Taxonomies, Text};

fn catalog() -> Catalog {
    Catalog::in_batches(
        [
            scenario("both", "钢铁表面缺陷检测", "机器视觉"),
            scenario("steel", "钢铁能耗优化", ""),
            scenario(
                "vision",
                "机器视觉分拣",
                "用于仓库的包裹分拣与条码识别，前后共十二个工位，识别速度比人工快三倍。",
            ),
            scenario("other", "语音客服", ""),
        ],
        2,
    )
}

fn marked(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| {
            if span.m {
                format!("[{}]", span.t)
            } else {
                span.t.clone()
            }
        })
        .collect()
}

#[test]
fn every_word_first_then_most_then_any() {
    let catalog = catalog();
    let page = catalog.page("钢铁 机器视觉");
    assert_eq!((ids(&page)[0].as_str(), page.rows[0].exact), ("both", true));
    // 机器视角 has one wrong character.
    let page = catalog.page("机器视角分拣");
    assert_eq!(ids(&page), ["vision"]);
    assert_eq!((page.relaxed, page.rows[0].exact), (Relaxed::Most, false));
    let page = catalog.page("钢铁 语音");
    assert_eq!(page.relaxed, Relaxed::Any);
    assert_eq!(page.total, 3);
    assert!(page.rows.iter().all(|row| !row.exact));
    let page = catalog.page("毫无踪影");
    assert_eq!((page.total, page.rows.len()), (0, 0));
}

#[test]
fn exact_hits_stay_above_partial_ones() {
    let page = catalog().page("机器视觉分拣 条码识别 仓库");
    assert_eq!(
        (ids(&page)[0].as_str(), page.rows[0].exact),
        ("vision", true)
    );
    assert!(page.rows.iter().skip(1).all(|row| !row.exact));
}

#[test]
fn literals_and_exclusions_hold_however_far_a_query_is_relaxed() {
    let catalog = catalog();
    assert_eq!(catalog.ids("语音 毫无 \"钢铁\""), Vec::<String>::new());
    assert_eq!(catalog.ids("语音 钢铁 -表面"), ["other", "steel"]);
}

#[test]
fn a_description_of_a_need_finds_the_closest() {
    let page = catalog().page("我们需要在仓库里对包裹进行自动分拣，希望能识别条码并提高速度");
    assert_eq!(ids(&page)[0], "vision");
    assert_eq!(page.relaxed, Relaxed::Any);
}

#[test]
fn rows_show_where_the_query_matched() {
    let catalog = catalog();
    let row = &catalog.page("機器視覺").rows[0];
    assert_eq!(
        (marked(&row.title), row.snippet.len()),
        ("[机器视觉]分拣".to_owned(), 0)
    );
    let row = &catalog.page("条码").rows[0];
    assert_eq!(marked(&row.title), "机器视觉分拣");
    assert!(marked(&row.snippet).contains("[条码]识别"));
}

#[test]
fn a_row_says_when_what_it_quotes_was_concluded() {
    let mut record = scenario("a", "甲方", "用于条码识别");
    record.head_mut().notes = vec![Text::zh("现场演示")];
    record.head_mut().inferred = vec![Inferred {
        field: "notes".to_owned(),
        by: "source".to_owned(),
    }];
    let catalog = Catalog::new([record]);
    let inferred = |text: &str| {
        let row = catalog.page(text).rows.remove(0);
        assert!(!row.snippet.is_empty(), "{text}");
        row.snippet_inferred
    };
    assert!(!inferred("条码"));
    assert!(inferred("演示"));
    let row = &catalog.page("甲方").rows[0];
    assert!(row.snippet.is_empty() && !row.snippet_inferred);
}

#[test]
fn similar_records_are_of_the_same_kind_and_not_the_record_itself() {
    let catalog = catalog();
    let record = scenario("both", "钢铁表面缺陷检测", "机器视觉");
    let rows = catalog
        .index
        .similar(
            &catalog.records,
            Taxonomies::bundled(),
            &record,
            &reference(&record),
            2,
        )
        .unwrap();
    let found: Vec<&str> = rows.iter().map(|row| row.reference.id.as_str()).collect();
    assert_eq!(found.len(), 2);
    assert!(
        !found.contains(&"both") && !found.contains(&"other"),
        "{found:?}"
    );
}

#[test]
fn english_words_that_match_nothing_are_searched_in_chinese() {
    let catalog = catalog();
    let page = catalog.page("defects of steel");
    assert_eq!((ids(&page)[0].as_str(), page.rows[0].exact), ("both", true));
    let used = |typed: &str, used: &str| (typed.to_owned(), used.to_owned());
    assert_eq!(
        page.query.corrected,
        [used("defects", "缺陷"), used("steel", "钢铁")]
    );
    assert_eq!(marked(&page.rows[0].title), "[钢铁]表面[缺陷]检测");
    // What is found as it is typed is not translated, and what no record holds in Chinese neither.
    assert!(catalog.page("zhineng").query.corrected.is_empty());
    let page = catalog.page("submarine");
    assert_eq!((page.total, page.query.corrected.len()), (0, 0));
}

#[test]
fn chinese_words_that_match_nothing_are_searched_in_english() {
    let records = [
        scenario("speech", "Speech recognition", ""),
        scenario("other", "Image restoration", ""),
    ];
    let page = Catalog::in_batches(records, 1).page("语音识别");
    assert_eq!(ids(&page), ["speech"]);
    assert_eq!(page.query.corrected[0].0, "语音识别");
}
