//! The tiers of hits: names that are the query, names that start with it, records with every word, the rest.

use tantivy::DocId;

use super::index::{IndexError, Snapshot};
use super::matching;
use super::plan::{Atom, Plan};
use super::score::{Place, Scoring};
use super::segment::Segment;
use super::sets::{self, Bits};

/// Name of a tier of hits.
const EXACT: u8 = 0;
const PREFIX: u8 = 1;
const EVERY: u8 = 2;
/// The tier of all others.
pub(super) const REST: u8 = 3;

/// The best of the matching documents, tier by tier. `every` holds those with every word, where the query was
/// relaxed.
pub(super) fn by_relevance(
    place: Place<'_>,
    seen: &Snapshot,
    plan: &Plan,
    scoring: &Scoring,
    docs: Vec<DocId>,
    every: Option<&[DocId]>,
    wanted: usize,
) -> Result<Vec<(u8, f64, DocId)>, IndexError> {
    let segment = place.1;
    let mut best = Vec::new();
    let mut rest = docs;
    let extra = extras(segment, plan)?;
    for tier in [EXACT, PREFIX, EVERY, REST] {
        let wanted = wanted - best.len();
        if wanted == 0 || rest.is_empty() {
            break;
        }
        let members = match (tier, every) {
            (EXACT, _) => named(segment, plan)?,
            (PREFIX, _) => named_from(segment, plan)?,
            // A need is ranked by its score alone.
            (EVERY, Some(every)) if !plan.need => Bits::from_docs(segment.max_doc(), every),
            (EVERY, _) => continue,
            _ => {
                let found = scoring.best(place, seen, &rest, &extra, wanted)?;
                best.extend(found.into_iter().map(|(score, doc)| (REST, score, doc)));
                break;
            }
        };
        if members.is_empty() {
            continue;
        }
        let (taken, left): (Vec<DocId>, Vec<DocId>) =
            rest.into_iter().partition(|doc| members.contains(*doc));
        rest = left;
        let found = scoring.best(place, seen, &taken, &extra, wanted)?;
        best.extend(found.into_iter().map(|(score, doc)| (tier, score, doc)));
    }
    Ok(best)
}

/// What counts beside terms: single characters and unfinished words in names, pinyin at the start of names. Always
/// less than a term that occurs.
fn extras(segment: &Segment, plan: &Plan) -> Result<Vec<(Bits, f64)>, IndexError> {
    let mut extras = Vec::new();
    for clause in &plan.clauses {
        for atom in &clause.atoms {
            if let Atom::Char(text) | Atom::Word(text) = atom
                && !plan.need
            {
                let mut names = Bits::new(segment.max_doc());
                sets::add_prefix(&mut names, &segment.title, text)?;
                extras.push((names, 0.2));
                let mut starts = Bits::new(segment.max_doc());
                if let Some(term) =
                    sets::term(&segment.start, &first(text, super::document::START))?
                {
                    sets::add_term(&mut starts, &segment.start, &term)?;
                }
                extras.push((starts, 0.1));
            }
        }
        for reading in &clause.readings {
            extras.push((matching::reading_set(segment, reading)?, 0.001));
            extras.push((matching::reading_set(segment, &reading.at_start())?, 0.002));
        }
    }
    extras.retain(|(bits, _)| !bits.is_empty());
    Ok(extras)
}

fn first(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// Records whose name is the query.
fn named(segment: &Segment, plan: &Plan) -> Result<Bits, IndexError> {
    let mut bits = Bits::new(segment.max_doc());
    if let Some(term) = sets::term(&segment.name, &plan.key)? {
        sets::add_term(&mut bits, &segment.name, &term)?;
    }
    Ok(bits)
}

/// Records whose name starts with the query.
fn named_from(segment: &Segment, plan: &Plan) -> Result<Bits, IndexError> {
    let mut bits = Bits::new(segment.max_doc());
    match plan.key.chars().count() {
        0 | 1 => {}
        length if length <= super::document::START => {
            if let Some(term) = sets::term(&segment.start, &plan.key)? {
                sets::add_term(&mut bits, &segment.start, &term)?;
            }
        }
        _ => sets::add_prefix(&mut bits, &segment.name, &plan.key)?,
    }
    Ok(bits)
}
