//! Selecting rows of a list, and what is done with all of them at once.

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::{Value, json};
use tests::process::until;
use tests::tour::total;
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::export::save;
use crate::filled;

fn run(window: &Window, script: &str) -> Value {
    window.page.run(&format!("return {script}"), &[])
}

/// Waits until so many are selected.
fn selected(window: &Window, count: u64) {
    until(&format!("{count} selected"), || {
        let said = "Number(document.querySelector('[data-selected]')?.dataset.selected ?? 0)";
        (run(window, said) == count).then_some(())
    });
}

/// Presses a key that moves the focus, and waits until the row has it.
fn row(window: &Window, keys: &[&str], wanted: &str) {
    window.page.press(keys);
    until("the row", || {
        (run(window, "document.activeElement.dataset.row ?? ''") == wanted).then_some(())
    });
}

#[test]
fn two_rows_are_selected_by_keys_and_exported_and_nothing_else() {
    let folder = filled("selecting");
    let window = Window::ready(&Start::on(&folder));
    window.go("/list?q=质检&kind=case");
    window.settle();
    let count = total(&window);
    let request = json!({ "text": "质检", "filters": { "kind": ["case"] }, "limit": 9 });
    let page = window.query("search_records", &request);
    let reference = |at: usize| page["rows"][at]["ref"].as_str().unwrap().to_owned();

    run(
        &window,
        "document.querySelector('[data-row=\"0\"]').focus()",
    );
    window.page.press(&[" "]);
    selected(&window, 1);
    row(&window, &[key::DOWN], "1");
    row(&window, &[key::DOWN], "2");
    window.page.press(&[" "]);
    selected(&window, 2);
    let ticked =
        "[...document.querySelectorAll('[data-tick]:checked')].map((box) => box.dataset.tick)";
    assert_eq!(run(&window, ticked), json!(["0", "2"]));

    let file = folder.join("两条.xlsx");
    window.click("[data-selected] [data-export]");
    save(&window, &folder, &file);
    let mut book: Xlsx<_> = open_workbook(&file).unwrap();
    let rows = book.worksheet_range("案例").unwrap();
    let written: Vec<String> = rows.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(written, [reference(0), reference(2)]);
    selected(&window, 2);

    // A range by Shift, the whole list by Ctrl+A, nothing by Esc; another question begins anew.
    run(
        &window,
        "document.querySelector('[data-row=\"2\"]').focus()",
    );
    row(&window, &[key::SHIFT, key::DOWN], "3");
    selected(&window, 3);
    window.page.press(&[key::CONTROL, "a"]);
    selected(&window, count);
    window.sees(&format!("已选全部 {count} 条"));
    window.page.press(&[key::ESCAPE]);
    selected(&window, 0);
    window.click("[data-tick='1']");
    selected(&window, 1);
    window.go("/list?q=检测&kind=case");
    selected(&window, 0);
    window.close();
}

#[test]
fn own_records_are_handed_in_or_go_to_the_trash_together_and_come_back_together() {
    let folder = filled("selecting-own");
    let window = Window::ready(&Start::on(&folder));
    let records: Vec<Value> = (1..=3)
        .map(|n| {
            let id = format!("00000000-0000-4000-8000-00000000000{n}");
            let document = json!({
                "kind": "provider", "id": id, "name": { "zh": format!("示例服务商{n}（仅供测试）") }, "sources": [],
            });
            json!([format!("own/provider/{id}"), document.to_string()])
        })
        .collect();
    window.mutate(
        "transact",
        &json!({ "edit": "save_records", "records": records }),
    );
    window.go("/mine?tab=provider");
    window.settle();
    let held = || {
        let request = json!({ "kind": "provider", "sort": "changed", "offset": 0, "limit": 9 });
        window.query("list_own", &request)["rows"]
            .as_array()
            .unwrap()
            .len()
    };
    window.click("[data-tick='0']");
    window.click("[data-tick='2']");
    selected(&window, 2);
    window.click("[data-selected-hand-in]");
    until("what would leave of both", || {
        (window.page.all("[data-leaving]").len() == 2).then_some(())
    });
    window.page.press(&[key::ESCAPE]);
    until("the dialog to close", || {
        window.page.all("dialog[open]").is_empty().then_some(())
    });
    window.click("[data-selected-remove]");
    until("one record left", || (held() == 1).then_some(()));
    selected(&window, 0);
    window.page.press(&[key::CONTROL, "z"]);
    until("all of them back", || (held() == 3).then_some(()));
    window.close();
}

#[test]
fn a_tag_is_taken_off_several_records_together_and_comes_back_together() {
    let folder = filled("selecting-tag");
    let window = Window::ready(&Start::on(&folder));
    let page = window.query(
        "search_records",
        &json!({ "text": "kind:case", "limit": 3 }),
    );
    let rows = page["rows"].as_array().unwrap();
    let refs: Vec<&Value> = rows.iter().map(|row| &row["ref"]).collect();
    window.mutate(
        "transact",
        &json!({ "edit": "set_tags", "refs": refs, "add": ["重点"], "remove": [] }),
    );
    window.go("/lists/tag/重点");
    window.settle();
    let tagged = || {
        let tagged = window.query("list_tagged", &json!({ "tag": "重点" }));
        tagged.as_array().unwrap().len()
    };
    window.click("[data-tick='0']");
    window.click("[data-tick='2']");
    selected(&window, 2);
    window.click("[data-selected-off]");
    until("one record left", || (tagged() == 1).then_some(()));
    selected(&window, 0);
    window.page.press(&[key::CONTROL, "z"]);
    until("all of them back", || (tagged() == 3).then_some(()));
    window.close();
}

#[test]
fn favourites_are_removed_together_and_come_back_together() {
    let folder = filled("selecting-favourites");
    let window = Window::ready(&Start::on(&folder));
    let page = window.query(
        "search_records",
        &json!({ "text": "kind:case", "limit": 3 }),
    );
    for row in page["rows"].as_array().unwrap() {
        let edit = json!({ "edit": "add_favourite", "ref": row["ref"] });
        window.mutate("transact", &edit);
    }
    window.go("/favourites");
    window.settle();
    let held = || {
        let favourites = window.query("list_favourites", &json!({}));
        favourites.as_array().unwrap().len()
    };
    window.click("[data-tick='0']");
    window.click("[data-tick='2']");
    selected(&window, 2);
    window.click("[data-selected-off]");
    until("one favourite left", || (held() == 1).then_some(()));
    selected(&window, 0);
    window.page.press(&[key::CONTROL, "z"]);
    until("all of them back", || (held() == 3).then_some(()));
    window.close();
}
