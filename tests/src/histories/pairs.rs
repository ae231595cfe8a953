//! G8: from an older generation to a newer one, by the delta, by the snapshot over what was there, by the snapshot on
//! nothing, and with the index built anew: all end the same, in every table and on every screen.

use std::fs;
use std::path::Path;

use atlas_core::api::types::{SyncOutcome, SyncResult};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::publisher::{change, words};
use super::view::{assert_same, screens, tables};
use crate::chance::Chance;
use crate::feed::Feed;
use crate::feed::packs::Records;
use crate::fixtures::{self, clock};
use crate::reader::Reader;

/// Ways that were compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Compared {
    /// Pairs of an older and a newer generation.
    pub pairs: u32,
    /// Of these, led by a delta; of the others a delta is larger than the snapshot.
    pub deltas: u32,
}

/// What a generation should look like.
struct Expected {
    words: Vec<String>,
    tables: Vec<String>,
    screens: Vec<String>,
}

/// Publishes so many generations and walks to each of them from each before. Panics where ways differ.
pub fn history(seed: u64, generations: usize) -> Compared {
    let mut chance = Chance::new(seed);
    let mut feed = Feed::new("north", 1);
    let mut compared = Compared::default();
    // The folder at each generation, reached by deltas where there were any.
    let mut held: Vec<(TempDir, Records)> = Vec::new();
    for _ in 0..generations {
        change(&mut feed, &mut chance);
        feed.publish();
        let (fresh, expected) = by_snapshot(&feed, words(&feed, &mut chance));
        let mut next = None;
        for (from, (folder, records)) in held.iter().enumerate() {
            let reader = Reader::open(copy(folder.path()), clock);
            let outcome = reader.synced(SyncResult::Updated);
            let what = format!("seed {seed}: {} to {}", from + 1, feed.generation);
            compare(&what, &reader, &expected);
            assert_counts(&what, &outcome, records, &feed.records);
            compared.pairs += 1;
            compared.deltas += u32::from(outcome.delta);
            next = Some(reader);
        }
        if !held.is_empty() {
            let (folder, records) = chance.one_of(&held);
            over_it(seed, &mut feed, folder.path(), records, &expected);
        }
        let reader = next.unwrap_or(fresh);
        drop(reader.app);
        held.push((reader.folder, feed.records.clone()));
    }
    compared
}

/// The snapshot on nothing, which has to be what was published; then its index built anew.
fn by_snapshot(feed: &Feed, words: Vec<String>) -> (Reader, Expected) {
    let reader = Reader::new();
    reader.add(feed);
    assert!(!reader.synced(SyncResult::Updated).delta);
    let expected = Expected {
        tables: tables(reader.folder.path()),
        screens: screens(&reader, &words),
        words,
    };
    let stored = reader.stored(&feed.id);
    assert!(
        stored == feed.records,
        "stored is what was published, byte by byte"
    );
    drop(reader.app);
    fs::remove_dir_all(reader.folder.path().join("index")).expect("there is an index");
    let reader = Reader::open(reader.folder, clock);
    compare("index built anew", &reader, &expected);
    (reader, expected)
}

/// The snapshot over an older generation: a manifest without deltas leaves no other way.
fn over_it(seed: u64, feed: &mut Feed, folder: &Path, records: &Records, expected: &Expected) {
    let deltas = feed.manifest["deltas"].take();
    feed.manifest["deltas"] = json!([]);
    feed.sign_manifest();
    let reader = Reader::open(copy(folder), clock);
    let outcome = reader.synced(SyncResult::Updated);
    assert!(!outcome.delta);
    let what = format!(
        "seed {seed}: snapshot {} over an older one",
        feed.generation
    );
    compare(&what, &reader, expected);
    assert_counts(&what, &outcome, records, &feed.records);
    feed.manifest["deltas"] = deltas;
    feed.sign_manifest();
}

fn compare(what: &str, reader: &Reader, expected: &Expected) {
    assert_same(what, &tables(reader.folder.path()), &expected.tables);
    assert_same(what, &screens(reader, &expected.words), &expected.screens);
    let status: Value = reader.query("get_status", json!({}));
    assert_eq!(status["index"]["revision"], status["revision"], "{what}");
}

/// What a sync says that it did is what was done.
fn assert_counts(what: &str, outcome: &SyncOutcome, from: &Records, to: &Records) {
    let added = to.keys().filter(|key| !from.contains_key(*key)).count();
    let removed = from.keys().filter(|key| !to.contains_key(*key)).count();
    let changed = from
        .iter()
        .filter(|(key, record)| to.get(*key).is_some_and(|now| now != *record));
    assert_eq!(
        [outcome.added, outcome.changed, outcome.removed].map(|count| count as usize),
        [added, changed.count(), removed],
        "{what}"
    );
}

/// A copy of a folder in which nobody works.
pub fn copy(folder: &Path) -> TempDir {
    let to = fixtures::folder();
    copy_into(folder, to.path());
    to
}

fn copy_into(folder: &Path, to: &Path) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let entry = entry.expect("it can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder can be made");
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}
