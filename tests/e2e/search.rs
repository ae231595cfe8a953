//! Typing into the query box, and narrowing what it finds.

use std::collections::BTreeMap;

use serde_json::json;
use tests::process::until;
use tests::tour::{titles, total};
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::filled;

/// Types a query into the box of a list and waits until the list shows what the core finds for it.
fn search(window: &Window, text: &str) -> u64 {
    window.fill("#search", text);
    let found = window.query("search_records", &json!({ "text": text }))["total"]
        .as_u64()
        .unwrap();
    let address = format!("q={text}");
    until(&format!("the address of {text}"), || {
        window
            .address()
            .replace('+', " ")
            .contains(&address)
            .then_some(())
    });
    window.settle();
    if found > 0 {
        until(&format!("{found} records for {text}"), || {
            (total(window) == found).then_some(())
        });
    }
    found
}

#[test]
fn chinese_pinyin_and_english_find_what_they_name() {
    let folder = filled("search");
    let window = Window::ready(&Start::on(&folder));
    window.go("/list");
    window.settle();
    let queries = [
        ("科大讯飞", "科大讯飞"),
        ("kedaxunfei", "科大讯飞"),
        ("kdxf", "科大讯飞"),
        ("科大訊飛", "科大讯飞"),
        ("deepseek", "DeepSeek"),
        ("数字孪生", "数字孪生"),
    ];
    for (typed, found) in queries {
        assert!(search(&window, typed) > 0, "{typed} finds nothing");
        let titles = titles(&window);
        assert!(titles[0].contains(found), "{typed}: {titles:?}");
    }
    // What matched is marked, in the name or in the line below it.
    search(&window, "质检");
    let marks = window.page.run(
        "return [...document.querySelectorAll('#main mark')].map((mark) => mark.innerText)",
        &[],
    );
    let marks = marks.as_array().unwrap();
    assert!(
        !marks.is_empty()
            && marks
                .iter()
                .all(|mark| "质检".contains(mark.as_str().unwrap())),
        "{marks:?}"
    );

    assert_eq!(search(&window, "\"没有这样的记录\""), 0);
    window.sees("没有");
    window.close();
}

/// The counts of every facet by its title.
fn counts(window: &Window) -> BTreeMap<String, Vec<u64>> {
    let script = "return Object.fromEntries([...document.querySelectorAll('.facets details')].map((facet) => [
        facet.querySelector('summary').firstChild.data,
        [...facet.querySelectorAll('label .num')].map((count) => Number(count.innerText.replace(/\\D/g, ''))),
    ]))";
    serde_json::from_value(window.page.run(script, &[])).unwrap()
}

/// Ticks or unticks a value of a facet.
fn toggle(window: &Window, facet: &str, value: usize) {
    let script = "return [...document.querySelectorAll('.facets details')]
        .findIndex((facet) => facet.querySelector('summary').firstChild.data === arguments[0])";
    let at = window.page.run(script, &[json!(facet)]).as_u64().unwrap();
    let css = format!(
        ".facets details:nth-of-type({}) li:nth-child({}) input",
        at + 1,
        value + 1
    );
    // The driver scrolls only what is outside the window, not what a panel inside it hides.
    let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })";
    window.page.run(script, &[json!(css)]);
    window.click(&css);
}

#[test]
fn a_facet_narrows_the_list_to_exactly_what_it_counted() {
    let folder = filled("facets");
    let window = Window::ready(&Start::on(&folder));
    window.go("/list");
    window.settle();
    let all = search(&window, "人工智能");
    let facets = counts(&window);
    let mut tried = 0;
    for (facet, counts_before) in &facets {
        let narrows = |count: &u64| *count > 0 && *count < all;
        let Some(value) = counts_before.iter().position(narrows) else {
            continue;
        };
        let wanted = counts_before[value];
        toggle(&window, facet, value);
        until(&format!("{wanted} records with {facet}"), || {
            (total(&window) == wanted).then_some(())
        });
        window.settle();
        // A facet's counts do not depend on its own selection.
        assert_eq!(counts(&window).get(facet), Some(counts_before), "{facet}");
        toggle(&window, facet, value);
        until("all records again", || {
            (total(&window) == all).then_some(())
        });
        window.settle();
        tried += 1;
    }
    assert!(tried >= 3, "several facets narrow the list: {facets:?}");
    window.close();
}

#[test]
fn the_enter_of_an_input_method_starts_nothing() {
    let folder = filled("input-method");
    let window = Window::ready(&Start::on(&folder));
    window.settle();
    window.fill("#search", "质检");
    let press = |code: u32| {
        let script = "
            const field = document.getElementById('search');
            const event = new KeyboardEvent('keydown', { key: 'Enter', keyCode: arguments[0], bubbles: true, cancelable: true });
            field.dispatchEvent(event);
        ";
        window.page.run(script, &[json!(code)]);
        window.settle();
    };
    press(229);
    assert_eq!(
        window.address(),
        "",
        "the Enter that confirms a candidate searches nothing"
    );
    window.page.press(&[key::ENTER]);
    until("the list", || {
        window.address().starts_with("/list?q=质检").then_some(())
    });
    window.close();
}
