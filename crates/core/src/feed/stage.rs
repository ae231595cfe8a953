//! Staging: packs on their way in. A pack becomes readable only when its size and hash are those that were signed.
//!
//! Files are named by the hash that was signed, so that what an interrupted download left is continued by the
//! next one, from whichever address. Nothing here is ever decompressed.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use super::source::FetchError;
use super::{Digest, PackInfo};

/// Bytes copied at a time.
pub(super) const PIECE: usize = 64 * 1024;

/// The staging folder of one feed.
#[derive(Debug, Clone)]
pub struct Stage {
    folder: PathBuf,
}

impl Stage {
    /// The staging folder of a feed below `root`. The feed's id becomes no part of the path.
    pub fn new(root: &Path, feed: &str) -> Self {
        let name = Digest::of(feed.as_bytes()).to_string();
        Self {
            folder: root.join(&name[..16]),
        }
    }

    /// Removes everything but the packs named.
    pub fn keep(&self, packs: &[&PackInfo]) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !packs.iter().any(|pack| name.starts_with(&pack.sha256)) {
                // What stays costs space until the next sync, nothing else.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes everything, the folder included.
    pub fn clear(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }

    /// Begins or continues a pack. `arrived` counts the bytes of all packs.
    ///
    /// # Errors
    /// [`FetchError::Staging`] when the folder cannot be used.
    pub fn begin(&self, info: &PackInfo, arrived: Arc<AtomicU64>) -> Result<Part, FetchError> {
        let failed = |error| FetchError::Staging(self.folder.clone(), error);
        // The name is made of what was parsed, not of what was sent.
        let digest: Digest = info
            .sha256
            .parse()
            .map_err(|_| FetchError::Mismatch("hash".to_owned()))?;
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let path = self.folder.join(format!("{digest}.part"));
        // Whole since an attempt that got no further; its bytes are looked at once more all the same.
        let whole = path.with_extension("pack");
        if whole.exists() {
            fs::rename(&whole, &path).map_err(failed)?;
        }
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(failed)?;
        let mut part = Part {
            path,
            hasher: Sha256::new(),
            len: 0,
            size: u64::from(info.size),
            digest,
            arrived,
            file: None,
        };
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece).map_err(failed)?;
            if read == 0 {
                break;
            }
            part.hasher.update(&piece[..read]);
            part.len += read as u64;
            if part.len > part.size {
                break;
            }
        }
        part.file = Some(file);
        let whole_but_wrong = part.len == part.size && part.hash() != digest;
        if part.len > part.size || whole_but_wrong {
            part.restart()?;
        }
        part.arrived.fetch_add(part.len, Ordering::Relaxed);
        Ok(part)
    }
}

/// A pack that is not whole yet.
#[derive(Debug)]
pub struct Part {
    path: PathBuf,
    file: Option<File>,
    hasher: Sha256,
    len: u64,
    size: u64,
    digest: Digest,
    arrived: Arc<AtomicU64>,
}

impl Part {
    /// Bytes at hand.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether nothing is at hand.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes in all, as signed.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether every byte is at hand.
    pub fn is_whole(&self) -> bool {
        self.len == self.size
    }

    fn hash(&self) -> Digest {
        Digest(self.hasher.clone().finalize().into())
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// [`FetchError::TooLarge`] when there are more than signed, [`FetchError::Staging`] when the disk fails.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), FetchError> {
        if self.len + bytes.len() as u64 > self.size {
            return Err(FetchError::TooLarge(self.size));
        }
        let failed = |error| FetchError::Staging(self.path.clone(), error);
        if let Some(file) = &mut self.file {
            file.write_all(bytes).map_err(failed)?;
        }
        self.hasher.update(bytes);
        self.len += bytes.len() as u64;
        self.arrived
            .fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Begins from the first byte.
    ///
    /// # Errors
    /// [`FetchError::Staging`] when the disk fails.
    pub fn restart(&mut self) -> Result<(), FetchError> {
        let failed = |error| FetchError::Staging(self.path.clone(), error);
        // The counter may not know these bytes yet; it never falls below zero.
        let known = self.arrived.load(Ordering::Relaxed).min(self.len);
        self.arrived.fetch_sub(known, Ordering::Relaxed);
        self.file = None;
        self.file = Some(File::create(&self.path).map_err(failed)?);
        self.hasher = Sha256::new();
        self.len = 0;
        Ok(())
    }

    /// Compares size and hash with what was signed, and answers the file.
    ///
    /// # Errors
    /// [`FetchError::Mismatch`] when they differ; the bytes are thrown away then.
    pub fn finish(mut self) -> Result<PathBuf, FetchError> {
        if self.len != self.size || self.hash() != self.digest {
            let _ = fs::remove_file(&self.path);
            return Err(FetchError::Mismatch(self.digest.to_string()));
        }
        let failed = |error| FetchError::Staging(self.path.clone(), error);
        if let Some(file) = self.file.take() {
            file.sync_all().map_err(failed)?;
        }
        let path = self.path.with_extension("pack");
        fs::rename(&self.path, &path).map_err(failed)?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_that_was_whole_when_a_sync_ended_is_not_fetched_again() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = b"fixture";
        let info = PackInfo {
            sha256: Digest::of(bytes).to_string(),
            size: 7,
            raw: 7,
            lines: 1,
        };
        let stage = Stage::new(folder.path(), "fixture");
        let mut part = stage.begin(&info, Arc::default()).unwrap();
        part.write(bytes).unwrap();
        part.finish().unwrap();
        stage.keep(&[&info]);
        let arrived = Arc::new(AtomicU64::new(0));
        let part = stage.begin(&info, arrived.clone()).unwrap();
        assert!(part.is_whole());
        assert_eq!(arrived.load(Ordering::Relaxed), 7);
        assert_eq!(fs::read(part.finish().unwrap()).unwrap(), bytes);
    }
}
