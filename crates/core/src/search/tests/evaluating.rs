//! Figures of evaluations.

use std::time::Duration;

use crate::search::eval::{EvalError, Mode, Options, Report, evaluate};

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
