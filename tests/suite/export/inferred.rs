//! What nobody printed is named wherever several records are told together.

use calamine::Data;
use serde_json::{Value, json};
use tests::fixtures::record;
use tests::pdf;

use super::sheets::sheet;
use super::{all, part, rich, with, write, written};

/// Two cases, one of which has an inferred stage and an inferred number on a list.
fn concluded() -> Vec<Value> {
    let mut records = rich();
    records.push(record(
        "case",
        "c2",
        "涂装质检",
        json!({
            "stage": ["production"], "technique": ["vision"],
            "inferred": [{ "field": "stage", "by": "rule:s011" }, { "field": "lists.no", "by": "source" }],
        }),
    ));
    records
}

#[test]
fn lists_of_records_name_the_inferred_fields_of_each() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &concluded());
    for (language, name, header, said) in [
        ("zh", "案例", "推断字段", "环节；名单序号"),
        (
            "en",
            "Cases",
            "Inferred fields",
            "Stage; Number on the list",
        ),
    ] {
        let asked = json!({ "language": language });
        let written = |format| {
            write(&app, dir.path(), &all(), format, asked.clone())
                .unwrap()
                .0
        };
        let rows = sheet(&written("xlsx"), name);
        let column = rows[0].iter().position(|cell| cell == header).unwrap();
        let cells: Vec<&Data> = rows[1..].iter().map(|row| &row[column]).collect();
        assert_eq!(cells.len(), 2);
        assert!(cells.contains(&&Data::Empty), "{cells:?}");
        assert!(cells.contains(&&Data::String(said.to_owned())), "{cells:?}");
        let table = std::fs::read_to_string(written("csv")).unwrap();
        let document = part(&written("docx"), "word/document.xml");
        for text in [table, document] {
            assert!(text.contains(header) && text.contains(said), "{text}");
        }
        // Pages break words and spaces as their columns are wide.
        let bare = |text: &str| text.replace(char::is_whitespace, "");
        let pages = bare(&pdf::pages(&std::fs::read(written("pdf")).unwrap()).concat());
        assert!(pages.contains(&bare(header)), "{pages}");
        assert!(pages.contains(&bare(said)), "{pages}");
    }
}

#[test]
fn records_side_by_side_name_their_inferred_fields() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &concluded());
    let refs = ["fixture/case/c1", "fixture/case/c2"];
    let what = json!({ "what": "comparison", "refs": refs });
    let rows = sheet(&written(&app, dir.path(), &what, "xlsx"), "对比");
    let row = rows.iter().find(|row| row[0] == "推断字段").unwrap();
    assert_eq!(
        row[2..],
        [Data::Empty, Data::String("环节；名单序号".to_owned())]
    );
}

#[test]
fn where_all_is_printed_there_is_no_column_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let rows = sheet(&written(&app, dir.path(), &all(), "xlsx"), "案例");
    assert!(!rows[0].iter().any(|cell| cell == "推断字段"));
    let path = written(&app, dir.path(), &all(), "docx");
    assert!(!part(&path, "word/document.xml").contains("推断字段"));
}
