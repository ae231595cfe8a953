//! What the terminal says about facets and their codes, in both languages.

use atlas_core::model::Taxonomies;

use super::{pick, term, text};
use crate::args::Language;
use crate::commands::taxonomy;

/// Longest list of codes that is printed.
const CODES: usize = 48;

/// The name of a facet.
pub fn facet(language: Language, id: &str) -> String {
    let (zh, en) = match id {
        "main_industry_group" => ("首要行业", "first industry"),
        "main_stage" => ("首要环节", "first stage"),
        "main_region" => ("首要地区", "first region"),
        "year" => ("年份", "year"),
        "list" => ("名单", "list"),
        "inferred" => ("推断", "inferred"),
        "doubtful" => ("存疑", "doubtful"),
        "feed" => ("数据源", "feed"),
        other => {
            let taxonomy = Taxonomies::bundled().get(other);
            let name = taxonomy.map(|taxonomy| text(language, &taxonomy.name).to_owned());
            return name.unwrap_or_else(|| other.to_owned());
        }
    };
    pick(language, zh, en).to_owned()
}

/// The name of a code of a facet.
pub fn code(language: Language, facet: &str, code: &str) -> String {
    match (facet, code) {
        (_, "none") => pick(language, "未注明", "not stated").to_owned(),
        ("inferred" | "doubtful", "yes") => pick(language, "是", "yes").to_owned(),
        ("inferred" | "doubtful", "no") => pick(language, "否", "no").to_owned(),
        _ => term(language, taxonomy(facet), code),
    }
}

/// There is no such facet.
pub fn unknown_facet(language: Language, name: &str, known: &[&str]) -> String {
    let known: Vec<String> = known
        .iter()
        .map(|id| format!("{id} ({})", facet(language, id)))
        .collect();
    let known = known.join(pick(language, "、", ", "));
    match language {
        Language::Zh => format!("没有“{name}”这个筛选项。可用的有：{known}。"),
        Language::En => format!("There is no facet {name:?}. Those that there are: {known}."),
    }
}

/// The facet has no such code.
pub fn unknown_code(language: Language, id: &str, value: &str) -> String {
    let name = facet(language, id);
    let terms = Taxonomies::bundled()
        .get(taxonomy(id))
        .map_or(&[][..], |taxonomy| &taxonomy.terms);
    let mut known: Vec<String> = terms
        .iter()
        .map(|term| format!("{} ({})", term.code, pick(language, &term.zh, &term.en)))
        .collect();
    if ["inferred", "doubtful"].contains(&id) {
        known = vec!["yes".to_owned(), "no".to_owned()];
    }
    let remedy = if known.is_empty() || known.len() > CODES {
        match language {
            Language::Zh => format!("atlas search --limit 0 --count {id} 列出目录中有的值。"),
            Language::En => format!("`atlas search --limit 0 --count {id}` lists those in use."),
        }
    } else {
        let known = known.join(pick(language, "、", ", "));
        match language {
            Language::Zh => format!("可用的有：{known}。"),
            Language::En => format!("Those that there are: {known}."),
        }
    };
    match language {
        Language::Zh => format!("{name}（{id}）没有“{value}”这个值，代码或名称均可。{remedy}"),
        Language::En => {
            format!("{name} ({id}) has no value {value:?}, neither as code nor as name. {remedy}")
        }
    }
}
