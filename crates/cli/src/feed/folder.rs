//! The publisher's folder: what a publisher keeps, and the tree that everybody gets.
//!
//! ```text
//! feed.json      what the feed is, and the public halves of its keys
//! keys/          sealed keys; online ones stay here, root keys belong elsewhere
//! records/       what people edit: NDJSON, JSON, XLSX, CSV
//! inbox/         what others handed in, what was decided of it, and the receipts
//! edits.jsonl    confirmations and corrections, appended, never changed
//! history/<gen>/ manifest and snapshot of each generation that deltas still lead from
//! public/        the tree to upload; never holds a key
//! upload.txt     the files to upload, in order; there only after `verify` passed
//! ```
//! A file becomes visible whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use atlas_core::model::Text;
use serde::{Deserialize, Serialize};

use super::error::{FeedError, content, file};

/// What the feed is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Feed id.
    pub feed: String,
    /// Title.
    pub title: Text,
    /// Feed that this one continues and replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<String>,
    /// Notice to readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Text>,
    /// Public halves of the keys by name, hexadecimal.
    pub keys: BTreeMap<String, String>,
}

/// A publisher's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    /// Where it is.
    pub root: PathBuf,
    /// What the feed is.
    pub config: Config,
}

impl Folder {
    /// Opens a publisher's folder.
    pub(crate) fn open(root: &Path) -> Result<Self, FeedError> {
        let path = root.join("feed.json");
        let bytes = read_if_there(&path)?.ok_or_else(|| {
            FeedError::new(
                format!(
                    "{} 不是发布文件夹：没有 feed.json。请先运行 atlas feed init。",
                    root.display()
                ),
                format!(
                    "{} is no publisher's folder: it has no feed.json. Run `atlas feed init` first.",
                    root.display()
                ),
            )
        })?;
        let config = serde_json::from_slice(&bytes).map_err(|error| content(&path, error))?;
        Ok(Self {
            root: root.to_owned(),
            config,
        })
    }

    /// Writes what the feed is.
    pub(crate) fn save(&self) -> Result<(), FeedError> {
        let path = self.root.join("feed.json");
        let text =
            serde_json::to_string_pretty(&self.config).map_err(|error| content(&path, error))?;
        write(&path, format!("{text}\n").as_bytes())
    }

    /// The keys.
    pub(crate) fn keys(&self) -> PathBuf {
        self.root.join("keys")
    }

    /// The records as people edit them.
    pub(crate) fn records(&self) -> PathBuf {
        self.root.join("records")
    }

    /// The confirmations and corrections.
    pub(crate) fn edits(&self) -> PathBuf {
        self.root.join("edits.jsonl")
    }

    /// The generations from which deltas lead.
    pub(crate) fn history(&self) -> PathBuf {
        self.root.join("history")
    }

    /// The tree that everybody gets.
    pub(crate) fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    /// The list of files to upload, which is there only after a passed verification.
    pub(crate) fn upload(&self) -> PathBuf {
        self.root.join("upload.txt")
    }

    /// Takes back the word that the tree may be uploaded.
    pub(crate) fn withdraw(&self) -> Result<(), FeedError> {
        remove(&self.upload())
    }
}

/// Reads a file; none when it is not there.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, FeedError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file(path)(error)),
    }
}

/// Writes a file whole or not at all, and its folder where that is missing.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), FeedError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(file(folder))?;
    let mut part = tempfile::Builder::new()
        .prefix(".part-")
        .tempfile_in(folder)
        .map_err(file(folder))?;
    part.write_all(bytes).map_err(file(path))?;
    part.as_file().sync_all().map_err(file(path))?;
    // A temporary file is private; what is published must be readable by the server's user.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        part.as_file()
            .set_permissions(fs::Permissions::from_mode(0o644))
            .map_err(file(path))?;
    }
    part.persist(path)
        .map_err(|error| file(path)(error.error))?;
    Ok(())
}

/// Removes a file; that it is not there is fine.
pub(crate) fn remove(path: &Path) -> Result<(), FeedError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(file(path)(error)),
        _ => Ok(()),
    }
}

/// The names in a folder, sorted; none when it is not there. Hidden ones are left out.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, FeedError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(file(folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(file(folder))?.file_name();
        let name = name.to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}
