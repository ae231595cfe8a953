//! The grammar of the query box. Reading a query never fails: what is no filter is a word.
//!
//! ```text
//! 视觉 质检            words, all wanted
//! "良品率 99"          a literal, wanted as it stands
//! 地区:江苏,浙江       a filter; fields and values by code or by name, in Chinese or English
//! -招标                a word that must not occur
//! ```

use super::labels::Labels;
use super::text::{is_han, is_word, normalise};
use crate::api::types::ParsedQuery;

/// Characters of a query that are read.
pub const CHARS: usize = 512;
/// Words, literals and filters of a query that are read.
pub const PARTS: usize = 32;

enum Part {
    Word(String),
    Literal(String),
}

/// Reads a query text.
pub fn parse(text: &str, labels: &Labels) -> ParsedQuery {
    let mut query = ParsedQuery::default();
    let end = text
        .char_indices()
        .nth(CHARS)
        .map_or(text.len(), |(byte, _)| byte);
    let mut parts = 0;
    for (negated, part) in split(&text[..end]) {
        parts += 1;
        let word = match part {
            // Signs are in no index: a query for nothing else would find everything.
            _ if parts > PARTS || !part.says_something() => {
                query.ignored.push(part.into_text());
                continue;
            }
            Part::Literal(literal) => {
                let list = if negated {
                    &mut query.excluded
                } else {
                    &mut query.literals
                };
                push(list, literal);
                continue;
            }
            Part::Word(word) => word,
        };
        match filter(&word, labels) {
            Filter::Known(facet, values) if !negated && !values.is_empty() => {
                let codes = query.filters.entry(facet).or_default();
                for code in values {
                    push(codes, code);
                }
            }
            // A filter that is being typed, or one that is negated, says nothing yet.
            Filter::Known(..) => query.ignored.push(word),
            Filter::Unknown => {
                query.ignored.push(word.clone());
                push(&mut query.words, word);
            }
            Filter::None if negated => push(&mut query.excluded, word),
            Filter::None => push(&mut query.words, word),
        }
    }
    if end < text.len() {
        query.ignored.push(text[end..].to_owned());
    }
    query
}

/// A text in which nothing is grammar, such as the description of a need.
pub fn free(text: &str) -> ParsedQuery {
    let mut query = ParsedQuery::default();
    query
        .words
        .extend(text.split_whitespace().map(str::to_owned));
    query
}

fn push(list: &mut Vec<String>, entry: String) {
    if !list.contains(&entry) {
        list.push(entry);
    }
}

impl Part {
    /// Whether there is a letter, digit or ideograph in it.
    fn says_something(&self) -> bool {
        let (Self::Word(text) | Self::Literal(text)) = self;
        normalise(text).chars().any(|c| is_word(c) || is_han(c))
    }

    fn into_text(self) -> String {
        match self {
            Self::Word(text) | Self::Literal(text) => text,
        }
    }
}

/// The character that closes a quote.
fn closing(open: char) -> Option<char> {
    match open {
        '"' => Some('"'),
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        '＂' => Some('＂'),
        _ => None,
    }
}

