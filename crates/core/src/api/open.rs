//! Opening a data folder: import, repair, reconciling the index with the catalog.
//!
//! The order of things after a crash: `catalog.db` is the truth, the index follows it by the revision in its
//! commit payload, the outbox is pruned last. An index that does not fit is replayed or built anew.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use super::app::{OnProgress, display, phase};
use super::types::{ApiError, AppStatus, ErrorCode, IndexStatus, Notice, NoticeCode, Phase};
use crate::bundled::Bundle;
use crate::model::{RecordRef, Taxonomies};
use crate::search::{self, Document, Facts, Index, IndexError};
use crate::store::catalog::{Catalog, LinkCounts, Plan};
use crate::store::trust::Trust;
use crate::store::user::{self, User};
use crate::store::{Access, Folder, StoreError, folder};

/// Threads and memory of the index writer: one thread keeps the order of documents, and with it the files, the same.
const WRITER_BYTES: usize = 64 << 20;

/// Marks a folder that is open; left behind by an end that was not a clean one.
const RUNNING: &str = "running";

/// A catalog up to this size is checked at every start; a larger one only after an unclean end.
const CHECK_ALWAYS_BYTES: u64 = 4 << 20;

/// A data folder, opened.
pub(super) struct Opened {
    pub(super) catalog: Catalog,
    pub(super) user: User,
    pub(super) index: Index,
    pub(super) notices: Vec<Notice>,
    // Dropped last: the lock outlives what it protects.
    folder: Folder,
}

impl Opened {
    pub(super) fn read_only(&self) -> bool {
        self.folder.access() == Access::Read
    }

    pub(super) fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.file(name)
    }

    pub(super) fn status(&self) -> Result<AppStatus, ApiError> {
        let names = [
            ("folder", ""),
            ("catalog", "catalog.db"),
            ("user", "user.db"),
            ("trust", "trust.db"),
            ("index", "index"),
            ("backups", "backups"),
            ("log", "logs"),
        ];
        Ok(AppStatus {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            feeds: self.catalog.feeds()?,
            revision: self.catalog.revision()?,
            records: self.catalog.kinds()?,
            index: IndexStatus {
                documents: self.index.documents(),
                revision: self.index.revision(),
                stamp: self.index.stamp().to_owned(),
            },
            paths: names
                .into_iter()
                .map(|(key, name)| {
                    let path = if name.is_empty() {
                        self.folder.path().to_owned()
                    } else {
                        self.folder.file(name)
                    };
                    (key.to_owned(), display(&path))
                })
                .collect(),
            notices: self.notices.clone(),
            read_only: self.read_only(),
        })
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // A marker left behind tells the next start that this one did not end well.
        if !self.read_only() {
            let _ = fs::remove_file(self.folder.file(RUNNING));
        }
    }
}

/// Opens a folder for reading beside the process that holds it.
pub(super) fn read(path: &Path) -> Result<Opened, ApiError> {
    let folder = Folder::read(path)?;
    let catalog = Catalog::open(&folder)?;
    let (user, _) = User::open(&folder, "")?;
    let index = Index::open(&folder.file("index"))?;
    Ok(Opened {
        catalog,
        user,
        index,
        notices: Vec::new(),
        folder,
    })
}

/// Opens a folder for writing.
pub(super) fn write(
    path: &Path,
    now: &str,
    bundle: &Bundle,
    progress: &mut OnProgress<'_>,
) -> Result<Opened, ApiError> {
    let folder = Folder::open(path)?;
    open(folder, now, bundle, false, progress).map_err(|error| explain(path, error))
}

/// Opens a folder whose catalog or index a query found damaged.
pub(super) fn mended(path: &Path, now: &str, bundle: &Bundle) -> Result<Opened, ApiError> {
    let folder = Folder::open(path)?;
    open(
        folder,
        now,
        bundle,
        true,
        &mut |_| ControlFlow::Continue(()),
    )
    .map_err(|error| explain(path, error))
}

