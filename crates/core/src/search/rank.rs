//! Runs a plan over all segments: matching, relaxing, filtering, counting, ranking.
//!
//! Order of the hits: names that are the query, names that start with it, records with every word, the rest; within
//! each by score, ties by reference.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use tantivy::DocId;

use super::count::{Counts, Filters};
use super::index::{Index, IndexError, Snapshot};
use super::matching;
use super::plan::{Atom, Plan};
use super::rescore::{CANDIDATES, Rescoring};
use super::score::{Best, Scoring};
use super::segment::Segment;
use super::sets::{self, Bits};
use super::text::normalise;
use super::{Texts, content::Content};
use crate::api::types::{Relaxed, Sort};

/// Name of a tier of hits.
const EXACT: u8 = 0;
const PREFIX: u8 = 1;
const EVERY: u8 = 2;
const REST: u8 = 3;

/// What is asked of a ranking.
pub(super) struct Task<'a> {
    pub(super) plan: &'a Plan,
    pub(super) filters: &'a Filters,
    pub(super) facets: Vec<usize>,
    pub(super) sort: Sort,
    /// Hits wanted, best first.
    pub(super) wanted: usize,
    /// Hits below which the query is relaxed.
    pub(super) enough: usize,
    /// Rank these references and no others, matching or not.
    pub(super) pool: Option<&'a BTreeSet<String>>,
}

/// A record found.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) reference: String,
    pub(super) score: f64,
    /// Whether every word occurs.
    pub(super) exact: bool,
    pub(super) links: u32,
    tier: u8,
    /// Sort key of the name, when sorted by it.
    name: String,
}

/// What a ranking found.
pub(super) struct Ranked {
    pub(super) hits: Vec<Hit>,
    pub(super) counts: Counts,
    pub(super) relaxed: Relaxed,
}

/// The documents that match with every word, per segment.
pub(super) type Matches = Vec<Vec<DocId>>;

/// Matches every word of a plan, in every segment.
pub(super) fn match_all(
    index: &Index,
    seen: &Snapshot,
    texts: &dyn Texts,
    plan: &Plan,
) -> Result<Matches, IndexError> {
    let of = |segment: &Segment| -> Result<Vec<DocId>, IndexError> {
        let docs = if plan.clauses.is_empty() {
            None
        } else {
            Some(matching::all(segment, &plan.clauses)?)
        };
        require(index, segment, texts, plan, docs)
    };
    seen.segments.iter().map(of).collect()
}

/// Runs a plan whose full matches are known.
pub(super) fn rank(
    index: &Index,
    seen: &Snapshot,
    texts: &dyn Texts,
    every: Matches,
    task: &Task<'_>,
) -> Result<Ranked, IndexError> {
    let (mut found, relaxed) = relax(index, seen, texts, &every, task)?;
    if let Some(pool) = task.pool {
        found = pooled(seen, pool)?;
    }
    let mut counts = Counts::new(task.facets.clone());
    let by_score = task.sort == Sort::Relevance && task.plan.has_text();
    let scoring = if by_score && task.wanted > 0 {
        Some(Scoring::new(
            task.plan,
            index.fields(),
            &seen.searcher,
            &seen.segments,
        )?)
    } else {
        None
    };
    let whole = !task.plan.has_text() && task.plan.excluded.is_empty();
    let mut hits = Vec::new();
    for ((segment, docs), every) in seen.segments.iter().zip(found).zip(&every) {
        let docs = counts.take(segment, docs, task.filters, whole)?;
        if task.wanted == 0 {
            continue;
        }
        let best = match &scoring {
            Some(scoring) => by_relevance(segment, seen, task, scoring, &docs, every)?,
            None => by_column(segment, task, &docs),
        };
        for (tier, score, doc) in best {
            let name = if task.sort == Sort::Name {
                segment.sort_name(doc)?
            } else {
                String::new()
            };
            let links = segment.links.first(doc).unwrap_or_default() as u32;
            let exact = every.binary_search(&doc).is_ok();
            hits.push(Hit {
                reference: segment.reference_of(doc)?,
                score,
                exact,
                links,
                tier,
                name,
            });
        }
    }
    hits.sort_by(|left, right| order(task.sort, left, right));
    hits.truncate(task.wanted);
    if by_score && task.plan.need {
        look_again(seen, texts, task.plan, &mut hits)?;
    }
    Ok(Ranked {
        hits,
        counts,
        relaxed,
    })
}

