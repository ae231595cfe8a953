//! Documents: the hand-written ones, and the policy and clause lines that add to them.
//!
//! `assets/catalog/documents.jsonl` holds whole records of kind document, one a line; it may be missing.
//! A policy line joins the document of the same number, name or official address, else it becomes a
//! document. A clause line joins the clauses of the document that it names.

use std::collections::BTreeMap;
use std::path::Path;

use atlas_core::model::{Clause, Code, Document, Doubt, Kind, Record, Text};

use super::CatalogError;
use super::entry::Entry;
use super::head::{self, Remarks};
use super::merge::{Draft, absorb};
use super::names::{derived_id, normalise};

const FILE: &str = "assets/catalog/documents.jsonl";

/// All documents, with the entries that each was made from.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    drafts: Vec<Draft>,
}

/// The hand-written documents, and those of policy and clause lines.
pub(crate) fn build(
    root: &Path,
    entries: &[Entry],
    remarks: &Remarks,
) -> Result<Documents, CatalogError> {
    let mut documents = Documents {
        drafts: read(root)?,
    };
    for entry in entries
        .iter()
        .filter(|entry| entry.entry_type == "policy" && entry.leave_out.is_none())
    {
        let draft = policy(entry, remarks)?;
        match documents.position(&draft.record) {
            Some(idx) => documents.take(idx, draft),
            None => documents.drafts.push(draft),
        }
    }
    for entry in entries
        .iter()
        .filter(|entry| entry.entry_type == "clause" && entry.leave_out.is_none())
    {
        documents.clause(entry, remarks)?;
    }
    Ok(documents)
}

fn read(root: &Path) -> Result<Vec<Draft>, CatalogError> {
    let path = root.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let mut drafts = Vec::new();
    for (line, json) in super::read_text(&path)?.lines().enumerate() {
        let record: Record = serde_json::from_str(json).map_err(|error| {
            CatalogError::line(
                FILE,
                line + 1,
                error.to_string(),
                "write one document record a line",
            )
        })?;
        if record.kind() != Kind::Document {
            return Err(CatalogError::line(
                FILE,
                line + 1,
                "is no document".to_owned(),
                "set \"kind\":\"document\"",
            ));
        }
        drafts.push(Draft {
            record,
            from: Vec::new(),
        });
    }
    Ok(drafts)
}

fn policy(entry: &Entry, remarks: &Remarks) -> Result<Draft, CatalogError> {
    let name = entry.name.as_deref().unwrap_or_default();
    let mut head = head::head(entry, remarks, head::name(name))?;
    head.notes.extend(
        entry
            .targets
            .iter()
            .map(|target| Text::zh(format!("目标：{target}"))),
    );
    let record = Document {
        head,
        doc_number: entry.doc_number.clone(),
        doc_kind: doc_kind(name),
        issuers: issuers(entry),
        published: head::date(entry, entry.date.as_deref())?,
        extra: entry.extra.clone(),
        ..Document::default()
    };
    Ok(Draft {
        record: Record::Document(Box::new(record)),
        from: vec![entry.id.clone()],
    })
}

fn issuers(entry: &Entry) -> Vec<String> {
    entry
        .issuer
        .iter()
        .flat_map(|issuer| issuer.split('、'))
        .map(str::to_owned)
        .collect()
}

/// The kind that a title states: a standard, a support measure, or a policy by its usual words.
fn doc_kind(title: &str) -> Option<Code> {
    const KINDS: [(&str, &[&str]); 3] = [
        ("standard", &["国家标准"]),
        (
            "support",
            &[
                "申请指南",
                "申报指南",
                "实施指南",
                "征集通知",
                "征集工作",
                "征集2026年",
                "申领",
            ],
        ),
        (
            "policy",
            &[
                "意见", "办法", "方案", "计划", "措施", "政策", "通知", "指引", "要点", "倡议",
            ],
        ),
    ];
    KINDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| title.contains(word)))
        .map(|(kind, _)| Code::from(*kind))
}

