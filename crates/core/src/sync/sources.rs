//! What is known about the source of a feed, kept twice: in `trust.db`, and as a copy beside the records, from which a
//! `trust.db` that was lost or damaged is begun anew.

use serde::{Deserialize, Serialize};

use crate::feed::Digest;
use crate::store::StoreError;
use crate::store::catalog::Catalog;
use crate::store::trust::{Source, Trust};

/// Feed ids that nobody may publish under: records of the user's own.
const RESERVED: &str = "own";

#[derive(Serialize, Deserialize)]
struct Copy {
    base: String,
    mirrors: Vec<String>,
    local: bool,
    root: String,
    added: String,
}

/// The copy of a source. A root is JSON, and so a text.
pub(super) fn copy(source: &Source) -> Option<String> {
    let copy = Copy {
        base: source.base.clone(),
        mirrors: source.mirrors.clone(),
        local: source.local,
        root: String::from_utf8(source.root.clone()).ok()?,
        added: source.added.clone(),
    };
    serde_json::to_string(&copy).ok()
}

/// Puts sources and floors back from what the catalog holds.
///
/// # Errors
/// Those of reading the catalog and writing `trust.db`.
pub fn restore(catalog: &Catalog, trust: &Trust) -> Result<(), StoreError> {
    for feed in catalog.feeds()? {
        trust.raise(&feed.feed, feed.generation, &feed.digest)?;
    }
    for (feed, json) in catalog.sources()? {
        let Ok(copy) = serde_json::from_str::<Copy>(&json) else {
            continue;
        };
        trust.put_source(&Source {
            feed,
            base: copy.base,
            mirrors: copy.mirrors,
            local: copy.local,
            root: copy.root.into_bytes(),
            added: copy.added,
        })?;
    }
    Ok(())
}

/// SHA-256 of a root, which the user compares with what the publisher says elsewhere.
pub fn fingerprint(root: &[u8]) -> String {
    Digest::of(root).to_string()
}

/// Whether a published feed may have this id beside the bundled one.
pub(super) fn may_be_published(feed: &str, bundled: &str) -> bool {
    feed != RESERVED && feed != bundled
}
