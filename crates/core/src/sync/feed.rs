//! One feed from one address: verify, plan, fetch, apply.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use jiff::Timestamp;

use super::drive::{Driver, Teller};
use super::problem::{Stop, problem};
use super::vault::TrustVault;
use super::{Host, dated, sources};
use crate::api::types::{ProblemCode, SyncPhase};
use crate::feed::plan::{self, Held, Refused, Step};
use crate::feed::source::Source as Tree;
use crate::feed::stage::Stage;
use crate::feed::trust::{self, TrustError};
use crate::feed::{Manifest, PackInfo, limits};
use crate::model::Taxonomies;
use crate::store::StoreError;
use crate::store::catalog::{Applied, Bytes, Plan};
use crate::store::trust::Source;

/// What an attempt led to.
pub(super) struct Done {
    pub(super) manifest: Manifest,
    pub(super) expires: Timestamp,
    pub(super) from: u32,
    pub(super) applied: Option<Applied>,
    pub(super) delta: bool,
}

/// One attempt.
pub(super) struct Attempt<'a, 'b> {
    pub(super) host: &'a Host<'a>,
    pub(super) driver: &'a Driver,
    pub(super) source: &'a Source,
    pub(super) tree: Arc<dyn Tree>,
    /// The moment at which signatures are verified.
    pub(super) now: Timestamp,
    pub(super) teller: Teller<'a, 'b>,
}

impl Attempt<'_, '_> {
    pub(super) fn run(&mut self) -> Result<Done, Stop> {
        let (host, feed) = (self.host, &self.source.feed);
        let vault = Arc::new(TrustVault::new(host.trust.clone(), feed));
        let refresh = trust::refresh(self.tree.clone(), vault, &self.source.root, self.now);
        let teller = &mut self.teller;
        let verified = self
            .driver
            .run(refresh, &mut || teller.tell(SyncPhase::Check, 0, 0))?;
        let verified = match verified {
            Err(error @ TrustError::Signature { .. }) => {
                return Err(self.unsigned()?.unwrap_or_else(|| error.into()));
            }
            other => other?,
        };
        let manifest = Manifest::parse(&verified.manifest)?;
        if manifest.feed != *feed {
            return Err(Stop::Problem(problem(
                ProblemCode::OtherFeed,
                &[("feed", &manifest.feed), ("expected", feed)],
            )));
        }
        dated(self.now, &manifest.published).map_err(Stop::Problem)?;
        let held = held(host, feed)?;
        let from = held
            .stored
            .as_ref()
            .map_or(0, |(generation, _)| *generation);
        let step =
            plan::choose(&manifest, &held).map_err(|refused| lead_back(refused, &manifest))?;
        let mut delta = matches!(step, Step::Delta(_));
        let applied = match step {
            Step::Unchanged => None,
            Step::Snapshot(packs) => Some(self.fetch_and_apply(&manifest, None, packs)?),
            Step::Delta(step) => {
                let done = self.fetch_and_apply(&manifest, Some(step.from), &[step.pack()]);
                match done {
                    // A delta that does not lead where it promises: the snapshot does, or nothing.
                    Err(Stop::Problem(problem)) if is_content(problem.code) => {
                        delta = false;
                        Some(self.fetch_and_apply(&manifest, None, &manifest.snapshot)?)
                    }
                    other => Some(other?),
                }
            }
        };
        // Also when nothing changed: a floor that was lost with its file is put back.
        let digest = &manifest.state.digest;
        host.trust.raise(feed, manifest.generation, digest)?;
        Stage::new(&host.staging, feed).clear();
        Ok(Done {
            expires: verified.expires,
            manifest,
            from,
            applied,
            delta,
        })
    }

    /// Why signatures do not fit, where it is not that somebody changed something: the feed is another one, or it is a
    /// state from before its keys were replaced. Nothing of this is verified; it only finds the words for a refusal.
    fn unsigned(&mut self) -> Result<Option<Stop>, Stop> {
        let feed = &self.source.feed;
        let seen = self.host.trust.metadata(feed, "root.json")?;
        let seen = seen.as_deref().and_then(trust::version).unwrap_or(1);
        let newest = format!("tuf/{seen}.root.json");
        let tree = self.tree.clone();
        let look = async {
            let first = tree.get(trust::FIRST_ROOT, limits::ROOT).await.ok()??;
            if sources::fingerprint(&first) != sources::fingerprint(&self.source.root) {
                return Some(ProblemCode::OtherFeed);
            }
            let newest = tree.get(&newest, limits::ROOT).await.ok()?;
            newest.is_none().then_some(ProblemCode::ReplacedKeys)
        };
        let teller = &mut self.teller;
        let code = self
            .driver
            .run(look, &mut || teller.tell(SyncPhase::Check, 0, 0))?;
        Ok(code.map(|code| Stop::Problem(problem(code, &[("expected", feed)]))))
    }

