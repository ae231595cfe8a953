//! Order of the hits.

use super::{Catalog, enterprise, head, ids, scenario, source};
use crate::api::types::{SearchRequest, Sort};
use crate::model::{Date, Enterprise, Head, Name, Record, Status};

const WORDS: [&str; 12] = [
    "视觉质检",
    "预测维护",
    "智能排产",
    "钢铁",
    "机器人",
    "能耗优化",
    "AI",
    "大模型",
    "调度",
    "港口",
    "质检",
    "vision",
];

/// Names and texts made of few words: many records share every score.
fn many(count: usize) -> Vec<Record> {
    let word = |number: usize| WORDS[number % WORDS.len()];
    (0..count)
        .map(|number| {
            let name = format!("{}{}系统", word(number * 7), word(number / 3));
            let text = format!(
                "{}，{} {}。",
                word(number * 5 + 1),
                word(number / 7),
                word(number * number)
            );
            scenario(&format!("n{number:04}"), &name, &text)
        })
        .collect()
}

const QUERIES: [&str; 14] = [
    "视觉质检",
    "质检",
    "质",
    "AI",
    "a",
    "钢铁 机器人",
    "大模型调度",
    "vision",
    "visi",
    "港口 -AI",
    "\"质检系统\"",
    "智能质检机器人",
    "系统",
    "shijue",
];

#[test]
fn order_does_not_depend_on_insertion_or_segments() {
    let records = many(240);
    let whole = Catalog::new(records.clone());
    let mut shuffled = records.clone();
    shuffled.sort_by_key(|record| record.head().id.bytes().rev().collect::<Vec<_>>());
    let parts = Catalog::in_batches(shuffled, 37);
    for sort in [Sort::Relevance, Sort::Updated, Sort::Name, Sort::Evidence] {
        for query in QUERIES {
            assert_eq!(
                whole.sorted(query, sort),
                parts.sorted(query, sort),
                "{query} {sort:?}"
            );
        }
    }
}

#[test]
fn order_does_not_depend_on_what_was_there_before() {
    let records = many(240);
    let whole = Catalog::new(records.clone());
    // Every record was another one once, and others are there no more: all of it lies deleted in the segments.
    let mut history = many(330);
    history.rotate_left(90);
    for (number, record) in history.iter_mut().enumerate() {
        let id = format!("n{number:04}");
        *record = scenario(
            &id,
            "视觉质检 vision",
            "港口质检，机器人 visionary 大模型质检。",
        );
    }
    history.extend(records);
    let mut changed = Catalog::in_batches(history, 57);
    changed.remove((240..330).map(|number| format!("n{number:04}")));
    for query in QUERIES {
        assert_eq!(
            whole.sorted(query, Sort::Relevance),
            changed.sorted(query, Sort::Relevance),
            "{query}"
        );
    }
}

#[test]
fn pages_continue_each_other() {
    let catalog = Catalog::in_batches(many(150), 40);
    for query in QUERIES {
        let page = |offset, limit| {
            ids(&catalog.ask(&SearchRequest {
                text: query.to_owned(),
                offset,
                limit,
                ..SearchRequest::default()
            }))
        };
        let whole = page(0, 200);
        let pages: Vec<String> = (0..30).flat_map(|number| page(number * 7, 7)).collect();
        assert_eq!(pages, whole, "{query}");
    }
}

#[test]
fn large_segments_rank_like_small_ones() {
    // In large segments documents are proposed by pruning, in small ones each is scored.
    let records = many(6000);
    let large = Catalog::in_batches(records.clone(), 5500);
    let small = Catalog::in_batches(records, 450);
    for query in [
        "系统",
        "质检 系统",
        "系统 维护",
        "系",
        "大模型调度系统",
        "系统 vi",
        "港口系统优化排产检测设备",
    ] {
        let best = |catalog: &Catalog| {
            let request = SearchRequest {
                text: query.to_owned(),
                limit: 60,
                ..SearchRequest::default()
            };
            let page = catalog.ask(&request);
            (page.total, ids(&page))
        };
        let found = best(&large);
        assert!(found.0 > 5000 || query != "系统", "{query}");
        assert_eq!(found, best(&small), "{query}");
    }
}

#[test]
fn exact_names_come_first_then_names_that_start_so() {
    let mut records = vec![
        enterprise("exact", "宁德时代"),
        enterprise("prefix", "宁德时代新能源科技股份有限公司"),
        enterprise("inside", "福建宁德时代宁德时代宁德时代宁德时代"),
    ];
    records.extend((0..20).map(|n| {
        scenario(
            &format!("s{n}"),
            "电池",
            "宁德时代 宁德时代 宁德时代 宁德时代",
        )
    }));
    let alias = Head {
        name: Name {
            aliases: vec!["宁德时代".into()],
            ..Name::zh("CATL")
        },
        ..head("alias", "")
    };
    records.push(Record::Enterprise(Box::new(Enterprise {
        head: alias,
        ..Enterprise::default()
    })));
    let catalog = Catalog::in_batches(records, 9);
    let found = catalog.ids("宁德时代");
    assert_eq!(found[2..4], ["prefix", "inside"]);
    assert!(found[..2].contains(&"exact".to_owned()) && found[..2].contains(&"alias".to_owned()));
    assert_eq!(catalog.ids("catl")[0], "alias");
}

#[test]
fn names_outweigh_texts_and_literal_hits_outweigh_pinyin() {
    let catalog = Catalog::new([
        scenario("text", "无关", "机器人焊接，机器人焊接，机器人焊接"),
        scenario("name", "柔性机器人焊接产线", ""),
        scenario("pinyin", "大塔", ""),
        scenario("literal", "平台", "the data of a data lake"),
    ]);
    assert_eq!(catalog.ids("机器人焊接"), ["name", "text"]);
    assert_eq!(catalog.ids("data"), ["literal", "pinyin"]);
}

#[test]
fn sorting_by_date_name_and_evidence() {
    let record = |id: &str, name: &str, date: Option<&str>, status: Status| {
        let date = date.map(|date| Date::parse(date).unwrap());
        let head = Head {
            date,
            sources: vec![source(status)],
            ..head(id, name)
        };
        Record::Enterprise(Box::new(Enterprise {
            head,
            ..Enterprise::default()
        }))
    };
    let catalog = Catalog::in_batches(
        [
            record("a", "重庆长安", Some("2025"), Status::Community),
            record("b", "百度", Some("2025-11-24"), Status::Confirmed),
            record("c", "NVIDIA", None, Status::Excerpt),
            record("d", "厦门大学", Some("2025-11"), Status::Confirmed),
        ],
        1,
    );
    assert_eq!(catalog.sorted("", Sort::Updated), ["b", "d", "a", "c"]);
    assert_eq!(catalog.sorted("", Sort::Name), ["b", "a", "c", "d"]);
    assert_eq!(catalog.sorted("", Sort::Evidence), ["b", "d", "c", "a"]);
    assert_eq!(catalog.sorted("", Sort::Relevance), ["b", "d", "c", "a"]);
}
