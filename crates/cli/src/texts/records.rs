//! What the terminal says about records, in both languages.

use std::fmt::Write as _;

use atlas_core::model::RecordRef;

use super::pick;
use crate::args::Language;

/// The name of a field that no column of a table holds; one that nobody knows is itself.
pub fn field(language: Language, id: &str) -> &str {
    let (zh, en) = match id {
        "notes" => ("备注", "Notes"),
        "same_as" => ("同一事物的其他记录", "Other records of the same thing"),
        "lists" => ("所在名单", "On the list"),
        "clauses" => ("条款", "Clauses"),
        "targets" => ("目标", "Target"),
        "support" => ("支持措施", "Support"),
        "entries" => ("名单条目", "Entry"),
        "replaced_by" => ("被替代为", "Replaced by"),
        "origin" => ("由他方提交", "Handed in as"),
        "amount" => ("金额", "Amount"),
        "eligible" => ("适用对象", "Who may have it"),
        "deadline" => ("截止日期", "Deadline"),
        "score" => ("评分", "Score"),
        "outcomes" => ("成效", "Outcomes"),
        "links" => ("关联", "Links"),
        "sources" => ("来源", "Sources"),
        "contact" => ("联系方式", "Contact"),
        "name" => ("名称", "Name"),
        "kind" => ("类型", "Kind"),
        other => (other, other),
    };
    pick(language, zh, en)
}

/// What a reference looks like, and where to find one.
pub fn form(language: Language) -> &'static str {
    pick(
        language,
        "编号形如 目录源/类型/编号，例如 bundled/case/q0321；atlas search 在每条结果下列出它。",
        "A reference is feed/kind/id, such as bundled/case/q0321; `atlas search` prints it below each record.",
    )
}

/// What was typed is no reference.
pub fn no_reference(language: Language, text: &str) -> String {
    let what = match language {
        Language::Zh => format!("“{text}”不是记录的编号。"),
        Language::En => format!("{text:?} is no reference. "),
    };
    format!("{what}{}", form(language))
}

/// Several records have the id.
pub fn several(language: Language, id: &str, found: &[RecordRef]) -> String {
    let mut out = match language {
        Language::Zh => format!("有 {} 条记录的编号是“{id}”，请写全其中一条：", found.len()),
        Language::En => format!(
            "{} records have the id {id:?}; name one in full:",
            found.len()
        ),
    };
    for reference in found {
        let _ = write!(out, "\n  {reference}");
    }
    out
}
