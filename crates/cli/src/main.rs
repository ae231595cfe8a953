//! `atlas`: the catalog in the terminal.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod catalog;

#[derive(Parser)]
#[command(name = "atlas", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The bundled catalog.
    #[command(subcommand)]
    Catalog(CatalogCommand),
}

#[derive(Subcommand)]
enum CatalogCommand {
    /// Builds records, ledger and pack from assets/catalog.
    Build {
        /// Write nothing; fail when committed files differ.
        #[arg(long)]
        check: bool,
        /// Root of the repository.
        #[arg(long, default_value = ".")]
        root: PathBuf,
    },
}

#[allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program talks to the terminal"
)]
fn main() -> ExitCode {
    let Cli {
        command: Command::Catalog(CatalogCommand::Build { check, root }),
    } = Cli::parse();
    match catalog::run(Path::new(&root), check) {
        Ok(report) => {
            println!(
                "{} lines, {} records",
                report.summary.lines, report.summary.records
            );
            for file in report.written {
                println!("wrote {file}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("atlas: {error}");
            ExitCode::FAILURE
        }
    }
}
