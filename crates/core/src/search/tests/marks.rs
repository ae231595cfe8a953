//! Marks on the text as written.

use crate::api::types::{ParsedQuery, Span};
use crate::search::content::{Content, Piece};
use crate::search::highlight::Marker;
use proptest::prelude::*;

fn marker(words: &[&str], literals: &[&str]) -> Marker {
    Marker::new(&ParsedQuery {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        literals: literals
            .iter()
            .map(|literal| (*literal).to_owned())
            .collect(),
        ..ParsedQuery::default()
    })
}

/// What a list quotes of a record with these other names and summaries.
fn snippet(marker: &Marker, aliases: &[&str], pieces: &[&str]) -> String {
    let body = pieces.iter().map(|text| Piece {
        field: "summary",
        text,
    });
    let content = Content {
        aliases: aliases.to_vec(),
        body: body.collect(),
        ..Content::default()
    };
    let snippet = marker.snippet(&content);
    snippet.map_or_else(String::new, |snippet| shown(&snippet.spans))
}

fn shown(spans: &[Span]) -> String {
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
fn marks_lie_on_the_text_as_written() {
    for (words, literals, text, marked) in [
        (
            &["視覺質檢"][..],
            &[][..],
            "基于视觉质检的系统",
            "基于[视觉质检]的系统",
        ),
        (&["视觉质检"], &[], "視覺與質檢", "[視覺]與[質檢]"),
        (&["ai"], &[], "ＡＩ＋制造, AIGC", "[ＡＩ]＋制造, [AI]GC"),
        (
            &["detection"],
            &[],
            "Detecting defects",
            "[Detecting] defects",
        ),
        (&["钢"], &[], "炼钢与钢铁", "炼[钢]与[钢]铁"),
        (&[], &["率 99"], "良品率 99%", "良品[率 99]%"),
        (&["没有"], &[], "别的", "别的"),
        (&["5m"], &[], "约５㎡", "约[５㎡]"),
    ] {
        assert_eq!(
            shown(&marker(words, literals).marks(text).spans()),
            marked,
            "{text}"
        );
    }
}

#[test]
fn a_snippet_shows_the_stretch_with_most_marks() {
    let text = format!(
        "{}钢铁{}视觉质检系统{}",
        "前".repeat(50),
        "中".repeat(80),
        "后".repeat(80)
    );
    let shown = snippet(&marker(&["视觉质检", "钢铁"], &[]), &[], &["别的", &text]);
    assert!(
        shown.starts_with("…中") && shown.contains("[视觉质检]") && shown.ends_with("后…"),
        "{shown}"
    );
    assert_eq!(snippet(&marker(&["没有"], &[]), &[], &["别的"]), "");
}

#[test]
fn no_mobile_number_stands_whole_in_a_snippet_and_marks_stay_in_place() {
    let note = "联系王工 13800138000 或 １３９-0013-9000，可到现场试用";
    for (word, quoted) in [
        (
            "试用",
            "联系王工 138****8000 或 １３９-****-9000，可到现场[试用]",
        ),
        (
            "13800138000",
            "联系王工 [138****8000] 或 １３９-****-9000，可到现场试用",
        ),
    ] {
        assert_eq!(snippet(&marker(&[word], &[]), &[], &[note]), quoted);
    }
    let long = format!("{}{note}{}", "前".repeat(70), "后".repeat(70));
    let cut = snippet(&marker(&["现场试用"], &[]), &[], &[&long]);
    assert!(cut.contains("[现场试用]") && !cut.contains("0013"), "{cut}");
}

#[test]
fn pinyin_marks_the_characters_that_it_reads_in_names_alone() {
    let marker = Marker::new(&ParsedQuery {
        words: vec!["gongye".to_owned(), "zhineng".to_owned()],
        pinyin: true,
        ..ParsedQuery::default()
    });
    let (title, explained) = marker.title(&["中国工業·智能平台", "Platform"], None);
    assert_eq!(shown(&title), "中国[工業]·[智能]平台");
    assert!(explained);
    assert_eq!(snippet(&marker, &["智能云"], &["工业智能"]), "[智能]云");
    let literal = Marker::new(&ParsedQuery {
        words: vec!["zhineng".to_owned()],
        ..ParsedQuery::default()
    });
    assert_eq!(shown(&literal.title(&["智能"], None).0), "智能");
}

proptest! {
    #[test]
    fn spans_give_the_text_back(text in "[质检视觉ab ，\u{301}㎡]{0,40}", word in "[质检视觉ab]{1,4}") {
        let marker = marker(&[&word], &[&word]);
        let spans = marker.marks(&text).spans();
        prop_assert_eq!(spans.iter().map(|span| span.t.as_str()).collect::<String>(), text.clone());
        snippet(&marker, &[], &[&text]);
    }
}
