//! The published tree, as its publisher reads it back.
//!
//! Nothing here is verified: `verify` does that, with the client that everybody has.

use std::path::{Path, PathBuf};

use atlas_core::feed::Manifest;
use serde_json::Value;

use super::error::{FeedError, content};
use super::folder::read_if_there;
use super::tuf;

/// A signed file of the tree.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "the word of the format")]
pub(crate) struct Signed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What is signed.
    pub signed: Value,
    /// Its version.
    pub version: u64,
}

impl Signed {
    /// Reads a signed file.
    pub(crate) fn parse(path: &Path, bytes: Vec<u8>) -> Result<Self, FeedError> {
        let mut value: Value =
            serde_json::from_slice(&bytes).map_err(|error| content(path, error))?;
        let signed = value["signed"].take();
        let version = signed["version"]
            .as_u64()
            .ok_or_else(|| content(path, "no version"))?;
        Ok(Self {
            bytes,
            signed,
            version,
        })
    }

    /// Until when it vouches.
    pub(crate) fn expires(&self) -> &str {
        self.signed["expires"].as_str().unwrap_or_default()
    }

    /// The version of a file that it pins.
    pub(crate) fn pinned(&self, name: &str) -> Option<u64> {
        self.signed["meta"][name]["version"].as_u64()
    }
}

/// The published tree.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    /// Its base.
    pub base: PathBuf,
}

impl Tree {
    /// The tree at a base.
    pub(crate) fn new(base: &Path) -> Self {
        Self {
            base: base.to_owned(),
        }
    }

    /// Where a signed file lies.
    pub(crate) fn tuf(&self, name: &str) -> PathBuf {
        self.base.join("tuf").join(name)
    }

    /// Where the manifest with a hash lies.
    pub(crate) fn target(&self, sha256: &str) -> PathBuf {
        self.base
            .join("targets")
            .join(format!("{sha256}.{}", tuf::TARGET))
    }

    /// Where the pack with a hash lies.
    pub(crate) fn pack(&self, sha256: &str) -> PathBuf {
        self.base.join("packs").join(format!("{sha256}.zst"))
    }

    fn signed(&self, name: &str) -> Result<Option<Signed>, FeedError> {
        let path = self.tuf(name);
        read_if_there(&path)?
            .map(|bytes| Signed::parse(&path, bytes))
            .transpose()
    }

    /// A root.
    pub(crate) fn root(&self, version: u64) -> Result<Option<Signed>, FeedError> {
        self.signed(&format!("{version}.root.json"))
    }

    /// The newest root.
    pub(crate) fn newest_root(&self) -> Result<Signed, FeedError> {
        let mut newest = None;
        for version in 1.. {
            match self.root(version)? {
                Some(root) => newest = Some(root),
                None => break,
            }
        }
        newest.ok_or_else(|| {
            FeedError::new(
                format!("{} 中没有 tuf/1.root.json。", self.base.display()),
                format!("There is no tuf/1.root.json in {}.", self.base.display()),
            )
        })
    }

    /// The timestamp; none before the first signing.
    pub(crate) fn timestamp(&self) -> Result<Option<Signed>, FeedError> {
        self.signed("timestamp.json")
    }

    /// The snapshot that the timestamp pins.
    pub(crate) fn snapshot(&self) -> Result<Option<Signed>, FeedError> {
        match self.timestamp()?.and_then(|it| it.pinned("snapshot.json")) {
            Some(version) => self.signed(&format!("{version}.snapshot.json")),
            None => Ok(None),
        }
    }

    /// The list of targets that the snapshot pins.
    pub(crate) fn targets(&self) -> Result<Option<Signed>, FeedError> {
        match self.snapshot()?.and_then(|it| it.pinned("targets.json")) {
            Some(version) => self.signed(&format!("{version}.targets.json")),
            None => Ok(None),
        }
    }

    /// The manifest that is signed.
    pub(crate) fn manifest(&self) -> Result<Option<(Manifest, Vec<u8>)>, FeedError> {
        let Some(targets) = self.targets()? else {
            return Ok(None);
        };
        let sha256 = targets.signed["targets"][tuf::TARGET]["hashes"]["sha256"]
            .as_str()
            .unwrap_or_default();
        let path = self.target(sha256);
        let bytes = read_if_there(&path)?.ok_or_else(|| content(&path, "the file is missing"))?;
        let manifest = Manifest::parse(&bytes).map_err(|error| content(&path, error))?;
        Ok(Some((manifest, bytes)))
    }
}

/// Whether a path, from the base, may name a file of a published tree: nothing else is listed, served or uploaded.
pub(crate) fn is_published(path: &str) -> bool {
    let hash = |text: &str| {
        text.len() == 64
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let version = |text: &str| {
        (1..=10).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && !text.starts_with('0')
    };
    match path.split_once('/') {
        Some(("packs", name)) => name.strip_suffix(".zst").is_some_and(hash),
        Some(("targets", name)) => name.strip_suffix(".manifest.json").is_some_and(hash),
        Some(("tuf", "timestamp.json")) => true,
        Some(("tuf", name)) => [".root.json", ".snapshot.json", ".targets.json"]
            .iter()
            .any(|end| name.strip_suffix(end).is_some_and(version)),
        _ => false,
    }
}
