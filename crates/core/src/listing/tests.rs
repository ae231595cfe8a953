use serde_json::{Value, json};

use super::{Known, fields, quality, read};
use crate::api::types::{FaultCode, QualityGrade};
use crate::model::{Kind, Record, RecordRef, Taxonomies};

struct Shelf;

impl Known for Shelf {
    fn is_there(&self, reference: &RecordRef) -> bool {
        reference.feed == "fixture"
    }

    fn yuan(&self, text: &str) -> Option<f64> {
        text.strip_suffix("万元")?.parse().ok()
    }
}

fn own(kind: &str) -> RecordRef {
    format!("own/{kind}/0191e0b2-7c1d-7abc-8def-000000000001")
        .parse()
        .unwrap()
}

fn faults(kind: &str, draft: &Value) -> Vec<(String, FaultCode, bool)> {
    let read = read(&own(kind), draft, Taxonomies::bundled(), &Shelf);
    let stops = read.faults.iter().any(|fault| fault.stops);
    assert_eq!(read.record.is_none(), stops, "{:?}", read.faults);
    read.faults
        .into_iter()
        .map(|fault| (fault.field, fault.code, fault.stops))
        .collect()
}

#[test]
fn every_fault_is_told_by_its_field() {
    let long = "长".repeat(201);
    for (field, typed, code) in [
        ("name", json!({}), FaultCode::Required),
        ("credit_code", json!("9135"), FaultCode::CreditCodeLength),
        (
            "credit_code",
            json!("91350100M000100O43"),
            FaultCode::CreditCodeCharacter,
        ),
        (
            "credit_code",
            json!("91350100M000100Y44"),
            FaultCode::CreditCodeCheck,
        ),
        (
            "industry",
            json!(["electronics", "nonsense"]),
            FaultCode::UnknownCode,
        ),
        ("founded", json!("去年"), FaultCode::BadYear),
        ("date", json!("2025-13"), FaultCode::BadDate),
        (
            "website",
            json!("javascript:alert(1)"),
            FaultCode::BadAddress,
        ),
        ("city", json!(long), FaultCode::TooLong),
        ("products", json!("一行"), FaultCode::NotText),
        ("products", json!(vec!["产品"; 101]), FaultCode::TooMany),
        ("outcomes", json!([{ "value": "99%" }]), FaultCode::Required),
        ("notes", json!(["一行"]), FaultCode::NotText),
        (
            "notes",
            json!([{ "zh": "说明" }, { "en": "x".repeat(5_001) }]),
            FaultCode::TooLong,
        ),
        (
            "contact",
            json!({ "consent": { "source": long } }),
            FaultCode::TooLong,
        ),
    ] {
        let mut draft = json!({ "name": { "zh": "甲公司" } });
        draft[field] = typed;
        let found = faults("provider", &draft);
        assert_eq!(found.len(), 1, "{field}: {found:?}");
        assert!(
            found[0].0.starts_with(field) && found[0].1 == code,
            "{found:?}"
        );
        assert!(found[0].2, "{field} stops");
    }
}

#[test]
fn what_was_typed_is_put_in_the_form_of_a_record() {
    let draft = json!({
        "name": { "zh": " 甲公司 ", "en": "", "aliases": ["", "甲"] },
        "credit_code": "9135 0100 m000100y43", "website": "www.example.org", "date": "2025年3月1日",
        "industry": ["electronics"], "products": [], "city": null, "founded": "2019",
    });
    let read = read(&own("provider"), &draft, Taxonomies::bundled(), &Shelf);
    assert_eq!(read.faults, []);
    assert_eq!(
        Value::Object(read.document),
        json!({
            "kind": "provider", "id": "0191e0b2-7c1d-7abc-8def-000000000001",
            "name": { "zh": "甲公司", "aliases": ["甲"] }, "credit_code": "91350100M000100Y43",
            "website": "https://www.example.org", "date": "2025-03-01", "industry": ["electronics"],
            "founded": "2019", "sources": [],
        })
    );
}

#[test]
fn what_may_be_meant_is_told_and_stops_nothing() {
    let link = |to: &str| json!([{ "rel": "provided_by", "to": to }]);
    let solution = |links: Value, price: &str| json!({ "name": { "en": "QC" }, "links": links, "price": price });
    assert_eq!(
        faults("solution", &solution(link("fixture/provider/p"), "120万元")),
        []
    );
    assert_eq!(faults("solution", &solution(json!([]), "按年订阅")), []);
    assert_eq!(
        faults(
            "solution",
            &solution(link("other/provider/p"), "3万左右起，面议")
        ),
        [
            ("price".to_owned(), FaultCode::UnclearAmount, false),
            ("link:provided_by".to_owned(), FaultCode::DeadLink, false),
        ]
    );
    assert_eq!(
        faults("solution", &solution(link("../x"), "")),
        [("link:provided_by".to_owned(), FaultCode::BadLink, true)]
    );
}

