//! When something begins or has to be done: `2026年底前`, 三个月内, `by the end of 2026`, `within 6 weeks`.
//!
//! A date counts only where words around it say what happens then; the year in which a workshop was built is no
//! deadline. A deadline is the last day of what is said, a start the first one.

use super::calendar::{Civil, PARTS_OF_YEAR, days_in};
use super::{Found, Reader, What};
use crate::api::types::NeedElement;
use crate::model::Date;

const STARTS: &[&str] = &[
    "启动", "开始", "开工", "进场", "立项", "动工", "start", "starts", "starting", "begin",
    "begins", "kick off", "kick-off", "from",
];
const ENDS: &[&str] = &[
    "前",
    "之前",
    "以前",
    "内",
    "以内",
    "之内",
    "完成",
    "上线",
    "交付",
    "验收",
    "投用",
    "投产",
    "建成",
    "截止",
    "截至",
    "工期",
    "周期",
    "到位",
    "落地",
    "deadline",
    "by",
    "before",
    "within",
    "complete",
    "completed",
    "go live",
    "live",
    "deliver",
    "delivered",
    "delivery",
    "finish",
    "finished",
    "no later than",
    "until",
    "due",
];
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// From which day to which, and where that is written.
struct Period {
    first: Civil,
    last: Civil,
    end: usize,
    /// `within …`: it says by itself that it is a deadline.
    is_limit: bool,
}