/// Orders the best candidates of a need anew. Needs at least [`CANDIDATES`] hits to be the same for every page.
fn look_again(
    seen: &Snapshot,
    texts: &dyn Texts,
    plan: &Plan,
    hits: &mut [Hit],
) -> Result<(), IndexError> {
    let candidates = hits.len().min(CANDIDATES);
    let rescoring = Rescoring::new(plan, seen)?;
    for hit in &mut hits[..candidates] {
        let record = hit
            .reference
            .parse()
            .ok()
            .and_then(|reference| texts.record(&reference));
        hit.score = record.map_or(0.0, |record| rescoring.score(&record));
    }
    hits[..candidates].sort_by(|left, right| order(Sort::Relevance, left, right));
    Ok(())
}

/// The documents of a pool, per segment.
fn pooled(seen: &Snapshot, pool: &BTreeSet<String>) -> Result<Matches, IndexError> {
    let of = |segment: &Segment| {
        let mut bits = Bits::new(segment.max_doc());
        for reference in pool {
            if let Some(term) = sets::term(&segment.reference, reference)? {
                sets::add_term(&mut bits, &segment.reference, &term)?;
            }
        }
        Ok(bits
            .docs()
            .into_iter()
            .filter(|doc| segment.is_alive(*doc))
            .collect())
    };
    seen.segments.iter().map(of).collect()
}

fn order(sort: Sort, left: &Hit, right: &Hit) -> Ordering {
    let by_value = match sort {
        // Ordinals of names only compare within a segment.
        Sort::Name => left.name.cmp(&right.name),
        _ => left
            .tier
            .cmp(&right.tier)
            .then_with(|| right.score.total_cmp(&left.score)),
    };
    by_value.then_with(|| left.reference.cmp(&right.reference))
}

/// Relaxes the query until enough matches: most words, then any word. Stops at most words when that finds anything
/// and the caller does not insist.
fn relax(
    index: &Index,
    seen: &Snapshot,
    texts: &dyn Texts,
    every: &Matches,
    task: &Task<'_>,
) -> Result<(Matches, Relaxed), IndexError> {
    let plan = task.plan;
    let size = |matches: &Matches| matches.iter().map(Vec::len).sum::<usize>();
    let atoms = plan.atoms();
    let some = |wanted: usize| -> Result<Matches, IndexError> {
        let of = |segment: &Segment| {
            let docs = matching::some(segment, &plan.clauses, &atoms, wanted)?;
            require(index, segment, texts, plan, Some(docs))
        };
        seen.segments.iter().map(of).collect()
    };
    if atoms.len() < 2 {
        return Ok((every.clone(), Relaxed::All));
    }
    if plan.need {
        return Ok((some(1)?, Relaxed::Any));
    }
    let exact = size(every);
    if exact >= task.enough {
        return Ok((every.clone(), Relaxed::All));
    }
    let most = (atoms.len() * 3).div_ceil(5);
    if most > 1 && most < atoms.len() {
        let found = some(most)?;
        if size(&found) >= task.enough || (size(&found) > 0 && task.enough <= super::search::ENOUGH)
        {
            let relaxed = if size(&found) > exact {
                Relaxed::Most
            } else {
                Relaxed::All
            };
            return Ok((found, relaxed));
        }
    }
    if exact > 0 && task.enough <= super::search::ENOUGH {
        return Ok((every.clone(), Relaxed::All));
    }
    Ok((some(1)?, Relaxed::Any))
}

