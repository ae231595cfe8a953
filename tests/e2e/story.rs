//! A provider's way into a catalog, in one data folder: the official template is filled in with three errors, corrected from
//! the workbook that comes back, imported, looked at as others will see it, and handed in; a publisher accepts it in the
//! terminal; the provider syncs and sees it published.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tests::audit::barriers;
use tests::feed::server::Server;
use tests::process::until;
use tests::tables::{column, filled as written, first, typed};
use tests::webdriver::key;
use tests::window::{Start, Window};

use crate::{filled, pick};

/// Who is handed in; the three are invented for this test.
const FIRM: &str = "示例乙公司（仅供测试）";
/// A credit code whose check digit is right, and the same with a wrong one.
const CODE: &str = "91350100M000100Y43";
const MISTYPED: &str = "91350100M000100Y44";
const PHONE: &str = "010-62780000";
/// What stands in a column that is nobody else's business.
const INTERNAL: &str = "甲-017";

/// A publisher's folder, with one record published.
struct Office {
    dir: tempfile::TempDir,
    fingerprint: String,
}

impl Office {
    fn open() -> Self {
        let mut office = Self {
            dir: tempfile::tempdir().unwrap(),
            fingerprint: String::new(),
        };
        let made = office.types("feed init feed --title 夹具目录 --id fixture --json");
        let made: Value = serde_json::from_str(&made).unwrap();
        made["fingerprint"]
            .as_str()
            .unwrap()
            .clone_into(&mut office.fingerprint);
        fs::remove_file(office.path("feed/records/records.xlsx")).unwrap();
        let record = json!({
            "kind": "provider", "id": "fixture-1", "name": { "zh": "夹具服务商甲" },
            "sources": [{ "key": "s1", "cited": "夹具公报", "checked": "2026-03-05", "status": "excerpt" }],
        });
        let records = office.path("feed/records/provider.jsonl");
        fs::write(records, format!("{record}\n")).unwrap();
        office.publish();
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// What the publisher types, in the terminal that is built beside the window.
    fn types(&self, line: &str) -> String {
        let app = std::env::var_os("ATLAS_APP").map(PathBuf::from);
        let here = app.or_else(|| std::env::current_exe().ok()).unwrap();
        let mut beside = here.ancestors().map(|folder| folder.join("atlas"));
        let output = Command::new(beside.find(|file| file.is_file()).unwrap())
            .current_dir(self.dir.path())
            .args(line.split(' '))
            .env("ATLAS_FEED_PASSPHRASE", "fixture passphrase")
            .env("LC_ALL", "zh_CN.UTF-8")
            .output()
            .unwrap();
        let said = [&output.stdout[..], &output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(output.status.success(), "atlas {line}\n{said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn publish(&self) {
        for verb in ["build", "sign", "verify"] {
            self.types(&format!("feed {verb} feed"));
        }
    }

    /// Reviews what was handed in, accepts it and publishes it; answers the receipt.
    fn accepts(&self, handed: &str, sender: &Value) -> PathBuf {
        let review = self.types(&format!("feed inbox feed {handed} --json"));
        let review: Value = serde_json::from_str(&review).unwrap();
        assert_eq!(&review[0]["sender"], sender, "both see one fingerprint");
        let id = review[0]["id"].as_str().unwrap();
        self.types(&format!("feed accept feed {id} --by 夹具编辑"));
        self.publish();
        self.path(&format!("feed/inbox/{id}.atlasreceipt"))
    }
}

fn step(window: &Window, name: &str) {
    window.one(&format!("[data-step={name}]"));
}

fn gone(window: &Window, what: &str, css: &str) {
    until(what, || window.page.all(css).is_empty().then_some(()));
}

/// The provider's own providers, by name.
fn own(window: &Window) -> Vec<(String, String)> {
    let page = json!({ "kind": "provider", "sort": "name", "offset": 0, "limit": 10 });
    let page = window.query("list_own", &page);
    let rows = page["rows"].as_array().unwrap().iter().map(|one| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&one["row"]["name"]["zh"]), text(&one["row"]["ref"]))
    });
    rows.collect()
}

