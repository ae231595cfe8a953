//! A clerk of a pilot base, from an e-mail to a report, without a pointer.

use serde_json::{Value, json};
use tests::process::until;
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::filled;
use crate::keyboard::{tab_to, type_keys};

/// What an enterprise wrote; invented for this test. Lines end with the key that ends them.
const LETTER: &str = "产线外观缺陷在线检测\u{e007}\
    （测试用来信）王工您好：我们厂在苏州，生产电子元器件，想在后段产线上用机器视觉自动识别划伤、气泡和异物。\u{e007}\
    目前有两万张缺陷图片，数据不能出厂，必须私有化部署。预算200万元以内。";

/// What a script finds in the page.
fn found(window: &Window, script: &str) -> Value {
    window.page.run(&format!("return {script}"), &[])
}

/// The hit that has the focus, by its place in the lists.
fn focused(window: &Window) -> Value {
    found(window, "document.activeElement.dataset.hit ?? null")
}

/// Goes down one hit and waits until its reasons are shown.
fn down(window: &Window, to: usize) {
    window.page.press(&[key::DOWN]);
    until("the reasons of the next hit", || {
        let shown = "document.activeElement.dataset.ref === document.querySelector('[data-why]')?.dataset.why";
        (focused(window) == json!(to.to_string()) && found(window, shown) == true).then_some(())
    });
}

/// The reasons on the screen: their parts sum to the score of the hit, and whatever is not stated is a question.
fn understand(window: &Window) {
    let parts = found(
        window,
        "[...document.querySelectorAll('[data-why] [data-criterion]')].map((row) => ({
            points: Number(row.querySelector('.points').innerText), state: row.dataset.state }))",
    );
    let parts = parts.as_array().unwrap();
    assert!(parts.len() > 3, "few reasons: {parts:?}");
    let sum: f64 = parts
        .iter()
        .filter_map(|part| part["points"].as_f64())
        .sum();
    let total = found(
        window,
        "Number(document.querySelector('[data-total]').innerText)",
    );
    let score = found(
        window,
        "Number(document.activeElement.querySelector('.score').innerText)",
    );
    let (total, score) = (total.as_f64().unwrap(), score.as_f64().unwrap());
    assert!(
        (sum - total).abs() <= 0.0005 * (parts.len() as f64 + 1.0),
        "{sum} for {total}"
    );
    assert!((total - score).abs() <= 0.0056, "{total} for {score}");
    let unknown = parts
        .iter()
        .filter(|part| part["state"] == "unknown")
        .count();
    let asked = found(
        window,
        "document.querySelectorAll('[data-why] .ask li').length",
    );
    assert_eq!(asked, json!(unknown), "every unknown is a question");
}

/// Types an e-mail into a new need, reads it, and goes on to the match.
fn enter_need(window: &Window) {
    window.page.press(&[key::CONTROL, "k"]);
    let field = window.one("dialog[open] input");
    window.page.type_into(&field, "粘贴邮件").unwrap();
    until("the entry of the palette", || {
        let chosen = "document.querySelector('[role=option][aria-selected=true]')?.innerText ?? ''";
        let chosen = found(window, chosen);
        chosen.as_str().unwrap().contains("粘贴邮件").then_some(())
    });
    window.page.press(&[key::ENTER]);
    until("the letter", || {
        (found(window, "document.activeElement.id") == "source").then_some(())
    });
    window
        .page
        .type_into(&window.one("#source"), LETTER)
        .unwrap();
    window.page.press(&[key::CONTROL, key::ENTER]);
    window.one("[data-field=deployment] [data-code=private]");
    let words = window.text("[data-from=deployment]");
    assert!(words.contains("私有化部署"), "read from: {words}");
    let marked = found(
        window,
        "[...document.querySelectorAll('[data-marked] mark')].map((mark) => mark.innerText)",
    );
    let marked = marked.as_array().unwrap();
    assert!(
        marked.contains(&json!("机器视觉")),
        "marked in the letter: {marked:?}"
    );
    let title = found(window, "document.getElementById('need-title').value");
    assert_eq!(title, "产线外观缺陷在线检测");

    window.page.press(&[key::CONTROL, "s"]);
    until("the match", || {
        window
            .address()
            .starts_with("/match/own/need/")
            .then_some(())
    });
    until("the first hit under the keys", || {
        (focused(window) == "0").then_some(())
    });
    window.settle();
}

#[test]
fn a_clerk_goes_from_an_e_mail_to_a_report_by_keys_alone() {
    let folder = filled("clerk");
    let window = Window::ready(&Start::on(&folder));
    window.settle();
    enter_need(&window);

    // The first three hits, and then the first near miss.
    understand(&window);
    for to in 1..3 {
        down(&window, to);
        understand(&window);
    }
    let hits = "document.querySelectorAll('[data-hits] > ol:first-of-type [data-hit]').length";
    let hits = usize::try_from(found(&window, hits).as_u64().unwrap()).unwrap();
    for to in 3..=hits {
        down(&window, to);
    }
    understand(&window);
    let near = found(&window, "document.activeElement.innerText");
    let near = near.as_str().unwrap();
    assert!(
        near.contains("不满足：部署方式") && near.contains("若支持所要求的部署方式，将排第"),
        "the near miss says what one change would do: {near}"
    );

    // Another weight: the order follows, and the weights still sum to one.
    let scores = "[...document.querySelectorAll('[data-hit] .score')].map((score) => score.innerText).join()";
    let before = found(&window, scores);
    tab_to(&window, "[data-weight=concepts]");
    for _ in 0..30 {
        window.page.press(&[key::RIGHT]);
    }
    until("other scores", || {
        (found(&window, scores) != before).then_some(())
    });
    window.settle();

    // Two onto the shortlist.
    tab_to(&window, "[data-hit]");
    while focused(&window) != "0" {
        window.page.press(&[key::UP]);
    }
    window.page.press(&["s"]);
    until("one on the shortlist", || {
        (found(&window, "document.querySelectorAll('.star.on').length") == 1).then_some(())
    });
    down(&window, 1);
    type_keys(&window, "s");
    until("two on the shortlist", || {
        (found(&window, "document.querySelectorAll('.star.on').length") == 2).then_some(())
    });
    let listed = found(
        &window,
        "[...document.querySelectorAll('[data-hit]:has(.star.on)')].map((hit) => hit.dataset.ref)",
    );

    // The report, copied.
    tab_to(&window, "[data-report]");
    window.page.press(&[key::ENTER]);
    window.one("[data-report-page]");
    window.settle();
    let watch = "navigator.clipboard.writeText = async (text) => void (window.copied = text)";
    window.page.run(watch, &[]);
    tab_to(&window, "[data-copy-text]");
    window.page.press(&[key::ENTER]);
    let report = until("the report", || {
        let copied = found(&window, "window.copied ?? null");
        copied.as_str().map(str::to_owned)
    });
    assert!(
        report.contains("产线外观缺陷在线检测") && report.contains("必须：允许的部署方式 私有化")
    );

    // All of it is kept.
    let needs = window.query("list_needs", &json!({}));
    let need = window.query("get_need", &json!({ "ref": needs[0]["ref"] }));
    assert_eq!(need["form"]["deployment"]["strength"], "hard");
    let kept: Vec<&Value> = need["shortlist"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["row"])
        .collect();
    let refs: Vec<Value> = kept.iter().map(|row| row["ref"].clone()).collect();
    assert_eq!(json!(refs), listed);
    for row in kept {
        let name = row["name"]["zh"].as_str().unwrap();
        assert!(report.contains(name), "the report names {name}");
    }
    window.close();
}
