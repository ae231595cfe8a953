//! What stands in its own place: notes, other records of the same thing, lists, and what documents and lists hold.

use atlas_core::api::types::{LinkView, RecordView};
use atlas_core::model::{Code, Date, Document, ListEntry, RecordRef, Support, Target, Text};

use crate::args::Language;
use crate::output::{Failure, Output};
use crate::texts::{mark, pick, records as says, term, terms, text};

/// Prints what a list says of the record beyond that it stands there, which is a link.
pub fn lists(view: &RecordView, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let label = says::field(language, "lists");
    for membership in &view.record.head().lists {
        let name = view.lists.get(&membership.list);
        let name = name.map_or(membership.list.as_str(), |name| text(language, name));
        let marked = |field| mark(language, view.record.head().is_inferred(field));
        let number = membership.no.map(|number| match language {
            Language::Zh => format!("第 {number} 号{}", marked("lists.no")),
            Language::En => format!("no. {number}{}", marked("lists.no")),
        });
        let group = membership.group.as_ref();
        let more = joined([
            number,
            group.map(|group| format!("{group}{}", marked("lists.group"))),
            labelled(language, "score", membership.score.as_deref()),
        ]);
        if !more.is_empty() {
            let source = &membership.source;
            output.line(&format!("  {label}: {name} · {more} [{source}]"))?;
        }
    }
    Ok(())
}

/// Prints remarks, and the records of the same thing that are not here: those that are were told before.
pub fn remarks(view: &RecordView, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let head = view.record.head();
    for note in &head.notes {
        let label = says::field(language, "notes");
        output.line(&format!("  {label}: {}", text(language, note)))?;
    }
    let here = |same: &RecordRef| view.twins.iter().any(|twin| twin.reference == *same);
    for same in head.same_as.iter().filter(|same| !here(same)) {
        let label = says::field(language, "same_as");
        output.line(&format!("  {label}: {same}"))?;
    }
    Ok(())
}

/// Whether a link says no more than that two records are of the same thing, which was told before.
pub fn is_twin(view: &RecordView, link: &LinkView) -> bool {
    link.rel.as_str() == "same_as"
        && view
            .twins
            .iter()
            .any(|twin| twin.reference == link.reference)
}

/// Prints clauses, targets and support of a document.
pub fn document(document: &Document, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    for clause in &document.clauses {
        output.line(&format!(
            "  {} {}",
            clause.key,
            text(language, &clause.title)
        ))?;
        if let Some(summary) = &clause.summary {
            output.line(&format!("      {}", text(language, summary)))?;
        }
    }
    let label = says::field(language, "targets");
    for one in &document.targets {
        output.line(&format!("  {label}: {}", target(language, one)))?;
    }
    let label = says::field(language, "support");
    for one in &document.support {
        output.line(&format!("  {label}: {}", support(language, one)))?;
    }
    Ok(())
}

/// Prints the entries of a list that are no records of their own.
pub fn entries(entries: &[ListEntry], output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let label = says::field(language, "entries");
    for entry in entries {
        let parts = [
            Some(entry.name.clone()),
            region(language, entry.region.as_slice()),
            entry.date.as_ref().map(ToString::to_string),
            entry.note.clone(),
        ];
        output.line(&format!("  {label}: {} [{}]", joined(parts), entry.source))?;
    }
    Ok(())
}

/// A target: what, the figure with its unit, until when.
fn target(language: Language, target: &Target) -> String {
    let unit = match &target.unit {
        Some(unit) => {
            let space = pick(language, "", " ");
            format!("{space}{}", text(language, unit))
        }
        None => String::new(),
    };
    let by = target.by.as_ref().map(|by| match language {
        Language::Zh => format!("到 {by}"),
        Language::En => format!("by {by}"),
    });
    let what = format!("{} {}{unit}", text(language, &target.what), target.value);
    joined([Some(what), by])
}

/// A support measure: what kind, how much, for whom, where, until when.
fn support(language: Language, support: &Support) -> String {
    let kind = support.kind.as_str();
    let localized = |field, value: &Option<Text>| {
        labelled(
            language,
            field,
            value.as_ref().map(|value| text(language, value)),
        )
    };
    let place = region(language, &support.region);
    let deadline = support.deadline.as_ref().map(Date::to_string);
    joined([
        Some(format!("{} ({kind})", term(language, "support_kind", kind))),
        localized("amount", &support.amount),
        localized("eligible", &support.eligible),
        Some(place.unwrap_or_else(|| pick(language, "全国", "nationwide").to_owned())),
        labelled(language, "deadline", deadline.as_deref()),
    ])
}

fn region(language: Language, codes: &[Code]) -> Option<String> {
    (!codes.is_empty()).then(|| terms(language, "region", codes))
}

fn labelled(language: Language, field: &str, value: Option<&str>) -> Option<String> {
    let colon = pick(language, "：", ": ");
    value.map(|value| format!("{}{colon}{value}", says::field(language, field)))
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}
