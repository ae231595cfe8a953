//! What the terminal says about matches, in both languages.

use atlas_core::api::types::RoadmapPhase;

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
        other => (other, other),
    };
    pick(language, zh, en)
}

/// What a change would do.
pub fn lifted(language: Language, criteria: &str, rank: u32) -> String {
    match language {
        Language::Zh => format!("若满足“{criteria}”，将排第 {rank}"),
        Language::En => format!("Would rank {rank} if it met: {criteria}"),
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
