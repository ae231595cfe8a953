//! Workbooks, tables and data.

use std::path::Path;

use atlas_core::exchange::export::unguard;
use atlas_core::model::Record;
use calamine::{Data, DataType as _, Reader as _, Xlsx, open_workbook};
use serde_json::{Value, json};
use tests::fixtures::record;

use super::{all, parts, rich, with, write, written};

/// A sheet as rows of cells, the header first.
pub(super) fn sheet(path: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// The cell below a header.
fn cell<'a>(rows: &'a [Vec<Data>], header: &str) -> &'a Data {
    let at = rows[0].iter().position(|cell| cell == header);
    &rows[1][at.unwrap_or_else(|| panic!("no {header} in {:?}", rows[0]))]
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read(path).unwrap();
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text);
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        row.unwrap()
            .iter()
            .map(|cell| unguard(cell).to_owned())
            .collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn a_workbook_has_a_sheet_a_kind_with_typed_cells_and_its_sources() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let path = written(&app, dir.path(), &all(), "xlsx");
    let book: Xlsx<_> = open_workbook(&path).unwrap();
    let names = book.sheet_names();
    assert_eq!(
        names,
        ["服务商", "案例", "需求", "来源", "说明"],
        "kinds in the order of screens"
    );
    let need = sheet(&path, "需求");
    assert_eq!(
        cell(&need, "名称"),
        &Data::String("轴承外观检测".to_owned())
    );
    assert_eq!(cell(&need, "预算"), &Data::String("162万元".to_owned()));
    assert_eq!(cell(&need, "预算（元）").as_f64(), Some(1_620_000.0));
    // Days since the end of 1899, as Excel counts them.
    let Data::DateTime(noticed) = cell(&need, "公告日期") else {
        panic!("a day is a date");
    };
    assert!((noticed.as_f64() - 46_086.0).abs() < 1e-9);
    assert_eq!(cell(&need, "截止日期"), &Data::String("2026-12".to_owned()));
    assert_eq!(
        cell(&need, "项目编号"),
        &Data::String("20261105000123456789".to_owned()),
        "a long number stays whole"
    );
    assert_eq!(cell(&need, "行业"), &Data::String("装备制造".to_owned()));
    for (header, said) in [
        ("现有数据", "图像"),
        ("数据说明", "两年的照片"),
        ("数据敏感程度", "内部数据"),
        ("允许的部署方式", "私有化"),
        ("交付方式", "一体机"),
        ("成熟度", "规范级"),
        ("目标等级", "先进级"),
        ("寻求的伙伴", "产品厂商"),
        ("希望开始时间", "2027-01"),
        ("完成时间", "2027-06"),
        ("硬性条件", "部署方式；预算"),
        ("授权公开", "是"),
    ] {
        let shown = cell(&need, header).to_string();
        assert_eq!(shown, said, "{header}");
    }
    assert!(matches!(cell(&need, "需求有效期至"), Data::DateTime(_)));
    let provider = sheet(&path, "服务商");
    assert_eq!(
        cell(&provider, "统一社会信用代码").to_string(),
        "911100000000000000"
    );
    assert_eq!(cell(&provider, "产品").to_string(), "质检平台；检测一体机");
    let sources = sheet(&path, "来源");
    assert_eq!(cell(&sources, "来源").to_string(), "fixture");
    assert_eq!(cell(&sources, "记录数").as_f64(), Some(3.0));
    let about: Vec<String> = sheet(&path, "说明")
        .iter()
        .map(|row| row[0].to_string())
        .collect();
    assert!(
        about.iter().any(|line| line.contains("2026-11-22")),
        "{about:?}"
    );
}

#[test]
fn data_reads_back_as_the_records_that_were_written() {
    let dir = tempfile::tempdir().unwrap();
    let records: Vec<Value> = rich()
        .into_iter()
        .filter(|it| it["kind"] != "provider")
        .collect();
    let app = with(dir.path(), &records);
    let path = written(&app, dir.path(), &all(), "json");
    let read: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(
        (&read["format"], &read["v"]),
        (&json!("atlas-export"), &json!(1))
    );
    let written = read["records"].as_array().unwrap();
    assert_eq!(written.len(), records.len());
    for one in written {
        let reference = one["ref"].as_str().unwrap();
        let put = records
            .iter()
            .find(|put| reference.ends_with(put["id"].as_str().unwrap()));
        let record: Record = serde_json::from_value(one["record"].clone()).unwrap();
        let put: Record = serde_json::from_value(put.unwrap().clone()).unwrap();
        assert_eq!(record, put);
    }
}

