//! One normal form for indexed text, queries and highlighting.
//!
//! NFKC, then lower case, then traditional → simplified, character by character and without looking at
//! neighbours: the normal form of a substring is the substring of the normal form, which is what lets a
//! query find any literal. The way back to the original characters is kept, since NFKC changes lengths.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Normalised text with the way back to the original.
#[derive(Debug, Clone, Default)]
pub struct Normal {
    /// The normal form.
    pub text: String,
    /// For every character of `text`: the range of original characters that it stands for.
    pub origin: Vec<(u32, u32)>,
}

/// Whether a character is a Han ideograph.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3005}' | '\u{3007}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a character belongs to a word that is no Han text.
pub fn is_word(c: char) -> bool {
    !is_han(c) && (c.is_alphanumeric() || is_combining_mark(c))
}

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// Traditional → simplified for one character. Built one character at a time, since the library
/// otherwise decides some characters by their neighbours.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut alone = [0; 4];
    (FIRST..=LAST)
        .filter_map(char::from_u32)
        .map(|c| match c {
            '\u{4e7e}' => '\u{5e72}',
            _ => fast2s::convert(c.encode_utf8(&mut alone))
                .chars()
                .next()
                .unwrap_or(c),
        })
        .collect()
});

fn simplify(c: char) -> char {
    let idx = (c as u32).wrapping_sub(FIRST) as usize;
    SIMPLIFIED.get(idx).copied().unwrap_or(c)
}

/// Characters that are not seen and separate nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

fn walk(text: &str, mut emit: impl FnMut(char, u32, u32)) {
    let mut chars = text.chars().peekable();
    let mut at = 0;
    let mut cluster = String::new();
    while let Some(c) = chars.next() {
        let start = at;
        at += 1;
        let extends =
            |next: &char| *next >= '\u{300}' && !is_han(*next) && is_combining_mark(*next);
        if is_invisible(c) {
            continue;
        }
        if chars.peek().is_none_or(|next| !extends(next)) {
            if c.is_ascii() {
                emit(c.to_ascii_lowercase(), start, at);
                continue;
            }
            if matches!(c, '\u{4e00}'..='\u{9fff}') {
                emit(simplify(c), start, at);
                continue;
            }
        }
        cluster.clear();
        cluster.push(c);
        while let Some(mark) = chars.next_if(|next| extends(next)) {
            at += 1;
            if !is_invisible(mark) {
                cluster.push(mark);
            }
        }
        let lower: String = cluster.nfkc().flat_map(char::to_lowercase).collect();
        for c in lower.nfkc() {
            emit(simplify(c), start, at);
        }
    }
}

/// The normal form of a text.
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    walk(text, |c, _, _| normal.push(c));
    normal
}

/// The normal form of a text with the way back.
pub fn normalise_mapped(text: &str) -> Normal {
    let mut normal = Normal {
        text: String::with_capacity(text.len()),
        origin: Vec::with_capacity(text.len()),
    };
    walk(text, |c, start, end| {
        normal.text.push(c);
        normal.origin.push((start, end));
    });
    normal
}

/// The letters, digits and ideographs of a text in normal form, without spaces and punctuation: two
/// names that differ in nothing else are the same name.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    walk(text, |c, _, _| {
        if is_han(c) || is_word(c) {
            key.push(c);
        }
    });
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn traditional_full_width_and_case_fall_together() {
        for (written, normal) in [
            ("機器視覺質檢", "机器视觉质检"),
            ("ＡＩ＋製造", "ai+制造"),
            ("乾隆乾燥", "干隆干燥"),
            ("㎡ ① ﬁ", "m2 1 fi"),
            ("Cafe\u{301}", "café"),
            ("智\u{200b}能", "智能"),
        ] {
            assert_eq!(normalise(written), normal);
        }
        assert_eq!(key(" AI + 质检（二期）"), "ai质检二期");
    }

    #[test]
    fn the_way_back_survives_changes_of_length() {
        let normal = normalise_mapped("约５㎡ﬁn");
        assert_eq!(normal.text, "约5m2fin");
        assert_eq!(
            normal.origin,
            [(0, 1), (1, 2), (2, 3), (2, 3), (3, 4), (3, 4), (4, 5)]
        );
    }

    proptest! {
        #[test]
        fn a_part_of_a_text_normalises_to_a_part_of_its_normal_form(
            text in "[\u{4e00}-\u{4e80}\u{9ad0}-\u{9b00}乾著藉畫計覆a-zA-Z０-９ ，。-]{0,30}", from in 0usize..30, len in 0usize..30,
        ) {
            let part: String = text.chars().skip(from).take(len).collect();
            prop_assert!(normalise(&text).contains(&normalise(&part)));
            let normal = normalise_mapped(&text);
            prop_assert_eq!(normal.text.chars().count(), normal.origin.len());
            prop_assert_eq!(normal.text, normalise(&text));
        }
    }
}
