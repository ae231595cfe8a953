//! Documents: the hand-written ones, and the policy and clause lines that add to them.
//!
//! `assets/catalog/documents.jsonl` holds whole records of kind document, one a line; it may be missing.
//! A policy line joins the document of the same number, name or official address, else it becomes a
//! document. A clause line joins the clauses of the document that it names.

use std::collections::BTreeMap;
use std::path::Path;

use atlas_core::model::{Code, Document, Kind, Record, Text};

use super::absorb::absorb;
use super::entry::Entry;
use super::head;
use super::merge::Draft;
use super::names::{derived_id, normalise};
use super::remarks::Remarks;
use super::{CatalogError, clauses};

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
        let mut draft = policy(entry, remarks)?;
        if let Some(idx) = documents.position(&draft.record) {
            // What the title alone tells does not contradict somebody who read more.
            if let Record::Document(document) = &mut draft.record {
                document.doc_kind = None;
                // "One body and others" names nobody whom a document that knows its issuers lacks.
                if documents.names_issuers(idx) {
                    document.issuers.retain(|issuer| !is_collective(issuer));
                }
            }
            documents.take(idx, draft);
        } else {
            documents.drafts.push(draft);
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

/// Whether a phrase stands for several bodies of which it names one: 工信部等八部门.
pub(crate) fn is_collective(issuer: &str) -> bool {
    issuer.ends_with('等') || (issuer.contains('等') && issuer.ends_with("部门"))
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

    fn names_issuers(&self, idx: usize) -> bool {
        matches!(&self.drafts[idx].record, Record::Document(document) if !document.issuers.is_empty())
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
        let idx = self.position(&draft.record).unwrap_or(self.drafts.len());
        if idx == self.drafts.len() {
            self.drafts.push(draft);
        } else {
            // The document says when it was published and who issued it; the clause line only adds.
            if let Record::Document(document) = &mut draft.record {
                document.issuers.clear();
                document.head.date = None;
                document.head.level = None;
                document.doc_number = None;
            }
            self.take(idx, draft);
        }
        if let Record::Document(document) = &mut self.drafts[idx].record {
            clauses::add(document, entry, remarks);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collective_phrase_is_told_from_a_body() {
        for phrase in ["工信部等八部门", "国家发展改革委等", "国家数据局等20部门"]
        {
            assert!(is_collective(phrase), "{phrase}");
        }
        for body in ["工业和信息化部", "中央统战部", "北京市高等教育局"] {
            assert!(!is_collective(body), "{body}");
        }
    }

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
}
