//! Importing a spreadsheet in the window: a template with three errors, the annotated file, the corrected one, undo.

use std::fs;

use atlas_core::exchange::read::{Cell, Options, Sheet, read};
use atlas_core::model::Kind;
use serde_json::{Value, json};
use tests::audit::barriers;
use tests::process::until;
use tests::tables::{corrected, filled as template};
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::filled;

fn found(window: &Window, script: &str) -> Value {
    window.page.run(&format!("return {script}"), &[])
}

fn step(window: &Window, name: &str) {
    until(name, || {
        let step = found(
            window,
            "document.querySelector('[data-step]')?.dataset.step ?? null",
        );
        (step == name).then_some(())
    });
}

fn own(window: &Window) -> u64 {
    let page = window.query(
        "search_records",
        &json!({ "text": "feed:own kind:provider", "limit": 50 }),
    );
    page["total"].as_u64().unwrap()
}

fn sheet(path: &std::path::Path) -> Sheet {
    let bytes = fs::read(path).unwrap();
    read("report.xlsx", &bytes, &Options::default())
        .unwrap()
        .sheets
        .remove(0)
}

#[test]
fn a_template_with_three_errors_is_corrected_from_the_annotated_file_and_imported() {
    let folder = filled("tables");
    let picked = |path: &std::path::Path| {
        fs::write(folder.join("picked.txt"), path.to_str().unwrap()).unwrap();
    };
    let file = folder.join("providers.xlsx");
    let rows = template(
        Kind::Provider,
        &[
            &[
                ("name", "示例甲公司（仅供测试）"),
                ("credit_code", "91350100M000100Y43"),
                ("region", "江苏"),
            ],
            &[
                ("name", "示例乙公司（仅供测试）"),
                ("credit_code", "91350100M000100Y44"),
            ],
            &[("city", "南京"), ("credit_code", "123")],
        ],
    );
    fs::write(&file, rows).unwrap();
    let window = Window::ready(&Start::on(&folder));
    window.go("/import");
    picked(&file);
    window.click("[data-choose]");
    step(&window, "sheet");
    for name in ["columns", "values", "duplicates", "check"] {
        // By the keyboard alone: every step leaves the focus where Tab finds the way on.
        let focus = "document.querySelector('[data-next]').focus()";
        window.page.run(focus, &[]);
        window.page.press(&[key::ENTER]);
        step(&window, name);
        window.settle();
        let found = barriers(&window);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
    until("three errors", || {
        let issues = found(&window, "document.querySelectorAll('[data-issue]').length");
        (issues == 3).then_some(())
    });
    let report = folder.join("report.xlsx");
    picked(&report);
    window.click("[data-report]");
    until("the annotated file", || report.is_file().then_some(()));
    assert_eq!(own(&window), 0, "nothing was written");

    let annotated = sheet(&report);
    let last = annotated
        .rows
        .iter()
        .find(|row| row.number == 4)
        .unwrap()
        .cells
        .len()
        - 1;
    let said = annotated
        .rows
        .iter()
        .find(|row| row.number == 8)
        .unwrap()
        .cell(last)
        .text()
        .into_owned();
    assert!(said.contains("缺少名称"), "{said}");
    let wrong = annotated.rows.iter().find(|row| row.number == 7).unwrap();
    let code = wrong
        .cells
        .iter()
        .position(|cell| *cell == Cell::Text("91350100M000100Y44".to_owned()))
        .unwrap();
    let mut fixed = annotated.clone();
    for (row, column, text) in [
        (7, code, ""),
        (8, code, ""),
        (8, 0, "示例丙公司（仅供测试）"),
    ] {
        let bytes = corrected(&fixed, row, column, text);
        fixed = read("fixed.xlsx", &bytes, &Options::default())
            .unwrap()
            .sheets
            .remove(0);
        fs::write(folder.join("fixed.xlsx"), bytes).unwrap();
    }
    window.click("[data-again]");
    step(&window, "file");
    picked(&folder.join("fixed.xlsx"));
    window.click("[data-choose]");
    step(&window, "sheet");
    for name in ["columns", "values", "duplicates", "check"] {
        window.click("[data-next]");
        step(&window, name);
    }
    window.click("[data-import]");
    step(&window, "done");
    assert_eq!(own(&window), 3);
    window.click("[data-undo-import]");
    step(&window, "file");
    until("one undo", || (own(&window) == 0).then_some(()));
}
