//! The development sets of `tests/truth/eval`, measured by the code of `atlas eval`: ours beside plain bigram BM25 in
//! the same run. Grades come from the written rules of its README, never from a ranking.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use atlas_core::search::eval::{Mode, Options, Report, evaluate};
use serde_json::{Value, json};

use crate::committed::same_as_committed;

/// Fields whose texts make up a document.
const PRINTED: [&str; 10] = [
    "summary",
    "problem",
    "approach",
    "wanted",
    "capability",
    "data_needed",
    "prerequisites",
    "enterprise",
    "provider",
    "buyer",
];
/// Queries below which a set says little.
const FEWEST: usize = 30;

/// A judged collection in the shapes of the command.
#[derive(Default)]
struct Set {
    corpus: String,
    queries: String,
    qrels: String,
}

impl Set {
    fn document(&mut self, document: &Document) {
        let line = json!({ "_id": document.id, "title": document.title, "text": document.text });
        writeln!(self.corpus, "{line}").unwrap();
    }

    fn query(&mut self, id: &str, text: &str) {
        writeln!(self.queries, "{}", json!({ "_id": id, "text": text })).unwrap();
    }

    fn grade(&mut self, query: &str, document: &str, grade: &str) {
        writeln!(self.qrels, "{query}\t{document}\t{grade}").unwrap();
    }

    fn measure(&self, mode: Mode, pool: bool) -> Report {
        let clock = || Duration::ZERO;
        let options = Options {
            mode,
            depth: 100,
            pool,
            clock: &clock,
        };
        let qrels = format!("query-id\tcorpus-id\tscore\n{}", self.qrels);
        evaluate(
            self.corpus.as_bytes(),
            self.queries.as_bytes(),
            qrels.as_bytes(),
            &options,
        )
        .unwrap()
    }
}

#[derive(Clone)]
struct Document {
    id: String,
    title: String,
    text: String,
}

impl Document {
    fn of(kind: &str, record: &Value) -> Self {
        let name = &record["name"];
        let title = texts(name).next().unwrap_or_default();
        let aliases = name["aliases"].as_array().into_iter().flatten();
        let mut pieces: Vec<&str> = texts(name).skip(1).collect();
        pieces.extend(aliases.filter_map(Value::as_str));
        pieces.extend(PRINTED.iter().flat_map(|field| texts(&record[field])));
        Self {
            id: format!("{kind}/{}", record["id"].as_str().unwrap()),
            title: title.to_owned(),
            text: pieces.join("\n"),
        }
    }

    /// The words of the document, in lower case.
    fn all(&self) -> String {
        format!("{}\n{}", self.title, self.text).to_lowercase()
    }
}

/// A text, or what there is of it in Chinese and in English.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let languages = ["zh", "en"].into_iter().map(|language| &value[language]);
    std::iter::once(value)
        .chain(languages)
        .filter_map(Value::as_str)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The records of the catalog by kind and id.
fn documents() -> Vec<Document> {
    let folder = root().join("assets/catalog/records");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut documents = Vec::new();
    for file in files {
        let kind = file.file_stem().unwrap().to_str().unwrap().to_owned();
        for line in fs::read_to_string(&file).unwrap().lines() {
            documents.push(Document::of(&kind, &serde_json::from_str(line).unwrap()));
        }
    }
    documents
}

fn table(file: &str) -> Vec<csv::StringRecord> {
    let path = root().join("tests/truth").join(file);
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(Result::unwrap).collect()
}

/// The judged needs and cases, with the texts of the needs as `text` gives them.
fn needs(documents: &[Document], text: impl Fn(&str) -> String) -> Set {
    let by_id: BTreeMap<&str, &Document> = documents
        .iter()
        .map(|document| (document.id.as_str(), document))
        .collect();
    let grades = table("matching/grades.csv");
    let mut set = Set::default();
    let judged: BTreeSet<&str> = grades.iter().map(|row| &row[1]).collect();
    for case in judged {
        let mut document = Document::clone(by_id[format!("case/{case}").as_str()]);
        case.clone_into(&mut document.id);
        set.document(&document);
    }
    let judged: BTreeSet<&str> = grades.iter().map(|row| &row[0]).collect();
    for need in judged {
        set.query(need, &text(need));
    }
    for row in &grades {
        set.grade(&row[0], &row[1], &row[2]);
    }
    set
}

