//! Figures of evaluations.

use std::time::Duration;

use crate::search::eval::{EvalError, Mode, Options, Report, evaluate};

const CORPUS: &str = r#"{"_id":"d1","title":"机器视觉质检","text":"钢铁表面缺陷检测"}
{"_id":"d2","title":"语音客服","text":"客户来电的自动应答"}
{"_id":"d3","title":"视觉分拣","text":"仓库包裹分拣 sorting robots"}
"#;
const QUERIES: &str = r#"{"_id":"q1","text":"表面缺陷"}
{"_id":"q2","text":"robot sorting","title":"sort"}
{"_id":"q3","text":"视觉"}
{"_id":"q4","text":"量子"}
"#;
const QRELS: &str = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td3\t1\nq4\td2\t1\n";

fn report(pool: bool) -> Report {
    let clock = || Duration::ZERO;
    let options = Options {
        mode: Mode::Search,
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
        mode: Mode::Search,
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
        "q1 0 d1 1\n".as_bytes(),
        &options,
    )
    .unwrap_err();
    assert!(
        matches!(
            error,
            EvalError::Shape {
                file: "qrels",
                line: 1,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn files_as_other_programs_write_them_are_measured_whole() {
    let clock = || Duration::ZERO;
    let options = Options {
        mode: Mode::Search,
        depth: 10,
        pool: false,
        clock: &clock,
    };
    // A document that comes twice is one, and the last of both; a mark before the first judgement is no part of it.
    let corpus = format!("\u{feff}{CORPUS}{}\n", r#"{"_id":"d2","title":"表面缺陷"}"#);
    let qrels = "\u{feff}q1\td1\t2\r\nq3\td1\t0\r\n";
    let report = evaluate(
        corpus.as_bytes(),
        QUERIES.as_bytes(),
        qrels.as_bytes(),
        &options,
    )
    .unwrap();
    assert_eq!((report.documents, report.queries), (3, 1));
    // The name that is the query comes first, whatever its score; the run tells that order by scores, too.
    let of_first: Vec<(&str, f64)> = report
        .run
        .iter()
        .filter(|(query, ..)| query == "q1")
        .map(|(_, id, score)| (id.as_str(), *score))
        .collect();
    assert_eq!(
        of_first.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        ["d2", "d1"]
    );
    assert!(of_first[0].1 > of_first[1].1, "{of_first:?}");
    assert!((report.product.mrr - 0.5).abs() < 1e-9, "{report:?}");
    assert!(report.product.recall_100 <= 1.0);
    assert!(
        report.run.iter().any(|(query, ..)| query == "q3"),
        "judged, if with nothing relevant: {:?}",
        report.run
    );
    let error = evaluate(
        &b"{\"_id\":\"a\"}\n\xff\xfe\n"[..],
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
                line: 2,
                ..
            }
        ),
        "{error}"
    );
}
