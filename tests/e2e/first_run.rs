//! The first start on an empty folder.

use std::fs;

use serde_json::{Value, json};
use tests::window::{Start, Window};

use crate::empty;

#[test]
fn an_empty_folder_gets_the_catalog_and_the_window_shows_it() {
    let folder = empty("first-run");
    let window = Window::ready(&Start::on(&folder));
    let status = window.query("get_status", &json!({}));
    let records: u64 = status["records"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(Value::as_u64)
        .sum();
    assert!(records > 2000, "{status}");
    window.sees(&format!("{},{:03} 条记录", records / 1000, records % 1000));

    window.go("/list");
    window.settle();
    assert_eq!(tests::tour::total(&window), records);
    assert!(tests::tour::titles(&window).len() > 5);
    window.close();
    let log = fs::read_to_string(folder.join("logs/scenario-atlas.log")).unwrap();
    assert!(log.contains("page ready after"), "{log}");
}

#[test]
fn the_window_speaks_the_language_of_the_system() {
    let folder = crate::filled("system-language");
    for (system, language, title) in [
        ("en_US.UTF-8", "en", "Overview"),
        ("zh_CN.UTF-8", "zh-CN", "总览"),
    ] {
        let window = Window::ready(&Start {
            language: system,
            ..Start::on(&folder)
        });
        assert_eq!(
            window.page.run("return document.documentElement.lang", &[]),
            language
        );
        assert_eq!(window.text("h1"), title);
        window.close();
    }
}
