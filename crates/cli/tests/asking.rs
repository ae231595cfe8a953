//! What the terminal answers to what nobody knows, and how it shows records: with the real program and the catalog that
//! it carries.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has nothing better to do than to stop"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn atlas(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atlas"))
        .args(arguments)
        .current_dir(folder)
        .env("ATLAS_DATA_DIR", folder.join("data"))
        .env("ATLAS_FEED_PASSPHRASE", "fixture passphrase")
        .env("LC_ALL", "en_US.UTF-8")
        .output()
        .unwrap()
}

/// Runs the program and answers all that it says; the exit code and what has to be among the words are checked.
fn says(folder: &Path, arguments: &[&str], code: i32, words: &[&str]) -> String {
    let output = atlas(folder, arguments);
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{text}");
    for word in words {
        assert!(text.contains(word), "{arguments:?}: no {word:?}\n{text}");
    }
    text
}

fn found(folder: &Path, arguments: &[&str]) -> Value {
    let output = atlas(
        folder,
        &[&["--json", "search"][..], arguments, &["--limit", "1"]].concat(),
    );
    assert!(output.status.success(), "{arguments:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_filter_that_nobody_knows_is_refused_and_a_name_is_as_good_as_a_code() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let all = found(folder, &[])["total"].as_u64().unwrap();
    for arguments in [
        &["search", "--facet", "stagee=production"][..],
        &["search", "--count", "stagee"],
        &["export", "list", "--facet", "stagee=x", "--to", "x.csv"],
    ] {
        says(folder, arguments, 2, &["\"stagee\"", "stage", "region"]);
    }
    assert!(!folder.join("x.csv").exists());
    for arguments in [
        &["search", "--kind", "casse"][..],
        &["news", "--kind", "casse"],
    ] {
        says(folder, arguments, 2, &["\"casse\"", "case (", "enterprise"]);
    }
    let unknown = ["search", "--facet", "region=Mars"];
    says(folder, &unknown, 2, &["region", "32 (Jiangsu"]);
    let unknown = ["search", "--facet", "industry=Z99"];
    says(folder, &unknown, 2, &["--count industry"]);
    says(folder, &["search", "--facet", "year=1066"], 1, &[]);

    let by_code = found(folder, &["--facet", "region=32", "--kind", "case"]);
    assert!(by_code["total"].as_u64().unwrap() < all);
    for region in ["region=江苏", "地区=Jiangsu"] {
        let by_name = found(folder, &["--facet", region, "--kind", "案例"]);
        assert_eq!(by_name["total"], by_code["total"], "{region}");
    }
    let without = found(folder, &["-华为"]);
    assert_eq!(without["query"]["excluded"][0], "华为");
    says(folder, &["search", "--knd"], 2, &["--knd"]);
}

#[test]
fn a_folder_that_cannot_be_one_is_named_with_the_reason() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    fs::write(folder.join("file"), "no folder").unwrap();
    let inside = ["--data-dir", "file/data", "status"];
    for (arguments, reason) in [
        (&["--data-dir", "file", "status"], "it is a file"),
        (&inside, "cannot be made"),
    ] {
        says(folder, arguments, 3, &["file", reason, "--data-dir"]);
    }
    let json = atlas(folder, &["--data-dir", "file", "status", "--json"]);
    let error: Value = serde_json::from_slice(&json.stderr).unwrap();
    assert_eq!(error["facts"]["reason"], "not_a_folder");
}

#[test]
fn a_record_is_found_by_its_id_and_shown_in_words() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let show = |what: &str, code, words: &[&str]| says(folder, &["show", what], code, words);
    show("q0321", 0, &["bundled/case/q0321", "Enterprise: "]);
    show("case/q0321", 0, &["bundled/case/q0321"]);
    show("q0321x", 1, &["q0321x", "feed/kind/id", "atlas search"]);
    show("no reference", 2, &["feed/kind/id", "atlas search"]);

    let id = "gongxin-lianke-2025-279";
    let english = show(
        id,
        0,
        &[
            "Industry (inferred): Raw materials (raw_materials)",
            "3-5 models · by 2027",
            "Notes: Two annexes",
        ],
    );
    assert!(!english.contains("{\""), "{english}");
    let chinese = says(
        folder,
        &["show", id, "--lang", "zh"],
        0,
        &["备注: ", "文号: "],
    );
    assert!(!chinese.contains("doc_number"), "{chinese}");
    let support = show(
        "beijing-high-tech-fund-2026-2",
        0,
        &["Deadline: 2026-08-31"],
    );
    assert!(
        support.contains("Who may have it: Builders of datasets") && !support.contains("{\""),
        "{support}"
    );
    let list = show("l-c5ee5a85ba", 0, &["Entry: "]);
    assert!(!list.contains("{\""), "{list}");
}

