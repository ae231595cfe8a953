//! Reads the text of a PDF as a reader does who copies it: glyphs by the `ToUnicode` map of their font, in the order of the
//! page, and `ActualText` where a page says it.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

/// Glyph → text, by font.
type Maps = BTreeMap<Vec<u8>, BTreeMap<u16, String>>;

/// The text of each page, without spaces and line ends: those depend on where lines broke.
pub fn pages(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).expect("a PDF");
    let pages = document.get_pages();
    pages
        .values()
        .map(|page| text_of(&document, *page))
        .collect()
}

/// A text without spaces and line ends.
pub fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text_of(document: &Document, page: lopdf::ObjectId) -> String {
    let fonts = document.get_page_fonts(page).expect("fonts of the page");
    let maps: Maps = fonts
        .into_iter()
        .map(|(name, font)| (name, map(document, font)))
        .collect();
    let content =
        Content::decode(&document.get_page_content(page)).expect("operations of the page");
    let mut text = String::new();
    let mut font = None;
    // What is drawn within `ActualText` is not read; spans may stand in one another.
    let mut spans: Vec<bool> = Vec::new();
    for Operation { operator, operands } in &content.operations {
        match operator.as_str() {
            "Tf" => font = operands[0].as_name().ok().and_then(|name| maps.get(name)),
            "BDC" | "BMC" => {
                let actual = operands
                    .get(1)
                    .and_then(|properties| properties.as_dict().ok())
                    .and_then(|properties| properties.get(b"ActualText").ok());
                if let Some(actual) = actual {
                    text.push_str(&string(actual));
                }
                spans.push(actual.is_some());
            }
            "EMC" => {
                spans.pop();
            }
            "Tj" | "TJ" if !spans.contains(&true) => {
                let map = font.expect("a font before a text");
                glyphs(&operands[0], map, &mut text);
            }
            _ => {}
        }
    }
    dense(&text)
}

fn glyphs(shown: &Object, map: &BTreeMap<u16, String>, text: &mut String) {
    match shown {
        Object::Array(parts) => {
            for part in parts {
                glyphs(part, map, text);
            }
        }
        Object::String(bytes, _) => {
            for pair in bytes.chunks_exact(2) {
                let glyph = u16::from_be_bytes([pair[0], pair[1]]);
                text.push_str(map.get(&glyph).map_or("\u{fffd}", String::as_str));
            }
        }
        _ => {}
    }
}

/// A text string: UTF-16 with its mark, or bytes.
fn string(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(wide) => utf16(wide),
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(&units)
}

/// The `ToUnicode` map of a font: `<glyph> <text>` and `<from> <to> <text>` lines.
fn map(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font
        .get(b"ToUnicode")
        .and_then(|object| document.dereference(object))
        .expect("a map to Unicode");
    let stream = stream.1.as_stream().expect("a stream");
    let text = stream
        .decompressed_content()
        .unwrap_or_else(|_| stream.content.clone());
    let text = String::from_utf8_lossy(&text);
    let mut map = BTreeMap::new();
    let mut ranges = false;
    for line in text.lines() {
        if line.ends_with("beginbfrange") {
            ranges = true;
        } else if line.ends_with("beginbfchar") {
            ranges = false;
        }
        let codes: Vec<Vec<u8>> = line
            .split('<')
            .skip(1)
            .filter_map(|part| hex(part.split('>').next()?))
            .collect();
        match codes.as_slice() {
            [glyph, text] if !ranges && glyph.len() == 2 => {
                map.insert(u16::from_be_bytes([glyph[0], glyph[1]]), utf16(text));
            }
            [from, to, text] if ranges && from.len() == 2 && to.len() == 2 => {
                let (from, to) = (
                    u16::from_be_bytes([from[0], from[1]]),
                    u16::from_be_bytes([to[0], to[1]]),
                );
                let mut text = text.clone();
                for glyph in from..=to {
                    map.insert(glyph, utf16(&text));
                    if let Some(last) = text.last_mut() {
                        *last = last.wrapping_add(1);
                    }
                }
            }
            _ => {}
        }
    }
    map
}

fn hex(text: &str) -> Option<Vec<u8>> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}
