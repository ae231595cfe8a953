//! Sync: the one place that composes fetch → verify → plan → apply → index.
//!
//! A feed is tried at its addresses in turn, each with full verification; the failure of one says nothing about the
//! next. Whatever fails, the state at hand stays usable and nothing is asked of the user. There is no handle on
//! `user.db` here, and nothing that is sent depends on anything private: see [`crate::api::types::Sends`].

mod drive;
mod feed;
mod import;
pub mod index;
mod look;
mod problem;
pub mod sources;
mod vault;
mod view;

pub use drive::OnSync;
pub use import::import;
pub use look::look;
pub use vault::TrustVault;
pub use view::{due, views};

use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use self::drive::{Driver, Teller};
use self::feed::{Attempt, Done};
use self::problem::{Stop, problem, result};
use crate::api::types::{
    ApiError, FailedAddress, Problem, ProblemCode, SyncOutcome, SyncPhase, SyncReport, SyncResult,
};
use crate::feed::limits::Patience;
use crate::feed::source::{Address, FetchError, Source as Tree};
use crate::model::Text;
use crate::search::Index;
use crate::store::StoreError;
use crate::store::catalog::Catalog;
use crate::store::trust::{self, Source, Trust};

/// How far before the newest publication a clock may be.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_hours(48);

/// What a sync works on.
pub struct Host<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The feeds and floors.
    pub trust: &'a Arc<Trust>,
    /// The index.
    pub index: &'a Index,
    /// Where packs are staged.
    pub staging: PathBuf,
    /// The time (ISO 8601).
    pub now: &'a str,
    /// Id of the bundled catalog.
    pub bundled: &'a str,
    /// When the bundled catalog was published; this version of the product cannot be older.
    pub built: &'a str,
    /// How long servers may take.
    pub patience: Patience,
}

/// Syncs feeds, all that have an address when none is named.
///
/// # Errors
/// `Cancelled`, and failures of this machine; what is wrong with a feed or the way to it is an outcome.
pub fn sync(
    host: &Host<'_>,
    feeds: &[String],
    progress: &mut OnSync<'_>,
) -> Result<SyncReport, ApiError> {
    let driver = Driver::new()?;
    let mut report = SyncReport::default();
    for source in host.trust.sources()? {
        let wanted = feeds.is_empty() || feeds.contains(&source.feed);
        if wanted && !source.base.is_empty() {
            report.feeds.push(one(host, &driver, &source, progress)?);
        }
    }
    Ok(report)
}

fn one(
    host: &Host<'_>,
    driver: &Driver,
    source: &Source,
    progress: &mut OnSync<'_>,
) -> Result<SyncOutcome, ApiError> {
    let mut outcome = blank(host, &source.feed)?;
    let now = match moment(host, &source.feed) {
        Ok(now) => now,
        Err(problem) => return end(host, source, outcome, problem),
    };
    for text in std::iter::once(&source.base).chain(&source.mirrors) {
        let tree = match open(text, source.local, host.patience) {
            Ok(tree) => tree,
            Err(error) => {
                failed(&mut outcome, text, error.into())?;
                continue;
            }
        };
        let mut attempt = Attempt {
            host,
            driver,
            source,
            tree: tree.clone(),
            now,
            teller: Teller {
                feed: &source.feed,
                progress: &mut *progress,
            },
        };
        let done = attempt.run();
        let (requests, received) = tree.traffic().total();
        outcome.requests += requests;
        outcome.received = outcome
            .received
            .saturating_add(u32::try_from(received).unwrap_or(u32::MAX));
        match done {
            Ok(done) => return finish(host, source, outcome, &done, false, progress),
            Err(stop) => failed(&mut outcome, text, stop)?,
        }
    }
    // One that is not to be trusted says more than one that is not there.
    let worst = outcome
        .failed
        .iter()
        .find(|failed| result(failed.problem.code) != SyncResult::Offline)
        .or(outcome.failed.first())
        .map(|failed| failed.problem.clone());
    let worst = worst.unwrap_or_else(|| problem(ProblemCode::NoFeed, &[]));
    end(host, source, outcome, worst)
}

fn failed(outcome: &mut SyncOutcome, address: &str, stop: Stop) -> Result<(), ApiError> {
    match stop {
        Stop::Fatal(error) => Err(error),
        Stop::Problem(problem) => {
            outcome.failed.push(FailedAddress {
                address: address.to_owned(),
                problem,
            });
            Ok(())
        }
    }
}

