//! Unified social credit codes of China: GB 32100-2015.
//!
//! Eighteen characters of 31; the last one proves the others by weights 3^i modulo 31.

/// The characters of a code, by their values.
const CHARACTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Characters of a code.
pub const LENGTH: usize = 18;

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeError {
    /// It has not 18 characters, but so many.
    #[error("{0} characters instead of 18")]
    Length(usize),
    /// A character that no code has, with its place from 1. I, O, S, V and Z are none.
    #[error("{0:?} at place {1} is in no code")]
    Character(char, usize),
    /// The last character should be another.
    #[error("the check character is not {0:?}")]
    Check(char),
}

/// Checks a code as it is written: capital letters, no spaces.
///
/// # Errors
/// What is wrong with it first.
pub fn check(code: &str) -> Result<(), CreditCodeError> {
    let length = code.chars().count();
    if length != LENGTH {
        return Err(CreditCodeError::Length(length));
    }
    let mut sum = 0;
    let mut weight = 1;
    let mut last = 0;
    for (place, c) in (1..).zip(code.chars()) {
        let value = CHARACTERS
            .iter()
            .position(|known| char::from(*known) == c)
            .ok_or(CreditCodeError::Character(c, place))?;
        if place < LENGTH {
            sum += value * weight;
            weight = weight * 3 % 31;
        } else {
            last = value;
        }
    }
    let wanted = (31 - sum % 31) % 31;
    if wanted == last {
        Ok(())
    } else {
        Err(CreditCodeError::Check(char::from(CHARACTERS[wanted])))
    }
}

/// A code as people type it, in the form in which it is written: full-width characters, small letters, spaces and
/// hyphens give way.
pub fn normalise(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '–'))
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_character_proves_the_others() {
        // The example that the standard prints.
        assert_eq!(check("91350100M000100Y43"), Ok(()));
        // Every single wrong character, and every swap of unlike neighbours, is noticed.
        let code: Vec<char> = "91350100M000100Y43".chars().collect();
        for at in 0..code.len() {
            for other in CHARACTERS.iter().map(|c| char::from(*c)) {
                let mut wrong = code.clone();
                wrong[at] = other;
                let text: String = wrong.iter().collect();
                assert_eq!(check(&text).is_ok(), other == code[at], "{text}");
            }
            if at > 0 && code[at] != code[at - 1] {
                let mut wrong = code.clone();
                wrong.swap(at, at - 1);
                let text: String = wrong.iter().collect();
                assert!(check(&text).is_err(), "{text}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(check("9135"), Err(CreditCodeError::Length(4)));
        assert_eq!(
            check("91350100M000100O43"),
            Err(CreditCodeError::Character('O', 16))
        );
        assert_eq!(
            check("91350100M000100Y44"),
            Err(CreditCodeError::Check('3'))
        );
        assert_eq!(normalise(" 9135 0100-m000100y4３"), "91350100M000100Y43");
    }
}
