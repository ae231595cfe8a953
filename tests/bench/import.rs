//! The first import of a feed, beside what any program would have to do: insert the records and index them.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::time::Instant;

use atlas_core::api::types::{SyncRequest, SyncResult};
use atlas_core::model::{Record, RecordRef};
use atlas_core::search::{Document, Facts, Index};
use rusqlite::{Connection, params};
use tests::feed::Feed;

use super::records::FEED;
use super::{Failure, app, days, generator, middle, process};

/// Records of the feed.
const RECORDS: usize = 20_000;
/// Runs of each, in turns.
const RUNS: usize = 3;
/// Memory of the index writer and pages of the writing connection, as the product has them.
const WRITER_BYTES: usize = 64 << 20;
const CACHE_KIB: i64 = 64 << 10;

/// Syncs a feed into a new folder; tells seconds and peak memory in kilobytes.
pub fn ours(dir: &Path, feed: &str) -> Result<(), Failure> {
    app(dir)?;
    days::add(dir, feed)?;
    let app = app(dir)?;
    let began = Instant::now();
    let report = app.sync(&SyncRequest::default(), &mut |_| {
        std::ops::ControlFlow::Continue(())
    })?;
    let seconds = began.elapsed().as_secs_f64();
    match report.feeds.first() {
        Some(outcome)
            if outcome.result == SyncResult::Updated && outcome.added as usize == RECORDS => {}
        outcome => return Err(format!("{outcome:?}").into()),
    }
    println!("{seconds} {}", process::status("VmHWM"));
    Ok(())
}

/// Inserts the records into one table in one transaction and indexes them; tells the same.
pub fn plain(dir: &Path, lines: &Path) -> Result<(), Failure> {
    fs::create_dir_all(dir.join("index"))?;
    let began = Instant::now();
    let mut connection = Connection::open(dir.join("plain.db"))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.execute_batch(
        "create table record (id integer primary key, ref text not null unique, raw text not null) strict;",
    )?;
    let index = Index::create(&dir.join("index"))?;
    let mut writer = index.builder(1, WRITER_BYTES)?;
    let transaction = connection.transaction()?;
    for line in BufReader::new(fs::File::open(lines)?).lines() {
        let line = line?;
        let record: Record = serde_json::from_str(&line)?;
        let reference = RecordRef {
            feed: FEED.to_owned(),
            kind: record.kind().as_str().to_owned(),
            id: record.head().id.clone(),
        };
        transaction
            .prepare_cached("insert into record (ref, raw) values (?, ?)")?
            .execute(params![reference.to_string(), line])?;
        writer.add(&Document {
            reference: &reference,
            record: &record,
            facts: Facts::default(),
        })?;
    }
    transaction.commit()?;
    writer.commit(1)?;
    writer.finish()?;
    println!(
        "{} {}",
        began.elapsed().as_secs_f64(),
        process::status("VmHWM")
    );
    Ok(())
}

/// Compares the two.
pub fn compare(dir: &Path) -> Result<(), Failure> {
    fs::create_dir_all(dir)?;
    let generator = generator(RECORDS)?;
    let records: Vec<_> = (0..RECORDS)
        .map(|number| serde_json::to_value(generator.record(number)))
        .collect::<Result<_, _>>()?;
    let feed = Feed::with(FEED, 1, &records);
    let lines = dir.join("records.jsonl");
    let text: Vec<&str> = feed.records.values().map(String::as_str).collect();
    fs::write(&lines, text.join("\n"))?;
    let size = feed.manifest["snapshot"][0]["size"].as_u64().unwrap_or(0);
    let (mut own, mut plain, mut peak) = (Vec::new(), Vec::new(), 0.0_f64);
    let run = |which: &str, with: &str| -> Result<Vec<f64>, Failure> {
        let folder = dir.join(which);
        let told = process::run(&["child", which, &folder.display().to_string(), with])?;
        fs::remove_dir_all(folder)?;
        process::numbers(&told)
    };
    for _ in 0..RUNS {
        let told = run("ours", &feed.base())?;
        own.push(told.first().copied().unwrap_or_default());
        peak = peak.max(told.get(1).copied().unwrap_or_default());
        plain.extend(run("plain", &lines.display().to_string())?.first());
    }
    let (own, plain) = (middle(&mut own), middle(&mut plain));
    println!(
        "\nfirst import of {RECORDS} records ({:.1} MB packed): {own:.2} s, plain insert and index {plain:.2} s, {:.2} times; peak {:.0} MB",
        size as f64 / 1e6,
        own / plain,
        peak / 1024.0
    );
    fs::remove_dir_all(dir)?;
    Ok(())
}