impl Documents {
    /// The drafts, documents of entries and hand-written ones alike.
    pub(crate) fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }

    /// The ids of documents by number.
    pub(crate) fn by_number(&self) -> BTreeMap<String, String> {
        self.all()
            .filter_map(|document| Some((document.doc_number.clone()?, document.head.id.clone())))
            .collect()
    }

    fn all(&self) -> impl Iterator<Item = &Document> {
        self.drafts.iter().filter_map(|draft| match &draft.record {
            Record::Document(document) => Some(document.as_ref()),
            _ => None,
        })
    }

    /// The document that says the same as `record`: by number, by name, by official address.
    fn position(&self, record: &Record) -> Option<usize> {
        let Record::Document(wanted) = record else {
            return None;
        };
        let addresses = |document: &Document| -> Vec<String> {
            document
                .head
                .sources
                .iter()
                .filter_map(|source| source.official.clone())
                .collect()
        };
        self.all().position(|document| {
            let number = document.doc_number.is_some() && document.doc_number == wanted.doc_number;
            let name = document
                .head
                .name
                .all()
                .any(|name| normalise(name) == normalise(wanted.head.name.any()));
            let address = addresses(document)
                .iter()
                .any(|address| addresses(wanted).contains(address))
                && document.published == wanted.published;
            number || name || address
        })
    }

    fn take(&mut self, idx: usize, draft: Draft) {
        absorb(&mut self.drafts[idx], draft);
    }

    /// Adds a clause line to its document, which it makes where nothing else has.
    fn clause(&mut self, entry: &Entry, remarks: &Remarks) -> Result<(), CatalogError> {
        let policy = entry.policy.as_deref().unwrap_or(&entry.list);
        let mut head = head::plain(entry, remarks, head::name(policy))?;
        head.id = derived_id("d", policy);
        let mut bare = Document {
            head,
            doc_number: entry.doc_number.clone(),
            issuers: issuers(entry),
            ..Document::default()
        };
        bare.head.sources[0].fields = vec!["clauses".to_owned()];
        let mut draft = Draft {
            record: Record::Document(Box::new(bare)),
            from: vec![entry.id.clone()],
        };
        let idx = match self.position(&draft.record) {
            Some(idx) => {
                // The document says when it was published and who issued it; the clause line only adds.
                if let Record::Document(document) = &mut draft.record {
                    document.issuers.clear();
                    document.head.date = None;
                    document.head.level = None;
                    document.doc_number = None;
                }
                self.take(idx, draft);
                idx
            }
            None => {
                self.drafts.push(draft);
                self.drafts.len() - 1
            }
        };
        if let Record::Document(document) = &mut self.drafts[idx].record {
            add_clause(document, entry, remarks);
        }
        Ok(())
    }
}

/// Adds a clause, unless the document already has it by key or title.
fn add_clause(document: &mut Document, entry: &Entry, remarks: &Remarks) {
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
    fn a_title_states_the_kind_of_document() {
        for (title, want) in [
            ("《人工智能 智能体互联》系列7项国家标准", Some("standard")),
            (
                "2026年模型券（申领）项目（第二批）申请指南",
                Some("support"),
            ),
            ("智能体规范应用与创新发展实施意见", Some("policy")),
            ("2026年第一批算力生态合作伙伴名单公示", None),
        ] {
            assert_eq!(doc_kind(title), want.map(Code::from), "{title}");
        }
    }

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
        add_clause(
            &mut document,
            &entry(
                "培育智能原生新模式新业态",
                Some("GF2025-11/2.1"),
                Some("（二）“人工智能+”产业发展"),
            ),
            &remarks,
        );
        add_clause(
            &mut document,
            &entry("创新筑基", Some("279/1"), None),
            &remarks,
        );
        add_clause(
            &mut document,
            &entry("开发高水平行业模型", None, Some("创新筑基")),
            &remarks,
        );
        add_clause(
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
