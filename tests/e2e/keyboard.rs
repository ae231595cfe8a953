//! Everything without a pointer.

use serde_json::json;
use tests::process::until;
use tests::tour::total;
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::filled;

/// Presses the keys of a text, one after the other.
pub fn type_keys(window: &Window, text: &str) {
    for letter in text.chars() {
        window.page.press(&[&letter.to_string()]);
    }
}

#[test]
fn a_record_is_found_opened_and_left_by_keys_alone() {
    let folder = filled("keyboard");
    let window = Window::ready(&Start::on(&folder));
    window.settle();
    window.page.press(&["/"]);
    type_keys(&window, "kedaxunfei");
    window.page.press(&[key::ENTER]);
    until("the list", || {
        window
            .address()
            .starts_with("/list?q=kedaxunfei")
            .then_some(())
    });
    window.settle();
    window.one("[data-row='1']");
    let focused = || {
        window.page.run(
            "return document.activeElement.dataset.row ?? document.activeElement.id",
            &[],
        )
    };
    until("the query box", || (focused() == "search").then_some(()));
    window.page.press(&[key::DOWN]);
    until("the first row", || (focused() == "0").then_some(()));
    window.page.press(&[key::DOWN]);
    until("the second row", || (focused() == "1").then_some(()));
    window.page.press(&[key::UP]);
    until("the first row again", || (focused() == "0").then_some(()));
    let name = window
        .page
        .run("return document.activeElement.innerText", &[]);
    window.page.press(&[key::ENTER]);
    until("the record", || {
        window.address().starts_with("/record/").then_some(())
    });
    window.sees(name.as_str().unwrap());
    window.settle();
    window.page.press(&[key::ALT, key::LEFT]);
    until("the list", || {
        window
            .address()
            .starts_with("/list?q=kedaxunfei")
            .then_some(())
    });
    window.close();
}

#[test]
fn tab_reaches_the_rows_and_always_shows_where_it_is() {
    let folder = filled("tab");
    let window = Window::ready(&Start::on(&folder));
    window.go("/list?kind=base");
    window.settle();
    let stop = "
        const at = document.activeElement;
        const box = at.getBoundingClientRect();
        const style = getComputedStyle(at);
        const own = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        const around = at.closest(':focus-within[role=search]');
        const shown = own || (around !== null && getComputedStyle(around).outlineStyle !== 'none');
        return { row: at.dataset.row ?? null, tag: at.tagName, shown: shown && box.width > 0 && box.height > 0,
                 what: at.outerHTML.slice(0, 120) };
    ";
    let mut reached = false;
    for _ in 0..120 {
        window.page.press(&[key::TAB]);
        let at = window.page.run(stop, &[]);
        if at["tag"] == "BODY" {
            continue;
        }
        assert_eq!(
            at["shown"],
            json!(true),
            "the focus is invisible on {}",
            at["what"]
        );
        if !at["row"].is_null() {
            reached = true;
            break;
        }
    }
    assert!(reached, "Tab reaches a row");
    window.page.press(&[key::ENTER]);
    until("the record", || {
        window.address().starts_with("/record/").then_some(())
    });
    window.close();
}

/// Presses Tab until the focus is on something that a selector finds.
pub fn tab_to(window: &Window, css: &str) {
    let script = "return document.activeElement.matches(arguments[0])";
    for _ in 0..200 {
        if window.page.run(script, &[json!(css)]) == true {
            return;
        }
        window.page.press(&[key::TAB]);
    }
    panic!("Tab does not reach {css}");
}

#[test]
fn the_panorama_leads_to_records_and_facets_narrow_them_by_keys_alone() {
    let folder = filled("keys");
    let window = Window::ready(&Start::on(&folder));
    window.settle();
    tab_to(&window, "table a[href*='stage=']");
    let number =
        "return Number(document.activeElement.querySelector('.n').innerText.replace(/\\D/g, ''))";
    let counted = window.page.run(number, &[]).as_u64().unwrap();
    window.page.press(&[key::ENTER]);
    until("the list", || {
        window.address().starts_with("/list?").then_some(())
    });
    window.settle();
    assert_eq!(total(&window), counted, "the list holds what was counted");

    tab_to(&window, ".facets input:not(:checked)");
    window.page.press(&[" "]);
    until("a narrower list", || {
        (total(&window) != counted).then_some(())
    });
    let ticked = window
        .page
        .run("return document.activeElement.checked", &[]);
    assert_eq!(ticked, true, "the focus stays on what was ticked");
    window.page.press(&[" "]);
    until("the list as before", || {
        (total(&window) == counted).then_some(())
    });

    tab_to(&window, "[data-row='0']");
    window.page.press(&[key::ENTER]);
    until("the record", || {
        window.address().starts_with("/record/").then_some(())
    });
    window.settle();
    tab_to(&window, "[data-record] nav button:last-child");
    window.page.press(&[key::ENTER]);
    until("the last part of the record", || {
        let script = "return document.activeElement.matches('[data-part]')";
        (window.page.run(script, &[]) == true).then_some(())
    });
    window.close();
}

#[test]
fn the_palette_goes_where_its_text_says() {
    let folder = filled("palette");
    let window = Window::ready(&Start::on(&folder));
    window.settle();
    window.page.press(&[key::CONTROL, "k"]);
    window.one("dialog[open] input");
    window.page.press(&[key::ESCAPE]);
    until("the palette to close", || {
        window.page.all("dialog[open]").is_empty().then_some(())
    });

    window.page.press(&[key::CONTROL, "k"]);
    let field = window.one("dialog[open] input");
    window.page.type_into(&field, "设置").unwrap();
    until("the entry", || {
        let chosen = window.page.run(
            "return document.querySelector('[role=option][aria-selected=true]')?.innerText ?? ''",
            &[],
        );
        chosen.as_str().unwrap().contains("设置").then_some(())
    });
    window.page.press(&[key::ENTER]);
    until("the settings", || {
        (window.address() == "/settings").then_some(())
    });
    window.close();
}