#[test]
fn every_field_of_a_form_is_a_field_of_the_record() {
    for kind in super::KINDS {
        for field in fields(kind) {
            for taxonomy in field.of {
                let known = Taxonomies::bundled().get(taxonomy).is_some()
                    || Kind::parse(taxonomy).is_some();
                assert!(known, "{taxonomy}");
            }
            if let Some(relation) = field.path.strip_prefix("link:") {
                assert!(
                    Taxonomies::bundled().term("relation", relation).is_some(),
                    "{relation}"
                );
                continue;
            }
            let name = field.path.split('.').next().unwrap();
            let record: Record = serde_json::from_value(
                json!({ "kind": kind, "id": "x", "name": {}, "sources": [], name: null }),
            )
            .unwrap_or_else(|_| {
                let value = if field.path.contains('.') {
                    json!({})
                } else {
                    json!([])
                };
                let text =
                    json!({ "kind": kind, "id": "x", "name": {}, "sources": [], name: value });
                serde_json::from_value(text).unwrap()
            });
            // The contact is carried beside the fields of the model, by feeds as well.
            let carried = name == crate::model::private::CONTACT;
            assert_eq!(
                record.extra().contains_key(name),
                carried,
                "{kind:?} has no {name}"
            );
        }
    }
}

fn scored(kind: &str, fields: Value) -> (u32, QualityGrade, Vec<u32>) {
    let mut draft = fields;
    draft["name"] = json!({ "zh": "视觉质检一体机", "en": "Visual inspection appliance" });
    let read = read(&own(kind), &draft, Taxonomies::bundled(), &Shelf);
    let quality = quality(&read.record.unwrap());
    let scores = quality
        .criteria
        .iter()
        .map(|criterion| criterion.score)
        .collect();
    (quality.total, quality.grade, scores)
}

#[test]
fn a_full_listing_is_excellent_and_an_empty_criterion_holds_it_back() {
    let full = json!({
        "summary": { "zh": "用于液晶面板后段产线的在线外观检测设备，识别划伤、气泡和异物，节拍一点五秒，检出率由第三方测试，支持换型。", "en": "Inline inspection of panels." },
        "capability": { "zh": "识别二十类缺陷，换型时间不超过十分钟，可离线运行。" },
        "category": ["application"], "maturity": "g3", "industry": ["electronics"], "stage": ["production"],
        "technique": ["vision"], "outcomes": [{ "metric": "检出率", "value": "99.2%", "baseline": "95%" }],
        "region": ["32"], "website": "https://example.org", "delivery": ["appliance"], "price": "120万元",
        "provider": "甲公司", "date": "2026-10",
    });
    assert_eq!(
        scored("solution", full.clone()),
        (20, QualityGrade::Excellent, vec![5; 4])
    );
    let mut vague = full.clone();
    for field in ["region", "website", "delivery", "price", "provider"] {
        vague[field] = Value::Null;
    }
    assert_eq!(
        scored("solution", vague),
        (15, QualityGrade::OnHold, vec![5, 5, 0, 5])
    );
    let mut loud = full;
    loud["capability"]["zh"] = json!("国际领先的革命性产品，识别二十类缺陷，详询 13800138000。");
    assert_eq!(
        scored("solution", loud),
        (18, QualityGrade::Excellent, vec![5, 5, 5, 3])
    );
    assert_eq!(scored("provider", json!({})).1, QualityGrade::Rejected);
}

#[test]
fn other_ways_to_write_a_value_are_understood_where_they_can_mean_only_one() {
    use super::rules::{shape, takes, tidied};
    use crate::api::types::Shape;
    for (path, typed, kept) in [
        ("founded", "2019年3月5日", Some("2019")),
        ("founded", "二〇一八年", Some("2018")),
        ("founded", "二零一八年十二月三十一日", Some("2018")),
        ("founded", "去年", None),
        ("founded", "三五", None),
        ("date", "二〇一八年十二月三十一日", Some("2018-12-31")),
        ("website", "www.x.cn", Some("https://www.x.cn")),
        ("website", "x.cn:8080/a", Some("https://x.cn:8080/a")),
        ("website", "http：//x.cn", Some("http://x.cn")),
        ("website", "javascript:alert(1.cn)", None),
        ("website", "mailto:a@x.cn", None),
        ("website", "a@x.cn", None),
        ("website", "3.5", None),
        ("website", "https://x.cn https://y.cn", None),
        ("contact.email", "a@x.cn; b@x.cn", Some("a@x.cn; b@x.cn")),
        ("contact.email", "zhang", None),
        ("contact.email", "zhang@x", None),
        ("contact.phone", "12345", Some("12345")),
        ("contact.phone", "12", None),
    ] {
        let shape: Shape = shape(path).unwrap();
        let tidy = tidied(shape, typed);
        assert_eq!(
            takes(shape, &tidy).then_some(tidy.as_str()),
            kept,
            "{path}: {typed}"
        );
    }
}
