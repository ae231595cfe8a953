//! Marks where a query matched, on the original text: ranges of characters, merged, never HTML.

use std::collections::BTreeSet;

use super::content::{Content, NAME};
use super::pinyin::read_places;
use super::stem::stem;
use super::text::{normalise, normalise_mapped};
use super::tokenizer::{Run, runs};
use crate::api::types::{ParsedQuery, Span};
use crate::model::private::{COLUMNS, mask_mobiles};

/// Width of a snippet in Han characters; other characters count half.
const WIDTH: usize = 60;
/// Width before the first mark of a snippet.
const LEAD: usize = 12;

/// What to mark. Every list is sorted.
#[derive(Debug, Clone, Default)]
pub struct Marker {
    bigrams: Vec<(char, char)>,
    chars: Vec<char>,
    words: Vec<String>,
    /// Stems with the word they come from.
    stems: Vec<(String, usize)>,
    literals: Vec<String>,
    /// Latin words may be pinyin of names.
    pinyin: bool,
}

/// One thing to mark, by its place in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Needle {
    Bigram(usize),
    Char(usize),
    Word(usize),
    Literal(usize),
}

/// A piece of a record in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The field from which it is quoted.
    pub field: &'static str,
    /// The text.
    pub spans: Vec<Span>,
}

/// Marks of one text.
#[derive(Debug, Default)]
pub struct Marks<'a> {
    text: &'a str,
    /// Ranges of original characters, in order, not touching.
    ranges: Vec<(usize, usize)>,
    /// What was found.
    found: BTreeSet<Needle>,
}

impl Marker {
    /// What a query marks.
    pub fn new(query: &ParsedQuery) -> Self {
        let (mut pairs, mut chars, mut words) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let corrected = query.corrected.iter().map(|(_, used)| used);
        for word in query.words.iter().chain(corrected) {
            let normal = normalise(word);
            for run in runs(&normal) {
                let ideographs: Vec<char> = run.text.chars().filter(|_| run.han).collect();
                match ideographs.as_slice() {
                    [] => drop(words.insert(run.text.to_owned())),
                    [only] => drop(chars.insert(*only)),
                    _ => pairs.extend(ideographs.windows(2).map(|pair| (pair[0], pair[1]))),
                }
            }
        }
        let words: Vec<String> = words.into_iter().collect();
        let mut stems: Vec<(String, usize)> = words
            .iter()
            .enumerate()
            .filter_map(|(at, word)| Some((stem(word)?, at)))
            .collect();
        stems.sort_unstable();
        let literals = query
            .literals
            .iter()
            .map(|literal| normalise(literal))
            .collect();
        let (bigrams, chars) = (pairs.into_iter().collect(), chars.into_iter().collect());
        Self {
            bigrams,
            chars,
            words,
            stems,
            literals,
            pinyin: query.pinyin,
        }
    }

    /// Whether there is nothing to mark.
    pub fn is_empty(&self) -> bool {
        self.wanted() == 0
    }

    fn wanted(&self) -> usize {
        self.bigrams.len() + self.chars.len() + self.words.len() + self.literals.len()
    }

