//! What the terminal says about needs and the work on them, in both languages.

use std::collections::BTreeMap;

use atlas_core::api::types::{NeedElement, Received};
use atlas_core::model::NeedStatus;

use super::pick;
use crate::args::Language;

/// The name of an element of a need.
pub fn element(language: Language, element: NeedElement) -> &'static str {
    let (zh, en) = match element {
        NeedElement::Problem => ("问题", "problem"),
        NeedElement::Industry => ("行业", "industry"),
        NeedElement::Stage => ("环节", "stage"),
        NeedElement::TypicalScenario => ("典型场景", "typical scenario"),
        NeedElement::Technique => ("技术", "technique"),
        NeedElement::Data => ("现有数据", "data at hand"),
        NeedElement::Sensitivity => ("数据敏感程度", "sensitivity"),
        NeedElement::Deployment => ("部署", "deployment"),
        NeedElement::Delivery => ("交付形态", "delivery"),
        NeedElement::Region => ("地区", "region"),
        NeedElement::Budget => ("预算", "budget"),
        NeedElement::Start => ("开始", "start"),
        NeedElement::Deadline => ("期限", "deadline"),
        NeedElement::Maturity => ("成熟度", "maturity"),
        NeedElement::Partner => ("寻求的伙伴", "partner"),
    };
    pick(language, zh, en)
}

/// An amount of money.
pub fn yuan(language: Language, amount: f64) -> String {
    match language {
        Language::Zh if amount >= 1e4 => format!("{} 万元", amount / 1e4),
        Language::Zh => format!("{amount} 元"),
        Language::En => format!("CNY {amount}"),
    }
}

/// How far the work has come.
pub fn status(language: Language, status: NeedStatus) -> &'static str {
    let (zh, en) = match status {
        NeedStatus::Draft => ("草稿", "draft"),
        NeedStatus::Interest => ("有意向", "interest"),
        NeedStatus::Contact => ("同意联系", "contact agreed"),
        NeedStatus::Trial => ("试用", "trial"),
        NeedStatus::Pilot => ("试点", "pilot"),
        NeedStatus::Contract => ("签约", "contract"),
        NeedStatus::Dropped => ("放弃", "dropped"),
    };
    pick(language, zh, en)
}

/// What a work bundle does with a need.
pub fn received(language: Language, received: Received) -> &'static str {
    let (zh, en) = match received {
        Received::New => ("新增", "new"),
        Received::Newer => ("更新", "newer"),
        Received::Same => ("相同，不变", "same, kept"),
        Received::Older => ("较旧，保留本机的", "older, yours stays"),
    };
    pick(language, zh, en)
}

/// Why a work bundle was refused.
pub fn refused(language: Language, facts: &BTreeMap<String, String>) -> Option<String> {
    let fact = |key: &str| facts.get(key).map_or("", String::as_str);
    let (field, limit) = (fact("field"), fact("limit"));
    let (zh, en) = match fact("reason") {
        "no_work_bundle" => (
            "这不是工作包（.atlaswork）。".to_owned(),
            "This is no work bundle (.atlaswork).".to_owned(),
        ),
        "too_large" => (
            format!("工作包过大：最多 {limit} {field}。"),
            format!("The work bundle is too large: at most {limit} {field}."),
        ),
        "unreadable" => (
            format!("无法读取 {}。请核对路径、文件名和读取权限。", fact("path")),
            format!(
                "{} cannot be read. Check its path and name, and that you may read it.",
                fact("path")
            ),
        ),
        _ => return None,
    };
    Some(pick(language, &zh, &en).to_owned())
}
