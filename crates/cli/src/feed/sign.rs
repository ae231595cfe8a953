//! `atlas feed sign`: sign the newest generation, or prolong what is signed.
//!
//! The timestamp is signed anew every time; what lies below it only when it changed, when it has lost half of its
//! life, or when asked for. The timestamp is written last: until then readers see the former state, whole.

use atlas_core::feed::Digest;
use jiff::Timestamp;

use super::error::FeedError;
use super::folder::{self, Folder};
use super::history;
use super::keys::Key;
use super::ring::Ring;
use super::tree::{Signed, Tree};
use super::tuf;

/// What was signed.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Report {
    /// Generation that is signed now.
    #[serde(rename = "gen")]
    pub generation: u32,
    /// The signed roles, each with its version and until when it vouches.
    pub roles: Vec<(String, u64, String)>,
}

/// Signs the newest generation.
///
/// `anew` names roles to sign even when they need not be; root among them gets a new version with the same keys.
pub(crate) fn sign(
    folder: &Folder,
    ring: &Ring<'_>,
    anew: &[&str],
    now: Timestamp,
) -> Result<Report, FeedError> {
    let tree = Tree::new(&folder.public());
    folder.withdraw()?;
    let mut roles = Vec::new();
    if anew.contains(&"root") {
        let root = tree.newest_root()?;
        let expires = tuf::days_after(now, tuf::ROOT_DAYS)?;
        let signed = tuf::root(root.version + 1, &expires, &folder.config.keys);
        let keys = ring.of_role("root")?;
        put(
            &tree,
            &format!("{}.root.json", root.version + 1),
            &signed,
            &keys,
        )?;
        roles.push(("root".to_owned(), root.version + 1, expires));
    }
    let newest = history::newest(folder)?.ok_or_else(|| {
        FeedError::new(
            "还没有可签署的版本。请先运行 atlas feed build。",
            "There is no generation to sign yet. Run `atlas feed build` first.",
        )
    })?;
    let (generation, manifest) = newest;

    let former = tree.targets()?;
    let sha256 = Digest::of(&manifest).to_string();
    let same = former.as_ref().is_some_and(|targets| {
        targets.signed["targets"][tuf::TARGET]["hashes"]["sha256"] == sha256
    });
    let targets = if same && !anew.contains(&"targets") {
        fresh(former.as_ref(), tuf::TARGETS_DAYS, now)
    } else {
        None
    };
    let targets = if let Some(targets) = targets {
        targets.clone()
    } else {
        folder::write(&tree.target(&sha256), &manifest)?;
        let version = next(former.as_ref());
        let expires = tuf::days_after(now, tuf::TARGETS_DAYS)?;
        let signed = tuf::targets(version, &expires, &manifest);
        let keys = ring.of_role("targets")?;
        roles.push(("targets".to_owned(), version, expires));
        put(&tree, &format!("{version}.targets.json"), &signed, &keys)?
    };

    let former = tree.snapshot()?;
    let same = former
        .as_ref()
        .is_some_and(|snapshot| snapshot.pinned("targets.json") == Some(targets.version));
    let snapshot = if same && !anew.contains(&"snapshot") {
        fresh(former.as_ref(), tuf::SNAPSHOT_DAYS, now)
    } else {
        None
    };
    let snapshot = if let Some(snapshot) = snapshot {
        snapshot.clone()
    } else {
        let version = next(former.as_ref());
        let expires = tuf::days_after(now, tuf::SNAPSHOT_DAYS)?;
        let below = ("targets.json", targets.version, targets.bytes.as_slice());
        let signed = tuf::pin("snapshot", version, &expires, below);
        let keys = ring.of_role("snapshot")?;
        roles.push(("snapshot".to_owned(), version, expires));
        put(&tree, &format!("{version}.snapshot.json"), &signed, &keys)?
    };

    let version = next(tree.timestamp()?.as_ref());
    let expires = tuf::days_after(now, tuf::TIMESTAMP_DAYS)?;
    let below = ("snapshot.json", snapshot.version, snapshot.bytes.as_slice());
    let signed = tuf::pin("timestamp", version, &expires, below);
    let keys = ring.of_role("timestamp")?;
    roles.push(("timestamp".to_owned(), version, expires));
    put(&tree, "timestamp.json", &signed, &keys)?;
    Ok(Report { generation, roles })
}

fn put(
    tree: &Tree,
    name: &str,
    signed: &serde_json::Value,
    keys: &[Key],
) -> Result<Signed, FeedError> {
    let keys: Vec<&Key> = keys.iter().collect();
    let path = tree.tuf(name);
    let bytes = tuf::sign(signed, &keys);
    folder::write(&path, &bytes)?;
    Signed::parse(&path, bytes)
}

fn next(former: Option<&Signed>) -> u64 {
    former.map_or(1, |former| former.version + 1)
}

/// What is signed, while more than half of its life is left.
fn fresh(former: Option<&Signed>, days: i64, now: Timestamp) -> Option<&Signed> {
    former.filter(|former| {
        let expires: Option<Timestamp> = former.expires().parse().ok();
        expires
            .is_some_and(|expires| expires.as_second() - now.as_second() > days * 24 * 60 * 60 / 2)
    })
}
