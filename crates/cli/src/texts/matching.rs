//! What the terminal says about matches, in both languages.

use atlas_core::api::types::{NeedChange, RoadmapPhase, Unjudged};
use atlas_core::model::Strength;

use super::pick;
use crate::args::Language;

/// The name of a criterion.
pub fn criterion(language: Language, id: &str) -> &str {
    let (zh, en) = match id {
        "text" => ("文本", "text"),
        "concepts" => ("技术与典型场景", "concepts"),
        "evidence" => ("案例佐证", "evidence"),
        "sector" => ("行业与环节", "sector"),
        "deployment" => ("部署", "deployment"),
        "delivery" => ("交付形态", "delivery"),
        "budget" => ("预算", "budget"),
        "data" => ("数据", "data"),
        "region" => ("地区", "region"),
        "deadline" => ("期限", "deadline"),
        "maturity" => ("成熟度", "maturity"),
        "partner" => ("合作方", "partner"),
        "start" => ("可启动日期", "start"),
        "goal" => ("目标水平", "goal"),
        "industry" => ("行业", "industry"),
        "stage" => ("环节", "stage"),
        "technique" => ("技术", "technique"),
        "typical_scenario" => ("典型场景", "typical scenario"),
        other => (other, other),
    };
    pick(language, zh, en)
}

/// What the need asks for and no criterion judges.
pub fn unjudged(language: Language, one: &Unjudged) -> String {
    let field = criterion(language, &one.field);
    let must = match (language, one.strength == Strength::Hard) {
        (_, false) => "",
        (Language::Zh, true) => "（必须）",
        (Language::En, true) => " (a must)",
    };
    let (zh, en) = match one.field.as_str() {
        "start" => (
            "；目录中没有记录说明何时能开工，它只用来算离期限还有多久",
            "; no record says when it can begin, the date only tells how long it is until the deadline",
        ),
        "goal" => (
            "；目录中没有记录说明能把企业带到哪一级",
            "; no record says to which level it leads",
        ),
        "budget" => (
            "；没有上限，报价无从比较",
            "; without an upper end no price can be compared",
        ),
        _ => ("", ""),
    };
    let why = pick(language, zh, en);
    match language {
        Language::Zh => format!("不参与排序，请直接询问：{field}{must}{why}"),
        Language::En => format!("Not part of the ranking, ask about it: {field}{must}{why}"),
    }
}

/// What the need would have to ask.
pub fn need_change(language: Language, change: &NeedChange) -> String {
    let soft: Vec<&str> = change
        .soft
        .iter()
        .map(|field| criterion(language, field))
        .collect();
    let soft = soft.join(pick(language, "、", ", "));
    match (language, change.budget, &change.deadline) {
        (Language::Zh, Some(yuan), _) => format!("预算放宽到 {yuan} 元"),
        (Language::En, Some(yuan), _) => format!("the budget went up to CNY {yuan}"),
        (Language::Zh, _, Some(date)) => format!("期限放宽到 {date}"),
        (Language::En, _, Some(date)) => format!("the deadline moved to {date}"),
        (Language::Zh, None, None) => format!("{soft}不再是必须"),
        (Language::En, None, None) => format!("{soft} were no longer a must"),
    }
}

/// The rank to which a change of the need leads.
pub fn admitted(language: Language, change: &str, rank: u32) -> String {
    match language {
        Language::Zh => format!("需求若改为：{change}，它将排第 {rank}"),
        Language::En => format!("If {change}, it would rank {rank}"),
    }
}

/// In which record shared words stand, where that is not the hit itself.
pub fn words_in(language: Language, name: &str) -> String {
    match language {
        Language::Zh => format!("见于“{name}”"),
        Language::En => format!("in {name:?}"),
    }
}

/// A need without a text.
pub fn no_text(language: Language) -> &'static str {
    pick(
        language,
        "需求是空的。请在 --text 后写出需求，例如 --text '钢铁厂表面缺陷视觉检测，江苏，预算200万元'。",
        "The need is empty. Write it after --text, such as --text 'visual inspection of steel surfaces, Jiangsu, budget 2 million yuan'.",
    )
}

/// What a change would do.
pub fn lifted(language: Language, criteria: &str, rank: u32) -> String {
    match language {
        Language::Zh => format!("若满足“{criteria}”，将排第 {rank}"),
        Language::En => format!("Would rank {rank} if it met: {criteria}"),
    }
}

/// How many scenarios of other industries were left out of a roadmap.
pub fn elsewhere(language: Language, count: u32) -> String {
    match language {
        Language::Zh => format!("另有 {count} 个相关场景属于其他行业，未列入。"),
        Language::En => format!("Not listed: {count} related scenarios of other industries."),
    }
}

/// The name of a phase of a roadmap.
pub fn phase(language: Language, phase: RoadmapPhase) -> &'static str {
    match phase {
        RoadmapPhase::Now => pick(language, "现在", "Now"),
        RoadmapPhase::Next => pick(language, "接着", "Next"),
        RoadmapPhase::Later => pick(language, "以后", "Later"),
    }
}

/// A record that offers nothing was asked which needs it fits.
pub fn no_offer(language: Language) -> &'static str {
    pick(
        language,
        "只有服务商和解决方案能匹配需求。请用 provider 或 solution 的编号。",
        "Needs are matched with providers and solutions alone. Give the reference of one of these.",
    )
}
