//! Days, and how many months or days later is which.

use crate::model::Date;

/// Longest time ahead that is believed, in months.
const FARTHEST: u32 = 240;

/// Halves and quarters of a year as they are written, with their first and last months; longer names first.
pub const PARTS_OF_YEAR: &[(&str, u32, u32)] = &[
    ("上半年", 1, 6),
    ("下半年", 7, 12),
    ("第一季度", 1, 3),
    ("第二季度", 4, 6),
    ("第三季度", 7, 9),
    ("第四季度", 10, 12),
    ("一季度", 1, 3),
    ("二季度", 4, 6),
    ("三季度", 7, 9),
    ("四季度", 10, 12),
    ("q1", 1, 3),
    ("q2", 4, 6),
    ("q3", 7, 9),
    ("q4", 10, 12),
];

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Civil {
    pub(super) year: u32,
    pub(super) month: u32,
    pub(super) day: u32,
}

impl Civil {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse().ok());
        let (year, month) = (parts.next()??, parts.next()??);
        let day = parts.next()??;
        Some(Self { year, month, day })
    }

    pub(super) fn date(self) -> Option<Date> {
        Date::parse(&format!(
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        ))
        .ok()
    }

    pub(super) fn plus_months(self, months: u32) -> Option<Self> {
        if months > FARTHEST {
            return None;
        }
        let months = self.month - 1 + months;
        let (year, month) = (self.year + months / 12, months % 12 + 1);
        Some(Self {
            year,
            month,
            day: self.day.min(days_in(year, month)),
        })
    }

    pub(super) fn plus_days(self, days: u32) -> Option<Self> {
        if days > FARTHEST * 31 {
            return None;
        }
        let mut day = self;
        for _ in 0..days {
            day.day += 1;
            if day.day > days_in(day.year, day.month) {
                day = Self {
                    day: 1,
                    ..day.plus_months(1)?
                };
            }
        }
        Some(day)
    }
}

/// Days of a month.
pub(super) fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}
