//! Amounts of money: the text as printed, and its value where it is one clear amount.

use atlas_core::model::Money;

/// Reads a printed amount. Only a number directly followed by 元, 万元 or 亿元 and nothing else but one
/// bracketed remark counts as clear.
pub(crate) fn money(text: &str) -> Money {
    Money {
        text: text.to_owned(),
        yuan: yuan(text),
    }
}

fn yuan(text: &str) -> Option<f64> {
    let amount = text.split(['（', '(']).next()?.trim();
    let digits = amount.trim_end_matches(['万', '亿', '元']);
    let hundredths = match &amount[digits.len()..] {
        "元" => 100,
        "万元" => 1_000_000,
        "亿元" => 10_000_000_000,
        _ => return None,
    };
    // Whole hundredths: 8.90万元 must become exactly 89000.
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if part.len() > 8
        || whole.is_empty()
        || !(whole.to_owned() + part)
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let scale = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let number: i64 = format!("{whole}{part}").parse().ok()?;
    let cents = number.checked_mul(hundredths)?;
    Some((cents / scale) as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_clear_amount_has_a_value() {
        for (text, want) in [
            ("162万元", Some(1_620_000.0)),
            ("8.90万元", Some(89_000.0)),
            ("5285.61万元", Some(52_856_100.0)),
            ("3.08亿元（中标金额）", Some(308_000_000.0)),
            ("49500元", Some(49_500.0)),
            (
                "特等奖10万元、一等奖5万元、二等奖2万元、三等奖1万元（奖金）",
                None,
            ),
            ("约100万元", None),
            ("100-200万元", None),
            ("亿元级", None),
            ("万元", None),
            ("100万美元", None),
        ] {
            assert_eq!(money(text).yuan, want, "{text}");
            assert_eq!(money(text).text, text);
        }
    }
}
