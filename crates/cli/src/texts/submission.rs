//! What the terminal says about submissions and receipts, in both languages.

use std::collections::BTreeMap;

use atlas_core::api::types::SubmissionState;

use super::pick;
use crate::args::Language;

/// How far a record has come.
pub fn state(language: Language, state: SubmissionState) -> &'static str {
    let (zh, en) = match state {
        SubmissionState::Draft => ("草稿", "draft"),
        SubmissionState::Exported => ("已导出", "exported"),
        SubmissionState::Accepted => ("已接受，待发布", "accepted, to be published"),
        SubmissionState::Published => ("已发布", "published"),
        SubmissionState::Rejected => ("已退回", "rejected"),
    };
    pick(language, zh, en)
}

/// Why a submission or receipt was refused.
pub fn refused(language: Language, facts: &BTreeMap<String, String>) -> Option<String> {
    let fact = |key: &str| facts.get(key).map_or("", String::as_str);
    let (zh, en) = match fact("reason") {
        "consent" => (
            format!("需求“{}”尚未注明企业同意公开，不能提交。", fact("name")),
            format!("The need {:?} does not say that the enterprise agrees to its publication.", fact("name")),
        ),
        "no_receipt" => (
            "这不是回执（.atlasreceipt）。".to_owned(),
            "This is no receipt (.atlasreceipt).".to_owned(),
        ),
        "receipt_changed" => (
            "回执的签名不符：内容被人改动，或在传送中损坏。请向发布者重新索取。".to_owned(),
            "The signature of the receipt does not fit: it was changed or damaged. Ask the publisher for it again.".to_owned(),
        ),
        "receipt_foreign" => (
            "这份回执答复的不是本机的提交。".to_owned(),
            "This receipt answers a submission that is not yours.".to_owned(),
        ),
        "receipt_unknown_feed" => (
            format!("尚未添加目录源 {}，无法核对回执。请先添加并核对指纹。", fact("feed")),
            format!("The feed {} was not added, so that its receipt cannot be checked. Add it first.", fact("feed")),
        ),
        "receipt_key" => (
            format!("回执不是由目录源 {} 的密钥签署的。若其密钥已更换，请先同步。", fact("feed")),
            format!("The receipt is not signed by a key of the feed {}. If it has new keys, sync first.", fact("feed")),
        ),
        "receipt_replayed" => (
            "这份回执（或更晚的一份）已导入过。".to_owned(),
            "This receipt, or a later one, was taken in already.".to_owned(),
        ),
        "too_large" => (
            format!("文件过大：最多 {} {}。", fact("limit"), fact("field")),
            format!("The file is too large: at most {} {}.", fact("limit"), fact("field")),
        ),
        "record" => (
            format!("第 {} 条记录不能提交：{}", fact("record"), fact("detail")),
            format!("Record {} cannot be handed in: {}", fact("record"), fact("detail")),
        ),
        "unreadable" => (
            format!("无法读取 {}。请核对路径、文件名和读取权限。", fact("path")),
            format!("{} cannot be read. Check its path and name, and that you may read it.", fact("path")),
        ),
        _ => return None,
    };
    Some(pick(language, &zh, &en).to_owned())
}
