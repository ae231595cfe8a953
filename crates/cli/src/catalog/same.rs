//! Whether two records of one kind are one thing: the rule that the table in [`super::merge`] tells.

use atlas_core::model::{Base, Head, Model, Record};

use super::names::{is_full, normalise};
use super::place;

/// Whether two drafts of one kind, which share a key, are one record.
pub(crate) fn same(a: &Record, b: &Record) -> bool {
    let equal_names = normalise(a.head().name.any()) == normalise(b.head().name.any());
    let one_list = a
        .head()
        .lists
        .iter()
        .any(|x| b.head().lists.iter().any(|y| x.list == y.list));
    match (a, b) {
        (Record::Enterprise(_), Record::Enterprise(_))
        | (Record::Provider(_), Record::Provider(_)) => {
            equal_names && (is_full(a.head().name.any()) || places_agree(a.head(), b.head()))
        }
        (Record::Model(a), Record::Model(b)) => same_model(a, b),
        (Record::Base(a), Record::Base(b)) => same_base(a, b),
        (Record::Need(a), Record::Need(b)) => {
            equal_names && a.buyer.is_some() && a.buyer == b.buyer
        }
        (Record::Case(a), Record::Case(b)) => {
            equal_names && a.enterprise.is_some() && a.enterprise == b.enterprise
        }
        (Record::Scenario(_), Record::Scenario(_))
        | (Record::Solution(_), Record::Solution(_))
        | (Record::Dataset(_), Record::Dataset(_)) => equal_names && one_list,
        _ => false,
    }
}

fn places_agree(a: &Head, b: &Head) -> bool {
    place::agree(&a.region, &b.region) && place::same_city(a.city.as_deref(), b.city.as_deref())
}

fn same_model(a: &Model, b: &Model) -> bool {
    let site = |model: &Model| model.head.website.as_deref().map(address_key);
    if site(a).is_some() && site(a) == site(b) {
        // One address may show several products of a firm; a repository is one model.
        return site(a).is_some_and(|site| site.starts_with("github.com/"));
    }
    let held = |long: &str, short: &str| normalise(long).contains(&normalise(short));
    let developers_agree = match (&a.developer, &b.developer) {
        (Some(a), Some(b)) => held(a, b) || held(b, a),
        _ => false,
    };
    let one_city = a.head.city.is_some()
        && place::same_city(a.head.city.as_deref(), b.head.city.as_deref())
        && b.head.city.is_some();
    let one_region = !a.head.region.is_empty() && a.head.region == b.head.region;
    places_agree(&a.head, &b.head)
        && (one_city || one_region && named_like(a, b) || developers_agree)
}

/// Whether one of the two has no developer of its own to contradict the other.
fn named_like(a: &Model, b: &Model) -> bool {
    (a.developer.is_none() || b.developer.is_none()) || a.developer == b.developer
}

fn same_base(a: &Base, b: &Base) -> bool {
    let host = |base: &Base| base.host.as_deref().map(normalise);
    let field = |base: &Base| base.head.field.first().map(|field| normalise(field));
    let one_city = a.head.city.is_some()
        && place::same_city(a.head.city.as_deref(), b.head.city.as_deref())
        && b.head.city.is_some();
    match (host(a), host(b)) {
        (Some(a_host), Some(b_host)) => one_city && a_host == b_host,
        _ => one_city && field(a).is_some() && field(a) == field(b),
    }
}

/// A web address without what does not tell pages apart.
pub(crate) fn address_key(address: &str) -> String {
    address
        .to_lowercase()
        .trim_end_matches('/')
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use atlas_core::model::Name;

    use super::*;

    fn model(
        name: &str,
        developer: Option<&str>,
        city: Option<&str>,
        site: Option<&str>,
    ) -> Record {
        let head = Head {
            name: Name::zh(name),
            region: place::regions(None, city),
            city: city.map(Into::into),
            website: site.map(Into::into),
            ..Head::default()
        };
        Record::Model(Box::new(Model {
            head,
            developer: developer.map(Into::into),
            ..Model::default()
        }))
    }

    #[test]
    fn models_of_one_name_are_one_when_place_or_developer_or_repository_says_so() {
        let repository = Some("https://github.com/scutcyr/BianQue");
        for (a, b, one) in [
            (
                model("文心一言", Some("百度"), None, None),
                model(
                    "文心一言",
                    Some("北京百度网讯科技有限公司"),
                    Some("北京"),
                    None,
                ),
                true,
            ),
            (
                model("通义千问", Some("阿里云"), Some("杭州"), None),
                model("通义千问", Some("阿里巴巴达摩院"), Some("杭州"), None),
                true,
            ),
            (
                model("昆仑", Some("中国石油"), None, None),
                model("昆仑", Some("吉大正元"), Some("长春"), None),
                false,
            ),
            (
                model("九天", Some("中国移动"), None, None),
                model("九天", Some("哈尔滨工业大学（深圳）"), Some("深圳"), None),
                false,
            ),
            (
                model("星汉", Some("大汉软件"), Some("南京"), None),
                model("星汉", Some("大华股份"), Some("杭州"), None),
                false,
            ),
            (
                model("扁鹊", Some("华南理工大学"), Some("广州"), repository),
                model("BianQue (扁鹊)", None, None, repository),
                true,
            ),
            (
                model("仲景", None, None, None),
                model("仲景", None, None, None),
                false,
            ),
        ] {
            assert_eq!(same(&a, &b), one, "{a:?} {b:?}");
        }
    }
}
