//! Everything that can be exported, in every format and both languages.

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::{Value, json};
use tests::fixtures::record;
use tests::pdf;

use super::sheets::sheet;
use super::{part, rich, with, write, written};
use crate::folder::transact;
use crate::needs::{NEED, save};
use crate::own;

/// A catalog with something to match, and a need with work on it.
fn worked(dir: &std::path::Path) -> atlas_core::api::App {
    let mut records = rich();
    records.push(record(
        "solution",
        "s1",
        "表面缺陷检测方案",
        json!({
            "industry": ["equipment"], "stage": ["production"], "technique": ["vision"],
            "capability": { "zh": "机器视觉检测表面缺陷" },
            "links": [{ "rel": "provided_by", "to": "provider/p1" }],
        }),
    ));
    records.push(record(
        "scenario",
        "sc1",
        "表面缺陷在线检测",
        json!({ "industry": ["equipment"], "stage": ["production"], "technique": ["vision"] }),
    ));
    let app = with(dir, &records);
    save(
        &app,
        NEED,
        json!({ "title": "表面缺陷检测", "problem": "表面缺陷靠人工检测", "enterprise": "样例厂",
                "stage": { "codes": ["production"], "strength": "soft" } }),
    );
    transact(
        &app,
        json!({ "edit": "shortlist", "need": NEED, "ref": "fixture/solution/s1", "note": "先谈" }),
    );
    app
}

fn form(app: &atlas_core::api::App) -> Value {
    let view = atlas_core::api::query(app, "get_need", json!({ "ref": NEED })).unwrap();
    view["form"].clone()
}

#[test]
fn every_subject_can_be_written_in_every_format_and_language() {
    let dir = tempfile::tempdir().unwrap();
    let app = worked(dir.path());
    let need = form(&app);
    let matched = json!({ "need": need, "target": "solutions", "limit": 5 });
    let started = json!({ "need": need, "target": "scenarios", "limit": 5 });
    let subjects = [
        json!({ "what": "search", "request": { "text": "检测" } }),
        json!({ "what": "records", "refs": ["fixture/case/c1", "fixture/need/n1"], "name": "我的清单" }),
        json!({ "what": "records", "refs": ["fixture/case/c1"], "name": "" }),
        json!({ "what": "comparison", "refs": ["fixture/case/c1", "fixture/solution/s1"] }),
        json!({ "what": "match", "ref": NEED, "request": matched }),
        json!({ "what": "match", "request": matched }),
        json!({ "what": "offer", "request": { "ref": "fixture/solution/s1", "limit": 5 } }),
        json!({ "what": "roadmap", "ref": NEED, "request": started }),
        json!({ "what": "portfolio", "plan": {} }),
        json!({ "what": "needs", "refs": [] }),
    ];
    for what in &subjects {
        for language in ["zh", "en"] {
            for format in ["xlsx", "csv", "json", "pdf", "docx"] {
                let asked = json!({ "language": language });
                let (path, exported) = write(&app, dir.path(), what, format, asked)
                    .unwrap_or_else(|error| panic!("{what} {format}: {error}"));
                assert!(exported.rows > 0, "{what} {format}");
                assert!(path.metadata().unwrap().len() > 40);
            }
        }
    }
}

