//! Exports beside a plain writer of the same fields: `cargo bench -p atlas-core --bench export`.
//!
//! Records are generated from the words of the bundled catalog. Every measurement is a process of its own, so that its peak
//! memory is its own; the records lie in a file and are read one after the other, as the store reads them. The plain writer knows no
//! types, guards, sources or fonts: one line of text a record for documents, the bare library for sheets.
#![expect(
    clippy::print_stdout,
    reason = "the terminal is where a benchmark reports"
)]

#[path = "../search/process.rs"]
#[expect(dead_code, reason = "the benchmark of search asks for more")]
mod process;
#[path = "../search/random.rs"]
#[expect(dead_code, reason = "the benchmark of search asks for more")]
mod random;
#[path = "../search/records.rs"]
#[expect(dead_code, reason = "the benchmark of search asks for more")]
mod records;
#[path = "../search/vocabulary.rs"]
mod vocabulary;

use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use atlas_core::api::types::{ApiError, ErrorCode};
use atlas_core::exchange::export::subject::{Records, Subject};
use atlas_core::exchange::export::texts::Language;
use atlas_core::exchange::export::{Format, Options, Stamp, write};
use atlas_core::model::{Record, RecordRef};
use records::{FEED, Generator, MIXED};

/// Why a benchmark stopped.
type Failure = Box<dyn Error + Send + Sync>;

const SEED: u64 = 2026;
/// The records of the bundled catalog, of whose words the generated ones are made.
const CATALOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/catalog/records");
const RECORDS: usize = 10_000;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["child", who, format, dir] => child(who, format, Path::new(dir)),
        ["--records", count] => run(count.parse()?),
        _ => run(RECORDS),
    }
}

fn run(count: usize) -> Result<(), Failure> {
    let dir = std::env::current_exe()?.with_file_name("export-bench");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir)?;
    let generator = Generator::new(Path::new(CATALOG), count, MIXED, SEED)?;
    let mut lines = BufWriter::new(File::create(dir.join("records.jsonl"))?);
    for number in 0..count {
        serde_json::to_writer(&mut lines, &generator.record(number))?;
        lines.write_all(b"\n")?;
    }
    lines.into_inner()?.sync_all()?;
    println!("{}", process::machine());
    println!("{count} generated records");
    println!(
        "{:>6} {:>10} {:>10} {:>9} {:>10} {:>10}",
        "", "seconds", "MiB file", "MB peak", "plain s", "plain MB"
    );
    for format in Format::ALL {
        let ending = format.extension();
        let child = |who: &str| -> Result<Vec<f64>, Failure> {
            let place = dir.to_string_lossy();
            process::numbers(&process::run(&["child", who, ending, &place])?)
        };
        let (ours, plain) = (child("ours")?, child("plain")?);
        println!(
            "{ending:>6} {:>10.2} {:>10.1} {:>9.0} {:>10.2} {:>10.0}",
            ours[0],
            ours[2] / f64::from(1 << 20),
            ours[1] / 1024.0,
            plain[0],
            plain[1] / 1024.0
        );
    }
    Ok(fs::remove_dir_all(&dir)?)
}

fn child(who: &str, format: &str, dir: &Path) -> Result<(), Failure> {
    let path = dir.join(format!("{who}.{format}"));
    let lines = dir.join("records.jsonl");
    let began = Instant::now();
    if who == "ours" {
        let format = Format::of(&path).ok_or("a format")?;
        ours(format, &lines, &path)?;
    } else {
        plain(format, &lines, &path)?;
    }
    let seconds = began.elapsed().as_secs_f64();
    let size = path.metadata()?.len();
    println!("{seconds} {} {size}", process::status("VmHWM"));
    Ok(())
}

/// Where records lie in a file: from which byte, and how many.
type Places = HashMap<RecordRef, (u64, usize)>;

/// The records of the file in their order, and where each lies.
fn places(lines: &Path) -> Result<(Vec<RecordRef>, Places), Failure> {
    let mut reader = BufReader::new(File::open(lines)?);
    let (mut refs, mut places) = (Vec::new(), HashMap::new());
    let (mut at, mut line) = (0, String::new());
    while reader.read_line(&mut line)? > 0 {
        let record: Record = serde_json::from_str(&line)?;
        let reference = RecordRef::new(FEED, record.kind().as_str(), &record.head().id)?;
        places.insert(reference.clone(), (at, line.len()));
        refs.push(reference);
        at += line.len() as u64;
        line.clear();
    }
    Ok((refs, places))
}

fn ours(format: Format, lines: &Path, path: &Path) -> Result<(), Failure> {
    let (refs, places) = places(lines)?;
    let file = Mutex::new(File::open(lines)?);
    let read = |reference: &RecordRef| -> Result<Option<Record>, ApiError> {
        let failed = |error: &dyn Error| ApiError::new(ErrorCode::Internal).caused_by(error);
        let (at, length) = places[reference];
        let mut bytes = vec![0; length];
        let mut file = file.lock().map_err(|error| failed(&error))?;
        file.seek(SeekFrom::Start(at))
            .map_err(|error| failed(&error))?;
        file.read_exact(&mut bytes)
            .map_err(|error| failed(&error))?;
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| failed(&error))
    };
    let subject = Subject::Records(Records {
        refs,
        read: &read,
        searched: String::new(),
        name: String::new(),
    });
    let options = Options {
        format,
        language: Language::Zh,
        now: "2026-11-22T20:30:00Z",
        stamp: Stamp::default(),
        without: BTreeSet::new(),
        phones: false,
        bom: true,
        fonts: Vec::<PathBuf>::new(),
        replace: true,
    };
    write(&subject, &options, path, &mut |_, _| {
        ControlFlow::Continue(())
    })?;
    Ok(())
}

/// The texts of a record, as a plain writer takes them.
fn fields(record: &Record) -> Result<Vec<String>, Failure> {
    let value = serde_json::to_value(record)?;
    let object = value.as_object().ok_or("an object")?;
    Ok(object.values().map(ToString::to_string).collect())
}

fn plain(format: &str, lines: &Path, path: &Path) -> Result<(), Failure> {
    let reader = BufReader::new(File::open(lines)?);
    let records = reader
        .lines()
        .map(|line| -> Result<Record, Failure> { Ok(serde_json::from_str(&line?)?) });
    match format {
        "xlsx" => {
            let mut book = rust_xlsxwriter::Workbook::new();
            let sheet = book.add_worksheet();
            for (row, record) in (0..).zip(records) {
                for (column, text) in (0..).zip(fields(&record?)?) {
                    sheet.write_string(row, column, text)?;
                }
            }
            book.save(path)?;
        }
        "csv" => {
            let mut out = csv::WriterBuilder::new().flexible(true).from_path(path)?;
            for record in records {
                out.write_record(fields(&record?)?)?;
            }
            out.flush()?;
        }
        "json" => {
            let mut out = BufWriter::new(File::create(path)?);
            for record in records {
                serde_json::to_writer(&mut out, &record?)?;
                out.write_all(b"\n")?;
            }
            out.flush()?;
        }
        _ => {
            let mut out = BufWriter::new(File::create(path)?);
            for record in records {
                writeln!(out, "{}", fields(&record?)?.join(" · "))?;
            }
            out.flush()?;
        }
    }
    Ok(())
}
