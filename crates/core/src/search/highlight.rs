//! Marks where a query matched, on the original text: ranges of characters, merged, never HTML.

use std::collections::BTreeSet;

use super::stem::stem;
use super::text::{normalise, normalise_mapped};
use super::tokenizer::{Run, bigrams, runs};
use crate::api::types::{ParsedQuery, Span};

/// Width of a snippet in Han characters; other characters count half.
const WIDTH: usize = 60;
/// Width before the first mark of a snippet.
const LEAD: usize = 12;

/// What to mark.
#[derive(Debug, Clone, Default)]
pub struct Marker {
    bigrams: BTreeSet<String>,
    chars: BTreeSet<String>,
    words: BTreeSet<String>,
    stems: BTreeSet<String>,
    literals: Vec<String>,
}

/// Marks of one text.
#[derive(Debug, Default)]
pub struct Marks<'a> {
    text: &'a str,
    /// Ranges of original characters, in order, not touching.
    ranges: Vec<(usize, usize)>,
    /// What was found.
    found: BTreeSet<&'a str>,
}

impl Marker {
    /// What a query marks.
    pub fn new(query: &ParsedQuery) -> Self {
        let mut marker = Self::default();
        let corrected = query.corrected.iter().map(|(_, used)| used);
        for word in query.words.iter().chain(corrected) {
            let normal = normalise(word);
            for run in runs(&normal) {
                if !run.han {
                    marker.stems.extend(stem(run.text));
                    marker.words.insert(run.text.to_owned());
                } else if run.text.chars().nth(1).is_none() {
                    marker.chars.insert(run.text.to_owned());
                } else {
                    marker.bigrams.extend(bigrams(run.text).map(str::to_owned));
                }
            }
        }
        marker
            .literals
            .extend(query.literals.iter().map(|literal| normalise(literal)));
        marker
    }

    /// Whether there is nothing to mark.
    pub fn is_empty(&self) -> bool {
        self.wanted() == 0
    }

    fn wanted(&self) -> usize {
        self.bigrams.len() + self.chars.len() + self.words.len() + self.literals.len()
    }

    /// Marks a text.
    pub fn marks<'a>(&'a self, text: &'a str) -> Marks<'a> {
        let normal = normalise_mapped(text);
        let mut marks = Marks {
            text,
            ..Marks::default()
        };
        let mut ranges = Vec::new();
        for run in runs(&normal.text) {
            if run.han {
                self.mark_han(&run, &mut ranges, &mut marks)
            } else {
                self.mark_word(&run, &mut ranges, &mut marks)
            }
        }
        for literal in &self.literals {
            let length = literal.chars().count();
            for (byte, _) in normal.text.match_indices(literal.as_str()) {
                let at = normal.text[..byte].chars().count();
                ranges.push((at, at + length));
                marks.found.insert(literal);
            }
        }
        ranges.sort_unstable();
        for (from, to) in ranges {
            let from = normal.origin[from].0 as usize;
            let to = normal.origin[to - 1].1 as usize;
            match marks.ranges.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => marks.ranges.push((from, to)),
            }
        }
        marks
    }

    fn mark_han<'a>(
        &'a self,
        run: &Run<'_>,
        ranges: &mut Vec<(usize, usize)>,
        marks: &mut Marks<'a>,
    ) {
        for (idx, bigram) in bigrams(run.text).enumerate() {
            if let Some(known) = self.bigrams.get(bigram) {
                ranges.push((run.at + idx, run.at + idx + 2));
                marks.found.insert(known);
            }
        }
        if !self.chars.is_empty() {
            for (idx, c) in run.text.chars().enumerate() {
                if let Some(known) = self.chars.get(c.encode_utf8(&mut [0; 4]) as &str) {
                    ranges.push((run.at + idx, run.at + idx + 1));
                    marks.found.insert(known);
                }
            }
        }
    }

    fn mark_word<'a>(
        &'a self,
        run: &Run<'_>,
        ranges: &mut Vec<(usize, usize)>,
        marks: &mut Marks<'a>,
    ) {
        let prefix = self
            .words
            .iter()
            .filter(|word| run.text.starts_with(word.as_str()))
            .max_by_key(|word| word.len());
        if let Some(word) = prefix {
            ranges.push((run.at, run.at + word.chars().count()));
            marks.found.insert(word);
            return;
        }
        if let Some(shared) = stem(run.text).filter(|stem| self.stems.contains(stem)) {
            ranges.push((run.at, run.at + run.text.chars().count()));
            let word = self
                .words
                .iter()
                .find(|word| stem(word).as_ref() == Some(&shared));
            marks.found.extend(word.map(String::as_str));
        }
    }

    /// The title of a record: the first name with a mark, otherwise the first one. Also whether it shows
    /// everything that the query asks for.
    pub fn title(&self, names: &[&str]) -> (Vec<Span>, bool) {
        let marked: Vec<Marks<'_>> = names.iter().map(|name| self.marks(name)).collect();
        let best = marked
            .iter()
            .find(|marks| !marks.ranges.is_empty())
            .or(marked.first());
        best.map_or((Vec::new(), false), |marks| {
            (marks.spans(), marks.found.len() >= self.wanted())
        })
    }

    /// The piece that matches most, cut around its marks; nothing when none matches.
    pub fn snippet(&self, pieces: &[&str]) -> Vec<Span> {
        let mut best: Option<Marks<'_>> = None;
        for piece in pieces {
            let marks = self.marks(piece);
            if marks.found.len() > best.as_ref().map_or(0, |best| best.found.len()) {
                best = Some(marks);
            }
        }
        best.map_or_else(Vec::new, |marks| marks.window())
    }
}

