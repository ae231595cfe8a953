//! Moving the data folder: copy, verify, then leave a pointer behind. The old copy stays until the user says that it
//! may go.
//!
//! Invariants: at any moment exactly one folder is the one that a start finds, and it is whole. A pointer that leads
//! nowhere is an error, never a reason to begin anew: the data is somewhere, perhaps on a drive that is not there.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{Folder, StoreError, db};

/// In a folder that was left: the absolute path of the one that took its place.
const POINTER: &str = "moved-to";
/// In a folder that was moved to, until the user lets the old copy go: the absolute path of that.
const ORIGIN: &str = "moved-from";
/// Folders that a start follows.
const HOPS: usize = 8;
/// Longest path in a pointer, in bytes.
const PATH_MAX: u64 = 4096;
/// Folders that move with the data: what is derived saves its making, and fonts are the user's.
const INNER: [&str; 4] = ["index", "index-own", "backups", "fonts"];
/// Files that a folder may hold and still count as empty: what a moved one leaves behind, and what the window writes.
const LEFTOVERS: &[&str] = &[
    POINTER,
    "lock",
    "logs",
    "window.json",
    "safe-graphics",
    "picked.txt",
    "webview",
];

/// The folder that a start has to use: the one named, or where it was moved to.
///
/// # Errors
/// [`StoreError::Moved`] when it was moved to a folder that is not there.
pub fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    let mut folder = path.to_owned();
    for _ in 0..HOPS {
        let pointer = folder.join(POINTER);
        let Some(target) = read(&pointer)? else {
            return Ok(folder);
        };
        if !target.is_absolute() || !target.join("user.db").exists() {
            return Err(StoreError::Moved { pointer, target });
        }
        folder = target;
    }
    let pointer = folder.join(POINTER);
    Err(StoreError::Moved {
        pointer,
        target: folder,
    })
}

/// The old copy that a folder was moved from, while it is there.
pub(crate) fn origin(folder: &Folder) -> Option<PathBuf> {
    let origin = read(&folder.file(ORIGIN)).ok().flatten()?;
    let leads_here = read(&origin.join(POINTER)).ok().flatten()? == folder.path();
    leads_here.then_some(origin)
}

/// Copies all that belongs to the data from a folder that is not open, and proves every byte. Answers the lock on the
/// folder that was copied: nobody may write there until a start finds the new one.
///
/// # Errors
/// [`StoreError::Edit`] when the target cannot be one; those of the file system. Nothing of the copy stays then.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<Folder, StoreError> {
    check(from, to)?;
    let held = Folder::open(from)?;
    let copied = files(from).and_then(|files| {
        fs::create_dir_all(to).map_err(|error| StoreError::io(to, error))?;
        for file in &files {
            copy_file(from, to, file)?;
        }
        write(&to.join(ORIGIN), from)?;
        sync_folders(to, &files)
    });
    if copied.is_err() {
        discard(to);
    }
    copied.map(|()| held)
}

/// Leaves the pointer behind: from now on a start finds the new folder.
///
/// # Errors
/// Those of the file system; the old folder is then the one that a start finds.
pub(crate) fn switch(from: &Folder, to: &Path) -> Result<(), StoreError> {
    // A folder that was left once and is moved back to is a folder like any other again.
    remove_file(&to.join(POINTER))?;
    write(&from.file(POINTER), to)
}

/// Removes the data from a folder: a copy that came to nothing, or the old one that the user lets go.
pub(crate) fn discard(folder: &Path) {
    for name in files(folder).unwrap_or_default() {
        let _ = fs::remove_file(folder.join(name));
    }
    for name in INNER.iter().chain(&["staging"]) {
        let _ = fs::remove_dir_all(folder.join(name));
    }
    let _ = fs::remove_file(folder.join(ORIGIN));
}

/// Lets the old copy go.
///
/// # Errors
/// Those of the file system.
pub(crate) fn let_go(folder: &Folder) -> Result<(), StoreError> {
    if let Some(origin) = origin(folder) {
        // Another program that still has it open keeps it.
        let held = Folder::open(&origin)?;
        discard(&origin);
        drop(held);
    }
    remove_file(&folder.file(ORIGIN))
}

