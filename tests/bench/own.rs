//! Own records in large numbers: edit, undo, list, search and match at the boundary, and what they cost in memory; beside a
//! plain SQLite table whose list scans and sorts.

use std::path::Path;
use std::time::Instant;

use atlas_core::api::{self, App};
use atlas_core::model::{Kind, Record};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::records::Generator;
use super::{Failure, app, generator, middle, process};

/// Rounds that are measured, and those before, in which caches fill.
const ROUNDS: usize = 300;
const WARM: usize = 20;
/// Records written by one edit.
const AT_ONCE: usize = 10_000;
/// Rows of a page.
const PAGE: u32 = 100;

/// Measures that many own records in a process of its own.
pub fn measure(records: usize, dir: &Path) -> Result<(), Failure> {
    println!("{}", process::machine());
    let told = process::run(&[
        "child",
        "own",
        &records.to_string(),
        &dir.display().to_string(),
    ])?;
    print!("{told}");
    let _ = std::fs::remove_dir_all(dir);
    Ok(())
}

/// One generated record of the kinds that a form has, as an own one.
fn own(generator: &Generator, number: usize) -> Result<(String, Kind, Value), Failure> {
    let mut record = generator.record(number);
    let kind = match record.kind() {
        kind @ (Kind::Need | Kind::List) => {
            return Err(format!("{kind:?} is not written so").into());
        }
        kind => kind,
    };
    let id = format!("00000000-0000-4000-8000-{number:012x}");
    let head = record.head_mut();
    head.id.clone_from(&id);
    head.links.clear();
    head.lists.clear();
    Ok((
        format!("own/{}/{id}", kind.as_str()),
        kind,
        serde_json::to_value::<Record>(record)?,
    ))
}

fn write(app: &App, records: &[(String, Value)]) -> Result<Value, Failure> {
    let records: Vec<Value> = records
        .iter()
        .map(|(reference, document)| json!([reference, document.to_string()]))
        .collect();
    Ok(api::mutate(
        app,
        "transact",
        json!({ "edit": "save_records", "records": records }),
    )?)
}

/// How long something takes, in milliseconds.
fn timed(into: &mut Vec<f64>, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let began = Instant::now();
    work()?;
    into.push(began.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

/// Everything, in the process that it is called in.
pub fn child(records: usize, dir: &Path) -> Result<(), Failure> {
    let generator = generator(records * 2)?;
    let opened = app(dir)?;
    let mut all = Vec::with_capacity(records);
    for number in 0..records * 2 {
        if all.len() < records
            && let Ok((reference, kind, document)) = own(&generator, number)
        {
            all.push((reference, kind, document));
        }
    }
    let records: Vec<(String, Value)> = all
        .iter()
        .map(|(reference, _, document)| (reference.clone(), document.clone()))
        .collect();
    let began = Instant::now();
    for part in records.chunks(AT_ONCE) {
        write(&opened, part)?;
    }
    let written = began.elapsed().as_secs_f64();
    drop(opened);
    let began = Instant::now();
    let opened = app(dir)?;
    let start = began.elapsed().as_secs_f64() * 1e3;
    println!(
        "{} own records written and indexed in {written:.1} s ({:.0} a second); next start {start:.0} ms; user.db {:.0} MB, index {:.0} MB",
        records.len(),
        records.len() as f64 / written,
        process::bytes(&dir.join("user.db")) as f64 / 1e6,
        process::bytes(&dir.join("index-own")) as f64 / 1e6,
    );
    let kind = all.first().map_or(Kind::Case, |(_, kind, _)| *kind);
    let plain = plain(&dir.join("plain.db"), &records)?;
    let names = [
        "edit",
        "undo",
        "redo",
        "list",
        "list, last page",
        "search",
        "record",
        "plain edit",
        "plain list",
    ];
    let mut taken: Vec<Vec<f64>> = vec![Vec::new(); names.len()];
    let total = all.iter().filter(|(_, other, _)| *other == kind).count();
    let mut resident = Vec::new();
    for round in 0..WARM + ROUNDS {
        if round == WARM {
            taken.iter_mut().for_each(Vec::clear);
            resident.push(process::status("VmRSS"));
        }
        let (reference, mut document) = records[round * 7919 % records.len()].clone();
        document["name"]["zh"] = json!(format!("改名第{round}次"));
        let ask = |name: &str, request: Value| -> Result<(), Failure> {
            api::query(&opened, name, request)?;
            Ok(())
        };
        let list = |offset: usize| json!({ "kind": kind, "sort": "changed", "offset": offset, "limit": PAGE });
        let step = |name: &str| -> Result<(), Failure> {
            api::mutate(&opened, name, json!({}))?;
            Ok(())
        };
        timed(&mut taken[0], || {
            write(&opened, &[(reference.clone(), document.clone())]).map(|_| ())
        })?;
        timed(&mut taken[1], || step("undo"))?;
        timed(&mut taken[2], || step("redo"))?;
        timed(&mut taken[3], || ask("list_own", list(0)))?;
        timed(&mut taken[4], || {
            ask("list_own", list(total.saturating_sub(PAGE as usize)))
        })?;
        timed(&mut taken[5], || {
            let request = json!({ "text": "质检 feed:own", "limit": 50, "facets": ["kind", "industry_group"] });
            ask("search_records", request)
        })?;
        timed(&mut taken[6], || {
            ask("get_record", json!({ "ref": reference }))
        })?;
        timed(&mut taken[7], || {
            plain.execute(
                "update own set document = ?2 where ref = ?1",
                params![reference, document.to_string()],
            )?;
            Ok(())
        })?;
        // A scan is slow; a few are enough.
        if round % 30 == 0 {
            timed(&mut taken[8], || scan(&plain, kind))?;
        }
    }
    resident.push(process::status("VmRSS"));
    report(&names, &mut taken, &resident);
    Ok(())
}

fn report(names: &[&str], taken: &mut [Vec<f64>], resident: &[u64]) {
    println!(
        "{:<18} {:>9} {:>9}  ms at the boundary",
        "", "median", "slowest"
    );
    for (name, taken) in names.iter().zip(taken) {
        let slowest = taken.iter().copied().fold(0.0, f64::max);
        println!("{name:<18} {:>9.2} {slowest:>9.2}", middle(taken));
    }
    let megabytes: Vec<String> = resident
        .iter()
        .map(|kilobytes| format!("{:.0} MB", *kilobytes as f64 / 1024.0))
        .collect();
    println!(
        "memory before and after {ROUNDS} rounds: {}",
        megabytes.join(", ")
    );
}

/// The same records in a table that has nothing but them.
fn plain(path: &Path, records: &[(String, Value)]) -> Result<Connection, Failure> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch("create table own (ref text primary key, document text not null)")?;
    let transaction = connection.transaction()?;
    for (reference, document) in records {
        transaction
            .prepare_cached("insert into own (ref, document) values (?, ?)")?
            .execute(params![reference, document.to_string()])?;
    }
    transaction.commit()?;
    Ok(connection)
}

/// A page of a kind by name, from what stands in the documents.
fn scan(connection: &Connection, kind: Kind) -> Result<(), Failure> {
    let mut statement = connection.prepare_cached(
        "select document from own where document ->> '$.kind' = ? order by document ->> '$.name.zh' limit ?",
    )?;
    let rows = statement.query_map(params![kind.as_str(), PAGE], |row| row.get::<_, String>(0))?;
    let rows: Vec<String> = rows.collect::<Result<_, _>>()?;
    for row in &rows {
        serde_json::from_str::<Record>(row)?;
    }
    Ok(())
}
