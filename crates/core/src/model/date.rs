//! Dates as sources print them: a year, a month or a day.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// A date of ISO 8601 reduced precision: `2025`, `2025-11` or `2025-11-24`.
///
/// Sorts as text: a less precise date comes before the more precise ones it contains.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(transparent)]
pub struct Date(String);

/// The text is not a year, month or day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date (expected YYYY, YYYY-MM or YYYY-MM-DD)")]
pub struct DateError(pub String);

impl Date {
    /// Parses a date and checks it against the Gregorian calendar.
    ///
    /// # Errors
    /// [`DateError`] when the text is anything but a date of the three precisions.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let error = || DateError(text.to_owned());
        let parts: Vec<&str> = text.split('-').collect();
        let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        if !matches!(widths.as_slice(), [4] | [4, 2] | [4, 2, 2])
            || !text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
        {
            return Err(error());
        }
        let number = |idx: usize| {
            parts
                .get(idx)
                .map_or(Ok(1), |part| part.parse::<u32>().map_err(|_| error()))
        };
        let (year, month, day) = (number(0)?, number(1)?, number(2)?);
        if year == 0 || !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return Err(error());
        }
        Ok(Self(text.to_owned()))
    }

    /// The date as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The year.
    pub fn year(&self) -> &str {
        &self.0[..4]
    }
}

fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_three_precisions_and_refuses_what_the_calendar_does_not_know() {
        for good in ["2025", "2025-11", "2025-11-24", "2024-02-29", "2000-02-29"] {
            assert_eq!(
                Date::parse(good).map(|date| date.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in [
            "",
            "25",
            "2025-13",
            "2025-00",
            "2025-02-29",
            "1900-02-29",
            "2025-1-1",
            "2025/11",
            "2025-11-24T",
            "２０２５",
            "+025",
        ] {
            assert!(Date::parse(bad).is_err(), "{bad:?} must be refused");
        }
    }

    #[test]
    fn sorts_by_time() {
        let mut dates: Vec<Date> = ["2025-11-24", "2024", "2025", "2025-11"]
            .iter()
            .map(|text| Date::parse(text).unwrap())
            .collect();
        dates.sort();
        assert_eq!(
            dates.iter().map(Date::as_str).collect::<Vec<_>>(),
            ["2024", "2025", "2025-11", "2025-11-24"]
        );
    }
}