#[test]
fn a_table_has_a_mark_for_excel_unless_told_not_to_and_every_row() {
    let dir = tempfile::tempdir().unwrap();
    let app = with(dir.path(), &rich());
    let path = written(&app, dir.path(), &all(), "csv");
    assert!(std::fs::read(&path).unwrap().starts_with(b"\xef\xbb\xbf"));
    let rows = table(&path);
    assert_eq!(rows.len(), 4);
    assert!(
        rows[0].contains(&"类型".to_owned()),
        "several kinds: {:?}",
        rows[0]
    );
    let (path, _) = write(&app, dir.path(), &all(), "csv", json!({ "plain": true })).unwrap();
    assert!(!std::fs::read(&path).unwrap().starts_with(b"\xef\xbb\xbf"));
}

/// Texts that spreadsheets would take for formulas, or for more than one cell.
const FORMULAS: [&str; 10] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://fixture.example\",\"x\")",
    "\t=1",
    "＝1+1",
    "'=1",
    "a\n=1,\"b",
];

#[test]
fn no_text_becomes_a_formula_wherever_it_stands() {
    let dir = tempfile::tempdir().unwrap();
    for (at, text) in FORMULAS.into_iter().enumerate() {
        let id = format!("f{at}");
        let records = [record(
            "solution",
            &id,
            text,
            json!({
                "summary": { "zh": text }, "provider": text, "price": text, "delivery_text": text,
                "capability": { "zh": text }, "field": [text], "technique_text": [text], "city": text,
                "notes": [{ "zh": text }], "website": text,
                "outcomes": [{ "metric": text, "sources": ["s1"] }],
                "sources": [{ "key": "s1", "cited": text, "title": text, "issuer": text, "licence": text,
                              "official": text, "checked": "2026-11-22", "status": "excerpt" }],
            }),
        )];
        let dir = dir.path().join(&id);
        std::fs::create_dir(&dir).unwrap();
        let app = with(&dir, &records);

        let path = written(&app, &dir, &all(), "xlsx");
        for (name, xml) in parts(&path) {
            let formula =
                xml.contains("<f>") || xml.contains("<f ") || xml.contains("<definedName");
            assert!(!formula, "{text:?} in {name}");
        }
        let rows = sheet(&path, "解决方案");
        for header in [
            "名称",
            "简介",
            "服务商",
            "价格",
            "能力",
            "领域",
            "备注",
            "成效",
            "来源",
        ] {
            assert_eq!(
                cell(&rows, header),
                &Data::String(text.to_owned()),
                "{header}"
            );
        }

        let path = written(&app, &dir, &all(), "csv");
        let bytes = std::fs::read(&path).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&bytes[3..]);
        for cell in reader
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']),
                "{cell:?} of {text:?}"
            );
        }
        let rows = table(&path);
        let name = rows[0].iter().position(|header| header == "名称").unwrap();
        assert_eq!(rows[1][name], text, "the guard comes off again");

        let path = written(&app, &dir, &all(), "docx");
        for (name, xml) in parts(&path) {
            let fields = xml.matches("<w:instrText").count();
            assert_eq!(
                fields,
                if name == "word/footer1.xml" { 2 } else { 0 },
                "{text:?} in {name}"
            );
        }
        let path = written(&app, &dir, &all(), "json");
        let read: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(read["records"][0]["record"]["price"], text);
    }
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_that_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let long = "q".repeat(40_000);
    let app = with(
        dir.path(),
        &[record(
            "case",
            "a",
            "长文",
            json!({ "summary": { "zh": long } }),
        )],
    );
    let (path, written) = write(&app, dir.path(), &all(), "xlsx", json!({})).unwrap();
    assert_eq!(written.cut, 1);
    assert_eq!(
        cell(&sheet(&path, "案例"), "简介")
            .to_string()
            .chars()
            .count(),
        32_767
    );
    let (_, written) = write(&app, dir.path(), &all(), "csv", json!({})).unwrap();
    assert_eq!(written.cut, 0);
}
