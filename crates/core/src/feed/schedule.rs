//! When a feed is to be checked by itself: once a day, give or take a fifth, and later after failures.
//!
//! Pure: the host tells the time and owns the timer. A check that the user asks for is always due.

use jiff::{SignedDuration, Timestamp};

use super::Digest;

/// Between two checks.
const DAY: i64 = 24 * 60 * 60;
/// After the first failure; doubles with each further one, up to a day.
const FIRST: i64 = 60;

/// What happened so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempts {
    /// The last attempt; none when there was none.
    pub last: Option<Timestamp>,
    /// Failures since the last success.
    pub failures: u32,
    /// Seconds for which the server asked not to be asked again.
    pub retry_after: Option<u32>,
}

/// When the next check is due. `seed` spreads the clients: the same seed gives the same time.
pub fn next(attempts: &Attempts, seed: &str) -> Option<Timestamp> {
    let last = attempts.last?;
    let wait = match attempts.failures {
        0 => DAY,
        failures => FIRST.saturating_mul(1 << (failures - 1).min(11)).min(DAY),
    };
    // −20 % … +20 %, by a hash of the seed and of the last attempt.
    let hash = Digest::of(format!("{seed}\n{last}").as_bytes()).0;
    let thousandths = i64::from(u16::from_be_bytes([hash[0], hash[1]])) * 400 / 65_536 - 200;
    let wait = wait + wait * thousandths / 1000;
    let asked = i64::from(attempts.retry_after.unwrap_or(0)).min(DAY);
    last.checked_add(SignedDuration::from_secs(wait.max(asked)))
        .ok()
}

/// Whether a check is due. A last attempt in the future proves that the clock was wrong; then it is due.
pub fn is_due(attempts: &Attempts, seed: &str, now: Timestamp) -> bool {
    match (attempts.last, next(attempts, seed)) {
        (Some(last), Some(next)) => now >= next || last > now,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn wait(failures: u32, retry_after: Option<u32>, seed: &str) -> i64 {
        let last = at("2026-11-22T08:00:00Z");
        let attempts = Attempts {
            last: Some(last),
            failures,
            retry_after,
        };
        next(&attempts, seed).unwrap().as_second() - last.as_second()
    }

    #[test]
    fn a_day_with_jitter_and_backoff_from_a_minute_to_a_day() {
        let waits: Vec<i64> = (0..200).map(|n| wait(0, None, &n.to_string())).collect();
        assert!(
            waits
                .iter()
                .all(|wait| (DAY * 8 / 10..=DAY * 12 / 10).contains(wait))
        );
        let (least, most) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
        assert!(most - least > DAY / 4, "the clients are spread");
        assert!((48..=72).contains(&wait(1, None, "a")));
        assert!((96..=144).contains(&wait(2, None, "a")));
        assert!((DAY * 8 / 10..=DAY * 12 / 10).contains(&wait(40, None, "a")));
    }

    #[test]
    fn a_server_that_asks_for_time_gets_it_up_to_a_day() {
        assert_eq!(wait(1, Some(3600), "a"), 3600);
        assert!(wait(1, Some(u32::MAX), "a") <= DAY);
    }

    #[test]
    fn a_feed_never_tried_is_due_and_so_is_one_tried_in_the_future() {
        let now = at("2026-11-22T08:00:00Z");
        assert!(is_due(&Attempts::default(), "a", now));
        let mut attempts = Attempts {
            last: Some(now),
            ..Attempts::default()
        };
        assert!(!is_due(&attempts, "a", now));
        assert!(is_due(&attempts, "a", at("2026-11-23T13:00:00Z")));
        attempts.last = Some(at("2030-01-01T00:00:00Z"));
        assert!(is_due(&attempts, "a", now));
    }
}
