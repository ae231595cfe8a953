//! The work on needs: the board moves them, what is typed is not lost, staff's word holds in the portfolio, a colleague takes
//! the work over.

use std::path::Path;

use serde_json::{Value, json};
use tests::process::until;
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::{filled, pick};

const NEED: &str = "own/need/00000000-0000-4000-8000-000000000001";

fn found(window: &Window, script: &str) -> Value {
    window.page.run(&format!("return {script}"), &[])
}

/// Opens the program on a new folder with one need, invented for these tests.
fn open(name: &str) -> Window {
    with_need(&filled(name))
}

fn with_need(folder: &Path) -> Window {
    let window = Window::ready(&Start::on(folder));
    let form = json!({
        "title": "外观缺陷检测（仅供测试）",
        "problem": "用机器视觉识别划伤。",
        "technique": { "codes": ["vision"], "strength": "soft" },
        "enterprise": "夹具电子厂",
        "masked": true,
    });
    let edit = json!({ "edit": "save_need", "ref": NEED, "form": form, "text": "来信原文" });
    window.mutate("transact", &edit);
    window
}

fn column(window: &Window) -> Value {
    found(
        window,
        "document.querySelector('[data-card]')?.closest('[data-column]').dataset.column ?? null",
    )
}

#[test]
fn the_board_moves_by_keys_asks_why_something_is_dropped_and_takes_back() {
    let window = open("board");
    window.go("/board");
    window.one("[data-card]");
    let focus = "document.querySelector('[data-card] a').focus()";
    window.page.run(focus, &[]);
    for (keys, status) in [
        (key::RIGHT, "interest"),
        (key::RIGHT, "contact"),
        (key::LEFT, "interest"),
    ] {
        window.page.press(&[key::ALT, keys]);
        until(status, || (column(&window) == status).then_some(()));
        until("the focus on the card", || {
            (found(&window, "document.activeElement.matches('[data-card] a')") == true)
                .then_some(())
        });
    }
    assert_eq!(
        window.address(),
        "/board",
        "the keys do not leave the board"
    );

    // The menu, to the last column; an empty reason is none.
    let choose = "const menu = document.querySelector('[data-move]'); menu.value = 'dropped';
                  menu.dispatchEvent(new Event('change', { bubbles: true }))";
    window.page.run(choose, &[]);
    let reason = window.one("dialog[open] textarea");
    window.click("dialog[open] button[type=submit]");
    window.one("dialog[open] [role=alert]");
    window.page.type_into(&reason, "预算取消").unwrap();
    window.click("dialog[open] button[type=submit]");
    until("the last column", || {
        (column(&window) == "dropped").then_some(())
    });
    let kept = window.query("get_need", &json!({ "ref": NEED }));
    assert_eq!(
        (&kept["form"]["status"], &kept["reason"]),
        (&json!("dropped"), &json!("预算取消"))
    );

    window.page.press(&[key::CONTROL, "z"]);
    until("the column before", || {
        (column(&window) == "interest").then_some(())
    });
    window.close();
}

#[test]
fn what_was_typed_is_there_again_after_leaving_and_after_a_reload() {
    let window = open("draft");
    window.go("/need");
    window
        .page
        .type_into(&window.one("#need-title"), "写了一半")
        .unwrap();
    window.go("/needs");
    window.one("[data-draft]");
    let title = || {
        found(
            &window,
            "document.getElementById('need-title')?.value ?? null",
        )
    };
    window.go("/need");
    until("the draft", || (title() == "写了一半").then_some(()));
    window.reload();
    until("the draft after a reload", || {
        (title() == "写了一半").then_some(())
    });

    // Saved, it is a need and no longer a draft.
    window.click("[data-save]");
    until("the need", || {
        window
            .address()
            .starts_with("/need/own/need/")
            .then_some(())
    });
    window.go("/needs");
    window.sees("写了一半");
    assert!(
        window.page.all("[data-draft]").is_empty(),
        "the draft is gone"
    );
    window.close();
}