fn width(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

impl Marks<'_> {
    /// The whole text in spans.
    pub fn spans(&self) -> Vec<Span> {
        let chars: Vec<char> = self.text.chars().collect();
        self.cut(&chars, 0, chars.len())
    }

    /// The stretch that holds most marked characters, and a little before it.
    fn window(&self) -> Vec<Span> {
        let chars: Vec<char> = self.text.chars().collect();
        let reach = |from: usize, most: usize| {
            let mut used = 0;
            let within = |c: &&char| {
                used += width(**c);
                used <= most
            };
            from + chars[from..].iter().take_while(within).count()
        };
        let marked_within = |from: usize, to: usize| -> usize {
            self.ranges
                .iter()
                .map(|range| range.1.min(to).saturating_sub(range.0.max(from)))
                .sum()
        };
        let gain =
            |range: &(usize, usize)| marked_within(range.0, reach(range.0, 2 * (WIDTH - LEAD)));
        let first = self
            .ranges
            .iter()
            .rev()
            .max_by_key(|range| gain(range))
            .map_or(0, |range| range.0);
        let mut from = first;
        let mut used = 0;
        while from > 0 && used + width(chars[from - 1]) <= 2 * LEAD {
            from -= 1;
            used += width(chars[from]);
        }
        // A text that fits is shown whole.
        if reach(0, 2 * WIDTH) == chars.len() {
            from = 0;
        }
        let to = reach(from, 2 * WIDTH);
        let mut spans = self.cut(&chars, from, to);
        if from > 0 {
            spans.insert(
                0,
                Span {
                    t: "…".to_owned(),
                    m: false,
                },
            );
        }
        if to < chars.len() {
            spans.push(Span {
                t: "…".to_owned(),
                m: false,
            });
        }
        spans
    }

    fn cut(&self, chars: &[char], from: usize, to: usize) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut push = |from: usize, to: usize, m: bool| {
            if from < to {
                spans.push(Span {
                    t: chars[from..to].iter().collect(),
                    m,
                });
            }
        };
        let mut at = from;
        for range in &self.ranges {
            let (start, end) = (range.0.clamp(at, to), range.1.clamp(at, to));
            push(at, start, false);
            push(start, end, true);
            at = end;
        }
        push(at, to, false);
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marker(words: &[&str], literals: &[&str]) -> Marker {
        Marker::new(&ParsedQuery {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            literals: literals
                .iter()
                .map(|literal| (*literal).to_owned())
                .collect(),
            ..ParsedQuery::default()
        })
    }

    fn shown(spans: &[Span]) -> String {
        spans
            .iter()
            .map(|span| {
                if span.m {
                    format!("[{}]", span.t)
                } else {
                    span.t.clone()
                }
            })
            .collect()
    }

    #[test]
    fn marks_lie_on_the_text_as_written() {
        for (words, literals, text, marked) in [
            (
                &["視覺質檢"][..],
                &[][..],
                "基于视觉质检的系统",
                "基于[视觉质检]的系统",
            ),
            (&["视觉质检"], &[], "視覺與質檢", "[視覺]與[質檢]"),
            (&["ai"], &[], "ＡＩ＋制造, AIGC", "[ＡＩ]＋制造, [AI]GC"),
            (
                &["detection"],
                &[],
                "Detecting defects",
                "[Detecting] defects",
            ),
            (&["钢"], &[], "炼钢与钢铁", "炼[钢]与[钢]铁"),
            (&[], &["率 99"], "良品率 99%", "良品[率 99]%"),
            (&["没有"], &[], "别的", "别的"),
            (&["5m"], &[], "约５㎡", "约[５㎡]"),
        ] {
            assert_eq!(
                shown(&marker(words, literals).marks(text).spans()),
                marked,
                "{text}"
            );
        }
    }

    #[test]
    fn a_snippet_shows_the_stretch_with_most_marks() {
        let text = format!(
            "{}钢铁{}视觉质检系统{}",
            "前".repeat(50),
            "中".repeat(80),
            "后".repeat(80)
        );
        let spans = marker(&["视觉质检", "钢铁"], &[]).snippet(&["别的", &text]);
        let shown = shown(&spans);
        assert!(
            shown.starts_with("…中") && shown.contains("[视觉质检]") && shown.ends_with("后…"),
            "{shown}"
        );
        assert!(marker(&["没有"], &[]).snippet(&["别的"]).is_empty());
    }

    proptest! {
        #[test]
        fn spans_give_the_text_back(text in "[质检视觉ab ，\u{301}㎡]{0,40}", word in "[质检视觉ab]{1,4}") {
            let marker = marker(&[&word], &[&word]);
            let spans = marker.marks(&text).spans();
            prop_assert_eq!(spans.iter().map(|span| span.t.as_str()).collect::<String>(), text.clone());
            marker.snippet(&[&text]);
        }
    }
}
