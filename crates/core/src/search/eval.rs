//! Measures the ranking on judged queries (BEIR file shapes), beside a plain Han-bigram BM25 in the same run.
//!
//! Documents become records and go through the product's own analysis, relaxing and ranking, on an index made for
//! the occasion. Query texts are free text: nothing in them is grammar.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::document::{Document, Facts};
use super::index::{Index, IndexError};
use super::plain::Plain;
use super::search::Texts;
use crate::model::{Head, Name, Record, RecordRef, Scenario, Text};

/// Why an evaluation cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file cannot be read.
    #[error("the file cannot be read")]
    Io(#[from] io::Error),
    /// A line is not of the expected shape.
    #[error("line {line} of the {file} is not of the expected shape: {reason}")]
    Shape {
        /// Which file: `corpus`, `queries` or `qrels`.
        file: &'static str,
        /// Number of the line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The throw-away index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// How to evaluate.
pub struct Options<'a> {
    /// Documents ranked per query.
    pub depth: usize,
    /// Rank only the judged documents of each query.
    pub pool: bool,
    /// A clock for latencies; its zero does not matter.
    pub clock: &'a dyn Fn() -> Duration,
}

/// Figures of one system, means over the queries that have a relevant document.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// nDCG@10 with graded gains.
    pub ndcg_10: f64,
    /// Mean reciprocal rank.
    pub mrr: f64,
    /// Mean average precision.
    pub map: f64,
    /// Precision at the number of relevant documents, at most 10.
    pub r_precision_10: f64,
    /// Recall@100.
    pub recall_100: f64,
    /// Share of queries without any result.
    pub zero_results: f64,
    /// Median latency.
    pub p50: Duration,
    /// Latency that one query in a hundred exceeds.
    pub p99: Duration,
}

/// A line of a run file: query, document, score, best first.
pub type RunLine = (String, String, f64);

/// What an evaluation found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Documents in the corpus.
    pub documents: usize,
    /// Queries with at least one relevant document.
    pub queries: usize,
    /// The product.
    pub product: Measures,
    /// Plain Han-bigram BM25.
    pub plain: Measures,
    /// The product's ranking.
    pub run: Vec<RunLine>,
}