#[test]
fn a_form_that_is_wrong_says_where_and_is_not_saved() {
    let window = open("wrong");
    window.go(&format!("/need/{NEED}"));
    window.fill("#need-budget", "两百");
    window.page.press(&[key::CONTROL, "s"]);
    until("the field that is wrong", || {
        (found(&window, "document.activeElement.id") == "need-budget").then_some(())
    });
    assert_eq!(
        found(
            &window,
            "document.activeElement.getAttribute('aria-invalid')"
        ),
        "true"
    );
    assert_eq!(
        window.query("get_need", &json!({ "ref": NEED }))["form"]["budget"]["high"],
        Value::Null
    );
    window.fill("#need-budget", "200");
    window.page.press(&[key::CONTROL, "s"]);
    until("the match", || {
        window.address().starts_with("/match/").then_some(())
    });
    let saved = window.query("get_need", &json!({ "ref": NEED }));
    assert_eq!(saved["form"]["budget"]["high"].as_f64(), Some(2_000_000.0));
    window.close();
}

#[test]
fn a_pair_that_is_forbidden_is_not_assigned_and_undo_brings_it_back() {
    let window = open("portfolio");
    window.go("/portfolio");
    let assigned = || {
        let script = "document.querySelector('[data-assigned=true]')?.dataset.pair ?? null";
        found(&window, script).as_str().map(str::to_owned)
    };
    let first = until("an assignment", assigned);
    window.click("[data-assigned=true] [data-forbid]");
    until("another provider", || (assigned()? != first).then_some(()));
    window.one("[data-forbidden]");
    window.page.press(&[key::CONTROL, "z"]);
    until("the provider before", || {
        (assigned()? == first).then_some(())
    });
    window.click("[data-assigned=true] [data-lock]");
    until("the lock", || {
        let plan = window.query("get_portfolio_plan", &json!({}));
        (plan["locks"][0]["provider"] == first).then_some(())
    });
    window.close();
}

#[test]
fn a_colleague_takes_over_a_need_with_its_shortlist_and_status() {
    let (mine, theirs) = (filled("giving"), filled("taking"));
    let file = theirs.join("needs.atlaswork");
    let window = with_need(&mine);
    let listed = tests::tour::first(&window, "kind:case 质检");
    for edit in [
        json!({ "edit": "shortlist", "need": NEED, "ref": listed, "note": "先联系" }),
        json!({ "edit": "set_need_status", "ref": NEED, "status": "contact", "reason": "" }),
    ] {
        window.mutate("transact", &edit);
    }
    let given = window.query("get_need", &json!({ "ref": NEED }));
    window.go("/needs");
    window.click("[data-hand-over]");
    pick(&mine, &file);
    window.click("dialog[open] .primary");
    until("the work bundle", || file.is_file().then_some(()));
    until("no dialog", || {
        window.page.all("dialog[open]").is_empty().then_some(())
    });
    window.close();

    let window = Window::ready(&Start::on(&theirs));
    window.go("/needs");
    pick(&theirs, &file);
    window.click("[data-take-over]");
    window.sees("外观缺陷检测（仅供测试）");
    let needs = || window.query("list_needs", &json!({}));
    assert_eq!(needs(), json!([]), "nothing is taken before that is said");
    window.click("dialog[open] .primary");
    window.one(&format!("[data-need][data-ref='{NEED}']"));
    let taken = window.query("get_need", &json!({ "ref": NEED }));
    for part in ["title", "problem", "technique", "status"] {
        assert_eq!(taken["form"][part], given["form"][part], "{part}");
    }
    assert_eq!(taken["shortlist"], given["shortlist"]);
    assert_eq!(taken["form"]["status"], "contact");
    // What was to be kept from others is.
    assert_eq!(
        (&taken["form"]["enterprise"], &taken["text"]),
        (&json!(""), &json!(""))
    );
    window.go(&format!("/match/{NEED}"));
    window.click_button("候选与进展 1");
    window.one(&format!("[data-work] [data-listed='{listed}']"));
    window.go("/needs");
    window.one("[data-need]");
    window.page.press(&[key::CONTROL, "z"]);
    until("one undo takes it back", || {
        (needs() == json!([])).then_some(())
    });
    window.close();
}
