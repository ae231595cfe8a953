//! What a feed costs its reader: `cargo xtask bench feed`. What own records cost: `cargo xtask bench own`.
//!
//! A check without news and a day of changed records over HTTP on this machine, on catalogs of several sizes; and the first import of
//! a feed beside a plain bulk insert into SQLite and indexing by tantivy of the same records. Every reader is a process of
//! its own, so that its peak memory is its own.
//!
//! ```text
//! --records 10k,100k,1M   sizes of the catalogs (default)
//! --quick                 10k and 100k
//! --table [FILE]          instead: the import of a spreadsheet, made up or this one
//! ```
#![expect(
    clippy::print_stdout,
    reason = "the terminal is where a benchmark reports"
)]

mod days;
mod import;
mod own;
#[path = "../../crates/core/benches/search/process.rs"]
#[expect(dead_code, reason = "the benchmark of search asks for more")]
mod process;
#[path = "../../crates/core/benches/search/random.rs"]
#[expect(dead_code, reason = "the benchmark of search asks for more")]
mod random;
#[path = "../../crates/core/benches/search/records.rs"]
#[expect(dead_code, reason = "the benchmark of search asks for more")]
mod records;
#[path = "../../crates/core/benches/search/store.rs"]
#[expect(dead_code, reason = "the benchmark of search asks for more")]
mod store;
mod table;
#[path = "../../crates/core/benches/search/vocabulary.rs"]
mod vocabulary;

use std::error::Error;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use atlas_core::api::App;
use records::Generator;
use tests::fixtures;

/// Why a benchmark stopped.
type Failure = Box<dyn Error + Send + Sync>;

const SEED: u64 = 2026;
/// The records of the bundled catalog, of whose words the generated ones are made.
const CATALOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/catalog/records");

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["child", "base", records, dir] => {
            days::base(Path::new(dir), &generator(records.parse()?)?)
        }
        ["child", "sync", dir, base] => days::sync(Path::new(dir), base),
        ["child", "ours", dir, feed] => import::ours(Path::new(dir), feed),
        ["child", "plain", dir, lines] => import::plain(Path::new(dir), Path::new(lines)),
        ["child", "own", records, dir] => own::child(records.parse()?, Path::new(dir)),
        ["own"] => own::measure(100_000, &place("own")?),
        ["own", "--records", size] => own::measure(number(size)?, &place("own")?),
        [] => run(&[10_000, 100_000, 1_000_000]),
        ["--table"] => {
            println!("{}", process::machine());
            table::compare(&place("table")?, None)
        }
        ["--table", file] => {
            println!("{}", process::machine());
            table::compare(&place("table")?, Some(file))
        }
        ["--quick"] => run(&[10_000, 100_000]),
        ["--records", sizes] => {
            let sizes: Result<Vec<usize>, Failure> = sizes.split(',').map(number).collect();
            run(&sizes?)
        }
        _ => Err(
            "usage: bench feed [--quick | --records 10k,100k,1M] | bench own [--records 100k]"
                .into(),
        ),
    }
}

/// `10k`, `1M` or a plain number.
fn number(text: &str) -> Result<usize, Failure> {
    let (digits, unit) = if let Some(digits) = text.strip_suffix('k') {
        (digits, 1_000)
    } else if let Some(digits) = text.strip_suffix('M') {
        (digits, 1_000_000)
    } else {
        (text, 1)
    };
    Ok(digits.parse::<usize>()? * unit)
}

fn generator(records: usize) -> Result<Generator, Failure> {
    Generator::new(Path::new(CATALOG), records, records::MIXED, SEED)
}

fn run(sizes: &[usize]) -> Result<(), Failure> {
    println!("{}", process::machine());
    import::compare(&place("import")?)?;
    days::header();
    for records in sizes {
        days::measure(*records, &place(&format!("days-{records}"))?)?;
    }
    Ok(())
}

/// A folder that is not there yet, on the disk that builds lie on.
fn place(name: &str) -> Result<PathBuf, Failure> {
    let place = std::env::current_exe()?.with_file_name(format!("feed-{name}"));
    let _ = std::fs::remove_dir_all(&place);
    Ok(place)
}

/// The product on a folder, with one bundled record.
fn app(dir: &Path) -> Result<App, Failure> {
    let bundled = fixtures::bundle(
        1,
        &[fixtures::case("bundled", "equipment", "production", "32")],
    );
    let app = App::with_bundle(dir.to_owned(), fixtures::clock, bundled);
    app.open(&mut |_| ControlFlow::Continue(()))?;
    Ok(app)
}

/// The middle of some figures.
fn middle(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}
