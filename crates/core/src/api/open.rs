//! Opening a data folder: import and repair. The index follows in `sync::index`.
//!
//! Damage is met in three ways: a small catalog is checked before anything else; the check of a larger one is owed
//! and made beside the work (`App::check`); and a query that meets damage has it mended on the spot. An end without
//! ceremony harms no file by itself, so a start after one need not wait for the check, but the mark of it stays
//! until the check was made.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::app::{OnProgress, display, phase};
use super::own::OwnIndex;
use super::portfolio::Matched;
use super::types::{ApiError, AppStatus, ErrorCode, IndexStatus, Notice, NoticeCode, Phase};
use crate::bundled::Bundle;
use crate::model::Taxonomies;
use crate::search::Index;
use crate::store::catalog::{Bytes, Catalog, Plan};
use crate::store::trust::Trust;
use crate::store::user::{self, User};
use crate::store::{Access, Folder, StoreError, folder, moving};
use crate::sync::{index, sources};

/// Where the index of own records lies.
const OWN_INDEX: &str = "index-own";
/// Marks a folder that is open; left behind by an end that was not a clean one.
const RUNNING: &str = "running";

/// A catalog up to this size is checked before the start goes on.
const CHECK_FIRST_BYTES: u64 = 4 << 20;
/// A catalog up to this size owes a check at every start; a larger one only after an unclean end.
const CHECK_EVERY_TIME_BYTES: u64 = 256 << 20;

/// A data folder, opened.
pub(super) struct Opened {
    pub(super) catalog: Catalog,
    pub(super) user: User,
    /// The index of the catalog, with that of own records beside it. Searched through [`Opened::index`].
    pub(super) catalog_index: Index,
    pub(super) own: OwnIndex,
    pub(super) trust: Arc<Trust>,
    pub(super) notices: Vec<Notice>,
    /// The matches behind the portfolio that was last looked at.
    pub(super) portfolio: Mutex<Matched>,
    /// The process before this one ended without ceremony.
    unclean: bool,
    /// The catalog was not checked yet and should be.
    owes_check: AtomicBool,
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

    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Makes the check of the catalog that this start owes, if it does.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.owes_check.load(Ordering::Relaxed) {
            self.catalog.check()?;
            self.owes_check.store(false, Ordering::Relaxed);
        }
        Ok(())
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
                documents: self.catalog_index.documents(),
                revision: self.catalog_index.revision(),
                stamp: self.catalog_index.stamp().to_owned(),
            },
            paths: moving::origin(&self.folder)
                .map(|origin| ("moved_from".to_owned(), display(&origin)))
                .into_iter()
                .chain(names.into_iter().map(|(key, name)| {
                    let path = if name.is_empty() {
                        self.folder.path().to_owned()
                    } else {
                        self.folder.file(name)
                    };
                    (key.to_owned(), display(&path))
                }))
                .collect(),
            notices: self.notices.clone(),
            read_only: self.read_only(),
        })
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // A marker left behind tells the next start that this one did not end well, or left a check to it.
        let handed_on = self.unclean && *self.owes_check.get_mut();
        if !self.read_only() && !handed_on {
            let _ = fs::remove_file(self.folder.file(RUNNING));
        }
    }
}

