//! Clauses: those that clause lines add to a document.

use atlas_core::model::{Clause, Document, Doubt, Text};

use super::entry::Entry;
use super::names::normalise;
use super::remarks::Remarks;

/// Adds a clause, unless the document already has it by key or title.
pub(crate) fn add(document: &mut Document, entry: &Entry, remarks: &Remarks) {
    let title = entry.name.clone().unwrap_or_default();
    // A clause whose number was not read goes by its title.
    let key = entry.clause_key.as_deref().map_or_else(
        || title.clone(),
        |key| key.rsplit('/').next().unwrap_or(key).to_owned(),
    );
    if let Some(doubt) = &entry.doubt {
        let doubt = Doubt {
            field: Some("clauses".to_owned()),
            text: remarks.text(doubt),
        };
        if !document.head.doubts.contains(&doubt) {
            document.head.doubts.push(doubt);
        }
    }
    let known =
        |clause: &Clause| clause.key == key || normalise(clause.title.any()) == normalise(&title);
    if document.clauses.iter().any(known) {
        return;
    }
    let parent = entry
        .stage
        .as_deref()
        .and_then(|heading| parent(document, heading, &key));
    document.clauses.push(Clause {
        key,
        title: Text::zh(title),
        parent,
        summary: None,
    });
}

/// The clause under which another stands, by its printed heading: one that is there, or a new one where
/// the heading carries its number, as in （二）“人工智能+”产业发展 over 2.1.
fn parent(document: &mut Document, heading: &str, key: &str) -> Option<String> {
    let title = heading
        .rsplit_once('）')
        .map_or(heading, |(_, title)| title);
    if let Some(clause) = document
        .clauses
        .iter()
        .find(|clause| normalise(clause.title.any()) == normalise(title))
    {
        return Some(clause.key.clone());
    }
    let number = key.split_once('.').map(|(number, _)| number.to_owned())?;
    if !document.clauses.iter().any(|clause| clause.key == number) {
        document.clauses.push(Clause {
            key: number.clone(),
            title: Text::zh(title),
            parent: None,
            summary: None,
        });
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_stand_under_their_heading_and_come_once() {
        let mut document = Document::default();
        let entry = |name: &str, key: Option<&str>, stage: Option<&str>| Entry {
            name: Some(name.to_owned()),
            clause_key: key.map(str::to_owned),
            stage: stage.map(str::to_owned),
            ..Entry::default()
        };
        let remarks = Remarks::default();
        add(
            &mut document,
            &entry(
                "培育智能原生新模式新业态",
                Some("GF2025-11/2.1"),
                Some("（二）“人工智能+”产业发展"),
            ),
            &remarks,
        );
        add(
            &mut document,
            &entry("创新筑基", Some("279/1"), None),
            &remarks,
        );
        add(
            &mut document,
            &entry("开发高水平行业模型", None, Some("创新筑基")),
            &remarks,
        );
        add(
            &mut document,
            &entry("创新筑基", Some("279/1"), None),
            &remarks,
        );
        let shape: Vec<(&str, Option<&str>)> = document
            .clauses
            .iter()
            .map(|clause| (clause.key.as_str(), clause.parent.as_deref()))
            .collect();
        assert_eq!(
            shape,
            [
                ("2", None),
                ("2.1", Some("2")),
                ("1", None),
                ("开发高水平行业模型", Some("1"))
            ]
        );
    }
}
