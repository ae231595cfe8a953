//! Budgets: `200万元`, `100-150万`, `80w`, 两百万以内, `RMB 2 million`.

use super::{Found, Reader, What};
use crate::api::types::NeedElement;
use crate::model::Strength;

const UNITS: &[(&str, f64)] = &[
    ("千万", 1e7),
    ("百万", 1e6),
    ("亿", 1e8),
    ("万", 1e4),
    // What many type for 万.
    ("w", 1e4),
    ("million", 1e6),
    ("billion", 1e9),
    ("thousand", 1e3),
    ("mn", 1e6),
    ("m", 1e6),
    ("k", 1e3),
];
const CURRENCIES: &[&str] = &["人民币", "rmb", "cny", "¥", "元", "yuan"];
/// Words that make an amount without a currency a budget.
const TOPIC: &[&str] = &[
    "预算", "经费", "资金", "费用", "投入", "投资", "价格", "报价", "总价", "造价", "限价",
    "budget", "cost", "costs", "price", "spend", "funding",
];
const RANGES: &[&str] = &["-", "~", "—", "–", "至", "到", "and", "to"];
const AT_MOST: &[&str] = &[
    "不超过",
    "不高于",
    "不超",
    "上限",
    "封顶",
    "最多",
    "最高",
    "控制在",
    "低于",
    "少于",
    "at most",
    "up to",
    "no more than",
    "not exceed",
    "under",
    "below",
    "less than",
    "within",
    "max",
    "maximum",
    "capped at",
];
const AT_MOST_AFTER: &[&str] = &[
    "以内", "以下", "之内", "内", "封顶", "or less", "max", "at most",
];
const AT_LEAST: &[&str] = &[
    "不低于",
    "不少于",
    "至少",
    "超过",
    "高于",
    "at least",
    "more than",
    "over",
    "no less than",
];
const AT_LEAST_AFTER: &[&str] = &["以上", "起", "or more"];
const ABOUT_AFTER: &[&str] = &["左右", "上下"];
/// What is counted instead of money.
const COUNTED: &[&str] = &[
    "张",
    "条",
    "个",
    "台",
    "套",
    "件",
    "辆",
    "人",
    "次",
    "户",
    "家",
    "吨",
    "平",
    "米",
    "份",
    "篇",
    "幅",
    "行",
    "只",
    "头",
    "亩",
    "千瓦",
    "度",
    "kw",
    "images",
    "photos",
    "records",
    "pictures",
    "users",
    "documents",
    "rows",
    "parts",
    "tons",
    "tonnes",
];
/// Greatest budget believed.
const GREATEST: f64 = 1e12;

struct Amount {
    yuan: f64,
    /// What its unit multiplies with.
    factor: f64,
    has_unit: bool,
    has_currency: bool,
    start: usize,
    end: usize,
}

/// The budgets of a text.
pub(super) fn read(reader: &Reader) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.chars.len() {
        // In the middle of a number there begins none.
        let inside = at > 0 && reader.chars[at].is_ascii_digit() && {
            let before = reader.chars[at - 1];
            before.is_ascii_alphanumeric() || before == '.'
        };
        let budget = if inside { None } else { budget(reader, at) };
        match budget {
            Some(one) => {
                at = one.end;
                found.push(one);
            }
            None => at += 1,
        }
    }
    found
}

fn budget(reader: &Reader, at: usize) -> Option<Found> {
    let mut first = amount(reader, at)?;
    let mut end = first.end;
    let mut range = None;
    if let Some((_, after)) = reader.any(reader.skip(first.end), RANGES)
        && let Some(second) = amount(reader, reader.skip(after))
    {
        // `100-200万`: the unit of the second is that of the first.
        if !first.has_unit && second.has_unit {
            first.yuan *= second.factor;
        }
        first.has_unit |= second.has_unit;
        first.has_currency |= second.has_currency;
        end = second.end;
        range = Some(second.yuan);
    }
    let (clause, _) = reader.clauses.around(first.start, reader.chars.len());
    let is_topic = reader.says(first.start, TOPIC);
    if !(first.has_currency || is_topic && first.has_unit) {
        return None;
    }
    if reader.any(reader.skip(end), COUNTED).is_some() || first.yuan > GREATEST {
        return None;
    }
    let said_before = |words: &[&'static str]| {
        let from = first.start.saturating_sub(16).max(clause);
        (from..first.start).any(|at| {
            // 不少于 is not 少于.
            let is_denied = at > 0 && reader.chars[at - 1] == '不';
            words.iter().filter(|_| !is_denied).any(|word| {
                reader
                    .word(at, word)
                    .is_some_and(|(_, after)| after <= first.start && first.start - after <= 4)
            })
        })
    };
    let after = reader.skip(end);
    let said_after = |words: &[&'static str]| reader.any(after, words).map(|(_, end)| end);
    let strength = reader.strength(first.start, end);
    let (low, high, strength, end) = if let Some(high) = range {
        (
            Some(first.yuan.min(high)),
            Some(first.yuan.max(high)),
            strength,
            end,
        )
    } else if let Some(end) = said_after(AT_MOST_AFTER) {
        (None, Some(first.yuan), Strength::Hard, end)
    } else if let Some(end) = said_after(AT_LEAST_AFTER) {
        (Some(first.yuan), None, strength, end)
    } else if let Some(end) = said_after(ABOUT_AFTER) {
        (None, Some(first.yuan), Strength::Soft, end)
    } else if said_before(AT_MOST) {
        (None, Some(first.yuan), Strength::Hard, end)
    } else if said_before(AT_LEAST) {
        (Some(first.yuan), None, strength, end)
    } else {
        (None, Some(first.yuan), strength, end)
    };
    Some(Found {
        element: NeedElement::Budget,
        what: What::Money(low, high),
        strength,
        start: first.start,
        end,
    })
}

/// Whether a unit stands at a place; `m` of `meters` is none.
fn is_unit(reader: &Reader, at: usize, word: &str) -> bool {
    let next = reader.chars.get(at + word.chars().count());
    let goes_on = word.is_ascii() && next.is_some_and(char::is_ascii_alphanumeric);
    reader.has(at, word) && !goes_on
}

fn amount(reader: &Reader, at: usize) -> Option<Amount> {
    let currency = reader.any(at, CURRENCIES);
    let number_at = currency.map_or(at, |(_, after)| reader.skip(after));
    let (number, mut end) = reader.number(number_at)?;
    let mut factor = 1.0;
    let mut has_unit = false;
    // 两百万: hundreds of ten thousands; 5千万 and 百万 are one unit each.
    while let Some((word, scale)) = UNITS
        .iter()
        .find(|(word, _)| is_unit(reader, reader.skip(end), word))
    {
        end = reader.skip(end) + word.chars().count();
        factor *= scale;
        has_unit = true;
        if *scale > 1e4 {
            break;
        }
    }
    let after = reader.any(reader.skip(end), CURRENCIES);
    if let Some((_, close)) = after {
        end = close;
    }
    Some(Amount {
        yuan: number * factor,
        factor,
        has_unit,
        has_currency: currency.is_some() || after.is_some(),
        start: at,
        end,
    })
}
