//! Cuts normalised text into index terms.
//!
//! Every run of Han characters yields its overlapping bigrams and its last character alone, so that a
//! prefix search over terms finds every single character; a lone character stands for itself. Every run of
//! other letters and digits is one word. Positions are character offsets.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::text::{is_han, is_word, normalise};

/// A maximal run of one script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<'a> {
    /// The run.
    pub text: &'a str,
    /// Offset of its first character in the text, in characters.
    pub at: usize,
    /// Han characters, otherwise a word.
    pub han: bool,
}

/// The runs of a normalised text.
pub fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut open: Option<(usize, usize, bool)> = None;
    for (at, (byte, c)) in text.char_indices().enumerate() {
        let class = if is_han(c) {
            Some(true)
        } else if is_word(c) {
            Some(false)
        } else {
            None
        };
        if let Some((start, first, han)) = open
            && class != Some(han)
        {
            runs.push(Run {
                text: &text[start..byte],
                at: first,
                han,
            });
            open = None;
        }
        if open.is_none()
            && let Some(han) = class
        {
            open = Some((byte, at, han));
        }
    }
    if let Some((start, first, han)) = open {
        runs.push(Run {
            text: &text[start..],
            at: first,
            han,
        });
    }
    runs
}

/// The overlapping bigrams of a Han run; none when it is a single character.
pub fn bigrams(run: &str) -> impl Iterator<Item = &str> {
    let starts = run.char_indices().map(|(byte, _)| byte);
    let ends = run
        .char_indices()
        .map(|(byte, _)| byte)
        .skip(2)
        .chain([run.len()]);
    let pairs = run.chars().count().saturating_sub(1);
    starts
        .zip(ends)
        .take(pairs)
        .map(|(start, end)| &run[start..end])
}

/// Calls `emit` with every index term of a normalised text, its offset and its length in characters.
pub fn terms<'a>(text: &'a str, mut emit: impl FnMut(&'a str, usize, usize)) {
    for run in runs(text) {
        if !run.han {
            emit(run.text, run.at, run.text.chars().count());
            continue;
        }
        let mut at = run.at;
        for bigram in bigrams(run.text) {
            emit(bigram, at, 2);
            at += 1;
        }
        let last = run
            .text
            .char_indices()
            .next_back()
            .map_or(0, |(byte, _)| byte);
        emit(&run.text[last..], at, 1);
    }
}

/// What a field keeps of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Every term.
    Terms,
    /// The stems of English words.
    Stems,
}

/// The tantivy face of [`terms`]: takes text as written.
#[derive(Debug, Clone, Copy)]
pub struct Analyzer(pub Keep);

/// The terms of one text.
pub struct Terms {
    tokens: std::vec::IntoIter<Token>,
    token: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Terms;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms {
        let normal = normalise(text);
        let mut tokens = Vec::with_capacity(normal.len() / 3);
        let mut push = |text: String, position, position_length| {
            tokens.push(Token {
                offset_from: 0,
                offset_to: 0,
                position,
                text,
                position_length,
            });
        };
        match self.0 {
            Keep::Terms => terms(&normal, |term, at, chars| push(term.to_owned(), at, chars)),
            Keep::Stems => {
                for run in runs(&normal).into_iter().filter(|run| !run.han) {
                    if let Some(stem) = super::stem::stem(run.text) {
                        push(stem, run.at, 1);
                    }
                }
            }
        }
        Terms {
            tokens: tokens.into_iter(),
            token: Token::default(),
        }
    }
}

impl TokenStream for Terms {
    fn advance(&mut self) -> bool {
        self.tokens.next().map(|token| self.token = token).is_some()
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let normal = normalise(text);
        let mut out = Vec::new();
        terms(&normal, |term, at, _| out.push(format!("{term}@{at}")));
        out.join(" ")
    }

    #[test]
    fn han_runs_become_bigrams_and_their_last_character() {
        for (text, terms) in [
            ("", ""),
            ("钢", "钢@0"),
            ("质检", "质检@0 检@1"),
            ("视觉质检", "视觉@0 觉质@1 质检@2 检@3"),
            ("钢，铁", "钢@0 铁@2"),
            ("AI质检", "ai@0 质检@2 检@3"),
            ("GPT-4o 162万元", "gpt@0 4o@4 162@7 万元@10 元@11"),
            ("機器人ＡＩ", "机器@0 器人@1 人@2 ai@3"),
            ("々〇", "々〇@0 〇@1"),
            ("…—！", ""),
        ] {
            assert_eq!(cut(text), terms, "{text}");
        }
    }

    #[test]
    fn long_words_are_kept_whole() {
        let long = "a".repeat(100);
        assert_eq!(cut(&long), format!("{long}@0"));
    }
}
