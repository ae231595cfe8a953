//! The opened product: folder, databases, index. Every command runs against it.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::open::{self, Opened};
use super::types::{ApiError, AppStatus, ErrorCode, Phase, Progress};
use crate::bundled::Bundle;
use crate::feed::limits::Patience;
use crate::store::{self, Access, StoreError, moving};
pub use crate::sync::OnSync;

/// Tells the time as ISO 8601 in UTC, `2026-11-22T20:30:00Z`. The host owns the clock.
pub type Clock = fn() -> String;

/// Told how far a long job is; may stop it.
pub type OnProgress<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// The product on a data folder. Cheap to make; [`App::open`] does the work.
pub struct App {
    /// Where the host looks for the data; where it is, once that was opened.
    folder: RwLock<PathBuf>,
    clock: Clock,
    bundle: Bundle,
    opened: RwLock<Option<Arc<Opened>>>,
    /// How long servers may take.
    pub(super) patience: Patience,
    /// Held while feeds are worked on, one job at a time.
    pub(super) syncing: Mutex<()>,
    /// Tables that are being imported.
    pub(super) tables: super::tables::Tables,
}

impl App {
    /// The product with the catalog compiled into it. Touches no file yet.
    pub fn new(folder: PathBuf, clock: Clock) -> Self {
        Self::with_bundle(folder, clock, Bundle::compiled_in())
    }

    /// The product with another catalog to begin with.
    pub fn with_bundle(folder: PathBuf, clock: Clock, bundle: Bundle) -> Self {
        Self {
            folder: RwLock::new(folder),
            clock,
            bundle,
            opened: RwLock::new(None),
            patience: Patience::default(),
            syncing: Mutex::new(()),
            tables: super::tables::Tables::default(),
        }
    }

    /// The product with other patience for servers.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The catalog that the product carries.
    pub(super) fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// Opens the folder for writing: makes it, imports the bundled catalog where it is missing or older,
    /// mends what is damaged. Does nothing when it is open already.
    ///
    /// # Errors
    /// `FolderInUse`, `FolderReadOnly`, `DiskFull`, `TooNew`, `Cancelled`; nothing is lost then.
    pub fn open(&self, progress: &mut OnProgress<'_>) -> Result<AppStatus, ApiError> {
        self.open_with(Access::Write, progress)
    }

    /// Opens the folder beside the process that holds it, for reading alone.
    ///
    /// # Errors
    /// `CatalogMissing` when there is nothing to read.
    pub fn open_beside(&self) -> Result<AppStatus, ApiError> {
        self.open_with(Access::Read, &mut |_| ControlFlow::Continue(()))
    }

    fn open_with(
        &self,
        access: Access,
        progress: &mut OnProgress<'_>,
    ) -> Result<AppStatus, ApiError> {
        let mut slot = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        if slot.is_none() {
            let folder = store::resolve(&self.folder())?;
            let opened = match access {
                Access::Write => open::write(&folder, &(self.clock)(), &self.bundle, progress)?,
                Access::Read => open::read(&folder)?,
            };
            self.is_in(folder);
            *slot = Some(Arc::new(opened));
        }
        drop(slot);
        self.opened()?.status()
    }

    /// What is open.
    ///
    /// # Errors
    /// `CatalogMissing` before the folder was opened.
    pub(super) fn opened(&self) -> Result<Arc<Opened>, ApiError> {
        self.opened
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .ok_or_else(|| {
                ApiError::new(ErrorCode::CatalogMissing).with("path", display(&self.folder()))
            })
    }

    /// What is open, for changes that no transaction refuses by itself.
    ///
    /// # Errors
    /// `FolderReadOnly` beside another process; those of [`Self::opened`].
    pub(super) fn writable(&self) -> Result<Arc<Opened>, ApiError> {
        let opened = self.opened()?;
        if opened.read_only() {
            let path = display(&self.folder());
            return Err(ApiError::new(ErrorCode::FolderReadOnly).with("path", path));
        }
        Ok(opened)
    }

    /// Builds catalog and index anew after a query met damage in them, unless only reading.
    pub(super) fn mend(&self, damage: ApiError) -> Result<(), ApiError> {
        let mut slot = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        match slot.take() {
            Some(opened) if !opened.read_only() => {
                release(opened);
                *slot = Some(Arc::new(open::mended(
                    &self.folder(),
                    &(self.clock)(),
                    &self.bundle,
                )?));
                Ok(())
            }
            other => {
                *slot = other;
                Err(damage)
            }
        }
    }

