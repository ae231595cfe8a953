//! `atlas eval`: measures the ranking on judged queries.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use atlas_core::api::types::{ApiError, ErrorCode};
use atlas_core::search::eval::{EvalError, Measures, Mode, Options, Report, evaluate};
use serde_json::{Value, json};

use crate::args::{Eval, Language};
use crate::output::{Failure, Output};
use crate::texts::{pick, unreadable};

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
    let language = output.language;
    let report = evaluate(
        read(language, &eval.corpus)?,
        read(language, &eval.queries)?,
        read(language, &eval.qrels)?,
        &options,
    )
    .map_err(|error| failure(language, eval, error))?;
    if let Some(path) = &eval.run {
        let file =
            File::create(path).map_err(|error| Failure::Api(ApiError::unwritable(path, &error)))?;
        let mut file = BufWriter::new(file);
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
    if report.queries == 0 {
        output.tell(pick(
            language,
            "没有可评测的查询：判定文件没有为任何查询列出相关文档（分数大于 0）。请核对两个文件中的查询编号。",
            "There is no query to measure: the judgements name no relevant document (score above 0) for any of them. Compare the query ids of both files.",
        ));
        return Ok(ExitCode::FAILURE);
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

fn read(language: Language, path: &Path) -> Result<BufReader<File>, Failure> {
    File::open(path)
        .map(BufReader::new)
        .map_err(|error| Failure::Usage(unreadable(language, path, &error)))
}

/// A failure that names the file which was given as corpus, queries or judgements.
fn failure(language: Language, eval: &Eval, error: EvalError) -> Failure {
    let given = |file| match file {
        "corpus" => &eval.corpus,
        "queries" => &eval.queries,
        _ => &eval.qrels,
    };
    match error {
        EvalError::Index(error) => {
            Failure::Api(ApiError::new(ErrorCode::Internal).caused_by(&error))
        }
        EvalError::Io { file, source } => {
            Failure::Usage(unreadable(language, given(file), &source))
        }
        EvalError::Shape { file, line, reason } => {
            let path = given(file).display();
            Failure::Usage(match language {
                Language::Zh => format!("{path} 第 {line} 行的格式不对：{reason}"),
                Language::En => {
                    format!("{path}, line {line} is not of the expected shape: {reason}")
                }
            })
        }
    }
}
