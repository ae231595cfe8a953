//! Verified backups of `user.db`: made beside it, checked, then renamed into place.
//!
//! Names carry the time: `backups/user-20261122T203000Z.db`. Kept are the newest of each of the last 7
//! days, 4 weeks and 6 months; nothing is removed before a newer backup has been verified.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::store::{Folder, StoreError, db};

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made: `20261122T203000Z`.
    pub made: String,
}

/// The backups of a folder, newest first.
pub(super) fn list(folder: &Folder) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(folder.file("backups")) else {
        return Vec::new();
    };
    let mut backups: Vec<Backup> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let made = name.strip_prefix("user-")?.strip_suffix(".db")?;
            (made.len() >= 8 && made.is_ascii()).then(|| Backup {
                path: entry.path(),
                made: made.to_owned(),
            })
        })
        .collect();
    backups.sort_by(|a, b| b.made.cmp(&a.made));
    backups
}

/// Makes a backup if `always`, or if the data changed since the newest one and that one is of another day.
pub(super) fn make(
    connection: &Connection,
    folder: &Folder,
    now: &str,
    always: bool,
) -> Result<Option<PathBuf>, StoreError> {
    let stamp: String = now.chars().filter(char::is_ascii_alphanumeric).collect();
    let source = folder.file("user.db");
    let backups = list(folder);
    if let Some(newest) = backups.first()
        && !always
        && (newest.made.get(..8) == stamp.get(..8) || !differs(&source, &newest.path)?)
    {
        return Ok(None);
    }
    let target_folder = folder.file("backups");
    fs::create_dir_all(&target_folder).map_err(|error| StoreError::io(&target_folder, error))?;
    let target = target_folder.join(format!("user-{stamp}.db"));
    let part = target_folder.join("user.part");
    remove(&part)?;
    let text = part
        .to_str()
        .ok_or_else(|| StoreError::Io(part.clone(), std::io::ErrorKind::InvalidFilename.into()))?;
    connection
        .execute("vacuum into ?", [text])
        .map_err(|error| StoreError::sqlite(&part, error))?;
    fs::File::open(&part)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::io(&part, error))?;
    db::check(&db::read(&part)?, &part)?;
    fs::rename(&part, &target).map_err(|error| StoreError::io(&target, error))?;
    db::sync_folder(&target_folder)?;
    for old in expired(&list(folder)) {
        remove(&old.path)?;
    }
    Ok(Some(target))
}

/// Puts the newest backup that proves sound in the place of `target`.
pub(super) fn restore_newest(
    folder: &Folder,
    target: &Path,
) -> Result<Option<PathBuf>, StoreError> {
    for backup in list(folder) {
        let sound = db::read(&backup.path)
            .and_then(|connection| db::check(&connection, &backup.path))
            .is_ok();
        if !sound {
            continue;
        }
        // Copied, not moved: the backup stays until a newer one has been verified.
        let part = target.with_extension("part");
        fs::copy(&backup.path, &part)
            .and_then(|_| fs::File::open(&part))
            .and_then(|file| file.sync_all())
            .map_err(|error| StoreError::io(&part, error))?;
        fs::rename(&part, target).map_err(|error| StoreError::io(target, error))?;
        db::sync_folder(folder.path())?;
        return Ok(Some(backup.path));
    }
    Ok(None)
}

/// Whether the database changed after the backup was made. Times of files suffice: a needless backup harms nobody.
fn differs(source: &Path, backup: &Path) -> Result<bool, StoreError> {
    let time = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified());
    let made = time(backup).map_err(|error| StoreError::io(backup, error))?;
    let mut wal = source.as_os_str().to_owned();
    wal.push("-wal");
    let changed = [source.to_owned(), PathBuf::from(wal)]
        .iter()
        .filter_map(|path| time(path).ok())
        .max();
    Ok(changed.is_none_or(|changed| changed > made))
}

/// Backups to remove: all but the newest of each of 7 days, 4 weeks and 6 months.
fn expired(backups: &[Backup]) -> Vec<&Backup> {
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    for (count, period) in [(7, Period::Day), (4, Period::Week), (6, Period::Month)] {
        let mut seen = BTreeSet::new();
        for backup in backups {
            if seen.len() < count && seen.insert(period.of(&backup.made)) {
                kept.insert(&backup.made);
            }
        }
    }
    backups
        .iter()
        .filter(|backup| !kept.contains(backup.made.as_str()))
        .collect()
}

#[derive(Clone, Copy)]
enum Period {
    Day,
    Week,
    Month,
}

impl Period {
    /// A number that is the same for all times of one period.
    fn of(self, made: &str) -> i64 {
        let number = |range: std::ops::Range<usize>| {
            made.get(range)
                .and_then(|digits| digits.parse::<i64>().ok())
                .unwrap_or(0)
        };
        let (year, month, day) = (number(0..4), number(4..6), number(6..8));
        match self {
            Self::Day => days(year, month, day),
            // Day 0 was a Thursday; weeks begin on Monday.
            Self::Week => (days(year, month, day) + 3).div_euclid(7),
            Self::Month => year * 12 + month,
        }
    }
}

/// Days since 1970-01-01 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
        - 1
        - 719_468
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(path, error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_epoch() {
        assert_eq!(days(1970, 1, 1), 0);
        assert_eq!(days(2000, 3, 1), 11_017);
        assert_eq!(days(2026, 11, 22), 20_779);
    }

    #[test]
    fn keeps_seven_days_four_weeks_six_months() {
        // One backup a day from 2026-01-01 to 2026-11-22, newest first.
        let first = days(2026, 1, 1);
        let mut backups: Vec<Backup> = Vec::new();
        for month in 1..=11 {
            for day in 1..=31 {
                if days(2026, month, day) <= days(2026, 11, 22)
                    && days(2026, month, day) >= first
                    && day <= 28
                {
                    let made = format!("2026{month:02}{day:02}T120000Z");
                    backups.push(Backup {
                        path: PathBuf::new(),
                        made,
                    });
                }
            }
        }
        backups.reverse();
        let gone: BTreeSet<&str> = expired(&backups)
            .iter()
            .map(|backup| backup.made.as_str())
            .collect();
        let kept: Vec<&str> = backups
            .iter()
            .map(|backup| backup.made.as_str())
            .filter(|made| !gone.contains(made))
            .collect();
        assert_eq!(
            kept,
            [
                "20261122T120000Z",
                "20261121T120000Z",
                "20261120T120000Z",
                "20261119T120000Z",
                "20261118T120000Z",
                "20261117T120000Z",
                "20261116T120000Z",
                "20261115T120000Z",
                "20261108T120000Z",
                "20261101T120000Z",
                "20261028T120000Z",
                "20260928T120000Z",
                "20260828T120000Z",
                "20260728T120000Z",
                "20260628T120000Z",
            ]
        );
    }
}
