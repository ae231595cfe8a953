//! Numbers in digits and in Chinese characters.

use super::Reader;

/// A number and where it ends.
pub(super) type Number = (f64, usize);

impl Reader {
    /// A number at a place.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        self.digits(at).or_else(|| self.han_number(at))
    }

    fn digits(&self, at: usize) -> Option<Number> {
        let digit = |place: usize| self.chars.get(place).is_some_and(char::is_ascii_digit);
        if !digit(at) {
            return None;
        }
        let mut text = String::new();
        let mut end = at;
        while let Some(c) = self.chars.get(end) {
            match c {
                '0'..='9' => text.push(*c),
                ',' if digit(end + 1) && digit(end + 2) && digit(end + 3) && !digit(end + 4) => {}
                '.' if digit(end + 1) && !text.contains('.') => text.push('.'),
                _ => break,
            }
            end += 1;
        }
        Some((text.parse().ok()?, end))
    }

    /// 三十五, 两百, 十二, 半 — up to thousands; what follows (万, 亿) is a unit.
    fn han_number(&self, at: usize) -> Option<Number> {
        if self.chars.get(at) == Some(&'半') {
            return Some((0.5, at + 1));
        }
        let (mut sum, mut digit, mut end) = (0.0, None, at);
        while let Some(c) = self.chars.get(end) {
            let scale = match c {
                '十' => 10.0,
                '百' => 100.0,
                '千' => 1000.0,
                _ => {
                    let Some(place) = "零一二三四五六七八九".chars().position(|known| known == *c)
                    else {
                        if *c != '两' {
                            break;
                        }
                        digit = Some(2.0);
                        end += 1;
                        continue;
                    };
                    digit = Some(place as f64);
                    end += 1;
                    continue;
                }
            };
            sum += digit.take().unwrap_or(1.0) * scale;
            end += 1;
        }
        (end > at).then_some((sum + digit.unwrap_or(0.0), end))
    }
}
