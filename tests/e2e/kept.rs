//! What the user keeps: a list, a tag, a note, a saved search, a comparison, and a backup put back.

use serde_json::{Value, json};
use tests::process::until;
use tests::tour::titles;
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::filled;

fn run(window: &Window, script: &str) -> Value {
    window.page.run(&format!("return {script}"), &[])
}

fn type_into(window: &Window, css: &str, text: &str) {
    let field = window.one(css);
    window.page.type_into(&field, text).unwrap();
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
fn a_list_a_tag_a_note_a_search_and_a_comparison_are_kept_and_a_backup_brings_them_back() {
    let folder = filled("kept");
    let window = Window::ready(&Start::on(&folder));
    window.go("/list?q=质检&kind=case");
    until("rows", || (titles(&window).len() > 2).then_some(()));

    // The second row goes to a new list by keys alone.
    run(
        &window,
        "document.querySelector('[data-row=\"0\"]').focus()",
    );
    window.page.press(&[key::DOWN]);
    until("the second row", || {
        (run(&window, "document.activeElement.dataset.row ?? ''") == "1").then_some(())
    });
    window.page.press(&["l"]);
    type_into(&window, "dialog[open] [data-new-list]", "跟进名单");
    window.page.press(&[key::ENTER]);
    until("the list", || {
        let lists = window.query("list_lists", &json!({}));
        (lists[0]["name"] == "跟进名单" && lists[0]["members"] == 1).then_some(())
    });
    until("no dialog", || {
        window.page.all("dialog[open]").is_empty().then_some(())
    });

    // The search is saved under a name of its own.
    window.click("[data-save-search]");
    let name = window.one("dialog[open] [data-name]");
    window.page.type_into(&name, "质检案例").unwrap();
    window.page.press(&[key::ENTER]);
    window.one("[data-saved]");
    let searches = window.query("list_searches", &json!({}));
    assert_eq!(
        searches[0]["request"]["filters"],
        json!({ "kind": ["case"] })
    );

    // Two rows are compared.
    for row in [0, 1] {
        run(
            &window,
            &format!("document.querySelector('[data-row=\"{row}\"]').focus()"),
        );
        window.page.press(&["c"]);
        until("the comparison", || {
            let tray = window.query("get_tray", &json!({}));
            (tray.as_array().unwrap().len() == row + 1).then_some(())
        });
    }
    window.go("/compare");
    window.one("[data-compare-table]");
    until("two columns", || {
        (run(
            &window,
            "document.querySelectorAll('[data-compare-table] thead th').length",
        ) == 3)
            .then_some(())
    });
    let all = run(&window, "document.querySelectorAll('[data-field]').length");
    window.click("[data-differences]");
    until("fewer rows", || {
        let fewer = run(&window, "document.querySelectorAll('[data-field]').length");
        (fewer.as_u64() < all.as_u64()).then_some(())
    });

    // A tag and a note, on the page of a record.
    let tray = window.query("get_tray", &json!({}));
    let reference = tray[0].as_str().unwrap().to_owned();
    window.go(&format!("/record/{reference}"));
    type_into(&window, "[data-mine] [data-tag]", "重点");
    window.page.press(&[key::ENTER]);
    window.one("[data-mine] .tags a");
    window.click("[data-write-note]");
    type_into(
        &window,
        "[data-mine] [data-note]",
        "**先约现场** <b>不是标签</b>",
    );
    window.click("[data-save-note]");
    window.one("[data-mine] strong");
    assert_eq!(
        window.page.all("[data-mine] b").len(),
        0,
        "nothing of a note is HTML"
    );

    // All of it is in a backup, is lost by hand, and is brought back.
    window.go("/settings");
    let made = || {
        window
            .query("list_backups", &json!({}))
            .as_array()
            .unwrap()
            .len()
    };
    let before = made();
    window.click("[data-make-backup]");
    until("the backup", || {
        (window.page.all("[data-backup]").len() == before + 1).then_some(())
    });
    let list = window.query("list_lists", &json!({}))[0]["id"].clone();
    for edit in [
        json!({ "edit": "remove_list", "list": list }),
        json!({ "edit": "rename_tag", "from": "重点", "to": "" }),
        json!({ "edit": "set_note", "ref": reference, "note": "" }),
    ] {
        window.mutate("transact", &edit);
    }
    window.click("[data-restore]");
    window.one("dialog[open] [data-preview] .changed");
    window.click("dialog[open] [data-confirm-restore]");
    until("the list is back", || {
        let lists = window.query("list_lists", &json!({}));
        (lists[0]["members"] == 1).then_some(())
    });
    let said = window.query("get_annotation", &json!({ "ref": reference }));
    assert_eq!(
        (&said["tags"], said["note"].as_str().unwrap().len() > 10),
        (&json!(["重点"]), true)
    );
    until("the backup of what was there", || {
        (window.page.all("[data-backup]").len() == before + 2).then_some(())
    });
    window.close();
}
