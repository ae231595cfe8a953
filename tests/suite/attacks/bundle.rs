//! Attacks by way of a file.

use std::path::Path;

use atlas_core::api::types::{ProblemCode as Code, SyncResult};
use serde_json::json;
use tests::feed::{Feed, write_bundle};

use crate::feeds::{Reader, two};

/// A bundle of these bytes is refused, and nothing changes.
fn refused(feed: &Feed, bytes: &[u8]) {
    let (reader, stick) = (Reader::new(), tempfile::tempdir().unwrap());
    let path = stick.path().join("attack.atlas");
    std::fs::write(&path, bytes).unwrap();
    let before = reader.state();
    let outcome = reader.import(&path, &json!({ "fingerprint": feed.fingerprint() }));
    let code = outcome.problem.as_ref().map(|problem| problem.code);
    assert_eq!(
        (outcome.result, code),
        (SyncResult::Refused, Some(Code::Unreadable)),
        "{outcome:?}"
    );
    assert_eq!(reader.state(), before);
}

fn bytes(feed: &Feed) -> Vec<u8> {
    let stick = tempfile::tempdir().unwrap();
    std::fs::read(feed.bundle(stick.path())).unwrap()
}

/// Offsets of a mark.
fn marks(bytes: &[u8], mark: &[u8]) -> Vec<usize> {
    (0..bytes.len() - mark.len())
        .filter(|&at| bytes[at..].starts_with(mark))
        .collect()
}

const LISTED: &[u8] = b"PK\x01\x02";

// 54
#[test]
fn names_that_lead_out_of_a_folder_are_never_used() {
    let (feed, reader, stick) = (two(), Reader::new(), tempfile::tempdir().unwrap());
    let mut entries = feed.files();
    for name in [
        "../../escaped",
        "/escaped",
        "C:\\escaped",
        "tuf/../../escaped",
    ] {
        entries.push((name.to_owned(), b"x".to_vec()));
    }
    let path = stick.path().join("slip.atlas");
    write_bundle(&path, &entries);
    let outcome = reader.import(&path, &json!({ "fingerprint": feed.fingerprint() }));
    assert_eq!(
        outcome.result,
        SyncResult::Updated,
        "they are not even looked at"
    );
    for place in [
        stick.path(),
        reader.folder.path(),
        stick.path().parent().unwrap(),
    ] {
        assert!(!place.join("escaped").exists());
    }
}

// 55
#[test]
fn a_link_in_place_of_a_file_is_refused() {
    let feed = two();
    let mut bytes = bytes(&feed);
    for at in marks(&bytes, LISTED) {
        // Made on Unix, mode of a symbolic link.
        bytes[at + 5] = 3;
        bytes[at + 38..at + 42].copy_from_slice(&(0o120_777_u32 << 16).to_le_bytes());
    }
    refused(&feed, &bytes);
}

// 56
#[test]
fn a_name_that_occurs_twice_is_refused() {
    refused(&two(), &twice());
}

/// A bundle in which two entries have the same name.
fn twice() -> Vec<u8> {
    let stick = tempfile::tempdir().unwrap();
    let path = stick.path().join("x.atlas");
    let feed = two();
    let mut entries = feed.files();
    entries.push(("a".to_owned(), b"1".to_vec()));
    entries.push(("b".to_owned(), b"2".to_vec()));
    write_bundle(&path, &entries);
    let mut bytes = std::fs::read(&path).unwrap();
    for at in marks(&bytes, LISTED) {
        if bytes[at + 46..].starts_with(b"b") {
            bytes[at + 46] = b'a';
        }
    }
    bytes
}

// 57
#[test]
fn a_compressed_entry_is_refused_so_that_there_is_nothing_to_unpack() {
    let feed = two();
    let mut bytes = bytes(&feed);
    for at in marks(&bytes, LISTED) {
        bytes[at + 10] = 8;
    }
    refused(&feed, &bytes);
}

#[test]
fn an_entry_whose_sizes_differ_is_refused() {
    let feed = two();
    let mut bytes = bytes(&feed);
    for at in marks(&bytes, LISTED) {
        bytes[at + 24] ^= 1;
    }
    refused(&feed, &bytes);
}

#[test]
fn a_list_of_files_out_of_all_proportion_is_refused() {
    let (feed, stick) = (two(), tempfile::tempdir().unwrap());
    let path = stick.path().join("long.atlas");
    let mut entries = feed.files();
    entries.extend((0..5000).map(|n| (format!("x{n}"), Vec::new())));
    write_bundle(&path, &entries);
    refused(&feed, &std::fs::read(&path).unwrap());
}

// 58
#[test]
fn an_encrypted_entry_is_refused() {
    let feed = two();
    let mut bytes = bytes(&feed);
    for at in marks(&bytes, LISTED) {
        bytes[at + 8] |= 1;
    }
    refused(&feed, &bytes);
}

// 59
#[test]
fn a_stick_that_is_pulled_during_the_import_changes_nothing() {
    use std::ops::ControlFlow;
    let (feed, reader) = (two(), Reader::new());
    let stick = feed.copy();
    let place = stick.path().to_owned();
    let request =
        serde_json::from_value(json!({ "path": place, "fingerprint": feed.fingerprint() }))
            .unwrap();
    let before = reader.state();
    let pulled = |place: &Path| std::fs::remove_dir_all(place).unwrap_or_default();
    let outcome = reader.app.import_bundle(&request, &mut |progress| {
        // As soon as the feed is known, the stick goes.
        if !progress.feed.is_empty() {
            pulled(&place);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(outcome.unwrap().result, SyncResult::Refused);
    assert_eq!(reader.state(), before);
    assert_eq!(
        reader
            .import(feed.path(), &json!({ "fingerprint": feed.fingerprint() }))
            .result,
        SyncResult::Updated
    );
}

// 60, 61: an_older_bundle_is_refused_and_changes_nothing, an_expired_bundle_needs_consent_and_is_marked.
