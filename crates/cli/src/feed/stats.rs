//! `atlas feed stats`: how large the feed is, what it holds, and until when it is signed.

use std::collections::BTreeMap;

use atlas_core::model::Record;
use jiff::Timestamp;

use super::error::FeedError;
use super::folder::Folder;
use super::history;
use super::tree::Tree;

/// A retained generation.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Generation {
    /// Number.
    #[serde(rename = "gen")]
    pub number: u32,
    /// When it was published.
    pub published: String,
    /// Records.
    pub records: u32,
    /// Bytes of its snapshot.
    pub snapshot: u64,
    /// Bytes of the delta that leads from it to the newest; none where there is none.
    pub delta: Option<u32>,
}

/// A signed role.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Role {
    /// Name.
    #[serde(rename = "role")]
    pub name: String,
    /// Version.
    pub version: u64,
    /// Until when it vouches.
    pub expires: String,
    /// Whole days left; negative when it has run out.
    pub days: i64,
}

/// What the feed amounts to.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Report {
    /// Feed id.
    pub feed: String,
    /// Retained generations, newest first.
    pub generations: Vec<Generation>,
    /// Records of the newest generation by kind.
    pub kinds: BTreeMap<String, u32>,
    /// The same by how far their sources were verified.
    pub statuses: BTreeMap<String, u32>,
    /// Signed roles.
    pub roles: Vec<Role>,
    /// Whether the tree passed verification since it last changed.
    pub verified: bool,
}

/// Gathers what the feed amounts to.
pub(crate) fn stats(folder: &Folder, now: Timestamp) -> Result<Report, FeedError> {
    let mut report = Report {
        feed: folder.config.feed.clone(),
        generations: Vec::new(),
        kinds: BTreeMap::new(),
        statuses: BTreeMap::new(),
        roles: Vec::new(),
        verified: folder.upload().exists(),
    };
    let mut deltas = BTreeMap::new();
    for generation in history::generations(folder)?.into_iter().rev() {
        let (manifest, _) = history::manifest(folder, generation)?;
        if report.generations.is_empty() {
            deltas = manifest
                .deltas
                .iter()
                .map(|delta| (delta.from, delta.size))
                .collect();
            for ((kind, _), raw) in history::state(folder, &manifest)? {
                let status = serde_json::from_str::<Record>(&raw)
                    .ok()
                    .and_then(|record| record.head().status());
                let status = status.map_or("none", atlas_core::model::Status::code);
                *report.statuses.entry(status.to_owned()).or_default() += 1;
                *report.kinds.entry(kind).or_default() += 1;
            }
        }
        report.generations.push(Generation {
            number: generation,
            published: manifest.published.clone(),
            records: manifest.state.records,
            snapshot: manifest
                .snapshot
                .iter()
                .map(|info| u64::from(info.size))
                .sum(),
            delta: deltas.get(&generation).copied(),
        });
    }
    let tree = Tree::new(&folder.public());
    let files = [
        ("root", Some(tree.newest_root()?)),
        ("targets", tree.targets()?),
        ("snapshot", tree.snapshot()?),
        ("timestamp", tree.timestamp()?),
    ];
    for (role, file) in files {
        let Some(file) = file else { continue };
        let expires = file.expires().to_owned();
        let at = expires
            .parse::<Timestamp>()
            .unwrap_or(Timestamp::UNIX_EPOCH);
        report.roles.push(Role {
            name: role.to_owned(),
            version: file.version,
            expires,
            days: (at.as_second() - now.as_second()).div_euclid(24 * 60 * 60),
        });
    }
    Ok(report)
}
