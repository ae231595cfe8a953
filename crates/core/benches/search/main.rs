//! Our search beside raw tantivy and SQLite's FTS5, on generated records: `cargo bench -p atlas-core --bench search`.
//!
//! All engines answer the same queries on the same records in one process and in turns, with the same filters, the
//! same six facet counts and the same top twenty. Ours also reads the twenty records from the store, parses them and
//! marks the matches; "ours, no rows" stops before that, as the others do, which hand over references alone. Building and memory are measured in child processes.
//!
//! ```text
//! --records 10k,100k,1M   sizes (default 10k,100k)
//! --quick                 40 queries a class instead of 200
//! --keep                  leave catalogs and indexes where they are, and use those that are there
//! --only index,raw        these engines alone: index, raw, trigrams, bigrams
//! --class 16              classes alone whose name starts so
//! --folder DIR            only write a data folder with that many records, for the app
//! --match                 needs against that many solutions, with reasons, beside a plain query of FTS5 (bigrams)
//! --portfolio             500 needs matched with 2,000 providers and assigned to them
//! ```
#![expect(
    clippy::print_stdout,
    reason = "the terminal is where a benchmark reports"
)]

mod engine;
mod facets;
mod folder;
mod fts;
mod matching;
mod measure;
mod ours;
mod portfolio;
mod process;
mod queries;
mod random;
mod raw;
mod records;
mod store;
mod table;
mod terms;
mod vocabulary;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use engine::Which;
use process::{Built, Memory};
use records::Generator;

/// Why a benchmark stopped.
type Failure = Box<dyn Error + Send + Sync>;

const SEED: u64 = 2026;
/// The records of the bundled catalog.
const CATALOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/catalog/records");

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["child", "folder", solutions, dir] => matching::build(solutions.parse()?, Path::new(dir)),
        ["child", "store", records, dir] => child(Path::new(dir), "catalog.db", || {
            store::write(Path::new(dir), &generator(records.parse()?)?)
        }),
        ["child", "build", which, dir] => {
            let which = Which::parse(which).ok_or("no such engine")?;
            child(Path::new(dir), which.folder(), || {
                which.build(Path::new(dir))
            })
        }
        ["child", "memory", which, records, dir] => {
            let which = Which::parse(which).ok_or("no such engine")?;
            ask(which, records.parse()?, Path::new(dir))
        }
        _ => run(&Options::read(&args)?),
    }
}

struct Options {
    records: Vec<usize>,
    queries: usize,
    keep: bool,
    only: Vec<Which>,
    class: String,
    folder: Option<PathBuf>,
    matching: bool,
    portfolio: bool,
}

impl Options {
    fn read(args: &[&str]) -> Result<Self, Failure> {
        let mut options = Self {
            records: vec![10_000, 100_000],
            queries: 200,
            keep: false,
            only: Which::BUILT.to_vec(),
            class: String::new(),
            folder: None,
            matching: false,
            portfolio: false,
        };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or(format!("{arg} needs a value"));
            match *arg {
                "--records" => {
                    options.records = value()?.split(',').map(number).collect::<Result<_, _>>()?;
                }
                "--quick" => options.queries = 40,
                "--keep" => options.keep = true,
                "--match" => options.matching = true,
                "--portfolio" => options.portfolio = true,
                "--only" => {
                    let engine = |name| Which::parse(name).ok_or(format!("{name} is no engine"));
                    options.only = value()?.split(',').map(engine).collect::<Result<_, _>>()?;
                }
                "--class" => (*value()?).clone_into(&mut options.class),
                "--folder" => options.folder = Some(value()?.into()),
                _ => {
                    return Err(format!(
                        "{arg} is no option; there are --records, --quick, --keep, --only, --class, --folder, --match, --portfolio"
                    )
                    .into());
                }
            }
        }
        Ok(options)
    }
}

/// `10k`, `1M` or a plain number.
fn number(text: &str) -> Result<usize, Failure> {
    let (digits, unit) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1_000),
        None => text
            .strip_suffix(['m', 'M'])
            .map_or((text, 1), |digits| (digits, 1_000_000)),
    };
    Ok(digits.parse::<usize>()? * unit)
}

fn generator(records: usize) -> Result<Generator, Failure> {
    Generator::new(Path::new(CATALOG), records, records::MIXED, SEED)
}

