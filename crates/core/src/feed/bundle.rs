//! A feed in one file: a zip whose entries are stored, not compressed. Carried on a stick or sent by mail.
//!
//! Entries are looked up by names that the product computes; the names in the file are never turned into paths.
//! Refused are compressed or encrypted entries, links, names that occur twice, and lists of files too long to be a feed.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use zip::{CompressionMethod, ZipArchive};

use super::folder::read_small;
use super::limits;
use super::source::{Answer, FetchError, Source, Traffic};
use super::stage::{PIECE, Part};

/// An opened bundle.
#[derive(Debug)]
pub struct Bundle {
    archive: Mutex<ZipArchive<File>>,
    file: Mutex<File>,
    traffic: Traffic,
}

impl Bundle {
    /// Opens a bundle and checks its list of files.
    ///
    /// # Errors
    /// [`FetchError::Unreadable`] when the file is missing, torn or no bundle, [`FetchError::TooLarge`] when it
    /// is larger than a bundle may be.
    pub fn open(path: &Path) -> Result<Self, FetchError> {
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        check_list(&mut file)?;
        let archive = ZipArchive::new(file).map_err(|error| unreadable(&error))?;
        if archive.len() > limits::BUNDLE_FILES {
            return Err(unreadable(&"too many files"));
        }
        if archive.has_duplicate_names() {
            return Err(unreadable(&"a name occurs twice"));
        }
        Ok(Self {
            archive: Mutex::new(archive),
            // The list and the bytes are read through handles of their own.
            file: Mutex::new(File::open(path).map_err(|error| unreadable(&error))?),
            traffic: Traffic::default(),
        })
    }

    /// Where the bytes of an entry lie: offset and length.
    fn find(&self, name: &str) -> Result<Option<(u64, u64)>, FetchError> {
        self.traffic.asked();
        let mut archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(index) = archive.index_for_name_raw(name.as_bytes()) else {
            return Ok(None);
        };
        let entry = archive
            .by_index_raw(index)
            .map_err(|error| unreadable(&error))?;
        let plain = entry.is_file()
            && !entry.encrypted()
            && entry.compression() == CompressionMethod::Stored
            && entry.size() == entry.compressed_size();
        let start = entry.data_start();
        match start {
            Some(start) if plain => Ok(Some((start, entry.size()))),
            _ => Err(unreadable(&format!("{name} is not a stored file"))),
        }
    }

    /// Reads from an offset of the file, at most a piece.
    fn read_at(&self, offset: u64, piece: &mut [u8]) -> Result<usize, FetchError> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| file.read(piece))
            .map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &impl std::fmt::Display) -> FetchError {
    FetchError::Unreadable(error.to_string())
}

/// Refuses files whose list of entries is out of all proportion, before a library reads it into memory.
fn check_list(file: &mut File) -> Result<(), FetchError> {
    const END: usize = 22;
    const COMMENT: u64 = 65_535;
    let len = file
        .seek(SeekFrom::End(0))
        .map_err(|error| unreadable(&error))?;
    if len > limits::BUNDLE {
        return Err(FetchError::TooLarge(limits::BUNDLE));
    }
    let start = len.saturating_sub(END as u64 + COMMENT);
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(start))
        .and_then(|_| file.take(END as u64 + COMMENT).read_to_end(&mut tail))
        .map_err(|error| unreadable(&error))?;
    let ends = tail
        .windows(END)
        .filter(|end| end.starts_with(b"PK\x05\x06"));
    let mut found = false;
    for end in ends {
        found = true;
        let files = usize::from(u16::from_le_bytes([end[10], end[11]]));
        let bytes = u32::from_le_bytes([end[12], end[13], end[14], end[15]]);
        if files > limits::BUNDLE_FILES || bytes > limits::BUNDLE_LIST {
            return Err(unreadable(&"the list of files is too long"));
        }
    }
    // An extended list would say its real length elsewhere; a bundle needs none.
    let extended = tail.windows(4).any(|mark| mark == b"PK\x06\x07");
    if found && !extended {
        Ok(())
    } else {
        Err(unreadable(&"no bundle, or cut short"))
    }
}

impl Source for Bundle {
    fn get<'a>(&'a self, path: &'a str, max: u64) -> Answer<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            let Some((start, len)) = self.find(path)? else {
                return Ok(None);
            };
            if len > max {
                return Err(FetchError::TooLarge(max));
            }
            let mut bytes = vec![0; usize::try_from(len).unwrap_or(0)];
            let mut done = 0;
            while done < bytes.len() {
                let read = self.read_at(start + done as u64, &mut bytes[done..])?;
                if read == 0 {
                    return Err(unreadable(&"cut short"));
                }
                done += read;
            }
            read_small(bytes.as_slice(), max, &self.traffic).map(Some)
        })
    }

    fn pack<'a>(&'a self, path: &'a str, part: &'a mut Part) -> Answer<'a, ()> {
        Box::pin(async move {
            let (start, len) = self
                .find(path)?
                .ok_or_else(|| FetchError::Missing(path.to_owned()))?;
            if len != part.size() {
                return Err(FetchError::Mismatch(path.to_owned()));
            }
            part.restart()?;
            let mut piece = vec![0; PIECE];
            let mut done = 0;
            while done < len {
                let wanted = usize::try_from(len - done).unwrap_or(PIECE).min(PIECE);
                let read = self.read_at(start + done, &mut piece[..wanted])?;
                if read == 0 {
                    return Err(unreadable(&"cut short"));
                }
                self.traffic.received(read);
                part.write(&piece[..read])?;
                done += read as u64;
                tokio::task::yield_now().await;
            }
            Ok(())
        })
    }

    fn traffic(&self) -> &Traffic {
        &self.traffic
    }
}
