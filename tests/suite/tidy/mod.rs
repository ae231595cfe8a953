//! Rules of the house that no compiler checks. Each failure names the file and what to do about it.

mod fuzz;
mod layers;
mod packages;
mod screens;
mod text;
mod window;

use std::fs;
use std::path::{Path, PathBuf};

/// A text file of the repository.
pub(crate) struct File {
    /// Path from the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn ends_with(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .split('\n')
            .enumerate()
            .map(|(index, line)| (index + 1, line))
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Everything that a person wrote: no build output, nothing fetched.
pub(crate) fn files() -> Vec<File> {
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
pub(crate) fn is_source(file: &File) -> bool {
    let generated = ["Cargo.lock", "package-lock.json", "ui/src/api/bindings.ts"];
    !file.path.starts_with("assets/")
        && !file.ends_with(&generated)
        && !file.ends_with(&[".jsonl", ".csv", ".tsv"])
}

pub(crate) fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}
