//! Which backups are kept: all of the newest day up to a few, and the newest of each of 7 days, 4 weeks and 6 months.

use std::collections::BTreeSet;

use super::Backup;

/// Backups of the newest day that are kept.
const SAME_DAY: usize = 8;

/// Backups to remove, of those given newest first.
pub(super) fn expired(backups: &[Backup]) -> Vec<&Backup> {
    let newest = backups.first().map(|backup| Period::Day.of(&backup.made));
    let mut kept: BTreeSet<&str> = backups
        .iter()
        .take(SAME_DAY)
        .filter(|backup| Some(Period::Day.of(&backup.made)) == newest)
        .map(|backup| backup.made.as_str())
        .collect();
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

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

    #[test]
    fn backups_of_one_day_stay_until_the_next_one() {
        let made = |stamp: &str| Backup {
            path: PathBuf::new(),
            made: stamp.to_owned(),
        };
        let mut backups = vec![
            made("20261122T200000Z-2"),
            made("20261122T200000Z"),
            made("20261122T080000Z"),
            made("20261121T200000Z"),
            made("20261121T080000Z"),
        ];
        let gone = |backups: &[Backup]| {
            expired(backups)
                .iter()
                .map(|backup| backup.made.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(gone(&backups), ["20261121T080000Z"]);
        backups.insert(0, made("20261123T080000Z"));
        assert_eq!(
            gone(&backups),
            ["20261122T200000Z", "20261122T080000Z", "20261121T080000Z"]
        );
    }
}
