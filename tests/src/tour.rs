//! Every screen, and how to get there: what is checked or pictured on one screen is checked on all.

use std::ops::ControlFlow;
use std::path::Path;

use atlas_core::api::types::SyncRequest;
use atlas_core::api::{self, App};
use serde_json::{Value, json};

use crate::feed::Feed;
use crate::fixtures::{clock, record};
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

/// The reference of a need of the tour.
fn need(number: u8) -> String {
    format!("own/need/00000000-0000-4000-8000-00000000000{number}")
}

/// Writes down some needs, so that the screens of the work have something to show. They are invented, and say so.
fn write_needs(window: &Window) {
    let edit = |edit: Value| window.mutate("transact", &edit);
    let letter = "产线外观缺陷在线检测（仅供测试）\n我们厂在苏州，生产电子元器件，想用机器视觉自动识别划伤和异物。\
        数据不能出厂，必须私有化部署。预算200万元以内。";
    let read = window.query("read_need", &json!({ "text": letter }));
    let mut form = read["need"].clone();
    form["enterprise"] = json!("示例电子有限公司（仅供测试）");
    form["masked"] = json!(true);
    edit(json!({ "edit": "save_need", "ref": need(1), "form": form, "text": letter }));
    for (number, title, status, reason) in [
        (2, "空压机预测性维护（仅供测试）", "contact", ""),
        (3, "仓库盘点（仅供测试）", "dropped", "预算取消"),
    ] {
        let form = json!({ "title": title, "problem": "减少停机，提高效率。" });
        edit(json!({ "edit": "save_need", "ref": need(number), "form": form, "text": "" }));
        edit(
            json!({ "edit": "set_need_status", "ref": need(number), "status": status, "reason": reason }),
        );
    }
    edit(
        json!({ "edit": "note_need", "ref": need(1), "note": "先约现场看产线", "next": "2026-12-03" }),
    );
    let listed = first(window, "kind:solution 检测");
    edit(json!({ "edit": "shortlist", "need": need(1), "ref": listed, "note": "可演示" }));
}

/// The reference of an own record of the tour.
fn own(kind: &str, number: u8) -> String {
    format!("own/{kind}/00000000-0000-4000-8000-00000000010{number}")
}

/// Lists a provider with a solution, keeps a draft, removes one and corrects one. They are invented, and say so.
fn write_own(window: &Window) {
    let edit = |edit: Value| window.mutate("transact", &edit);
    let (firm, offer, removed) = (own("provider", 1), own("solution", 2), own("provider", 3));
    let listed = |reference: &str, name: &str, fields: Value| {
        let mut parts = reference.split('/').skip(1);
        let (kind, id) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let mut document = record(kind, id, name, fields);
        document["sources"] = json!([]);
        json!([reference, document.to_string()])
    };
    let records = [
        listed(
            &firm,
            "示例视觉科技有限公司（仅供测试）",
            json!({ "industry": ["electronics"], "region": ["32"] }),
        ),
        listed(
            &offer,
            "面板外观在线检测方案（仅供测试）",
            json!({
                "summary": { "zh": "用机器视觉识别划伤、气泡和异物。" }, "price": "120万元", "technique": ["vision"],
                "links": [{ "rel": "provided_by", "to": firm }],
                "outcomes": [{ "metric": "检出率", "value": "99.2%", "baseline": "95%", "sources": [] }],
            }),
        ),
        listed(&removed, "示例集成商（仅供测试）", json!({})),
    ];
    edit(json!({ "edit": "save_records", "records": records }));
    edit(json!({ "edit": "move_to_trash", "refs": [removed] }));
    let draft = json!({ "name": { "zh": "写到一半（仅供测试）" }, "credit_code": "9135", "website": "不是网址" });
    edit(json!({ "edit": "save_draft", "ref": own("provider", 4), "document": draft }));
    let overlay = json!({
        "corrections": [{ "field": "website", "original": null, "value": "https://example.org/" }], "note": "已电话核实",
    });
    edit(
        json!({ "edit": "save_overlay", "ref": first(window, "kind:case 质检"), "overlay": overlay }),
    );
}

/// The screens of own records; `corrected` is a record of the catalog.
fn own_stops(corrected: &str) -> Vec<Stop> {
    [
        ("mine", "/mine".to_owned()),
        ("mine-empty", "/mine?tab=scenario".to_owned()),
        ("mine-corrected", "/mine?tab=corrected".to_owned()),
        ("mine-trash", "/mine?tab=trash".to_owned()),
        ("form", format!("/form/{}", own("solution", 2))),
        ("form-draft", format!("/form/{}", own("provider", 4))),
        ("record-own", format!("/record/{}", own("solution", 2))),
        ("correct", format!("/correct/{corrected}")),
        ("record-corrected", format!("/record/{corrected}")),
    ]
    .into_iter()
    .map(|(name, address)| Stop {
        name,
        address,
        keys: &[],
        click: "",
    })
    .collect()
}

