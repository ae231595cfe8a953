//! Figures in words of the terminal.

/// A figure with so many decimals; what rounds to zero has no sign.
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(zero) if zero.bytes().all(|byte| matches!(byte, b'0' | b'.')) => zero.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::fixed;

    #[test]
    fn zero_has_no_sign() {
        for (value, text) in [
            (-0.0, "0.0000"),
            (-0.000_01, "0.0000"),
            (-0.5, "-0.5000"),
            (0.25, "0.2500"),
        ] {
            assert_eq!(fixed(value, 4), text);
        }
    }
}
