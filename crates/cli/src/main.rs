//! `atlas`: Scenario Atlas in the terminal, and the publisher's tools.
//!
//! Everything that the window asks can be asked here: `atlas call NAME JSON` runs any query of the command
//! table. Human-readable output speaks Chinese or English; `--json` prints what crosses the boundary.

mod args;
mod catalog;
mod commands;
mod feed;
mod output;
mod texts;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use output::{Failure, Output};

fn main() -> ExitCode {
    let args = Args::parse();
    let mut output = Output::new(args.json, args.language());
    let result = match &args.command {
        Command::Status => commands::status(&args, &mut output),
        Command::Search(search) => commands::search(&args, search, &mut output),
        Command::Show { reference } => commands::show(&args, reference, &mut output),
        Command::Match(matching) => commands::matching(&args, matching, &mut output),
        Command::Work(work) => commands::work(&args, work, &mut output),
        Command::Export(export) => commands::export(&args, export, &mut output),
        Command::Import(request) => commands::import(&args, request, &mut output),
        Command::Template { kind, file } => commands::template(kind, file, &mut output),
        Command::Submit(request) => commands::submit(&args, request, &mut output),
        Command::Receipt { file } => commands::receipt(&args, file, &mut output),
        Command::Eval(eval) => commands::eval(eval, &mut output),
        Command::Assign(assign) => commands::assign(assign, &mut output),
        Command::Catalog(args::Catalog::Build { root, check }) => {
            commands::catalog(root, *check, &mut output)
        }
        Command::Sync(request) => commands::sync(&args, request, &mut output),
        Command::Feed(command) => commands::feed(&args, command, &mut output),
        Command::Manual { folder } => commands::manual(folder),
        Command::News(request) => commands::news(&args, request, &mut output),
        Command::Backup(backup) => commands::backup(&args, backup, &mut output),
        Command::Undo => commands::undo(&args, &mut output),
        Command::Log { limit } => commands::log(&args, *limit, &mut output),
        Command::Call { name, arguments } => commands::call(&args, name, arguments, &mut output),
    };
    match result {
        Ok(code) => code,
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => output.fail(&failure),
    }
}