/// All of them. One favourite, some needs and own records are added, so that their screens have something to show.
/// The list of the tour.
const LIST: &str = "00000000-0000-4000-8000-000000000009";

/// Keeps some records in every way there is.
fn keep(window: &Window) {
    let edit = |edit: Value| window.mutate("transact", &edit);
    let refs = [
        first(window, "kind:case 质检"),
        first(window, "kind:case 排产"),
    ];
    let note =
        "**先约现场**，再看[公告](https://example.org/notice)。\n\n- [x] 问过产线\n- [ ] 报价\n";
    edit(
        json!({ "edit": "save_list", "list": LIST, "name": "重点跟进（仅供测试）", "note": note }),
    );
    edit(json!({ "edit": "add_members", "list": LIST, "refs": refs }));
    edit(json!({ "edit": "set_tags", "refs": refs, "add": ["重点", "质检"], "remove": [] }));
    edit(json!({ "edit": "set_note", "ref": refs[0], "note": note }));
    edit(json!({ "edit": "set_tray", "refs": refs }));
    edit(json!({ "edit": "set_recent", "refs": refs }));
    let request = json!({ "text": "地区:江苏", "filters": { "kind": ["case"] } });
    edit(
        json!({ "edit": "save_search", "search": LIST, "name": "江苏案例", "request": request, "seen": "" }),
    );
    window.mutate("make_backup", &json!({}));
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
        dialog("record-add-to-list", &record, "[data-add-to]"),
        dialog("settings-restore", "/settings", "[data-restore]"),
    ]
}

/// All of them. One favourite and some needs are added, so that their screens have something to show.
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
        stop("list", "/list"),
        stop("list-query", "/list?q=质检&kind=case"),
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
    if window
        .query("list_feeds", &json!({}))
        .as_array()
        .is_some_and(|feeds| feeds.len() > 1)
    {
        stops.push(dialog("data-remove", "/data", "[data-remove]"));
        stops.push(dialog(
            "news-removed",
            "/news",
            "[data-change=removed] button",
        ));
        stops.push(stop("news-filtered", "/news?change=changed"));
        stops.push(stop("record-vouched", "/record/north/provider/p"));
        stops.push(stop("news-none", "/news?kind=model"));
    }
    stops
}

/// A provider with a contact, corrected once and confirmed once. It is invented, and says so.
fn vouched() -> Value {
    record(
        "provider",
        "p",
        "示例服务商（仅供测试）",
        json!({
            "city": "无锡市",
            "contact": {
                "person": "测试员", "phone": "13800138000", "email": "info@example.org",
                "consent": { "date": "2026-09-01", "source": "s1" },
            },
            "history": [
                { "date": "2026-10-08", "by": "示例编辑部", "source": "s1",
                  "set": { "city": "无锡市", "summary": { "zh": "示例简介，已改。" } },
                  "former": { "city": "苏州市", "summary": null } },
                { "date": "2026-11-02", "by": "示例编辑部", "source": "s1" },
            ],
        }),
    )
}

/// Gives a data folder feeds in several states, and news; the folders they came from need not stay. Nothing is checked
/// by itself afterwards, so that what is shown stays as it is.
pub fn prepare(folder: &Path) {
    let app = App::new(folder.to_owned(), clock);
    let go_on = &mut |_| ControlFlow::Continue(());
    app.open(go_on).expect("the folder can be opened");
    let change = |name: &str, request: &Value| {
        api::mutate(&app, name, request.clone()).expect("a change that fits");
    };
    change(
        "transact",
        &json!({ "edit": "set_setting", "key": "auto_check", "value": false }),
    );
    let city = |id: &str, city: &str| {
        record(
            "case",
            id,
            &format!("示例案例 {id}（仅供测试）"),
            json!({ "city": city }),
        )
    };
    let add = |feed: &Feed| {
        change(
            "add_feed",
            &json!({ "base": feed.base(), "fingerprint": feed.fingerprint() }),
        );
    };
    let sync = |feed: &str| {
        let request = SyncRequest {
            feeds: vec![feed.to_owned()],
        };
        app.sync(&request, &mut |_| ControlFlow::Continue(()))
            .expect("a sync ends");
    };
    let mut feeds: Vec<Feed> = ["north", "east", "south", "west"]
        .into_iter()
        .zip(1..)
        .map(|(id, series)| Feed::with(id, series, &[city("a", "苏州市"), city("b", "合肥市")]))
        .collect();
    feeds.iter().for_each(&add);
    for id in ["north", "east", "south"] {
        sync(id);
    }
    let north = &mut feeds[0];
    north.put(&city("a", "无锡市"));
    north.put(&city("c", "青岛市"));
    north.put(&vouched());
    north.remove("case", "b");
    north.publish();
    sync("north");
    feeds[1].remove_file("tuf/timestamp.json");
    sync("east");
    feeds[2].write("tuf/timestamp.json", b"<html>");
    sync("south");
}

/// Goes to a stop and waits until it is drawn.
pub fn visit(window: &Window, stop: &Stop) {
    window.go(&stop.address);
    window.settle();
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
