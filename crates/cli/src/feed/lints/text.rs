//! Characters: nothing that hides, turns or breaks text, and one form for what looks the same.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use super::{Draft, Finding, Rule};

/// Control characters, and those that turn the direction of writing or hide.
pub(crate) fn is_forbidden(c: char) -> bool {
    crate::catalog::is_forbidden(c)
}

/// Checks every text of a draft.
pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    for (field, value) in &draft.fields {
        walk(value, field, &mut |path, text| {
            let mut report = |rule| {
                let finding = Finding::new(rule, &draft.place, path, text, String::new());
                findings.push(finding.about(draft));
            };
            if text
                .chars()
                .any(|c| is_forbidden(c) && c != '\n' && c != '\t')
            {
                report(Rule::ControlCharacter);
            }
            if text.nfc().ne(text.chars()) {
                report(Rule::NotNormal);
            }
        });
    }
}

/// Visits every text below a value, with its path.
pub(super) fn walk(value: &Value, path: &str, visit: &mut impl FnMut(&str, &str)) {
    match value {
        Value::String(text) => visit(path, text),
        Value::Array(items) => items.iter().for_each(|item| walk(item, path, visit)),
        Value::Object(fields) => {
            for (name, value) in fields {
                walk(value, &format!("{path}.{name}"), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