#[derive(Deserialize)]
struct CorpusLine {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// The corpus as the records it is indexed as. Record `n` has the reference `eval/scenario/000n`.
struct Corpus {
    ids: Vec<String>,
    records: Vec<Arc<Record>>,
}

impl Texts for Corpus {
    fn record(&self, reference: &RecordRef) -> Option<Arc<Record>> {
        self.records
            .get(reference.id.parse::<usize>().ok()?)
            .cloned()
    }
}

fn lines<T: DeserializeOwned>(
    file: &'static str,
    reader: impl BufRead,
) -> Result<Vec<T>, EvalError> {
    let mut parsed = Vec::new();
    for (number, line) in reader.lines().enumerate() {
        let line = line?;
        let line = line.trim_start_matches('\u{feff}');
        if line.trim().is_empty() {
            continue;
        }
        let shape = |error: serde_json::Error| EvalError::Shape {
            file,
            line: number + 1,
            reason: error.to_string(),
        };
        parsed.push(serde_json::from_str(line).map_err(shape)?);
    }
    Ok(parsed)
}

/// Query → document → grade.
type Judgements = BTreeMap<String, BTreeMap<String, i64>>;

fn judgements(reader: impl BufRead) -> Result<Judgements, EvalError> {
    let mut judged = Judgements::new();
    for (number, line) in reader.lines().enumerate() {
        let line = line?;
        let fields: Vec<&str> = line.trim_end().split('\t').collect();
        let grade = fields
            .last()
            .and_then(|grade| grade.trim().parse::<f64>().ok());
        match (fields.as_slice(), grade) {
            ([query, document, _], Some(grade)) => {
                judged
                    .entry((*query).to_owned())
                    .or_default()
                    .insert((*document).to_owned(), grade.round() as i64);
            }
            ([""], _) => {}
            // The header.
            _ if number == 0 => {}
            _ => {
                let reason = "expected query-id, corpus-id and score, separated by tabs".to_owned();
                return Err(EvalError::Shape {
                    file: "qrels",
                    line: number + 1,
                    reason,
                });
            }
        }
    }
    Ok(judged)
}

/// Evaluates the product's search on a judged collection.
pub fn evaluate(
    corpus: impl BufRead,
    queries: impl BufRead,
    qrels: impl BufRead,
    options: &Options<'_>,
) -> Result<Report, EvalError> {
    let corpus = read_corpus(corpus)?;
    let judged = judgements(qrels)?;
    let queries: Vec<CorpusLine> = lines("queries", queries)?;
    let index = build(&corpus)?;
    let plain = Plain::new(corpus.records.iter().map(|record| plain_text(record)));
    let numbers: BTreeMap<&str, usize> = corpus
        .ids
        .iter()
        .enumerate()
        .map(|(number, id)| (id.as_str(), number))
        .collect();
    let mut report = Report {
        documents: corpus.ids.len(),
        ..Report::default()
    };
    let (mut product_scores, mut plain_scores) = (Tally::default(), Tally::default());
    let none = BTreeMap::new();
    for query in &queries {
        let grades = judged.get(&query.id).unwrap_or(&none);
        if !grades.values().any(|grade| *grade > 0) {
            continue;
        }
        let (title, text) = (
            query.title.as_deref().unwrap_or_default(),
            query.text.as_deref().unwrap_or_default(),
        );
        let pool: Option<BTreeSet<usize>> = options.pool.then(|| {
            grades
                .keys()
                .filter_map(|id| numbers.get(id.as_str()).copied())
                .collect()
        });
        let started = (options.clock)();
        let references = pool.as_ref().map(|pool| {
            pool.iter()
                .map(|number| reference(*number).to_string())
                .collect()
        });
        let found = index.rank_text(&corpus, title, text, references.as_ref(), options.depth)?;
        let taken = (options.clock)().saturating_sub(started);
        let ranked: Vec<(&str, f64)> = found
            .iter()
            .filter_map(|(reference, score)| {
                Some((
                    corpus
                        .ids
                        .get(reference.id.parse::<usize>().ok()?)?
                        .as_str(),
                    *score,
                ))
            })
            .collect();
        report.run.extend(
            ranked
                .iter()
                .map(|(id, score)| (query.id.clone(), (*id).to_owned(), *score)),
        );
        product_scores.add(ranked.iter().map(|(id, _)| *id), grades, taken);
        let started = (options.clock)();
        let found = plain.rank(title, text, pool.as_ref(), options.depth);
        let taken = (options.clock)().saturating_sub(started);
        plain_scores.add(
            found.into_iter().map(|number| corpus.ids[number].as_str()),
            grades,
            taken,
        );
    }
    report.queries = product_scores.latencies.len();
    report.product = product_scores.means();
    report.plain = plain_scores.means();
    Ok(report)
}

fn read_corpus(reader: impl BufRead) -> Result<Corpus, EvalError> {
    let mut corpus = Corpus {
        ids: Vec::new(),
        records: Vec::new(),
    };
    for (number, line) in lines::<CorpusLine>("corpus", reader)?
        .into_iter()
        .enumerate()
    {
        let summary = line.text.filter(|text| !text.is_empty()).map(Text::zh);
        let name = line
            .title
            .filter(|title| !title.is_empty())
            .map(Name::zh)
            .unwrap_or_default();
        let head = Head {
            id: reference(number).id,
            name,
            summary,
            ..Head::default()
        };
        corpus.ids.push(line.id);
        corpus
            .records
            .push(Arc::new(Record::Scenario(Box::new(Scenario {
                head,
                ..Scenario::default()
            }))));
    }
    Ok(corpus)
}

fn plain_text(record: &Record) -> String {
    let head = record.head();
    let summary = head.summary.as_ref().map(Text::any).unwrap_or_default();
    format!("{}\n{summary}", head.name.any())
}

fn reference(number: usize) -> RecordRef {
    RecordRef {
        feed: "eval".to_owned(),
        kind: "scenario".to_owned(),
        id: format!("{number:09}"),
    }
}

fn build(corpus: &Corpus) -> Result<Index, IndexError> {
    let index = Index::in_memory()?;
    let mut writer = index.writer(2, 200_000_000)?;
    for (number, record) in corpus.records.iter().enumerate() {
        writer.add(&Document {
            reference: &reference(number),
            record,
            facts: Facts::default(),
        })?;
    }
    writer.commit(1)?;
    writer.finish()?;
    Ok(index)
}

/// Sums over queries.
#[derive(Default)]
struct Tally {
    sums: Measures,
    latencies: Vec<Duration>,
}

impl Tally {
    fn add<'a>(
        &mut self,
        ranked: impl Iterator<Item = &'a str>,
        grades: &BTreeMap<String, i64>,
        taken: Duration,
    ) {
        let gains: Vec<i64> = ranked
            .map(|id| grades.get(id).copied().unwrap_or(0).max(0))
            .collect();
        let mut ideal: Vec<i64> = grades
            .values()
            .copied()
            .filter(|grade| *grade > 0)
            .collect();
        ideal.sort_unstable_by(|left, right| right.cmp(left));
        let relevant = ideal.len();
        let dcg = |gains: &[i64]| -> f64 {
            gains
                .iter()
                .take(10)
                .enumerate()
                .map(|(at, gain)| *gain as f64 / (at as f64 + 2.0).log2())
                .sum()
        };
        let hits = |depth: usize| gains.iter().take(depth).filter(|gain| **gain > 0).count();
        let mut precision = 0.0;
        let mut seen = 0.0;
        for (at, _) in gains.iter().enumerate().filter(|(_, gain)| **gain > 0) {
            seen += 1.0;
            precision += seen / (at as f64 + 1.0);
        }
        let cut = relevant.min(10);
        let first = gains.iter().position(|gain| *gain > 0);
        let sums = &mut self.sums;
        sums.ndcg_10 += dcg(&gains) / dcg(&ideal);
        sums.mrr += first.map_or(0.0, |at| 1.0 / (at as f64 + 1.0));
        sums.map += precision / relevant as f64;
        sums.r_precision_10 += hits(cut) as f64 / cut as f64;
        sums.recall_100 += hits(100) as f64 / relevant as f64;
        sums.zero_results += if gains.is_empty() { 1.0 } else { 0.0 };
        self.latencies.push(taken);
    }

