//! A record's page: facts with their sources, and no way out of the product without asking.

use std::thread::sleep;
use std::time::Duration;

use serde_json::json;
use tests::process::until;
use tests::tour::first;
use tests::window::{Start, Window};

use crate::filled;

#[test]
fn a_record_shows_every_source_it_stands_on() {
    let folder = filled("sources");
    let window = Window::ready(&Start::on(&folder));
    for query in [
        "kind:case 质检",
        "kind:enterprise",
        "kind:document",
        "kind:need",
    ] {
        let reference = first(&window, query);
        window.go(&format!("/record/{reference}"));
        window.one("[data-record]");
        window.settle();
        let view = window.query("get_record", &json!({ "ref": reference }));
        let sources = view["record"]["sources"].as_array().unwrap();
        assert!(!sources.is_empty(), "{reference} has a source");
        assert_eq!(
            window.page.all("[data-source]").len(),
            sources.len(),
            "{reference}"
        );
        let visible = window.visible();
        for source in sources {
            for fact in ["cited", "checked"] {
                let fact = source[fact].as_str().unwrap();
                assert!(visible.contains(fact), "{reference} does not show {fact}");
            }
        }
        let name = view["record"]["name"]["zh"]
            .as_str()
            .or(view["record"]["name"]["en"].as_str())
            .unwrap();
        assert!(
            visible.contains(name),
            "{reference} does not show its name {name}"
        );
    }
    window.close();
}

#[test]
fn what_stands_on_a_list_is_listed_under_its_name() {
    let folder = filled("list-name");
    let window = Window::ready(&Start::on(&folder));
    let list = first(&window, "kind:list 典型案例名单");
    let view = window.query("get_record", &json!({ "ref": list }));
    let name = view["record"]["name"]["zh"].as_str().unwrap();
    window.go(&format!("/record/{list}"));
    window.settle();
    window.click("a.btn[href*='list=']");
    window.one(".bar");
    until("the name of the list", || {
        window.text(".bar").contains(name).then_some(())
    });
    let id = list.rsplit('/').next().unwrap();
    assert!(!window.visible().contains(id), "the id is no name");
    window.close();
}

#[test]
fn the_page_goes_nowhere_else() {
    let folder = filled("nowhere");
    let window = Window::ready(&Start::on(&folder));
    window.go(&format!("/record/{}", first(&window, "kind:document")));
    window.settle();
    let address = window.address();
    // A link to a source asks first, and says where it leads.
    window.click("[data-source] a");
    let asked = window.text("dialog[open] .host");
    let link = window
        .page
        .run("return document.querySelector('[data-source] a').host", &[]);
    assert_eq!(asked, link);
    window.page.press(&[tests::webdriver::key::ESCAPE]);

    for way in [
        "location.href = 'https://example.org/'",
        "open('https://example.org/')",
        "const link = document.createElement('a'); link.href = 'https://example.org/'; document.body.append(link); link.click(); link.remove()",
    ] {
        window.page.run(way, &[]);
        sleep(Duration::from_millis(300));
        assert_eq!(
            window.page.run("return location.origin", &[]),
            "tauri://localhost",
            "{way}"
        );
        assert_eq!(window.address(), address, "{way}");
    }
    window.close();
}
