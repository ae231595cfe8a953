//! Which fields are private, and how phones are masked. The one list of them: screens mask by it, exports tell by it what
//! they contain and leave out what they are told to.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// Field of an own record with the columns of an imported table that fill no other.
pub const COLUMNS: &str = "columns";

/// Field of an own record that says from which row of which file it came.
pub const IMPORTED: &str = "imported";

/// Something that belongs to a person or stays within the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrivateField {
    /// Name of a contact person.
    Person,
    /// Phone of a contact; shown masked unless asked for.
    Phone,
    /// Mailbox of a contact.
    Email,
    /// Enterprise behind a need of the user's own.
    Enterprise,
    /// Text from which a need was read.
    Letter,
    /// What the user noted: on needs, shortlists, lists and records.
    Note,
}

impl PrivateField {
    /// Every private field, in the order in which screens and documents name them.
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::Phone,
        Self::Email,
        Self::Enterprise,
        Self::Letter,
        Self::Note,
    ];

    /// The field as it crosses the boundary.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Enterprise => "enterprise",
            Self::Letter => "letter",
            Self::Note => "note",
        }
    }

    /// The private field that a key within `contact` of a record is.
    pub fn of_contact(key: &str) -> Option<Self> {
        match key {
            "name" | "person" => Some(Self::Person),
            "phone" | "mobile" | "tel" | "wechat" => Some(Self::Phone),
            "email" => Some(Self::Email),
            _ => None,
        }
    }
}

/// The field of records that holds how to reach somebody.
pub const CONTACT: &str = "contact";
/// The field of records that holds what was confirmed and corrected: a list of objects with `date`, `by`, `source` and, in
/// corrections, the values of fields as `set` and as `former`.
pub const HISTORY: &str = "history";

/// Fewest digits of a phone.
const PHONE_MIN: usize = 7;
/// Digits at the end of a phone that stay.
const LAST: usize = 4;

/// A phone with its middle hidden: `138****1234`. Hotlines of a few digits stay as they are.
pub fn mask_phone(phone: &str) -> String {
    masked(phone, |digits| digits >= PHONE_MIN)
}

/// A text with the mobile numbers in it masked, character by character.
pub fn mask_mobiles(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, number, after)) = next_number(rest) {
        out.push_str(before);
        let inside = before.ends_with(|c: char| c.is_ascii_alphabetic())
            || after.starts_with(|c: char| c.is_ascii_alphabetic());
        if !inside && is_mobile(number) {
            out.push_str(&mask_phone(number));
        } else {
            out.push_str(number);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The next run of digits, with single spaces and dashes between them: what is before it, the run, what is after it.
fn next_number(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(|c| digit(c).is_some())?;
    let mut end = start;
    let mut gap = false;
    for (at, c) in text[start..].char_indices() {
        if digit(c).is_some() {
            end = start + at + c.len_utf8();
            gap = false;
        } else if gap || !matches!(c, ' ' | '-' | '－' | '–' | '\u{a0}') {
            break;
        } else {
            gap = true;
        }
    }
    Some((&text[..start], &text[start..end], &text[end..]))
}

fn is_mobile(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(digit).collect();
    let plain = match digits.as_slice() {
        [8, 6, rest @ ..] | [0, 0, 8, 6, rest @ ..] if rest.len() == 11 => rest,
        all => all,
    };
    matches!(plain, [1, 3..=9, ..]) && plain.len() == 11
}

fn masked(text: &str, applies: impl Fn(usize) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, number, after)) = next_number(rest) {
        out.push_str(before);
        let digits = number.chars().filter(|c| digit(*c).is_some()).count();
        // The country's prefix is not part of what tells one phone from another.
        let first = match digits {
            15.. => 7,
            13 | 14 => 5,
            10..=12 => 3,
            _ => 0,
        };
        let mut seen = 0;
        for c in number.chars() {
            let hidden = digit(c).is_some() && {
                seen += 1;
                applies(digits) && seen > first && seen + LAST <= digits
            };
            out.push(if hidden { '*' } else { c });
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - 0xff10),
        _ => None,
    }
}