fn check(from: &Path, to: &Path) -> Result<(), StoreError> {
    let refuse = |reason: &str| {
        Err(StoreError::Edit {
            field: reason.to_owned(),
        })
    };
    if !to.is_absolute() || to.to_str().is_none() {
        return refuse("not_absolute");
    }
    // Names that lead to the same place are the same place.
    let real = |path: &Path| {
        let mut known = path;
        let mut rest = PathBuf::new();
        loop {
            if let Ok(real) = known.canonicalize() {
                return real.join(&rest);
            }
            let (Some(parent), Some(name)) = (known.parent(), known.file_name()) else {
                return path.to_owned();
            };
            rest = Path::new(name).join(&rest);
            known = parent;
        }
    };
    let (old, new) = (real(from), real(to));
    if new.starts_with(&old) || old.starts_with(&new) {
        return refuse("inside");
    }
    let strange = fs::read_dir(to).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| !LEFTOVERS.iter().any(|known| entry.file_name() == *known))
    });
    if strange || to.is_file() {
        return refuse("not_empty");
    }
    Ok(())
}

/// What belongs to the data, by path from the folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let read = |path: &Path| fs::read_dir(path).map_err(|error| StoreError::io(path, error));
    let mut files = Vec::new();
    for entry in read(folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let data = ["user.db", "catalog.db", "trust.db"]
            .iter()
            .any(|known| name.starts_with(known));
        if data && !name.ends_with("-shm") && entry.path().is_file() {
            files.push(PathBuf::from(name));
        }
    }
    for inner in INNER {
        let path = folder.join(inner);
        if !path.is_dir() {
            continue;
        }
        for entry in read(&path)?
            .flatten()
            .filter(|entry| entry.path().is_file())
        {
            files.push(Path::new(inner).join(entry.file_name()));
        }
    }
    files.sort();
    Ok(files)
}

fn copy_file(from: &Path, to: &Path, file: &Path) -> Result<(), StoreError> {
    let (source, target) = (from.join(file), to.join(file));
    let failed = |error| StoreError::io(&target, error);
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::copy(&source, &target)
        .and_then(|_| File::open(&target))
        .and_then(|copy| copy.sync_all())
        .map_err(failed)?;
    if hash(&source)? == hash(&target)? {
        Ok(())
    } else {
        Err(StoreError::Damaged {
            path: target,
            reason: "the copy differs".to_owned(),
        })
    }
}

fn hash(path: &Path) -> Result<[u8; 32], StoreError> {
    let failed = |error| StoreError::io(path, error);
    let mut file = File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut block).map_err(failed)?;
        if read == 0 {
            return Ok(hasher.finalize().into());
        }
        hasher.update(&block[..read]);
    }
}

fn sync_folders(to: &Path, files: &[PathBuf]) -> Result<(), StoreError> {
    for inner in INNER {
        if files.iter().any(|file| file.starts_with(inner)) {
            db::sync_folder(&to.join(inner))?;
        }
    }
    db::sync_folder(to)
}

/// The path in a file, if the file is there. What stands there and is no path leads nowhere.
fn read(file: &Path) -> Result<Option<PathBuf>, StoreError> {
    let mut text = String::new();
    match File::open(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(file, error)),
        Ok(opened) => {
            let read = opened.take(PATH_MAX).read_to_string(&mut text);
            Ok(Some(read.map_or_else(
                |_| PathBuf::new(),
                |_| PathBuf::from(text.trim_end_matches('\n')),
            )))
        }
    }
}

/// Writes a path into a file so that the file is there whole or not at all.
fn write(file: &Path, path: &Path) -> Result<(), StoreError> {
    let part = file.with_extension("part");
    let failed = |error| StoreError::io(file, error);
    let mut created = File::create(&part).map_err(failed)?;
    created
        .write_all(path.to_string_lossy().as_bytes())
        .and_then(|()| created.write_all(b"\n"))
        .and_then(|()| created.sync_all())
        .map_err(failed)?;
    fs::rename(&part, file).map_err(failed)?;
    file.parent().map_or(Ok(()), db::sync_folder)
}

fn remove_file(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(path, error))
        }
        _ => Ok(()),
    }
}
