//! Typing errors in Latin words, looked up among the words of the index when nothing matched.
//!
//! Han text needs no such help: a wrong character leaves most bigrams of a word intact.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::index::IndexError;
use super::segment::Segment;
use super::sets;

/// Letters of a word from which one error, and from which two errors are tolerated.
const ERRORS: [usize; 2] = [4, 8];

/// The word of the index that a mistyped word most likely means: nearest first, then most frequent.
pub(super) fn correct(segments: &[Arc<Segment>], word: &str) -> Result<Option<String>, IndexError> {
    let allowed = ERRORS
        .iter()
        .filter(|letters| word.len() >= **letters)
        .count();
    if allowed == 0 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(None);
    }
    let mut found: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for segment in segments {
        // People seldom mistype the first letter.
        sets::each_with_prefix(&segment.text, &word[..1], |term, info| {
            if term.len().abs_diff(word.len()) <= allowed
                && let Some(errors) = distance(word.as_bytes(), term, allowed)
                && let Ok(term) = std::str::from_utf8(term)
            {
                // A word that only deleted documents hold is none.
                match segment.found(&segment.text, info)? {
                    0 => {}
                    more => found.entry(term.to_owned()).or_insert((errors, 0)).1 += more,
                }
            }
            Ok(())
        })?;
    }
    let best = found
        .into_iter()
        .min_by_key(|(term, (errors, frequency))| (*errors, Reverse(*frequency), term.clone()));
    Ok(best.map(|(term, _)| term))
}

/// Edits from one word to another, neighbouring letters in the wrong order counting once; nothing beyond `most`.
fn distance(from: &[u8], to: &[u8], most: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut cost = (row[j] + usize::from(a != b))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if i > 0 && j > 0 && from[i - 1] == *b && to[j - 1] == *a {
                cost = cost.min(before[j - 1] + 1);
            }
            next.push(cost);
        }
        if next.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|errors| *errors <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits_and_swaps() {
        for (from, to, most, errors) in [
            ("vision", "vision", 1, Some(0)),
            ("vison", "vision", 1, Some(1)),
            ("viison", "vision", 1, Some(1)),
            ("vison", "visions", 1, None),
            ("vison", "visions", 2, Some(2)),
            ("visoin", "vision", 1, Some(1)),
            ("robot", "vision", 2, None),
        ] {
            assert_eq!(
                distance(from.as_bytes(), to.as_bytes(), most),
                errors,
                "{from} {to}"
            );
        }
    }
}