fn run(options: &Options) -> Result<(), Failure> {
    if let (Some(folder), [records]) = (&options.folder, options.records.as_slice()) {
        let generator = if *records > 0 {
            Some(generator(*records)?)
        } else {
            None
        };
        return folder::write(folder, generator.as_ref());
    }
    println!("{}", process::machine());
    if options.portfolio {
        return portfolio::run(options.keep);
    }
    if options.matching {
        return (options.records.iter())
            .try_for_each(|solutions| matching::run(*solutions, options.keep, &options.only));
    }
    for records in &options.records {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("search-{records}"));
        compare(*records, options, &dir)?;
        if !options.keep {
            std::fs::remove_dir_all(&dir)?;
        }
    }
    Ok(())
}

fn compare(records: usize, options: &Options, dir: &Path) -> Result<(), Failure> {
    let generator = generator(records)?;
    let sample = 2_000.min(records);
    let text: usize = (0..sample)
        .map(|i| records::text_bytes(&generator.record(i * (records / sample))))
        .sum();
    let (names, phrases) = generator.words();
    println!(
        "\n== {records} records, {} bytes of text each, from {names} names and {phrases} phrases",
        text / sample
    );
    if !options.keep && dir.exists() {
        std::fs::remove_dir_all(dir)?;
    }
    std::fs::create_dir_all(dir)?;
    let text = dir.display().to_string();
    let store = built(
        dir,
        "catalog.db",
        &["child", "store", &records.to_string(), &text],
    )?;
    let mut costs = Vec::new();
    for which in options.only.iter().copied() {
        costs.push((
            which,
            built(
                dir,
                which.folder(),
                &["child", "build", which.folder(), &text],
            )?,
        ));
    }
    let mut engines = Vec::new();
    for which in Which::ALL.into_iter().filter(|which| {
        options
            .only
            .iter()
            .any(|only| only.folder() == which.folder())
    }) {
        engines.push((which, which.open(dir)?));
    }
    let mut measured = Vec::new();
    let classes = queries::classes(&generator, options.queries).into_iter();
    for class in classes.filter(|class| class.name.starts_with(&options.class)) {
        measured.push(measure::measure(&class, &mut engines)?);
    }
    table::speed(&measured);
    drop(engines);
    let mut memory = Vec::new();
    for which in options.only.iter().copied() {
        let found = process::run(&[
            "child",
            "memory",
            which.folder(),
            &records.to_string(),
            &text,
        ])?;
        let found = process::numbers(&found)?;
        let [own, mapped] = found.as_slice() else {
            return Err("a child answered something else".into());
        };
        memory.push((
            which,
            Memory {
                own_kb: *own as u64,
                mapped_kb: *mapped as u64,
            },
        ));
    }
    table::cost(&store, &costs, &memory);
    Ok(())
}

/// Builds something in a child process, unless it is there.
fn built(dir: &Path, name: &str, args: &[&str]) -> Result<Built, Failure> {
    // Written last, so that what was broken off is built anew.
    let note = dir.join(format!("{name}.cost"));
    if !note.exists() {
        let path = dir.join(name);
        if path.is_dir() {
            std::fs::remove_dir_all(&path)?;
        } else if path.exists() {
            std::fs::remove_file(&path)?;
        }
        std::fs::write(&note, process::run(args)?)?;
    }
    let found = process::numbers(&std::fs::read_to_string(&note)?)?;
    let [seconds, peak, bytes] = found.as_slice() else {
        return Err("a child answered something else".into());
    };
    Ok(Built {
        seconds: *seconds,
        peak_kb: *peak as u64,
        bytes: *bytes as u64,
    })
}

fn child(
    dir: &Path,
    name: &str,
    work: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let began = Instant::now();
    work()?;
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{seconds:.2} {} {}",
        process::status("VmHWM"),
        process::bytes(&dir.join(name))
    );
    Ok(())
}

/// Answers some queries of every class and tells the memory that takes.
fn ask(which: Which, records: usize, dir: &Path) -> Result<(), Failure> {
    let classes = queries::classes(&generator(records)?, 10);
    let mut engine = which.open(dir)?;
    let before = process::status("RssAnon");
    for query in classes.iter().flat_map(|class| &class.queries) {
        engine.answer(query)?;
    }
    drop(classes);
    println!(
        "{} {}",
        process::status("RssAnon").saturating_sub(before),
        process::status("RssFile")
    );
    Ok(())
}