#[test]
fn a_feed_that_is_not_here_is_named_beside_those_that_are() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    let init = [
        "feed",
        "init",
        "feed",
        "--title",
        "夹具目录",
        "--id",
        "fixture",
        "--json",
    ];
    let made = atlas(folder, &init);
    let made: Value = serde_json::from_slice(&made.stdout).unwrap();
    let fingerprint = made["fingerprint"].as_str().unwrap();
    fs::remove_file(folder.join("feed/records/records.xlsx")).unwrap();

    // A table that does not say what its rows are.
    let table = "名称,来源,核对日期,核实程度\n夹具案例甲,夹具公报,2026-03-05,摘录\n夹具案例乙,夹具公报,2026-03-05,摘录\n";
    fs::write(folder.join("feed/records/2026.csv"), table).unwrap();
    let build = ["feed", "build", "feed"];
    let said = says(folder, &build, 4, &["2026.csv", "column kind", "case.csv"]);
    assert!(
        !said.contains("null") && said.matches("kind (类型)").count() == 1,
        "{said}"
    );
    fs::rename(
        folder.join("feed/records/2026.csv"),
        folder.join("feed/records/案例.csv"),
    )
    .unwrap();
    says(folder, &build, 0, &[]);
    says(folder, &["feed", "sign", "feed"], 0, &[]);
    let serve = ["feed", "serve", "feed", "--listen", "127.0.0.1:0"];
    says(folder, &serve, 4, &["atlas feed verify"]);
    says(folder, &["feed", "verify", "feed"], 0, &[]);

    let add = |base: &str, code, words: &[&str]| {
        let arguments = ["feed", "add", base, "--fingerprint", fingerprint];
        says(folder, &arguments, code, words)
    };
    add("http://127.0.0.1:1/", 2, &["--local", "encryption"]);
    add("nowhere", 4, &["There is no file", "nowhere"]);
    add("feed/public", 0, &[]);
    let list = says(folder, &["feed", "list"], 0, &["\nfixture: never synced"]);
    assert!(!list.contains("Last success"), "{list}");
    let addresses = |more: &[&str], code, words: &[&str]| {
        let arguments = [&["feed", "addresses"], more].concat();
        says(folder, &arguments, code, words)
    };
    addresses(&["fixture"], 2, &["--none"]);
    addresses(&["fixture", "http://127.0.0.1:1/"], 2, &["--local"]);
    addresses(&["bundled", "feed/public"], 2, &["came with the program"]);
    let unencrypted = "http://127.0.0.1:1/";
    let given = ["fixture", "feed/public", unencrypted, "--local"];
    addresses(&given, 0, &["trust and records stay"]);
    says(
        folder,
        &["feed", "list"],
        0,
        &["feed/public\n", unencrypted],
    );
    for arguments in [
        &["sync", "fixtur"][..],
        &["feed", "addresses", "fixtur", "feed/public"],
        &["sync", "fixture", "fixtur"],
        &["feed", "remove", "fixtur"],
        &["news", "--feed", "fixtur"],
    ] {
        says(folder, arguments, 2, &["\"fixtur\"", "fixture."]);
    }
    let bundled = ["feed", "remove", "bundled"];
    says(folder, &bundled, 2, &["came with the program"]);
    let missing = ["sync", "--bundle", "missing.atlas"];
    says(folder, &missing, 4, &["There is no file", "missing.atlas"]);
    says(folder, &["sync", "fixture"], 0, &[]);
    says(
        folder,
        &["feed", "list"],
        0,
        &["(fixture)", "Last success: 20"],
    );
}

