//! Clauses: how far a word like “must” reaches.

/// Where clauses end.
pub(super) struct Clauses(Vec<usize>);

impl Clauses {
    pub(super) fn new(chars: &[char]) -> Self {
        let ends = (0..chars.len()).filter(|at| is_end(chars, *at));
        Self(ends.collect())
    }

    /// Beginning and end of the clause around a place, in a text of `length` characters.
    pub(super) fn around(&self, place: usize, length: usize) -> (usize, usize) {
        let next = self.0.partition_point(|end| *end < place);
        let start = next.checked_sub(1).map_or(0, |before| self.0[before] + 1);
        (start, self.0.get(next).copied().unwrap_or(length))
    }
}

fn is_end(chars: &[char], at: usize) -> bool {
    let digit = |place: Option<usize>| {
        place
            .and_then(|place| chars.get(place))
            .is_some_and(char::is_ascii_digit)
    };
    match chars[at] {
        '。' | ';' | '!' | '?' | '\n' => true,
        ',' => !(digit(at.checked_sub(1)) && digit(Some(at + 1))),
        '.' => chars.get(at + 1).is_none_or(|next| next.is_whitespace()),
        _ => false,
    }
}
