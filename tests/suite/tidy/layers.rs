//! Rules for what may know what, and for what was released.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use super::{assert_none, files, read};

#[test]
fn modules_of_the_core_know_only_those_below_them() {
    // `api::types` and `api::error` hold the words that cross the boundary; whoever answers may speak them.
    let below: &[(&str, &[&str])] = &[
        ("model", &["model"]),
        ("feed", &["model", "feed"]),
        ("submission", &["model", "feed", "submission"]),
        (
            "store",
            &["model", "feed", "submission", "store", "api::types"],
        ),
        ("listing", &["model", "listing", "api::types"]),
        ("markdown", &["api::types"]),
        ("search", &["model", "search", "api::types"]),
        ("matching", &["model", "search", "matching", "api::types"]),
        (
            "exchange",
            &[
                "model",
                "store",
                "feed",
                "search",
                "listing",
                "matching",
                "exchange",
                "api::types",
            ],
        ),
    ];
    let mut found = Vec::new();
    for file in files() {
        let Some((module, allowed)) = below
            .iter()
            .find(|(module, _)| file.path.starts_with(&format!("crates/core/src/{module}/")))
        else {
            continue;
        };
        for (number, line) in file
            .lines()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for (at, _) in line.match_indices("crate::") {
                let used = &line[at + "crate::".len()..];
                if !allowed.iter().any(|name| used.starts_with(name)) {
                    found.push(format!(
                        "{}:{number}: {module} uses {}",
                        file.path,
                        line[at..].trim_end()
                    ));
                }
            }
        }
    }
    assert_none(
        "the order is model < feed, store, search, listing < matching < exchange < api",
        &found,
    );
}

#[test]
fn one_module_talks_to_the_network_and_one_knows_how_signatures_are_verified() {
    let only: &[(&[&str], &str)] = &[
        (
            &["reqwest", "TcpStream", "lookup_host"],
            "crates/core/src/feed/fetch/",
        ),
        (&["sigstore_tuf"], "crates/core/src/feed/trust.rs"),
    ];
    let mut found = Vec::new();
    for file in files()
        .iter()
        .filter(|file| file.path.starts_with("crates/core/src/"))
    {
        for (number, line) in file
            .lines()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            found.extend(
                only.iter()
                    .filter(|(words, place)| {
                        !file.path.starts_with(place)
                            && words.iter().any(|word| line.contains(word))
                    })
                    .map(|(words, _)| format!("{}:{number}: {words:?}", file.path)),
            );
        }
    }
    assert_none("go through feed::source and feed::trust", &found);
}

/// Packages of `Cargo.lock` by name, with the names that each depends on.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let lock = read("Cargo.lock");
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for block in lock.split("[[package]]").skip(1) {
        let name = block
            .lines()
            .find_map(|line| line.strip_prefix("name = "))
            .expect("a package has a name")
            .trim_matches('"');
        let listed = block
            .split_once("dependencies = [")
            .map_or("", |(_, rest)| rest.split(']').next().unwrap_or(""));
        let names = listed
            .lines()
            .filter_map(|line| line.trim().trim_matches([',', '"']).split(' ').next());
        packages
            .entry(name.to_owned())
            .or_default()
            .extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
    }
    packages
}

fn closure(packages: &BTreeMap<String, BTreeSet<String>>, of: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut next = vec![of.to_owned()];
    while let Some(name) = next.pop() {
        if seen.insert(name.clone()) {
            next.extend(packages.get(&name).into_iter().flatten().cloned());
        }
    }
    seen
}

#[test]
fn the_core_is_built_without_a_window_and_without_the_systems_tls() {
    let packages = locked();
    for package in ["atlas-core", "atlas-cli"] {
        let closure = closure(&packages, package);
        assert!(closure.contains("rusqlite"), "the lock file was understood");
        let foreign = [
            "tauri",
            "wry",
            "tao",
            "gtk",
            "webkit2gtk",
            "openssl-sys",
            "native-tls",
        ];
        let found: Vec<String> = foreign
            .iter()
            .filter(|name| closure.contains(**name))
            .map(|&name| name.to_owned())
            .collect();
        assert_none(&format!("{package} must not depend on these"), &found);
    }
    assert!(
        closure(&packages, "scenario-atlas").contains("wry"),
        "the window is in the lock file"
    );
}

#[test]
fn the_tasks_depend_on_nothing() {
    assert_eq!(locked()["xtask"], BTreeSet::new());
}

#[test]
fn released_migrations_are_never_edited() {
    let list = read("tests/fixtures/migrations.sha256");
    let mut released: BTreeMap<&str, &str> = list
        .lines()
        .filter_map(|line| line.split_once("  ").map(|(hash, path)| (path, hash)))
        .collect();
    for file in files()
        .iter()
        .filter(|file| file.path.starts_with("crates/core/src/store/schema/"))
    {
        let hash = atlas_core::feed::Digest(Sha256::digest(&file.text).into()).to_string();
        let known = released.remove(file.path.as_str());
        let known = known.unwrap_or_else(|| {
            panic!(
                "add to tests/fixtures/migrations.sha256:\n{hash}  {}",
                file.path
            )
        });
        assert_eq!(
            known, hash,
            "{} was released: write a new migration instead",
            file.path
        );
    }
    assert!(
        released.is_empty(),
        "released migrations are gone: {released:?}"
    );
}
