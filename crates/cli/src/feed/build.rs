//! `atlas feed build`: from the folder of records to the next generation.
//!
//! Nothing is built while a finding stands that readers would suffer from. The same records, edits and time give the
//! same bytes. A generation that was built and not signed yet is replaced by the next build; one that was signed never is.

use std::collections::BTreeSet;

use atlas_core::feed::manifest::{self, Delta, Schema, State};
use atlas_core::feed::{Digest, Manifest, PackInfo, digest, limits};
use atlas_core::model::Date;
use jiff::{Span, Timestamp};

use super::error::{FeedError, content, file};
use super::folder::{self, Folder};
use super::lints::{self, Finding};
use super::records::{edits, read};
use super::tree::Tree;
use super::{history, packs};

/// Packs and signed files that nobody needs any more stay so long for readers who are just fetching them.
const GRACE_DAYS: i64 = 30;

/// What a build gave.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Report {
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// The generation; none when a finding stopped it.
    pub built: Option<Built>,
}

/// A generation that was built.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Built {
    /// Generation.
    #[serde(rename = "gen")]
    pub generation: u32,
    /// False when the records are those of the last generation, which then stays the newest.
    pub new: bool,
    /// Records.
    pub records: u32,
    /// Bytes of the snapshot.
    pub snapshot: u64,
    /// Digest of the state.
    pub digest: String,
    /// Deltas by the generation they lead from, with their bytes.
    pub deltas: Vec<(u32, u32)>,
}

/// Builds the next generation.
pub(crate) fn build(folder: &Folder, now: Timestamp) -> Result<Report, FeedError> {
    let today = Date::parse(&now.strftime("%Y-%m-%d").to_string())
        .map_err(|error| FeedError::new(error.to_string(), error.to_string()))?;
    let mut findings = Vec::new();
    let mut drafts = read::read(&folder.records(), &mut findings)?;
    let edits = edits::read(&folder.edits())?;
    edits::apply(&mut drafts, &edits, &mut findings);
    let state = lints::check(&drafts, &folder.config.feed, &today, &mut findings);
    if findings.iter().any(|finding| finding.rule.stops()) {
        return Ok(Report {
            findings,
            built: None,
        });
    }
    if state.is_empty() {
        return Err(FeedError::new(
            format!("{} 中没有记录。", folder.records().display()),
            format!("There are no records in {}.", folder.records().display()),
        ));
    }
    let built = next(folder, &state, now)?;
    Ok(Report {
        findings,
        built: Some(built),
    })
}

/// Makes the next generation of a state.
fn next(folder: &Folder, state: &packs::State, now: Timestamp) -> Result<Built, FeedError> {
    let tree = Tree::new(&folder.public());
    let signed = tree.manifest()?.map(|(manifest, _)| manifest);
    let base = signed.as_ref().map_or(0, |manifest| manifest.generation);
    // What was built after the signed generation never went out.
    for generation in history::generations(folder)? {
        if generation > base {
            history::forget(folder, generation)?;
        }
    }
    let digest = packs::digest_of(state).to_string();
    if let Some(signed) = &signed
        && signed.state.digest == digest
        && signed.title == folder.config.title
        && signed.notice == folder.config.notice
        && signed.continues == folder.config.continues
    {
        return Ok(Built {
            generation: signed.generation,
            new: false,
            records: signed.state.records,
            snapshot: sum(&signed.snapshot),
            digest,
            deltas: sizes(&signed.deltas),
        });
    }
    folder.withdraw()?;
    let generation = base + 1;
    let feed = &folder.config.feed;
    let published = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let snapshot = packs::snapshot(feed, generation, state)?;
    let infos: Vec<PackInfo> = snapshot.iter().map(|pack| pack.info.clone()).collect();
    let mut deltas = Vec::new();
    for from in retain(folder, generation, now)? {
        let (older, _) = history::manifest(folder, from)?;
        let old = history::state(folder, &older)?;
        let (pack, delta) = packs::delta(feed, (from, &old), (generation, state))?;
        // A delta half as large as the whole saves nobody anything worth a file.
        if u64::from(delta.size) * 2 < sum(&infos) && deltas.len() < limits::DELTAS {
            folder::write(&tree.pack(&pack.info.sha256), &pack.bytes)?;
            deltas.push(delta);
        }
    }
    for pack in &snapshot {
        folder::write(&tree.pack(&pack.info.sha256), &pack.bytes)?;
    }
    let count = u32::try_from(state.len()).unwrap_or(u32::MAX);
    let manifest = Manifest {
        format: manifest::FORMAT.to_owned(),
        v: manifest::VERSION,
        feed: feed.clone(),
        title: folder.config.title.clone(),
        generation,
        published,
        continues: folder.config.continues.clone(),
        state: State {
            algo: digest::ALGORITHM.to_owned(),
            digest: digest.clone(),
            records: count,
        },
        snapshot: infos,
        deltas,
        min_client: None,
        schema: Some(Schema {
            major: manifest::SCHEMA,
            minor: 0,
        }),
        notice: folder.config.notice.clone(),
    };
    let place = folder.history();
    let bytes = serde_json::to_vec(&manifest).map_err(|error| content(&place, error))?;
    // What readers would refuse is not published.
    Manifest::parse(&bytes).map_err(|error| content(&place, error))?;
    history::keep(folder, generation, &bytes, &snapshot)?;
    prune(folder, &tree, now)?;
    Ok(Built {
        generation,
        new: true,
        records: count,
        snapshot: sum(&manifest.snapshot),
        digest,
        deltas: sizes(&manifest.deltas),
    })
}

