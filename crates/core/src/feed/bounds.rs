//! How deep a record may be nested, how long its texts and lists may be. Raw JSON is carried along unparsed, so nothing else
//! would see it; one pass over the bytes does, and says where the record goes too far.

use super::pack::{MAX_DEPTH, MAX_ITEMS, MAX_TEXT};

/// What is open at some place of a text.
struct Level<'a> {
    list: bool,
    commas: usize,
    /// The field that was named last.
    name: &'a str,
}

/// Where a JSON text that is known to be well-formed goes beyond the limits, and which of them.
pub(super) fn beyond(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let mut open: Vec<Level<'_>> = Vec::with_capacity(MAX_DEPTH);
    // A name, if a colon follows.
    let mut read = "";
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => {
                let (end, length) = text(bytes, at);
                if length > MAX_TEXT {
                    return Some(place(
                        &open,
                        &format!("a text of more than {MAX_TEXT} bytes"),
                    ));
                }
                read = json.get(at..end).unwrap_or_default();
                at = end + 1;
            }
            b'{' | b'[' => {
                if open.len() == MAX_DEPTH {
                    let reason = format!("nested more than {MAX_DEPTH} levels deep");
                    return Some(place(&open, &reason));
                }
                open.push(Level {
                    list: *byte == b'[',
                    commas: 0,
                    name: "",
                });
            }
            b'}' | b']' => {
                open.pop();
            }
            _ => {
                let Some(level) = open.last_mut() else {
                    continue;
                };
                match byte {
                    b':' => level.name = read,
                    b',' => level.commas += 1,
                    _ => {}
                }
                if level.list && level.commas >= MAX_ITEMS {
                    return Some(place(&open, &format!("a list of more than {MAX_ITEMS}")));
                }
            }
        }
    }
    None
}

/// Where a text ends that begins here, and how many bytes it has once it is read.
fn text(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut length) = (from, 0);
    while let Some(byte) = bytes.get(at) {
        let (taken, read) = match byte {
            b'"' => break,
            b'\\' if bytes.get(at + 1) == Some(&b'u') => (6, escaped(bytes.get(at + 2..at + 6))),
            b'\\' => (2, 1),
            _ => (1, 1),
        };
        at += taken;
        length += read;
    }
    (at, length)
}

/// How many bytes a character has that is written as four hexadecimal digits; each half of a pair has half.
fn escaped(digits: Option<&[u8]>) -> usize {
    let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
    match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
        Some(0..=0x7f) => 1,
        Some(0x80..=0x7ff | 0xd800..=0xdfff) => 2,
        _ => 3,
    }
}

/// A reason with its place. Names come from the record and are shown to people: only those that can be names are told.
fn place(open: &[Level<'_>], reason: &str) -> String {
    let names = open.iter().map(|level| level.name).filter(|name| {
        (1..=32).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    let path = names.collect::<Vec<_>>().join(".");
    if path.is_empty() {
        return reason.to_owned();
    }
    format!("{path}: {reason}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(value: &serde_json::Value) -> Option<String> {
        beyond(&value.to_string())
    }

    #[test]
    fn what_is_within_the_limits_passes_up_to_the_last_byte_and_item() {
        assert_eq!(of(&json!({ "a": "x".repeat(MAX_TEXT) })), None);
        assert_eq!(
            of(&json!({ "a": vec!["[,]{:}"; MAX_ITEMS], "b": "\"\\," })),
            None
        );
        let fields: serde_json::Map<_, _> = (0..2 * MAX_ITEMS)
            .map(|n| (format!("f{n}"), json!(n)))
            .collect();
        assert_eq!(of(&fields.into()), None, "fields are no list");
        // Two characters that look long as they are written, and a name as such.
        let written = format!("{{\"a\":\"{}\"}}", "\\u4e2d\\ud83d\\ude00".repeat(9_362));
        assert!(written.len() > 2 * MAX_TEXT);
        assert_eq!(beyond(&written), None, "7 × 9,362 bytes");
    }

    #[test]
    fn what_is_beyond_them_is_told_with_its_place() {
        let long = "x".repeat(MAX_TEXT + 1);
        assert_eq!(
            of(&json!({ "name": { "zh": long } })).unwrap(),
            "name.zh: a text of more than 65536 bytes"
        );
        assert!(beyond(&format!("{{\"a\":\"{}\"}}", "\\u4e2d".repeat(21_846))).is_some());
        assert_eq!(
            of(&json!({ "b": 1, "tags": [vec![0; MAX_ITEMS + 1]] })).unwrap(),
            "tags: a list of more than 1000"
        );
        let deep = format!("{}{}", "[".repeat(MAX_DEPTH + 1), "]".repeat(MAX_DEPTH + 1));
        assert_eq!(beyond(&deep).unwrap(), "nested more than 16 levels deep");
        assert_eq!(
            of(&json!({ "\u{202e}evil": [vec![0; MAX_ITEMS + 1]] })).unwrap(),
            "a list of more than 1000"
        );
    }
}
