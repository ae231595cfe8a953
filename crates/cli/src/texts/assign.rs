//! What the terminal says about portfolios.

use atlas_core::matching::portfolio::table::TableError;
use atlas_core::matching::portfolio::{Outcome, ProblemError, Reason, Short};

use super::figures::fixed;
use super::pick;
use crate::args::Language;

/// What is wrong with a table, and where.
pub fn table_error(language: Language, error: &TableError) -> String {
    let (zh, en) = match error {
        TableError::Empty => (
            "表是空的：首行应为服务商编号，首列应为需求编号。".to_owned(),
            "the table is empty: provider ids belong in the first row, need ids in the first column".to_owned(),
        ),
        TableError::Encoding { row } => (
            format!("第 {row} 行不是 UTF-8 文字，请另存为 UTF-8 编码的 CSV。"),
            format!("row {row} is not UTF-8; save the file as CSV in UTF-8"),
        ),
        TableError::Width {
            row,
            cells,
            expected,
        } => (
            format!("第 {row} 行有 {cells} 格，应为 {expected} 格。"),
            format!("row {row} has {cells} cells instead of {expected}"),
        ),
        TableError::Name { row, column } => (
            format!("第 {row} 行第 {column} 列应有编号。"),
            format!("row {row}, column {column}: an id is missing or too long"),
        ),
        TableError::Twice { row, column, name } => (
            format!("第 {row} 行第 {column} 列：编号“{name}”重复。"),
            format!("row {row}, column {column}: the id {name:?} occurs twice"),
        ),
        TableError::Number { row, column, text } => (
            format!("第 {row} 行第 {column} 列：“{text}”不是可用的数。"),
            format!("row {row}, column {column}: {text:?} is not a usable number"),
        ),
        TableError::TooLarge { what, limit } => (
            format!("表太大：{what} 超过 {limit}。"),
            format!("the table is too large: more than {limit} {what}"),
        ),
        TableError::Unknown { row, name } => (
            format!("第 {row} 行：亲和度表中没有“{name}”。"),
            format!("row {row}: the affinities have no {name:?}"),
        ),
        TableError::Missing { name } => (
            format!("缺少“{name}”。"),
            format!("{name:?} is missing"),
        ),
    };
    pick(language, &zh, &en).to_owned()
}

/// Neither a number nor a file.
pub fn neither(language: Language, text: &str, days: bool) -> String {
    let (zh, en) = if days {
        ("天数", "a number of days")
    } else {
        ("整数", "a whole number")
    };
    match language {
        Language::Zh => {
            format!("“{text}”不是{zh}，也没有名为它的文件。请给{zh}，或每行为编号与数的 CSV 文件。")
        }
        Language::En => format!(
            "{text:?} is not {en}, and there is no file of that name. Give {en}, or a CSV file with rows of id and number."
        ),
    }
}

/// Why a portfolio cannot be assigned as it stands.
pub fn problem_error(language: Language, error: &ProblemError) -> String {
    let zh = match error {
        ProblemError::DuplicateNeed(id) => format!("需求“{id}”重复。"),
        ProblemError::DuplicateProvider(id) => format!("服务商“{id}”重复。"),
        ProblemError::DuplicateEdge { need, provider } => {
            format!("需求“{need}”与服务商“{provider}”给出了两次。")
        }
        ProblemError::Score { need, provider } => {
            format!("需求“{need}”与服务商“{provider}”的亲和度不是有限的数。")
        }
        ProblemError::TooLarge { what, count, limit } => {
            format!("{what} 有 {count} 个，超过 {limit}。")
        }
        ProblemError::LockWithoutEdge { need, provider } => {
            format!("需求“{need}”被锁定给服务商“{provider}”，但后者不能承接。")
        }
        ProblemError::LockBeyondDemand(id) => format!("需求“{id}”锁定的服务商多于其所需。"),
        ProblemError::LockBeyondCapacity(id) => format!("服务商“{id}”锁定的需求超出其能力。"),
    };
    pick(language, &zh, &error.to_string()).to_owned()
}

/// The figures of an assignment, a line each.
pub fn figures(language: Language, outcome: &Outcome) -> Vec<String> {
    let percent = |part: f64| format!("{} %", fixed(part * 100.0, 2));
    let lines = [
        (
            "已服务需求",
            "needs served",
            format!("{} / {}", outcome.served, outcome.needs),
        ),
        (
            "已分配名额",
            "places filled",
            format!("{} / {}", outcome.filled, outcome.wanted),
        ),
        ("总亲和度", "total", fixed(outcome.objective, 4)),
        ("占最优", "of the optimum", percent(outcome.share)),
        ("证明差距", "unproved gap", percent(outcome.gap)),
        ("最差需求", "worst-off need", fixed(outcome.min, 4)),
        ("第十百分位", "tenth percentile", fixed(outcome.p10, 4)),
        ("负载基尼系数", "load Gini", fixed(outcome.gini, 3)),
    ];
    lines
        .into_iter()
        .map(|(zh, en, value)| format!("{}\t{value}", pick(language, zh, en)))
        .collect()
}

/// Why a need goes short.
pub fn short(language: Language, short: &Short) -> String {
    let (zh, en) = match &short.reason {
        Reason::NoCandidate => (
            "没有能承接的服务商".to_owned(),
            "no provider can serve it".to_owned(),
        ),
        Reason::FewCandidates { candidates } => (
            format!("只有 {candidates} 家能承接"),
            format!("only {candidates} can serve it"),
        ),
        Reason::Forbidden => (
            "能承接的都被禁用".to_owned(),
            "staff have forbidden all who could".to_owned(),
        ),
        Reason::NoCapacity => (
            "能承接的都没有能力余量".to_owned(),
            "those who could have no capacity".to_owned(),
        ),
        Reason::Contended { needs, providers } => (
            format!(
                "{} 项需求争用 {} 家服务商，能力不足",
                needs.len(),
                providers.len()
            ),
            format!(
                "{} needs compete for {} providers, who cannot take all",
                needs.len(),
                providers.len()
            ),
        ),
        Reason::Crowded => (
            "能力已被更合适的需求占用".to_owned(),
            "needs that fit better take the capacity".to_owned(),
        ),
    };
    let missing = short.missing;
    pick(
        language,
        &format!("{}\t缺 {missing}：{zh}", short.need),
        &format!("{}\tlacks {missing}: {en}", short.need),
    )
    .to_owned()
}
