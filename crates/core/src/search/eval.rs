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

use super::affinity::Wording;
use super::document::{Document, Facts};
use super::index::{Index, IndexError};
pub use super::measure::Measures;
use super::measure::Tally;
use super::plain::Plain;
use super::search::Texts;
use crate::model::{Head, Name, Record, RecordRef, Scenario, Text};

/// Why an evaluation cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file cannot be read.
    #[error("the {file} cannot be read")]
    Io {
        /// Which file: `corpus`, `queries` or `qrels`.
        file: &'static str,
        /// Why.
        source: io::Error,
    },
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

/// What is measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// The list that a query finds.
    #[default]
    Search,
    /// The affinity of texts to the text of a need; its scores compare between needs.
    Match,
}

/// How to evaluate.
pub struct Options<'a> {
    /// What is measured.
    pub mode: Mode,
    /// Documents ranked per query.
    pub depth: usize,
    /// Rank only the judged documents of each query.
    pub pool: bool,
    /// A clock for latencies; its zero does not matter.
    pub clock: &'a dyn Fn() -> Duration,
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
        let line = text(file, number, line)?;
        if line.trim().is_empty() {
            continue;
        }
        let shape = |error: serde_json::Error| EvalError::Shape {
            file,
            line: number + 1,
            reason: error.to_string(),
        };
        parsed.push(serde_json::from_str(&line).map_err(shape)?);
    }
    Ok(parsed)
}

/// A line without the byte order mark that may begin the first.
fn text(file: &'static str, number: usize, line: io::Result<String>) -> Result<String, EvalError> {
    match line {
        Ok(line) => Ok(match line.strip_prefix('\u{feff}') {
            Some(rest) if number == 0 => rest.to_owned(),
            _ => line,
        }),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(EvalError::Shape {
            file,
            line: number + 1,
            reason: "not UTF-8".to_owned(),
        }),
        Err(source) => Err(EvalError::Io { file, source }),
    }
}

/// Query → document → grade.
type Judgements = BTreeMap<String, BTreeMap<String, i64>>;

fn judgements(reader: impl BufRead) -> Result<Judgements, EvalError> {
    let mut judged = Judgements::new();
    for (number, line) in reader.lines().enumerate() {
        let line = text("qrels", number, line)?;
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
            ([_, _, _], None) if number == 0 => {}
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
    let queries = once(lines("queries", queries)?);
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
    for query in &queries {
        // Nobody judged it: neither figures nor the run need its ranking.
        let Some(grades) = judged.get(&query.id) else {
            continue;
        };
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
        let found = match options.mode {
            Mode::Search => {
                index.rank_text(&corpus, title, text, references.as_ref(), options.depth)?
            }
            Mode::Match => {
                let wording = Wording { title, text };
                index.rank_need(&corpus, wording, references.as_ref(), options.depth)?
            }
        };
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
            descending(&ranked)
                .into_iter()
                .map(|(id, score)| (query.id.clone(), id.to_owned(), score)),
        );
        if !grades.values().any(|grade| *grade > 0) {
            continue;
        }
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
    report.queries = product_scores.queries();
    report.product = product_scores.means();
    report.plain = plain_scores.means();
    Ok(report)
}

/// A ranking with scores that tell its order. A search ranks by tiers first, so that a score may be above that of a hit
/// before it; who reads a run sorts by score, and finds the hits of a better tier lifted above the others.
fn descending<'a>(ranked: &[(&'a str, f64)]) -> Vec<(&'a str, f64)> {
    let mut lift = 0.0;
    let mut below: Option<f64> = None;
    let mut run: Vec<(&str, f64)> = ranked
        .iter()
        .rev()
        .map(|(id, score)| {
            let mut lifted = score + lift;
            if let Some(below) = below.filter(|below| lifted < *below) {
                lift += below - lifted + 1.0;
                lifted = score + lift;
            }
            below = Some(lifted);
            (*id, lifted)
        })
        .collect();
    run.reverse();
    run
}

/// Lines by identifier: of several with one, the last is meant, as readers of these files take it.
fn once(lines: Vec<CorpusLine>) -> Vec<CorpusLine> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<CorpusLine> = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(place) = places.get(&line.id) {
            kept[*place] = line;
        } else {
            places.insert(line.id.clone(), kept.len());
            kept.push(line);
        }
    }
    kept
}

fn read_corpus(reader: impl BufRead) -> Result<Corpus, EvalError> {
    let mut corpus = Corpus {
        ids: Vec::new(),
        records: Vec::new(),
    };
    for (number, line) in once(lines("corpus", reader)?).into_iter().enumerate() {
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
    let mut writer = index.builder(2, 200_000_000)?;
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