/// SQLite and tantivy often tell no more than that a write failed; the folder itself is asked why.
pub(super) fn explain(path: &Path, error: ApiError) -> ApiError {
    // A file that SQLite may not open for writing, whatever the reason, it opens for reading and calls it read-only.
    let vague = [
        ErrorCode::Internal,
        ErrorCode::Damaged,
        ErrorCode::FolderReadOnly,
    ];
    if !vague.contains(&error.code) {
        return error;
    }
    match folder::ailment(&path.join(RUNNING)) {
        Some(cause) => {
            let cause = ApiError::from(cause);
            ApiError {
                trace: format!("{}: {}", error.trace, cause.trace),
                ..cause
            }
        }
        // What is damaged is mended by opening; when that fails, damage is not the cause.
        None if error.code == ErrorCode::Damaged => ApiError {
            code: ErrorCode::Internal,
            ..error
        },
        None => error,
    }
}

fn open(
    folder: Folder,
    now: &str,
    bundle: &Bundle,
    suspect: bool,
    progress: &mut OnProgress<'_>,
) -> Result<Opened, ApiError> {
    let mut notices = Vec::new();
    let marker = folder.file(RUNNING);
    let unclean = marker.exists();
    fs::write(&marker, now).map_err(|error| StoreError::io(&marker, error))?;

    let (trust, trust_reset) = Trust::open(&folder)?;
    if trust_reset {
        notices.push(notice(
            NoticeCode::TrustReset,
            &[("path", &folder.file("trust.db"))],
        ));
    }
    let (user, opened) = User::open(&folder, now)?;
    match opened {
        user::Opened::Sound => {}
        user::Opened::Restored(aside, backup) => {
            notices.push(notice(
                NoticeCode::UserRestored,
                &[("path", &aside), ("backup", &backup)],
            ));
        }
        user::Opened::BegunAnew(aside) => {
            notices.push(notice(NoticeCode::UserDamaged, &[("path", &aside)]));
        }
    }
    let (catalog, repaired) = open_catalog(&folder, unclean || suspect)?;
    if repaired {
        notices.push(notice(
            NoticeCode::CatalogRepaired,
            &[("path", catalog.path())],
        ));
    }
    let fresh = import(&catalog, &trust, bundle, progress, &mut notices, repaired)?;
    let (index, rebuilt) = reconcile(&catalog, &folder, suspect || fresh, progress)?;
    if rebuilt && !fresh {
        notices.push(notice(
            NoticeCode::IndexRebuilt,
            &[("path", &folder.file("index"))],
        ));
    }
    Ok(Opened {
        catalog,
        user,
        index,
        notices,
        folder,
    })
}

fn notice(code: NoticeCode, paths: &[(&str, &Path)]) -> Notice {
    Notice {
        code,
        facts: paths
            .iter()
            .map(|(key, path)| ((*key).to_owned(), display(path)))
            .collect::<BTreeMap<_, _>>(),
    }
}

/// Opens the catalog; one that is damaged or of another version is removed, and begun anew.
fn open_catalog(folder: &Folder, suspect: bool) -> Result<(Catalog, bool), StoreError> {
    let path = folder.file("catalog.db");
    let small = fs::metadata(&path).is_ok_and(|metadata| metadata.len() <= CHECK_ALWAYS_BYTES);
    let opened = Catalog::open(folder).and_then(|catalog| {
        if suspect || small {
            catalog.check()?;
        }
        Ok(catalog)
    });
    match opened {
        Err(StoreError::Damaged { .. }) => {
            Catalog::remove(folder)?;
            Ok((Catalog::open(folder)?, true))
        }
        other => other.map(|catalog| (catalog, false)),
    }
}

