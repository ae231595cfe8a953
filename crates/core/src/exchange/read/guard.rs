//! What a file is, by its first bytes, and whether what is packed in it may be unpacked.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::{Format, MAX_FILES, MAX_RATIO, MAX_RAW, RATIO_FROM, ReadError};

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// The first bytes of what people take for a spreadsheet now and then.
const OTHERS: &[&[u8]] = &[
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"SQLite format 3",
];

/// What the content is.
pub(super) fn sniff(bytes: &[u8]) -> Result<Format, ReadError> {
    if bytes.starts_with(OLE) {
        return compound(bytes);
    }
    if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) {
        return archive(bytes);
    }
    if bytes.is_empty() || OTHERS.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(ReadError::NoSpreadsheet);
    }
    // Web systems hand out pages and XML under the name of a spreadsheet.
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if ["<html", "<!doctype", "<table", "<?xml", "<meta"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        return Err(ReadError::Unsupported);
    }
    Ok(Format::Csv)
}

/// A compound file: an old spreadsheet, or a new one behind a password.
fn compound(bytes: &[u8]) -> Result<Format, ReadError> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes))
        .map_err(|error| ReadError::Damaged(error.to_string()))?;
    if file.exists("/EncryptedPackage") || file.exists("/EncryptionInfo") {
        return Err(ReadError::Encrypted);
    }
    if file.exists("/_VBA_PROJECT_CUR") || file.exists("/_VBA_PROJECT") {
        return Err(ReadError::Macros);
    }
    if file.is_stream("/Workbook") || file.is_stream("/Book") {
        Ok(Format::Xls)
    } else {
        Err(ReadError::NoSpreadsheet)
    }
}

/// An archive: measured, and told by the names in it.
fn archive(bytes: &[u8]) -> Result<Format, ReadError> {
    let damaged = |error: zip::result::ZipError| ReadError::Damaged(error.to_string());
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    // A name that is no text is no name that is looked for.
    let names: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(|name| name.to_lowercase())
        .collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names
        .iter()
        .any(|name| name.ends_with("vbaproject.bin") || name.starts_with("basic/"))
    {
        return Err(ReadError::Macros);
    }
    let format = if has("xl/workbook.xml") {
        Format::Xlsx
    } else if has("xl/workbook.bin") || has("index.zip") || has("index/document.iwa") {
        return Err(ReadError::Unsupported);
    } else if has("content.xml") && has("mimetype") {
        Format::Ods
    } else if has("[content_types].xml") {
        // The workbook of an XLSX may have another name; what is no workbook is told by the reader.
        Format::Xlsx
    } else {
        return Err(ReadError::NoSpreadsheet);
    };
    measure(bytes)?;
    Ok(format)
}

/// Unpacks the archive once into nothing, so that what reads it later is known to end.
fn measure(bytes: &[u8]) -> Result<(), ReadError> {
    let damaged = |error: zip::result::ZipError| ReadError::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_FILES {
        return Err(ReadError::TooLarge);
    }
    let mut left = MAX_RAW;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(damaged)?;
        if entry.encrypted() {
            return Err(ReadError::Encrypted);
        }
        let packed = entry.compressed_size().max(1);
        let read = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink())
            .map_err(|error| ReadError::Damaged(error.to_string()))?;
        left = left.checked_sub(read).ok_or(ReadError::TooLarge)?;
        if read > RATIO_FROM && read / packed > MAX_RATIO {
            return Err(ReadError::Bomb);
        }
    }
    Ok(())
}
