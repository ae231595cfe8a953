//! Feeds in the window: adding one by its fingerprint, syncing, what is new, files, refusals, the daily check.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tests::feed::Feed;
use tests::feed::keys::{Key, envelope};
use tests::feed::server::{Fault, Server};
use tests::fixtures::record;
use tests::process::until;
use tests::tour::titles;
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::{filled, pick};

pub(crate) const NAME: &str = "示例隐裂检测甲";

pub(crate) fn sample(id: &str, name: &str, city: &str) -> Value {
    record(
        "case",
        id,
        name,
        json!({ "city": city, "stage": ["production"] }),
    )
}

/// A feed that runs out at a date: the window lives by the real clock.
pub(crate) fn lasting(id: &str, series: u8, until: &str, records: &[Value]) -> Feed {
    let mut feed = Feed::new(id, series);
    feed.root["expires"] = json!("2099-01-01T00:00:00Z");
    feed.write_root(&[0, 1]);
    for role in [
        &mut feed.roles.targets,
        &mut feed.roles.snapshot,
        &mut feed.roles.timestamp,
    ] {
        role["expires"] = json!(until);
    }
    for record in records {
        feed.put(record);
    }
    feed.publish();
    feed
}

pub(crate) fn north() -> Feed {
    let records = [
        sample("a", NAME, "苏州市"),
        sample("b", "示例隐裂检测乙", "合肥市"),
    ];
    lasting("north", 1, "2099-01-01T00:00:00Z", &records)
}

/// Adds a feed as a user does who compared the fingerprint, and waits for its first sync.
pub(crate) fn add(window: &Window, base: &str, feed: &Feed) {
    window.go("/data");
    window.settle();
    window.click("[data-add]");
    window.fill("#feed-address", base);
    window.click("[data-look]");
    // On this machine and without encryption: that must be allowed first.
    if base.starts_with("http:") {
        window.one("[data-problem=private_address]");
        window.click("[data-allow]");
    }
    window.one("[data-found]");
    let shown = window.page.run(
        "return [...document.querySelectorAll('[data-fingerprint] li')].map((group) => group.innerText).join('')",
        &[],
    );
    assert_eq!(shown.as_str().unwrap().to_lowercase(), feed.fingerprint());
    let confirm = "return document.querySelector('dialog [data-confirm]').disabled";
    assert_eq!(
        window.page.run(confirm, &[]),
        json!(true),
        "not before it was compared"
    );
    window.click("[data-compared]");
    window.click("dialog [data-confirm]");
    until("the dialog to close", || {
        window.page.all("dialog[open]").is_empty().then_some(())
    });
}

pub(crate) fn in_state(window: &Window, feed: &str, state: &str) {
    window.one(&format!("[data-feed={feed}] [data-state={state}]"));
    until("the sync to end", || {
        window.page.all("[data-foot-sync]").is_empty().then_some(())
    });
}

pub(crate) fn found(window: &Window, name: &str) -> bool {
    window.go(&format!("/list?q=\"{name}\""));
    window.settle();
    titles(window).iter().any(|title| title.contains(name))
}

