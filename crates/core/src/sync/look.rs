//! Looking at a feed that may not be here: fetched and verified against its own first root, nothing kept.

use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::drive::Driver;
use super::problem::{Stop, problem};
use super::sources::{fingerprint, may_be_published};
use super::{Host, dated, moment, open};
use crate::api::types::{ApiError, FeedPreview, FoundFeed, PreviewRequest, Problem, ProblemCode};
use crate::feed::source::{Address, Source as Tree};
use crate::feed::trust::{self, FIRST_ROOT, MemoryVault, TrustError};
use crate::feed::{Manifest, limits};

/// What was found at an address.
pub(super) struct Found {
    pub(super) root: Vec<u8>,
    pub(super) fingerprint: String,
    pub(super) manifest: Manifest,
    pub(super) root_keys: u32,
    pub(super) root_threshold: u32,
    /// Since when its signature has run out; all else is sound.
    pub(super) expired: Option<(String, Timestamp)>,
}

/// Reads and verifies the newest manifest of a tree against the first root in it.
pub(super) fn find(
    driver: &Driver,
    tree: &Arc<dyn Tree>,
    now: Timestamp,
    tick: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Found, Stop> {
    let root = driver.run(tree.get(FIRST_ROOT, limits::ROOT), tick)??;
    let root =
        root.ok_or_else(|| Stop::Problem(problem(ProblemCode::NoFeed, &[("reason", FIRST_ROOT)])))?;
    let mut refresh = |now| {
        let vault = Arc::new(MemoryVault::default());
        driver.run(trust::refresh(tree.clone(), vault, &root, now), tick)
    };
    let (verified, expired) = match refresh(now)? {
        // With the clock set back to when it was fresh, everything but its age is checked.
        Err(TrustError::Expired { role, expires }) => {
            let at = driver.run(trust::stated_expiry(&**tree), &mut || {
                ControlFlow::Continue(())
            })??;
            let at = at.unwrap_or(expires).min(expires);
            let before = at
                .saturating_sub(SignedDuration::from_secs(1))
                .unwrap_or(at);
            (refresh(before)??, Some((role, expires)))
        }
        other => (other?, None),
    };
    let manifest = Manifest::parse(&verified.manifest)?;
    dated(now, &manifest.published).map_err(Stop::Problem)?;
    Ok(Found {
        fingerprint: fingerprint(&root),
        manifest,
        root_keys: verified.root_keys,
        root_threshold: verified.root_threshold,
        root,
        expired,
    })
}

/// Looks at a feed before it is added.
///
/// # Errors
/// `Cancelled`, and failures of this machine.
pub fn look(host: &Host<'_>, request: &PreviewRequest) -> Result<(FeedPreview, Vec<u8>), ApiError> {
    let nothing = |problem: Problem| {
        let preview = FeedPreview {
            found: None,
            problem: Some(problem),
        };
        (preview, Vec::new())
    };
    let driver = Driver::new()?;
    let found = moment(host, "").map_err(Stop::Problem).and_then(|now| {
        let tree = open(&request.base, request.local, host.patience)?;
        find(&driver, &tree, now, &mut || ControlFlow::Continue(()))
    });
    let found = match found {
        Ok(found) => found,
        Err(Stop::Problem(problem)) => return Ok(nothing(problem)),
        Err(Stop::Fatal(error)) => return Err(error),
    };
    let sources = host.trust.sources()?;
    let known = sources
        .iter()
        .find(|source| source.feed == found.manifest.feed);
    let other = known.is_some_and(|known| fingerprint(&known.root) != found.fingerprint)
        || !may_be_published(&found.manifest.feed, host.bundled);
    let problem = if other {
        Some(problem(
            ProblemCode::OtherFeed,
            &[("feed", &found.manifest.feed)],
        ))
    } else {
        found.expired.as_ref().map(|(role, expires)| {
            problem(
                ProblemCode::Expired,
                &[("role", role), ("expires", &expires.to_string())],
            )
        })
    };
    let preview = FeedPreview {
        found: Some(FoundFeed {
            known: known.is_some(),
            local: Address::parse(&request.base).is_ok_and(|address| address.is_local()),
            feed: found.manifest.feed,
            title: found.manifest.title,
            fingerprint: found.fingerprint,
            root_keys: found.root_keys,
            root_threshold: found.root_threshold,
            generation: found.manifest.generation,
            published: found.manifest.published,
            records: found.manifest.state.records,
            continues: found.manifest.continues,
        }),
        problem,
    };
    Ok((preview, found.root))
}
