//! The words of a query in the other language, for when nothing matches them as they are.

use super::gloss;
use super::index::{Index, IndexError, Snapshot};
use super::labels::Labels;
use super::matching;
use super::plan::{Clause, Latin, Plan};
use super::query::free;
use super::rank::{Matches, match_all};
use super::search::{Texts, holds, occurs};
use super::text::normalise;
use crate::api::types::ParsedQuery;

/// `[typed, used]` of words that were replaced.
type Replaced = Vec<(String, String)>;

/// A query in the other language.
#[derive(Debug, Default)]
struct Translation {
    /// The words to look for: translations, and what has none as it was.
    words: Vec<String>,
    /// What was translated.
    replaced: Replaced,
}

impl Index {
    /// A query that matched nothing, with its words in the other language: what was replaced, the plan, and the records
    /// that hold all of it. None when no word has a translation that some record holds, or when records hold some of
    /// the words as they were typed and none holds all of the translation. Of a need any word is enough, so only the
    /// words that no record holds are translated.
    pub(super) fn translated(
        &self,
        seen: &Snapshot,
        texts: &dyn Texts,
        labels: &Labels,
        query: &ParsedQuery,
        plan: &Plan,
    ) -> Result<Option<(Replaced, Plan, Matches)>, IndexError> {
        let translation = translate(seen, &query.words, plan.need)?;
        if translation.replaced.is_empty() {
            return Ok(None);
        }
        let mut used = query.clone();
        used.words = translation.words;
        let translated = Plan::new(&used, labels, Latin::Words);
        let every = match_all(self, seen, texts, &translated)?;
        if plan.need || holds(&every) || !any_occurs(seen, plan)? {
            return Ok(Some((translation.replaced, translated, every)));
        }
        Ok(None)
    }
}

/// Translates words and phrases: English by the Chinese headword that most records hold, Chinese by the English words
/// that any record holds; one that no record holds is none. Words that only hold a sentence together are dropped beside a
/// translation. `missing`: only what no record holds as it is.
fn translate(seen: &Snapshot, words: &[String], missing: bool) -> Result<Translation, IndexError> {
    let text: Vec<char> = normalise(&words.join(" ")).chars().collect();
    let piece = |start: usize, end: usize| text[start..end].iter().collect::<String>();
    let mut done = Translation::default();
    let mut at = 0;
    let normal = piece(0, text.len());
    let mut classes = gloss::chinese(&normal);
    classes.extend(gloss::english(&normal));
    classes.sort_by_key(|class| class.start);
    for class in classes {
        let typed = piece(class.start, class.end);
        if missing && is_held(seen, &typed)? {
            continue;
        }
        // A class of English words is one phrase in parts, one of Chinese words is one word in different ways.
        let used = if typed.is_ascii() {
            most_held(seen, class.words)?
        } else {
            let mut held = Vec::new();
            for word in class.words {
                if is_held(seen, &word)? {
                    held.push(word);
                }
            }
            held.join(" ")
        };
        if used.is_empty() {
            continue;
        }
        done.keep(&piece(at, class.start));
        done.replaced.push((typed, used.clone()));
        done.words
            .extend(used.split_whitespace().map(str::to_owned));
        at = class.end;
    }
    done.keep(&piece(at, text.len()));
    Ok(done)
}

impl Translation {
    fn keep(&mut self, text: &str) {
        let words = text.split_whitespace();
        let said = words.filter(|word| !gloss::is_silent(word));
        self.words.extend(said.map(str::to_owned));
    }
}

/// Whether any record holds a word: the first one is enough to know.
fn is_held(seen: &Snapshot, word: &str) -> Result<bool, IndexError> {
    let clauses = spelled(word);
    Ok(!clauses.is_empty() && occurs(seen, &clauses)?)
}

/// The word that most records hold, of several the first; empty where no record holds any.
fn most_held(seen: &Snapshot, words: Vec<String>) -> Result<String, IndexError> {
    let mut best = (0, String::new());
    for word in words {
        let count = holders(seen, &word)?;
        if count > best.0 {
            best = (count, word);
        }
    }
    Ok(best.1)
}

/// How many records hold a word.
fn holders(seen: &Snapshot, word: &str) -> Result<usize, IndexError> {
    let clauses = spelled(word);
    let mut held = 0;
    for segment in &seen.segments {
        held += matching::all(segment, &clauses)?.len();
    }
    Ok(held)
}

/// What a word asks for as it is spelled: a name that is read so in pinyin does not hold an English word.
fn spelled(word: &str) -> Vec<Clause> {
    let mut clauses = Plan::new(&free(word), &Labels::default(), Latin::Words).clauses;
    for clause in &mut clauses {
        clause.readings.clear();
    }
    clauses
}

/// Whether some word or a part of one occurs: then relaxing finds something.
fn any_occurs(seen: &Snapshot, plan: &Plan) -> Result<bool, IndexError> {
    let parts = plan.atoms().into_iter().map(|atom| Clause {
        atoms: vec![atom.clone()],
        ..Clause::default()
    });
    for clause in plan.clauses.iter().cloned().chain(parts) {
        if occurs(seen, &[clause])? {
            return Ok(true);
        }
    }
    Ok(false)
}