/// The dates of a text.
pub(super) fn read(reader: &Reader, today: &Date) -> Vec<Found> {
    let Some(today) = Civil::parse(today.as_str()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.chars.len() {
        let begins = reader.chars[at] != ' '
            && !(at > 0
                && reader.chars[at].is_ascii_alphanumeric()
                && reader.chars[at - 1].is_ascii_alphanumeric());
        let period = if begins {
            period(reader, at, today)
        } else {
            None
        };
        let Some(period) = period else {
            at += 1;
            continue;
        };
        found.extend(meaning(reader, at, &period, today));
        at = period.end;
    }
    found
}

fn meaning(reader: &Reader, start: usize, period: &Period, today: Civil) -> Option<Found> {
    let before = nearest(reader, start, period.end, STARTS);
    let after = nearest(reader, start, period.end, ENDS);
    let is_start = !period.is_limit
        && match (before, after) {
            (Some(before), Some(after)) => before < after,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return None,
        };
    let day = if is_start { period.first } else { period.last };
    if day < today && period.last < today {
        return None;
    }
    Some(Found {
        element: if is_start {
            NeedElement::Start
        } else {
            NeedElement::Deadline
        },
        what: What::Date(day.date()?),
        strength: reader.strength(start, period.end),
        start,
        end: period.end,
    })
}

/// How far the nearest of some words of the clause is.
fn nearest(reader: &Reader, start: usize, end: usize, words: &[&'static str]) -> Option<usize> {
    let (from, to) = reader.clauses.around(start, reader.chars.len());
    let places = (from..to).filter_map(|at| {
        let after = words
            .iter()
            .find_map(|word| reader.word(at, word).map(|(_, after)| after))?;
        if after <= start {
            Some(start - after)
        } else if at >= end {
            Some(at - end)
        } else {
            None
        }
    });
    places.min()
}

fn period(reader: &Reader, at: usize, today: Civil) -> Option<Period> {
    relative(reader, at, today)
        .or_else(|| numeric(reader, at))
        .or_else(|| han(reader, at, today))
        .or_else(|| english(reader, at, today))
}

/// 三个月内, 90天内, 两周之内, `within 6 weeks`, `in 3 months`.
fn relative(reader: &Reader, at: usize, today: Civil) -> Option<Period> {
    let within = reader.any(at, &["within ", "in "]);
    let number_at = within.map_or(at, |(_, after)| after);
    let (number, mut end) = reader
        .number(number_at)
        .or_else(|| english_number(reader, number_at))?;
    end = reader.skip(end);
    if let Some((_, after)) = reader.any(end, &["个"]) {
        end = after;
    }
    let half = reader.any(end, &["半"]).map(|(_, after)| end = after);
    let number = number + if half.is_some() { 0.5 } else { 0.0 };
    let (unit, after) = reader.any(
        end,
        &[
            "工作日",
            "日历天",
            "月",
            "周",
            "星期",
            "天",
            "日",
            "年",
            "季度",
            "months",
            "month",
            "weeks",
            "week",
            "working days",
            "days",
            "day",
            "years",
            "year",
        ],
    )?;
    let mut end = after;
    if within.is_none() {
        let (_, after) = reader.any(
            reader.skip(end),
            &["以内", "之内", "内", "完成", "上线", "交付"],
        )?;
        end = after;
    }
    let days = |per: f64| today.plus_days((number * per).ceil() as u32);
    let last = match unit {
        "月" | "months" | "month" if number.fract() == 0.0 => today.plus_months(number as u32)?,
        "月" | "months" | "month" => days(30.5)?,
        "季度" => today.plus_months((number * 3.0) as u32)?,
        "年" | "years" | "year" => today.plus_months((number * 12.0).round() as u32)?,
        "周" | "星期" | "weeks" | "week" => days(7.0)?,
        "工作日" | "working days" => days(1.4)?,
        _ => days(1.0)?,
    };
    Some(Period {
        first: today,
        last,
        end,
        is_limit: true,
    })
}

fn english_number(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    const WORDS: &[&str] = &[
        "one ", "two ", "three ", "four ", "five ", "six ", "seven ", "eight ", "nine ", "ten ",
        "eleven ", "twelve ", "a ", "half a ",
    ];
    let (word, end) = reader.any(at, WORDS)?;
    let place = WORDS.iter().position(|known| *known == word)?;
    let number = match place {
        12 => 1.0,
        13 => 0.5,
        _ => place as f64 + 1.0,
    };
    Some((number, end))
}

/// `2026-12-31`, `2026/12/31`, `2026.12.31`, `2026-12`.
fn numeric(reader: &Reader, at: usize) -> Option<Period> {
    let (year, end) = year(reader, at)?;
    let separator = *reader.chars.get(end)?;
    if !['-', '/', '.'].contains(&separator) {
        return None;
    }
    let (month, end) = small(reader, end + 1)?;
    let day = (reader.chars.get(end) == Some(&separator))
        .then(|| small(reader, end + 1))
        .flatten();
    match day {
        Some((day, end)) => Period::of_day(Civil { year, month, day }, end),
        None => Period::of_months(year, month, month, end),
    }
}

/// A four-digit year.
fn year(reader: &Reader, at: usize) -> Option<(u32, usize)> {
    let digits = reader.chars.get(at..at + 4)?;
    let year: u32 = digits.iter().collect::<String>().parse().ok()?;
    let goes_on = reader.chars.get(at + 4).is_some_and(char::is_ascii_digit);
    ((2000..2100).contains(&year) && !goes_on).then_some((year, at + 4))
}

/// A number below a hundred, in digits or characters.
fn small(reader: &Reader, at: usize) -> Option<(u32, usize)> {
    let (number, end) = reader.number(at)?;
    let number_is_plain = number.fract() == 0.0 && (1.0..100.0).contains(&number);
    number_is_plain.then_some((number as u32, end))
}

/// `2026年12月31日`, 今年底, 明年上半年, `2026年三季度`, `2027Q2`, 12月底, 下个月, 本月底.
fn han(reader: &Reader, at: usize, today: Civil) -> Option<Period> {
    let named = reader
        .any(
            at,
            &["今年", "本年", "年内", "明年", "后年", "年底", "年末"],
        )
        .map(|(word, after)| match word {
            "明年" => (today.year + 1, after),
            "后年" => (today.year + 2, after),
            "年内" | "年底" | "年末" => (today.year, at),
            _ => (today.year, after),
        });
    let written = || {
        let (year, end) = year(reader, at)?;
        let named = reader.any(reader.skip(end), &["年度", "年"]);
        let end = named.map(|(_, end)| end).or_else(|| quarter(reader, end))?;
        Some((year, end))
    };
    let next_month = reader.any(at, &["下个月", "下月", "本月", "这个月"]);
    if let Some((word, after)) = next_month {
        let month = today.plus_months(u32::from(word.starts_with('下')))?;
        let end = reader
            .any(after, &["底", "末", "内"])
            .map_or(after, |(_, end)| end);
        return Period::of_months(month.year, month.month, month.month, end);
    }
    if let Some((year, end)) = named.or_else(written) {
        let end = reader.skip(end);
        return part_of_year(reader, year, end);
    }
    // A month without a year is the next one of that name.
    let (month, end) = small(reader, at)?;
    let (_, end) = reader.any(end, &["月份", "月"])?;
    if month > 12 {
        return None;
    }
    let year = today.year + u32::from(month < today.month);
    month_part(reader, year, month, end)
}

/// Where a quarter begins that follows a year by itself: `2027Q2`, `2027-Q2`.
fn quarter(reader: &Reader, at: usize) -> Option<usize> {
    let at = reader
        .any(at, &["-", "/", "."])
        .map_or_else(|| reader.skip(at), |(_, end)| end);
    let (_, end) = reader.any(at, &["q1", "q2", "q3", "q4"])?;
    let goes_on = reader
        .chars
        .get(end)
        .is_some_and(char::is_ascii_alphanumeric);
    (!goes_on).then_some(at)
}

fn part_of_year(reader: &Reader, year: u32, at: usize) -> Option<Period> {
    let parts: &[(&str, u32, u32)] = &[
        ("年底", 1, 12),
        ("年末", 1, 12),
        ("年内", 1, 12),
        ("底", 1, 12),
        ("末", 1, 12),
        ("内", 1, 12),
        ("初", 1, 3),
        ("年中", 1, 6),
    ];
    let mut parts = parts.iter().chain(PARTS_OF_YEAR);
    if let Some((word, first, last)) = parts.find(|(word, _, _)| reader.has(at, word)) {
        return Period::of_months(year, *first, *last, at + word.chars().count());
    }
    let month = small(reader, at).and_then(|(month, end)| {
        let (_, end) = reader.any(end, &["月份", "月"])?;
        Some((month, end))
    });
    match month {
        Some((month, end)) => month_part(reader, year, month, end),
        None => Period::of_months(year, 1, 12, at),
    }
}

fn month_part(reader: &Reader, year: u32, month: u32, at: usize) -> Option<Period> {
    if let Some((_, end)) = reader.any(at, &["底", "末"]) {
        return Period::of_months(year, month, month, end);
    }
    let day = small(reader, at).and_then(|(day, end)| {
        let (_, end) = reader.any(end, &["日", "号"])?;
        Some((day, end))
    });
    match day {
        Some((day, end)) => Period::of_day(Civil { year, month, day }, end),
        None => Period::of_months(year, month, month, at),
    }
}

/// `end of 2026`, `December 2026`, `31 December 2026`, `Q3 2027`, `this year`, `next year`, `2027`.
fn english(reader: &Reader, at: usize, today: Civil) -> Option<Period> {
    if let Some((word, end)) = reader.any(at, &["next year", "this year", "year end", "year-end"]) {
        let year = today.year + u32::from(word == "next year");
        return Period::of_months(year, 1, 12, end);
    }
    if let Some((year, end)) = year(reader, at)
        && !matches!(reader.chars.get(end), Some('年' | '-' | '/'))
    {
        return Period::of_months(year, 1, 12, end);
    }
    let quarter = ["q1", "q2", "q3", "q4"]
        .iter()
        .position(|word| reader.has(at, word));
    if let Some(quarter) = quarter {
        let (year, end) = year(reader, reader.skip(at + 2))?;
        let first = quarter as u32 * 3 + 1;
        return Period::of_months(year, first, first + 2, end);
    }
    let (day, month_at) = match small(reader, at) {
        Some((day, end)) => {
            let end = reader
                .any(end, &["st", "nd", "rd", "th"])
                .map_or(end, |(_, end)| end);
            (Some(day), reader.skip(end))
        }
        None => (None, at),
    };
    let month = MONTHS.iter().position(|name| reader.has(month_at, name))?;
    let end = month_at + MONTHS[month].chars().count();
    let month = month as u32 + 1;
    let after = reader.skip(end);
    let day_after =
        small(reader, after).filter(|(day, _)| day_is(*day) && year(reader, after).is_none());
    let (day, after) = match (day, day_after) {
        (None, Some((day, end))) => (Some(day), end),
        (day, _) => (day, after),
    };
    let after = reader.skip(
        reader
            .any(reader.skip(after), &[","])
            .map_or(after, |(_, end)| end),
    );
    let (year, end) = match year(reader, after) {
        Some(found) => found,
        // “may” is a word of its own far more often than the month.
        None if month == 5 => return None,
        None => (today.year + u32::from(month < today.month), end),
    };
    match day {
        Some(day) => Period::of_day(Civil { year, month, day }, end),
        None => Period::of_months(year, month, month, end),
    }
}

fn day_is(day: u32) -> bool {
    (1..=31).contains(&day)
}

impl Period {
    fn of_day(day: Civil, end: usize) -> Option<Self> {
        day.date()?;
        Some(Self {
            first: day,
            last: day,
            end,
            is_limit: false,
        })
    }

    fn of_months(year: u32, first: u32, last: u32, end: usize) -> Option<Self> {
        if !(1..=12).contains(&first) || !(1..=12).contains(&last) {
            return None;
        }
        Some(Self {
            first: Civil {
                year,
                month: first,
                day: 1,
            },
            last: Civil {
                year,
                month: last,
                day: days_in(year, last),
            },
            end,
            is_limit: false,
        })
    }
}