/// Imports the bundled catalog where it is missing or older. Answers whether it was missing.
fn import(
    catalog: &Catalog,
    trust: &Trust,
    bundle: &Bundle,
    progress: &mut OnProgress<'_>,
    notices: &mut Vec<Notice>,
    repaired: bool,
) -> Result<bool, ApiError> {
    let manifest = bundle
        .manifest()
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
    let stored = catalog.feeds()?;
    let stored = stored.iter().find(|feed| feed.feed == manifest.feed);
    if stored.is_some_and(|feed| feed.generation >= manifest.generation) {
        return Ok(false);
    }
    let _ = progress(phase(Phase::Verify, 0, 1));
    let plan = Plan {
        manifest: &manifest,
        from: None,
        packs: manifest
            .snapshot
            .iter()
            .zip(&bundle.packs)
            .map(|(info, bytes)| (info, bytes.as_ref()))
            .collect(),
    };
    let applied = catalog.apply(&plan, Taxonomies::bundled(), &mut |done, total| {
        progress(phase(Phase::Apply, done, total))
    })?;
    trust.raise(&manifest.feed, manifest.generation, &manifest.state.digest)?;
    if !repaired {
        let code = if stored.is_some() {
            NoticeCode::CatalogUpdated
        } else {
            NoticeCode::CatalogImported
        };
        let facts = [
            ("added", applied.added),
            ("changed", applied.changed),
            ("removed", applied.removed),
        ];
        let facts = facts
            .into_iter()
            .map(|(key, count)| (key.to_owned(), count.to_string()))
            .collect();
        notices.push(Notice { code, facts });
    }
    Ok(stored.is_none())
}

/// Brings the index to the catalog's revision. Answers whether it had to be built anew. Of a catalog that was
/// begun anew (`suspect`) the revisions begin anew too, so an index left from before proves nothing.
fn reconcile(
    catalog: &Catalog,
    folder: &Folder,
    suspect: bool,
    progress: &mut OnProgress<'_>,
) -> Result<(Index, bool), ApiError> {
    let path = folder.file("index");
    let revision = catalog.revision()?;
    if !suspect && let Ok(index) = Index::open(&path) {
        Index::sweep(&path)?;
        if index.stamp() == search::STAMP && index.revision() == revision {
            return Ok((index, false));
        }
        if index.stamp() == search::STAMP
            && index.revision() < revision
            && let Some(changed) = catalog.outbox(index.revision())?
            && replay(catalog, &index, &changed, revision).is_ok()
        {
            catalog.prune_outbox(revision)?;
            return Ok((index, false));
        }
    }
    let index = rebuild(catalog, &path, progress)?;
    catalog.prune_outbox(index.revision())?;
    Ok((index, true))
}

/// Writes the documents of changed records anew.
fn replay(
    catalog: &Catalog,
    index: &Index,
    changed: &[RecordRef],
    revision: u32,
) -> Result<(), ApiError> {
    let mut writer = index.writer(1, WRITER_BYTES)?;
    for reference in changed {
        match catalog.record(reference)? {
            Some(record) => {
                let facts = facts(catalog.link_counts(reference)?);
                writer.put(&Document {
                    reference,
                    record: &record,
                    facts,
                })?;
            }
            None => writer.delete(reference),
        }
    }
    writer.commit(revision)?;
    writer.finish()?;
    Ok(())
}

fn rebuild(
    catalog: &Catalog,
    path: &Path,
    progress: &mut OnProgress<'_>,
) -> Result<Index, ApiError> {
    if path.exists() {
        fs::remove_dir_all(path).map_err(|error| StoreError::io(path, error))?;
    }
    fs::create_dir_all(path).map_err(|error| StoreError::io(path, error))?;
    let index = Index::create(path)?;
    let mut writer = index.writer(1, WRITER_BYTES)?;
    let total: u32 = catalog.kinds()?.values().sum();
    let mut done = 0;
    let revision = catalog.for_each(|reference, record, counts| -> Result<(), ApiError> {
        writer.add(&Document {
            reference,
            record,
            facts: facts(counts),
        })?;
        done += 1;
        if done % 256 == 0 && progress(phase(Phase::Index, done, total)).is_break() {
            return Err(ApiError::new(ErrorCode::Cancelled));
        }
        Ok(())
    })?;
    writer.commit(revision)?;
    writer.finish()?;
    let _ = progress(phase(Phase::Index, total, total));
    Ok(index)
}

fn facts(counts: LinkCounts) -> Facts {
    Facts {
        links: counts.links,
        cases: counts.cases,
    }
}

impl From<IndexError> for ApiError {
    fn from(error: IndexError) -> Self {
        ApiError::new(ErrorCode::Damaged)
            .with("path", "index")
            .caused_by(&error)
    }
}
