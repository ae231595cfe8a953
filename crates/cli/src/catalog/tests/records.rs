//! What single lines became: merges, links, projects, results.

use atlas_core::model::{Code, Record, Status};

use super::*;

/// Pairs of lines, and whether they are about one thing.
#[test]
fn real_pairs_are_merged_or_kept_apart() {
    let into = |line: &str| {
        let row = CATALOG.ledger.iter().find(|row| row.line == line);
        let row = row.unwrap_or_else(|| panic!("there is no line {line}"));
        row.into.split(';').next().unwrap_or_default()
    };
    for (a, b, one, why) in [
        ("r0030", "r0056", true, "one steel maker on two lists"),
        ("r0079", "r0084", true, "海尔 on two lists"),
        ("r0036", "r0085", true, "宝钢, once without a place"),
        ("r0074", "r0064", false, "友达光电 and its firm in 苏州"),
        ("r0075", "r0063", false, "宁德时代 and its works in 宜宾"),
        ("r0187", "q1354", true, "科大讯飞 as a provider, twice"),
        ("q1530", "q1543", false, "a full name and a brand"),
        ("r0101", "r0102", true, "a base and the line of who runs it"),
        (
            "r0103",
            "q0915",
            true,
            "one base under two put-together titles",
        ),
        (
            "r0096",
            "q0917",
            false,
            "bases for health care in two cities",
        ),
        (
            "r0097",
            "q0916",
            false,
            "bases for manufacturing in two cities",
        ),
        (
            "r0241",
            "q1505",
            true,
            "one model, its developer short and in full",
        ),
        ("r0244", "q1496", true, "one model in one city"),
        (
            "r0149",
            "r0395",
            false,
            "昆仑 of an oil firm and of a security firm",
        ),
        ("r0391", "r0423", false, "星汉 in two cities"),
        ("r0340", "q1395", true, "one repository"),
        ("r0485", "q1399", false, "神农 for farming and for medicine"),
        ("q1392", "q1408", false, "two models called 仲景"),
        ("r0207", "q1523", true, "one need of one buyer"),
        (
            "q0825",
            "q0834",
            false,
            "two lines of one list without buyers",
        ),
        ("r0166", "q0852", true, "one project of one firm"),
        ("r0167", "q0862", false, "titles that differ"),
        ("q0752", "q1514", true, "one announcement at one address"),
        ("q1005", "q1025", false, "one word on two lists"),
    ] {
        assert_eq!(into(a) == into(b), one, "{a} and {b}: {why}");
    }
}

#[test]
fn links_say_what_the_entries_print() {
    let links = |target: &str| -> Vec<String> {
        record(target)
            .head()
            .links
            .iter()
            .map(|link| format!("{} {}", link.rel, link.to))
            .collect()
    };
    let named = |target: &str, relation: &str| -> Vec<String> {
        record(target)
            .head()
            .links
            .iter()
            .filter(|link| link.rel.as_str() == relation)
            .map(|link| record(&link.to).head().name.any().to_owned())
            .collect()
    };
    assert_eq!(
        named("case/q0615", "supplied_by"),
        ["北京瑞莱智慧科技有限公司"]
    );
    assert_eq!(named("case/q0668", "supplied_by"), ["火山引擎"]);
    assert_eq!(named("case/q0668", "applied_by"), ["赛力斯集团"]);
    assert_eq!(named("case/r0183", "applied_by").len(), 2);
    assert_eq!(
        named("case/q0615", "applied_by"),
        Vec::<String>::new(),
        "an authority is no enterprise"
    );
    assert_eq!(named("solution/q1486", "provided_by"), ["树根互联"]);
    assert_eq!(named("dataset/q1455", "instance_of"), ["在线智能检测"]);
    assert!(
        links("case/q0700")
            .iter()
            .all(|link| !link.starts_with("supplied_by")),
        "built by the firm itself"
    );
    assert!(
        links("case/q0321")
            .iter()
            .any(|link| link.starts_with("based_on document/"))
    );
}

#[test]
fn a_project_of_a_benchmark_enterprise_is_a_case_with_the_results() {
    let Record::Case(case) = record("case/r0030") else {
        panic!("no case")
    };
    assert_eq!(
        case.head.name.any(),
        "产业链深度协同的特殊钢个性化定制智能工厂"
    );
    assert_eq!(case.head.outcomes.len(), 2);
    let Record::Enterprise(enterprise) = record("enterprise/r0030") else {
        panic!("no enterprise")
    };
    assert!(enterprise.head.outcomes.is_empty());
    assert_eq!(
        enterprise.tier,
        [Code::from("smart_leading"), Code::from("digital_leader")]
    );
    assert_eq!(enterprise.head.lists.len(), 2, "both lists are kept");
}

#[test]
fn results_gathered_elsewhere_have_sources_of_their_own() {
    let head = record("case/q0321").head();
    assert_eq!(head.status(), Some(Status::ThirdParty));
    for key in head.outcomes.iter().flat_map(|outcome| &outcome.sources) {
        let source = head
            .sources
            .iter()
            .find(|source| source.key == *key)
            .unwrap();
        assert_eq!(source.status, Status::Community);
        assert_eq!(source.fields, ["outcomes"]);
    }
}
