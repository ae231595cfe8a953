//! Rules for the packages. `cargo xtask dist --check` tries a package out; here is what can be read without building one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{read, root};

fn config() -> Value {
    serde_json::from_str(&read("src-tauri/tauri.conf.json")).unwrap()
}

fn set<'a>(values: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    values.map(str::to_owned).collect()
}

/// What stands between two marks, wherever a text has them.
fn between<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before)
        .skip(1)
        .filter_map(move |rest| rest.split(after).next())
}

#[test]
fn a_double_click_on_a_bundle_opens_the_program_everywhere_it_is_declared() {
    let associations = config()["bundle"]["fileAssociations"].clone();
    let associations = associations.as_array().unwrap();
    let endings = |key: &str| {
        let values = associations.iter().map(|entry| match &entry[key] {
            Value::Array(list) => list[0].as_str().unwrap(),
            value => value.as_str().unwrap(),
        });
        set(values)
    };
    let types = read("assets/linux/scenario-atlas.xml");
    assert_eq!(endings("ext"), set(between(&types, "pattern=\"*.", "\"")));
    assert_eq!(
        endings("mimeType"),
        set(between(&types, "<mime-type type=\"", "\""))
    );
    let opened = read("src-tauri/src/opened.rs");
    let list = between(&opened, "ENDINGS: [&str; ", ";").next().unwrap();
    assert_eq!(
        endings("ext"),
        set(between(list, "\"", "\"").step_by(2)),
        "src-tauri/src/opened.rs"
    );
    let entry = read("assets/linux/scenario-atlas.desktop");
    for line in [
        "Exec={{exec}} %f",
        "MimeType={{mime_type}};",
        "Icon={{icon}}",
    ] {
        assert!(
            entry.lines().any(|found| found == line),
            "the desktop entry has {line}"
        );
    }
}

#[test]
fn packages_name_what_they_need_and_a_chinese_font() {
    let linux = config()["bundle"]["linux"].clone();
    let has = |list: &Value, word: &str| {
        let found = list.as_array().unwrap().iter();
        assert!(
            found
                .into_iter()
                .any(|entry| entry.as_str().unwrap().contains(word)),
            "{list} has {word}"
        );
    };
    for library in ["libwebkit2gtk-4.1", "libgtk-3"] {
        has(&linux["rpm"]["depends"], library);
    }
    has(&linux["deb"]["recommends"], "fonts-noto-cjk");
    has(&linux["rpm"]["recommends"], "noto-sans-cjk");
    for package in ["deb", "rpm"] {
        let template = linux[package]["desktopTemplate"].as_str().unwrap();
        assert!(
            root().join("src-tauri").join(template).is_file(),
            "{template}"
        );
    }
}

#[test]
fn names_in_the_desktop_are_chinese_first() {
    let entry = read("assets/linux/scenario-atlas.desktop");
    for key in ["Name", "GenericName", "Comment", "Keywords"] {
        assert!(entry.contains(&format!("\n{key}[zh_CN]=")), "{key}");
    }
    let types = read("assets/linux/scenario-atlas.xml");
    assert_eq!(
        types.matches("<mime-type ").count(),
        types.matches("<comment xml:lang=\"zh_CN\">").count()
    );
}
