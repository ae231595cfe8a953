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
//! Everything that either draft says stays: sources, lists, results and names add up; where two sources
//! give different values for one field, the first stays and a doubt tells the other. A field printed by
//! one source loses the mark that another had concluded it.

use std::collections::BTreeMap;

use atlas_core::model::{Base, Doubt, Head, Kind, Model, Name, Record, Source, Text};
use serde_json::{Map, Value};

use super::names::{is_full, normalise};
use super::place;

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

fn address_key(address: &str) -> String {
    address
        .to_lowercase()
        .trim_end_matches('/')
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .to_owned()
}

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

/// Takes everything that `other` says into `draft`.
pub(crate) fn absorb(draft: &mut Draft, other: Draft) {
    draft.from.extend(
        other
            .from
            .into_iter()
            .filter(|id| !draft.from.contains(id))
            .collect::<Vec<_>>(),
    );
    let mut other = other.record;
    let keys = take_sources(
        draft.record.head_mut(),
        std::mem::take(&mut other.head_mut().sources),
    );
    rename_sources(other.head_mut(), &keys);
    take_names(
        draft.record.head_mut(),
        std::mem::take(&mut other.head_mut().name),
    );
    let mut mine = as_object(&draft.record);
    let theirs = as_object(&other);
    settle_marks(&mut mine, &theirs);
    let mut doubts: Vec<Doubt> = Vec::new();
    for (field, value) in theirs {
        match (field.as_str(), mine.get_mut(&field)) {
            ("id" | "kind" | "name" | "sources" | "inferred", _) => {}
            (_, None) => {
                mine.insert(field, value);
            }
            (_, Some(Value::Array(list))) => {
                if let Value::Array(more) = value {
                    let new: Vec<Value> = more
                        .into_iter()
                        .filter(|item| !list.contains(item))
                        .collect();
                    list.extend(new);
                }
            }
            ("date", Some(known)) => {
                if known.as_str() < value.as_str() {
                    *known = value;
                }
            }
            // Lists and firms are met at different levels; that is no contradiction.
            ("level", _) => {}
            (_, Some(known)) if *known == value => {}
            (_, Some(known)) => doubts.push(contradiction(&field, known, &value)),
        }
    }
    draft.record = serde_json::from_value(Value::Object(mine))
        .expect("two records of one kind make a record of it");
    let head = draft.record.head_mut();
    head.doubts.extend(doubts);
    if let Record::Need(need) = &mut draft.record
        && need.problem == need.wanted
    {
        need.problem = None;
    }
}

fn as_object(record: &Record) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(map)) => map,
        other => unreachable!("a record is an object: {other:?}"),
    }
}

/// Adds sources under new keys and tells which old key became which. A source that is already there
/// stays single.
fn take_sources(head: &mut Head, sources: Vec<Source>) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for source in sources {
        let known = head.sources.iter().find(|known| {
            Source {
                key: source.key.clone(),
                ..(*known).clone()
            } == source
        });
        let key = match known {
            Some(known) => known.key.clone(),
            None => format!("s{}", head.sources.len() + 1),
        };
        keys.insert(source.key.clone(), key.clone());
        if known.is_none() {
            head.sources.push(Source { key, ..source });
        }
    }
    keys
}

fn rename_sources(head: &mut Head, keys: &BTreeMap<String, String>) {
    let rename = |key: &mut String| {
        if let Some(new) = keys.get(key) {
            key.clone_from(new);
        }
    };
    head.lists
        .iter_mut()
        .for_each(|membership| rename(&mut membership.source));
    head.outcomes
        .iter_mut()
        .flat_map(|outcome| &mut outcome.sources)
        .for_each(rename);
}

fn take_names(head: &mut Head, other: Name) {
    let forms: Vec<String> = other.all().map(str::to_owned).collect();
    for form in forms {
        // A title that somebody put together is no name under which a thing is known.
        if other.composed {
            break;
        }
        let known = head
            .name
            .all()
            .any(|name| normalise(name) == normalise(&form));
        if !known {
            head.name.aliases.push(form);
        }
    }
    // One source that prints the full name is enough.
    head.name.short &= other.short;
    head.name.composed &= other.composed;
}

/// Keeps the marks that still hold: a field stays marked as concluded only when no source prints it.
fn settle_marks(mine: &mut Map<String, Value>, theirs: &Map<String, Value>) {
    let list = |object: &Map<String, Value>| {
        object
            .get("inferred")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let field = |mark: &Value| mark["field"].as_str().unwrap_or_default().to_owned();
    let (my_marks, their_marks) = (list(mine), list(theirs));
    let marked = |marks: &[Value], name: &str| marks.iter().any(|mark| field(mark) == name);
    let has = |object: &Map<String, Value>, name: &str| {
        object.contains_key(name.split('.').next().unwrap_or(name))
    };
    let mut marks: Vec<Value> = my_marks
        .iter()
        .filter(|mark| {
            !has(theirs, &field(mark))
                || marked(&their_marks, &field(mark))
                || theirs.get(&field(mark)) != mine.get(&field(mark))
        })
        .cloned()
        .collect();
    for mark in &their_marks {
        let name = field(mark);
        if (!has(mine, &name) || marked(&my_marks, &name)) && !marks.contains(mark) {
            marks.push(mark.clone());
        }
    }
    if marks.is_empty() {
        mine.remove("inferred");
    } else {
        mine.insert("inferred".to_owned(), Value::Array(marks));
    }
}

fn contradiction(field: &str, known: &Value, other: &Value) -> Doubt {
    let show = |value: &Value| -> String {
        let text = value
            .as_str()
            .or_else(|| value["text"].as_str())
            .or_else(|| value["zh"].as_str())
            .or_else(|| value["en"].as_str());
        text.map_or_else(|| value.to_string(), str::to_owned)
    };
    let (known, other) = (show(known), show(other));
    Doubt {
        field: Some(field.to_owned()),
        text: Text {
            zh: Some(format!("来源不一致：“{known}”与“{other}”")),
            en: Some(format!("Sources differ: “{known}” and “{other}”")),
        },
    }
}

#[cfg(test)]
mod tests {
    use atlas_core::model::{Enterprise, Inferred, Membership, Status};

    use super::super::head::checked;
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