#[test]
fn a_feed_is_added_by_its_fingerprint_synced_and_its_news_are_read() {
    let mut feed = north();
    let server = Server::good(feed.path());
    let folder = filled("feed-add");
    let window = Window::ready(&Start::on(&folder));
    add(&window, &server.base(), &feed);
    in_state(&window, "north", "up_to_date");
    let sends = window.text("[data-feed=north] [data-sends]");
    assert!(
        sends.contains(&server.base()) && sends.contains(env!("CARGO_PKG_VERSION")),
        "{sends}"
    );
    assert!(found(&window, NAME));

    feed.put(&sample("a", NAME, "无锡市"));
    feed.remove("case", "b");
    feed.put(&sample("c", "示例隐裂检测丙", "青岛市"));
    feed.publish();
    window.go("/data");
    window.click("[data-feed=north] [data-sync]");
    window.one("[data-feed=north] [data-outcome=updated]");
    window.sees("新增 1 · 修改 1 · 移除 1");
    assert!(found(&window, "示例隐裂检测丙") && !found(&window, "示例隐裂检测乙"));

    window.one("nav .unread");
    window.go("/news");
    window.settle();
    let city = window.text("[data-news='north/case/a'] [data-field=city]");
    assert!(city.contains("苏州市") && city.contains("无锡市"), "{city}");
    window.one("[data-news='north/case/c'] a[href*='north/case/c']");
    let gone = "[data-news='north/case/b'][data-change=removed]";
    assert!(
        window.page.all(&format!("{gone} a")).is_empty(),
        "what is gone is no link"
    );
    window.click(&format!("{gone} button"));
    window.sees("合肥市");
    window.page.press(&[key::ESCAPE]);
    until("the dialog to close", || {
        window.page.all("dialog[open]").is_empty().then_some(())
    });
    until("nothing to be new any more", || {
        window.page.all("nav .unread").is_empty().then_some(())
    });
    window.go("/news?change=added&kind=case");
    until("the narrowed list", || {
        (window.page.all("[data-news]").len() == 1).then_some(())
    });
    window.one("[data-news='north/case/c']");
    window.close();
}

#[test]
fn a_refused_feed_says_why_and_nothing_changes() {
    let mut feed = north();
    let server = Server::good(feed.path());
    let folder = filled("feed-refused");
    let window = Window::ready(&Start::on(&folder));
    add(&window, &server.base(), &feed);
    in_state(&window, "north", "up_to_date");
    let before = window.query("get_status", &json!({}));

    feed.put(&sample("a", "示例：被人改动", "苏州市"));
    feed.publish();
    let forged = envelope(&feed.roles.timestamp, &[&Key::new(250)]);
    feed.write("tuf/timestamp.json", &forged);
    window.click("[data-feed=north] [data-sync]");
    in_state(&window, "north", "refused");
    window.one("[data-feed=north] [data-problem=signature]");
    window.sees("签名缺失或不正确");
    let after = window.query("get_status", &json!({}));
    assert_eq!(after["revision"], before["revision"]);
    assert_eq!(after["records"], before["records"]);
    assert!(found(&window, NAME) && !found(&window, "示例：被人改动"));

    // Removing it says what goes, takes exactly that, and leaves the bundled catalog.
    window.go("/data");
    window.click("[data-feed=north] [data-remove]");
    window.sees("2 条记录");
    window.click("dialog [data-confirm]");
    until("the feed to be gone", || {
        window
            .page
            .all("[data-feed=north]")
            .is_empty()
            .then_some(())
    });
    assert!(!found(&window, NAME));
    let left = window.query("get_status", &json!({}))["feeds"].clone();
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
    window.close();
}

#[test]
fn a_file_is_imported_after_every_doubt_was_asked_about() {
    let mut feed = lasting(
        "stick",
        2,
        "2026-11-23T00:00:00Z",
        &[sample("a", NAME, "苏州市")],
    );
    let usb = tempfile::tempdir().unwrap();
    let old = feed.bundle(usb.path());
    feed.put(&sample("b", "示例隐裂检测乙", "合肥市"));
    feed.publish();
    let new = feed.bundle(usb.path());
    let folder = filled("feed-file");
    let window = Window::ready(&Start::on(&folder));
    window.settle();

    // By keys alone: the palette, the file, the fingerprint, the age.
    pick(&folder, &new);
    window.page.press(&[key::CONTROL, "k"]);
    let field = window.one("dialog[open] input");
    window.page.type_into(&field, "导入文件").unwrap();
    until("the entry", || {
        window
            .text("[role=option][aria-selected=true]")
            .contains("导入文件")
            .then_some(())
    });
    window.page.press(&[key::ENTER]);
    window.one("[data-import-step=unknown]");
    window.click("[data-compared]");
    window.click("[data-import-step=unknown] [data-confirm]");
    window.one("[data-import-step=expired]");
    window.sees("2026-11-22");
    assert_eq!(
        window
            .query("list_feeds", &json!({}))
            .as_array()
            .unwrap()
            .len(),
        1,
        "nothing is here yet"
    );
    window.click("[data-import-step=expired] [data-confirm]");
    window.one("[data-import-step=done] [data-outcome=updated]");
    window.click("[data-close]");
    assert!(found(&window, NAME));
    window.go("/data");
    window.one("[data-feed=stick] .tag.warn");
    window.sees("只通过文件导入");

    // An older file is refused, and says so.
    pick(&folder, &old);
    window.click("[data-import]");
    window.one("[data-import-step=done] [data-problem=rollback]");
    window.click("[data-close]");
    assert!(found(&window, "示例隐裂检测乙"));

    // One that is no bundle as well.
    let torn = usb.path().join("torn.atlas");
    let bytes = fs::read(&new).unwrap();
    fs::write(&torn, &bytes[..bytes.len() / 2]).unwrap();
    pick(&folder, &torn);
    window.go("/data");
    window.click("[data-import]");
    window.one("[data-import-step=done] [data-problem=unreadable]");
    window.click("[data-close]");
    window.close();
}

