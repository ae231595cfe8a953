//! A made-up publisher: a whole signed feed in a folder, and ways to get it wrong. It shares no code with the real
//! publisher's tool, so that an error in one shows in the other.

pub mod certificates;
pub mod keys;
pub mod packs;
pub mod server;

use std::fs;
use std::path::{Path, PathBuf};

use atlas_core::feed::Digest;
use serde_json::{Value, json};

use keys::{Key, envelope};
use packs::{Pack, Records};

/// When everything of a fixture is published.
pub const PUBLISHED: &str = "2026-11-22T00:00:00Z";
/// When everything runs out unless a test says otherwise.
pub const EXPIRES: &str = "2026-12-06T00:00:00Z";

/// The signed parts of the three lower roles, before signing.
pub struct Roles {
    /// Lists the manifest.
    pub targets: Value,
    /// Pins the version of `targets`.
    pub snapshot: Value,
    /// Pins the version of `snapshot`.
    pub timestamp: Value,
}

/// A feed in a folder.
pub struct Feed {
    folder: tempfile::TempDir,
    /// Feed id.
    pub id: String,
    /// Keys of the root, of which two must sign.
    pub root_keys: Vec<Key>,
    /// Key of targets, snapshot and timestamp, in this order.
    pub keys: [Key; 3],
    /// The root, before signing.
    pub root: Value,
    /// The lower roles.
    pub roles: Roles,
    /// The manifest.
    pub manifest: Value,
    /// The newest generation.
    pub generation: u32,
    /// Its records.
    pub records: Records,
    /// The generations before, oldest first.
    pub history: Vec<(u32, Records)>,
    /// Zero gives the feed other keys than one.
    pub series: u8,
}

impl Feed {
    /// A feed without a generation; `series` chooses its keys.
    pub fn new(id: &str, series: u8) -> Self {
        let key = |number: u8| Key::new(series * 16 + number);
        let role = |kind: &str| json!({ "_type": kind, "spec_version": "1.0.31", "version": 0, "expires": EXPIRES });
        let mut feed = Self {
            folder: tempfile::tempdir().expect("a folder can be made"),
            id: id.to_owned(),
            root_keys: vec![key(1), key(2), key(3)],
            keys: [key(4), key(5), key(6)],
            root: Value::Null,
            roles: Roles {
                targets: role("targets"),
                snapshot: role("snapshot"),
                timestamp: role("timestamp"),
            },
            manifest: Value::Null,
            generation: 0,
            records: Records::new(),
            history: Vec::new(),
            series,
        };
        for folder in ["tuf", "targets", "packs"] {
            fs::create_dir_all(feed.path().join(folder)).expect("a folder can be made");
        }
        feed.root = feed.root_of(1);
        feed.write_root(&[0, 1]);
        feed
    }

