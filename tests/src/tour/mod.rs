//! Every screen, and how to get there: what is checked or pictured on one screen is checked on all.

mod content;

use serde_json::{Value, json};

use self::content::{LIST, keep, need, own, write_needs, write_own};
pub use self::content::{lay_table, prepare};
use crate::process::until;
use crate::webdriver::key;
use crate::window::Window;

/// The languages of the window.
pub const LANGUAGES: [&str; 2] = ["zh-CN", "en"];
/// The themes of the window.
pub const THEMES: [&str; 2] = ["light", "dark"];

/// The stop at which the list is drawn as cards: a choice that outlives it, so it is taken back on leaving.
const CARDS: &str = "list-cards";
/// The form with how others see the record beside it.
const PREVIEW: &str = "form-preview";

/// The steps of an import after the choice of a file, each a stop of its own.
const IMPORT: [(&str, &str); 5] = [
    ("import-sheet", "sheet"),
    ("import-columns", "columns"),
    ("import-values", "values"),
    ("import-duplicates", "duplicates"),
    ("import-check", "check"),
];

/// A screen in one of its states.
pub struct Stop {
    /// Name, fit for a file.
    pub name: &'static str,
    /// Address.
    pub address: String,
    /// Keys pressed there.
    pub keys: &'static [&'static str],
    /// Clicked there; opens a dialog, or selects something.
    pub click: &'static str,
}

impl Stop {
    fn opens(&self) -> bool {
        !self.keys.is_empty() || !self.click.is_empty()
    }
}

/// The reference of the first record that a list shows for a query.
pub fn first(window: &Window, text: &str) -> String {
    let page = window.query("search_records", &json!({ "text": text, "limit": 1 }));
    let reference = page["rows"][0]["ref"].as_str();
    reference
        .unwrap_or_else(|| panic!("the catalog holds nothing for {text}"))
        .to_owned()
}

/// The screens of own records; `corrected` is a record of the catalog.
fn own_stops(corrected: &str) -> Vec<Stop> {
    let form = format!("/form/{}", own("solution", 2));
    [
        ("mine", "/mine".to_owned()),
        ("mine-empty", "/mine?tab=scenario".to_owned()),
        ("mine-corrected", "/mine?tab=corrected".to_owned()),
        ("mine-trash", "/mine?tab=trash".to_owned()),
        ("form", form.clone()),
        ("form-draft", format!("/form/{}", own("provider", 4))),
        (PREVIEW, form),
        ("record-own", format!("/record/{}", own("solution", 2))),
        ("correct", format!("/correct/{corrected}")),
        ("record-corrected", format!("/record/{corrected}")),
    ]
    .map(|(name, address)| stop(name, &address))
    .into()
}

fn stop(name: &'static str, address: &str) -> Stop {
    dialog(name, address, "")
}

/// A stop at which something is clicked.
fn dialog(name: &'static str, address: &str, click: &'static str) -> Stop {
    Stop {
        name,
        address: address.to_owned(),
        keys: &[],
        click,
    }
}

/// The screens of what the user keeps.
fn kept_stops(window: &Window) -> Vec<Stop> {
    let record = format!("/record/{}", first(window, "kind:case"));
    vec![
        stop("lists", "/lists"),
        stop("lists-list", &format!("/lists/list/{LIST}")),
        stop("lists-tag", "/lists/tag/重点"),
        stop("lists-notes", "/lists/notes"),
        stop("lists-recent", "/lists/recent"),
        stop("compare", "/compare"),
        stop("compare-differences", "/compare?differences"),
        dialog("lists-new", "/lists", "[data-make-list]"),
        dialog("list-selected", "/list?q=质检&kind=case", "[data-tick='1']"),
        dialog("mine-selected", "/mine", "[data-tick-all]"),
        dialog(
            "lists-list-selected",
            &format!("/lists/list/{LIST}"),
            "[data-tick='1']",
        ),
        dialog("lists-tag-selected", "/lists/tag/重点", "[data-tick='0']"),
        dialog("favourites-selected", "/favourites", "[data-tick='0']"),
        dialog("record-add-to-list", &record, "[data-add-to]"),
        dialog("settings-restore", "/settings", "[data-restore]"),
    ]
}