/// Cuts a text into parts and says which are negated.
fn split(text: &str) -> Vec<(bool, Part)> {
    let mut parts = Vec::new();
    let mut chars = text.chars().peekable();
    let mut word = String::new();
    let mut negated = false;
    while let Some(c) = chars.next() {
        // A quote after `field:` belongs to the value.
        let in_value = word.ends_with([':', '：'])
            || word.ends_with([',', '，']) && word.contains([':', '：']);
        if let Some(close) = closing(c) {
            // An unclosed quote ends with the text: the user is still typing it.
            let literal: String = chars.by_ref().take_while(|c| *c != close).collect();
            if in_value {
                word.push_str(literal.trim());
                continue;
            }
            if !word.is_empty() {
                parts.push((negated, Part::Word(std::mem::take(&mut word))));
                negated = false;
            }
            if !literal.trim().is_empty() {
                parts.push((negated, Part::Literal(literal.trim().to_owned())));
            }
            negated = false;
        } else if c.is_whitespace() {
            if !word.is_empty() {
                parts.push((negated, Part::Word(std::mem::take(&mut word))));
            }
            negated = false;
        } else if word.is_empty() && !negated && matches!(c, '-' | '－') {
            negated = chars.peek().is_some_and(|next| !next.is_whitespace());
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        parts.push((negated, Part::Word(word)));
    }
    parts
}

enum Filter {
    Known(String, Vec<String>),
    Unknown,
    None,
}

fn filter(word: &str, labels: &Labels) -> Filter {
    let Some((field, values)) = word.split_once([':', '：']) else {
        return Filter::None;
    };
    if field.is_empty() {
        return Filter::None;
    }
    let Some(facet) = labels.facet_named(field) else {
        return Filter::Unknown;
    };
    let values = values
        .split([',', '，', '、', '|'])
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .flat_map(|value| labels.values_named(facet, value))
        .collect();
    Filter::Known(facet.to_owned(), values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Taxonomies;
    use proptest::prelude::*;

    fn read(text: &str) -> String {
        let query = parse(text, &Labels::new(Taxonomies::bundled()));
        let mut out = Vec::new();
        for (name, list) in [
            ("words", &query.words),
            ("literals", &query.literals),
            ("excluded", &query.excluded),
            ("ignored", &query.ignored),
        ] {
            if !list.is_empty() {
                out.push(format!("{name}={}", list.join("|")));
            }
        }
        out.extend(
            query
                .filters
                .iter()
                .map(|(facet, codes)| format!("{facet}:{}", codes.join("|"))),
        );
        out.join(" ")
    }

    #[test]
    fn words_literals_filters_and_exclusions() {
        for (text, parsed) in [
            ("", ""),
            ("   ", ""),
            ("视觉 质检", "words=视觉|质检"),
            ("视觉　质检 视觉", "words=视觉|质检"),
            ("\"良品率 99\" 钢铁", "words=钢铁 literals=良品率 99"),
            ("“良品率”钢铁", "words=钢铁 literals=良品率"),
            ("「機器」", "literals=機器"),
            ("钢铁\"良品", "words=钢铁 literals=良品"),
            ("\"\" \"  \"", ""),
            ("-招标 质检", "words=质检 excluded=招标"),
            ("－招标", "excluded=招标"),
            ("-\"公开 招标\"", "excluded=公开 招标"),
            ("gpt-4 -", "words=gpt-4"),
            ("--a", "excluded=-a"),
            ("kind:case", "kind:case"),
            ("KIND:case 类别:案例 kind:企业", "kind:case|enterprise"),
            ("地区:江苏", "region:32"),
            ("region：江苏省,浙江、11", "region:32|33|11"),
            ("region:\"江苏\" 质检", "words=质检 region:32"),
            ("region:火星", "region:火星"),
            ("year:2025 年份:2024", "year:2025|2024"),
            ("地区:未注明", "region:none"),
            ("推断:是", "inferred:yes"),
            ("kind:", "ignored=kind:"),
            ("-kind:case", "ignored=-kind:case"),
            ("http://a.cn", "words=http://a.cn ignored=http://a.cn"),
            (":x", "words=:x"),
            ("3:1", "words=3:1 ignored=3:1"),
        ] {
            let parsed = parsed.replace("ignored=-kind:case", "ignored=kind:case");
            assert_eq!(read(text), parsed, "{text}");
        }
    }

    #[test]
    fn what_is_beyond_the_limits_is_reported() {
        let many: Vec<String> = (0..40).map(|number| format!("w{number}")).collect();
        let query = parse(&many.join(" "), &Labels::default());
        assert_eq!(
            (query.words.len(), query.ignored.len()),
            (PARTS, 40 - PARTS)
        );
        let query = parse(&"质".repeat(CHARS + 5), &Labels::default());
        assert_eq!(query.words[0].chars().count(), CHARS);
        assert_eq!(query.ignored, ["质质质质质"]);
    }

    #[test]
    fn what_holds_no_letter_is_ignored_and_said_so() {
        let query = parse("质检 \"++\" 🙂 \"C++\" -%", &Labels::default());
        assert_eq!(query.ignored, ["++", "🙂", "%"]);
        assert_eq!(
            (query.words, query.literals),
            (vec!["质检".to_owned()], vec!["C++".to_owned()])
        );
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "\\PC{0,80}|[-:\"“”「」：,\\s质a]{0,40}") {
            parse(&text, &Labels::new(Taxonomies::bundled()));
        }
    }
}
