//! A feed in a folder: a stick, a share, a copy of a server's tree.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::PathBuf;

use super::source::{Answer, FetchError, Source, Traffic};
use super::stage::{PIECE, Part};

/// A folder that holds the tree of a feed.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    traffic: Traffic,
}

impl Folder {
    /// Reads from a folder.
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            traffic: Traffic::default(),
        }
    }

    fn open(&self, path: &str) -> Result<Option<File>, FetchError> {
        self.traffic.asked();
        let path = self.path.join(path);
        // A stick that was pulled is not a stick without the file.
        if !self.path.is_dir() {
            return Err(FetchError::Unreachable(self.path.display().to_string()));
        }
        match path.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Err(FetchError::Unreadable(path.display().to_string())),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(&error)),
        }
        File::open(&path)
            .map(Some)
            .map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &std::io::Error) -> FetchError {
    FetchError::Unreadable(error.to_string())
}

/// Reads a whole small file.
pub(super) fn read_small(
    mut from: impl Read,
    max: u64,
    traffic: &Traffic,
) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    from.by_ref()
        .take(max + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    traffic.received(bytes.len());
    if bytes.len() as u64 > max {
        return Err(FetchError::TooLarge(max));
    }
    Ok(bytes)
}

/// Copies a whole pack, piece by piece, so that a caller who gives up is heard in between.
pub(super) async fn copy(
    mut from: impl Read + Send,
    part: &mut Part,
    traffic: &Traffic,
) -> Result<(), FetchError> {
    part.restart()?;
    let mut piece = vec![0; PIECE];
    loop {
        let read = from.read(&mut piece).map_err(|error| unreadable(&error))?;
        if read == 0 {
            return Ok(());
        }
        traffic.received(read);
        part.write(&piece[..read])?;
        tokio::task::yield_now().await;
    }
}

impl Source for Folder {
    fn get<'a>(&'a self, path: &'a str, max: u64) -> Answer<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            match self.open(path)? {
                Some(file) => read_small(file, max, &self.traffic).map(Some),
                None => Ok(None),
            }
        })
    }

    fn pack<'a>(&'a self, path: &'a str, part: &'a mut Part) -> Answer<'a, ()> {
        Box::pin(async move {
            let file = self
                .open(path)?
                .ok_or_else(|| FetchError::Missing(path.to_owned()))?;
            copy(file, part, &self.traffic).await
        })
    }

    fn traffic(&self) -> &Traffic {
        &self.traffic
    }
}
