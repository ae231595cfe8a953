//! Names that look like another one: a Cyrillic А in place of a Latin one fools every reader.

use std::collections::BTreeMap;

use unicode_security::confusable_detection::skeleton;

use super::{Checked, Finding, Rule};

/// Compares the names within each kind by what they look like.
pub(super) fn check(checked: &[Checked<'_>], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(&str, String), (&str, &Checked<'_>)> = BTreeMap::new();
    for record in checked {
        let kind = record.record.kind().as_str();
        let names = &record.record.head().name;
        for name in names.zh.iter().chain(&names.en) {
            let looks: String = skeleton(name).collect();
            match seen.get(&(kind, looks.clone())) {
                Some((other, first)) if *other != name => {
                    let detail = format!("{other} ({})", first.draft.reference());
                    findings.push(record.finding(Rule::Confusable, "name", name, detail));
                }
                Some(_) => {}
                None => {
                    seen.insert((kind, looks), (name.as_str(), record));
                }
            }
        }
    }
}