    fn fetch_and_apply(
        &mut self,
        manifest: &Manifest,
        from: Option<u32>,
        packs: &[PackInfo],
    ) -> Result<Applied, Stop> {
        let files = self.fetch(packs)?;
        let packs = packs
            .iter()
            .zip(&files)
            .map(|(info, path)| (info, Bytes::Staged(path)))
            .collect();
        // Only the bundled catalog can be continued: no feed may remove another one's records.
        let bundled = self.host.bundled;
        let replaces = manifest
            .continues
            .as_deref()
            .filter(|continued| *continued == bundled);
        let plan = Plan {
            manifest,
            from,
            packs,
            replaces,
            source: sources::copy(self.source),
            at: self.host.now,
        };
        let teller = &mut self.teller;
        let applied =
            self.host
                .catalog
                .apply(&plan, Taxonomies::bundled(), &mut |done, total| {
                    teller.tell(SyncPhase::Apply, done, total)
                })?;
        Ok(applied)
    }

    /// Fetches packs into the staging folder; what an earlier attempt left is continued.
    fn fetch(&mut self, packs: &[PackInfo]) -> Result<Vec<PathBuf>, Stop> {
        let stage = Stage::new(&self.host.staging, &self.source.feed);
        stage.keep(&packs.iter().collect::<Vec<_>>());
        let size: u64 = packs.iter().map(|pack| u64::from(pack.size)).sum();
        let raw: u64 = packs.iter().map(|pack| u64::from(pack.raw)).sum();
        self.check_disk(size + raw)?;
        let arrived = Arc::new(AtomicU64::new(0));
        let mut files = Vec::new();
        for pack in packs {
            let mut part = stage.begin(pack, arrived.clone())?;
            if !part.is_whole() {
                let path = format!("packs/{}.zst", pack.sha256);
                let teller = &mut self.teller;
                let tree = self.tree.clone();
                let fetch = async { tree.pack(&path, &mut part).await };
                self.driver
                    .run(fetch, &mut || teller.bytes(&arrived, size))??;
            }
            files.push(part.finish()?);
        }
        if self.teller.bytes(&arrived, size).is_break() {
            return Err(StoreError::Cancelled.into());
        }
        Ok(files)
    }

    fn check_disk(&self, raw: u64) -> Result<(), Stop> {
        let needs = limits::disk(raw);
        // A file system that does not tell is no reason to stop; the disk itself will say so.
        match fs4::available_space(existing(&self.host.staging)) {
            Ok(free) if free < needs => Err(Stop::Problem(problem(
                ProblemCode::DiskFull,
                &[("needs", &needs.to_string()), ("free", &free.to_string())],
            ))),
            _ => Ok(()),
        }
    }
}

/// The nearest folder that is there.
fn existing(path: &Path) -> &Path {
    path.ancestors().find(|path| path.exists()).unwrap_or(path)
}

/// Whether a problem is one of what a pack holds, not of getting it.
fn is_content(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::Pack | ProblemCode::Digest)
}

/// What is at hand of a feed.
pub(super) fn held(host: &Host<'_>, feed: &str) -> Result<Held, StoreError> {
    let stored = host
        .catalog
        .feeds()?
        .into_iter()
        .find(|stored| stored.feed == feed)
        .map(|stored| (stored.generation, stored.digest));
    Ok(Held {
        stored,
        floor: host.trust.floor(feed)?,
    })
}

pub(super) fn lead_back(refused: Refused, manifest: &Manifest) -> Stop {
    let generation = manifest.generation.to_string();
    Stop::Problem(match refused {
        Refused::Older(stored) => problem(
            ProblemCode::Rollback,
            &[("generation", &generation), ("stored", &stored.to_string())],
        ),
        Refused::Differs => problem(ProblemCode::SameGeneration, &[("generation", &generation)]),
    })
}
