//! Places: printed provinces and cities to region codes.
//!
//! The five separately planned cities have a code of their own, whose parent is the province; every other
//! city stays a printed text under its province. A city printed without a province is only mapped where
//! the region taxonomy or the short table below knows it.

use atlas_core::model::{Code, Taxonomies};

/// Cities that entries print without their province.
const PROVINCE_OF: [(&str, &str); 1] = [("杭州", "浙江")];

/// The region codes of a printed province and city.
pub(crate) fn regions(province: Option<&str>, city: Option<&str>) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    let province_code = province.and_then(code);
    let mut province_wanted = province_code.is_some();
    if let Some(cities) = city {
        let found: Vec<Option<Code>> = cities.split('、').map(code).collect();
        // A city of its own code says more than its province; other cities need the province.
        province_wanted &= found.iter().any(Option::is_none);
        codes.extend(found.into_iter().flatten());
        if province_code.is_none() && codes.is_empty() {
            let plain = cities.trim_end_matches('市');
            codes.extend(
                PROVINCE_OF
                    .iter()
                    .find(|(name, _)| *name == plain)
                    .and_then(|(_, province)| code(province)),
            );
        }
    }
    if province_wanted {
        codes.retain(|code| Some(code) != province_code.as_ref());
        codes.splice(0..0, province_code);
    }
    codes
}

fn code(name: &str) -> Option<Code> {
    let region = Taxonomies::bundled().get("region")?;
    let name = name.trim();
    let term = region
        .terms
        .iter()
        .find(|term| term.zh == name || term.aliases.iter().any(|alias| alias == name))?;
    Some(term.code.clone())
}

/// Whether two sets of region codes can be one place: equal, one within the other, or unknown.
pub(crate) fn agree(a: &[Code], b: &[Code]) -> bool {
    let Some(region) = Taxonomies::bundled().get("region") else {
        return true;
    };
    a.is_empty()
        || b.is_empty()
        || a.iter().any(|x| {
            b.iter().any(|y| {
                region.with_ancestors(x.as_str()).contains(y)
                    || region.with_ancestors(y.as_str()).contains(x)
            })
        })
}

/// Whether two printed cities can be one: equal but for 市, or unknown.
pub(crate) fn same_city(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.trim_end_matches('市') == b.trim_end_matches('市'),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planned_cities_have_their_own_code_and_others_that_of_the_province() {
        for (province, city, want) in [
            (Some("福建"), Some("厦门"), vec!["3502"]),
            (Some("福建"), Some("厦门市"), vec!["3502"]),
            (Some("福建"), Some("福州市"), vec!["35"]),
            (Some("广东"), Some("深圳"), vec!["4403"]),
            (Some("广东"), Some("东莞、深圳"), vec!["44", "4403"]),
            (Some("北京"), Some("北京"), vec!["11"]),
            (Some("北京"), Some("海淀区"), vec!["11"]),
            (Some("新疆"), Some("石河子市"), vec!["65"]),
            (Some("澳门"), None, vec!["82"]),
            (None, Some("深圳"), vec!["4403"]),
            (None, Some("杭州"), vec!["33"]),
            (None, None, vec![]),
        ] {
            let got: Vec<String> = regions(province, city)
                .into_iter()
                .map(|code| code.0)
                .collect();
            assert_eq!(got, want, "{province:?} {city:?}");
        }
    }

    #[test]
    fn a_city_agrees_with_its_province_but_not_with_another() {
        let codes = |text: &str| vec![Code::from(text)];
        assert!(agree(&codes("3502"), &codes("35")));
        assert!(agree(&codes("35"), &[]));
        assert!(!agree(&codes("3502"), &codes("44")));
        assert!(same_city(Some("苏州市"), Some("苏州")));
        assert!(!same_city(Some("南京"), Some("杭州")));
    }
}