    /// Moves the data to another folder: copied, proved, opened there, and only then the one that a start finds. The old
    /// copy stays until [`App::let_go`].
    ///
    /// # Errors
    /// `BadRequest` with the fact `field` when the folder cannot be one (`not_absolute`, `inside`, `not_empty`);
    /// failures of this machine. The data is then where it was.
    pub fn move_folder(&self, to: &Path) -> Result<AppStatus, ApiError> {
        let _turn = self.syncing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut slot = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        let from = self.folder();
        match slot.take() {
            Some(opened) if !opened.read_only() => release(opened),
            other => {
                *slot = other;
                return Err(ApiError::new(ErrorCode::FolderReadOnly).with("path", display(&from)));
            }
        }
        let mut still = |_: Progress| ControlFlow::Continue(());
        let moved = moving::copy(&from, to)
            .map_err(ApiError::from)
            .and_then(|held| {
                let opened = open::write(to, &(self.clock)(), &self.bundle, &mut still);
                let switched = opened.and_then(|opened| {
                    moving::switch(&held, to)?;
                    Ok(opened)
                });
                if switched.is_err() {
                    moving::discard(to);
                }
                switched
            });
        let failed = match moved {
            Ok(opened) => {
                self.is_in(to.to_owned());
                // A record that cannot be written undoes nothing that it tells of.
                let _ = opened
                    .user
                    .record_event(&(self.clock)(), &super::types::Event::Moved);
                *slot = Some(Arc::new(opened));
                None
            }
            Err(error) => {
                let opened = open::write(&from, &(self.clock)(), &self.bundle, &mut still)?;
                *slot = Some(Arc::new(opened));
                Some(error)
            }
        };
        drop(slot);
        match failed {
            Some(error) => Err(error),
            None => self.opened()?.status(),
        }
    }

    /// Checks the catalog where the start left that for later, mends what it finds, and tells the state after it.
    /// Takes time in proportion to the catalog; the product can be used meanwhile.
    ///
    /// # Errors
    /// `CatalogMissing` before the folder was opened; what prevented the check or the mending.
    pub fn check(&self) -> Result<AppStatus, ApiError> {
        let checked = self.opened()?.check().map_err(ApiError::from);
        match checked {
            Err(error) if error.code == ErrorCode::Damaged => self.mend(error)?,
            other => other?,
        }
        self.opened()?.status()
    }

    /// Closes the folder, as far as nobody is using it: the end of a window ends the process without dropping
    /// anything.
    pub fn close(&self) {
        if let Ok(mut slot) = self.opened.try_write() {
            *slot = None;
        }
    }

    /// Names what is wrong with the disk after a change failed.
    pub(super) fn explain(&self, error: ApiError) -> ApiError {
        let opened = self.opened();
        if opened.is_ok_and(|opened| !opened.read_only()) {
            open::explain(&self.folder(), error)
        } else {
            error
        }
    }

    fn folder(&self) -> PathBuf {
        self.folder
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn is_in(&self, folder: PathBuf) {
        *self.folder.write().unwrap_or_else(PoisonError::into_inner) = folder;
    }

    /// The time.
    pub(super) fn now(&self) -> String {
        (self.clock)()
    }
}

/// Closes what was open; the lock on the folder goes with the last query that still runs.
fn release(opened: Arc<Opened>) {
    while Arc::strong_count(&opened) > 1 {
        std::thread::yield_now();
    }
    drop(opened);
}

/// A path for facts and logs.
pub(super) fn display(path: &Path) -> String {
    path.display().to_string()
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let (code, path) = match &error {
            StoreError::InUse(path) => (ErrorCode::FolderInUse, Some(path)),
            StoreError::ReadOnly(path) => (ErrorCode::FolderReadOnly, Some(path)),
            StoreError::DiskFull(path) => (ErrorCode::DiskFull, Some(path)),
            StoreError::TooNew(path) => (ErrorCode::TooNew, Some(path)),
            StoreError::Damaged { path, .. } => (ErrorCode::Damaged, Some(path)),
            StoreError::Missing(path) => (ErrorCode::CatalogMissing, Some(path)),
            StoreError::Moved { target, .. } => (ErrorCode::FolderMissing, Some(target)),
            StoreError::Cancelled => (ErrorCode::Cancelled, None),
            StoreError::Edit { .. } => (ErrorCode::BadRequest, None),
            StoreError::NotFound(_) => (ErrorCode::NotFound, None),
            StoreError::Sqlite(path, _) | StoreError::Io(path, _) => {
                (ErrorCode::Internal, Some(path))
            }
            StoreError::Refused(_) | StoreError::Digest(_) | StoreError::Pack(_) => {
                (ErrorCode::Internal, None)
            }
        };
        let mut api = Self::new(code).caused_by(&error);
        if let Some(path) = path {
            api = api.with("path", display(path));
        }
        match error {
            StoreError::Edit { field } => api.with("field", field),
            StoreError::NotFound(reference) => api.with("ref", reference),
            StoreError::Moved { pointer, .. } => api.with("pointer", display(&pointer)),
            _ => api,
        }
    }
}

/// Reports a phase.
pub(super) fn phase(phase: Phase, done: u32, total: u32) -> Progress {
    Progress { phase, done, total }
}
