//! The whole builder on the committed catalog.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use atlas_core::feed::{Op, PackReader};
use atlas_core::model::{Record, Status};

use super::*;

mod records;
mod rules;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The catalog built once for all tests.
static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| build(&root()).unwrap_or_else(|error| panic!("{error}")));

fn record(target: &str) -> &'static Record {
    CATALOG
        .records
        .iter()
        .find(|record| link::target(record) == target)
        .unwrap_or_else(|| panic!("there is no {target}"))
}

#[test]
fn committed_files_are_what_the_entries_give() {
    for (name, bytes) in files(&CATALOG).unwrap() {
        let committed = std::fs::read(root().join(&name)).unwrap_or_default();
        assert!(
            committed == bytes,
            "{name} is not up to date: run `atlas catalog build`"
        );
    }
}

#[test]
fn a_second_build_gives_the_same_bytes() {
    assert!(files(&build(&root()).unwrap()).unwrap() == files(&CATALOG).unwrap());
}

#[test]
fn the_ledger_accounts_for_every_line_once_and_adds_up() {
    let lines: BTreeSet<&str> = CATALOG.ledger.iter().map(|row| row.line.as_str()).collect();
    assert_eq!(lines.len(), 1789);
    assert_eq!(CATALOG.ledger.len(), 1789);
    assert_eq!(CATALOG.summary.lines, 1789);
    assert_eq!(CATALOG.summary.actions.values().sum::<usize>(), 1789);
    assert_eq!(CATALOG.summary.reasons.values().sum::<usize>(), 1789);
    assert_eq!(
        CATALOG.summary.kinds.values().sum::<usize>(),
        CATALOG.records.len()
    );
    let targets: BTreeSet<String> = CATALOG.records.iter().map(link::target).collect();
    for row in &CATALOG.ledger {
        let into: Vec<&str> = row
            .into
            .split(';')
            .filter(|target| !target.is_empty())
            .collect();
        assert_eq!(into.is_empty(), row.action == "left_out", "{row:?}");
        assert!(
            into.iter().all(|target| targets.contains(*target)),
            "{row:?}"
        );
    }
}

#[test]
fn every_record_has_a_line_behind_it() {
    let named: BTreeSet<&str> = CATALOG
        .ledger
        .iter()
        .flat_map(|row| row.into.split(';'))
        .collect();
    for record in CATALOG
        .records
        .iter()
        .filter(|record| !matches!(record, Record::List(_) | Record::Document(_)))
    {
        assert!(
            named.contains(link::target(record).as_str()),
            "no line gave {}",
            link::target(record)
        );
    }
}

#[test]
fn nothing_is_shown_as_confirmed_and_the_date_of_checking_is_told() {
    for source in CATALOG
        .records
        .iter()
        .flat_map(|record| &record.head().sources)
    {
        assert_ne!(source.status, Status::Confirmed);
        assert_eq!(source.checked, sources::checked());
    }
}

#[test]
fn tables_name_only_texts_that_entries_print() {
    let entries = entry::read(&root()).unwrap();
    let printed: BTreeSet<&str> = entries
        .iter()
        .flat_map(|entry| entry.enterprise.iter().chain(&entry.provider))
        .map(String::as_str)
        .collect();
    let names = Names::read(&root()).unwrap();
    let unused: Vec<&str> = names
        .printed()
        .filter(|text| !printed.contains(text))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn entries_hold_no_telephone_number_and_no_mailbox() {
    for name in entry::TYPES {
        let text =
            std::fs::read_to_string(root().join(format!("assets/catalog/entries/{name}.jsonl")))
                .unwrap();
        for line in text.lines() {
            assert!(!has_mailbox(line) && !has_mobile(line), "{line}");
        }
    }
}

fn has_mailbox(line: &str) -> bool {
    line.match_indices('@').any(|(at, _)| {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        is_word(line[..at].chars().next_back()) && is_word(line[at + 1..].chars().next())
    })
}

/// Eleven digits that begin with 13 to 19 and stand alone.
fn has_mobile(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .any(|word| {
            word.len() == 11
                && word.bytes().all(|byte| byte.is_ascii_digit())
                && ("13".."2").contains(&word)
        })
}

#[test]
fn the_pack_reads_back_to_the_records() {
    let files = files(&CATALOG).unwrap();
    let manifest =
        atlas_core::feed::Manifest::parse(&files["assets/catalog/bundled.json"]).unwrap();
    let ops: Vec<Op> =
        PackReader::open(&files["assets/catalog/bundled.pack"], &manifest.snapshot[0])
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
    assert_eq!(ops.len(), CATALOG.records.len());
    let by_target: BTreeMap<String, &Record> = CATALOG
        .records
        .iter()
        .map(|record| (link::target(record), record))
        .collect();
    for op in ops {
        let Op::Put { kind, id, raw } = op else {
            panic!("a snapshot only puts")
        };
        let read: Record = serde_json::from_str(&raw).unwrap();
        assert_eq!(Some(&&read), by_target.get(&format!("{kind}/{id}")));
    }
}
