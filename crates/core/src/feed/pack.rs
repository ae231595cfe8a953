//! Packs: zstd-compressed NDJSON, one header line and then one operation a line, sorted by kind and id.
//!
//! A reader trusts nothing: the compressed bytes must match the hash before they are decompressed, and
//! the uncompressed size, line length, order and identifiers are checked on the way.

use std::io::{BufRead, BufReader, Read};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::bounds::beyond;
use super::{Digest, PackInfo};
use crate::model::reference::{is_kind, is_record_id};

/// Longest line in bytes.
pub const MAX_LINE: usize = 256 * 1024;
/// Deepest nesting of a record.
pub const MAX_DEPTH: usize = 16;
/// Longest text of a record in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// Longest list of a record.
pub const MAX_ITEMS: usize = 1_000;
/// Largest pack in bytes, compressed.
pub const MAX_SIZE: u32 = 64 * 1024 * 1024;
/// Largest pack in bytes, uncompressed.
pub const MAX_RAW: u32 = 512 * 1024 * 1024;
/// Largest window that the decompressor accepts, as a power of two; caps its memory at 128 MiB.
const WINDOW_LOG_MAX: u32 = 27;

/// First line of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackHeader {
    /// `snapshot` or `delta`.
    pub pack: String,
    /// Feed id.
    pub feed: String,
    /// Generation from which a delta leads; absent in a snapshot.
    pub from: Option<u32>,
    /// Generation to which the pack leads.
    pub to: u32,
    /// Number of this part, from 0.
    pub part: u32,
    /// Number of parts.
    pub parts: u32,
}

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Adds or replaces a record.
    Put {
        /// Record kind.
        kind: String,
        /// Record id.
        id: String,
        /// The record's bytes exactly as published.
        raw: String,
    },
    /// Removes a record.
    Delete {
        /// Record kind.
        kind: String,
        /// Record id.
        id: String,
    },
}

/// Why a pack is refused.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The bytes are not those that the manifest names.
    #[error("pack does not match its hash or size")]
    Hash,
    /// Decompression failed or gave more than announced.
    #[error("pack cannot be decompressed: {0}")]
    Compression(#[source] std::io::Error),
    /// More or fewer bytes or lines than announced.
    #[error("pack has another length than announced")]
    Length,
    /// A line that cannot be read.
    #[error("pack line {line}: {reason}")]
    Line {
        /// Line number, from 1.
        line: u32,
        /// What is wrong with it.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    op: &'a str,
    t: &'a str,
    id: &'a str,
    #[serde(borrow)]
    rec: Option<&'a RawValue>,
}

/// One compressed frame, and nothing after it.
struct Frame<'a, R: Read>(zstd::Decoder<'a, BufReader<R>>);

impl<R: Read> Frame<'_, R> {
    fn new(bytes: R) -> std::io::Result<Self> {
        let mut decoder =
            zstd::Decoder::with_buffer(BufReader::with_capacity(1 << 16, bytes))?.single_frame();
        decoder.window_log_max(WINDOW_LOG_MAX)?;
        Ok(Self(decoder))
    }
}

impl<R: Read> Read for Frame<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(buffer)?;
        if read == 0 && !buffer.is_empty() && !self.0.get_mut().fill_buf()?.is_empty() {
            return Err(std::io::Error::other("bytes after the frame"));
        }
        Ok(read)
    }
}

/// Reads the operations of a pack one by one.
pub struct PackReader<'a> {
    input: std::io::Take<BufReader<Box<dyn Read + 'a>>>,
    info: PackInfo,
    header: PackHeader,
    line: u32,
    bytes: u64,
    last: Option<(String, String)>,
}

impl<'a> PackReader<'a> {
    /// Checks the hash of a pack and reads its header.
    ///
    /// # Errors
    /// [`PackError`] when the bytes are not those that `info` names, or the header cannot be read.
    pub fn open(bytes: &'a [u8], info: &PackInfo) -> Result<Self, PackError> {
        let announced: Digest = info.sha256.parse().map_err(|_| PackError::Hash)?;
        if bytes.len() != info.size as usize || Digest::of(bytes) != announced {
            return Err(PackError::Hash);
        }
        Self::stream(bytes, info)
    }

    /// Reads the header of a pack whose size and hash were compared with `info` before, as staging does.
    ///
    /// # Errors
    /// [`PackError`] when the pack is beyond the limits or its header cannot be read.
    pub fn stream(bytes: impl Read + 'a, info: &PackInfo) -> Result<Self, PackError> {
        if info.size > MAX_SIZE || info.raw > MAX_RAW {
            return Err(PackError::Hash);
        }
        let frame = Frame::new(bytes).map_err(PackError::Compression)?;
        let input = BufReader::with_capacity(1 << 16, Box::new(frame) as Box<dyn Read + 'a>);
        // One byte more than announced tells "longer" from "exactly".
        let mut reader = Self {
            input: input.take(u64::from(info.raw) + 1),
            info: info.clone(),
            header: PackHeader {
                pack: String::new(),
                feed: String::new(),
                from: None,
                to: 0,
                part: 0,
                parts: 0,
            },
            line: 0,
            bytes: 0,
            last: None,
        };
        let header = reader.read_line()?.ok_or(PackError::Length)?;
        reader.header =
            serde_json::from_str(&header).map_err(|error| reader.fault(&error.to_string()))?;
        Ok(reader)
    }

    /// The header.
    pub fn header(&self) -> &PackHeader {
        &self.header
    }

    fn fault(&self, reason: &str) -> PackError {
        PackError::Line {
            line: self.line,
            reason: reason.to_owned(),
        }
    }

    fn read_line(&mut self) -> Result<Option<String>, PackError> {
        let mut line = Vec::new();
        let read = (&mut self.input)
            .take(MAX_LINE as u64 + 1)
            .read_until(b'\n', &mut line)
            .map_err(PackError::Compression)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        self.bytes += read as u64;
        if self.bytes > u64::from(self.info.raw) {
            return Err(PackError::Length);
        }
        if line.pop() != Some(b'\n') {
            return Err(self.fault("longer than 256 KiB or without line end"));
        }
        String::from_utf8(line)
            .map(Some)
            .map_err(|_| self.fault("not UTF-8"))
    }

    fn read_op(&mut self) -> Result<Option<Op>, PackError> {
        let Some(text) = self.read_line()? else {
            if self.bytes != u64::from(self.info.raw) || self.line != self.info.lines + 1 {
                return Err(PackError::Length);
            }
            return Ok(None);
        };
        let line: Line<'_> =
            serde_json::from_str(&text).map_err(|error| self.fault(&error.to_string()))?;
        if !is_kind(line.t) || !is_record_id(line.id) {
            return Err(self.fault("kind or id has characters that it may not have"));
        }
        let key = (line.t.to_owned(), line.id.to_owned());
        if self.last.as_ref().is_some_and(|last| *last >= key) {
            return Err(self.fault("not sorted by kind and id, or twice the same"));
        }
        self.last = Some(key.clone());
        let (kind, id) = key;
        match (line.op, line.rec) {
            ("put", Some(record)) => match beyond(record.get()) {
                Some(reason) => Err(self.fault(&format!("{kind}/{id}: {reason}"))),
                None => Ok(Some(Op::Put {
                    kind,
                    id,
                    raw: record.get().to_owned(),
                })),
            },
            ("del", None) if self.header.pack == "delta" => Ok(Some(Op::Delete { kind, id })),
            _ => Err(self.fault("operation unknown here")),
        }
    }
}

impl Iterator for PackReader<'_> {
    type Item = Result<Op, PackError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read_op().transpose()
    }
}
