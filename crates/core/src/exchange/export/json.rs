//! JSON: the data itself, in the types of the model, within a versioned envelope. What is read back equals what was
//! written, save what is private and was masked or left out.
//!
//! `{"format": "atlas-export", "v": 1, "what", "made", "catalog", "private", "phones", …}`, and then by subject `records`
//! (`[{"ref", "record"}]`), `match`, `offer`, `roadmap`, `portfolio` or `needs`.

use std::io::{self, Write};
use std::ops::ControlFlow;

use serde::Serialize;
use serde_json::{Value, json};

use super::build::{Flow, Stamp};
use super::error::ExportError;
use super::private::Privacy;
use super::subject::Subject;
use crate::api::types::{Happening, NeedView, Portfolio};
use crate::model::{PrivateField, Record, RecordRef};

/// Version of the envelope.
const VERSION: u32 = 1;

/// Why nothing more is written.
pub(super) enum Stopped {
    /// The file does not take it.
    Io(io::Error),
    /// Anything else.
    Export(ExportError),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ExportError> for Stopped {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

/// Writes a subject. `met` are the private fields that it contains, as a look through it found them. Answers the rows.
pub(super) fn write(
    subject: &Subject<'_>,
    now: &str,
    stamp: &Stamp,
    met: &Privacy,
    privacy: &mut Privacy,
    flow: &mut Flow<'_>,
    out: &mut dyn Write,
) -> Result<u32, Stopped> {
    let catalogs: Vec<Value> = stamp
        .catalogs
        .iter()
        .map(|(name, generation, published)| {
            json!({ "name": name, "generation": generation, "published": published })
        })
        .collect();
    let kept: Vec<&str> = met.kept().into_iter().map(PrivateField::as_str).collect();
    let head = json!({
        "format": "atlas-export",
        "v": VERSION,
        "what": subject.name(),
        "made": now,
        "catalog": catalogs,
        "private": kept,
        "phones": if met.phones { "full" } else { "masked" },
    });
    let head = head.to_string();
    out.write_all(head.trim_end_matches('}').as_bytes())?;
    out.write_all(b",\n")?;
    let rows = match subject {
        Subject::Records(records) => {
            let read = |reference: &RecordRef| Ok((records.read)(reference)?);
            list(&records.refs, read, privacy, flow, out)?
        }
        Subject::Record(view) => {
            let refs = std::slice::from_ref(&view.reference);
            list(refs, |_| Ok(Some(view.record.clone())), privacy, flow, out)?
        }
        Subject::Comparison(records) => {
            let refs: Vec<RecordRef> = records.iter().map(|(it, _)| it.clone()).collect();
            let read = |reference: &RecordRef| {
                let found = records.iter().find(|(it, _)| it == reference);
                Ok(found.map(|(_, record)| record.clone()))
            };
            list(&refs, read, privacy, flow, out)?
        }
        Subject::Match(report) => {
            let need = view(&report.view, privacy);
            let value = json!({
                "need": need, "target": report.target, "answer": report.answer,
                "sources": report.sources,
            });
            member("match", &value, out)?;
            report.answer.hits.len()
        }
        Subject::Offer(report) => {
            let value = json!({
                "offer": report.offer, "answer": report.answer, "sources": report.sources,
            });
            member("offer", &value, out)?;
            report.answer.hits.len()
        }
        Subject::Roadmap(report) => {
            let need = view(&report.view, privacy);
            let value = json!({
                "need": need, "roadmap": report.roadmap, "sources": report.sources,
            });
            member("roadmap", &value, out)?;
            report.roadmap.steps.len()
        }
        Subject::Portfolio(report) => {
            member("portfolio", &portfolio(&report.plan, privacy), out)?;
            out.write_all(b",\n")?;
            member("sources", &report.sources, out)?;
            report.plan.needs.len()
        }
        Subject::Needs(board) => {
            let needs: Vec<NeedView> = board.views.iter().map(|it| view(it, privacy)).collect();
            member("needs", &needs, out)?;
            out.write_all(b",\n")?;
            member("sources", &board.sources, out)?;
            needs.len()
        }
    };
    out.write_all(b"}\n")?;
    Ok(u32::try_from(rows).unwrap_or(u32::MAX))
}

fn member(name: &str, value: &impl Serialize, out: &mut dyn Write) -> Result<(), Stopped> {
    write!(out, "\"{name}\":")?;
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    Ok(())
}

/// Records, one a line.
fn list(
    refs: &[RecordRef],
    read: impl Fn(&RecordRef) -> Result<Option<Record>, ExportError>,
    privacy: &mut Privacy,
    flow: &mut Flow<'_>,
    out: &mut dyn Write,
) -> Result<usize, Stopped> {
    let total = u32::try_from(refs.len()).unwrap_or(u32::MAX);
    out.write_all(b"\"records\":[")?;
    let mut rows = 0;
    for (done, reference) in (0..).zip(refs) {
        if flow(done, total) == ControlFlow::Break(()) {
            return Err(ExportError::Cancelled.into());
        }
        let Some(record) = read(reference)? else {
            continue;
        };
        let mut value = serde_json::to_value(&record).map_err(ExportError::fault)?;
        if let Value::Object(object) = &mut value {
            privacy.record(object);
        }
        out.write_all(if rows == 0 { b"\n" } else { b",\n" })?;
        let line = json!({ "ref": reference, "record": value });
        serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
        rows += 1;
    }
    out.write_all(b"\n]")?;
    Ok(rows)
}

/// A need with what is private in it masked or left out.
fn view(view: &NeedView, privacy: &mut Privacy) -> NeedView {
    let mut view = view.clone();
    let form = &mut view.form;
    form.enterprise = if form.masked {
        String::new()
    } else {
        privacy.text(PrivateField::Enterprise, &form.enterprise)
    };
    for text in [
        &mut form.title,
        &mut form.problem,
        &mut form.wanted,
        &mut form.data_text,
    ] {
        *text = privacy.free(text);
    }
    view.text = privacy.text(PrivateField::Letter, &view.text);
    view.note = privacy.text(PrivateField::Note, &view.note);
    view.reason = privacy.text(PrivateField::Note, &view.reason);
    for listed in &mut view.shortlist {
        listed.note = privacy.text(PrivateField::Note, &listed.note);
    }
    for entry in &mut view.history {
        if let Happening::Status { reason, .. } = &mut entry.what {
            *reason = privacy.text(PrivateField::Note, reason);
        }
    }
    view
}

fn portfolio(portfolio: &Portfolio, privacy: &mut Privacy) -> Portfolio {
    let mut portfolio = portfolio.clone();
    for need in portfolio.needs.iter_mut().map(|it| &mut it.need) {
        need.title = privacy.free(&need.title);
        need.reason = privacy.text(PrivateField::Note, &need.reason);
        need.enterprise = if need.masked {
            String::new()
        } else {
            privacy.text(PrivateField::Enterprise, &need.enterprise)
        };
    }
    portfolio
}
