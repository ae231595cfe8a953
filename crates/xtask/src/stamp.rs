//! Remembers what something was built from, so that it is built again only when that changed.
//!
//! Content decides, not time: a fresh checkout or a branch switch touches times without changing anything.

use std::fs;
use std::path::{Path, PathBuf};

/// A stamp file and what it should say.
pub(crate) struct Stamp {
    file: PathBuf,
    wanted: String,
}

impl Stamp {
    /// Compares `sources` with the stamp in `file`. Folders count with everything below them, except what starts
    /// with a dot and what is built.
    pub(crate) fn of(file: &str, sources: &[&str]) -> Self {
        let mut hash = Fnv::default();
        for source in sources {
            add(&mut hash, Path::new(source));
        }
        Self {
            file: file.into(),
            wanted: format!("{:016x}\n", hash.0),
        }
    }

    /// Whether the sources are those of the last [`Stamp::set`].
    pub(crate) fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|found| found == self.wanted)
    }

    /// Remembers the sources. A stamp that cannot be written costs another build and nothing else.
    pub(crate) fn set(&self) {
        if let Err(error) = fs::write(&self.file, &self.wanted) {
            eprintln!("cannot write {}: {error}", self.file.display());
        }
    }
}

fn add(hash: &mut Fnv, path: &Path) {
    if path.is_dir() {
        let mut below: Vec<PathBuf> = fs::read_dir(path)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        below.sort();
        for path in below {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if !name.starts_with('.')
                && !["node_modules", "dist", "dist-fake"].contains(&name.as_str())
            {
                add(hash, &path);
            }
        }
    } else {
        hash.add(path.to_string_lossy().as_bytes());
        hash.add(&fs::read(path).unwrap_or_default());
    }
}

/// FNV-1a with 64 bits: enough to notice a change, and ten lines instead of a dependency.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        // The length keeps `ab` + `c` apart from `a` + `bc`.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_holds_until_a_source_changes_its_content_or_its_name() {
        let dir = std::env::temp_dir().join(format!("stamp-{}", std::process::id()));
        let sources = dir.join("src");
        fs::create_dir_all(sources.join("node_modules")).unwrap();
        let file = dir.join("stamp").to_string_lossy().into_owned();
        let stamp = || Stamp::of(&file, &[&sources.to_string_lossy()]);

        fs::write(sources.join("a"), "1").unwrap();
        assert!(!stamp().is_current());
        stamp().set();
        fs::write(sources.join("a"), "1").unwrap();
        fs::write(sources.join("node_modules/b"), "built").unwrap();
        assert!(stamp().is_current());
        fs::write(sources.join("a"), "2").unwrap();
        assert!(!stamp().is_current());
        stamp().set();
        fs::rename(sources.join("a"), sources.join("b")).unwrap();
        assert!(!stamp().is_current());
        fs::remove_dir_all(dir).unwrap();
    }
}
