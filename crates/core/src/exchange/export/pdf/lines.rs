//! Text in lines: where it may break (Unicode annex 14: no closing mark begins a line, no opening one ends it), and how wide
//! it is.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::super::error::ExportError;
use super::fonts::Fonts;

/// Characters of a text that an error shows.
const SHOWN: usize = 24;

/// The width of a text, in points.
pub(super) fn width(fonts: &mut Fonts, text: &str, size: f32) -> Result<f32, ExportError> {
    let mut sum = 0.0;
    for c in text.chars() {
        let glyph = fonts.glyph(c).ok_or_else(|| ExportError::MissingGlyph {
            char: c,
            text: text.chars().take(SHOWN).collect(),
        })?;
        sum += glyph.advance * size;
    }
    Ok(sum)
}

/// The lines of a text within a width. All lines together have all that is visible of the text.
pub(super) fn wrap(
    fonts: &mut Fonts,
    text: &str,
    size: f32,
    room: f32,
) -> Result<Vec<String>, ExportError> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let paragraph = visible(paragraph);
        check(fonts, &paragraph)?;
        let mut line = String::new();
        let mut used = 0.0;
        let mut from = 0;
        for (to, kind) in linebreaks(&paragraph) {
            let piece = &paragraph[from..to];
            from = to;
            // A space at the end of a line may stand beyond it.
            let needed = width(fonts, piece.trim_end(), size)?;
            if used + needed > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if needed > room {
                used = split(fonts, piece, size, room, &mut line, &mut lines)?;
            } else {
                line.push_str(piece);
                used += width(fonts, piece, size)?;
            }
            if kind == BreakOpportunity::Mandatory && to < paragraph.len() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
        }
        lines.push(line);
    }
    Ok(lines)
}

/// Every character has a glyph; the error shows what stands around one that has none.
fn check(fonts: &mut Fonts, text: &str) -> Result<(), ExportError> {
    match text.char_indices().find(|(_, c)| fonts.glyph(*c).is_none()) {
        None => Ok(()),
        Some((at, char)) => {
            let before: Vec<char> = text[..at].chars().rev().take(SHOWN / 2).collect();
            let after = text[at..].chars().take(SHOWN / 2);
            Err(ExportError::MissingGlyph {
                char,
                text: before.into_iter().rev().chain(after).collect(),
            })
        }
    }
}

/// Breaks what has no place to break and is wider than a line, such as an address.
fn split(
    fonts: &mut Fonts,
    piece: &str,
    size: f32,
    room: f32,
    line: &mut String,
    lines: &mut Vec<String>,
) -> Result<f32, ExportError> {
    let mut used = 0.0;
    for c in piece.chars() {
        let needed = width(fonts, c.encode_utf8(&mut [0; 4]), size)?;
        if used + needed > room && !line.is_empty() && !c.is_whitespace() {
            lines.push(std::mem::take(line));
            used = 0.0;
        }
        line.push(c);
        used += needed;
    }
    Ok(used)
}

/// The text without what is never seen: controls, marks of direction, selectors of variants. Spaces of any width are
/// spaces.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Some(' '),
            '\u{ad}'
            | '\u{34f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0000}'..='\u{e0fff}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}
