//! Several addresses of a feed, and several feeds that record the same thing.

use serde_json::{Value, json};
use tests::feed::server::Server;
use tests::process::until;
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::feeds::{NAME, found, in_state, lasting, north, sample};
use crate::{filled, pick};

#[test]
fn the_addresses_of_a_feed_that_came_by_file_are_given_ordered_and_refused() {
    let feed = north();
    let other = lasting(
        "south",
        4,
        "2099-01-01T00:00:00Z",
        &[sample("s", "示例：别的来源", "合肥市")],
    );
    let (server, foreign) = (Server::good(feed.path()), Server::good(other.path()));
    let usb = tempfile::tempdir().unwrap();
    let folder = filled("feed-addresses");
    let window = Window::ready(&Start::on(&folder));
    window.settle();
    pick(&folder, &feed.bundle(usb.path()));
    window.go("/data");
    window.click("[data-import]");
    window.click("[data-compared]");
    window.click("[data-import-step=unknown] [data-confirm]");
    window.one("[data-import-step=done] [data-outcome=updated]");
    window.click("[data-close]");

    // Without encryption it has to be allowed, and nothing is kept before.
    let row = |at: u8| format!("dialog [data-address]:nth-of-type({at})");
    let done = || {
        until("the dialog to close", || {
            window.page.all("dialog[open]").is_empty().then_some(())
        });
    };
    window.click("[data-feed=north] [data-move-feed]");
    window.fill(&format!("{} input", row(1)), &server.base());
    window.click("dialog [data-confirm]");
    window.one("dialog [data-refusal]");
    window.click("dialog [data-allow]");
    window.click("dialog [data-check]");
    window.one(&format!("{} [data-same]", row(1)));
    window.click("dialog [data-confirm]");
    done();
    in_state(&window, "north", "up_to_date");
    assert!(window.text("[data-feed=north]").contains(&server.base()));

    // Another feed's address is told by the check; put first by keys alone, it is passed over by the sync.
    window.click("[data-feed=north] [data-move-feed]");
    window.click("dialog [data-add-address]");
    let focused = "return document.activeElement.closest('li') === document.querySelectorAll('[data-address]')[1]";
    assert_eq!(window.page.run(focused, &[]), json!(true));
    window.fill(&format!("{} input", row(2)), &foreign.base());
    window.click("dialog [data-check]");
    window.one(&format!("{} [data-problem=other_feed]", row(2)));
    window.one(&format!("{} [data-same]", row(1)));
    window.page.run(
        "document.querySelector('dialog [data-address]:nth-of-type(2) [data-up]').focus()",
        &[],
    );
    window.page.press(&[key::ENTER]);
    window.one(&format!("{} [data-problem=other_feed]", row(1)));
    window.click("dialog [data-confirm]");
    done();
    in_state(&window, "north", "up_to_date");
    let kept = window.query("list_feeds", &json!({}));
    let of = |kept: &Value| {
        let feeds = kept.as_array().unwrap().clone();
        feeds
            .into_iter()
            .find(|one| one["feed"] == "north")
            .unwrap()
    };
    assert_eq!(of(&kept)["base"], foreign.base());
    assert_eq!(of(&kept)["mirrors"], json!([server.base()]));

    // Alone it is refused with the reason, and what was here stays.
    window.click("[data-feed=north] [data-move-feed]");
    window.click(&format!("{} [data-take]", row(2)));
    window.click("dialog [data-confirm]");
    done();
    in_state(&window, "north", "refused");
    window.one("[data-feed=north] [data-problem=other_feed]");
    assert_eq!(
        of(&window.query("list_feeds", &json!({})))["fingerprint"],
        feed.fingerprint()
    );
    assert!(found(&window, NAME) && !found(&window, "示例：别的来源"));
    window.close();
}

#[test]
fn a_record_that_two_feeds_have_says_so_in_lists_and_on_its_page() {
    let feed = north();
    let mut twin = sample("t", "示例隐裂检测甲（转载）", "苏州市");
    twin["same_as"] = json!(["north/case/a"]);
    let other = lasting("south", 4, "2099-01-01T00:00:00Z", &[twin]);
    let folder = filled("feed-twins");
    let window = Window::ready(&Start::on(&folder));
    for feed in [&feed, &other] {
        window.mutate(
            "add_feed",
            &json!({ "base": feed.base(), "fingerprint": feed.fingerprint() }),
        );
    }
    window.go("/data");
    window.click("[data-sync-all]");
    in_state(&window, "south", "up_to_date");
    window.go("/list?q=示例隐裂检测甲");
    window.settle();
    // Both are listed, each leading to the other; the third one of the list has no twin.
    window.one("[data-twin='south/case/t']");
    window.one("[data-twin='north/case/a']");
    assert_eq!(window.page.all("[data-twin]").len(), 2);
    window.page.run(
        "document.querySelector(\"[data-twin='south/case/t']\").focus()",
        &[],
    );
    window.page.press(&[key::ENTER]);
    window.one("[data-record] [data-twins]");
    let said = window.text("[data-twins]");
    assert!(said.contains(NAME) && said.contains("测试来源"), "{said}");
    window.click("[data-compare-twins]");
    window.settle();
    window.sees("示例隐裂检测甲（转载）");
    let tray = window.query("get_tray", &json!({}));
    assert_eq!(tray, json!(["south/case/t", "north/case/a"]));
    window.close();
}