#[test]
fn a_file_opened_with_the_program_lands_where_a_dropped_one_does() {
    let feed = lasting(
        "double",
        3,
        "2099-01-01T00:00:00Z",
        &[sample("a", NAME, "苏州市")],
    );
    let usb = tempfile::tempdir().unwrap();
    let bundle = feed.bundle(usb.path());
    let folder = filled("feed-double-click");
    let start = Start {
        file: Some(&bundle),
        ..Start::on(&folder)
    };
    let window = Window::ready(&start);
    window.one("[data-import-step=unknown]");
    assert_eq!(
        window
            .query("list_feeds", &json!({}))
            .as_array()
            .unwrap()
            .len(),
        1,
        "nothing is taken in before the fingerprint was compared"
    );
    window.click("[data-compared]");
    window.click("[data-import-step=unknown] [data-confirm]");
    window.one("[data-import-step=done] [data-outcome=updated]");
    window.click("[data-close]");
    assert!(found(&window, NAME));
    window.close();
    // What is no bundle by its name is not opened, and the window says nothing of it.
    let secret = usb.path().join("secret.txt");
    fs::write(&secret, "夹具").unwrap();
    let start = Start {
        file: Some(&secret),
        ..Start::on(&folder)
    };
    let window = Window::ready(&start);
    window.settle();
    assert!(window.page.all("dialog[open]").is_empty());
    window.close();
}

#[test]
fn a_sync_that_hangs_is_stopped_and_nothing_is_changed() {
    let mut feed = north();
    let stalls = Arc::new(AtomicBool::new(false));
    let plan = Arc::clone(&stalls);
    let server = Server::start(feed.path(), move |request| {
        if plan.load(Ordering::SeqCst) && request.path.starts_with("packs/") {
            Fault::Stall
        } else {
            Fault::None
        }
    });
    let folder = filled("feed-stop");
    let window = Window::ready(&Start::on(&folder));
    add(&window, &server.base(), &feed);
    in_state(&window, "north", "up_to_date");
    feed.put(&sample("c", "示例隐裂检测丙", "青岛市"));
    feed.publish();
    stalls.store(true, Ordering::SeqCst);
    window.click("[data-feed=north] [data-sync]");
    window.one("[data-feed=north] [data-running=download]");
    window.click("[data-feed=north] [data-running] button");
    window.one("[data-feed=north] [data-sync]:not(:disabled)");
    window.sees("操作已取消");
    assert!(!found(&window, "示例隐裂检测丙") && found(&window, NAME));
    stalls.store(false, Ordering::SeqCst);
    window.go("/data");
    window.click("[data-feed=north] [data-sync]");
    window.one("[data-feed=north] [data-outcome=updated]");
    window.close();
}

#[test]
fn a_due_feed_is_checked_without_anybody_asking() {
    let feed = north();
    let server = Server::good(feed.path());
    let folder = filled("feed-daily");
    let window = Window::ready(&Start::on(&folder));
    let request =
        json!({ "base": server.base(), "fingerprint": feed.fingerprint(), "local": true });
    window.mutate("add_feed", &request);
    window.go("/data");
    in_state(&window, "north", "up_to_date");
    assert!(found(&window, NAME));
    window.close();
}
