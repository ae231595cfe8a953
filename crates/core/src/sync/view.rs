//! The feeds as screens show them, and which are due.

use jiff::Timestamp;

use super::sources::fingerprint;
use crate::api::types::{FeedState, FeedStatus, FeedView, ProblemCode, Sends, SyncResult};
use crate::feed::schedule::{self, Attempts};
use crate::model::Text;
use crate::store::StoreError;
use crate::store::catalog::Catalog;
use crate::store::trust::{Attempt, Source, Trust};

/// Found current within so many hours, a feed is up to date: a daily check may be late by its jitter.
const FRESH_HOURS: i64 = 48;

/// All feeds, the bundled one first, then by id. `seed` spreads automatic checks; none are shown while `auto` is off.
///
/// # Errors
/// Those of reading catalog and trust.
pub fn views(
    catalog: &Catalog,
    trust: &Trust,
    now: &str,
    seed: &str,
    auto: bool,
) -> Result<Vec<FeedView>, StoreError> {
    let now: Option<Timestamp> = now.parse().ok();
    let mut replaced = catalog.replaced()?;
    let stored = catalog.feeds()?;
    let sources = trust.sources()?;
    let mut views = Vec::new();
    for bundled in &stored {
        if !sources.iter().any(|source| source.feed == bundled.feed) {
            views.push(view(Some(bundled), None, &Attempt::default(), now));
        }
    }
    for source in &sources {
        let attempt = trust.attempt(&source.feed)?;
        let own = stored.iter().find(|stored| stored.feed == source.feed);
        let attempt_or = attempt.clone().unwrap_or_default();
        let mut view = view(own, Some(source), &attempt_or, now);
        view.continues = replaced.remove(&source.feed);
        if auto && !source.base.is_empty() {
            let attempts = attempts(attempt.as_ref());
            view.next_check = schedule::next(&attempts, &seed_of(seed, source))
                .map(|next| next.to_string())
                .or_else(|| now.map(|now| now.to_string()));
        }
        views.push(view);
    }
    Ok(views)
}

/// The feeds whose automatic check is due.
///
/// # Errors
/// Those of reading trust.
pub fn due(trust: &Trust, now: &str, seed: &str) -> Result<Vec<String>, StoreError> {
    let Ok(now) = now.parse::<Timestamp>() else {
        return Ok(Vec::new());
    };
    let mut due = Vec::new();
    for source in trust.sources()? {
        let attempts = attempts(trust.attempt(&source.feed)?.as_ref());
        if !source.base.is_empty() && schedule::is_due(&attempts, &seed_of(seed, &source), now) {
            due.push(source.feed);
        }
    }
    Ok(due)
}

fn seed_of(seed: &str, source: &Source) -> String {
    format!("{seed}\n{}", source.feed)
}

fn attempts(attempt: Option<&Attempt>) -> Attempts {
    attempt.map_or_else(Attempts::default, |attempt| Attempts {
        last: attempt.last_attempt.parse().ok(),
        failures: attempt.failures,
        retry_after: attempt.retry_after,
    })
}

fn view(
    stored: Option<&FeedStatus>,
    source: Option<&Source>,
    attempt: &Attempt,
    now: Option<Timestamp>,
) -> FeedView {
    let published = stored.map(|stored| stored.published.clone());
    let age = published
        .as_deref()
        .and_then(|at| Some(now?.as_second() - at.parse::<Timestamp>().ok()?.as_second()));
    let generation = stored.map_or(0, |stored| stored.generation);
    let mut addresses = Vec::new();
    if let Some(source) = source.filter(|source| !source.base.is_empty()) {
        addresses.push(source.base.clone());
        addresses.extend(source.mirrors.iter().cloned());
    }
    let name = source.map(|source| &source.feed);
    let name = name.or(stored.map(|stored| &stored.feed));
    FeedView {
        feed: name.cloned().unwrap_or_default(),
        title: stored.map_or_else(Text::default, |stored| stored.title.clone()),
        bundled: source.is_none(),
        base: source.map_or_else(String::new, |source| source.base.clone()),
        mirrors: source.map_or_else(Vec::new, |source| source.mirrors.clone()),
        local: source.is_some_and(|source| source.local),
        fingerprint: source.map_or_else(String::new, |source| fingerprint(&source.root)),
        generation,
        published,
        records: stored.map_or(0, |stored| stored.records),
        state: state(source.is_none(), generation, attempt, now),
        problem: attempt.problem.clone(),
        age_days: age.map(|age| u32::try_from(age.max(0) / 86_400).unwrap_or(u32::MAX)),
        expires: attempt.expires.clone(),
        imported_expired: attempt.imported_expired,
        last_success: attempt.last_success.clone(),
        last_attempt: Some(attempt.last_attempt.clone()).filter(|at| !at.is_empty()),
        next_check: None,
        sends: Sends {
            addresses,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            generation,
        },
        continues: None,
    }
}

fn state(bundled: bool, generation: u32, attempt: &Attempt, now: Option<Timestamp>) -> FeedState {
    let since = |text: Option<&str>| -> Option<i64> {
        Some(now?.as_second() - text?.parse::<Timestamp>().ok()?.as_second())
    };
    let problem = attempt.problem.as_ref().map(|problem| problem.code);
    let failed = problem.map(super::problem::result);
    if bundled {
        FeedState::Bundled
    } else if problem == Some(ProblemCode::Expired) {
        FeedState::Expired
    } else if failed == Some(SyncResult::Refused) {
        FeedState::Refused
    } else if generation == 0 && failed.is_none() {
        FeedState::NeverSynced
    } else {
        match failed {
            Some(SyncResult::ClockWrong) => FeedState::ClockWrong,
            Some(SyncResult::AppTooOld) => FeedState::AppTooOld,
            Some(SyncResult::DiskFull) => FeedState::DiskFull,
            _ if since(attempt.expires.as_deref()).is_some_and(|age| age > 0) => FeedState::Expired,
            Some(_) => FeedState::Offline,
            None if since(attempt.last_success.as_deref())
                .is_some_and(|age| age.abs() <= FRESH_HOURS * 3600) =>
            {
                FeedState::UpToDate
            }
            None => FeedState::Aged,
        }
    }
}