    fn means(mut self) -> Measures {
        let queries = self.latencies.len().max(1) as f64;
        self.latencies.sort_unstable();
        let at = |share: f64| {
            let last = self.latencies.len().saturating_sub(1);
            self.latencies
                .get((last as f64 * share).round() as usize)
                .copied()
                .unwrap_or_default()
        };
        let sums = self.sums;
        Measures {
            ndcg_10: sums.ndcg_10 / queries,
            mrr: sums.mrr / queries,
            map: sums.map / queries,
            r_precision_10: sums.r_precision_10 / queries,
            recall_100: sums.recall_100 / queries,
            zero_results: sums.zero_results / queries,
            p50: at(0.5),
            p99: at(0.99),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORPUS: &str = r#"{"_id":"d1","title":"机器视觉质检","text":"钢铁表面缺陷检测"}
{"_id":"d2","title":"语音客服","text":"客户来电的自动应答"}
{"_id":"d3","title":"视觉分拣","text":"仓库包裹分拣 sorting robots"}
"#;
    const QUERIES: &str = r#"{"_id":"q1","text":"表面缺陷"}
{"_id":"q2","text":"robot sorting","title":"sort"}
{"_id":"q3","text":"无人判断"}
{"_id":"q4","text":"量子"}
"#;
    const QRELS: &str = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td3\t1\nq4\td2\t1\n";

    fn report(pool: bool) -> Report {
        let clock = || Duration::ZERO;
        let options = Options {
            depth: 10,
            pool,
            clock: &clock,
        };
        evaluate(
            CORPUS.as_bytes(),
            QUERIES.as_bytes(),
            QRELS.as_bytes(),
            &options,
        )
        .unwrap()
    }

    #[test]
    fn figures_are_means_over_judged_queries() {
        let report = report(false);
        assert_eq!((report.documents, report.queries), (3, 3));
        let third = 1.0 / 3.0;
        for value in [
            report.product.ndcg_10,
            report.product.mrr,
            report.product.map,
            report.product.recall_100,
        ] {
            assert!((value - 2.0 * third).abs() < 1e-9, "{report:?}");
        }
        assert!((report.product.zero_results - third).abs() < 1e-9);
        // Without stems a plain index does not find `robots` by `robot`, but `sorting` it does.
        assert!((report.plain.mrr - 2.0 * third).abs() < 1e-9);
        assert_eq!(report.run[0].0, "q1");
    }

    #[test]
    fn a_pool_ranks_judged_documents_only_and_all_of_them() {
        let run: Vec<(String, String)> = report(true)
            .run
            .into_iter()
            .map(|(query, id, _)| (query, id))
            .collect();
        let line = |query: &str, id: &str| (query.to_owned(), id.to_owned());
        assert_eq!(
            run,
            [
                line("q1", "d1"),
                line("q1", "d2"),
                line("q2", "d3"),
                line("q4", "d2")
            ]
        );
    }

    #[test]
    fn a_line_of_another_shape_is_named() {
        let clock = || Duration::ZERO;
        let options = Options {
            depth: 10,
            pool: false,
            clock: &clock,
        };
        let error = evaluate(
            "{\"_id\":1}".as_bytes(),
            "".as_bytes(),
            "".as_bytes(),
            &options,
        )
        .unwrap_err();
        assert!(
            matches!(
                error,
                EvalError::Shape {
                    file: "corpus",
                    line: 1,
                    ..
                }
            ),
            "{error}"
        );
        let error = evaluate(
            "".as_bytes(),
            "".as_bytes(),
            "h\nq1 d1 1".as_bytes(),
            &options,
        )
        .unwrap_err();
        assert!(
            matches!(
                error,
                EvalError::Shape {
                    file: "qrels",
                    line: 2,
                    ..
                }
            ),
            "{error}"
        );
    }
}
