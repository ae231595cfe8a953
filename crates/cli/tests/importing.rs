//! `atlas import` and `atlas template` as a user calls them.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

mod terminal;

use serde_json::Value;
use terminal::{atlas, own, text};

#[test]
fn a_table_is_checked_reported_mapped_and_imported() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let written = atlas(folder, &["template", "provider", "t.xlsx", "--lang", "en"]);
    assert!(written.status.success() && folder.join("t.xlsx").is_file());
    let none = atlas(folder, &["import", "t.xlsx", "--lang", "en"]);
    assert_eq!(
        none.status.code(),
        Some(1),
        "a sample is no record: {}",
        text(&none.stdout)
    );

    let table =
        "企业名称;代码;城市\n夹具甲;91350100M000100Y43;南京\n夹具乙;91350100M000100Y44;苏州\n";
    std::fs::write(folder.join("p.csv"), table).unwrap();
    let mapping = r#"{ "kind": "provider", "columns": [
        { "header": "企业名称", "field": "name" }, { "header": "代码", "field": "credit_code" }, { "header": "城市", "field": "city" } ] }"#;
    std::fs::write(folder.join("m.json"), mapping).unwrap();
    let arguments = [
        "import",
        "p.csv",
        "--kind",
        "provider",
        "--mapping",
        "m.json",
        "--lang",
        "en",
    ];
    let all = atlas(folder, &[&arguments[..], &["--report", "r.xlsx"]].concat());
    let said = text(&all.stdout);
    assert_eq!(all.status.code(), Some(4), "{said}");
    assert!(
        said.contains("3 rows: 1 new, 0 duplicates, 1 skipped, 1 wrong.") && said.contains("3B"),
        "{said}"
    );
    assert!(folder.join("r.xlsx").is_file());
    assert_eq!(own(folder), 0, "all or none");
    let dry = atlas(
        folder,
        &[&arguments[..], &["--partly", "--dry-run", "--json"]].concat(),
    );
    let answer: Value = serde_json::from_slice(&dry.stdout).unwrap();
    assert_eq!(
        (answer["check"]["new"].as_u64(), &answer["imported"]),
        (Some(1), &Value::Null)
    );
    assert_eq!(own(folder), 0, "nothing is changed");
    let some = atlas(folder, &[&arguments[..], &["--partly"]].concat());
    assert!(some.status.success(), "{}", text(&some.stderr));
    assert_eq!(own(folder), 1);

    let zh = atlas(folder, &["import", "missing.csv", "--lang", "zh"]);
    assert_eq!(zh.status.code(), Some(4));
    assert!(
        text(&zh.stderr).contains("无法读取"),
        "{}",
        text(&zh.stderr)
    );
    let wrong = atlas(
        folder,
        &["import", "p.csv", "--sheet", "none", "--lang", "en"],
    );
    assert_eq!(wrong.status.code(), Some(2));
}
