//! Generated records: the bundled catalog's own words in new company, with every facet filled.
//!
//! Record `i` of a catalog of `n` depends on nothing but the seed, `i` and `n`. Texts average 700 bytes: about 230
//! Chinese characters, as the longer records of the bundled catalog have.

use std::path::Path;

use atlas_core::model::{
    Base, Case, Code, Dataset, Date, Enterprise, Head, Kind, Link, Model, Name, Need, Provider,
    Record, Scenario, Solution, Source, Status, Taxonomies, Text,
};
use atlas_core::search::content::Content;

use super::Failure;
use super::random::{Random, Zipf};
use super::vocabulary::Vocabulary;

/// Feed of the generated records.
pub const FEED: &str = "generated";
/// Shares of the kinds in thousandths, in the order in which packs hold them.
pub const MIXED: &[(Kind, usize)] = &[
    (Kind::Base, 10),
    (Kind::Case, 300),
    (Kind::Dataset, 30),
    (Kind::Enterprise, 130),
    (Kind::Model, 120),
    (Kind::Need, 160),
    (Kind::Provider, 80),
    (Kind::Scenario, 150),
    (Kind::Solution, 20),
];
/// The same where solutions are what counts.
pub const SOLUTIONS: &[(Kind, usize)] = &[
    (Kind::Case, 80),
    (Kind::Enterprise, 20),
    (Kind::Need, 10),
    (Kind::Provider, 80),
    (Kind::Scenario, 10),
    (Kind::Solution, 800),
];
/// Bytes of the text of a record, at least and at most.
const BYTES: (usize, usize) = (350, 1050);

/// Makes records.
pub struct Generator {
    seed: u64,
    records: usize,
    shares: &'static [(Kind, usize)],
    vocabulary: Vocabulary,
    phrases: Zipf,
    names: Zipf,
    codes: Vec<(&'static str, Vec<Code>, Zipf)>,
    checked: Date,
}

impl Generator {
    pub fn new(
        catalog: &Path,
        records: usize,
        shares: &'static [(Kind, usize)],
        seed: u64,
    ) -> Result<Self, Failure> {
        let vocabulary = Vocabulary::read(catalog)?;
        let codes = [
            "industry",
            "stage",
            "technique",
            "region",
            "typical_scenario",
            "action",
            "level",
            "tier",
        ];
        let codes = codes.map(|id| {
            let terms = Taxonomies::bundled()
                .get(id)
                .map_or(&[][..], |taxonomy| &taxonomy.terms);
            let mut codes: Vec<Code> = terms.iter().map(|term| term.code.clone()).collect();
            // The first codes of a taxonomy are not its most frequent ones.
            let mut random = Random::new(seed, u64::MAX);
            codes.sort_by_cached_key(|_| random.next());
            let zipf = Zipf::new(codes.len(), 2.0);
            (id, codes, zipf)
        });
        Ok(Self {
            seed,
            records,
            shares,
            // The commonest phrase then stands in about one record of twenty.
            phrases: Zipf::new(vocabulary.phrases.len(), 100.0),
            names: Zipf::new(vocabulary.names.len(), 100.0),
            vocabulary,
            codes: codes.into(),
            checked: Date::parse("2026-11-22")?,
        })
    }

    pub fn len(&self) -> usize {
        self.records
    }

    /// Names and phrases that the records are made of.
    pub fn words(&self) -> (usize, usize) {
        (self.vocabulary.names.len(), self.vocabulary.phrases.len())
    }

    fn kind(&self, number: usize) -> Kind {
        let place = number * 1000 / self.records;
        let mut sum = 0;
        let found = self.shares.iter().find(|(_, share)| {
            sum += share;
            place < sum
        });
        found.map_or(Kind::Solution, |(kind, _)| *kind)
    }

    /// A record number of a kind.
    fn any_of(&self, kind: Kind, random: &mut Random) -> usize {
        let before: usize = self
            .shares
            .iter()
            .take_while(|(other, _)| *other != kind)
            .map(|(_, share)| share)
            .sum();
        let share = self
            .shares
            .iter()
            .find(|(other, _)| *other == kind)
            .map_or(0, |(_, share)| *share);
        let first = (before * self.records).div_ceil(1000);
        first + random.below((share * self.records / 1000).max(1))
    }

