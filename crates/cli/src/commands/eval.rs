//! `atlas eval`: measures the ranking on judged queries.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use atlas_core::api::types::{ApiError, ErrorCode};
use atlas_core::search::eval::{EvalError, Measures, Mode, Options, Report, evaluate};
use serde_json::{Value, json};

use crate::args::Eval;
use crate::output::{Failure, Output};

/// Evaluates, prints the figures beside plain bigram BM25, and writes the run file if one is asked for.
pub fn eval(eval: &Eval, output: &mut Output) -> Result<ExitCode, Failure> {
    let began = Instant::now();
    let clock = || began.elapsed();
    let options = Options {
        mode: if eval.mode == "match" {
            Mode::Match
        } else {
            Mode::Search
        },
        depth: eval.depth,
        pool: eval.pool,
        clock: &clock,
    };
    let report = evaluate(
        read(&eval.corpus)?,
        read(&eval.queries)?,
        read(&eval.qrels)?,
        &options,
    )
    .map_err(failure)?;
    if let Some(path) = &eval.run {
        let mut file = BufWriter::new(File::create(path).map_err(|error| usage(path, &error))?);
        for (query, document, score) in &report.run {
            writeln!(file, "{query}\t{document}\t{score}")?;
        }
        file.flush()?;
    }
    if output.json {
        output.value(&json!({
            "documents": report.documents,
            "queries": report.queries,
            "atlas": object(&report.product),
            "plain": object(&report.plain),
        }))?;
    } else {
        print(&report, output)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Figures by name, in the order in which they are printed.
fn figures(measures: &Measures) -> [(&'static str, f64); 8] {
    [
        ("nDCG@10", measures.ndcg_10),
        ("MRR", measures.mrr),
        ("MAP", measures.map),
        ("R-precision@10", measures.r_precision_10),
        ("recall@100", measures.recall_100),
        ("zero results", measures.zero_results),
        ("p50 ms", measures.p50.as_secs_f64() * 1000.0),
        ("p99 ms", measures.p99.as_secs_f64() * 1000.0),
    ]
}

fn object(measures: &Measures) -> Value {
    figures(measures)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect()
}

fn print(report: &Report, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!(
        "{} documents, {} queries",
        report.documents, report.queries
    ))?;
    output.line(&format!("{:>16} {:>9} {:>13}", "", "atlas", "plain bigram"))?;
    for ((name, atlas), (_, plain)) in figures(&report.product)
        .into_iter()
        .zip(figures(&report.plain))
    {
        output.line(&format!("{name:>16} {atlas:>9.4} {plain:>13.4}"))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<BufReader<File>, Failure> {
    File::open(path)
        .map(BufReader::new)
        .map_err(|error| usage(path, &error))
}

fn usage(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("{}: {error}", path.display()))
}

fn failure(error: EvalError) -> Failure {
    match error {
        EvalError::Index(error) => {
            Failure::Api(ApiError::new(ErrorCode::Internal).caused_by(&error))
        }
        EvalError::Shape { .. } => Failure::Usage(error.to_string()),
        EvalError::Io(error) => Failure::Usage(error.to_string()),
    }
}
