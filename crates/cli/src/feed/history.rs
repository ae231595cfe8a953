//! The retained generations: those from which a delta still leads.
//!
//! Kept are the last 30, the newest of each of the last 26 weeks and the newest of each of the last 12 months, which
//! keeps the list short however often a feed is published. A reader with any other generation fetches the snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use atlas_core::feed::{Manifest, Op, PackReader};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::error::{FeedError, content, file};
use super::folder::{self, Folder, read_if_there};
use super::packs::{Pack, State};

/// Generations kept because they are recent.
const RECENT: usize = 30;
/// Weeks of which the newest generation is kept.
const WEEKS: usize = 26;
/// Months of which the newest generation is kept.
const MONTHS: usize = 12;

/// The retained generations, oldest first.
pub(crate) fn generations(folder: &Folder) -> Result<Vec<u32>, FeedError> {
    let mut generations: Vec<u32> = folder::names(&folder.history())?
        .iter()
        .filter_map(|name| name.parse().ok())
        .collect();
    generations.sort_unstable();
    Ok(generations)
}

fn place(folder: &Folder, generation: u32) -> PathBuf {
    folder.history().join(generation.to_string())
}

/// The manifest of a retained generation.
pub(crate) fn manifest(folder: &Folder, generation: u32) -> Result<(Manifest, Vec<u8>), FeedError> {
    let path = place(folder, generation).join("manifest.json");
    let bytes = read_if_there(&path)?.ok_or_else(|| content(&path, "the file is missing"))?;
    let manifest = Manifest::parse(&bytes).map_err(|error| content(&path, error))?;
    Ok((manifest, bytes))
}

/// The newest generation with the bytes of its manifest.
pub(crate) fn newest(folder: &Folder) -> Result<Option<(u32, Vec<u8>)>, FeedError> {
    match generations(folder)?.last() {
        Some(generation) => {
            let (_, bytes) = manifest(folder, *generation)?;
            Ok(Some((*generation, bytes)))
        }
        None => Ok(None),
    }
}

/// The snapshot packs of a retained generation.
pub(crate) fn snapshot(folder: &Folder, manifest: &Manifest) -> Result<Vec<Vec<u8>>, FeedError> {
    manifest
        .snapshot
        .iter()
        .map(|info| {
            let name = format!("{}.zst", info.sha256);
            let path = place(folder, manifest.generation).join(name);
            read_if_there(&path)?.ok_or_else(|| content(&path, "the file is missing"))
        })
        .collect()
}

/// The whole state of a retained generation.
pub(crate) fn state(folder: &Folder, manifest: &Manifest) -> Result<State, FeedError> {
    let mut state = State::new();
    let place = place(folder, manifest.generation);
    for (info, bytes) in manifest.snapshot.iter().zip(snapshot(folder, manifest)?) {
        let reader = PackReader::open(&bytes, info).map_err(|error| content(&place, error))?;
        for op in reader {
            match op.map_err(|error| content(&place, error))? {
                Op::Put { kind, id, raw } => {
                    state.insert((kind, id), raw);
                }
                Op::Delete { .. } => return Err(content(&place, "a snapshot removes nothing")),
            }
        }
    }
    Ok(state)
}

/// Keeps a generation: its snapshot and, last, its manifest.
pub(crate) fn keep(
    folder: &Folder,
    generation: u32,
    manifest: &[u8],
    snapshot: &[Pack],
) -> Result<(), FeedError> {
    let place = place(folder, generation);
    forget(folder, generation)?;
    for pack in snapshot {
        folder::write(
            &place.join(format!("{}.zst", pack.info.sha256)),
            &pack.bytes,
        )?;
    }
    folder::write(&place.join("manifest.json"), manifest)
}

/// Forgets a generation.
pub(crate) fn forget(folder: &Folder, generation: u32) -> Result<(), FeedError> {
    let place = place(folder, generation);
    match fs::remove_dir_all(&place) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(file(&place)(error)),
        _ => Ok(()),
    }
}

/// Which of these generations stay, given when each was published, oldest first.
pub(crate) fn retained(published: &[(u32, Timestamp)]) -> BTreeSet<u32> {
    let mut stay: BTreeSet<u32> = published
        .iter()
        .rev()
        .take(RECENT)
        .map(|(generation, _)| *generation)
        .collect();
    // Later generations overwrite earlier ones of the same week or month.
    let mut weeks: BTreeMap<(i16, i8), u32> = BTreeMap::new();
    let mut months: BTreeMap<(i16, i8), u32> = BTreeMap::new();
    for (generation, time) in published {
        let date = time.to_zoned(TimeZone::UTC).date();
        let week = date.iso_week_date();
        weeks.insert((week.year(), week.week()), *generation);
        months.insert((date.year(), date.month()), *generation);
    }
    stay.extend(weeks.values().rev().take(WEEKS));
    stay.extend(months.values().rev().take(MONTHS));
    stay
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_years_of_daily_generations_keep_at_most_68_and_the_recent_ones_whole() {
        let start: Timestamp = "2024-01-01T08:00:00Z".parse().unwrap();
        let day = |n: u32| start + jiff::Span::new().hours(i64::from(n) * 24);
        let published: Vec<(u32, Timestamp)> = (1..=1095).map(|n| (n, day(n))).collect();
        let stay = retained(&published);
        assert!(stay.len() <= RECENT + WEEKS + MONTHS, "{}", stay.len());
        assert!((1066..=1095).all(|n| stay.contains(&n)));
        assert!(!stay.contains(&1));
        // What was let go never comes back: dropping the rest first gives the same.
        let kept: Vec<(u32, Timestamp)> = published
            .into_iter()
            .filter(|(n, _)| stay.contains(n))
            .collect();
        assert_eq!(retained(&kept), stay);
    }
}
