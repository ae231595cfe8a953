//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Languages of human-readable output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// Scenario Atlas (场景图谱): an offline catalog of AI+ scenarios, enterprises, providers and policies.
#[derive(Debug, Parser)]
#[command(
    name = "atlas",
    version,
    after_help = "Exit codes: 0 done; 1 nothing found; 2 wrong usage; 3 the data folder cannot be used; 4 any other failure.\n\
                  Filters can stand in the query: atlas search '质检 地区:江苏 kind:case \"大模型\" -机器人'"
)]
pub struct Args {
    /// Data folder; also read from ATLAS_DATA_DIR.
    #[arg(long, global = true, env = "ATLAS_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Print JSON: the answer exactly as it crosses the boundary.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of human-readable output; the system's when absent.
    #[arg(long, global = true, value_enum)]
    lang: Option<Language>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// State of the data folder: feeds, generation, records, index, paths.
    Status,
    /// Search the catalog.
    Search(Search),
    /// Show a record with its sources and relations.
    Show {
        /// Reference feed/kind/id, as `search` prints it.
        #[arg(value_name = "REF")]
        reference: String,
    },
    /// Match a need with what is offered, or an offer with the open needs, and say why.
    Match(Matching),
    /// Your own needs: list them, hand them to a colleague, take a colleague's in.
    #[command(subcommand)]
    Work(crate::commands::Work),
    /// Write lists, records, comparisons, matches, roadmaps, portfolios or needs as XLSX, CSV, JSON, PDF or DOCX.
    Export(crate::commands::Export),
    /// Take records in from a spreadsheet (XLSX, XLS, ODS, CSV): checked row by row before anything is written.
    Import(Import),
    /// Write the official template of a kind of record (XLSX), to fill in and import.
    Template {
        /// Kind of record.
        #[arg(value_name = "KIND", value_parser = KINDS)]
        kind: String,
        /// The file to write.
        #[arg(value_name = "OUT.xlsx")]
        file: PathBuf,
    },
    /// Hand records of your own to the publisher of a feed, in a signed file; list what came of them.
    Submit(crate::commands::Submit),
    /// Take in a publisher's answer (.atlasreceipt).
    Receipt {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Measure the ranking on judged queries (BEIR file shapes), beside a plain Han-bigram BM25.
    Eval(Eval),
    /// Assign needs to providers of limited capacity, from a bare matrix of affinities.
    Assign(Assign),
    /// Build the catalog that the product carries (for its editors).
    #[command(subcommand)]
    Catalog(Catalog),
    /// Bring feeds up to date: all of them, those named, or one from a file.
    Sync(Sync),
    /// Feeds: add, remove, list; and publish one.
    #[command(subcommand)]
    Feed(Feed),
    /// What syncs added, changed and removed.
    News(News),
    /// Write the manual pages and shell completions of this command into a folder (for packages).
    #[command(hide = true)]
    Manual {
        /// The folder; made if need be.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Verified backups of your own data: list them, make one, put one back.
    #[command(subcommand)]
    Backup(crate::commands::Backup),
    /// Take back the last edit of your own data, such as a whole import, and say what it was.
    Undo,
    /// What happened to the data: imports, exports, syncs, deletions, backups.
    Log {
        /// Lines to print, newest first.
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// Run any query of the command table: atlas call count_panorama '{}'.
    Call {
        /// Name of the query; a wrong one lists all.
        name: String,
        /// Arguments as JSON.
        #[arg(default_value = "{}", value_name = "JSON")]
        arguments: String,
    },
}

/// Kinds that can be imported.
const KINDS: [&str; 6] = [
    "provider",
    "solution",
    "need",
    "case",
    "scenario",
    "enterprise",
];

/// What to import.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What a row is; what it seems to be when absent.
    #[arg(long, value_name = "K", value_parser = KINDS)]
    pub kind: Option<String>,
    /// Name or number (from 1) of the sheet; the likeliest when absent.
    #[arg(long, value_name = "S")]
    pub sheet: Option<String>,
    /// Number of the row that names the columns; found out when absent.
    #[arg(long, value_name = "ROW")]
    pub header: Option<u32>,
    /// Which field each column fills, as JSON; what was kept for such columns, or fits best, when absent.
    #[arg(long, value_name = "M.json")]
    pub mapping: Option<PathBuf>,
    /// Write the mapping that was used into a file, to be edited and given to --mapping.
    #[arg(long, value_name = "M.json")]
    pub save_mapping: Option<PathBuf>,
    /// Encoding of a text file: utf-8, gb18030, windows-1252, utf-16le … Found out when absent.
    #[arg(long, value_name = "E")]
    pub encoding: Option<String>,
    /// What stands between two cells of a text file. Found out when absent.
    #[arg(long, value_name = "C")]
    pub delimiter: Option<char>,
    /// Records that are there already: keep them, fill what they lack, replace what the row says, or add another.
    #[arg(long, default_value = "fill", value_parser = ["keep", "fill", "replace", "add"])]
    pub duplicates: String,
    /// Import the good rows although others are wrong.
    #[arg(long)]
    pub partly: bool,
    /// Change nothing; tell what would be done.
    #[arg(long)]
    pub dry_run: bool,
    /// Write the rows back with what is wrong in each.
    #[arg(long, value_name = "OUT.xlsx")]
    pub report: Option<PathBuf>,
}

/// What to sync.
#[derive(Debug, clap::Args)]
pub struct Sync {
    /// Feeds, by id; all when none is named.
    #[arg(value_name = "FEED", conflicts_with = "bundle")]
    pub feeds: Vec<String>,
    /// Import a .atlas file, or a folder that holds a feed, instead of asking the network.
    #[arg(long, value_name = "FILE")]
    pub bundle: Option<PathBuf>,
    /// Import the file even though its signature has run out.
    #[arg(long, requires = "bundle")]
    pub allow_expired: bool,
    /// Confirmed fingerprint of a feed that was not added yet.
    #[arg(long, requires = "bundle", value_name = "SHA256")]
    pub fingerprint: Option<String>,
}

/// What to do with feeds.
#[derive(Debug, Subcommand)]
pub enum Feed {
    /// Add a feed: shows its fingerprint and asks.
    Add(AddFeed),
    /// Change where a feed is asked: all its addresses, in the order in which they are tried. What is trusted stays.
    Addresses(FeedAddresses),
    /// Remove a feed with all its records, and nothing else.
    Remove {
        /// Feed id, as `list` prints it.
        feed: String,
    },
    /// List feeds with their state.
    List,
    /// What a publisher does.
    #[command(flatten)]
    Publish(crate::feed::args::Publish),
}

/// Which feed to add.
#[derive(Debug, clap::Args)]
pub struct AddFeed {
    /// Base address (https), or a folder.
    pub base: String,
    /// Another address of the same feed. Repeat for more.
    #[arg(long, value_name = "ADDRESS")]
    pub mirror: Vec<String>,
    /// Allow an address without encryption or inside the local network.
    #[arg(long)]
    pub local: bool,
    /// The fingerprint as the publisher says it elsewhere; then nothing is asked.
    #[arg(long, value_name = "SHA256")]
    pub fingerprint: Option<String>,
}

/// The addresses of a feed.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("where").required(true))]
pub struct FeedAddresses {
    /// Feed id, as `list` prints it.
    pub feed: String,
    /// Base addresses (https) or folders; the first is asked first.
    #[arg(value_name = "ADDRESS", group = "where")]
    pub addresses: Vec<String>,
    /// No address: the feed comes by file only.
    #[arg(long, group = "where")]
    pub none: bool,
    /// Allow addresses without encryption or inside the local network.
    #[arg(long)]
    pub local: bool,
}

/// Which news to print.
#[derive(Debug, clap::Args)]
pub struct News {
    /// Only this feed.
    #[arg(long, value_name = "FEED")]
    pub feed: Option<String>,
    /// Only this sync, by its revision.
    #[arg(long, value_name = "REVISION")]
    pub sync: Option<u32>,
    /// Only this kind of record.
    #[arg(long, value_name = "K")]
    pub kind: Option<String>,
    /// Only this kind of change.
    #[arg(long, value_parser = ["added", "changed", "removed"])]
    pub change: Option<String>,
    /// Entries to print.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=200))]
    pub limit: u32,
    /// Entries to skip.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: u32,
}

/// What to match.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct Matching {
    /// A need as JSON; fields as in docs/matching.md.
    #[arg(long, value_name = "FILE", group = "what")]
    pub need: Option<PathBuf>,
    /// A need as free text: its first line is the title, and what it says of industry, place, budget … is read.
    #[arg(long, value_name = "TEXT", group = "what")]
    pub text: Option<String>,
    /// The other way round: a provider or a solution, whose open needs are looked for.
    #[arg(long, value_name = "REF", group = "what")]
    pub offer: Option<String>,
    /// With what a need is matched.
    #[arg(long, default_value = "solutions", value_parser = ["solutions", "providers", "scenarios", "cases", "needs"])]
    pub target: String,
    /// Where to start: scenarios in order, with support measures.
    #[arg(long, conflicts_with = "offer")]
    pub roadmap: bool,
    /// Hits to print from each list.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub limit: u32,
    /// Weights to begin with.
    #[arg(long, default_value = "balanced", value_parser = ["balanced", "proven", "feasible", "topic"])]
    pub preset: String,
    /// Weight of one criterion: --weight evidence=0.4. Repeat for more.
    #[arg(long, value_name = "C=W", value_parser = weight)]
    pub weight: Vec<(String, f64)>,
}

fn weight(text: &str) -> Result<(String, f64), String> {
    text.split_once('=')
        .and_then(|(criterion, weight)| Some((criterion.to_owned(), weight.parse().ok()?)))
        .filter(|(_, weight): &(String, f64)| weight.is_finite() && *weight >= 0.0)
        .ok_or_else(|| "expected CRITERION=WEIGHT, such as evidence=0.4".to_owned())
}

/// What to evaluate.
#[derive(Debug, clap::Args)]
pub struct Eval {
    /// Documents: lines of {"_id", "title", "text"}.
    #[arg(long, value_name = "JSONL")]
    pub corpus: PathBuf,
    /// Queries: lines of {"_id", "text"} with an optional "title".
    #[arg(long, value_name = "JSONL")]
    pub queries: PathBuf,
    /// Judgements: query-id, corpus-id, score, tab-separated, with a header.
    #[arg(long, value_name = "TSV")]
    pub qrels: PathBuf,
    /// What is measured: the list that a query finds, or how well texts answer the text of a need.
    #[arg(long, default_value = "search", value_parser = ["search", "match"])]
    pub mode: String,
    /// Documents ranked per query.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub depth: usize,
    /// Rank only the judged documents of each query.
    #[arg(long)]
    pub pool: bool,
    /// Write the ranking: query-id, corpus-id, score per line, best first.
    #[arg(long, value_name = "TSV")]
    pub run: Option<PathBuf>,
}

/// What to assign.
#[derive(Debug, clap::Args)]
pub struct Assign {
    /// Affinities: need ids in the first column, provider ids in the first row; an empty cell is an impossible pair.
    #[arg(long, value_name = "CSV")]
    pub affinity: PathBuf,
    /// Providers that each need wants: one number for all, or rows of id and number.
    #[arg(long, default_value = "1", value_name = "D|FILE")]
    pub demand: String,
    /// What each provider can take: one number for all, or rows of id and number. Needs, or days with --load.
    #[arg(long, value_name = "C|FILE")]
    pub capacity: String,
    /// Days that a provider spends on a need, in a matrix of the same shape; then capacities are days too.
    #[arg(long, value_name = "CSV", conflicts_with = "fair")]
    pub load: Option<PathBuf>,
    /// Raise the worst-off need as far as 98 % of the best total allows.
    #[arg(long)]
    pub fair: bool,
}

/// What to do with the bundled catalog.
#[derive(Debug, Subcommand)]
pub enum Catalog {
    /// Build records, ledger and pack from the reviewed entries.
    Build {
        /// Folder of the repository.
        #[arg(long, default_value = ".", value_name = "DIR")]
        root: PathBuf,
        /// Write nothing; fail, naming the files, when the committed ones differ.
        #[arg(long)]
        check: bool,
    },
}

/// What to search for.
#[derive(Debug, clap::Args)]
pub struct Search {
    /// Words, "literals", field:value filters, -not; Chinese, English or pinyin.
    #[arg(default_value = "", allow_hyphen_values = true, value_parser = query)]
    pub query: String,
    /// Only this kind of record (scenario, enterprise, provider, solution, case, base, dataset, model, document, need, list).
    #[arg(long, value_name = "K")]
    pub kind: Vec<String>,
    /// Only records with this facet value: --facet stage=production. Repeat for more. Codes and names.
    #[arg(long, value_name = "F=V", value_parser = facet)]
    pub facet: Vec<(String, String)>,
    /// Order: relevance, updated, name, evidence.
    #[arg(long, default_value = "relevance")]
    pub sort: String,
    /// Rows to print.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=200))]
    pub limit: u32,
    /// Rows to skip.
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub offset: u32,
    /// Facets to count: --count stage. Repeat for more.
    #[arg(long, value_name = "F")]
    pub count: Vec<String>,
}

/// A query may begin with a word that is left out, `-word`; two hyphens are an option that is misspelt.
pub(crate) fn query(text: &str) -> Result<String, String> {
    if text.starts_with("--") {
        return Err(
            "no such option; to leave a word out, put one hyphen before it: -word".to_owned(),
        );
    }
    Ok(text.to_owned())
}

pub(crate) fn facet(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((facet, value)) if !facet.is_empty() && !value.is_empty() => {
            Ok((facet.to_owned(), value.to_owned()))
        }
        _ => Err("expected FACET=VALUE, such as stage=production".to_owned()),
    }
}

impl Args {
    /// The data folder: as given, or the one beside the program, or the same that the window uses.
    pub fn folder(&self) -> Option<PathBuf> {
        self.data_dir
            .clone()
            .or_else(|| atlas_core::api::portable_folder(&std::env::current_exe().ok()?))
            .or_else(|| dirs::data_dir().map(|folder| folder.join("scenario-atlas")))
    }

    /// Language of human-readable output.
    pub fn language(&self) -> Language {
        self.lang.unwrap_or_else(|| {
            // POSIX order of precedence; an unset or C locale means nobody chose, and the product is Chinese first.
            #[expect(
                clippy::disallowed_methods,
                reason = "the terminal is a host: it may ask the environment"
            )]
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
            match locale {
                Some(locale) if locale.starts_with("en") => Language::En,
                _ => Language::Zh,
            }
        })
    }
}
