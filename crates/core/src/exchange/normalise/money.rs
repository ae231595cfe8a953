//! Amounts: `50万元`, `1.2亿`, `50-80万元`, `80万元以内`, `CNY 500,000`, and bare numbers under a header that names the
//! unit: 预算（万元）.

use serde_json::json;

use super::Reading;
use crate::exchange::read::Cell;
use crate::search::text::normalise;

/// Units and their worth in yuan, longest first.
const UNITS: &[(&str, f64)] = &[
    ("亿元", 1e8),
    ("千万元", 1e7),
    ("百万元", 1e6),
    ("万元", 1e4),
    ("千元", 1e3),
    ("亿", 1e8),
    ("千万", 1e7),
    ("百万", 1e6),
    ("万", 1e4),
    ("billion", 1e9),
    ("million", 1e6),
    ("thousand", 1e3),
    ("mn", 1e6),
    ("k", 1e3),
    ("w", 1e4),
    ("元", 1.0),
    ("yuan", 1.0),
    ("rmb", 1.0),
    ("cny", 1.0),
];
const FOREIGN: &[&str] = &[
    "$", "usd", "美元", "eur", "€", "欧元", "hkd", "港元", "jpy", "日元", "gbp", "£",
];
const AT_MOST: &[&str] = &[
    "以内",
    "以下",
    "之内",
    "不超过",
    "不高于",
    "最高",
    "上限",
    "至多",
    "<=",
    "≤",
    "<",
    "upto",
    "atmost",
    "max",
    "under",
    "within",
    "below",
];
const AT_LEAST: &[&str] = &[
    "以上",
    "不低于",
    "不少于",
    "至少",
    "起",
    ">=",
    "≥",
    ">",
    "atleast",
    "min",
    "over",
    "morethan",
    "from",
];

/// From and to, in yuan.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Range {
    low: Option<f64>,
    high: Option<f64>,
}

/// What a number without a unit counts, by the header.
fn unit(header: &str) -> f64 {
    let header = normalise(header);
    let found = UNITS
        .iter()
        .filter(|(name, _)| name.chars().count() > 1 || *name == "元")
        .find(|(name, _)| header.contains(name));
    found.map_or(1.0, |(_, worth)| *worth)
}

fn parse(cell: &Cell, text: &str, header: &str) -> Result<Range, &'static str> {
    let unreadable = "money_unreadable";
    if let Cell::Number(number) = cell {
        return exactly(number * unit(header));
    }
    let text: String = normalise(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '¥' | '￥'))
        .collect();
    if FOREIGN.iter().any(|currency| text.contains(currency)) {
        return Err(unreadable);
    }
    let at_most = AT_MOST.iter().any(|word| text.contains(word));
    let at_least = !at_most && AT_LEAST.iter().any(|word| text.contains(word));
    let mut amounts: Vec<(f64, Option<f64>)> = Vec::new();
    let mut rest = text.as_str();
    let mut negative = false;
    while let Some(from) = rest.find(|c: char| c.is_ascii_digit()) {
        negative |= amounts.is_empty() && rest[..from].ends_with('-');
        let end = rest[from..]
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(rest.len(), |end| from + end);
        let number: f64 = rest[from..end].parse().map_err(|_| unreadable)?;
        rest = &rest[end..];
        let worth = UNITS.iter().find(|(name, _)| rest.starts_with(name));
        if let Some((name, _)) = worth {
            rest = &rest[name.len()..];
        }
        amounts.push((number, worth.map(|(_, worth)| *worth)));
    }
    if negative {
        return Err("negative");
    }
    let bare = if text.contains("万元") || text.contains('亿') {
        None
    } else {
        Some(unit(header))
    };
    match amounts.as_slice() {
        [(number, worth)] => {
            let yuan = number * worth.or(bare).ok_or(unreadable)?;
            if at_most {
                Ok(Range {
                    low: None,
                    high: Some(yuan),
                })
            } else if at_least {
                Ok(Range {
                    low: Some(yuan),
                    high: None,
                })
            } else {
                exactly(yuan)
            }
        }
        // `50-80万元`: the unit of the second is that of both.
        [(first, one), (second, other)] => {
            let other = other.or(bare).ok_or(unreadable)?;
            let low = first * one.unwrap_or(other);
            let high = second * other;
            if low > high {
                return Err(unreadable);
            }
            Ok(Range {
                low: Some(low),
                high: Some(high),
            })
        }
        _ => Err(unreadable),
    }
}

fn exactly(yuan: f64) -> Result<Range, &'static str> {
    if !yuan.is_finite() {
        Err("money_unreadable")
    } else if yuan < 0.0 {
        Err("negative")
    } else {
        Ok(Range {
            low: Some(yuan),
            high: Some(yuan),
        })
    }
}

/// An amount as printed, with its figure where it is one.
pub(super) fn printed(cell: &Cell, text: &str, header: &str) -> Reading {
    match parse(cell, text, header) {
        Ok(Range {
            low: Some(low),
            high: Some(high),
        }) if low.total_cmp(&high).is_eq() => Reading::value(
            json!({ "text": text, "yuan": low }),
            vec![low.to_string()],
            true,
        ),
        Ok(_) => Reading::value(json!({ "text": text }), vec![text.to_owned()], true),
        Err(issue) => Reading::wrong(issue),
    }
}

/// An amount from which to which.
pub(super) fn range(cell: &Cell, text: &str, header: &str) -> Reading {
    match parse(cell, text, header) {
        Ok(Range { low, high }) => {
            // One figure is what there is to spend: at most that.
            let low = if low == high { None } else { low };
            let shown =
                [low, high].map(|yuan| yuan.map_or_else(String::new, |yuan| yuan.to_string()));
            Reading::value(
                json!({ "low": low, "high": high, "strength": "soft" }),
                shown.to_vec(),
                false,
            )
        }
        Err(issue) => Reading::wrong(issue),
    }
}
