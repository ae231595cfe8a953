//! `atlas show`: a record with its facts, sources and relations.

mod facts;
mod parts;

use std::process::ExitCode;

use atlas_core::api::types::{ContactView, RecordView, Revision};
use atlas_core::model::private::mask_phone;
use atlas_core::model::{Kind, PrivateField, Record, Source};
use serde_json::{Value, json};

pub use self::facts::label;
use self::parts::is_twin;
use super::reference;
use crate::args::{Args, Language};
use crate::output::{Failure, Output};
use crate::texts::{feeds::twin as twin_says, mark, pick, term, text, verification};

/// Prints a record, or the whole view as JSON.
pub fn show(args: &Args, text: &str, output: &mut Output) -> Result<ExitCode, Failure> {
    let typed = reference::typed(text, output.language)?;
    let (app, _) = super::open(args, output)?;
    let reference = typed.find(&app, output.language)?;
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
    let (head, kind) = (view.record.head(), view.record.kind());
    let names: Vec<&str> = head.name.all().collect();
    output.line(&names.join(" · "))?;
    let status = verification(language, &view.reference, head.status());
    output.line(&format!(
        "{} · {status} · {}",
        term(language, "kind", kind.as_str()),
        view.reference
    ))?;
    if view.gone {
        output.line(pick(
            language,
            "! 已不在目录中；以下是收藏时留下的内容。",
            "! No longer in the catalog; this is the copy kept with the favourite.",
        ))?;
    }
    for doubt in &head.doubts {
        let field = doubt.field.as_deref();
        let field = field.map(|field| format!("{}: ", facts::label(language, kind, field)));
        output.line(&format!(
            "! {}{}",
            field.unwrap_or_default(),
            text(language, &doubt.text)
        ))?;
    }
    for twin in &view.twins {
        output.line(&format!("  {}", twin_says(language, &view.reference, twin)))?;
    }
    facts::print(&view.record, output)?;
    if let Some(contact) = &view.contact {
        print_contact(contact, kind, output)?;
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
    match &view.record {
        Record::Document(document) => parts::document(document, output)?,
        Record::List(list) => parts::entries(&list.entries, output)?,
        _ => {}
    }
    parts::lists(view, output)?;
    parts::remarks(view, output)?;
    for link in view.links.iter().filter(|link| !is_twin(view, link)) {
        let label = relation(language, link.rel.as_str(), link.forward);
        output.line(&format!(
            "  {label}{}: {} ({})",
            mark(language, link.inferred.is_some()),
            text(language, &link.name),
            link.reference
        ))?;
    }
    for source in &head.sources {
        print_source(source, head.is_inferred("sources.issuer"), output)?;
    }
    for revision in &view.history {
        print_revision(revision, kind, output)?;
    }
    Ok(())
}

/// How to reach the organisation; phones are masked.
fn print_contact(contact: &ContactView, kind: Kind, output: &mut Output) -> Result<(), Failure> {
    for part in &contact.parts {
        let text = match part.private {
            Some(PrivateField::Phone) => mask_phone(&part.text),
            _ => part.text.clone(),
        };
        let path = format!("contact.{}", part.field);
        let label = match facts::label(output.language, kind, &path) {
            unknown if unknown == path => part.field.clone(),
            label => label,
        };
        output.line(&format!("  {label}: {text}"))?;
    }
    if let Some(date) = &contact.consent {
        let said = pick(output.language, "同意公开", "published with consent");
        output.line(&format!("  {said} {date} [{}]", contact.source))?;
    }
    Ok(())
}

/// What was confirmed or corrected, on one line.
fn print_revision(revision: &Revision, kind: Kind, output: &mut Output) -> Result<(), Failure> {
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
                Some(value) => facts::plain(language, kind, &change.field, value),
                None => "–".to_owned(),
            };
            format!(
                "{}: {} → {}",
                facts::label(language, kind, &change.field),
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

fn print_source(source: &Source, inferred: bool, output: &mut Output) -> Result<(), Failure> {
    let language = output.language;
    let issuer = source.issuer.as_ref();
    let parts = [
        source.title.clone().unwrap_or_default(),
        issuer
            .map(|issuer| format!("{issuer}{}", mark(language, inferred)))
            .unwrap_or_default(),
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
