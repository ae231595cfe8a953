//! Feeds and news: what can be asked and changed about them, and the two streaming jobs.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every command of the table has the same shape"
)]

use std::sync::PoisonError;

use super::app::OnSync;
use super::open::{self, Opened};
use super::types::{
    AddFeed, ApiError, ErrorCode, Event, FeedAddresses, FeedPreview, FeedRequest, FeedView,
    ImportRequest, NewsPage, NewsRecord, NewsRecordRequest, NewsRequest, Nothing, PreviewRequest,
    SyncOutcome, SyncReport, SyncRequest,
};
use super::{App, types::Problem};
use crate::feed::Digest;
use crate::feed::source::Address;
use crate::model::Taxonomies;
use crate::store::trust::Source;
use crate::sync::{self, Host};

/// Most entries of one page of news.
const NEWS_MAX: u32 = 200;
/// Most mirrors of a feed.
const MIRRORS_MAX: usize = 8;

/// Runs work on feeds, one at a time.
fn with_host<T>(
    app: &App,
    work: impl FnOnce(&Host<'_>, &Opened) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let _turn = app.syncing.lock().unwrap_or_else(PoisonError::into_inner);
    let opened = app.opened()?;
    if opened.read_only() {
        let path = opened.file("").display().to_string();
        return Err(ApiError::new(ErrorCode::FolderReadOnly).with("path", path));
    }
    let bundled = app
        .bundle()
        .manifest()
        .map_err(|error| ApiError::new(ErrorCode::Internal).caused_by(&error))?;
    let host = Host {
        catalog: &opened.catalog,
        trust: &opened.trust,
        index: &opened.catalog_index,
        staging: opened.file("staging"),
        now: &app.now(),
        bundled: &bundled.feed,
        built: &bundled.published,
        patience: app.patience,
    };
    work(&host, &opened)
}

/// Runs a job; damage that it meets is mended, and the job begins again. What is wrong with the disk is named.
fn job<T>(app: &App, mut run: impl FnMut() -> Result<T, ApiError>) -> Result<T, ApiError> {
    let done = match run() {
        Err(error) if error.code == ErrorCode::Damaged => app.mend(error).and_then(|()| run()),
        other => other,
    };
    done.map_err(|error| app.explain(error))
}

impl App {
    /// Syncs feeds. Being offline or refused is an outcome in the report, never an error.
    ///
    /// # Errors
    /// `Cancelled`, `FolderReadOnly`, and failures of this machine; nothing is lost then.
    pub fn sync(
        &self,
        request: &SyncRequest,
        progress: &mut OnSync<'_>,
    ) -> Result<SyncReport, ApiError> {
        let report = job(self, || {
            with_host(self, |host, _| {
                sync::sync(host, &request.feeds, &mut *progress)
            })
        })?;
        report.feeds.iter().for_each(|feed| self.note_sync(feed));
        Ok(report)
    }

    /// Imports a feed from a file or folder.
    ///
    /// # Errors
    /// As for [`App::sync`].
    pub fn import_bundle(
        &self,
        request: &ImportRequest,
        progress: &mut OnSync<'_>,
    ) -> Result<SyncOutcome, ApiError> {
        let outcome = job(self, || {
            with_host(self, |host, _| sync::import(host, request, &mut *progress))
        })?;
        self.note_sync(&outcome);
        Ok(outcome)
    }

    /// Writes down how the sync of a feed ended. A sync knows nothing of the user's data; so this comes after it.
    fn note_sync(&self, outcome: &SyncOutcome) {
        self.note(&Event::Sync {
            feed: outcome.feed.clone(),
            result: outcome.result,
            from: outcome.from,
            to: outcome.to,
            added: outcome.added,
            changed: outcome.changed,
            removed: outcome.removed,
        });
    }

    /// Writes down what happened. A record that cannot be written undoes nothing that it would tell of.
    pub(super) fn note(&self, event: &Event) {
        if let Ok(opened) = self.opened() {
            let _ = opened.user.record_event(&self.now(), event);
        }
    }
}

fn seed(opened: &Opened) -> String {
    // The same folder always checks at the same times; nobody else learns anything from them.
    Digest::of(opened.file("").display().to_string().as_bytes()).to_string()
}

pub(super) fn list_feeds(app: &App, _: Nothing) -> Result<Vec<FeedView>, ApiError> {
    feeds_of(&*app.opened()?, &app.now())
}

fn feeds_of(opened: &Opened, now: &str) -> Result<Vec<FeedView>, ApiError> {
    let auto = opened.user.settings()?.auto_check;
    Ok(sync::views(
        &opened.catalog,
        &opened.trust,
        now,
        &seed(opened),
        auto,
    )?)
}

pub(super) fn list_due_feeds(app: &App, _: Nothing) -> Result<Vec<String>, ApiError> {
    let opened = app.opened()?;
    if opened.read_only() || !opened.user.settings()?.auto_check {
        return Ok(Vec::new());
    }
    Ok(sync::due(&opened.trust, &app.now(), &seed(&opened))?)
}

pub(super) fn preview_feed(app: &App, request: PreviewRequest) -> Result<FeedPreview, ApiError> {
    with_host(app, |host, _| {
        sync::look(host, &request).map(|(preview, _)| preview)
    })
}

pub(super) fn list_news(app: &App, request: NewsRequest) -> Result<NewsPage, ApiError> {
    if request.limit > NEWS_MAX {
        return Err(ApiError::new(ErrorCode::BadRequest)
            .with("field", "limit")
            .with("limit", NEWS_MAX.to_string()));
    }
    Ok(app.opened()?.catalog.news(&request)?)
}

pub(super) fn get_news_record(
    app: &App,
    request: NewsRecordRequest,
) -> Result<NewsRecord, ApiError> {
    let found = app
        .opened()?
        .catalog
        .news_record(request.revision, &request.reference)?;
    found.ok_or_else(|| {
        ApiError::new(ErrorCode::NotFound).with("ref", request.reference.to_string())
    })
}

/// Adds a feed. It is fetched once more: what is trusted is what has the confirmed fingerprint, not what was looked at.
pub(super) fn add_feed(app: &App, request: AddFeed) -> Result<Vec<FeedView>, ApiError> {
    let addresses: Vec<String> = std::iter::once(&request.base)
        .chain(&request.mirrors)
        .cloned()
        .collect();
    check(&addresses, request.local)?;
    with_host(app, |host, opened| {
        let look = PreviewRequest {
            base: request.base.clone(),
            local: request.local,
        };
        let (preview, root) = sync::look(host, &look)?;
        let refuse = |field: &str, problem: Option<&Problem>| {
            let mut error = ApiError::new(ErrorCode::BadRequest).with("field", field);
            if let Some(problem) = problem {
                error.facts.extend(problem.facts.clone());
                let code = serde_json::to_value(problem.code).unwrap_or_default();
                error = error.with("reason", code.as_str().unwrap_or_default());
            }
            Err(error)
        };
        let Some(found) = preview.found else {
            return refuse("base", preview.problem.as_ref());
        };
        if found.fingerprint != request.fingerprint {
            return refuse("fingerprint", preview.problem.as_ref());
        }
        // A signature that has run out is no reason: the next sync tells.
        if let Some(problem) = preview.problem.as_ref()
            && problem.code == super::types::ProblemCode::OtherFeed
        {
            return refuse("base", Some(problem));
        }
        opened.trust.put_source(&Source {
            feed: found.feed,
            base: request.base,
            mirrors: request.mirrors,
            local: request.local,
            root,
            added: host.now.to_owned(),
        })?;
        feeds_of(opened, host.now)
    })
}

/// Changes the addresses of a feed. Nothing is fetched: whatever an address serves is held against the root of the feed
/// by every sync.
pub(super) fn set_feed_addresses(
    app: &App,
    request: FeedAddresses,
) -> Result<Vec<FeedView>, ApiError> {
    check(&request.addresses, request.local)?;
    with_host(app, |host, opened| {
        let mut source = source_of(opened, &request.feed)?;
        let mut addresses: Vec<String> = Vec::new();
        for address in request.addresses {
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        source.base = if addresses.is_empty() {
            String::new()
        } else {
            addresses.remove(0)
        };
        source.mirrors = addresses;
        source.local = request.local;
        opened.trust.put_source(&source)?;
        feeds_of(opened, host.now)
    })
}

fn check(addresses: &[String], local: bool) -> Result<(), ApiError> {
    let refuse = |field: &str| ApiError::new(ErrorCode::BadRequest).with("field", field);
    if addresses.len() > MIRRORS_MAX + 1 {
        return Err(refuse("mirrors"));
    }
    for text in addresses {
        let field = match Address::parse(text) {
            Ok(address) if address.is_local() && !local => "local",
            Ok(_) => continue,
            Err(_) => "base",
        };
        return Err(refuse(field).with("address", text.clone()));
    }
    Ok(())
}

/// A feed that the user added.
fn source_of(opened: &Opened, feed: &str) -> Result<Source, ApiError> {
    let sources = opened.trust.sources()?;
    let found = sources.into_iter().find(|source| source.feed == feed);
    found.ok_or_else(|| {
        ApiError::new(ErrorCode::BadRequest)
            .with("field", "feed")
            .with("feed", feed)
    })
}

/// Removes a feed with its records, its news and what was known about it, and nothing else. Where it had taken the
/// place of the bundled catalog, that one comes back.
pub(super) fn remove_feed(app: &App, request: FeedRequest) -> Result<Vec<FeedView>, ApiError> {
    with_host(app, |host, opened| {
        let event = Event::FeedRemoved {
            feed: request.feed.clone(),
        };
        source_of(opened, &request.feed)?;
        // Records first: a feed that is half removed is still here, and can be removed again.
        opened
            .catalog
            .remove_feed(&request.feed, Taxonomies::bundled())?;
        opened.trust.forget(&request.feed)?;
        crate::feed::stage::Stage::new(&host.staging, &request.feed).clear();
        let go_on = &mut |_| std::ops::ControlFlow::Continue(());
        open::import(
            &opened.catalog,
            &opened.trust,
            app.bundle(),
            host.now,
            go_on,
            &mut Vec::new(),
            true,
        )?;
        sync::index::follow(&opened.catalog, &opened.catalog_index, &mut |_, _| {
            std::ops::ControlFlow::Continue(())
        })?;
        app.note(&event);
        feeds_of(opened, host.now)
    })
}
