//! Rules for the screens: one host, no HTML, both languages, fresh types.

use super::{assert_none, files, read};

#[test]
fn one_file_of_the_screens_knows_the_window() {
    let files = files();
    let screens = files.iter().filter(|file| file.path.starts_with("ui/src/"));
    let found: Vec<String> = screens
        .filter(|file| !file.path.ends_with(".test.ts"))
        .filter(|file| file.text.contains("@tauri-apps") || file.text.contains("__TAURI"))
        .map(|file| file.path.clone())
        .filter(|path| path != "ui/src/api/host.ts")
        .collect();
    assert_none("only ui/src/api/host.ts may; go through its seam", &found);
}

#[test]
fn no_text_of_a_record_becomes_html() {
    let files = files();
    let screens = files.iter().filter(|file| file.path.starts_with("ui/src/"));
    let ways = [
        "{@html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
    ];
    let found: Vec<String> = screens
        .filter(|file| !file.path.ends_with(".test.ts"))
        .filter(|file| ways.iter().any(|way| file.text.contains(way)))
        .map(|file| file.path.clone())
        .collect();
    assert_none("draw elements instead", &found);
}

#[test]
fn both_languages_say_everything() {
    // The compiler compares the keys: English has the type of Chinese, and nothing may talk the type away.
    let english = read("ui/src/i18n/en.ts");
    let declared = ["const en: Messages", "satisfies Messages"]
        .iter()
        .any(|form| english.contains(form));
    assert!(declared, "en.ts has the type Messages");
    assert!(read("ui/src/i18n/zh-CN.ts").contains("export type Messages = typeof zhCN"));
    for evasion in [" as Messages", " as any", "as unknown", "@ts-", "Partial<"] {
        assert!(
            !english.contains(evasion),
            "en.ts evades the comparison with `{evasion}`"
        );
    }
    let empty: Vec<&str> = english
        .lines()
        // A query that was not relaxed is announced by nothing: that text is empty in both languages.
        .filter(|line| line.contains(": ''") && !line.trim_start().starts_with("all:"))
        .collect();
    assert!(empty.is_empty(), "en.ts leaves texts empty: {empty:?}");
}

#[test]
fn whatever_can_be_wrong_with_a_table_has_words_in_the_window() {
    let words = read("assets/exchange/words.csv");
    let issues = words
        .lines()
        .filter_map(|line| line.split(',').next()?.strip_suffix("_fix"));
    let dictionaries = ["zh-CN", "en"].map(|name| read(&format!("ui/src/i18n/tables.{name}.ts")));
    let missing: Vec<&str> = issues
        .filter(|issue| {
            let key = format!(" {issue}: ");
            dictionaries
                .iter()
                .any(|dictionary| !dictionary.contains(&key))
        })
        .collect();
    assert!(missing.is_empty(), "issues without words: {missing:?}");
}

#[test]
fn the_typescript_side_of_the_boundary_is_fresh() {
    let written = read("ui/src/api/bindings.ts");
    assert!(
        written == atlas_core::api::bindings::typescript(),
        "run `cargo xtask bindings`"
    );
}
