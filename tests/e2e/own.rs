//! A provider lists itself: a mistake is told beside its field, what is typed survives a kill, what is saved is found and
//! matched, and what is removed comes back.

use serde_json::{Value, json};
use tests::process::until;
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::filled;

const FIRM: &str = "own/provider/00000000-0000-4000-8000-000000000001";
const OFFER: &str = "own/solution/00000000-0000-4000-8000-000000000002";
const NEED: &str = "own/need/00000000-0000-4000-8000-000000000003";

fn found(window: &Window, script: &str) -> Value {
    window.page.run(&format!("return {script}"), &[])
}

fn seen(window: &Window, what: &str, css: &str) {
    until(what, || (!window.page.all(css).is_empty()).then_some(()));
}

fn gone(window: &Window, what: &str, css: &str) {
    until(what, || window.page.all(css).is_empty().then_some(()));
}

/// Two remarks, of which one is taken away again, and a contact with what its consent rests on: others see the remark, and
/// the contact stays at home.
fn remark(window: &Window) {
    window.click("#own-notes");
    window.fill("[data-text='0'] textarea", "可到现场试用");
    window.click("#own-notes");
    window.fill("[data-text='1'] textarea", "写错了");
    window.fill("[data-text='0'] textarea:nth-of-type(2)", "On-site trial");
    window.click("[data-text='1'] button");
    gone(window, "one remark", "[data-text='1']");
    window.fill("#own-contact-person", "夹具联系人");
    window.fill("#own-contact-consent-date", "某日");
    window.fill("#own-contact-consent-source", "官网联系页");
    seen(
        window,
        "the mistake beside the date",
        "[data-field='contact.consent.date'] [data-fault=bad_date]",
    );
    assert!(
        window
            .page
            .all("[data-field='contact.consent.source'] [data-fault]")
            .is_empty()
    );
    window.fill("#own-contact-consent-date", "2026-03-02");
    gone(window, "no mistake", "[data-fault]");
    window.click_button("他人所见");
    window.sees("可到现场试用");
    let left_out = window.text("[data-left-out]");
    assert!(left_out.contains("联系方式"), "{left_out}");
    let shown = window.text("[data-preview]");
    assert!(
        !shown.contains("夹具联系人") && !shown.contains("写错了"),
        "{shown}"
    );
    window.click_button("质量");
}

#[test]
fn a_provider_with_a_solution_is_written_corrected_found_matched_removed_and_restored() {
    let folder = filled("own");
    let window = Window::ready(&Start::on(&folder));
    window.go(&format!("/form/{FIRM}"));
    window.fill("#own-name-zh", "测试视觉科技有限公司（仅供测试）");
    window.fill("#own-credit_code", "91350100M000100Y44");
    seen(
        &window,
        "the mistake",
        "[data-field=credit_code] [data-fault=credit_code_check]",
    );
    window.click("[data-save]");
    until("the field that is wrong", || {
        (found(&window, "document.activeElement.id") == "own-credit_code").then_some(())
    });

    // The process ends without ceremony: what was typed is there again.
    until("the draft", || {
        let drafts = window.query("list_drafts", &json!({}));
        (drafts[0]["document"]["credit_code"] == "91350100M000100Y44").then_some(())
    });
    drop(window);
    let window = Window::ready(&Start::on(&folder));
    window.go("/mine");
    seen(
        &window,
        "the draft in the list",
        &format!("[data-draft='{FIRM}']"),
    );
    window.go(&format!("/form/{FIRM}"));
    until("what was typed", || {
        (found(
            &window,
            "document.getElementById('own-credit_code')?.value ?? null",
        ) == "91350100M000100Y44")
            .then_some(())
    });
    window.fill("#own-credit_code", "91350100M000100Y43");
    gone(&window, "no mistake", "[data-fault]");
    seen(&window, "the quality", "[data-quality] [data-total]");
    window.page.press(&[key::CONTROL, "s"]);
    until("the record", || {
        let page = json!({ "kind": "provider", "sort": "changed", "offset": 0, "limit": 10 });
        (window.query("list_own", &page)["rows"][0]["row"]["ref"] == FIRM).then_some(())
    });

    window.go(&format!("/form/{OFFER}"));
    window.fill("#own-name-zh", "面板划伤气泡异物在线检测方案（仅供测试）");
    window.fill(
        "#own-summary-zh",
        "用机器视觉在面板产线上识别划伤、气泡和异物，节拍一点五秒，换型不超过十分钟，可以完全离线运行。",
    );
    window.fill("#own-price", "120万元");
    seen(&window, "the amount", "[data-amount]");
    remark(&window);
    let finder = window.one("#own-link-provided_by");
    // Enter at once: it means the text that stands there, not what an earlier letter found.
    let typed = format!("测试视觉科技{}", key::ENTER);
    window.page.type_into(&finder, &typed).unwrap();
    seen(&window, "the link", &format!("[data-code='{FIRM}']"));
    window.page.press(&[key::CONTROL, "s"]);
    until("the solution", || {
        let view = json!({ "ref": FIRM });
        (window.query("get_record", &view)["links"][0]["ref"] == OFFER).then_some(())
    });

    let record = window.query("get_record", &json!({ "ref": OFFER }));
    assert_eq!(
        record["record"]["notes"],
        json!([{ "zh": "可到现场试用", "en": "On-site trial" }])
    );
    assert_eq!(record["contact"]["source"], "官网联系页");

    // Found in the list, marked as own, beside the catalog.
    window.go("/list?q=划伤气泡异物&kind=solution");
    seen(&window, "the row", "tr [data-own]");
    // And in a match, first of all.
    let form =
        json!({ "title": "面板划伤气泡异物检测", "problem": "在产线上识别划伤、气泡和异物。" });
    window.mutate(
        "transact",
        &json!({ "edit": "save_need", "ref": NEED, "form": form, "text": "" }),
    );
    window.go(&format!("/match/{NEED}"));
    window.sees("面板划伤气泡异物在线检测方案");

    window.go("/mine?tab=solution");
    window.click(&format!("tr[data-ref='{OFFER}'] [data-remove]"));
    gone(
        &window,
        "the row is gone",
        &format!("tr[data-ref='{OFFER}']"),
    );
    window.go("/mine?tab=trash");
    window.click(&format!("tr[data-trashed='{OFFER}'] [data-restore]"));
    gone(&window, "the trash is empty", "[data-trashed]");
    window.go("/mine?tab=solution");
    seen(
        &window,
        "the row is back",
        &format!("tr[data-ref='{OFFER}']"),
    );
    window.close();
}

#[test]
fn a_correction_stands_beside_what_the_catalog_says() {
    let folder = filled("correct");
    let window = Window::ready(&Start::on(&folder));
    let reference = tests::tour::first(&window, "kind:case 质检");
    window.go(&format!("/correct/{reference}"));
    window.one("#correct-add");
    let choose = "const add = document.getElementById('correct-add'); add.value = 'website';
                  add.dispatchEvent(new Event('change', { bubbles: true }))";
    window.page.run(choose, &[]);
    window.fill("#own-website", "https://example.org/");
    window.fill("#correct-note", "已电话核实");
    window.click("[data-save]");
    seen(&window, "the correction", "[data-correction=website]");
    window.sees("已电话核实");
    let view = window.query("get_record", &json!({ "ref": reference }));
    assert_ne!(view["record"]["website"], "https://example.org/");
    assert_eq!(
        view["overlay"]["corrections"][0]["value"],
        "https://example.org/"
    );
    window.close();
}
