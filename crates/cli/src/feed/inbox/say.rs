//! What came of a submission, in either language.

use super::decide::Outcome;
use super::review::{Barred, Review, Reviewed};
use crate::args::Language;
use crate::feed::say::{Said, findings};
use crate::output::Output;
use crate::texts::{pick, term};

/// A submission beside the feed.
pub(crate) fn reviewed(review: &Review, output: &mut Output) -> Said {
    let language = output.language;
    let Review {
        id,
        made,
        sender,
        known_since,
        records,
    } = review;
    output.line(&match language {
        Language::Zh => format!("提交 {id}  {made}  {} 条", records.len()),
        Language::En => format!("Submission {id}  {made}  {} records", records.len()),
    })?;
    output.line(&match (known_since, language) {
        (Some(since), Language::Zh) => format!("  提交方 {sender}（{since} 起有被接受的提交）"),
        (Some(since), Language::En) => {
            format!("  Sender {sender} (accepted before, since {since})")
        }
        (None, Language::Zh) => format!("  提交方 {sender}（未知：接受前请与对方核对这一指纹）"),
        (None, Language::En) => {
            format!(
                "  Sender {sender} (unknown: compare this fingerprint with them before accepting)"
            )
        }
    })?;
    records.iter().try_for_each(|record| one(record, output))
}

fn one(record: &Reviewed, output: &mut Output) -> Said {
    let language = output.language;
    let kind = term(language, "kind", &record.origin.kind);
    let name = &record.name;
    let what = match (&record.changes, record.diff.is_empty()) {
        (None, _) => pick(language, "新增", "new").to_owned(),
        (Some(there), true) => format!("{} {there}", pick(language, "同", "same as")),
        (Some(there), false) => format!("{} {there}", pick(language, "修改", "changes")),
    };
    output.line(&format!("  {what}  {kind} {name}  {}", record.origin))?;
    if !record.left_out.is_empty() {
        let fields = record.left_out.join(", ");
        output.line(&format!(
            "    {}{fields}",
            pick(language, "提交方未提供：", "kept back by the sender: ")
        ))?;
    }
    for (field, before, after) in &record.diff {
        output.line(&format!("    {field}: {before} → {after}"))?;
    }
    for (other, shared) in &record.duplicates {
        let shared = match *shared {
            "credit_code" => pick(language, "统一社会信用代码相同", "same credit code"),
            "website" => pick(language, "网址相同", "same page"),
            _ => pick(language, "名称相同", "same name"),
        };
        output.line(&match language {
            Language::Zh => format!("    疑似重复 {other}（{shared}）：可用 --into {other} 并入"),
            Language::En => {
                format!("    looks like {other} ({shared}): --into {other} takes it in there")
            }
        })?;
    }
    findings(&record.findings, output)?;
    if let Some(barred) = record.barred {
        output.line(match barred {
            Barred::OtherSender => pick(
                language,
                "    不可接受：此记录已由另一把密钥提交并被接受",
                "    cannot be accepted: the record was accepted from another key",
            ),
            Barred::Outdated => pick(
                language,
                "    不可接受：已接受过更晚的提交",
                "    cannot be accepted: a later submission was accepted already",
            ),
        })?;
    }
    match &record.decided {
        None => Ok(()),
        Some(decided) => output.line(&match (&decided.record, language) {
            (Some(record), Language::Zh) => format!("    已接受为 {record}"),
            (Some(record), Language::En) => format!("    accepted as {record}"),
            (None, Language::Zh) => format!("    已退回：{}", decided.reason),
            (None, Language::En) => format!("    rejected: {}", decided.reason),
        }),
    }
}

/// What was decided.
pub(crate) fn decided(outcome: &Outcome, output: &mut Output) -> Said {
    let language = output.language;
    findings(&outcome.findings, output)?;
    let Some(receipt) = &outcome.receipt else {
        return output.line(pick(
            language,
            "未作决定：请提交方先更正以上错误，或用 atlas feed reject 退回。",
            "Nothing was decided: the sender has to mend these first; `atlas feed reject` says so.",
        ));
    };
    for one in &outcome.decided {
        output.line(&match (&one.record, language) {
            (Some(record), Language::Zh) => format!("{} 已接受为 {record}", one.origin),
            (Some(record), Language::En) => format!("{} accepted as {record}", one.origin),
            (None, Language::Zh) => format!("{} 已退回：{}", one.origin, one.reason),
            (None, Language::En) => format!("{} rejected: {}", one.origin, one.reason),
        })?;
    }
    let receipt = receipt.display();
    output.line(&match language {
        Language::Zh => format!("回执 {receipt}：请发还提交方。接受的记录在下次 build、sign、verify 后发布。"),
        Language::En => format!("Receipt {receipt}: send it back. What was accepted is published by the next build, sign and verify."),
    })
}
