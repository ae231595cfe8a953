//! Personal data: mobile numbers and mailboxes of persons have no place in a public feed.
//!
//! What an organisation publishes as its contact, with its consent, stands in the field `contact` with the day of the
//! consent and the source that holds it, and passes. Everywhere else, mailboxes of free providers and of persons
//! and numbers that only mobile phones have are refused.

use atlas_core::model::Kind;
use serde_json::Value;

use super::text::walk;
use super::{Draft, Finding, Rule};

/// Providers of mailboxes for persons.
const FREE: &[&str] = &[
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "126.com",
    "yeah.net",
    "188.com",
    "139.com",
    "189.cn",
    "wo.cn",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "aliyun.com",
    "21cn.com",
    "tom.com",
    "gmail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "live.cn",
    "msn.com",
    "yahoo.com",
    "yahoo.cn",
    "icloud.com",
    "me.com",
    "proton.me",
];
/// Names before the `@` that stand for an office and not for a person.
const OFFICES: &[&str] = &[
    "admin",
    "ai",
    "bd",
    "business",
    "center",
    "contact",
    "cooperation",
    "data",
    "feedback",
    "hello",
    "help",
    "hr",
    "info",
    "mail",
    "market",
    "marketing",
    "media",
    "news",
    "office",
    "partner",
    "policy",
    "pr",
    "press",
    "public",
    "sales",
    "service",
    "services",
    "support",
    "tech",
    "webmaster",
    "zsb",
    "bgs",
];
/// Fields with addresses and identifiers, where long numbers are no phones.
const NO_TEXT: &[&str] = &["cited", "official", "website", "credit_code", "key", "id"];

/// Checks every text of a draft.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    let mut report = |rule, field: &str, value: &str| {
        findings.push(Finding::new(rule, &draft.place, field, value, String::new()).about(draft));
    };
    let kind = draft
        .fields
        .get("kind")
        .and_then(Value::as_str)
        .and_then(Kind::parse);
    let organisation = matches!(kind, Some(Kind::Enterprise | Kind::Provider | Kind::Base));
    for (field, value) in &draft.fields {
        if field == "contact" && organisation {
            let there = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
            let consent = &value["consent"];
            if !there(&consent["date"]) || !there(&consent["source"]) {
                report(Rule::NoConsent, "contact", &value.to_string());
            }
            continue;
        }
        walk(value, field, &mut |path, text| {
            let last = path.rsplit('.').next().unwrap_or(path);
            if NO_TEXT.contains(&last) {
                return;
            }
            for phone in mobiles(text) {
                report(Rule::PersonalPhone, path, &phone);
            }
            for mailbox in mailboxes(text).filter(|mailbox| is_personal(mailbox)) {
                report(Rule::PersonalMailbox, path, mailbox);
            }
        });
    }
}

/// The mobile numbers in a text, also those written in groups, in full-width digits or with the country's prefix.
fn mobiles(text: &str) -> Vec<String> {
    let plain: Vec<char> = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '－' | '–' | '‑' | '\u{a0}' => '-',
            other => other,
        })
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        if !plain[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = String::new();
        while at < plain.len() {
            let next = plain.get(at + 1);
            match plain[at] {
                c if c.is_ascii_digit() => digits.push(c),
                ' ' | '-' if next.is_some_and(char::is_ascii_digit) => {}
                _ => break,
            }
            at += 1;
        }
        let letter = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
        let inside = (start > 0 && letter(plain.get(start - 1))) || letter(plain.get(at));
        let number = match digits.len() {
            13 => digits.strip_prefix("86"),
            15 => digits.strip_prefix("0086"),
            _ => Some(digits.as_str()),
        };
        let mobile = number.is_some_and(|number| {
            let bytes = number.as_bytes();
            bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1])
        });
        if mobile && !inside {
            found.push(plain[start..at].iter().collect());
        }
    }
    found
}

/// The mailboxes in a text.
fn mailboxes(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    text.match_indices('@').filter_map(move |(at, _)| {
        let before = text[..at].rfind(|c| !part(c)).map_or(0, |found| {
            found + text[found..].chars().next().map_or(1, char::len_utf8)
        });
        let after = text[at + 1..]
            .find(|c| !part(c))
            .map_or(text.len(), |found| at + 1 + found);
        let mailbox = text[before..after].trim_end_matches('.');
        let (name, domain) = mailbox.split_once('@')?;
        // `mAP@0.5` is a measure: the last part of a domain has letters.
        let top = domain.rsplit_once('.')?.1;
        let letters = top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        (!name.is_empty() && letters).then_some(mailbox)
    })
}

fn is_personal(mailbox: &str) -> bool {
    let mailbox = mailbox.to_lowercase();
    let Some((name, domain)) = mailbox.split_once('@') else {
        return false;
    };
    let office = name
        .split(['.', '-', '_'])
        .any(|word| OFFICES.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit())));
    FREE.contains(&domain) || !office
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_number_is_found_in_any_dress_and_other_numbers_are_none() {
        for dress in [
            "联系13800138000",
            "138-0013-8000",
            "+86 138 0013 8000",
            "1３８００１３８０００",
            "8613800138000。",
        ] {
            assert_eq!(mobiles(dress).len(), 1, "{dress}");
        }
        for other in [
            "010-62781234",
            "91320000MA1K13800138000",
            "2025-11-24",
            "12345678901",
            "处理13800138000123条",
            "400-800-1234",
        ] {
            assert_eq!(mobiles(other), Vec::<String>::new(), "{other}");
        }
    }

    #[test]
    fn a_mailbox_of_a_person_is_told_from_one_of_an_office() {
        let found = |text| mailboxes(text).filter(|it| is_personal(it)).count();
        assert_eq!(found("请寄 zhang.san@fixture.example，或电话"), 1);
        assert_eq!(found("12345678@qq.com"), 1);
        assert_eq!(found("info@fixture.example、sales2@fixture.example"), 0);
        assert_eq!(found("准确率@95%，mAP@0.5"), 0);
    }
}
