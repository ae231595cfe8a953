//! The data folder: where the files lie, and who may write them.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::StoreError;

/// Whether this process may write the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// This process holds the lock.
    Write,
    /// Another process holds the lock; this one only reads.
    Read,
}

/// A data folder. The lock is held as long as the value lives; the kernel releases it at any end of the
/// process, so the lock file itself means nothing.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    access: Access,
    _lock: Option<File>,
}

impl Folder {
    /// Opens a folder for writing, making it if need be.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process holds it, [`StoreError::ReadOnly`] when it cannot be
    /// written, [`StoreError::DiskFull`] when not even a byte fits.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(path).map_err(|error| StoreError::io(path, error))?;
        restrict(path)?;
        let lock_path = path.join("lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(|error| StoreError::io(path, error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(StoreError::io(path, error)),
        }
        // A folder may be locked and yet take no byte; better to learn it here than in the middle of an edit.
        let mut probe = &lock;
        lock.set_len(0)
            .and_then(|()| probe.write_all(b"atlas\n"))
            .map_err(|error| StoreError::io(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            access: Access::Write,
            _lock: Some(lock),
        })
    }

    /// Opens a folder beside the process that holds it, for reading alone.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is no catalog to read.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        if !path.join("catalog.db").exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Ok(Self {
            path: path.to_owned(),
            access: Access::Read,
            _lock: None,
        })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it may be written.
    pub fn access(&self) -> Access {
        self.access
    }

    /// A file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Name of the data folder that travels beside the program.
const PORTABLE: &str = "scenario-atlas-data";

/// The data folder that travels with a program: one of its name beside the program's file, as in the portable archive.
/// Whoever wants the data elsewhere deletes that folder, or names another.
pub fn portable(program: &Path) -> Option<PathBuf> {
    let folder = program.with_file_name(PORTABLE);
    folder.is_dir().then_some(folder)
}

/// Bytes that a sound folder takes at any time; fewer may fit in between on a disk that is full.
const PROBE: usize = 64 << 10;

/// Asks a folder why it does not take what is written, by writing `file` anew. Answers nothing when it takes that.
pub(crate) fn ailment(file: &Path) -> Option<StoreError> {
    let remove = match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    remove
        .and_then(|()| File::create(file))
        .and_then(|mut created| {
            created.write_all(&vec![0; PROBE])?;
            created.sync_all()
        })
        .err()
        .map(|error| StoreError::io(file.parent().unwrap_or(file), error))
}

/// Only the user may look into the folder: it holds needs and notes.
#[cfg(unix)]
fn restrict(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(path).map_err(|error| StoreError::io(path, error))?;
    if metadata.permissions().mode() & 0o077 != 0 {
        // Somebody else's folder cannot be restricted, only used; that is their choice.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o700));
    }
    Ok(())
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_use_is_refused_and_free_again_after() {
        let dir = tempfile::tempdir().unwrap();
        let first = Folder::open(dir.path()).unwrap();
        assert!(
            matches!(Folder::open(dir.path()), Err(StoreError::InUse(_))),
            "the second must be refused"
        );
        assert!(matches!(
            Folder::read(dir.path()),
            Err(StoreError::Missing(_))
        ));
        drop(first);
        Folder::open(dir.path()).unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_that_cannot_be_made_says_so() {
        // Nobody, not even root, may make folders there.
        let error = Folder::open(Path::new("/proc/self/atlas")).unwrap_err();
        assert!(
            matches!(error, StoreError::ReadOnly(_) | StoreError::Io(..)),
            "{error:?}"
        );
    }
}