    /// Record `number`, counted from 0; kinds and ids ascend with the number.
    pub fn record(&self, number: usize) -> Record {
        let random = &mut Random::new(self.seed, number as u64);
        let kind = self.kind(number);
        let mut head = self.head(number, kind, random);
        let bytes = BYTES.0 + random.below(BYTES.1 - BYTES.0);
        let rest = bytes.saturating_sub(head.name.any().len());
        let told = |share: usize, random: &mut Random| {
            Some(Text::zh(self.prose(rest * share / 100, random)))
        };
        let who = Some(self.name(random));
        match kind {
            Kind::Scenario | Kind::Case | Kind::Need => {
                head.summary = told(45, random);
                let (problem, approach) = (told(25, random), told(22, random));
                match kind {
                    Kind::Scenario => Record::Scenario(Box::new(Scenario {
                        head,
                        problem,
                        approach,
                        ..Scenario::default()
                    })),
                    Kind::Case => {
                        link(
                            &mut head,
                            "applied_by",
                            Kind::Enterprise,
                            self.any_of(Kind::Enterprise, random),
                        );
                        if random.happens(40) {
                            link(
                                &mut head,
                                "supplied_by",
                                Kind::Provider,
                                self.any_of(Kind::Provider, random),
                            );
                        }
                        Record::Case(Box::new(Case {
                            head,
                            problem,
                            approach,
                            enterprise: who,
                            ..Case::default()
                        }))
                    }
                    _ => Record::Need(Box::new(Need {
                        head,
                        problem,
                        wanted: approach,
                        buyer: who,
                        ..Need::default()
                    })),
                }
            }
            _ => {
                head.summary = told(90, random);
                match kind {
                    Kind::Enterprise => Record::Enterprise(Box::new(Enterprise {
                        tier: self.draw("tier", 80, 20, random),
                        head,
                        ..Enterprise::default()
                    })),
                    Kind::Provider => Record::Provider(Box::new(Provider {
                        tier: self.draw("tier", 30, 10, random),
                        head,
                        ..Provider::default()
                    })),
                    Kind::Base => Record::Base(Box::new(Base {
                        head,
                        host: who,
                        ..Base::default()
                    })),
                    Kind::Dataset => Record::Dataset(Box::new(Dataset {
                        head,
                        holder: who,
                        ..Dataset::default()
                    })),
                    Kind::Model => Record::Model(Box::new(Model {
                        head,
                        developer: who,
                        ..Model::default()
                    })),
                    _ => {
                        link(
                            &mut head,
                            "provided_by",
                            Kind::Provider,
                            self.any_of(Kind::Provider, random),
                        );
                        Record::Solution(Box::new(Solution {
                            head,
                            provider: who,
                            ..Solution::default()
                        }))
                    }
                }
            }
        }
    }

    fn head(&self, number: usize, kind: Kind, random: &mut Random) -> Head {
        let status = match random.below(10) {
            0..=5 => Status::ThirdParty,
            6 | 7 => Status::Excerpt,
            8 => Status::Community,
            _ => Status::Confirmed,
        };
        let date = format!("{}-{:02}", 2023 + random.below(4), 1 + random.below(12));
        let mut name = Name::zh(self.name(random));
        if kind == Kind::Enterprise && random.happens(20) {
            name.aliases
                .push(self.name(random).chars().take(4).collect());
        }
        Head {
            id: format!("g{number:07}"),
            name,
            industry: self.draw("industry", 90, 15, random),
            stage: self.draw("stage", 70, 15, random),
            technique: self.draw("technique", 75, 30, random),
            region: self.draw("region", 85, 5, random),
            typical_scenario: self.draw("typical_scenario", 30, 5, random),
            action: self.draw("action", 50, 10, random),
            level: self.draw("level", 80, 0, random).pop(),
            date: Date::parse(&date).ok(),
            sources: vec![Source {
                key: "s1".to_owned(),
                cited: "generated".to_owned(),
                title: None,
                official: None,
                issuer: None,
                date: None,
                checked: self.checked.clone(),
                status,
                licence: None,
                note: None,
                fields: Vec::new(),
            }],
            ..Head::default()
        }
    }

    /// Codes of a taxonomy: one at `percent`, a second one at `second`.
    fn draw(
        &self,
        taxonomy: &str,
        percent: usize,
        second: usize,
        random: &mut Random,
    ) -> Vec<Code> {
        let mut found = Vec::new();
        if let Some((_, codes, zipf)) = self.codes.iter().find(|(id, ..)| *id == taxonomy) {
            for percent in [percent, second] {
                let code = &codes[zipf.draw(random)];
                if random.happens(percent) && !found.contains(code) {
                    found.push(code.clone());
                }
            }
        }
        found
    }

    /// The beginning of one name and the end of another.
    fn name(&self, random: &mut Random) -> String {
        let [first, second] = [0, 1].map(|_| &self.vocabulary.names[self.names.draw(random)]);
        let (head, tail) = (
            first.chars().count().div_ceil(2),
            second.chars().count() / 2,
        );
        first
            .chars()
            .take(head)
            .chain(second.chars().skip(tail))
            .collect()
    }

    /// Phrases up to a length in bytes. Every fourth one joins two halves, so that new neighbours meet.
    fn prose(&self, bytes: usize, random: &mut Random) -> String {
        let mut text = String::with_capacity(bytes + 64);
        while text.len() < bytes {
            if !text.is_empty() {
                text.push(if random.happens(30) { '。' } else { '，' });
            }
            let phrase = &self.vocabulary.phrases[self.phrases.draw(random)];
            if random.happens(25) {
                let other = &self.vocabulary.phrases[self.phrases.draw(random)];
                text.extend(phrase.chars().take(phrase.chars().count() / 2));
                text.extend(other.chars().skip(other.chars().count() / 2));
            } else {
                text.push_str(phrase);
            }
        }
        text
    }
}

fn link(head: &mut Head, rel: &str, kind: Kind, number: usize) {
    head.links.push(Link {
        rel: Code::from(rel),
        to: format!("{}/g{number:07}", kind.as_str()),
        clause: None,
    });
}

/// Bytes of everything that can be read in a record.
pub fn text_bytes(record: &Record) -> usize {
    Content::of(record).all().map(str::len).sum()
}