/// What holds however far a query is relaxed: literals, excluded words, and that the record still exists.
fn require(
    index: &Index,
    segment: &Segment,
    texts: &dyn Texts,
    plan: &Plan,
    docs: Option<Vec<DocId>>,
) -> Result<Vec<DocId>, IndexError> {
    let text = index.fields().text;
    let mut docs = docs;
    let mut unproven = Vec::new();
    for literal in &plan.literals {
        let candidates = matching::literal(segment, text, literal)?;
        match &mut docs {
            Some(docs) => docs.retain(|doc| candidates.bits.contains(*doc)),
            None => docs = Some(candidates.bits.docs()),
        }
        if !candidates.certain {
            unproven.push(literal.as_str());
        }
    }
    let mut docs = match docs {
        Some(mut docs) => {
            if segment.reader.has_deletes() {
                docs.retain(|doc| segment.is_alive(*doc));
            }
            docs
        }
        None => segment.alive(),
    };
    if !plan.excluded.is_empty() {
        let mut unwanted = Bits::new(segment.max_doc());
        for word in &plan.excluded {
            unwanted.union(&matching::excluded(segment, text, word)?);
        }
        docs.retain(|doc| !unwanted.contains(*doc));
    }
    if !unproven.is_empty() {
        let mut proven = Vec::with_capacity(docs.len());
        for doc in docs {
            if holds(segment, texts, doc, &unproven)? {
                proven.push(doc);
            }
        }
        docs = proven;
    }
    Ok(docs)
}

/// Whether a record's text holds all literals.
fn holds(
    segment: &Segment,
    texts: &dyn Texts,
    doc: DocId,
    literals: &[&str],
) -> Result<bool, IndexError> {
    let Ok(reference) = segment.reference_of(doc)?.parse() else {
        return Ok(false);
    };
    let Some(record) = texts.record(&reference) else {
        return Ok(false);
    };
    let pieces: Vec<String> = Content::of(&record).all().map(normalise).collect();
    Ok(literals
        .iter()
        .all(|literal| pieces.iter().any(|piece| piece.contains(literal))))
}

fn by_relevance(
    segment: &Segment,
    seen: &Snapshot,
    task: &Task<'_>,
    scoring: &Scoring,
    docs: &[DocId],
    every: &[DocId],
) -> Result<Vec<(u8, f64, DocId)>, IndexError> {
    let mut best = Vec::new();
    let mut rest: Vec<DocId> = docs.to_vec();
    let extra = extras(segment, task.plan)?;
    for tier in [EXACT, PREFIX, EVERY, REST] {
        let wanted = task.wanted - best.len();
        if wanted == 0 || rest.is_empty() {
            break;
        }
        let members = match tier {
            EXACT => named(segment, task.plan)?,
            PREFIX => named_from(segment, task.plan)?,
            // A need is ranked by its score alone.
            EVERY if !task.plan.need => Bits::from_docs(segment.max_doc(), every),
            EVERY => continue,
            _ => Bits::from_docs(segment.max_doc(), &rest),
        };
        if members.is_empty() {
            continue;
        }
        let (taken, left): (Vec<DocId>, Vec<DocId>) =
            rest.into_iter().partition(|doc| members.contains(*doc));
        rest = left;
        let found = scoring.best(segment, &seen.searcher, &taken, &extra, wanted)?;
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

fn by_column(segment: &Segment, task: &Task<'_>, docs: &[DocId]) -> Vec<(u8, f64, DocId)> {
    let names = segment.names.ords();
    let value = |doc: DocId| match task.sort {
        Sort::Updated => segment.updated.first(doc).unwrap_or_default() as f64,
        Sort::Name => -(names.first(doc).unwrap_or_default() as f64),
        Sort::Relevance | Sort::Evidence => segment.evidence.first(doc).unwrap_or_default() as f64,
    };
    let order = segment.references.ords();
    let mut best = Best::new(task.wanted);
    for doc in docs {
        best.offer(value(*doc), *doc, |doc| {
            order.first(doc).unwrap_or_default()
        });
    }
    best.into_sorted()
        .into_iter()
        .map(|(score, doc)| (REST, score, doc))
        .collect()
}