/// Lets go of generations from which no delta shall lead, and answers those that stay.
fn retain(folder: &Folder, generation: u32, now: Timestamp) -> Result<Vec<u32>, FeedError> {
    let mut published = Vec::new();
    for older in history::generations(folder)? {
        published.push((older, time_of(&history::manifest(folder, older)?.0)));
    }
    published.push((generation, now));
    let stay = history::retained(&published);
    let mut older = Vec::new();
    for (from, _) in published {
        if from == generation {
            continue;
        }
        if stay.contains(&from) {
            older.push(from);
        } else {
            history::forget(folder, from)?;
        }
    }
    Ok(older)
}

fn time_of(manifest: &Manifest) -> Timestamp {
    manifest.published.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn sum(infos: &[PackInfo]) -> u64 {
    infos.iter().map(|info| u64::from(info.size)).sum()
}

fn sizes(deltas: &[Delta]) -> Vec<(u32, u32)> {
    deltas
        .iter()
        .map(|delta| (delta.from, delta.size))
        .collect()
}

/// Removes from the tree what no reader needs: packs and manifests of generations that ended long ago or were never
/// signed, and snapshots and lists of targets that have expired. Roots stay for ever.
fn prune(folder: &Folder, tree: &Tree, now: Timestamp) -> Result<(), FeedError> {
    let limit = now
        .checked_sub(Span::new().hours(GRACE_DAYS * 24))
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let mut needed: BTreeSet<String> = BTreeSet::new();
    let mut need = |manifest: &Manifest, bytes: &[u8]| {
        let packs = manifest.snapshot.iter().map(|info| &info.sha256);
        let packs = packs.chain(manifest.deltas.iter().map(|delta| &delta.sha256));
        needed.extend(packs.map(|sha256| format!("{sha256}.zst")));
        needed.insert(format!("{}.{}", Digest::of(bytes), super::tuf::TARGET));
    };
    if let Some((manifest, bytes)) = tree.manifest()? {
        need(&manifest, &bytes);
    }
    // A generation ended when the next one came.
    let mut ended = now;
    for generation in history::generations(folder)?.into_iter().rev() {
        let (manifest, bytes) = history::manifest(folder, generation)?;
        if ended >= limit {
            need(&manifest, &bytes);
        }
        ended = time_of(&manifest);
    }
    for place in ["packs", "targets"] {
        let place = tree.base.join(place);
        for name in folder::names(&place)? {
            if !needed.contains(&name) {
                folder::remove(&place.join(name))?;
            }
        }
    }
    let current = [
        tree.snapshot()?
            .map(|it| format!("{}.snapshot.json", it.version)),
        tree.targets()?
            .map(|it| format!("{}.targets.json", it.version)),
    ];
    let place = tree.base.join("tuf");
    for name in folder::names(&place)? {
        let mutable = name.ends_with(".snapshot.json") || name.ends_with(".targets.json");
        if !mutable || current.contains(&Some(name.clone())) {
            continue;
        }
        let path = place.join(name);
        let bytes = std::fs::read(&path).map_err(file(&path))?;
        let expires = super::tree::Signed::parse(&path, bytes)?
            .expires()
            .parse::<Timestamp>();
        if expires.is_ok_and(|expires| expires < now) {
            folder::remove(&path)?;
        }
    }
    Ok(())
}