    /// A feed with one generation of these records.
    pub fn with(id: &str, series: u8, records: &[Value]) -> Self {
        let mut feed = Self::new(id, series);
        for record in records {
            feed.put(record);
        }
        feed.publish();
        feed
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder as an address.
    pub fn base(&self) -> String {
        self.path().display().to_string()
    }

    /// The fingerprint that its publisher would print elsewhere.
    pub fn fingerprint(&self) -> String {
        Digest::of(&self.read("tuf/1.root.json")).to_string()
    }

    /// Reads a file of the tree.
    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path().join(path)).expect("the file is there")
    }

    /// Writes a file of the tree.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        fs::write(self.path().join(path), bytes).expect("the file can be written");
    }

    /// Removes a file of the tree.
    pub fn remove_file(&self, path: &str) {
        fs::remove_file(self.path().join(path)).expect("the file is there");
    }

    /// The root of a version, from the keys as they are now.
    pub fn root_of(&self, version: u32) -> Value {
        let all = self.root_keys.iter().chain(&self.keys);
        let declared: serde_json::Map<String, Value> =
            all.map(|key| (key.id.clone(), key.declared())).collect();
        let one = |key: &Key| json!({ "keyids": [key.id], "threshold": 1 });
        let ids: Vec<&str> = self.root_keys.iter().map(|key| key.id.as_str()).collect();
        json!({
            "_type": "root", "spec_version": "1.0.31", "version": version, "expires": "2028-11-22T00:00:00Z",
            "consistent_snapshot": true, "keys": declared,
            "roles": {
                "root": { "keyids": ids, "threshold": 2 }, "targets": one(&self.keys[0]),
                "snapshot": one(&self.keys[1]), "timestamp": one(&self.keys[2]),
            },
        })
    }

    /// Writes the root, signed by the root keys of these numbers.
    pub fn write_root(&self, signers: &[usize]) {
        let keys: Vec<&Key> = signers
            .iter()
            .map(|&number| &self.root_keys[number])
            .collect();
        self.write_root_signed(&keys);
    }

    /// Writes the root, signed by these keys.
    pub fn write_root_signed(&self, keys: &[&Key]) {
        let path = format!("tuf/{}.root.json", self.root["version"]);
        self.write(&path, &envelope(&self.root, keys));
    }

    /// Exchanges the root keys and one of the lower keys properly: the next root is signed by old and new.
    pub fn rotate(&mut self) {
        let version = self.root["version"].as_u64().unwrap_or(0) as u8 + 1;
        let next = |number: u8| Key::new(100 + self.series * 8 + version * 4 + number);
        let new = vec![next(0), next(1), next(2)];
        let old = std::mem::replace(&mut self.root_keys, new);
        self.root = self.root_of(u32::from(version));
        self.write_root_signed(&[&old[0], &old[1], &self.root_keys[0], &self.root_keys[1]]);
        self.sign();
    }

    /// Adds or replaces a record.
    pub fn put(&mut self, record: &Value) {
        let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        self.records
            .insert((text("kind"), text("id")), record.to_string());
    }

    /// Removes a record.
    pub fn remove(&mut self, kind: &str, id: &str) {
        self.records.remove(&(kind.to_owned(), id.to_owned()));
    }

    /// Publishes the records as the next generation, with deltas from all before.
    pub fn publish(&mut self) {
        self.publish_as(|_| {});
    }

    /// Publishes with a manifest that a test changes.
    pub fn publish_as(&mut self, change: impl FnOnce(&mut Value)) {
        self.generation += 1;
        let snapshot = packs::snapshot(&self.id, self.generation, &self.records);
        let deltas: Vec<Pack> = self
            .history
            .iter()
            .map(|(from, records)| {
                packs::delta(&self.id, (*from, records), (self.generation, &self.records))
            })
            .collect();
        self.manifest = json!({
            "format": "atlas-feed", "v": 1, "feed": self.id, "title": { "zh": "测试来源", "en": "Fixture feed" },
            "gen": self.generation, "published": PUBLISHED, "state": packs::state(&self.records),
            "snapshot": [self.add_pack(&snapshot)],
            "deltas": deltas.iter().map(|delta| self.add_pack(delta)).collect::<Vec<_>>(),
        });
        self.history.push((self.generation, self.records.clone()));
        change(&mut self.manifest);
        self.sign_manifest();
    }

    /// Writes a pack and answers how a manifest names it.
    pub fn add_pack(&self, pack: &Pack) -> Value {
        let hash = pack.info["sha256"].as_str().unwrap_or_default();
        self.write(&format!("packs/{hash}.zst"), &pack.bytes);
        pack.info.clone()
    }

    /// Writes the manifest and signs everything that vouches for it.
    pub fn sign_manifest(&mut self) {
        let bytes = self.manifest.to_string().into_bytes();
        let hash = Digest::of(&bytes).to_string();
        self.write(&format!("targets/{hash}.manifest.json"), &bytes);
        self.roles.targets["targets"] =
            json!({ "manifest.json": { "length": bytes.len(), "hashes": { "sha256": hash } } });
        self.sign();
    }

    /// Signs the lower roles anew, each with the next version.
    pub fn sign(&mut self) {
        for role in [
            &mut self.roles.targets,
            &mut self.roles.snapshot,
            &mut self.roles.timestamp,
        ] {
            role["version"] = json!(role["version"].as_u64().unwrap_or(0) + 1);
        }
        self.write_roles();
    }

    /// Writes the lower roles as they are.
    pub fn write_roles(&mut self) {
        let version = |role: &Value| role["version"].as_u64().unwrap_or(0);
        self.roles.snapshot["meta"] =
            json!({ "targets.json": { "version": version(&self.roles.targets) } });
        self.roles.timestamp["meta"] =
            json!({ "snapshot.json": { "version": version(&self.roles.snapshot) } });
        let numbered = |role: &Value, name: &str| format!("tuf/{}.{name}.json", version(role));
        self.write(
            &numbered(&self.roles.targets, "targets"),
            &envelope(&self.roles.targets, &[&self.keys[0]]),
        );
        self.write(
            &numbered(&self.roles.snapshot, "snapshot"),
            &envelope(&self.roles.snapshot, &[&self.keys[1]]),
        );
        self.write_timestamp();
    }

    /// Writes the timestamp as it is.
    pub fn write_timestamp(&self) {
        self.write(
            "tuf/timestamp.json",
            &envelope(&self.roles.timestamp, &[&self.keys[2]]),
        );
    }

    /// Every file of the tree by path.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        for folder in ["tuf", "targets", "packs"] {
            for entry in fs::read_dir(self.path().join(folder)).expect("the folder is there") {
                let name = entry.expect("it can be listed").file_name();
                let path = format!("{folder}/{}", name.to_string_lossy());
                let bytes = self.read(&path);
                files.push((path, bytes));
            }
        }
        files.sort();
        files
    }

    /// A copy of the whole tree as it is now.
    pub fn copy(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().expect("a folder can be made");
        for (path, bytes) in self.files() {
            let path = copy.path().join(path);
            fs::create_dir_all(path.parent().expect("it has one")).expect("a folder can be made");
            fs::write(path, bytes).expect("the file can be written");
        }
        copy
    }

    /// The tree as one file.
    pub fn bundle(&self, to: &Path) -> PathBuf {
        let path = to.join(format!("{}-{}.atlas", self.id, self.generation));
        write_bundle(&path, &self.files());
        path
    }
}

/// Writes a bundle of these entries.
pub fn write_bundle(path: &Path, entries: &[(String, Vec<u8>)]) {
    use std::io::Write as _;
    let file = fs::File::create(path).expect("the file can be made");
    let mut zip = zip::ZipWriter::new(file);
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in entries {
        zip.start_file(name.as_str(), stored)
            .expect("an entry can be begun");
        zip.write_all(bytes).expect("an entry can be written");
    }
    zip.finish().expect("a bundle can be ended");
}
