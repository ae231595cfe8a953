//! Rules for what is written down: length, leftovers, places.

use super::{File, assert_none, files, is_source, read};

/// Longer files are two things in one.
const LINES: usize = 600;

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
