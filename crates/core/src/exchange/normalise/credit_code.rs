//! Unified social credit codes, GB 32100-2015: 18 characters, the last of which checks the others.

use crate::exchange::read::Cell;

/// Characters in the order of their values; I, O, S, V and Z are not used.
const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// What is wrong with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditFault {
    /// It has other characters, or another number of them.
    Shape,
    /// The last character does not check the others.
    Check,
}

/// Checks a code as it is written, in capitals and without spaces.
pub fn check(code: &str) -> Result<(), CreditFault> {
    let values: Option<Vec<usize>> = code
        .bytes()
        .map(|byte| ALPHABET.iter().position(|known| *known == byte))
        .collect();
    let values = values.filter(|values| values.len() == 18).ok_or(CreditFault::Shape)?;
    // The weights are the powers of 3 modulo 31.
    let sum = values[..17]
        .iter()
        .fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31))
        .0;
    if (31 - sum % 31) % 31 == values[17] {
        Ok(())
    } else {
        Err(CreditFault::Check)
    }
}

/// Reads a cell: full-width and small letters, spaces and hyphens are forgiven; a code that a spreadsheet made a number of has
/// lost its last digits and is not.
pub(super) fn read(cell: &Cell) -> Result<String, CreditFault> {
    let Cell::Text(text) = cell else {
        return Err(CreditFault::Shape);
    };
    let code: String = crate::search::text::normalise(text)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .flat_map(char::to_uppercase)
        .collect();
    check(&code).map(|()| code)
}