/// Chooses a table in the window.
fn choose(window: &Window, folder: &Path, table: &Path) {
    step(window, "file");
    pick(folder, table);
    window.click("[data-choose]");
    step(window, "sheet");
}

/// Saves the template from the window, and fills three providers in: a mistyped code, and no name beside half a code.
fn fill_in(window: &Window, folder: &Path) -> PathBuf {
    let template = folder.join("template.xlsx");
    pick(folder, &template);
    window.click("[data-template=provider]");
    until("the template", || template.is_file().then_some(()));
    let rows = written(
        &fs::read(&template).unwrap(),
        &[
            &[("name", "示例甲公司（仅供测试）"), ("region", "江苏")],
            &[
                ("name", FIRM),
                ("credit_code", MISTYPED),
                ("region", "江苏"),
                ("city", "苏州市"),
                ("technique", "计算机视觉"),
                ("tier", "高新技术企业"),
                ("founded", "2018"),
                ("products", "表面缺陷检测系统"),
                ("offers", "上门试用"),
                ("qualifications", "ISO 9001"),
                ("website", "https://example.org/"),
                ("contact.phone", PHONE),
                ("notes", "可到现场试用"),
            ],
            &[("city", "南京"), ("credit_code", "123")],
        ],
    );
    // A column of the provider's own, which fills no field.
    let beyond = first(&rows).width();
    let rows = typed(&rows, &[(4, beyond, "内部编号"), (7, beyond, INTERNAL)]);
    let table = folder.join("providers.xlsx");
    fs::write(&table, rows).unwrap();
    table
}