/// Keywords over all records but lists; the last column gives the terms of which one must stand in a record.
fn keywords(documents: &[Document], file: &str) -> Set {
    let mut set = Set::default();
    let documents: Vec<(&Document, String)> = documents
        .iter()
        .filter(|document| !document.id.starts_with("list/"))
        .map(|document| (document, document.all()))
        .collect();
    for (document, _) in &documents {
        set.document(document);
    }
    for row in table(file) {
        set.query(&row[0], &row[0]);
        for (document, all) in &documents {
            if row[row.len() - 1].split('|').any(|term| holds(all, term)) {
                set.grade(&row[0], &document.id, "1");
            }
        }
    }
    set
}

/// Whether a term stands in a text: Chinese letter for letter, English as a word or its plural.
fn holds(text: &str, term: &str) -> bool {
    let term = term.to_lowercase();
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    text.match_indices(&term).any(|(at, _)| {
        let rest = &text[at + term.len()..];
        !term.is_ascii()
            || !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
                && (ends(rest) || rest.strip_prefix('s').is_some_and(ends))
    })
}

#[test]
fn ours_beats_plain_bigrams_on_every_development_set() {
    let documents = documents();
    let printed: BTreeMap<&str, String> = documents
        .iter()
        .filter_map(|document| {
            let text = format!("{}\n{}", document.title, document.text);
            Some((document.id.strip_prefix("need/")?, text))
        })
        .collect();
    let translated: BTreeMap<String, String> = table("eval/needs-en.csv")
        .iter()
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    let needs_zh = needs(&documents, |need| printed[need].clone());
    let needs_en = needs(&documents, |need| translated[need].clone());
    let keywords_zh = keywords(&documents, "eval/keywords-zh.csv");
    let words_en = keywords(&documents, "eval/words-en.csv");
    let keywords_en = keywords(&documents, "eval/keywords-en.csv");
    let mut found = String::from(
        "set,mode,pool,documents,queries,ndcg_10,plain,r_precision_10,plain,recall_100,plain,zero_results,plain\n",
    );
    let mut worse = Vec::new();
    for (name, set, mode, pool) in [
        ("needs-zh", &needs_zh, Mode::Search, true),
        ("needs-zh", &needs_zh, Mode::Match, true),
        ("needs-zh", &needs_zh, Mode::Search, false),
        ("needs-zh", &needs_zh, Mode::Match, false),
        ("needs-en", &needs_en, Mode::Search, true),
        ("needs-en", &needs_en, Mode::Match, true),
        ("needs-en", &needs_en, Mode::Search, false),
        ("needs-en", &needs_en, Mode::Match, false),
        ("keywords-zh", &keywords_zh, Mode::Search, false),
        ("words-en", &words_en, Mode::Search, false),
        ("keywords-en", &keywords_en, Mode::Search, false),
        ("keywords-en", &keywords_en, Mode::Match, false),
    ] {
        let report = set.measure(mode, pool);
        assert!(report.queries >= FEWEST, "{name}: {}", report.queries);
        let (ours, plain) = (report.product, report.plain);
        let mode = match mode {
            Mode::Search => "search",
            Mode::Match => "match",
        };
        writeln!(
            found,
            "{name},{mode},{pool},{},{},{:.4},{:.4},{:.4},{:.4},{:.4},{:.4},{:.4},{:.4}",
            report.documents,
            report.queries,
            ours.ndcg_10,
            plain.ndcg_10,
            ours.r_precision_10,
            plain.r_precision_10,
            ours.recall_100,
            plain.recall_100,
            ours.zero_results,
            plain.zero_results,
        )
        .unwrap();
        let better = ours.ndcg_10 > plain.ndcg_10
            && ours.r_precision_10 >= plain.r_precision_10
            && ours.zero_results <= plain.zero_results;
        if !better {
            worse.push(format!("{name} {mode} pool {pool}"));
        }
    }
    same_as_committed(&root().join("tests/truth/eval/figures.csv"), &found);
    assert!(worse.is_empty(), "not better than plain bigrams: {worse:?}");
}
