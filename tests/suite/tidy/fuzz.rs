//! Rules for the fuzz targets, which no other build compiles.

use std::collections::BTreeSet;
use std::fs;

use super::{read, root};

fn names(folder: &str) -> BTreeSet<String> {
    fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn every_target_can_be_run_by_its_name_and_starts_from_seeds() {
    let targets = names("tests/fuzz/fuzz_targets");
    assert!(!targets.is_empty());
    let (command, package) = (
        read("crates/xtask/src/fuzz.rs"),
        read("tests/fuzz/Cargo.toml"),
    );
    for target in &targets {
        assert!(
            command.contains(&format!("\"{target}\",")),
            "crates/xtask/src/fuzz.rs: name the target {target}"
        );
        assert!(
            package.contains(&format!("name = \"{target}\"")),
            "tests/fuzz/Cargo.toml: name the target {target}"
        );
        let seeds = root().join("tests/fuzz/corpus").join(target);
        assert!(
            fs::read_dir(&seeds).is_ok_and(|mut seeds| seeds.next().is_some()),
            "tests/fuzz/corpus/{target}: give the target a seed, without one it does not start"
        );
    }
}