/// Goes through the steps by the keyboard alone, each of them without barriers, to three errors.
fn meet_the_errors(window: &Window) {
    for name in ["columns", "values", "duplicates", "check"] {
        window.one("[data-next]");
        let focus = "document.querySelector('[data-next]').focus()";
        window.page.run(focus, &[]);
        window.page.press(&[key::ENTER]);
        step(window, name);
        window.settle();
        let found = barriers(window);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
    until("three errors", || {
        (window.page.all("[data-issue]").len() == 3).then_some(())
    });
    let wrong = window.text("[data-fate=wrong] dd");
    assert_eq!(wrong, "2", "rows with errors");
}

/// Has the table handed back with what is wrong in it, and does what stands beside each row.
fn mend(window: &Window, folder: &Path) -> PathBuf {
    let report = folder.join("report.xlsx");
    pick(folder, &report);
    window.click("[data-report]");
    until("the annotated file", || report.is_file().then_some(()));
    assert_eq!(own(window), [], "nothing was written");
    let report = fs::read(&report).unwrap();
    let sheet = first(&report);
    let code = column(&sheet, "credit_code");
    let row = |number: u32| sheet.rows.iter().find(|row| row.number == number).unwrap();
    let mut headers = row(4).cells.iter();
    let said = headers.position(|cell| cell.text() == "错误说明").unwrap();
    let mut cells = Vec::new();
    for (number, complaint, column, text) in [
        (7, "校验位", code, CODE),
        (8, "18 位", code, ""),
        (8, "缺少名称", 0, "示例丙公司（仅供测试）"),
    ] {
        let found = row(number).cell(said).text().into_owned();
        assert!(found.contains(complaint), "{number}: {found}");
        cells.push((number, column, text));
    }
    let mended = folder.join("mended.xlsx");
    fs::write(&mended, typed(&report, &cells)).unwrap();
    window.click("[data-again]");
    mended
}

/// Takes the mended table in; undo takes all of it back, and redo brings it again. Answers the firm's reference.
fn take_in(window: &Window) -> String {
    for name in ["columns", "values", "duplicates", "check"] {
        window.click("[data-next]");
        step(window, name);
    }
    assert!(window.page.all("[data-issue]").is_empty());
    window.click("[data-import]");
    step(window, "done");
    assert_eq!(own(window).len(), 3);
    window.click("[data-undo-import]");
    step(window, "file");
    until("one undo", || own(window).is_empty().then_some(()));
    window.page.press(&[key::CONTROL, key::SHIFT, "z"]);
    until("one redo", || (own(window).len() == 3).then_some(()));
    let (_, reference) = own(window).into_iter().find(|one| one.0 == FIRM).unwrap();
    reference
}

/// What others will see is there, beside the form; the phone is not.
fn preview(window: &Window, firm: &str) {
    window.go(&format!("/form/{firm}"));
    window.click_button("他人所见");
    window.one("[data-preview] [data-record]");
    let seen = window.text("[data-preview]");
    for text in [FIRM, CODE, "苏州市", "计算机视觉"] {
        assert!(seen.contains(text), "{text} in {seen}");
    }
    assert!(!seen.contains(PHONE), "{seen}");
}

fn in_state(window: &Window, firm: &str, state: &str) {
    window.go("/submissions");
    window.one(&format!("[data-submission='{firm}'][data-state={state}]"));
}

/// Hands the firm in, having seen each field that leaves, and what stays.
fn hand_in(window: &Window, folder: &Path, firm: &str, handed: &Path) {
    window.go("/mine");
    window.click("[data-submissions]");
    in_state(window, firm, "draft");
    window.click(&format!("[data-submission='{firm}'] input"));
    window.click("[data-hand-in]");
    for (field, text) in [("city", "苏州市"), ("credit_code", CODE)] {
        let leaves = window.text(&format!("[data-leaving='{firm}'] [data-leaves={field}]"));
        assert_eq!(leaves, text);
    }
    let leaving = window.text("[data-leaving] dl");
    for stays in [PHONE, INTERNAL, "providers.xlsx"] {
        assert!(!leaving.contains(stays), "{stays} in {leaving}");
    }
    let left_out = window.text("[data-left-out]");
    assert!(left_out.contains("联系方式") && left_out.contains("没有对应字段的列"));
    pick(folder, handed);
    window.click("[data-write]");
    gone(window, "the dialog to close", "dialog[open]");
    in_state(window, firm, "exported");
    window.one("[data-fingerprint]");
}

fn synced(window: &Window) {
    window.one("[data-feed=fixture] [data-state=up_to_date]");
    gone(window, "the sync to end", "[data-foot-sync]");
}

#[test]
fn a_provider_goes_from_the_template_through_errors_and_a_publisher_into_the_catalog() {
    let office = Office::open();
    let server = Server::good(&office.path("feed/public"));
    let folder = filled("story");
    let window = Window::ready(&Start::on(&folder));
    let feed = json!({ "base": server.base(), "fingerprint": office.fingerprint, "local": true });
    window.mutate("add_feed", &feed);
    // Checked by itself, as it is once a day: what is published later comes when the provider asks.
    window.go("/data");
    synced(&window);

    window.go("/mine");
    window.click("[data-import-table]");
    let table = fill_in(&window, &folder);
    choose(&window, &folder, &table);
    meet_the_errors(&window);
    let table = mend(&window, &folder);
    choose(&window, &folder, &table);
    let firm = take_in(&window);
    preview(&window, &firm);

    hand_in(&window, &folder, &firm, &office.path("handed.atlassub"));
    let sender = window.query("list_submissions", &json!({}))["fingerprint"].clone();
    pick(&folder, &office.accepts("handed.atlassub", &sender));
    window.click("[data-receive]");
    in_state(&window, &firm, "accepted");
    // The same receipt again says why it does not count.
    window.click("[data-receive]");
    window.sees("已经导入过");

    window.go("/data");
    window.click("[data-feed=fixture] [data-sync]");
    synced(&window);
    in_state(&window, &firm, "published");
    window.click(&format!("[data-submission='{firm}'] [data-published]"));
    until("the published record", || {
        let address = window.address();
        address
            .starts_with("/record/fixture/provider/")
            .then_some(())
    });
    window.sees(CODE);
    let page = window.text("[data-record]");
    assert!(page.contains(FIRM) && !page.contains(PHONE), "{page}");
    assert_eq!(own(&window).len(), 3, "what is the provider's own stays");
    window.close();
}
