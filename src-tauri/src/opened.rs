//! Files opened with the program: by a double click, or named in the terminal.
//!
//! Invariant: only what has the ending of a bundle and is there goes on; it then takes the door of a dropped file, where
//! the core reads it within its limits. The window opens either way.

use std::path::Path;

use clap::Parser as _;

use crate::Options;

/// Endings of files that the page knows what to do with.
pub(crate) const ENDINGS: [&str; 3] = ["atlas", "atlaswork", "atlasreceipt"];

/// The file that this process was started with.
pub(crate) fn by_this_start(options: &Options) -> Option<String> {
    let folder = std::env::current_dir().unwrap_or_default();
    path(options.file.as_deref()?, &folder)
}

/// The file that another process was started with, which ends for the sake of this one: its words, and where it ran.
pub(crate) fn by_second_start(words: &[String], folder: &Path) -> Option<String> {
    let options = Options::try_parse_from(words).ok()?;
    path(options.file.as_deref()?, folder)
}

/// The full path of a file that the page may be told of. The log says that there was one, not which: paths are private.
fn path(named: &Path, folder: &Path) -> Option<String> {
    let full = folder.join(named);
    let known = full
        .extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| {
            ENDINGS
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        });
    if !known || !full.exists() {
        log::warn!("asked to open what is no bundle, or not there");
        return None;
    }
    log::info!("asked to open a bundle");
    full.into_os_string().into_string().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(folder: &Path, words: &[&str]) -> Option<String> {
        let words: Vec<String> = ["scenario-atlas"]
            .iter()
            .chain(words)
            .map(|&word| word.to_owned())
            .collect();
        by_second_start(&words, folder)
    }

    #[test]
    fn a_second_start_hands_over_a_bundle_that_is_there_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        for name in ["目录 1.ATLAS", "needs.atlaswork", "secret.txt"] {
            std::fs::write(folder.join(name), "fixture").unwrap();
        }
        let full = |name: &str| Some(folder.join(name).to_string_lossy().into_owned());
        assert_eq!(second(folder, &["目录 1.ATLAS"]), full("目录 1.ATLAS"));
        assert_eq!(
            second(
                Path::new("/"),
                &["--data-dir", "/x", &full("needs.atlaswork").unwrap()]
            ),
            full("needs.atlaswork")
        );
        for refused in ["secret.txt", "missing.atlas", "", "--nonsense"] {
            assert_eq!(second(folder, &[refused]), None, "{refused}");
        }
        assert_eq!(second(folder, &[]), None);
    }
}
