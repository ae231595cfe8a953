//! Keys, signatures and servers, tried with made-up feeds.

mod keeping;
mod servers;
mod trust;

use std::path::{Path, PathBuf};

use atlas_core::model::Text;
use jiff::Timestamp;

use super::folder::Folder;
use super::passphrase::Passphrases;
use super::{build, init, ring::Ring, sign, verify};
use crate::args::Language;

/// A time for tests.
pub(super) fn now() -> Timestamp {
    "2026-11-25T08:00:00Z".parse().unwrap()
}

/// A made-up feed in a temporary folder.
pub(super) struct Fixture {
    _temp: tempfile::TempDir,
    pub(super) root: PathBuf,
    pub(super) passphrases: Passphrases,
}

impl Fixture {
    /// A feed with one record, built, signed and verified.
    pub(super) fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("feed");
        let secret = temp.path().join("passphrase");
        std::fs::write(&secret, "fixture passphrase\n").unwrap();
        let files = [secret.display().to_string()];
        let passphrases = Passphrases::new(&files, Language::En);
        let new = init::New {
            id: Some("fixture"),
            title: Text::zh("夹具目录"),
            continues: None,
        };
        init::init(&root, &new, &passphrases, now()).unwrap();
        let fixture = Self {
            _temp: temp,
            root,
            passphrases,
        };
        fixture.publish("夹具案例", now());
        fixture
    }

    pub(super) fn folder(&self) -> Folder {
        Folder::open(&self.root).unwrap()
    }

    pub(super) fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    /// Publishes a generation with one record of that name.
    pub(super) fn publish(&self, name: &str, now: Timestamp) {
        self.write(name);
        let folder = self.folder();
        let report = build::build(&folder, now).unwrap();
        assert!(
            report.built.is_some_and(|built| built.new),
            "{:?}",
            report.findings
        );
        let ring = Ring::new(&folder, &[], &self.passphrases).unwrap();
        sign::sign(&folder, &ring, &[], now).unwrap();
        verify::verify(&folder, now).unwrap();
    }

    /// Writes the record.
    pub(super) fn write(&self, name: &str) {
        let line = serde_json::json!({
            "kind": "case", "id": "fixture-1", "name": { "zh": name },
            "sources": [{ "key": "s1", "cited": "夹具公报", "checked": "2026-03-05", "status": "excerpt" }],
        });
        std::fs::write(self.root.join("records/fixture.jsonl"), format!("{line}\n")).unwrap();
    }
}

/// All files below a folder.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files
}
