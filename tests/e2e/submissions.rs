//! A provider hands a record in from the window, a publisher accepts it in the terminal, the provider syncs and sees it
//! published.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tests::process::until;
use tests::window::{Start, Window};

use crate::filled;

const PROVIDER: &str = "own/provider/00000000-0000-4000-8000-000000000001";

/// The terminal, which is built beside the window.
fn atlas() -> PathBuf {
    let app = std::env::var_os("ATLAS_APP").map(PathBuf::from);
    let here = app.or_else(|| std::env::current_exe().ok()).unwrap();
    let mut folders = here.ancestors().map(|folder| folder.join("atlas"));
    folders.find(|file| file.is_file()).unwrap()
}

/// What a publisher types in a folder of their own.
fn publisher(folder: &Path, line: &str) -> String {
    let output = Command::new(atlas())
        .current_dir(folder)
        .args(line.split(' '))
        .env("ATLAS_FEED_PASSPHRASE", "fixture passphrase")
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "atlas {line}\n{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A published feed with one record; answers its fingerprint.
fn publish(folder: &Path) -> String {
    let made = publisher(
        folder,
        "feed init feed --title 夹具目录 --id fixture --json",
    );
    let made: Value = serde_json::from_str(&made).unwrap();
    fs::remove_file(folder.join("feed/records/records.xlsx")).unwrap();
    let record = json!({
        "kind": "provider", "id": "fixture-1", "name": { "zh": "夹具服务商甲" },
        "sources": [{ "key": "s1", "cited": "夹具公报", "checked": "2026-03-05", "status": "excerpt" }],
    });
    fs::write(
        folder.join("feed/records/provider.jsonl"),
        format!("{record}\n"),
    )
    .unwrap();
    next(folder);
    made["fingerprint"].as_str().unwrap().to_owned()
}

fn next(folder: &Path) {
    for verb in ["build", "sign", "verify"] {
        publisher(folder, &format!("feed {verb} feed"));
    }
}

/// What the user would choose in the dialog of the desktop.
fn pick(folder: &Path, file: &Path) {
    fs::write(folder.join("picked.txt"), file.to_string_lossy().as_bytes()).unwrap();
}

fn in_state(window: &Window, state: &str) {
    window.go("/submissions");
    window.one(&format!(
        "[data-submission='{PROVIDER}'][data-state={state}]"
    ));
}

#[test]
fn a_record_goes_from_the_window_to_the_publisher_and_comes_back_published() {
    let office = tempfile::tempdir().unwrap();
    let office = office.path();
    let fingerprint = publish(office);
    let folder = filled("submissions");
    let window = Window::ready(&Start::on(&folder));
    let base = office.join("feed/public");
    let feed = json!({ "base": base.to_string_lossy(), "fingerprint": fingerprint });
    window.mutate("add_feed", &feed);
    let record = json!({
        "kind": "provider", "id": PROVIDER.rsplit('/').next(), "name": { "zh": "示例服务商（仅供测试）" },
        "city": "苏州市", "contact": { "phone": "010-62780000" }, "sources": [],
    });
    let records = json!([[PROVIDER, record.to_string()]]);
    window.mutate(
        "transact",
        &json!({ "edit": "save_records", "records": records }),
    );

    in_state(&window, "draft");
    window.click(&format!("[data-submission='{PROVIDER}'] input"));
    window.click("[data-hand-in]");
    // Before anything is written: each field that leaves, and what stays.
    window.one("[data-leaving] [data-leaves=city]");
    assert!(window.text("[data-leaving]").contains("苏州市"));
    assert!(!window.text("[data-leaving]").contains("62780000"));
    window.one("[data-left-out]");
    let handed = office.join("handed.atlassub");
    pick(&folder, &handed);
    window.click("[data-write]");
    until("the dialog to close", || {
        window.page.all("dialog[open]").is_empty().then_some(())
    });
    in_state(&window, "exported");
    window.one("[data-fingerprint]");

    let review = publisher(office, "feed inbox feed handed.atlassub --json");
    let review: Value = serde_json::from_str(&review).unwrap();
    let sender = window.query("list_submissions", &json!({}))["fingerprint"].clone();
    assert_eq!(review[0]["sender"], sender, "both see the same fingerprint");
    let id = review[0]["id"].as_str().unwrap();
    publisher(office, &format!("feed accept feed {id} --by 夹具编辑"));
    next(office);

    pick(
        &folder,
        &office.join(format!("feed/inbox/{id}.atlasreceipt")),
    );
    window.click("[data-receive]");
    in_state(&window, "accepted");
    // The same receipt again says why it does not count.
    window.click("[data-receive]");
    window.sees("已经导入过");

    window.go("/data");
    window.click("[data-feed=fixture] [data-sync]");
    window.one("[data-feed=fixture] [data-outcome]");
    in_state(&window, "published");
    window.click(&format!("[data-submission='{PROVIDER}'] [data-published]"));
    until("the published record", || {
        window
            .address()
            .starts_with("/record/fixture/provider/")
            .then_some(())
    });
    window.sees("示例服务商（仅供测试）");
    window.close();
}
