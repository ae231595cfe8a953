//! What a field takes and how else it may be written. The form and whoever reads a spreadsheet ask here, so that neither
//! takes what the other refuses.

use std::borrow::Cow;

use super::fields::fields;
use crate::api::types::Shape;
use crate::model::Date;

/// Longest line, and longest paragraph, in characters.
pub const LINE: usize = 200;
/// See [`LINE`].
pub const PARAGRAPH: usize = 5_000;
/// Most texts, codes and results of a field.
pub const MANY: usize = 100;
/// Longest web address.
const ADDRESS: usize = 2_000;
/// Fewest digits of a phone: hotlines have five.
const PHONE: usize = 5;

/// The shape that forms ask for a field in, whatever the kind of record.
pub fn shape(path: &str) -> Option<Shape> {
    let mut fields = super::KINDS.iter().flat_map(|kind| fields(*kind));
    fields
        .find(|field| field.path == path)
        .map(|field| field.shape)
}

/// Whether a text, tidied before, is what a field of a shape takes. Shapes that need more than the text to tell take all.
pub fn takes(shape: Shape, text: &str) -> bool {
    match shape {
        Shape::Year => text.len() == 4 && Date::parse(text).is_ok(),
        Shape::Date => Date::parse(text).is_ok(),
        Shape::Address => is_address(text),
        Shape::Mail => text.chars().count() <= LINE && holds_mail(text),
        Shape::Phone => {
            text.chars().count() <= LINE && text.chars().filter(|c| c.is_numeric()).count() >= PHONE
        }
        _ => true,
    }
}

/// A text as a field of a shape keeps it; what it does not take stays as it is.
pub fn tidied(shape: Shape, text: &str) -> String {
    match shape {
        Shape::Date => date(text),
        Shape::Year => year(text),
        Shape::Address => address(text),
        _ => text.to_owned(),
    }
}

fn is_address(text: &str) -> bool {
    text.len() <= ADDRESS
        && url::Url::parse(text)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
}

/// Whether a mailbox stands in a text, alone, among others or beside a name.
fn holds_mail(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || ",;:，；：、<>()（）/".contains(c))
        .any(|word| {
            word.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty() && !domain.contains('@') && is_domain(domain)
            })
        })
}

/// `example.org`: labels of letters, digits and dashes, the last one of letters.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.rsplit_once('.').is_some_and(|(rest, last)| {
        rest.split('.').all(label)
            && last.chars().count() >= 2
            && last.chars().all(char::is_alphabetic)
    })
}

/// `2025/3/1`, `2025.3`, `2025年3月1日`, `二〇二五年三月` as ISO 8601; what is no date stays as it is.
fn date(text: &str) -> String {
    let plain = arabic(text);
    let parts: Vec<&str> = plain
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.is_empty() || parts.len() > 3 || !parts.iter().all(digits) {
        return text.to_owned();
    }
    let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
    padded.join("-")
}

/// The year of a date.
fn year(text: &str) -> String {
    let date = date(text);
    if Date::parse(&date).is_ok() {
        date.chars().take(4).collect()
    } else {
        text.to_owned()
    }
}

/// `www.example.org` is an address without its beginning. Only what begins with a host is: a mailbox, a script and a
/// number with a point are none.
fn address(text: &str) -> String {
    let wide = text.replacen("：//", "://", 1);
    let lower = wide.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return wide;
    }
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let (host, port) = text[..end].split_once(':').unwrap_or((&text[..end], "1"));
    let is_host = host.is_ascii()
        && is_domain(host)
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && !text.contains(char::is_whitespace);
    if is_host {
        format!("https://{text}")
    } else {
        text.to_owned()
    }
}

/// A date whose year is written in Chinese numerals, in digits: `二〇一八年三月` is `2018年3月`. Any other text stays as it
/// is, for 三 in it may count something else.
pub fn arabic(text: &str) -> Cow<'_, str> {
    let figures: String = text
        .chars()
        .map_while(|c| figure(c).filter(|figure| *figure < 10))
        .filter_map(|figure| char::from_digit(figure, 10))
        .collect();
    let rest: String = text.chars().skip(4).collect();
    if figures.chars().count() != 4 || !(rest.is_empty() || rest.starts_with(['年', '-'])) {
        return Cow::Borrowed(text);
    }
    let mut out = figures;
    let mut number = None;
    for c in rest.chars() {
        let Some(figure) = figure(c) else {
            out.extend(number.take().map(|number: u32| number.to_string()));
            out.push(c);
            continue;
        };
        // 三十一: ten counts what stands before it, and what stands after it is added.
        number = Some(match (number, figure) {
            (None | Some(0), 10) => 10,
            (Some(before), 10) => before.saturating_mul(10),
            (Some(before), figure) => before.saturating_add(figure),
            (None, figure) => figure,
        });
    }
    out.extend(number.map(|number| number.to_string()));
    Cow::Owned(out)
}

fn figure(c: char) -> Option<u32> {
    const FIGURES: &str = "〇一二三四五六七八九十";
    match c {
        '零' | '○' => Some(0),
        _ => FIGURES
            .chars()
            .position(|figure| figure == c)
            .map(|at| at as u32),
    }
}
