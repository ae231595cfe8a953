//! Filters and counts.

use std::collections::BTreeMap;

use super::{Catalog, case, head, ids};
use crate::api::types::{SearchPage, SearchRequest};
use crate::model::{Code, Need, Record};

fn catalog() -> Catalog {
    Catalog::in_batches(
        [
            case("a", "视觉质检", "32", "C38", "production"),
            case("b", "视觉分拣", "33", "C38", "production"),
            case("c", "视觉巡检", "32", "C39", "rnd"),
            case("d", "语音助手", "3302", "", ""),
            case("e", "视觉导航", "99", "", "production"),
        ],
        2,
    )
}

fn request(text: &str, filters: &[(&str, &[&str])], facets: &[&str]) -> SearchRequest {
    let owned = |codes: &[&str]| {
        codes
            .iter()
            .map(|code| (*code).to_owned())
            .collect::<Vec<_>>()
    };
    SearchRequest {
        text: text.to_owned(),
        filters: filters
            .iter()
            .map(|(facet, codes)| ((*facet).to_owned(), owned(codes)))
            .collect::<BTreeMap<_, _>>(),
        facets: owned(facets),
        limit: 20,
        ..SearchRequest::default()
    }
}

fn counts(page: &SearchPage, facet: &str) -> String {
    let facet = page.facets.iter().find(|found| found.id == facet).unwrap();
    facet
        .values
        .iter()
        .map(|value| format!("{}={}", value.code, value.count))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn counts_cover_all_hits_with_ancestors_unknown_codes_and_none() {
    let page = catalog().ask(&request(
        "",
        &[],
        &["region", "stage", "main_region", "kind", "level"],
    ));
    assert_eq!(counts(&page, "region"), "32=2 33=2 3302=1 99=1");
    assert_eq!(counts(&page, "stage"), "production=3 none=1 rnd=1");
    assert_eq!(counts(&page, "main_region"), "32=2 33=2 99=1");
    assert_eq!(counts(&page, "kind"), "case=5");
    assert_eq!(counts(&page, "level"), "none=5");
    assert_eq!((page.total, page.unfiltered), (5, 5));
}

#[test]
fn a_facet_ignores_its_own_selection_and_heeds_all_others() {
    let page = catalog().ask(&request(
        "视觉",
        &[("region", &["32"]), ("stage", &["production"])],
        &["region", "stage", "industry"],
    ));
    assert_eq!(ids(&page), ["a"]);
    assert_eq!((page.total, page.unfiltered), (1, 4));
    assert_eq!(counts(&page, "region"), "32=1 33=1 99=1");
    assert_eq!(counts(&page, "stage"), "production=1 rnd=1");
    assert_eq!(counts(&page, "industry"), "C=1 C38=1");
}

#[test]
fn values_of_one_facet_are_alternatives_wherever_they_come_from() {
    let page = catalog().ask(&request(
        "视觉 地区:浙江",
        &[("region", &["32"])],
        &["region"],
    ));
    let mut found = ids(&page);
    found.sort();
    assert_eq!(found, ["a", "b", "c"]);
    assert_eq!(counts(&page, "region"), "32=2 33=1 99=1");
    assert_eq!(
        ids(&catalog().ask(&request(
            "",
            &[("industry", &["none"]), ("region", &["99"])],
            &[]
        ))),
        ["e"]
    );
}

#[test]
fn a_filter_that_names_no_facet_is_said_to_be_ignored() {
    let page = catalog().ask(&request("", &[("colour", &["red", "blue"])], &[]));
    assert_eq!(page.query.ignored, ["colour:red,blue"]);
    assert_eq!(page.total, page.unfiltered);
}

#[test]
fn counts_are_those_of_filtering_by_each_code() {
    let catalog = catalog();
    for text in ["", "视觉", "视 -巡检"] {
        let page = catalog.ask(&request(
            text,
            &[("stage", &["production", "rnd"])],
            &["region", "industry", "year"],
        ));
        for facet in &page.facets {
            for value in &facet.values {
                let one = request(
                    text,
                    &[
                        ("stage", &["production", "rnd"]),
                        (&facet.id, &[&value.code]),
                    ],
                    &[],
                );
                assert_eq!(
                    catalog.ask(&one).total,
                    value.count,
                    "{text} {} {}",
                    facet.id,
                    value.code
                );
            }
        }
    }
}

#[test]
fn a_limit_of_zero_asks_for_counts_alone() {
    let page = catalog().ask(&SearchRequest {
        limit: 0,
        ..request("视觉", &[], &["kind"])
    });
    assert_eq!(
        (page.total, page.rows.len(), counts(&page, "kind").as_str()),
        (4, 0, "case=4")
    );
}

#[test]
fn needs_are_narrowed_by_delivery_and_maturity_and_found_by_the_words_about_their_data() {
    let mut said = Need {
        head: head("n", "视觉质检需求"),
        delivery: vec![Code::from("appliance")],
        maturity: Some(Code::from("g2")),
        data_text: Some("两年的极片照片".to_owned()),
        ..Need::default()
    };
    let more = Record::Need(Box::new(said.clone()));
    said.head.id = "bare".to_owned();
    (said.delivery, said.maturity, said.data_text) = (Vec::new(), None, None);
    let catalog = Catalog::new([more, Record::Need(Box::new(said))]);
    let page = catalog.ask(&request("", &[], &["delivery", "maturity"]));
    assert_eq!(counts(&page, "delivery"), "appliance=1 none=1");
    assert_eq!(counts(&page, "maturity"), "g2=1 none=1");
    assert_eq!(ids(&catalog.page("kind:need 交付:一体机")), ["n"]);
    assert_eq!(ids(&catalog.page("极片照片")), ["n"]);
}
