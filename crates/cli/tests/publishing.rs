//! Runs every command of docs/publishing.md, in order, with the real program and two data folders.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;

const NOW: &str = "2026-11-25T08:00:00Z";

/// The commands of the document: lines of its `sh` blocks.
fn commands() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/publishing.md");
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("```sh\n").skip(1);
    blocks
        .flat_map(|block| block.split("```").next().unwrap().lines())
        .map(str::to_owned)
        .collect()
}

/// The words of a command, with quotes as a shell takes them.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut parts = command.split('\'');
    while let Some(plain) = parts.next() {
        words.extend(plain.split_whitespace().map(str::to_owned));
        words.extend(parts.next().map(str::to_owned));
    }
    words
}

fn atlas(folder: &Path, words: &[String], answer: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atlas"));
    command
        .current_dir(folder)
        .args(words)
        .env("ATLAS_DATA_DIR", folder.join("reader"))
        .env("ATLAS_FEED_PASSPHRASE", "fixture passphrase")
        .env("LC_ALL", "zh_CN.UTF-8");
    if let Some(answer) = answer {
        command.args(["--fingerprint", answer]);
    }
    command.output().unwrap()
}

fn ok(command: &str, output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}\n{text}\n{errors}");
    text
}

/// Fills in the template as a person would in a spreadsheet: made-up records, named so.
fn fill_in(path: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("案例").unwrap();
    let rows = [
        [
            "编号",
            "名称",
            "行业",
            "环节",
            "地区",
            "城市",
            "成效",
            "来源",
            "核对日期",
            "核实程度",
        ],
        [
            "fixture-1",
            "夹具案例甲",
            "装备制造",
            "生产制造",
            "江苏",
            "南京",
            "效率提升（夹具）",
            "夹具公报第1号",
            "2026年3月5日",
            "摘录",
        ],
        [
            "fixture-2",
            "夹具案例乙",
            "C39",
            "生产制造",
            "浙江",
            "杭州",
            "",
            "夹具公报第1号",
            "2026/3/5",
            "第三方转载",
        ],
    ];
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save(path).unwrap();
}

#[test]
fn every_command_of_the_document_works_and_a_newcomer_needs_fewer_than_ten() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let commands = commands();
    let first_sync = commands
        .iter()
        .position(|line| line.starts_with("atlas sync"));
    assert!(
        first_sync.unwrap() + 1 < 10,
        "from Excel to a synced feed in under ten commands"
    );
    let mut fingerprint = String::new();
    let mut syncs = 0;
    for line in &commands {
        let words = words(line);
        if words[0] == "rm" {
            std::fs::remove_file(folder.join(&words[1])).unwrap();
            continue;
        }
        assert_eq!(words[0], "atlas", "{line}");
        let adding = words[1..].starts_with(&["feed".to_owned(), "add".to_owned()]);
        let answer = adding.then_some(fingerprint.as_str());
        let text = ok(line, &atlas(folder, &words[1..], answer));
        match words[2].as_str() {
            "init" => {
                let line = text.lines().find(|line| line.starts_with("指纹 ")).unwrap();
                fingerprint = line["指纹 ".len()..].trim().to_owned();
                assert_eq!(fingerprint.len(), 64);
                fill_in(&folder.join("feed/records/records.xlsx"));
            }
            "夹具" => assert!(text.contains("fixture/case/fixture-1"), "{text}"),
            _ => {}
        }
        if words[1] == "sync" {
            syncs += 1;
        }
        if syncs == 2 && words[1] == "sync" {
            let raw = ok(
                "show",
                &atlas(
                    folder,
                    &["show", "fixture/case/fixture-1", "--json"].map(str::to_owned),
                    None,
                ),
            );
            assert!(
                raw.contains("苏州"),
                "the correction reached the reader: {raw}"
            );
        }
    }
    assert_eq!(syncs, 3);
    // What goes out is the published tree and nothing else.
    let listed = std::fs::read_to_string(folder.join("feed/upload.txt")).unwrap();
    assert!(
        listed.lines().last() == Some("tuf/timestamp.json"),
        "{listed}"
    );
    assert!(
        listed.contains("tuf/3.root.json"),
        "two rotations: {listed}"
    );
    assert!(!listed.contains("key"), "{listed}");
    // Another data folder takes the bundle without any server.
    let words = [
        "sync",
        "--bundle",
        "fixture.atlas",
        "--fingerprint",
        &fingerprint,
        "--data-dir",
        "other",
    ];
    ok("bundle", &atlas(folder, &words.map(str::to_owned), None));
}

#[test]
fn the_same_records_time_and_feed_give_the_same_bytes() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let run = |line: &str| ok(line, &atlas(folder, &words(line)[1..], None));
    run(&format!(
        "atlas feed init feed --title 夹具 --id fixture --now {NOW}"
    ));
    fill_in(&folder.join("feed/records/records.xlsx"));
    let tree = || {
        run(&format!("atlas feed build feed --now {NOW}"));
        run(&format!("atlas feed sign feed --now {NOW}"));
        let mut files = Vec::new();
        for place in ["packs", "targets", "tuf"] {
            for entry in std::fs::read_dir(folder.join("feed/public").join(place)).unwrap() {
                let path = entry.unwrap().path();
                files.push((path.clone(), std::fs::read(path).unwrap()));
            }
        }
        files.sort();
        files
    };
    let first = tree();
    for name in ["timestamp.json", "1.snapshot.json", "1.targets.json"] {
        std::fs::remove_file(folder.join("feed/public/tuf").join(name)).unwrap();
    }
    std::fs::remove_dir_all(folder.join("feed/history")).unwrap();
    std::fs::remove_dir_all(folder.join("feed/public/packs")).unwrap();
    std::fs::remove_dir_all(folder.join("feed/public/targets")).unwrap();
    assert!(first == tree(), "the same input gives the same tree");
}
