//! Words of the taxonomies and of `assets/lexicon/needs.csv`: the longest one at a place counts.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Found, Reader, What};
use crate::api::types::NeedElement;
use crate::model::{Strength, Taxonomies};
use crate::search::text::{is_han, normalise};

const NEEDS: &str = include_str!("../../../../../assets/lexicon/needs.csv");
/// Shortest name of a taxonomy that counts by itself, in characters; shorter ones mean too many other things and count
/// where the file lists them.
const SHORTEST: usize = 3;

/// Elements by the name they have in the file, with the taxonomies that name them besides.
const ELEMENTS: &[(&str, NeedElement, &[&str])] = &[
    (
        "industry",
        NeedElement::Industry,
        &["industry_group", "industry"],
    ),
    ("stage", NeedElement::Stage, &["stage"]),
    (
        "typical_scenario",
        NeedElement::TypicalScenario,
        &["typical_scenario"],
    ),
    ("technique", NeedElement::Technique, &["technique"]),
    ("deployment", NeedElement::Deployment, &["deployment"]),
    // 私有化部署 and 一体机 are delivery forms by name, but say where it runs: that is the deployment's.
    ("delivery", NeedElement::Delivery, &[]),
    ("data", NeedElement::Data, &["data_kind"]),
    ("sensitivity", NeedElement::Sensitivity, &["sensitivity"]),
    ("partner", NeedElement::Partner, &["partner"]),
    ("maturity", NeedElement::Maturity, &[]),
    ("region", NeedElement::Region, &["region"]),
];

type Meaning = (NeedElement, String);

struct Lexicon {
    /// Meanings of a word; none for a word that only keeps its parts from being read.
    words: HashMap<String, Vec<Meaning>>,
    longest: usize,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<Meaning>> = HashMap::new();
    for line in NEEDS.lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        let (Some(name), Some(code), Some(list)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let element = ELEMENTS.iter().find(|(known, _, _)| *known == name);
        for word in list.split('|') {
            let meanings = words.entry(normalise(word)).or_default();
            meanings.extend(element.map(|(_, element, _)| (*element, code.to_owned())));
        }
    }
    for (_, element, taxonomies) in ELEMENTS {
        for taxonomy in taxonomies
            .iter()
            .filter_map(|id| Taxonomies::bundled().get(id))
        {
            for term in &taxonomy.terms {
                let code = term.code.as_str();
                // Groups of typical scenarios are headings.
                if *element == NeedElement::TypicalScenario && code.starts_with('L') {
                    continue;
                }
                for name in [&term.zh, &term.en].into_iter().chain(&term.aliases) {
                    let name = normalise(name);
                    if !counts(&name, *element) {
                        continue;
                    }
                    let meanings = words.entry(name).or_default();
                    if meanings.iter().all(|(known, _)| known != element) {
                        meanings.push((*element, code.to_owned()));
                    }
                }
            }
        }
    }
    let longest = words.keys().map(|word| word.chars().count()).max();
    Lexicon {
        longest: longest.unwrap_or(0),
        words,
    }
});

/// Whether a name of a taxonomy counts by itself.
fn counts(name: &str, element: NeedElement) -> bool {
    let length = name.chars().count();
    if element == NeedElement::Region {
        return length > 1;
    }
    if name.chars().any(is_han) {
        length >= SHORTEST
    } else {
        name.contains(' ')
    }
}

/// Everything that is called by a name.
pub(super) fn read(reader: &Reader) -> Vec<Found> {
    let mut found = Vec::new();
    let chars = &reader.chars;
    let latin = |place: usize| chars.get(place).is_some_and(char::is_ascii_alphanumeric);
    let mut at = 0;
    while at < chars.len() {
        if at > 0 && latin(at) && latin(at - 1) {
            at += 1;
            continue;
        }
        let longest = LEXICON.longest.min(chars.len() - at);
        let word = (2..=longest).rev().find_map(|length| {
            let end = at + length;
            if latin(end - 1) && latin(end) {
                return None;
            }
            Some((end, LEXICON.words.get(&reader.text(at, end))?))
        });
        let Some((end, meanings)) = word else {
            at += 1;
            continue;
        };
        for (element, code) in meanings {
            found.extend(meaning(reader, *element, code, at, end));
        }
        at = end;
    }
    found
}

fn meaning(
    reader: &Reader,
    element: NeedElement,
    code: &str,
    start: usize,
    end: usize,
) -> Option<Found> {
    let found = |code: &str, strength, start| Found {
        element,
        what: What::Code(code.to_owned()),
        strength,
        start,
        end,
    };
    match reader.denied(start) {
        None => {
            let mut strength = reader.strength(start, end);
            if strength == Strength::Unknown && element == NeedElement::Deployment {
                strength = reader.stays(start, end);
            }
            Some(found(code, strength, start))
        }
        // What must not leave has to stay.
        Some(denial) if element == NeedElement::Deployment && code == "cloud" => {
            Some(found("private", Strength::Hard, denial))
        }
        Some(_) => None,
    }
}
