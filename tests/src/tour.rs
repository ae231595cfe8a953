//! Every screen, and how to get there: what is checked or pictured on one screen is checked on all.

use serde_json::{Value, json};

use crate::process::until;
use crate::webdriver::key;
use crate::window::Window;

/// The languages of the window.
pub const LANGUAGES: [&str; 2] = ["zh-CN", "en"];
/// The themes of the window.
pub const THEMES: [&str; 2] = ["light", "dark"];

/// A screen in one of its states.
pub struct Stop {
    /// Name, fit for a file.
    pub name: &'static str,
    /// Address.
    pub address: String,
    /// Keys pressed there.
    pub keys: &'static [&'static str],
}

/// The reference of the first record that a list shows for a query.
pub fn first(window: &Window, text: &str) -> String {
    let page = window.query("search_records", &json!({ "text": text, "limit": 1 }));
    let reference = page["rows"][0]["ref"].as_str();
    reference
        .unwrap_or_else(|| panic!("the catalog holds nothing for {text}"))
        .to_owned()
}

/// All of them. One favourite is added, so that its screen has something to show.
pub fn stops(window: &Window) -> Vec<Stop> {
    let record = |text: &str| format!("/record/{}", first(window, text));
    let favourite = first(window, "kind:case 质检");
    window.mutate(
        "transact",
        &json!({ "edit": "add_favourite", "ref": favourite }),
    );
    let stop = |name, address: &str| Stop {
        name,
        address: address.to_owned(),
        keys: &[],
    };
    let mut stops = vec![
        stop("panorama", "/"),
        stop("panorama-kind", "/?kind=case"),
        stop("list", "/list"),
        stop("list-query", "/list?q=质检&kind=case"),
        stop("list-none", "/list?q=\"没有这样的记录\""),
        stop("list-filtered-out", "/list?q=质检&kind=base"),
        stop("list-mistake", "/list?q=缺陷捡测 地区:火星"),
        stop(
            "list-many-filters",
            "/list?kind=case&stage=production&stage=operation&region=320000&list=l-2e32f953dd",
        ),
        stop("favourites", "/favourites"),
        stop("settings", "/settings"),
        stop("record-gone", "/record/bundled/case/gone"),
    ];
    for kind in [
        "case",
        "enterprise",
        "provider",
        "need",
        "document",
        "base",
        "list",
        "model",
    ] {
        let name = match kind {
            "case" => "record-case",
            "enterprise" => "record-enterprise",
            "provider" => "record-provider",
            "need" => "record-need",
            "document" => "record-document",
            "base" => "record-base",
            "list" => "record-list",
            _ => "record-model",
        };
        stops.push(stop(name, &record(&format!("kind:{kind}"))));
    }
    stops.push(Stop {
        name: "palette",
        address: "/".to_owned(),
        keys: &[key::CONTROL, "k"],
    });
    stops
}

/// Goes to a stop and waits until it is drawn.
pub fn visit(window: &Window, stop: &Stop) {
    window.go(&stop.address);
    window.settle();
    if !stop.keys.is_empty() {
        window.page.press(stop.keys);
        window.one("dialog[open]");
        window.settle();
    }
}

/// Leaves a stop for the next one.
pub fn leave(window: &Window, stop: &Stop) {
    if !stop.keys.is_empty() {
        window.page.press(&[key::ESCAPE]);
        until("the dialog to close", || {
            window.page.all("dialog[open]").is_empty().then_some(())
        });
    }
}

/// Chooses language and theme as a user does: on the settings screen, without a restart.
pub fn dress(window: &Window, language: &str, theme: &str) {
    window.go("/settings");
    window.settle();
    window.click(&format!("header .seg button[lang={language}]"));
    until("the language", || {
        (window.page.run("return document.documentElement.lang", &[]) == language).then_some(())
    });
    let name = match (language, theme) {
        ("en", "dark") => "Dark",
        ("en", _) => "Light",
        (_, "dark") => "深色",
        _ => "浅色",
    };
    window.click_button(name);
    until("the theme", || {
        (window
            .page
            .run("return document.documentElement.dataset.theme", &[])
            == theme)
            .then_some(())
    });
    window.settle();
}

/// The rows of a list, as their titles.
pub fn titles(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-row]')].map((row) => row.innerText)";
    let titles = window.page.run(script, &[]);
    titles
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// How many records the list says that it found.
pub fn total(window: &Window) -> u64 {
    until("the number of records", || {
        let digits: String = window
            .text(".bar .count")
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    })
}