/// All of them, on a folder with a table ([`lay_table`]). One favourite and some needs are added, so that their screens have something to show.
pub fn stops(window: &Window) -> Vec<Stop> {
    write_needs(window);
    write_own(window);
    let record = |text: &str| format!("/record/{}", first(window, text));
    let favourite = first(window, "kind:case 质检");
    window.mutate(
        "transact",
        &json!({ "edit": "add_favourite", "ref": favourite }),
    );
    keep(window);
    // What was written past the page is seen by one that begins anew.
    window.reload();
    let mut stops = vec![
        stop("panorama", "/"),
        stop("panorama-kind", "/?kind=case"),
        stop("panorama-printed", "/?basis=printed"),
        stop("list", "/list"),
        stop("list-query", "/list?q=质检&kind=case"),
        stop(CARDS, "/list?q=质检&kind=case"),
        stop("list-none", "/list?q=\"没有这样的记录\""),
        stop("list-filtered-out", "/list?q=质检&kind=base"),
        stop("list-mistake", "/list?q=缺陷捡测 地区:火星"),
        stop(
            "list-many-filters",
            "/list?kind=case&stage=production&stage=operation&region=32&list=l-2e32f953dd",
        ),
        stop("favourites", "/favourites"),
        stop("settings", "/settings"),
        stop("data", "/data"),
        stop("news", "/news"),
        stop("needs", "/needs"),
        stop("needs-filtered-out", "/needs?q=没有这样的需求"),
        stop("board", "/board"),
        stop("editor", &format!("/need/{}", need(1))),
        stop("editor-new", "/need"),
        stop("match", &format!("/match/{}", need(1))),
        stop("match-cases", &format!("/match/{}?target=cases", need(1))),
        stop(
            "match-public",
            &format!("/match/{}?target=providers", first(window, "kind:need")),
        ),
        stop("match-gone", "/match/own/need/gone"),
        stop("report", &format!("/report/{}?target=cases", need(1))),
        stop("roadmap", &format!("/roadmap/{}", need(1))),
        stop(
            "offer",
            &format!("/offer/{}", first(window, "kind:solution 检测")),
        ),
        stop("portfolio", "/portfolio"),
        stop("import", "/import"),
        stop("submissions", "/submissions"),
        stop("record-gone", "/record/bundled/case/gone"),
    ];
    stops.extend(IMPORT.map(|(name, _)| stop(name, "/import")));
    stops.extend(own_stops(&favourite));
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
        click: "",
    });
    stops.extend(kept_stops(window));
    stops.push(dialog("needs-remove", "/needs", "[data-remove-need]"));
    stops.push(dialog("export", "/board", "[data-export]"));
    stops.push(dialog("data-add", "/data", "[data-add]"));
    stops.extend(of_feeds(window));
    stops
}

/// What feeds of the user's own have to show; nothing where there are none.
fn of_feeds(window: &Window) -> Vec<Stop> {
    let feeds = window.query("list_feeds", &json!({}));
    if feeds.as_array().is_none_or(|feeds| feeds.len() < 2) {
        return Vec::new();
    }
    vec![
        dialog("data-remove", "/data", "[data-remove]"),
        dialog("news-removed", "/news", "[data-change=removed] button"),
        stop("news-filtered", "/news?change=changed"),
        stop("record-vouched", "/record/north/provider/p"),
        stop("record-twins", "/record/east/case/a"),
        stop("list-twins", "/list?q=\"示例案例\""),
        dialog("data-move", "/data", "[data-feed=north] [data-move-feed]"),
        stop("news-none", "/news?kind=model"),
    ]
}

/// Goes to a stop and waits until it is drawn.
pub fn visit(window: &Window, stop: &Stop) {
    window.go(&stop.address);
    window.settle();
    if stop.name == CARDS {
        window.click(".bar .seg button:last-child");
        window.one("ul.cards");
        window.settle();
    }
    if stop.name == PREVIEW {
        window.click("[data-own-editor] .seg button:last-child");
        window.one("[data-preview]");
        let show = "document.querySelector('[data-preview]').scrollIntoView({ block: 'center' })";
        window.page.run(show, &[]);
        window.settle();
    }
    if let Some(last) = IMPORT.iter().position(|(name, _)| *name == stop.name) {
        window.click("[data-choose]");
        for (_, step) in &IMPORT[..=last] {
            if *step != IMPORT[0].1 {
                window.click("[data-next]");
            }
            window.one(&format!("[data-step={step}]"));
            window.settle();
        }
    }
    if stop.opens() {
        if stop.click.is_empty() {
            window.page.press(stop.keys);
        } else {
            window.click(stop.click);
        }
        window.one("dialog[open], [data-selected]");
        window.settle();
    }
}

/// Leaves a stop for the next one.
pub fn leave(window: &Window, stop: &Stop) {
    if stop.name == CARDS {
        window.click(".bar .seg button:first-child");
        window.one("table");
        window.settle();
    }
    if IMPORT.iter().any(|(name, _)| *name == stop.name) {
        window.click("[data-again]");
        window.one("[data-step=file]");
    }
    if stop.opens() {
        window.page.press(&[key::ESCAPE]);
        until("the dialog to close, or the selection to end", || {
            let open = window.page.all("dialog[open], [data-selected]");
            open.is_empty().then_some(())
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
