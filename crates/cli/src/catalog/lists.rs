//! Lists: one record for every title of a list that entries name.
//!
//! Zones are entries of their list and no records of their own. How many entries the whole list has is
//! told only where its printed title tells it.

use std::collections::BTreeMap;

use atlas_core::model::{Head, List, ListEntry, Record, Source, Text};

use super::entry::Entry;
use super::head;
use super::merge::Draft;
use super::names::derived_id;
use super::remarks::Remarks;
use super::{CatalogError, place, sources};

/// Sources named on a list record; the entries of a list name the others.
const SHOWN_SOURCES: usize = 5;

/// The id of the list of that title.
pub(crate) fn id(title: &str) -> String {
    derived_id("l", title)
}

/// The records of all lists, in the order in which entries name them first.
pub(crate) fn build(entries: &[Entry], remarks: &Remarks) -> Result<Vec<Draft>, CatalogError> {
    let mut by_title: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    // The "list" of a clause is the document itself.
    for entry in entries.iter().filter(|entry| entry.entry_type != "clause") {
        by_title.entry(&entry.list).or_default().push(entry);
    }
    by_title
        .into_iter()
        .map(|(title, entries)| list(title, &entries, remarks))
        .collect()
}

fn list(title: &str, entries: &[&Entry], remarks: &Remarks) -> Result<Draft, CatalogError> {
    let mut head = Head {
        id: id(title),
        name: head::name(title),
        ..Head::default()
    };
    let mut record = List {
        announced: announced(title),
        ..List::default()
    };
    let mut others = 0;
    for entry in entries {
        head.date = head.date.max(head::date(entry, entry.date.as_deref())?);
        head.level = head.level.or_else(|| {
            entry
                .level
                .as_deref()
                .and_then(|level| head::code("level", level))
        });
        // The issuer and the number of a policy line are those of the policy, not of the collection in
        // which it stands.
        if entry.entry_type != "policy" {
            for issuer in entry.issuer.iter().flat_map(|issuer| issuer.split('、')) {
                if !record.issuers.iter().any(|known| known == issuer) {
                    record.issuers.push(issuer.to_owned());
                }
            }
            record.doc_number = record.doc_number.or_else(|| entry.doc_number.clone());
        }
        let mut key = None;
        for source in sources::sources(entry, remarks)? {
            let known = head
                .sources
                .iter()
                .find(|known| known.cited == source.cited && known.status == source.status);
            if let Some(known) = known {
                key.get_or_insert_with(|| known.key.clone());
            } else if head.sources.len() < SHOWN_SOURCES || entry.entry_type == "zone" {
                let new = format!("s{}", head.sources.len() + 1);
                key.get_or_insert_with(|| new.clone());
                head.sources.push(Source { key: new, ..source });
            } else {
                others += 1;
            }
        }
        if entry.entry_type == "zone" {
            record.entries.push(zone(entry, key.unwrap_or_default())?);
        }
    }
    if others > 0 {
        head.notes.push(Text {
            zh: Some(format!("另有 {others} 个来源，见各条目")),
            en: Some(format!("{others} more sources; see the entries")),
        });
    }
    record.head = head;
    Ok(Draft {
        record: Record::List(Box::new(record)),
        from: Vec::new(),
    })
}

fn zone(entry: &Entry, source: String) -> Result<ListEntry, CatalogError> {
    Ok(ListEntry {
        name: entry.name.clone().unwrap_or_default(),
        region: place::regions(entry.province.as_deref(), entry.name.as_deref()).pop(),
        date: head::date(entry, entry.date.as_deref())?,
        note: entry.note.clone(),
        source,
    })
}

/// How many entries a list has, as its title prints it: `40个`, `150+220`, `六个`.
fn announced(title: &str) -> Option<String> {
    let sums = title
        .split(['（', '）'])
        .skip(1)
        .step_by(2)
        .find(|part| part.contains('+') && part.chars().any(|c| c.is_ascii_digit()));
    if let Some(sum) = sums {
        return Some(sum.to_owned());
    }
    // A title that says that it is not the whole list may print the size of another.
    if title.contains("非官方") {
        return None;
    }
    let chars: Vec<char> = title.chars().collect();
    let is_unit = |c: char| "个家项条类款".contains(c);
    for (idx, unit) in chars.iter().enumerate() {
        if !is_unit(*unit) {
            continue;
        }
        let mut start = idx;
        while start > 0 && chars[start - 1].is_ascii_digit() {
            start -= 1;
        }
        if start == idx && idx > 0 && "二三四五六七八九十".contains(chars[idx - 1]) {
            start -= 1;
        }
        // The number of a batch or of a year is no count.
        if start < idx && !(start > 0 && "第〔".contains(chars[start - 1])) {
            // 8类24项 is one count of two steps.
            let rest = chars[idx + 1..]
                .iter()
                .take_while(|c| c.is_ascii_digit() || is_unit(**c));
            return Some(chars[start..=idx].iter().chain(rest).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_told_only_where_the_title_prints_it() {
        for (title, want) in [
            (
                "国资委首批央企人工智能战略性高价值场景（40个）",
                Some("40个"),
            ),
            (
                "卫生健康行业人工智能应用场景参考指引（84个场景）",
                Some("84个"),
            ),
            ("2025年度领航级智能工厂（首批15家）", Some("15家")),
            (
                "苏州市“AI+制造”应用场景需求清单（第一批，65项）",
                Some("65项"),
            ),
            ("山东省人工智能试点示范（150+220）", Some("150+220")),
            (
                "西安市2024年场景机会（37项目机会+15场景机会）",
                Some("37项目机会+15场景机会"),
            ),
            ("广东省人工智能应用对接大会23个“AI+”典型案例", Some("23个")),
            ("2026年场景培育六个优先方向", Some("六个")),
            ("应用发展的实施意见（8类24项重点应用）", Some("8类24项")),
            ("其他场景领域（社区整理，非官方22类全表）", None),
            ("智能制造典型场景参考指引（2025年版）", None),
            ("宝信软件（600845）：行业下行导致业绩承压", None),
            ("2025年人工智能应用典型案例名单", None),
            ("国家新一代人工智能开放创新平台（2019年8月扩容）", None),
        ] {
            assert_eq!(announced(title).as_deref(), want, "{title}");
        }
    }
}
