//! What to fetch: nothing, one delta or the snapshot. A generation never goes down.

use super::manifest::Delta;
use super::{Manifest, PackInfo};

/// What is at hand of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Generation and digest in the catalog.
    pub stored: Option<(u32, String)>,
    /// Highest generation ever applied, and its digest; survives a reset of the catalog.
    pub floor: Option<(u32, String)>,
}

/// What to do about a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'a> {
    /// It is at hand.
    Unchanged,
    /// One delta leads there.
    Delta(&'a Delta),
    /// Only the snapshot leads there.
    Snapshot(&'a [PackInfo]),
}

/// Why a manifest is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Its generation is lower than this one, which was applied before.
    Older(u32),
    /// Its generation was applied before, with another digest.
    Differs,
}

/// Chooses what to do.
///
/// # Errors
/// [`Refused`] when the manifest would lead back.
pub fn choose<'a>(manifest: &'a Manifest, held: &Held) -> Result<Step<'a>, Refused> {
    for (generation, digest) in held.stored.iter().chain(&held.floor) {
        if manifest.generation < *generation {
            return Err(Refused::Older(*generation));
        }
        if manifest.generation == *generation && manifest.state.digest != *digest {
            return Err(Refused::Differs);
        }
    }
    let Some((stored, _)) = &held.stored else {
        return Ok(Step::Snapshot(&manifest.snapshot));
    };
    if manifest.generation == *stored {
        return Ok(Step::Unchanged);
    }
    let whole: u64 = manifest
        .snapshot
        .iter()
        .map(|pack| u64::from(pack.size))
        .sum();
    let delta = manifest
        .deltas
        .iter()
        .find(|delta| delta.from == *stored && u64::from(delta.size) < whole);
    Ok(delta.map_or(Step::Snapshot(&manifest.snapshot), Step::Delta))
}
