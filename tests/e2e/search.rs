//! Typing into the query box, and narrowing what it finds.

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

#[test]
fn a_facet_narrows_the_list_to_exactly_what_it_counted() {
    let folder = filled("facets");
    let window = Window::ready(&Start::on(&folder));
    window.go("/list");
    window.settle();
    let all = search(&window, "人工智能");
    let facets = "return [...document.querySelectorAll('.facets details')].map((facet, at) => {
        const values = [...facet.querySelectorAll('label')].map((label) => Number(label.querySelector('.num').innerText.replace(/\\D/g, '')));
        return { at, values };
    })";
    let facets = window.page.run(facets, &[]);
    let mut tried = 0;
    for facet in facets.as_array().unwrap() {
        let counts: Vec<u64> = facet["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|count| count.as_u64().unwrap())
            .collect();
        let Some(value) = counts.iter().position(|count| *count > 0 && *count < all) else {
            continue;
        };
        let at = facet["at"].as_u64().unwrap();
        let input = format!(
            ".facets details:nth-of-type({}) li:nth-child({}) input",
            at + 1,
            value + 1
        );
        window.click(&input);
        until(&format!("{} records after {input}", counts[value]), || {
            (total(&window) == counts[value]).then_some(())
        });
        window.settle();
        // A facet's counts do not depend on its own selection.
        let again = window.page.run(
            "return [...document.querySelectorAll('.facets details')[arguments[0]].querySelectorAll('label')]
                .map((label) => Number(label.querySelector('.num').innerText.replace(/\\D/g, '')))",
            &[json!(at)],
        );
        assert_eq!(again, json!(counts), "facet {at}");
        window.click(&input);
        until("all records again", || {
            (total(&window) == all).then_some(())
        });
        window.settle();
        tried += 1;
    }
    assert!(tried >= 3, "several facets narrow the list: {facets}");
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