    /// Marks a text.
    pub fn marks<'a>(&self, text: &'a str) -> Marks<'a> {
        self.mark(text, None::<fn(&str, &str) -> Vec<usize>>)
    }

    /// Marks a name, in which words of the query may be pinyin. `reading` overrides how it is read.
    pub fn name_marks<'a>(&self, name: &'a str, reading: Option<&str>) -> Marks<'a> {
        let read = |word: &str, normal: &str| read_places(word, normal, reading);
        self.mark(name, self.pinyin.then_some(read))
    }

    /// Marks a text. `read` tells which characters of a normalised name a word reads as pinyin.
    fn mark<'a>(
        &self,
        text: &'a str,
        read: Option<impl Fn(&str, &str) -> Vec<usize>>,
    ) -> Marks<'a> {
        let normal = normalise_mapped(text);
        let mut marks = Marks {
            text,
            ..Marks::default()
        };
        let mut ranges = Vec::new();
        for run in runs(&normal.text) {
            if run.han {
                self.mark_han(&run, &mut ranges, &mut marks);
            } else {
                self.mark_word(&run, &mut ranges, &mut marks);
            }
        }
        for (at, literal) in self.literals.iter().enumerate() {
            let length = literal.chars().count();
            for (byte, _) in normal.text.match_indices(literal.as_str()) {
                let from = normal.text[..byte].chars().count();
                ranges.push((from, from + length));
                marks.found.insert(Needle::Literal(at));
            }
        }
        if let Some(read) = read {
            for (at, word) in self.words.iter().enumerate() {
                // What the name says literally is not read as pinyin besides.
                if marks.found.contains(&Needle::Word(at)) {
                    continue;
                }
                for place in read(word, &normal.text) {
                    ranges.push((place, place + 1));
                    marks.found.insert(Needle::Word(at));
                }
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

    fn mark_han(&self, run: &Run<'_>, ranges: &mut Vec<(usize, usize)>, marks: &mut Marks<'_>) {
        let mut before = None;
        for (at, c) in (run.at..).zip(run.text.chars()) {
            if let Some(before) = before
                && let Ok(needle) = self.bigrams.binary_search(&(before, c))
            {
                ranges.push((at - 1, at + 1));
                marks.found.insert(Needle::Bigram(needle));
            }
            if let Ok(needle) = self.chars.binary_search(&c) {
                ranges.push((at, at + 1));
                marks.found.insert(Needle::Char(needle));
            }
            before = Some(c);
        }
    }

    fn mark_word(&self, run: &Run<'_>, ranges: &mut Vec<(usize, usize)>, marks: &mut Marks<'_>) {
        let starts = self
            .words
            .iter()
            .enumerate()
            .filter(|(_, word)| run.text.starts_with(word.as_str()));
        if let Some((needle, word)) = starts.max_by_key(|(_, word)| word.len()) {
            ranges.push((run.at, run.at + word.chars().count()));
            marks.found.insert(Needle::Word(needle));
            return;
        }
        if self.stems.is_empty() {
            return;
        }
        let shared =
            stem(run.text).and_then(|own| self.stems.iter().find(|(stem, _)| *stem == own));
        if let Some((_, needle)) = shared {
            ranges.push((run.at, run.at + run.text.chars().count()));
            marks.found.insert(Needle::Word(*needle));
        }
    }

    /// The title of a record: the first name with a mark, otherwise the first one. Also whether it shows
    /// everything that the query asks for.
    pub fn title(&self, names: &[&str], reading: Option<&str>) -> (Vec<Span>, bool) {
        let marked: Vec<Marks<'_>> = names
            .iter()
            .map(|name| self.name_marks(name, reading))
            .collect();
        let best = marked
            .iter()
            .find(|marks| !marks.ranges.is_empty())
            .or(marked.first());
        best.map_or((Vec::new(), false), |marks| {
            (marks.spans(), marks.found.len() >= self.wanted())
        })
    }

    /// The alias or other piece that matches most, cut around its marks; nothing when none matches. A list shows no mobile
    /// number in full, whoever wrote it wherever.
    pub fn snippet(&self, content: &Content<'_>) -> Option<Snippet> {
        let names = content.aliases.iter();
        let names = names.map(|alias| (NAME, self.name_marks(alias, None)));
        let body = content.body.iter();
        let body = body.map(|piece| (piece.field, self.marks(piece.text)));
        let columns = content.columns.iter();
        let columns = columns.map(|column| (COLUMNS, self.marks(column)));
        let mut best: Option<(&'static str, Marks<'_>)> = None;
        for (field, marks) in names.chain(body).chain(columns) {
            if marks.found.len() > best.as_ref().map_or(0, |best| best.1.found.len()) {
                best = Some((field, marks));
            }
        }
        best.map(|(field, marks)| Snippet {
            field,
            spans: marks.window(),
        })
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
        // Masking keeps every character's place, so the marks stay where they are.
        let chars: Vec<char> = mask_mobiles(self.text).chars().collect();
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
