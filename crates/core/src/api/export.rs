//! Gathers what is exported, and writes it into the file that the host names.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::App;
use super::app::display;
use super::bundle::file_name;
use super::matching::{match_need, match_offer, match_start, not_found, refused};
use super::open::Opened;
use super::portfolio::match_portfolio;
use super::queries::get_record;
use super::types::{
    ApiError, ErrorCode, Event, ExportPreview, ExportProgress, ExportRequest, ExportWhat, Exported,
    MatchRecord, NeedRequest, NeedView, NeedsRequest, RecordRequest,
};
use super::work::{get_need, list_needs};
use crate::exchange::export::subject::{
    BoardReport, MatchReport, OfferReport, PortfolioReport, Read, Records, RoadmapReport,
    SourcesOf, Subject,
};
use crate::exchange::export::unnamed::unname;
use crate::exchange::export::{self, Options, RECORDS_MAX, Stamp};
use crate::model::{Kind, NeedForm, Record, RecordRef, Taxonomies, Text};

/// Records that can stand side by side.
const COMPARED: std::ops::RangeInclusive<usize> = 2..=4;
/// Folder of the data folder in which the user puts fonts for documents.
const FONTS: &str = "fonts";

/// Where the file goes, as the host knows it.
pub struct ExportTarget<'a> {
    /// The file.
    pub path: &'a Path,
    /// The user consented to replace it.
    pub replace: bool,
    /// A font for documents, before those of the data folder and of the system.
    pub font: Option<PathBuf>,
}

/// Told how far an export is; may stop it.
pub type OnExport<'a> = dyn FnMut(ExportProgress) -> ControlFlow<()> + 'a;

impl App {
    /// Writes an export into a file; either whole or not at all.
    ///
    /// # Errors
    /// `FileExists`, `NoFont`, `MissingGlyph`, `Cancelled`, those of writing, and those of what is exported.
    pub fn export(
        &self,
        request: &ExportRequest,
        target: &ExportTarget<'_>,
        progress: &mut OnExport<'_>,
    ) -> Result<Exported, ApiError> {
        match self.export_once(request, target, progress) {
            Err(error) if error.code == ErrorCode::Damaged => {
                self.mend(error)?;
                self.export_once(request, target, progress)
            }
            other => other,
        }
    }

    fn export_once(
        &self,
        request: &ExportRequest,
        target: &ExportTarget<'_>,
        progress: &mut OnExport<'_>,
    ) -> Result<Exported, ApiError> {
        let opened = self.opened()?;
        let now = self.now();
        let mut options = options(&opened, request, &now)?;
        options.replace = target.replace;
        options.fonts.splice(0..0, target.font.clone());
        let read = |reference: &RecordRef| read(&opened, reference);
        let subject = told(self, &opened, request, &read)?;
        let written = export::write(&subject, &options, target.path, &mut |done, total| {
            progress(ExportProgress { done, total })
        })?;
        let name = |value: Result<Value, _>, key: &str| match value {
            Ok(Value::String(name)) => name,
            Ok(value) => value[key].as_str().unwrap_or_default().to_owned(),
            Err(_) => String::new(),
        };
        self.note(&Event::Export {
            what: name(serde_json::to_value(&request.what), "what"),
            format: name(serde_json::to_value(request.format), ""),
            file: file_name(target.path),
            records: written.rows,
            private: !written.private.is_empty(),
        });
        Ok(Exported {
            path: display(target.path),
            rows: written.rows,
            bytes: written.bytes as f64,
            cut: written.cut,
            private: written.private,
        })
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]
pub(super) fn preview_export(app: &App, request: ExportRequest) -> Result<ExportPreview, ApiError> {
    let opened = app.opened()?;
    let now = app.now();
    let options = options(&opened, &request, &now)?;
    let read = |reference: &RecordRef| read(&opened, reference);
    let subject = told(app, &opened, &request, &read)?;
    let found = export::look(&subject, &options)?;
    Ok(ExportPreview {
        rows: found.rows,
        private: found.met,
        file: export::file_name(&subject, &options),
    })
}

fn options<'a>(
    opened: &Opened,
    request: &ExportRequest,
    now: &'a str,
) -> Result<Options<'a>, ApiError> {
    let catalogs = opened.catalog.feeds()?.into_iter().map(|feed| {
        let named = if feed.title.is_empty() {
            Text::zh(feed.feed)
        } else {
            feed.title
        };
        (named, feed.generation, feed.published)
    });
    let fonts = opened.file(FONTS);
    Ok(Options {
        format: request.format,
        language: request.language,
        now,
        stamp: Stamp {
            day: now.get(..10).unwrap_or_default().to_owned(),
            catalogs: catalogs.collect(),
        },
        without: request.without.iter().copied().collect(),
        phones: request.phones,
        bom: !request.plain,
        fonts: Some(fonts)
            .filter(|fonts| fonts.is_dir())
            .into_iter()
            .collect(),
        replace: false,
    })
}

/// A record as it is now, or as it was kept when it is gone from the catalog.
fn read(opened: &Opened, reference: &RecordRef) -> Result<Option<Record>, ApiError> {
    if let Some(record) = opened.find(reference)? {
        return Ok(Some(Record::clone(&record)));
    }
    Ok(opened.user.copy(reference)?)
}