#[test]
fn a_match_names_its_reasons_and_they_sum_to_the_score() {
    let dir = tempfile::tempdir().unwrap();
    let app = worked(dir.path());
    let request = json!({ "need": form(&app), "target": "solutions", "limit": 5 });
    let what = json!({ "what": "match", "ref": NEED, "request": request });
    let path = written(&app, dir.path(), &what, "xlsx");
    let book: Xlsx<_> = open_workbook(&path).unwrap();
    let names = book.sheet_names();
    for wanted in ["条件", "排在前面的结果", "候选名单", "得分构成", "来源"] {
        assert!(
            names.iter().any(|name| name == wanted),
            "{wanted} in {names:?}"
        );
    }
    let number = |cell: &calamine::Data| cell.to_string().parse::<f64>().unwrap();
    let hits = sheet(&path, "排在前面的结果");
    let parts = sheet(&path, "得分构成");
    let sum: f64 = parts[1..]
        .iter()
        .filter(|row| row[0] == hits[1][0])
        .map(|row| number(&row[5]))
        .sum();
    assert!((sum - number(&hits[1][3])).abs() < 0.002, "{sum}");
    let path = written(&app, dir.path(), &what, "docx");
    let document = part(&path, "word/document.xml");
    for said in [
        "表面缺陷检测方案",
        "先谈",
        "权重",
        "得分只比较本目录中的记录",
    ] {
        assert!(document.contains(said), "{said}");
    }
    let path = written(&app, dir.path(), &what, "pdf");
    let text = pdf::pages(&std::fs::read(path).unwrap()).concat();
    for said in [
        "匹配报告：表面缺陷检测",
        "表面缺陷检测方案",
        "先谈",
        "第1页",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn what_no_criterion_judges_is_told_in_every_format() {
    let dir = tempfile::tempdir().unwrap();
    let app = worked(dir.path());
    let mut need = form(&app);
    need["start"] = json!({ "date": "2027-03-01", "strength": "hard" });
    need["goal"] = json!("smart_advanced");
    need["budget"] = json!({ "low": 500_000.0, "strength": "soft" });
    save(&app, NEED, need);
    let request = json!({ "need": form(&app), "target": "solutions", "limit": 5 });
    let what = json!({ "what": "match", "ref": NEED, "request": request });
    for (language, table, start, level, why) in [
        (
            "zh",
            "不参与排序、须直接询问的条件",
            "可启动日期",
            "先进级",
            "没有上限，报价无从比较",
        ),
        (
            "en",
            "Not ranked, to be asked about",
            "Can start",
            "Advanced",
            "without an upper end no price can be compared",
        ),
    ] {
        let asked = json!({ "language": language });
        let path = |format| {
            write(&app, dir.path(), &what, format, asked.clone())
                .unwrap()
                .0
        };
        let rows = sheet(&path("xlsx"), table);
        let row = |at: usize| rows[at].iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert_eq!(row(1)[..2], [start, "2027-03-01"], "{rows:?}");
        assert!(row(2)[1].contains(level), "{rows:?}");
        assert!(
            row(3)[1].contains("500,000") && row(3)[3] == why,
            "{rows:?}"
        );
        let csv = std::fs::read_to_string(path("csv")).unwrap();
        let document = part(&path("docx"), "word/document.xml");
        let pages = pdf::pages(&std::fs::read(path("pdf")).unwrap()).concat();
        for (text, of) in [(&csv, "csv"), (&document, "docx"), (&pages, "pdf")] {
            let text = text.replace(char::is_whitespace, "");
            let why = why.replace(' ', "");
            assert!(text.contains(&why), "{why} in {of}: {text}");
        }
    }
    let path = written(&app, dir.path(), &what, "json");
    let value: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let unjudged = value["match"]["answer"]["unjudged"].as_array().unwrap();
    let fields: Vec<_> = unjudged.iter().map(|one| &one["field"]).collect();
    assert_eq!(fields, ["start", "goal", "budget"]);
}

#[test]
fn a_portfolio_and_a_board_name_the_sources_of_what_they_list() {
    let dir = tempfile::tempdir().unwrap();
    let app = worked(dir.path());
    for what in [
        json!({ "what": "portfolio", "plan": {} }),
        json!({ "what": "needs", "refs": [] }),
    ] {
        let path = written(&app, dir.path(), &what, "xlsx");
        let sources = sheet(&path, "来源");
        let said = |cell: &calamine::Data| cell.to_string().contains("fixture");
        assert!(sources[1].iter().any(said), "{what}: {sources:?}");
        let path = written(&app, dir.path(), &what, "json");
        let value: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        assert!(!value["sources"].as_object().unwrap().is_empty(), "{what}");
    }
}

#[test]
fn records_that_left_the_catalog_are_skipped_and_the_rest_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let refs = ["fixture/case/c1", "fixture/case/gone", "fixture/need/n1"];
    let what = json!({ "what": "records", "refs": refs, "name": "清单" });
    let (_, exported) = write(&app, dir.path(), &what, "json", json!({})).unwrap();
    assert_eq!(exported.rows, 2);
}

#[test]
fn what_the_user_wrote_is_called_own_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let written = own::own("solution", 1);
    own::write(&app, &written, "自填方案", json!({}));
    for what in [
        json!({ "what": "records", "refs": [written, "fixture/case/c1"], "name": "清单" }),
        json!({ "what": "comparison", "refs": [written, "fixture/case/c1"] }),
    ] {
        for (language, own, listed) in [
            ("zh", "自己的", "社区名录"),
            ("en", "Own", "Community list"),
        ] {
            let asked = json!({ "language": language });
            let (path, _) = write(&app, dir.path(), &what, "docx", asked).unwrap();
            let document = part(&path, "word/document.xml");
            assert!(
                document.contains(own) && !document.contains(listed),
                "{document}"
            );
        }
    }
}
