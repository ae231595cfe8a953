//! The libraries inside the programs, with their licences and notices, as a text that goes along.
//!
//! Crates are those that cargo links for this system; the libraries of the screens are listed by the tool that packs
//! them. Whether each licence may be there at all is decided by `deny.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::entries;
use crate::Failure;
use crate::process::cargo;

/// What vite writes about the libraries of the screens.
const SCREENS: &str = "ui/dist/licenses.md";

/// A crate: its licence as SPDX expression, and where it comes from.
struct Library {
    name: String,
    version: String,
    licence: String,
    repository: String,
}

/// The list, then every text once with those that it belongs to.
pub(super) fn list() -> Result<String, Failure> {
    let libraries = libraries()?;
    let sources = sources()?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut list = format!(
        "Scenario Atlas is linked with {} libraries of others. First the list, then the licences and notices.\n\n",
        libraries.len()
    );
    // Crates of one repository often share a text that only some of them carry.
    let mut by_repository: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut own: Vec<Vec<String>> = Vec::new();
    for library in &libraries {
        let found = notices(&sources, library);
        if !found.is_empty() {
            by_repository
                .entry(&library.repository)
                .or_insert_with(|| found.clone());
        }
        own.push(found);
    }
    for (library, mut found) in libraries.iter().zip(own) {
        let Library {
            name,
            version,
            licence,
            repository,
        } = library;
        if licence.is_empty() {
            return Err(format!("{name} {version} states no licence"));
        }
        let _ = writeln!(list, "{name} {version}\n    {licence}\n    {repository}");
        if found.is_empty() {
            found = by_repository
                .get(repository.as_str())
                .cloned()
                .unwrap_or_default();
        }
        for text in found {
            texts
                .entry(text)
                .or_default()
                .push(format!("{name} {version}"));
        }
    }
    let mut texts: Vec<(String, Vec<String>)> = texts.into_iter().collect();
    texts.sort_by(|(a, one), (b, other)| other.len().cmp(&one.len()).then_with(|| a.cmp(b)));
    for (text, of) in texts {
        let _ = write!(
            list,
            "\n{}\n{}\n\n{}\n",
            "=".repeat(80),
            of.join(", "),
            text.trim()
        );
    }
    let screens = fs::read_to_string(SCREENS).map_err(|error| format!("{SCREENS}: {error}"))?;
    let _ = write!(
        list,
        "\n{}\n\nInside the screens of the window\n\n{screens}",
        "=".repeat(80)
    );
    Ok(list)
}

/// The crates of others that are linked.
fn libraries() -> Result<Vec<Library>, Failure> {
    let mut command = cargo();
    command.args([
        "tree",
        "--locked",
        "--package",
        "scenario-atlas",
        "--package",
        "atlas-cli",
    ]);
    command.args([
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--no-dedupe",
    ]);
    command.args(["--format", "{p}|{l}|{r}"]);
    let told = command
        .output()
        .map_err(|error| format!("cargo tree: {error}"))?;
    if !told.status.success() {
        return Err(format!(
            "cargo tree: {}",
            String::from_utf8_lossy(&told.stderr)
        ));
    }
    let mut lines: Vec<String> = String::from_utf8_lossy(&told.stdout)
        .lines()
        .map(str::to_owned)
        .collect();
    lines.sort();
    lines.dedup();
    Ok(lines.iter().filter_map(|line| library(line)).collect())
}

/// A line of the tree; nothing for a package of this repository, which has its path behind the version.
fn library(line: &str) -> Option<Library> {
    let mut parts = line.split('|');
    let mut words = parts.next()?.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    if words.next().is_some() {
        return None;
    }
    Some(Library {
        name: name.to_owned(),
        version: version.to_owned(),
        licence: parts.next()?.to_owned(),
        repository: parts
            .next()?
            .trim_end_matches('/')
            .trim_end_matches(".git")
            .to_owned(),
    })
}

/// Where cargo unpacks crates.
fn sources() -> Result<Vec<PathBuf>, Failure> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let registry = home.ok_or("there is no home folder")?.join("registry/src");
    entries(&registry)
}

/// The texts that a crate carries, in its own folder and those of what it is built around.
fn notices(sources: &[PathBuf], library: &Library) -> Vec<String> {
    let folder = format!("{}-{}", library.name, library.version);
    let Some(folder) = sources
        .iter()
        .map(|source| source.join(&folder))
        .find(|folder| folder.is_dir())
    else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for entry in entries(&folder).unwrap_or_default() {
        if entry.is_dir() {
            files.extend(entries(&entry).unwrap_or_default());
        } else {
            files.push(entry);
        }
    }
    let mut texts: Vec<String> = files
        .iter()
        .filter(|file| is_notice(file))
        .filter_map(|file| fs::read_to_string(file).ok())
        .map(|text| text.replace("\r\n", "\n"))
        .collect();
    texts.dedup();
    texts
}

fn is_notice(file: &Path) -> bool {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let code = file.extension().is_some_and(|ending| {
        ["rs", "c", "h", "py", "spdx"]
            .iter()
            .any(|code| ending == *code)
    });
    let begins = [
        "license",
        "licence",
        "copying",
        "copyright",
        "notice",
        "unlicense",
    ];
    file.is_file() && !code && begins.iter().any(|begin| name.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_tree_is_a_crate_of_others_or_one_of_ours() {
        let found = library("tar v0.4.1|MIT OR Apache-2.0|https://example.org/tar.git").unwrap();
        assert_eq!(
            (found.name.as_str(), found.version.as_str()),
            ("tar", "0.4.1")
        );
        assert_eq!(found.licence, "MIT OR Apache-2.0");
        assert_eq!(found.repository, "https://example.org/tar");
        assert!(library("atlas-core v0.1.0 (/somewhere)|Apache-2.0|").is_none());
        assert!(library("").is_none());
    }

    #[test]
    fn every_linked_crate_states_a_licence_that_may_be_linked() {
        let allowed = fs::read_to_string(crate::process::root().join("deny.toml")).unwrap();
        for library in libraries().unwrap() {
            let known = library
                .licence
                .split(['/', '(', ')'])
                .flat_map(|part| part.split(" OR "))
                .flat_map(|part| part.split(" AND "))
                .any(|name| {
                    !name.trim().is_empty() && allowed.contains(&format!("\"{}\"", name.trim()))
                });
            assert!(
                known,
                "{} {}: {}",
                library.name, library.version, library.licence
            );
        }
    }
}
