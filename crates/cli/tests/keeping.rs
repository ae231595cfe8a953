//! `atlas undo`, and exports of what was kept under a name.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

mod terminal;

use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::{self, App};
use serde_json::{Value, json};
use terminal::{atlas, own, text};

fn clock() -> String {
    "2026-11-25T08:00:00Z".to_owned()
}

#[test]
fn a_whole_import_is_taken_back_and_nothing_is_refused_politely() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let none = atlas(folder, &["undo", "--lang", "en"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(
        text(&none.stderr).contains("no edit to take back"),
        "{none:?}"
    );

    std::fs::write(
        folder.join("p.csv"),
        "企业名称,城市\n夹具甲,南京\n夹具乙,苏州\n夹具丙,无锡\n",
    )
    .unwrap();
    let taken = atlas(folder, &["import", "p.csv", "--kind", "provider"]);
    assert!(taken.status.success(), "{taken:?}");
    assert_eq!(own(folder), 3);
    let undone = atlas(folder, &["undo", "--lang", "zh"]);
    assert!(undone.status.success(), "{undone:?}");
    let said = text(&undone.stdout);
    assert!(
        said.contains("已撤销") && said.contains("自有记录，3 条"),
        "{said}"
    );
    assert_eq!(own(folder), 0);
    assert_eq!(
        atlas(folder, &["undo"]).status.code(),
        Some(1),
        "it is taken back once"
    );
}

/// Cells of the first column of a CSV file, the header left out.
fn first_column(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().skip(1);
    lines
        .filter_map(|line| line.split(',').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn lists_tags_and_saved_searches_are_exported_by_their_names() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let app = App::new(folder.join("data"), clock);
    app.open(&mut |_| ControlFlow::Continue(())).unwrap();
    let page = api::query(
        &app,
        "search_records",
        json!({ "text": "kind:case", "limit": 5 }),
    )
    .unwrap();
    let refs: Vec<String> = page["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["ref"].as_str().unwrap().to_owned())
        .collect();
    let list = "0191e0b2-7c1d-7abc-8def-000000000001";
    let search = "0191e0b2-7c1d-7abc-8def-000000000002";
    let request = json!({ "text": "", "filters": { "kind": ["base"] } });
    for edit in [
        json!({ "edit": "save_list", "list": list, "name": "候选", "note": "" }),
        json!({ "edit": "add_members", "list": list, "refs": [refs[3], refs[1]] }),
        json!({ "edit": "set_tags", "refs": [refs[2]], "add": ["回访"], "remove": [] }),
        json!({ "edit": "save_search", "search": search, "name": "基地", "request": request, "seen": "" }),
    ] {
        api::mutate(&app, "transact", edit).unwrap();
    }
    let bases = api::query(
        &app,
        "search_records",
        json!({ "filters": { "kind": ["base"] }, "limit": 0 }),
    )
    .unwrap();
    drop(app);

    let export = |arguments: &[&str], file: &str| {
        let all = [
            &["export", "list"],
            arguments,
            &["--to", file, "--lang", "en"],
        ]
        .concat();
        atlas(folder, &all)
    };
    let written = export(&["--list", "候选"], "list.csv");
    assert!(written.status.success(), "{written:?}");
    assert_eq!(
        first_column(&folder.join("list.csv")),
        [&*refs[3], &*refs[1]],
        "in the order of the list"
    );
    assert!(export(&["--tag", "回访"], "tag.csv").status.success());
    assert_eq!(first_column(&folder.join("tag.csv")), [&*refs[2]]);
    let saved = export(&["--saved", "基地"], "saved.json");
    assert!(saved.status.success(), "{saved:?}");
    let saved: Value =
        serde_json::from_slice(&std::fs::read(folder.join("saved.json")).unwrap()).unwrap();
    assert_eq!(
        saved["records"].as_array().unwrap().len() as u64,
        bases["total"].as_u64().unwrap()
    );

    let wrong = export(&["--list", "无此"], "none.csv");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("There are: 候选"), "{wrong:?}");
    let both = export(&["--list", "候选", "--tag", "回访"], "none.csv");
    assert_eq!(both.status.code(), Some(2));
    assert!(!folder.join("none.csv").exists());
}
