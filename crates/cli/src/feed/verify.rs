//! `atlas feed verify`: the walk of every reader, with the code that readers run.
//!
//! From nothing and from each retained generation, by delta and by snapshot, the new generation is verified from every
//! root that an installed product may hold, fetched from the tree as a client would, applied to a real catalog and
//! compared with the signed digest. Only when all of it holds does the list of files to upload appear.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use atlas_core::feed::folder::Folder as TreeSource;
use atlas_core::feed::plan::{self, Held, Step};
use atlas_core::feed::source::Source;
use atlas_core::feed::stage::Stage;
use atlas_core::feed::trust::{self, MemoryVault};
use atlas_core::feed::{Manifest, PackInfo};
use atlas_core::model::Taxonomies;
use atlas_core::store::Folder as DataFolder;
use atlas_core::store::catalog::{Bytes, Catalog, Plan};
use jiff::Timestamp;
use tokio::runtime::Runtime;

use super::error::{FeedError, file};
use super::folder::{self, Folder};
use super::history;
use super::tree::{Tree, is_published};

/// What was walked.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct Report {
    /// The generation to which all ways lead.
    #[serde(rename = "gen")]
    pub generation: u32,
    /// Roots from which readers were let start.
    pub roots: u64,
    /// Generations from which readers were let start, each with the bytes that they fetch; zero is nothing at all.
    pub walks: Vec<Walk>,
    /// Files to upload.
    pub files: u32,
}

/// The way of a reader.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Walk {
    /// Generation at hand.
    pub from: u32,
    /// Whether a delta leads from there.
    pub delta: bool,
    /// Bytes of packs.
    pub bytes: u64,
}

/// Walks all ways, and writes the list of files to upload if all lead there.
pub(crate) fn verify(folder: &Folder, now: Timestamp) -> Result<Report, FeedError> {
    folder.withdraw()?;
    let tree = Tree::new(&folder.public());
    let files = files(&tree)?;
    let runtime = runtime()?;
    let (manifest, roots) = trusted(&runtime, &tree, now)?;
    if manifest.feed != folder.config.feed {
        return Err(refused(
            0,
            &format!("the manifest is of feed {}", manifest.feed),
        ));
    }
    let reader = Reader {
        runtime: &runtime,
        tree: &tree,
        manifest: &manifest,
        now: now.to_string(),
    };
    let mut walks = vec![reader.walk(0, &[], &[])?];
    for from in history::generations(folder)? {
        if from < manifest.generation {
            let (older, _) = history::manifest(folder, from)?;
            let packs = history::snapshot(folder, &older)?;
            walks.push(reader.walk(from, std::slice::from_ref(&older), &packs)?);
        }
    }
    let mut list = files.join("\n");
    list.push('\n');
    folder::write(&folder.upload(), list.as_bytes())?;
    Ok(Report {
        generation: manifest.generation,
        roots,
        walks,
        files: u32::try_from(files.len()).unwrap_or(u32::MAX),
    })
}

/// Verifies the signed files from every root, as products that came with one or the other do.
fn trusted(runtime: &Runtime, tree: &Tree, now: Timestamp) -> Result<(Manifest, u64), FeedError> {
    let newest = tree.newest_root()?.version;
    let mut seen = BTreeSet::new();
    for version in 1..=newest {
        let Some(root) = tree.root(version)? else {
            continue;
        };
        let source: Arc<dyn Source> = Arc::new(TreeSource::new(tree.base.clone()));
        let vault = Arc::new(MemoryVault::default());
        let verified = runtime
            .block_on(trust::refresh(source, vault, &root.bytes, now))
            .map_err(|error| {
                FeedError::new(
                    format!("从第 {version} 版根出发，签名未通过验证：{error}"),
                    format!("From root {version}, the signatures do not hold: {error}"),
                )
            })?;
        seen.insert(verified.manifest);
    }
    let bytes = seen.pop_first().unwrap_or_default();
    let manifest = Manifest::parse(&bytes).map_err(|error| refused(0, &error))?;
    Ok((manifest, newest))
}

/// What all walks share.
struct Reader<'a> {
    runtime: &'a Runtime,
    tree: &'a Tree,
    manifest: &'a Manifest,
    now: String,
}

