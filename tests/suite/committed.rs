//! Ranks that are committed: a change that moves them shows them, and says how to commit what is better.

use std::path::Path;

/// Fails when `found` is not what the file holds; with `ATLAS_BLESS=1` in the environment, writes the file first.
pub fn same_as_committed(file: &Path, found: &str) {
    #[expect(clippy::disallowed_methods, reason = "the one switch of these tests")]
    let bless = std::env::var("ATLAS_BLESS").is_ok();
    if bless {
        std::fs::write(file, found).unwrap();
    }
    let before = std::fs::read_to_string(file).unwrap_or_default();
    let differences: Vec<String> = before
        .lines()
        .zip(found.lines())
        .filter(|(before, now)| before != now)
        .map(|(before, now)| format!("- {before}\n+ {now}"))
        .collect();
    assert!(
        before == found,
        "{} changed (commit it with ATLAS_BLESS=1 if for the better):\n{}",
        file.display(),
        differences.join("\n")
    );
}
