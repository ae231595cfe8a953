//! A slice of the torture (`cargo xtask torture` runs all of it), and proof that its tools have teeth.

use std::path::PathBuf;

use tests::torture::corrupt;
use tests::torture::gates::{Bench, Outcome};
use tests::torture::scenario::Scenario;

/// A bench in a folder that goes with it.
fn bench(every: u64) -> (tempfile::TempDir, Bench) {
    let dir = tests::fixtures::folder();
    let bench = Bench {
        driver: PathBuf::from(env!("CARGO_BIN_EXE_torture")),
        place: dir.path().to_owned(),
        jobs: 2,
        every,
    };
    (dir, bench)
}

fn assert_kept(outcome: &Outcome, least: u64) {
    assert_eq!(outcome.violations, 0, "{:#?}", outcome.told);
    assert!(outcome.points >= least, "{} points", outcome.points);
}

#[test]
fn the_shim_sees_every_call_even_the_raw_rename_that_ends_a_commit() {
    let _alone = crate::alone();
    let (_dir, bench) = bench(1);
    // Preparing compares the replayed log with the folder, byte for byte.
    let prepared = bench.prepare(Scenario::Rebuild);
    let commits = prepared
        .ops
        .iter()
        .filter(|op| op.renames_to("index/meta.json"));
    assert!(
        commits.count() >= 2,
        "creating and committing an index both end in a rename"
    );
}

#[test]
fn a_slice_of_kills_and_torn_writes_leaves_the_old_state_or_the_new() {
    let _alone = crate::alone();
    let (_dir, bench) = bench(40);
    for scenario in [Scenario::Delta, Scenario::FirstImport] {
        assert_kept(&bench.kills(&bench.prepare(scenario)), 8);
    }
}

#[test]
fn a_slice_of_kills_in_backup_restore_migration_and_import_keeps_the_users_data() {
    let _alone = crate::alone();
    let (_dir, bench) = bench(12);
    for scenario in [
        Scenario::Backup,
        Scenario::Restore,
        Scenario::Migration,
        Scenario::Import,
    ] {
        assert_kept(&bench.kills(&bench.prepare(scenario)), 4);
    }
}

#[test]
fn a_slice_of_damage_to_the_users_data_opens_keeps_the_file_and_puts_a_backup_in_its_place() {
    let _alone = crate::alone();
    assert_kept(&corrupt::damages(2, 13), 35);
}

#[test]
fn a_slice_of_disk_errors_is_named_and_loses_nothing() {
    let _alone = crate::alone();
    let (_dir, bench) = bench(60);
    for scenario in [
        Scenario::Snapshot,
        Scenario::Edits,
        Scenario::Backup,
        Scenario::Import,
    ] {
        assert_kept(&bench.errors(&bench.prepare(scenario)), 6);
    }
}

#[test]
fn a_slice_of_power_cuts_keeps_what_was_acknowledged_and_without_syncs_does_not() {
    let _alone = crate::alone();
    let (_dir, bench) = bench(25);
    let prepared = bench.prepare(Scenario::Delta);
    assert_kept(&bench.power_cuts(&prepared, false), 24);
    let control = bench.power_cuts(&prepared, true);
    assert!(
        control.violations * 20 > control.points,
        "a disk that ignores syncs must be caught: {control:?}"
    );
}

#[test]
fn an_index_marked_before_it_is_written_is_caught() {
    let _alone = crate::alone();
    let (_dir, bench) = bench(3);
    let control = bench.kills(&bench.prepare(Scenario::EarlyMark));
    assert!(control.violations > 0, "{control:?}");
}
