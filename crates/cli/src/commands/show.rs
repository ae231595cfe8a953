//! `atlas show`: a record with its facts, sources and relations.

use std::process::ExitCode;

use atlas_core::api::types::{ContactView, RecordView, Revision};
use atlas_core::model::private::mask_phone;
use atlas_core::model::{PrivateField, Record, Source};
use serde_json::{Value, json};

use crate::args::{Args, Language};
use crate::output::{Failure, Output};
use crate::texts::{pick, term, text};

/// Fields that are printed in their own place, not in the list of facts.
const OWN_PLACE: &[&str] = &[
    "id", "kind", "name", "sources", "links", "lists", "inferred", "doubts", "outcomes", "notes",
    "same_as", "clauses", "targets", "contact", "history",
];

/// Prints a record, or the whole view as JSON.
pub fn show(args: &Args, reference: &str, output: &mut Output) -> Result<ExitCode, Failure> {
    if reference.parse::<atlas_core::model::RecordRef>().is_err() {
        return Err(Failure::Usage(format!("{reference}: feed/kind/id")));
    }
    let (app, _) = super::open(args, output)?;
    let view: RecordView = super::query(&app, "get_record", json!({ "ref": reference }))?;
    if output.json {
        output.value(&view)?;
    } else {
        print(&view, output)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(view: &RecordView, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let head = view.record.head();
    let names: Vec<&str> = head.name.all().collect();
    output.line(&names.join(" · "))?;
    let status = head
        .status()
        .map(|status| term(language, "status", status.code()))
        .unwrap_or_default();
    output.line(&format!(
        "{} · {status} · {}",
        term(language, "kind", view.record.kind().as_str()),
        view.reference
    ))?;
    for doubt in &head.doubts {
        output.line(&format!(
            "! {} {}",
            doubt.field.as_deref().unwrap_or_default(),
            text(language, &doubt.text)
        ))?;
    }
    print_facts(&view.record, output)?;
    if let Some(contact) = &view.contact {
        print_contact(contact, output)?;
    }
    for outcome in &head.outcomes {
        let part = |prefix: &str, value: &Option<String>| {
            value
                .as_ref()
                .map(|value| format!("{prefix}{value}"))
                .unwrap_or_default()
        };
        output.line(&format!(
            "  {} {}{}{} [{}]",
            outcome.metric,
            part("", &outcome.value),
            part("", &outcome.unit),
            part(pick(language, "，基线 ", ", baseline "), &outcome.baseline),
            outcome.sources.join(" ")
        ))?;
    }
    if let Record::Document(document) = &view.record {
        for clause in &document.clauses {
            output.line(&format!(
                "  {} {}",
                clause.key,
                text(language, &clause.title)
            ))?;
        }
        for target in &document.targets {
            let by = target
                .by
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            output.line(&format!(
                "  {} {} {by}",
                text(language, &target.what),
                target.value
            ))?;
        }
    }
    for link in &view.links {
        let label = relation(language, link.rel.as_str(), link.forward);
        output.line(&format!(
            "  {label}: {} ({})",
            text(language, &link.name),
            link.reference
        ))?;
    }
    for source in &head.sources {
        print_source(source, output)?;
    }
    for revision in &view.history {
        print_revision(revision, output)?;
    }
    Ok(())
}

/// How to reach the organisation; phones are masked.
fn print_contact(contact: &ContactView, output: &mut Output) -> Result<(), Failure> {
    for part in &contact.parts {
        let text = match part.private {
            Some(PrivateField::Phone) => mask_phone(&part.text),
            _ => part.text.clone(),
        };
        output.line(&format!("  {}: {text}", part.field))?;
    }
    if let Some(date) = &contact.consent {
        let said = pick(output.language, "同意公开", "published with consent");
        output.line(&format!("  {said} {date} [{}]", contact.source))?;
    }
    Ok(())
}

/// What was confirmed or corrected, on one line.
fn print_revision(revision: &Revision, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let done = match revision.changes.as_slice() {
        [] => pick(language, "确认", "confirmed"),
        _ => pick(language, "更正", "corrected"),
    };
    let date = revision.date.as_ref().map(ToString::to_string);
    let changes: Vec<String> = revision
        .changes
        .iter()
        .map(|change| {
            let value = |value: &Option<Value>| match value {
                Some(value) => plain(language, &change.field, value),
                None => "–".to_owned(),
            };
            format!(
                "{}: {} → {}",
                change.field,
                value(&change.old),
                value(&change.new)
            )
        })
        .collect();
    let parts = [
        date.unwrap_or_default(),
        done.to_owned(),
        revision.by.clone(),
        format!("[{}]", revision.source),
        changes.join("; "),
    ];
    let text: Vec<String> = parts
        .into_iter()
        .filter(|part| !part.is_empty() && part != "[]")
        .collect();
    output.line(&format!("  {}", text.join(" ")))
}

fn print_facts(record: &Record, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let Ok(Value::Object(fields)) = serde_json::to_value(record) else {
        return Ok(());
    };
    for (field, value) in &fields {
        if OWN_PLACE.contains(&field.as_str()) {
            continue;
        }
        let inferred = if record.head().is_inferred(field) {
            pick(language, "（推断）", " (inferred)")
        } else {
            ""
        };
        output.line(&format!(
            "  {field}{inferred}: {}",
            plain(language, field, value)
        ))?;
    }
    Ok(())
}

/// A value in the language of the reader; codes by their names.
fn plain(language: Language, field: &str, value: &Value) -> String {
    match value {
        Value::String(code) => {
            let name = term(language, field, code);
            if name == *code {
                name
            } else {
                format!("{name} ({code})")
            }
        }
        Value::Array(values) => values
            .iter()
            .map(|value| plain(language, field, value))
            .collect::<Vec<_>>()
            .join(pick(language, "、", ", ")),
        Value::Object(fields) => {
            let preferred = match language {
                Language::Zh => ["zh", "en", "text"],
                Language::En => ["en", "zh", "text"],
            };
            match preferred.iter().find_map(|key| fields.get(*key)?.as_str()) {
                Some(text) => text.to_owned(),
                None => value.to_string(),
            }
        }
        other => other.to_string(),
    }
}

/// The label of a relation, read forwards or backwards.
fn relation(language: Language, rel: &str, forward: bool) -> String {
    let backwards = atlas_core::model::Taxonomies::bundled()
        .term("relation", rel)
        .and_then(|term| term.note.as_ref());
    match backwards {
        Some(note) if !forward => text(language, note).to_owned(),
        _ => term(language, "relation", rel),
    }
}

fn print_source(source: &Source, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let parts = [
        source.title.clone().unwrap_or_default(),
        source.issuer.clone().unwrap_or_default(),
        source
            .date
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        source.cited.clone(),
        source
            .official
            .clone()
            .map(|official| format!("{} {official}", pick(language, "官方", "official")))
            .unwrap_or_default(),
        term(language, "status", source.status.code()),
        format!("{} {}", pick(language, "核对于", "checked"), source.checked),
    ];
    let text = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    output.line(&format!("  [{}] {text}", source.key))
}