/// Opens a folder for reading beside the process that holds it.
pub(super) fn read(path: &Path) -> Result<Opened, ApiError> {
    let folder = Folder::read(path)?;
    let catalog = Catalog::open(&folder)?;
    let (user, _) = User::open(&folder, "")?;
    let own = OwnIndex::read(&folder.file(OWN_INDEX))?;
    let index = Index::open(&folder.file("index"))?.beside(&own.index);
    let trust = Arc::new(Trust::read(&folder)?);
    Ok(Opened {
        catalog,
        user,
        catalog_index: index,
        own,
        trust,
        notices: Vec::new(),
        portfolio: Mutex::default(),
        unclean: false,
        owes_check: AtomicBool::new(false),
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
            let mut restored = notice(NoticeCode::UserRestored, &[("backup", &backup)]);
            // Of a file that was gone nothing is kept.
            if aside.exists() {
                restored.facts.insert("path".to_owned(), display(&aside));
            }
            notices.push(restored);
        }
        user::Opened::BegunAnew(aside) => {
            notices.push(notice(NoticeCode::UserDamaged, &[("path", &aside)]));
        }
    }
    let (catalog, state) = open_catalog(&folder, suspect, unclean)?;
    let repaired = state == Health::Repaired;
    if repaired {
        notices.push(notice(
            NoticeCode::CatalogRepaired,
            &[("path", catalog.path())],
        ));
    }
    if trust_reset || trust.sources()?.is_empty() {
        sources::restore(&catalog, &trust)?;
    }
    let fresh = import(
        &catalog,
        &trust,
        bundle,
        now,
        progress,
        &mut notices,
        repaired,
    )?;
    let path = folder.file("index");
    let (index, rebuilt) =
        index::reconcile(&catalog, &path, suspect || fresh, &mut |done, total| {
            progress(phase(Phase::Index, done, total))
        })?;
    if rebuilt && !fresh {
        notices.push(notice(
            NoticeCode::IndexRebuilt,
            &[("path", &folder.file("index"))],
        ));
    }
    let own = OwnIndex::open(
        &user,
        &folder.file(OWN_INDEX),
        suspect,
        &mut |done, total| progress(phase(Phase::Index, done, total)),
    )?;
    Ok(Opened {
        catalog,
        catalog_index: index.beside(&own.index),
        user,
        own,
        trust: Arc::new(trust),
        notices,
        portfolio: Mutex::default(),
        unclean,
        owes_check: AtomicBool::new(state == Health::Unknown),
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

/// What is known of a catalog that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Health {
    Sound,
    /// It can be used, and its check is owed.
    Unknown,
    /// It was damaged or of another version, and is begun anew.
    Repaired,
}

/// Opens the catalog; one that is damaged or of another version is removed, and begun anew.
fn open_catalog(
    folder: &Folder,
    suspect: bool,
    unclean: bool,
) -> Result<(Catalog, Health), StoreError> {
    let bytes: u64 = ["catalog.db", "catalog.db-wal"]
        .iter()
        .filter_map(|name| fs::metadata(folder.file(name)).ok())
        .map(|metadata| metadata.len())
        .sum();
    let now = suspect || bytes <= CHECK_FIRST_BYTES;
    let opened = Catalog::open(folder).and_then(|catalog| {
        if now {
            catalog.check()?;
        }
        Ok(catalog)
    });
    match opened {
        Err(StoreError::Damaged { .. }) => {
            Catalog::remove(folder)?;
            Ok((Catalog::open(folder)?, Health::Repaired))
        }
        Ok(catalog) if !now && (unclean || bytes <= CHECK_EVERY_TIME_BYTES) => {
            Ok((catalog, Health::Unknown))
        }
        other => other.map(|catalog| (catalog, Health::Sound)),
    }
}

/// Imports the bundled catalog where it is missing or older. Answers whether it was missing.
pub(super) fn import(
    catalog: &Catalog,
    trust: &Trust,
    bundle: &Bundle,
    now: &str,
    progress: &mut OnProgress<'_>,
    notices: &mut Vec<Notice>,
    repaired: bool,
) -> Result<bool, ApiError> {
    let manifest = bundle
        .manifest()
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
    // A feed that continues the bundled catalog has taken its place.
    if catalog
        .replaced()?
        .values()
        .any(|replaced| *replaced == manifest.feed)
    {
        return Ok(false);
    }
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
            .map(|(info, bytes)| (info, Bytes::Memory(bytes.as_ref())))
            .collect(),
        replaces: None,
        source: None,
        at: now,
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
