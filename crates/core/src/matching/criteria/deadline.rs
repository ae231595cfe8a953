//! *What it measures*: whether an offer can be in place when it is needed.
//!
//! *Why it matters*: a shutdown window or a funding period does not wait.
//!
//! *Example*: 60 days from the start to the deadline; an offer that takes 90 is violated and counts (60/90)² = 0.44.
//!
//! *When data is missing*: few listings state their lead time (`lead_days`); it counts half and is asked about.

use super::{Context, Criterion, Finding};
use crate::matching::candidate::Candidate;
use crate::model::{Date, NeedForm, Strength};

/// See the module.
pub struct Deadline;

const PRIOR: f64 = 0.5;

/// Days from 0000-03-01 to a date; the first day of a month or year that names no day.
pub fn days(date: &Date) -> i64 {
    let mut parts = date
        .as_str()
        .split('-')
        .map(|part| part.parse().unwrap_or(1));
    let mut next = || -> i64 { parts.next().unwrap_or(1) };
    let (year, month, day) = (next(), next(), next());
    // Years begin in March, so that a leap day is the last of its year.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1
}

/// Days that a candidate takes, as its listing states.
pub fn lead(candidate: &Candidate) -> Option<f64> {
    candidate
        .record
        .extra()
        .get("lead_days")?
        .as_f64()
        .filter(|days| *days > 0.0)
}

impl Criterion for Deadline {
    fn id(&self) -> &'static str {
        "deadline"
    }

    fn asked(&self, need: &NeedForm) -> bool {
        need.deadline.date.is_some()
    }

    fn strength(&self, need: &NeedForm) -> Strength {
        need.deadline.strength
    }

    fn states(&self, candidate: &Candidate) -> bool {
        lead(candidate).is_some()
    }

    fn assess(&self, context: &Context<'_>, candidate: &Candidate) -> Finding {
        let Some(lead) = lead(candidate) else {
            return Finding::unknown(PRIOR);
        };
        let today = days(context.today);
        let from = context
            .need
            .start
            .date
            .as_ref()
            .map_or(today, |start| days(start).max(today));
        let until = context.need.deadline.date.as_ref().map_or(from, days);
        let time = (until - from).max(0) as f64;
        let finding = if lead <= time {
            Finding::met(1.0)
        } else {
            Finding::violated((time / lead).powi(2))
        };
        finding
            .fact("asked", time.to_string())
            .fact("offered", lead.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_calendar() {
        let day = |text: &str| days(&Date::parse(text).unwrap());
        assert_eq!(day("2024-03-01") - day("2024-02-28"), 2);
        assert_eq!(day("2023-03-01") - day("2023-02-28"), 1);
        assert_eq!(day("2027-01-01") - day("2026-01-01"), 365);
        assert_eq!(day("2026-11"), day("2026-11-01"));
    }
}
