//! What points elsewhere: ids, links, lists, codes and web addresses.

use std::collections::BTreeMap;

use atlas_core::model::{RecordRef, Taxonomies};

use super::{Checked, Finding, Rule};
use crate::catalog::codes;

/// Checks ids, links, lists, codes and web addresses of all records of a feed.
pub(super) fn check(checked: &[Checked<'_>], feed: &str, findings: &mut Vec<Finding>) {
    let mut targets: BTreeMap<String, &Checked<'_>> = BTreeMap::new();
    for record in checked {
        let reference = record.draft.reference();
        if let Some(first) = targets.insert(reference, record) {
            let place = &first.draft.place;
            let other = format!("{}:{}", place.file, place.row.unwrap_or(0));
            findings.push(record.finding(Rule::DuplicateId, "id", &record.record.head().id, other));
        }
    }
    for record in checked {
        let head = record.record.head();
        let links = head.links.iter().map(|link| ("links", link.to.clone()));
        let lists = head
            .lists
            .iter()
            .map(|membership| ("lists", membership.list.clone()));
        let same = head.same_as.iter().map(|to| ("same_as", to.to_string()));
        for (field, to) in links.chain(lists).chain(same) {
            // What another feed holds, nobody can tell here; what this one holds may be written either way.
            let (elsewhere, near) = match to.split_once('/') {
                Some((other, rest)) if rest.contains('/') && to.parse::<RecordRef>().is_ok() => {
                    (other != feed, rest)
                }
                _ => (false, to.as_str()),
            };
            if !elsewhere && !targets.contains_key(near) {
                findings.push(record.finding(Rule::BrokenLink, field, &to, String::new()));
            }
        }
        for (taxonomies, code) in codes(&record.record) {
            let known = taxonomies
                .split('|')
                .any(|id| Taxonomies::bundled().term(id, code.as_str()).is_some());
            if !known {
                let ids = taxonomies.replace('|', ", ");
                findings.push(record.finding(
                    Rule::UnknownCode,
                    field_of(taxonomies),
                    code.as_str(),
                    ids,
                ));
            }
        }
        let official = head
            .sources
            .iter()
            .filter_map(|source| source.official.as_ref());
        let addresses = head
            .website
            .iter()
            .map(|address| ("website", address))
            .chain(official.map(|address| ("sources.official", address)));
        for (field, address) in addresses.filter(|(_, address)| !is_web(address)) {
            findings.push(record.finding(Rule::BadAddress, field, address, String::new()));
        }
    }
}

fn field_of(taxonomies: &str) -> &str {
    match taxonomies.split('|').next().unwrap_or_default() {
        "tier" if taxonomies != "tier" => "goal",
        "solution_category" => "category",
        "relation" => "links",
        "support_kind" => "support",
        "data_kind" => "data",
        "constraint" => "hard",
        other => other,
    }
}

/// Whether a text is an address that a browser may be sent to.
fn is_web(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        address.strip_prefix(scheme).is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace)
        })
    })
}
