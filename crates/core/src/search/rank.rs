//! Runs a plan over all segments: matching, relaxing, filtering, counting, ranking.
//!
//! Order of the hits: names that are the query, names that start with it, records with every word, the rest; within
//! each by score, ties by reference.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use tantivy::DocId;

use super::best::Best;
use super::count::{Counts, Filters};
use super::index::{Index, IndexError, Snapshot};
use super::literal;
use super::matching;
use super::plan::Plan;
use super::rescore::{CANDIDATES, FEW_CANDIDATES, Rescoring};
use super::score::Scoring;
use super::segment::Segment;
use super::sets::{self, Bits};
use super::spread::in_parts;
use super::text::normalise;
use super::tiers::{REST, by_relevance};
use super::{Texts, content::Content};
use crate::api::types::{Relaxed, Sort};
use crate::model::{Record, RecordRef};

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
    /// The record, where ranking had to read it.
    pub(super) record: Option<Arc<Record>>,
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
    seen.segments.iter().map(|segment| of(segment)).collect()
}

/// Runs a plan whose full matches are known.
pub(super) fn rank(
    index: &Index,
    seen: &Snapshot,
    texts: &dyn Texts,
    every: Matches,
    task: &Task<'_>,
) -> Result<Ranked, IndexError> {
    let (relaxed, found) = relax(index, seen, texts, &every, task)?;
    let (found, every) = match (task.pool, found) {
        (Some(pool), _) => (pooled(seen, pool)?, Some(every)),
        (None, Some(found)) => (found, Some(every)),
        (None, None) => (every, None),
    };
    let mut counts = Counts::new(seen, &task.facets)?;
    let by_score = task.sort == Sort::Relevance && task.plan.has_text();
    // Whatever page is asked for, the same candidates are looked at again.
    let again = by_score && (relaxed != Relaxed::All || task.pool.is_some());
    let candidates = if task.plan.need {
        CANDIDATES
    } else {
        FEW_CANDIDATES
    };
    let wanted = match task.wanted {
        0 => 0,
        rows if again => rows.max(candidates),
        rows => rows,
    };
    let scoring = if by_score && wanted > 0 {
        Some(Scoring::new(task.plan, index.fields(), &seen.segments)?)
    } else {
        None
    };
    let whole = !task.plan.has_text() && task.plan.excluded.is_empty();
    let mut hits = Vec::new();
    for (at, (segment, docs)) in seen.segments.iter().zip(found).enumerate() {
        let segment = &**segment;
        let every = every.as_ref().map(|every| every[at].as_slice());
        let docs = counts.take((at, segment), docs, task.filters, whole)?;
        if wanted == 0 {
            continue;
        }
        let best = match &scoring {
            Some(scoring) => {
                by_relevance((at, segment), seen, task.plan, scoring, docs, every, wanted)?
            }
            None => by_column(segment, task.sort, &docs, wanted),
        };
        for (tier, score, doc) in best {
            let name = if task.sort == Sort::Name {
                segment.sort_name(doc)?
            } else {
                String::new()
            };
            let links = segment.links.first(doc).unwrap_or_default() as u32;
            let exact = every.is_none_or(|every| every.binary_search(&doc).is_ok());
            hits.push(Hit {
                reference: segment.reference_of(doc)?,
                score,
                exact,
                links,
                tier,
                name,
                record: None,
            });
        }
    }
    hits.sort_by(|left, right| order(task.sort, left, right));
    if again {
        let candidates = hits.len().min(candidates);
        look_again(index, seen, texts, task.plan, &mut hits[..candidates])?;
    }
    hits.truncate(task.wanted);
    Ok(Ranked {
        hits,
        counts,
        relaxed,
    })
}

/// Orders candidates anew.
fn look_again(
    index: &Index,
    seen: &Snapshot,
    texts: &dyn Texts,
    plan: &Plan,
    candidates: &mut [Hit],
) -> Result<(), IndexError> {
    let rescoring = Rescoring::new(plan, index.fields(), seen)?;
    let references: Vec<RecordRef> = candidates
        .iter()
        .map(|hit| hit.reference.parse())
        .collect::<Result<_, _>>()
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    let looked_at = in_parts(&references, |part| {
        let records = texts.records(part).into_iter();
        records
            .map(|record| {
                let score = record
                    .as_ref()
                    .map_or(0.0, |record| rescoring.score(record));
                (score, record)
            })
            .collect()
    });
    for (hit, (score, record)) in candidates.iter_mut().zip(looked_at) {
        hit.score = score;
        hit.record = record;
    }
    candidates.sort_by(|left, right| order(Sort::Relevance, left, right));
    Ok(())
}

/// The documents of a pool, per segment.
pub(super) fn pooled(seen: &Snapshot, pool: &BTreeSet<String>) -> Result<Matches, IndexError> {
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
    seen.segments.iter().map(|segment| of(segment)).collect()
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
/// and the caller does not insist. Gives nothing when the query stays as it is.
pub(super) fn relax(
    index: &Index,
    seen: &Snapshot,
    texts: &dyn Texts,
    every: &Matches,
    task: &Task<'_>,
) -> Result<(Relaxed, Option<Matches>), IndexError> {
    let plan = task.plan;
    let size = |matches: &Matches| matches.iter().map(Vec::len).sum::<usize>();
    let atoms = plan.atoms();
    let some = |wanted: usize| -> Result<Matches, IndexError> {
        let of = |segment: &Segment| {
            let docs = matching::some(segment, &plan.clauses, &atoms, wanted)?;
            require(index, segment, texts, plan, Some(docs))
        };
        seen.segments.iter().map(|segment| of(segment)).collect()
    };
    if atoms.len() < 2 {
        return Ok((Relaxed::All, None));
    }
    if plan.need {
        return Ok((Relaxed::Any, Some(some(1)?)));
    }
    let exact = size(every);
    if exact >= task.enough {
        return Ok((Relaxed::All, None));
    }
    let most = (atoms.len() * 3).div_ceil(5);
    if most > 1 && most < atoms.len() {
        let found = some(most)?;
        if size(&found) >= task.enough || (size(&found) > 0 && task.enough <= super::search::ENOUGH)
        {
            let more = size(&found) > exact;
            return Ok(if more {
                (Relaxed::Most, Some(found))
            } else {
                (Relaxed::All, None)
            });
        }
    }
    if exact > 0 && task.enough <= super::search::ENOUGH {
        return Ok((Relaxed::All, None));
    }
    Ok((Relaxed::Any, Some(some(1)?)))
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
        let candidates = literal::literal(segment, text, literal)?;
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
            unwanted.union(&literal::excluded(segment, text, word)?);
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

fn by_column(
    segment: &Segment,
    sort: Sort,
    docs: &[DocId],
    wanted: usize,
) -> Vec<(u8, f64, DocId)> {
    let names = segment.names.ords();
    let value = |doc: DocId| match sort {
        Sort::Updated => segment.updated.first(doc).unwrap_or_default() as f64,
        Sort::Name => -(names.first(doc).unwrap_or_default() as f64),
        Sort::Relevance | Sort::Evidence => segment.evidence.first(doc).unwrap_or_default() as f64,
    };
    let order = segment.references.ords();
    let mut best = Best::new(wanted);
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
