//! Importing a feed from a file or folder that somebody brought. The same verification as over the network; only age may
//! be overlooked, once, with consent. Floors hold all the same.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::drive::{Driver, OnSync, Teller};
use super::feed::{Attempt, held, lead_back};
use super::look::{Found, find};
use super::problem::{Stop, problem, result};
use super::sources::{fingerprint, may_be_published};
use super::{Host, blank, end, finish, moment, open};
use crate::api::types::{
    ApiError, ImportRequest, Problem, ProblemCode, SyncOutcome, SyncPhase, SyncResult,
};
use crate::feed::plan;
use crate::feed::source::Source as Tree;
use crate::store::trust::Source;

/// Imports a bundle.
///
/// # Errors
/// `Cancelled`, and failures of this machine; what is wrong with the bundle is an outcome.
pub fn import(
    host: &Host<'_>,
    request: &ImportRequest,
    progress: &mut OnSync<'_>,
) -> Result<SyncOutcome, ApiError> {
    let driver = Driver::new()?;
    let looked = look_inside(host, &driver, request, progress);
    let (tree, now, found) = match looked {
        Ok(looked) => looked,
        Err(Stop::Fatal(error)) => return Err(error),
        Err(Stop::Problem(problem)) => {
            return Ok(refused(blank(host, "")?, problem));
        }
    };
    let mut outcome = blank(host, &found.manifest.feed)?;
    outcome.title = found.manifest.title.clone();
    let (source, fresh) = match source_of(host, &found, request)? {
        Ok(source) => source,
        Err(problem) => return Ok(refused(outcome, problem)),
    };
    // Nobody is asked to consent to what would be refused anyway.
    if let Err(back) = plan::choose(&found.manifest, &held(host, &source.feed)?)
        && let Stop::Problem(problem) = lead_back(back, &found.manifest)
    {
        return Ok(refused(outcome, problem));
    }
    let at = match &found.expired {
        None => now,
        Some((role, expires)) if !request.allow_expired => {
            outcome.result = SyncResult::Expired;
            outcome.problem = Some(problem(
                ProblemCode::Expired,
                &[
                    ("role", role),
                    ("expires", &expires.to_string()),
                    ("published", &found.manifest.published),
                    ("generation", &found.manifest.generation.to_string()),
                ],
            ));
            return Ok(outcome);
        }
        Some((_, expires)) => expires
            .saturating_sub(SignedDuration::from_secs(1))
            .unwrap_or(*expires),
    };
    if fresh {
        host.trust.put_source(&source)?;
    }
    let done = Attempt {
        host,
        driver: &driver,
        source: &source,
        tree: tree.clone(),
        now: at,
        teller: Teller {
            feed: &source.feed,
            progress: &mut *progress,
        },
    }
    .run();
    let (requests, received) = tree.traffic().total();
    outcome.requests = requests;
    outcome.received = u32::try_from(received).unwrap_or(u32::MAX);
    match done {
        Ok(done) => finish(
            host,
            &source,
            outcome,
            &done,
            found.expired.is_some(),
            progress,
        ),
        Err(stop) => {
            // A feed that could not be begun is not here.
            if fresh {
                host.trust.forget(&source.feed)?;
            }
            match stop {
                Stop::Fatal(error) => Err(error),
                Stop::Problem(problem) if fresh => Ok(refused(outcome, problem)),
                Stop::Problem(problem) => end(host, &source, outcome, problem),
            }
        }
    }
}

fn look_inside(
    host: &Host<'_>,
    driver: &Driver,
    request: &ImportRequest,
    progress: &mut OnSync<'_>,
) -> Result<(Arc<dyn Tree>, Timestamp, Found), Stop> {
    let now = moment(host, "").map_err(Stop::Problem)?;
    let tree = open(&request.path, true, host.patience)?;
    let mut teller = Teller { feed: "", progress };
    let found = find(driver, &tree, now, &mut || {
        teller.tell(SyncPhase::Check, 0, 0)
    })?;
    Ok((tree, now, found))
}

/// The feed that a bundle belongs to, and whether it is new here.
fn source_of(
    host: &Host<'_>,
    found: &Found,
    request: &ImportRequest,
) -> Result<Result<(Source, bool), Problem>, ApiError> {
    let feed = &found.manifest.feed;
    let facts = [("feed", feed.as_str()), ("fingerprint", &found.fingerprint)];
    let known = host
        .trust
        .sources()?
        .into_iter()
        .find(|source| source.feed == *feed);
    Ok(match known {
        Some(known) if fingerprint(&known.root) == found.fingerprint => Ok((known, false)),
        Some(_) => Err(problem(ProblemCode::OtherFeed, &facts)),
        None if !may_be_published(feed, host.bundled) => {
            Err(problem(ProblemCode::OtherFeed, &facts))
        }
        None if request.fingerprint.as_deref() == Some(found.fingerprint.as_str()) => Ok((
            Source {
                feed: feed.clone(),
                base: String::new(),
                mirrors: Vec::new(),
                local: false,
                root: found.root.clone(),
                added: host.now.to_owned(),
            },
            true,
        )),
        None => Err(problem(ProblemCode::UnknownFeed, &facts)),
    })
}

fn refused(mut outcome: SyncOutcome, problem: Problem) -> SyncOutcome {
    // A file is never offline: what is not in it is a fault of the file.
    outcome.result = match result(problem.code) {
        SyncResult::Offline => SyncResult::Refused,
        other => other,
    };
    outcome.problem = Some(problem);
    outcome
}