impl Reader<'_> {
    /// Leads a reader from a generation, or from nothing, to the new one: as the client chooses, and by the snapshot.
    fn walk(&self, from: u32, older: &[Manifest], packs: &[Vec<u8>]) -> Result<Walk, FeedError> {
        let data = tempfile::tempdir().map_err(file(Path::new("")))?;
        let fault = |error: &dyn std::fmt::Display| refused(from, error);
        let held = Held {
            stored: older
                .first()
                .map(|older| (older.generation, older.state.digest.clone())),
            floor: None,
        };
        let step =
            plan::choose(self.manifest, &held).map_err(|error| fault(&format!("{error:?}")))?;
        let whole = self.manifest.snapshot.as_slice();
        let (delta, chosen) = match step {
            Step::Unchanged => return Err(fault(&"is the new one itself")),
            Step::Delta(delta) => (Some(delta.from), vec![delta.pack()]),
            Step::Snapshot(packs) => (None, packs.to_vec()),
        };
        let listed = self.manifest.deltas.iter().any(|delta| delta.from == from);
        if listed != delta.is_some() {
            return Err(fault(&"the client does not take the delta"));
        }
        let mut ways = vec![(delta, chosen.as_slice())];
        if delta.is_some() {
            ways.push((None, whole));
        }
        for (at, (delta, infos)) in ways.into_iter().enumerate() {
            let place = data.path().join(at.to_string());
            let store = DataFolder::open(&place).map_err(|error| fault(&error))?;
            let catalog = Catalog::open(&store).map_err(|error| fault(&error))?;
            if let Some(older) = older.first() {
                let bytes = older.snapshot.iter().zip(packs);
                let bytes = bytes.map(|(info, bytes)| (info, Bytes::Memory(bytes)));
                self.apply(&catalog, older, None, bytes.collect())?;
            }
            let files = self.fetch(&place.join("staging"), infos)?;
            let bytes = infos.iter().zip(&files);
            let bytes = bytes.map(|(info, path)| (info, Bytes::Staged(path)));
            self.apply(&catalog, self.manifest, delta, bytes.collect())?;
        }
        Ok(Walk {
            from,
            delta: delta.is_some(),
            bytes: chosen.iter().map(|info| u64::from(info.size)).sum(),
        })
    }

    /// Applies a generation and compares what the catalog then holds with what was signed.
    fn apply<'a>(
        &'a self,
        catalog: &Catalog,
        manifest: &'a Manifest,
        from: Option<u32>,
        packs: Vec<(&'a PackInfo, Bytes<'a>)>,
    ) -> Result<(), FeedError> {
        let plan = Plan {
            manifest,
            from,
            packs,
            replaces: None,
            source: None,
            at: &self.now,
        };
        let goes_on = &mut |_, _| ControlFlow::Continue(());
        catalog
            .apply(&plan, Taxonomies::bundled(), goes_on)
            .map_err(|error| refused(manifest.generation, &error))?;
        let stored = catalog
            .feeds()
            .map_err(|error| refused(manifest.generation, &error))?;
        let same = stored.iter().any(|stored| {
            stored.feed == manifest.feed
                && stored.generation == manifest.generation
                && stored.digest == manifest.state.digest
        });
        if same {
            Ok(())
        } else {
            Err(refused(manifest.generation, &"the digest differs"))
        }
    }

    /// Fetches packs from the tree into a staging folder.
    fn fetch(
        &self,
        staging: &Path,
        infos: &[PackInfo],
    ) -> Result<Vec<std::path::PathBuf>, FeedError> {
        let generation = self.manifest.generation;
        let fault = |error| refused(generation, &error);
        let source = TreeSource::new(self.tree.base.clone());
        let stage = Stage::new(staging, &self.manifest.feed);
        let mut files = Vec::new();
        for info in infos {
            let mut part = stage.begin(info, Arc::default()).map_err(fault)?;
            let path = format!("packs/{}.zst", info.sha256);
            self.runtime
                .block_on(source.pack(&path, &mut part))
                .map_err(fault)?;
            files.push(part.finish().map_err(fault)?);
        }
        Ok(files)
    }
}

/// A runtime for the client's reading, on this thread.
pub(crate) fn runtime() -> Result<Runtime, FeedError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(file(Path::new("")))
}

/// All files of the tree in the order of upload: what points to others comes after them, and the timestamp last.
/// A file that has no place in a published tree, a key above all, is refused.
pub(crate) fn files(tree: &Tree) -> Result<Vec<String>, FeedError> {
    let mut files = Vec::new();
    for place in folder::names(&tree.base)? {
        let path = tree.base.join(&place);
        let inside = if path.is_dir() {
            folder::names(&path)?
        } else {
            vec![String::new()]
        };
        for name in inside {
            let short = format!("{place}/{name}");
            if !is_published(&short) {
                return Err(FeedError::new(
                    format!(
                        "{} 不属于发布目录，请移走后重试。",
                        tree.base.join(&short).display()
                    ),
                    format!(
                        "{} has no place in the published tree; move it away.",
                        tree.base.join(&short).display()
                    ),
                ));
            }
            files.push(short);
        }
    }
    let rank = |name: &String| {
        let order = [
            "packs/",
            "targets/",
            ".root.json",
            ".targets.json",
            ".snapshot.json",
        ];
        let rank = order.iter().position(|mark| {
            if mark.ends_with('/') {
                name.starts_with(mark)
            } else {
                name.ends_with(mark)
            }
        });
        rank.unwrap_or(order.len())
    };
    files.sort_by_key(|name| (rank(name), name.clone()));
    Ok(files)
}

fn refused(generation: u32, error: &dyn std::fmt::Display) -> FeedError {
    FeedError::new(
        format!("第 {generation} 版的读者无法到达新版：{error}。请勿上传。"),
        format!(
            "A reader with generation {generation} does not reach the new one: {error}. Do not upload."
        ),
    )
}
