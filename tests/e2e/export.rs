//! Exports from the window: a list as a workbook, a match as a PDF; the files are read back.

use std::path::Path;

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::json;
use tests::pdf;
use tests::process::until;
use tests::window::{Start, Window};

use crate::{filled, pick};

const NEED: &str = "own/need/00000000-0000-4000-8000-000000000001";

/// Saves what the open dialog offers, and waits until it says where the file is.
pub(crate) fn save(window: &Window, folder: &Path, file: &Path) {
    pick(folder, file);
    window.one("[data-export-rows]");
    window.click("[data-export-save]");
    let said = until("the file", || {
        let shown = "document.querySelector('[data-export-path], [data-export-step=failed]')?.innerText ?? null";
        let shown = window.page.run(&format!("return {shown}"), &[]);
        shown.as_str().map(str::to_owned)
    });
    assert_eq!(said, file.to_string_lossy());
    window.click("[data-close]");
    until("the dialog closed", || {
        let open = window
            .page
            .run("return !document.querySelector('dialog[open]')", &[]);
        (open == true).then_some(())
    });
}

#[test]
fn a_list_and_a_match_are_saved_and_read_back() {
    let folder = filled("export");
    let window = Window::ready(&Start::on(&folder));
    window.settle();

    window.go("/list?q=%E8%B4%A8%E6%A3%80&kind=case");
    window.one("[data-export]");
    let total = window.query(
        "search_records",
        &json!({ "text": "质检", "filters": { "kind": ["case"] }, "limit": 3 }),
    );
    window.click("[data-export]");
    let file = folder.join("案例.xlsx");
    save(&window, &folder, &file);
    let mut book: Xlsx<_> = open_workbook(&file).unwrap();
    let rows = book.worksheet_range("案例").unwrap();
    let count = total["total"].as_u64().unwrap();
    assert!(count > 3);
    assert_eq!(
        rows.rows().count() as u64,
        count + 1,
        "every hit and the header"
    );
    let shown = total["rows"][0]["ref"].as_str().unwrap();
    assert_eq!(
        rows.rows().nth(1).unwrap()[0].to_string(),
        shown,
        "in the order of the list"
    );

    // The same file again: nothing is replaced without the consent that the dialog of the desktop asks for.
    window.click("[data-export]");
    window.one("[data-export-rows]");
    window.click("[data-export-save]");
    window.one("[data-export-step=failed]");
    window.sees("已存在");
    window.click("[data-close]");

    let form = json!({
        "title": "外观缺陷检测（仅供测试）", "problem": "用机器视觉识别划伤。",
        "technique": { "codes": ["vision"], "strength": "soft" },
    });
    let edit = json!({ "edit": "save_need", "ref": NEED, "form": form, "text": "" });
    window.mutate("transact", &edit);
    window.go(&format!("/report/{NEED}"));
    window.one("[data-report-page]");
    window.click("[data-export]");
    let file = folder.join("报告.pdf");
    save(&window, &folder, &file);
    let text = pdf::pages(&std::fs::read(&file).unwrap()).concat();
    assert!(
        text.starts_with("匹配报告：外观缺陷检测（仅供测试）"),
        "{text}"
    );
    let first = window.page.run(
        "return document.querySelector('[data-report-hit] a').innerText",
        &[],
    );
    let first = pdf::dense(first.as_str().unwrap());
    assert!(text.contains(&first), "{first} in {text}");
    window.close();
}