/// An outcome in which nothing happened yet.
fn blank(host: &Host<'_>, feed: &str) -> Result<SyncOutcome, StoreError> {
    let stored = host
        .catalog
        .feeds()?
        .into_iter()
        .find(|stored| stored.feed == feed);
    let generation = stored.as_ref().map_or(0, |stored| stored.generation);
    Ok(SyncOutcome {
        feed: feed.to_owned(),
        title: stored.map_or_else(Text::default, |stored| stored.title),
        result: SyncResult::Unchanged,
        problem: None,
        failed: Vec::new(),
        from: generation,
        to: generation,
        delta: false,
        added: 0,
        changed: 0,
        removed: 0,
        received: 0,
        requests: 0,
        notice: None,
    })
}

/// An attempt that led somewhere: the index follows, and it is noted.
fn finish(
    host: &Host<'_>,
    source: &Source,
    mut outcome: SyncOutcome,
    done: &Done,
    imported_expired: bool,
    progress: &mut OnSync<'_>,
) -> Result<SyncOutcome, ApiError> {
    let mut teller = Teller {
        feed: &source.feed,
        progress,
    };
    index::follow(host.catalog, host.index, &mut |done, total| {
        teller.tell(SyncPhase::Index, done, total)
    })?;
    outcome.title.clone_from(&done.manifest.title);
    outcome.notice.clone_from(&done.manifest.notice);
    outcome.from = done.from;
    outcome.to = done.manifest.generation;
    if let Some(applied) = &done.applied {
        outcome.result = SyncResult::Updated;
        outcome.delta = done.delta;
        outcome.added = applied.added;
        outcome.changed = applied.changed;
        outcome.removed = applied.removed;
    }
    let attempt = trust::Attempt {
        last_attempt: host.now.to_owned(),
        last_success: Some(host.now.to_owned()),
        expires: Some(done.expires.to_string()),
        imported_expired,
        ..trust::Attempt::default()
    };
    host.trust.put_attempt(&source.feed, &attempt)?;
    Ok(outcome)
}

/// An attempt that led nowhere, noted.
fn end(
    host: &Host<'_>,
    source: &Source,
    mut outcome: SyncOutcome,
    problem: Problem,
) -> Result<SyncOutcome, ApiError> {
    let before = host.trust.attempt(&source.feed)?.unwrap_or_default();
    let retry_after = problem.facts.get("retry_after");
    let attempt = trust::Attempt {
        last_attempt: host.now.to_owned(),
        failures: before.failures.saturating_add(1),
        retry_after: retry_after.and_then(|seconds| seconds.parse().ok()),
        problem: Some(problem.clone()),
        ..before
    };
    host.trust.put_attempt(&source.feed, &attempt)?;
    outcome.result = result(problem.code);
    outcome.problem = Some(problem);
    Ok(outcome)
}

/// The time, if the clock can be right: not long before this version of the product, nor before what is held of the
/// feed. Other feeds play no part, or one with a wrong date would stop them all. Nothing is ever kept as a floor for
/// the time: a clock that was once ahead must not lock anybody out.
fn moment(host: &Host<'_>, feed: &str) -> Result<Timestamp, Problem> {
    let now = host.now.parse().map_err(|_| clock(host.now, host.built))?;
    dated(now, host.built)?;
    for held in host.catalog.feeds().unwrap_or_default() {
        if held.feed == feed {
            dated(now, &held.published)?;
        }
    }
    Ok(now)
}

/// Whether something can have been published by now. A publisher's clock may be wrong too: what is dated ahead is never
/// applied, for every later sync of that feed would then wait for its date.
fn dated(now: Timestamp, published: &str) -> Result<(), Problem> {
    let ahead = published.parse::<Timestamp>().is_ok_and(|published| {
        now.checked_add(CLOCK_SLACK)
            .is_ok_and(|now| now < published)
    });
    if ahead {
        return Err(clock(&now.to_string(), published));
    }
    Ok(())
}

fn clock(now: &str, earliest: &str) -> Problem {
    let facts = [("now", now), ("earliest", earliest)];
    problem(ProblemCode::ClockWrong, &facts)
}

/// Opens what an address names.
fn open(text: &str, local: bool, patience: Patience) -> Result<Arc<dyn Tree>, FetchError> {
    let address =
        Address::parse(text).map_err(|error| FetchError::Unreadable(error.to_string()))?;
    Ok(match address {
        Address::Folder(path) => Arc::new(crate::feed::folder::Folder::new(path)),
        Address::Bundle(path) if !path.exists() => {
            return Err(FetchError::Unreachable(path.display().to_string()));
        }
        Address::Bundle(path) => Arc::new(crate::feed::bundle::Bundle::open(&path)?),
        #[cfg(feature = "net")]
        Address::Web(url) => Arc::new(crate::feed::fetch::Http::new(url, local, patience)?),
        #[cfg(not(feature = "net"))]
        Address::Web(url) => {
            let _ = (local, patience);
            return Err(FetchError::Unreachable(format!(
                "{url}: built without network"
            )));
        }
    })
}
