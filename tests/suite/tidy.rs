//! Rules of the house that no compiler checks. Each failure names the file and what to do about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Longer files are two things in one.
const LINES: usize = 600;

/// A text file of the repository.
struct File {
    /// Path from the root, with `/`.
    path: String,
    text: String,
}

impl File {
    fn ends_with(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .split('\n')
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Everything that a person wrote: no build output, nothing fetched.
fn files() -> Vec<File> {
    const BUILT: &[&str] = &[
        "target",
        "node_modules",
        "dist",
        "dist-fake",
        "gen",
        "shots",
        "corpus",
        "artifacts",
    ];
    const TEXT: &[&str] = &[
        "rs", "ts", "svelte", "css", "html", "mjs", "toml", "md", "json", "jsonl", "csv", "tsv",
        "sql", "svg", "lock", "run",
    ];
    let mut files = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let hidden = name.starts_with('.') && ![".ci", ".cargo"].contains(&name.as_str());
            if path.is_dir() && !hidden && !BUILT.contains(&name.as_str()) {
                folders.push(path);
            } else if path.is_file() && TEXT.contains(&name.rsplit('.').next().unwrap()) {
                let short = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                files.push(File {
                    path: short,
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 50, "the walk found the repository");
    files
}

/// What people write in, as opposed to data and generated files.
fn is_source(file: &File) -> bool {
    let generated = ["Cargo.lock", "package-lock.json", "ui/src/api/bindings.ts"];
    !file.path.starts_with("assets/")
        && !file.ends_with(&generated)
        && !file.ends_with(&[".jsonl", ".csv", ".tsv"])
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let files = files()
        .into_iter()
        .filter(|file| is_source(file) && file.ends_with(&[".rs", ".ts", ".svelte", ".css"]));
    let lines = |file: &File| file.text.lines().count();
    let long: Vec<String> = files
        .filter(|file| lines(file) > LINES)
        .map(|file| format!("{}: {} lines", file.path, lines(&file)))
        .collect();
    assert_none("split these files by what they are about", &long);
}

#[test]
fn lines_end_without_spaces_and_files_with_a_line() {
    let mut found = Vec::new();
    for file in files().iter().filter(|file| is_source(file)) {
        let trailing = file
            .lines()
            .filter(|(_, line)| line.ends_with([' ', '\t', '\r']));
        found.extend(
            trailing.map(|(number, _)| format!("{}:{number}: space at the end", file.path)),
        );
        if !file.text.ends_with('\n') {
            found.push(format!("{}: no line end at the end of the file", file.path));
        }
    }
    assert_none("remove these", &found);
}

#[test]
fn nothing_is_left_for_later() {
    // Written in pieces, so that this file does not find itself.
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["XX", "X"], ["#[ign", "ore"]].map(|parts| parts.concat());
    let mut found = Vec::new();
    for file in files()
        .iter()
        .filter(|file| is_source(file) && !file.ends_with(&[".json"]))
    {
        for (number, line) in file.lines() {
            found.extend(
                marks
                    .iter()
                    .filter(|mark| line.contains(*mark))
                    .map(|mark| format!("{}:{number}: {mark}", file.path)),
            );
        }
    }
    assert_none("do it, or say plainly why not", &found);
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let places = ["tmp", "work", "root", "home", "Users", "mnt"].map(|name| format!("/{name}/"));
    let registries =
        [["registry.", "npm"], ["npm", "mirror"], ["rsp", "roxy"]].map(|parts| parts.concat());
    let mut found = Vec::new();
    for file in files()
        .iter()
        .filter(|file| is_source(file) || file.path.ends_with("package-lock.json"))
    {
        for (number, line) in file.lines() {
            // Inside a longer path, as in `tests/work/x` or `https://example.org/home/`, it is no place of a machine.
            let begins = |at: usize| {
                line[..at]
                    .chars()
                    .next_back()
                    .is_none_or(|before| " \"'`(=:,[<".contains(before))
            };
            let place = places
                .iter()
                .find(|place| line.match_indices(place.as_str()).any(|(at, _)| begins(at)));
            let registry = registries.iter().find(|host| line.contains(host.as_str()));
            found.extend(
                place
                    .or(registry)
                    .map(|name| format!("{}:{number}: {name}", file.path)),
            );
        }
    }
    assert_none("the repository must not depend on one machine", &found);
    let lock = read("ui/package-lock.json");
    assert!(
        !lock.contains("\"resolved\": \"http"),
        "ui/package-lock.json names hosts; ui/.npmrc has to omit them"
    );
}

#[test]
fn modules_of_the_core_know_only_those_below_them() {
    // `api::types` and `api::error` hold the words that cross the boundary; whoever answers may speak them.
    let below: &[(&str, &[&str])] = &[
        ("model", &["model"]),
        ("feed", &["model", "feed"]),
        ("store", &["model", "feed", "store", "api::types"]),
        ("search", &["model", "search", "api::types"]),
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
    assert_none("the order is model < feed, store, search < api", &found);
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
        .filter(|file| file.path.starts_with("crates/core/src/") && file.path.ends_with(".rs"))
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
fn the_typescript_side_of_the_boundary_is_fresh() {
    let written = read("ui/src/api/bindings.ts");
    assert!(
        written == atlas_core::api::bindings::typescript(),
        "run `cargo xtask bindings`"
    );
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

#[test]
fn the_window_may_call_its_commands_and_nothing_else() {
    let commands = [
        "query",
        "mutate",
        "open",
        "open_url",
        "ready",
        "system_language",
        "sync",
        "import_bundle",
        "cancel",
        "pick_path",
        "watch",
    ];
    let capability: Value =
        serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
    let allowed = commands.map(|name| Value::from(format!("allow-{}", name.replace('_', "-"))));
    assert_eq!(capability["permissions"], Value::from(allowed.to_vec()));
    assert_eq!(capability["windows"], Value::from(vec!["main"]));
    assert!(
        capability.get("remote").is_none(),
        "no other site may call anything"
    );
    let build = read("src-tauri/build.rs");
    assert!(
        commands
            .iter()
            .all(|name| build.contains(&format!("\"{name}\""))),
        "build.rs declares every command"
    );
    assert_eq!(
        fs::read_dir(root().join("src-tauri/capabilities"))
            .unwrap()
            .count(),
        1,
        "there is one capability"
    );
}

#[test]
fn the_window_loads_its_own_files_and_nothing_else() {
    let config: Value = serde_json::from_str(&read("src-tauri/tauri.conf.json")).unwrap();
    let security = &config["app"]["security"];
    assert_eq!(
        security["csp"],
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; \
         font-src 'self'; connect-src ipc: http://ipc.localhost; base-uri 'none'; form-action 'none'; frame-src 'none'; \
         object-src 'none'"
    );
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["capabilities"], Value::from(vec!["main"]));
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert!(
        config["build"].get("devUrl").is_none(),
        "the released window has no development server"
    );
    // A configuration for one platform would replace the list of windows, and with it size and background.
    let others = fs::read_dir(root().join("src-tauri"))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().into_string().unwrap());
    let others: BTreeSet<String> = others.filter(|name| name.starts_with("tauri.")).collect();
    assert_eq!(
        others,
        ["tauri.conf.json", "tauri.dev.conf.json"]
            .map(str::to_owned)
            .into()
    );
}