/// Tells every text within the contact of a record, and within the corrections of it, as JSON, with the private field that it is; what `keep` answers stays
/// in its place, and nothing where it answers nothing.
pub fn contact_of(
    record: &mut Map<String, Value>,
    keep: &mut dyn FnMut(PrivateField, &str) -> Option<String>,
) {
    if let Some(contact) = record.get_mut(CONTACT) {
        walk(contact, None, keep);
    }
    // A correction of the contact holds it as well, as it is and as it was.
    let history = record.get_mut(HISTORY).and_then(Value::as_array_mut);
    for entry in history.into_iter().flatten() {
        for part in ["set", "former"] {
            if let Some(contact) = entry.get_mut(part).and_then(|part| part.get_mut(CONTACT)) {
                walk(contact, None, keep);
            }
        }
    }
}

fn walk(
    value: &mut Value,
    field: Option<PrivateField>,
    keep: &mut dyn FnMut(PrivateField, &str) -> Option<String>,
) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| {
                walk(value, PrivateField::of_contact(key).or(field), keep);
                !value.is_null()
            });
        }
        Value::Array(values) => {
            for value in values.iter_mut() {
                walk(value, field, keep);
            }
            values.retain(|value| !value.is_null());
        }
        Value::String(text) => {
            if let Some(field) = field {
                *value = keep(field, text).map_or(Value::Null, Value::String);
            }
        }
        Value::Number(number) => {
            if let Some(field) = field {
                *value = keep(field, &number.to_string()).map_or(Value::Null, Value::String);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_phone_is_hidden_in_any_dress() {
        for (phone, shown) in [
            ("13800138000", "138****8000"),
            ("138-0013-8000", "138-****-8000"),
            ("+86 138 0013 8000", "+86 138 **** 8000"),
            ("1３８００１３８０００", "1３８****８０００"),
            ("010-62781234", "010-****1234"),
            ("62781234", "****1234"),
            ("12345", "12345"),
            (
                "王工 13800138000 / 010-62781234",
                "王工 138****8000 / 010-****1234",
            ),
        ] {
            assert_eq!(mask_phone(phone), shown);
        }
    }

    #[test]
    fn mobiles_in_a_text_are_masked_and_other_numbers_stay() {
        assert_eq!(
            mask_mobiles("预算2000000元，联系13800138000，证号91320000MA1K13800138000"),
            "预算2000000元，联系138****8000，证号91320000MA1K13800138000"
        );
        let text = "王工 １３８-００１３ 8000，备用 +86 139 0013 9000";
        assert_eq!(
            mask_mobiles(text),
            "王工 １３８-**** 8000，备用 +86 139 **** 9000"
        );
        assert_eq!(mask_mobiles(text).chars().count(), text.chars().count());
        assert_eq!(
            mask_mobiles("2026-11-28 至 2027-01-01"),
            "2026-11-28 至 2027-01-01"
        );
    }

    #[test]
    fn a_contact_is_told_part_by_part() {
        let mut record = serde_json::json!({
            "id": "x", "phone": "1",
            "contact": {"name": "测试员", "phone": ["13800138000"], "consent": {"date": "2026-01-01"}},
        });
        let mut told = Vec::new();
        let map = record.as_object_mut().unwrap();
        contact_of(map, &mut |field, text| {
            told.push((field, text.to_owned()));
            (field == PrivateField::Phone).then(|| mask_phone(text))
        });
        assert_eq!(told.len(), 2);
        assert_eq!(
            record["contact"],
            serde_json::json!({"phone": ["138****8000"], "consent": {"date": "2026-01-01"}})
        );
    }

    #[test]
    fn a_contact_is_also_found_in_the_corrections_of_it() {
        let mut record = serde_json::json!({ "history": [
            { "by": "夹具", "set": { "contact": { "phone": "13800138000" }, "city": "甲市" },
              "former": { "contact": { "phone": "13900139000" }, "city": null } },
            { "by": "夹具" },
        ]});
        contact_of(record.as_object_mut().unwrap(), &mut |_, text| {
            Some(mask_phone(text))
        });
        let entry = &record["history"][0];
        assert_eq!(entry["set"]["contact"]["phone"], "138****8000");
        assert_eq!(entry["former"]["contact"]["phone"], "139****9000");
        assert_eq!(entry["set"]["city"], "甲市");
    }
}
