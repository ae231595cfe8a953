//! The queries: what people type, drawn from the texts of the generated records.

use std::collections::BTreeSet;

use atlas_core::search::content::Content;
use atlas_core::search::text::is_han;

use super::facets::{FACETS, codes};
use super::random::Random;
use super::records::Generator;

/// Rows wanted by every query.
pub const ROWS: usize = 20;

/// What a query looks for.
#[derive(Debug, Clone)]
pub enum Terms {
    /// Everything.
    Nothing,
    /// Texts that must all occur.
    All(Vec<String>),
    /// A text of which any two neighbouring characters are enough.
    Any(String),
    /// One character.
    Char(char),
}

/// One query.
#[derive(Debug, Clone)]
pub struct Query {
    pub terms: Terms,
    /// Selected codes by facet.
    pub filters: Vec<(usize, Vec<String>)>,
    /// Whether the six facets are counted.
    pub counted: bool,
}

impl Query {
    /// What stands in the query box.
    pub fn text(&self) -> String {
        match &self.terms {
            Terms::Nothing => String::new(),
            Terms::All(words) => words.join(" "),
            Terms::Any(text) => text.clone(),
            Terms::Char(c) => c.to_string(),
        }
    }
}

/// Queries of one kind.
pub struct Class {
    pub name: &'static str,
    pub queries: Vec<Query>,
}

/// All classes with `count` queries each.
pub fn classes(generator: &Generator, count: usize) -> Vec<Class> {
    let draw = Draw { generator };
    vec![
        Class {
            name: "keyword AND, 2 × 4 characters, 6 facets",
            queries: draw.many(1, count, Draw::keywords),
        },
        Class {
            name: "8 characters OR, 6 facets, 2 filters",
            queries: draw.many(2, count, Draw::eight),
        },
        Class {
            name: "16 characters OR, 6 facets, 2 filters",
            queries: draw.many(3, count, Draw::sixteen),
        },
        Class {
            name: "as you type, 1 to 4 characters",
            queries: draw.typing(count),
        },
        Class {
            name: "single character, 6 facets",
            queries: draw.characters(count),
        },
        Class {
            name: "browse, 6 facets, 0 to 2 filters",
            queries: draw.many(6, count, Draw::browse),
        },
    ]
}

struct Draw<'a> {
    generator: &'a Generator,
}

impl Draw<'_> {
    fn many(&self, stream: u64, count: usize, one: fn(&Self, &mut Random) -> Query) -> Vec<Query> {
        let mut random = Random::new(0x0071_6572, stream);
        (0..count).map(|_| one(self, &mut random)).collect()
    }

    /// The beginnings of the phrases of some record, four characters each.
    fn words(&self, random: &mut Random) -> Vec<String> {
        loop {
            let record = self.generator.record(random.below(self.generator.len()));
            let mut words: Vec<String> = Content::of(&record)
                .all()
                .flat_map(|text| text.split(|c: char| !is_han(c)))
                .map(|run| run.chars().take(4).collect::<String>())
                .filter(|word| word.chars().count() == 4)
                .collect();
            words.sort_unstable();
            words.dedup();
            if words.len() >= 2 {
                return words;
            }
        }
    }

    fn word(&self, random: &mut Random) -> String {
        let words = self.words(random);
        random.pick(&words).clone()
    }

    fn keywords(&self, random: &mut Random) -> Query {
        let words = self.words(random);
        let first = random.below(words.len());
        let second = (first + 1 + random.below(words.len() - 1)) % words.len();
        let words = vec![words[first].clone(), words[second].clone()];
        Query {
            terms: Terms::All(words),
            filters: Vec::new(),
            counted: true,
        }
    }

    fn eight(&self, random: &mut Random) -> Query {
        let text = [0, 1].map(|_| self.word(random)).concat();
        Query {
            terms: Terms::Any(text),
            filters: self.filters(2, random),
            counted: true,
        }
    }

    fn sixteen(&self, random: &mut Random) -> Query {
        let text = [0, 1, 2, 3].map(|_| self.word(random)).concat();
        Query {
            terms: Terms::Any(text),
            filters: self.filters(2, random),
            counted: true,
        }
    }

    fn typing(&self, count: usize) -> Vec<Query> {
        let mut random = Random::new(0x0071_6572, 4);
        let words = (0..count.div_ceil(4))
            .map(|_| self.word(&mut random))
            .collect::<Vec<_>>();
        words
            .iter()
            .flat_map(|word| (1..=4).map(|length| word.chars().take(length).collect::<String>()))
            .map(|typed| match typed.chars().nth(1) {
                None => Terms::Char(typed.chars().next().unwrap_or('智')),
                Some(_) => Terms::All(vec![typed]),
            })
            .map(|terms| Query {
                terms,
                filters: Vec::new(),
                counted: false,
            })
            .collect()
    }

    fn characters(&self, count: usize) -> Vec<Query> {
        let mut random = Random::new(0x0071_6572, 5);
        let mut known = BTreeSet::new();
        let mut queries = Vec::new();
        while queries.len() < count {
            let word: Vec<char> = self.word(&mut random).chars().collect();
            let c = *random.pick(&word);
            if known.insert(c) {
                queries.push(Query {
                    terms: Terms::Char(c),
                    filters: Vec::new(),
                    counted: true,
                });
            }
        }
        queries
    }

    fn browse(&self, random: &mut Random) -> Query {
        let filters = random.below(3);
        Query {
            terms: Terms::Nothing,
            filters: self.filters(filters, random),
            counted: true,
        }
    }

    /// Selections that at least one record passes: an industry group and, as a second one, regions.
    fn filters(&self, count: usize, random: &mut Random) -> Vec<(usize, Vec<String>)> {
        let record = self.generator.record(random.below(self.generator.len()));
        let found = codes(&record);
        let chosen = ["industry_group", "region"].into_iter().take(count);
        chosen
            .filter_map(|id| FACETS.iter().position(|facet| *facet == id))
            .map(|facet| (facet, found[facet].clone()))
            .collect()
    }
}
