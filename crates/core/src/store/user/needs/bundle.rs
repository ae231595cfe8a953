//! The work bundle: needs with the work on them as one JSON file (`.atlaswork`), to hand to a colleague.
//!
//! Invariant: what is read is checked like anything from outside, before anything is changed. What was looked at stays
//! at home. Deliberately absent: any trust in the sender; a bundle changes needs of the user's own and nothing else.

use serde::{Deserialize, Serialize};

use super::{NEEDS_MAX, Need};
use crate::model::{NeedForm, RecordRef};

/// Largest file, in bytes.
pub const BUNDLE_MAX: u64 = 16 * 1024 * 1024;
/// What the file says it is.
const FORMAT: &str = "atlas-work";
/// Version of the format.
const VERSION: u32 = 1;

/// Why a work bundle cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file is larger, or holds more needs, than a bundle may.
    #[error("a work bundle has at most {limit} {what}")]
    TooLarge {
        /// Bytes or needs.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// It is no work bundle.
    #[error("no work bundle")]
    Foreign(#[source] Option<serde_json::Error>),
    /// A newer version wrote it.
    #[error("a work bundle of version {0}")]
    TooNew(u32),
    /// A need in it that no need may be.
    #[error("need {at} of the work bundle: {field}")]
    Need {
        /// Which one, from 1.
        at: usize,
        /// The field at fault.
        field: String,
    },
}

/// What tells a work bundle of any version.
#[derive(Deserialize)]
struct Head {
    format: String,
    v: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bundle {
    format: String,
    v: u32,
    /// When it was made (ISO 8601).
    made: String,
    needs: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(rename = "ref")]
    reference: RecordRef,
    need: Need,
}

/// Reads a work bundle.
///
/// # Errors
/// [`BundleError`] when it is no bundle or holds what no need may hold.
pub fn read(bytes: &[u8]) -> Result<Vec<(RecordRef, Need)>, BundleError> {
    if bytes.len() as u64 > BUNDLE_MAX {
        return Err(too_large("bytes", BUNDLE_MAX));
    }
    let foreign = |error| BundleError::Foreign(Some(error));
    let head: Head = serde_json::from_slice(bytes).map_err(foreign)?;
    if head.format != FORMAT || head.v == 0 {
        return Err(BundleError::Foreign(None));
    }
    if head.v > VERSION {
        return Err(BundleError::TooNew(head.v));
    }
    let bundle: Bundle = serde_json::from_slice(bytes).map_err(foreign)?;
    if bundle.needs.len() > NEEDS_MAX {
        return Err(too_large("needs", NEEDS_MAX as u64));
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut needs = Vec::new();
    for (at, line) in (1..).zip(bundle.needs) {
        let refuse = |field: &str| BundleError::Need {
            at,
            field: field.to_owned(),
        };
        if !line.reference.is_own_need() || !seen.insert(line.reference.clone()) {
            return Err(refuse("ref"));
        }
        if !line.need.standings.is_empty() {
            return Err(refuse("standings"));
        }
        line.need
            .fault()
            .map_or(Ok(()), |field| Err(refuse(field)))?;
        needs.push((line.reference, line.need));
    }
    Ok(needs)
}

/// Writes a work bundle. When `masked`, the texts from which needs were read stay at home, and so do the names of
/// enterprises that are not to be named, wherever they stand.
///
/// # Errors
/// [`BundleError::TooLarge`] when nobody could read it.
pub fn write(
    needs: Vec<(RecordRef, Need)>,
    masked: bool,
    now: &str,
) -> Result<Vec<u8>, BundleError> {
    if needs.len() > NEEDS_MAX {
        return Err(too_large("needs", NEEDS_MAX as u64));
    }
    let lines = needs.into_iter().map(|(reference, mut need)| {
        need.standings.clear();
        if masked {
            mask(&mut need);
        }
        Line { reference, need }
    });
    let bundle = Bundle {
        format: FORMAT.to_owned(),
        v: VERSION,
        made: now.to_owned(),
        needs: lines.collect(),
    };
    let bytes = serde_json::to_vec(&bundle).map_err(|error| BundleError::Foreign(Some(error)))?;
    if bytes.len() as u64 > BUNDLE_MAX {
        return Err(too_large("bytes", BUNDLE_MAX));
    }
    Ok(bytes)
}

fn too_large(what: &'static str, limit: u64) -> BundleError {
    BundleError::TooLarge { what, limit }
}

/// What stands for a name that is not told; no longer than the shortest name that is looked for, so that no text grows.
const MASK: &str = "**";

fn mask(need: &mut Need) {
    need.text.clear();
    if !need.form.masked {
        return;
    }
    let name = std::mem::take(&mut need.form.enterprise);
    let name = name.trim();
    // A single letter is no name that could be told from the rest of a text.
    if name.chars().count() < MASK.len() {
        return;
    }
    let NeedForm {
        title,
        problem,
        wanted,
        data_text,
        ..
    } = &mut need.form;
    let notes = need.shortlist.iter_mut().map(|kept| &mut kept.note);
    let reasons = need
        .history
        .iter_mut()
        .filter_map(|line| match &mut line.what {
            crate::api::types::Happening::Status { reason, .. } => Some(reason),
            _ => None,
        });
    for text in [
        title,
        problem,
        wanted,
        data_text,
        &mut need.note,
        &mut need.reason,
    ]
    .into_iter()
    .chain(notes)
    .chain(reasons)
    {
        if text.contains(name) {
            *text = text.replace(name, MASK);
        }
    }
}
