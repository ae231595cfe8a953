//! *What it measures*: whether the price of an offer lies within the budget.
//!
//! *Why it matters*: an offer at three times the budget costs both sides a month.
//!
//! *Example*: budget up to 500,000 yuan; 40万元 is met; 100万元 is violated and counts (50/100)² = 0.25.
//!
//! *When data is missing*: few records print a price; it counts half and is asked about.

use super::{Context, Criterion, Finding};
use crate::matching::candidate::Candidate;
use crate::model::{NeedForm, Record, Strength};

/// See the module.
pub struct Budget;

const PRIOR: f64 = 0.5;

/// The lowest price of a candidate in yuan, with the text that says so.
pub fn price(candidate: &Candidate) -> Option<(f64, String)> {
    match &*candidate.record {
        Record::Solution(solution) => {
            let text = solution.price.clone()?;
            Some((yuan(&text)?, text))
        }
        Record::Need(need) => {
            let budget = need.budget.as_ref()?;
            Some((budget.yuan?, budget.text.clone()))
        }
        _ => None,
    }
}

/// The first amount of money in a text, in yuan.
fn yuan(text: &str) -> Option<f64> {
    if text.contains("免费") || text.eq_ignore_ascii_case("free") {
        return Some(0.0);
    }
    let mut digits = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_ascii_digit() || (c == '.' && !digits.is_empty()) {
            digits.push(c);
            continue;
        }
        if c == ',' || digits.is_empty() {
            continue;
        }
        // The second figure of a range carries the unit: 10-20万元.
        let mut unit = std::iter::once(c).chain(rest.clone()).skip_while(|c| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '-' | '~' | '—' | '至')
        });
        let figure: f64 = digits.parse().ok()?;
        match (unit.next(), unit.next()) {
            (Some('亿'), _) => return Some(figure * 1e8),
            (Some('万'), _) => return Some(figure * 1e4),
            (Some('元'), _) => return Some(figure),
            _ => digits.clear(),
        }
    }
    None
}

impl Criterion for Budget {
    fn id(&self) -> &'static str {
        "budget"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        need.budget.high.is_some_and(|high| high > 0.0)
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        need.budget.strength
    }

    fn states(&self, candidate: &Candidate) -> bool {
        price(candidate).is_some()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let high = context.need.budget.high.unwrap_or_default();
        match price(candidate) {
            None => Finding::unknown(PRIOR),
            Some((price, text)) if price <= high => Finding::met(1.0).fact("offered", text),
            Some((price, text)) => Finding::violated((high / price).powi(2)).fact("offered", text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::yuan;

    #[test]
    fn amounts_are_read_as_printed() {
        for (text, expected) in [
            ("19.50万元", Some(195_000.0)),
            ("10-20万元/年", Some(100_000.0)),
            ("1.2亿元", Some(120_000_000.0)),
            ("2,000元/月", Some(2_000.0)),
            ("免费", Some(0.0)),
            ("3个月试用，5万元起", Some(50_000.0)),
            ("面议", None),
        ] {
            assert_eq!(yuan(text), expected, "{text}");
        }
    }
}
