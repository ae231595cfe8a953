//! Duplicates: when two drafts are one record, and what the one record then says.
//!
//! The rule, by kind. Names are compared as [`names::normalise`] has them; "places agree" means that
//! neither printed cities nor regions contradict each other.
//!
//! | kind | the same when |
//! |---|---|
//! | enterprise, provider | equal names; places agree, or the name is a full legal one |
//! | model | equal name or alias, and equal city, or places agree and one developer's name holds the other's; or the same web address |
//! | base | same host and city; or same field and city, one host unknown |
//! | need | equal name, equal buyer |
//! | case | equal name and equal enterprise |
//! | scenario, solution, dataset | equal name on the same list |
//!
//! What the one record then says is told in [`super::absorb`].

use std::collections::BTreeMap;

use atlas_core::model::{Kind, Record};

use super::absorb::absorb;
use super::names::normalise;
use super::same::{address_key, same};

/// A record on its way, with the entries that it was made from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub(crate) record: Record,
    pub(crate) from: Vec<String>,
}

/// Merges duplicates. Drafts keep their order; the first of a group gives the id. Records that bear an
/// entry's id come before those made from a name, whatever the order.
pub(crate) fn all(drafts: Vec<Draft>) -> Vec<Draft> {
    let (derived, primary): (Vec<_>, Vec<_>) = drafts
        .into_iter()
        .partition(|draft| is_derived(&draft.record));
    let mut merged: Vec<Draft> = Vec::new();
    let mut by_key: BTreeMap<(Kind, String), Vec<usize>> = BTreeMap::new();
    for draft in primary.into_iter().chain(derived) {
        let kind = draft.record.kind();
        let keys = keys(&draft.record);
        let found = keys
            .iter()
            .flat_map(|key| by_key.get(&(kind, key.clone())).into_iter().flatten())
            .copied()
            .filter(|idx| same(&merged[*idx].record, &draft.record))
            .min();
        let idx = found.unwrap_or(merged.len());
        match found {
            Some(idx) => absorb(&mut merged[idx], draft),
            None => merged.push(draft),
        }
        for key in keys {
            let known = by_key.entry((kind, key)).or_default();
            if !known.contains(&idx) {
                known.push(idx);
            }
        }
    }
    merged
}

fn is_derived(record: &Record) -> bool {
    let id = &record.head().id;
    id.starts_with("e-") || id.starts_with("p-")
}

/// What duplicates have in common: only drafts with a common key are compared.
fn keys(record: &Record) -> Vec<String> {
    let head = record.head();
    let mut keys: Vec<String> = Vec::new();
    if let Record::Base(base) = record {
        // Names of bases are put together, so they tell nothing; place and field do.
        keys.extend(
            head.city
                .iter()
                .map(|city| format!("city {}", city.trim_end_matches('市'))),
        );
        keys.extend(
            base.host
                .iter()
                .map(|host| format!("host {}", normalise(host))),
        );
    } else {
        keys.push(normalise(head.name.any()));
        if matches!(record, Record::Model(_)) {
            keys.extend(head.name.aliases.iter().map(|alias| normalise(alias)));
            keys.extend(
                head.website
                    .iter()
                    .map(|address| format!("site {}", address_key(address))),
            );
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use atlas_core::model::{Enterprise, Head, Inferred, Membership, Name, Source, Status};

    use super::super::place;
    use super::super::sources::checked;
    use super::*;

    fn source(cited: &str) -> Source {
        Source {
            key: "s1".into(),
            cited: cited.into(),
            title: None,
            official: None,
            issuer: None,
            date: None,
            checked: checked(),
            status: Status::Excerpt,
            licence: None,
            note: None,
            fields: Vec::new(),
        }
    }

    fn enterprise(id: &str, name: &str, city: Option<&str>) -> Draft {
        let head = Head {
            id: id.into(),
            name: Name::zh(name),
            region: place::regions(None, city),
            city: city.map(Into::into),
            sources: vec![source(id)],
            lists: vec![Membership {
                list: format!("list/{id}"),
                no: None,
                group: None,
                score: None,
                source: "s1".into(),
            }],
            ..Head::default()
        };
        Draft {
            record: Record::Enterprise(Box::new(Enterprise {
                head,
                ..Enterprise::default()
            })),
            from: vec![id.into()],
        }
    }

    #[test]
    fn enterprises_of_one_name_are_one_unless_their_places_differ() {
        for (a, b, one) in [
            (("海尔", None), ("海尔", None), true),
            (("宝钢", Some("上海")), ("宝钢", None), true),
            (
                ("南京钢铁股份有限公司", Some("南京")),
                ("南京钢铁股份有限公司", None),
                true,
            ),
            (
                ("宁德时代", None),
                ("宁德时代（宜宾）", Some("宜宾")),
                false,
            ),
            (
                ("实验中学", Some("厦门")),
                ("实验中学", Some("深圳")),
                false,
            ),
            (
                ("北京百度网讯科技有限公司", Some("北京")),
                ("北京百度网讯科技有限公司", Some("深圳")),
                true,
            ),
        ] {
            let merged = all(vec![enterprise("r1", a.0, a.1), enterprise("r2", b.0, b.1)]);
            assert_eq!(merged.len() == 1, one, "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_merge_keeps_every_source_list_and_name_and_tells_what_differs() {
        let mut first = enterprise("r1", "宝钢", Some("上海"));
        first.record.head_mut().inferred = vec![Inferred {
            field: "city".into(),
            by: "source".into(),
        }];
        first.record.head_mut().website = Some("https://a.example".into());
        let mut second = enterprise("r2", "宝 钢", Some("上海"));
        second.record.head_mut().website = Some("https://b.example".into());
        let merged = all(vec![first, second]).remove(0);
        let head = merged.record.head();
        assert_eq!(merged.from, ["r1", "r2"]);
        assert_eq!(
            head.sources
                .iter()
                .map(|source| source.key.as_str())
                .collect::<Vec<_>>(),
            ["s1", "s2"]
        );
        assert_eq!(head.lists[1].source, "s2");
        assert_eq!(head.website.as_deref(), Some("https://a.example"));
        assert_eq!(head.doubts[0].field.as_deref(), Some("website"));
        assert!(
            head.inferred.is_empty(),
            "the second source prints the city"
        );
    }

    #[test]
    fn records_of_entries_give_the_id_to_those_made_from_a_name() {
        let merged = all(vec![
            enterprise("e-1", "海尔", None),
            enterprise("r9", "海尔", None),
        ]);
        assert_eq!(merged.len(), 1);
        assert_eq!(merged[0].record.head().id, "r9");
    }
}