#[test]
fn matches_say_where_words_stand_and_portfolios_what_is_wanted() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    says(folder, &["match", "--text", " "], 2, &["--text"]);
    let matched = [
        "match",
        "--text",
        "钢铁表面缺陷视觉检测",
        "--target",
        "cases",
        "--limit",
        "1",
    ];
    let text = says(folder, &matched, 0, &["Shared words: Name: ", "Sources: "]);
    assert!(!text.contains("(name)"), "{text}");
    let chinese = [&matched[..], &["--lang", "zh"]].concat();
    says(folder, &chinese, 0, &["相同的词： 名称："]);
    let providers = [&matched[..3], &["--target", "providers", "--limit", "3"]].concat();
    says(folder, &providers, 0, &["in \"", "bundled/solution/"]);

    let need = r#"{"title":"表面缺陷检测","start":{"date":"2027-03","strength":"hard"},"goal":"smart_basic"}"#;
    fs::write(folder.join("need.json"), need).unwrap();
    let judged = ["match", "--need", "need.json", "--limit", "1"];
    let why = ["start (a must); no record says", "goal; no record says"];
    says(folder, &judged, 0, &why);

    fs::write(folder.join("a.csv"), "need,p1\nn1,-0.0\nn2,-0.00001\n").unwrap();
    let assign = |capacity: &str, code, words: &[&str]| {
        let arguments = ["assign", "--affinity", "a.csv", "--capacity", capacity];
        says(folder, &arguments, code, words)
    };
    assign("1.5", 2, &["\"1.5\"", "whole number", "CSV"]);
    let figures = assign("1", 0, &["total\t0.0000"]);
    assert!(!figures.contains("-0"), "{figures}");
}

#[test]
fn a_file_that_cannot_be_read_or_written_is_named_with_what_to_do() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    fs::write(folder.join("one.csv"), "服务商名称\n甲公司\n").unwrap();
    for (arguments, code) in [
        (&["match", "--need", "gone.file"][..], 2),
        (&["assign", "--affinity", "gone.file", "--capacity", "1"], 2),
        (
            &[
                "eval",
                "--corpus",
                "gone.file",
                "--queries",
                "q",
                "--qrels",
                "r",
            ],
            2,
        ),
        (&["import", "one.csv", "--mapping", "gone.file"], 2),
        (&["import", "gone.file"], 4),
        (&["receipt", "gone.file"], 4),
        (&["work", "import", "gone.file"], 4),
        (&["feed", "add", "gone.file"], 4),
    ] {
        says(folder, arguments, code, &["gone.file", "Check"]);
    }
    for arguments in [
        &["export", "list", "质检", "--to", "gone/x.csv"][..],
        &["template", "provider", "gone/x.xlsx"],
        &["import", "one.csv", "--dry-run", "--report", "gone/x.xlsx"],
    ] {
        let text = says(folder, arguments, 2, &["gone/x", "cannot be written"]);
        assert!(!text.contains("fault"), "{text}");
    }
    says(
        folder,
        &["backup", "restore", "gone"],
        1,
        &["gone", "backup list"],
    );
    says(
        folder,
        &["match", "--offer", "bundled/case/q0321"],
        2,
        &["providers"],
    );
}

#[test]
fn a_relaxed_search_says_so_and_marks_what_matches_in_part() {
    let temp = tempfile::tempdir().unwrap();
    let text = says(
        temp.path(),
        &["search", "工信厅科函〔2026〕340号"],
        0,
        &["those with most are listed too"],
    );
    assert_eq!(
        text.matches("partial match").count(),
        1,
        "two hold every word: {text}"
    );
}

#[test]
fn judgements_of_nothing_are_no_measurement() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path();
    fs::write(folder.join("c"), "{\"_id\":\"d\",\"text\":\"质检\"}\n").unwrap();
    fs::write(folder.join("r"), "other\td\t1\n").unwrap();
    let arguments = ["eval", "--corpus", "c", "--queries", "c", "--qrels", "r"];
    says(folder, &arguments, 1, &["no query to measure"]);
}