/// What is exported, with nobody in it who is not to be named.
fn told<'a>(
    app: &App,
    opened: &Opened,
    request: &ExportRequest,
    read: &'a Read<'a>,
) -> Result<Subject<'a>, ApiError> {
    let mut subject = subject(app, opened, &request.what, read)?;
    let form = |need: &RecordRef| Some(opened.user.need(need).ok()??.form);
    unname(&mut subject, form, !request.without.is_empty());
    Ok(subject)
}

fn subject<'a>(
    app: &App,
    opened: &Opened,
    what: &ExportWhat,
    read: &'a Read<'a>,
) -> Result<Subject<'a>, ApiError> {
    Ok(match what {
        ExportWhat::Search { request } => {
            super::queries::check(request)?;
            let refs = opened.index().references(
                opened,
                Taxonomies::bundled(),
                request,
                RECORDS_MAX + 1,
            )?;
            if refs.len() > RECORDS_MAX {
                return Err(refused("rows", RECORDS_MAX));
            }
            Subject::Records(Records {
                refs,
                read,
                searched: request.text.trim().to_owned(),
                name: String::new(),
            })
        }
        ExportWhat::Records { refs, name } => match refs.as_slice() {
            [] => return Err(ApiError::new(ErrorCode::BadRequest).with("field", "refs")),
            [one] if name.is_empty() => {
                let reference = one.clone();
                Subject::Record(Box::new(get_record(app, RecordRequest { reference })?))
            }
            _ if refs.len() > RECORDS_MAX => return Err(refused("refs", RECORDS_MAX)),
            _ => Subject::Records(Records {
                refs: refs.clone(),
                read,
                searched: String::new(),
                name: name.clone(),
            }),
        },
        ExportWhat::Comparison { refs } => {
            if !COMPARED.contains(&refs.len()) {
                return Err(refused("refs", *COMPARED.end()));
            }
            let mut records = Vec::new();
            for reference in refs {
                let record = read(reference)?.ok_or_else(|| not_found(reference))?;
                records.push((reference.clone(), record));
            }
            Subject::Comparison(records)
        }
        ExportWhat::Match { request, reference } => {
            let answer = match_need(app, (**request).clone())?;
            let view = view(app, reference.as_ref(), &request.need)?;
            let hits = answer.hits.iter().chain(&answer.near);
            let refs = hits.map(|hit| &hit.reference).chain(shortlisted(&view));
            Subject::Match(Box::new(MatchReport {
                sources: sources(refs, read)?,
                view,
                target: request.target,
                answer,
            }))
        }
        ExportWhat::Offer { request } => {
            let answer = match_offer(app, request.clone())?;
            let reference = &request.reference;
            let record = read(reference)?.ok_or_else(|| not_found(reference))?;
            let hits = answer.hits.iter().chain(&answer.near);
            Subject::Offer(Box::new(OfferReport {
                sources: sources(hits.map(|hit| &hit.reference), read)?,
                offer: named(reference, &record),
                answer,
            }))
        }
        ExportWhat::Roadmap { request, reference } => {
            let roadmap = match_start(app, (**request).clone())?;
            let steps = roadmap.steps.iter().map(|step| &step.scenario.reference);
            Subject::Roadmap(Box::new(RoadmapReport {
                sources: sources(steps, read)?,
                view: view(app, reference.as_ref(), &request.need)?,
                roadmap,
            }))
        }
        ExportWhat::Portfolio { plan } => {
            let plan = match_portfolio(app, plan.clone())?;
            let assigned = plan.needs.iter().flat_map(|need| &need.assigned);
            Subject::Portfolio(Box::new(PortfolioReport {
                sources: sources(assigned.map(|one| &one.provider.reference), read)?,
                plan,
            }))
        }
        ExportWhat::Needs { refs } => {
            let mut refs = refs.clone();
            if refs.is_empty() {
                let needs = list_needs(app, NeedsRequest::default())?;
                refs = needs.into_iter().map(|need| need.reference).collect();
            }
            let views = refs
                .into_iter()
                .map(|reference| get_need(app, NeedRequest { reference }));
            let views = views.collect::<Result<Vec<_>, _>>()?;
            Subject::Needs(BoardReport {
                sources: sources(views.iter().flat_map(shortlisted), read)?,
                views,
            })
        }
    })
}

/// A need with the work on it, its form as it is matched now.
fn view(app: &App, reference: Option<&RecordRef>, form: &NeedForm) -> Result<NeedView, ApiError> {
    let mut view = if let Some(reference) = reference {
        let reference = reference.clone();
        get_need(app, NeedRequest { reference })?
    } else {
        // A need that was only typed has no work on it.
        let unsaved = RecordRef::new("own", Kind::Need.as_str(), "unsaved");
        let unsaved =
            unsaved.map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
        NeedView::bare(unsaved, NeedForm::default())
    };
    view.form = form.clone();
    Ok(view)
}

fn shortlisted(view: &NeedView) -> impl Iterator<Item = &RecordRef> {
    view.shortlist.iter().map(|listed| &listed.row.reference)
}

fn sources<'a>(
    refs: impl Iterator<Item = &'a RecordRef>,
    read: &Read<'_>,
) -> Result<SourcesOf, ApiError> {
    let mut sources = BTreeMap::new();
    for reference in refs {
        if let Some(record) = read(reference)? {
            sources.insert(reference.to_string(), record.head().sources.clone());
        }
    }
    Ok(sources)
}

fn named(reference: &RecordRef, record: &Record) -> MatchRecord {
    let name = &record.head().name;
    MatchRecord {
        reference: reference.clone(),
        kind: record.kind(),
        name: Text {
            zh: name.zh.clone(),
            en: name.en.clone(),
        },
    }
}
