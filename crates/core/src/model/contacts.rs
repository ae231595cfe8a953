//! Who stands behind a text: names, phone numbers and mailboxes in it, hidden where somebody is not to be named.

/// What stands for words that stay at home.
const MASK: &str = "**";

/// Puts the mask in place of a name. A single letter is no name that could be told from the rest of a text.
pub fn hide_name(text: &str, name: &str) -> String {
    let name = name.trim();
    if name.chars().count() > 1 {
        text.replace(name, MASK)
    } else {
        text.to_owned()
    }
}

/// Puts the mask in place of phone numbers and mailboxes.
pub fn hide_contacts(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut hidden = String::new();
    let mut at = 0;
    while at < chars.len() {
        let begins = at == 0 || !is_word(chars[at - 1]);
        if begins && let Some(end) = mailbox(&chars, at).or_else(|| phone(&chars, at)) {
            hidden.push_str(MASK);
            at = end;
        } else {
            hidden.push(chars[at]);
            at += 1;
        }
    }
    hidden
}

/// What a mailbox or number may go on with.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._%+-".contains(c)
}

/// Where a mailbox that begins here ends.
fn mailbox(chars: &[char], at: usize) -> Option<usize> {
    let end = |from: usize| {
        let rest = chars[from..].iter();
        from + rest.take_while(|c| is_word(**c)).count()
    };
    let name = end(at);
    if name == at || chars.get(name) != Some(&'@') {
        return None;
    }
    let domain = end(name + 1);
    let top = chars[name + 1..domain].iter().rposition(|c| *c == '.')?;
    let letters = &chars[name + 1 + top + 1..domain];
    (letters.len() > 1 && letters.iter().all(char::is_ascii_alphabetic)).then_some(domain)
}

/// Where a phone number that begins here ends: a mobile one, one with an area code, or one of 400 and 800.
fn phone(chars: &[char], at: usize) -> Option<usize> {
    let mut digits = String::new();
    let mut groups = 1;
    let mut end = at;
    let plus = usize::from(chars.get(at) == Some(&'+'));
    let mut next = at + plus;
    while let Some(c) = chars.get(next) {
        let after = chars.get(next + 1).is_some_and(|c| value(*c).is_some());
        match value(*c) {
            Some(digit) => digits.push(digit),
            None if "- –－".contains(*c) && after && !digits.is_empty() => groups += 1,
            None => break,
        }
        next += 1;
        end = next;
    }
    if chars.get(end).is_some_and(char::is_ascii_alphabetic) {
        return None;
    }
    let number = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86"))
        .unwrap_or(&digits);
    let bytes = number.as_bytes();
    let mobile = bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]);
    let fixed = groups > 1 && (10..=12).contains(&bytes.len()) && bytes[0] == b'0';
    let service = bytes.len() == 10 && (number.starts_with("400") || number.starts_with("800"));
    (mobile || fixed || service && groups > 1).then_some(end)
}

/// A digit, also a full-width one.
fn value(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_hidden_in_any_dress_and_figures_stay() {
        for contact in [
            "13800138000",
            "+86 138-0013-8000",
            "1３８００１３８０００",
            "010-62781234",
            "0755 2678 1234",
            "400-800-1234",
            "zhang@fixture.example",
        ] {
            assert_eq!(
                hide_contacts(&format!("联系{contact}，")),
                "联系**，",
                "{contact}"
            );
        }
        for figure in [
            "年产10000000件",
            "2026-11-25",
            "mAP@0.5",
            "91320000MA1K138001",
            "3-5人",
            "12345678901",
            "0.95-0.98",
        ] {
            assert_eq!(hide_contacts(figure), figure);
        }
    }
}
