//! The path of a query: read the text, match every word, read Latin words as pinyin, translate or correct them when
//! nothing matched, relax, filter, count, rank, and make rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::content::Content;
use super::correct::correct;
use super::count::Filters;
use super::highlight::Marker;
use super::index::{Index, IndexError, Snapshot};
use super::labels::Labels;
use super::matching;
use super::plain::TITLE;
use super::plan::{Atom, Clause, Latin, Plan};
use super::query;
use super::rank::{Hit, Matches, Ranked, Task, match_all, rank};
use super::row::row;
use super::schema::facet;
use super::spread::in_parts;
use crate::api::types::{ParsedQuery, Relaxed, Row, SearchPage, SearchRequest, Sort};
use crate::model::{Record, RecordRef, Taxonomies};

/// Where the texts of records are read: the index holds none.
pub trait Texts: Sync {
    /// A record of the store.
    fn record(&self, reference: &RecordRef) -> Option<Arc<Record>>;

    /// Several records, in the order in which they are asked for.
    fn records(&self, references: &[RecordRef]) -> Vec<Option<Arc<Record>>> {
        references
            .iter()
            .map(|reference| self.record(reference))
            .collect()
    }
}

/// Hits from which a query is not relaxed.
pub(super) const ENOUGH: usize = 5;
/// Most rows that can be skipped.
const OFFSET: u32 = 10_000;
/// Most rows of a page.
const LIMIT: u32 = 200;
/// Characters of a record by which similar ones are looked for.
const LIKENESS: usize = 400;

impl Index {
    /// Answers a search request. `favourite` of the rows is left to the caller.
    pub fn search(
        &self,
        texts: &dyn Texts,
        taxonomies: &Taxonomies,
        request: &SearchRequest,
    ) -> Result<SearchPage, IndexError> {
        let labels = self.labels(taxonomies);
        let mut query = query::parse(&request.text, &labels);
        let unknown = request.filters.iter().filter(|(id, _)| facet(id).is_none());
        let unknown = unknown.map(|(id, codes)| format!("{id}:{}", codes.join(",")));
        query.ignored.extend(unknown);
        let filters = filters(&query, request);
        let (offset, limit) = (request.offset.min(OFFSET), request.limit.min(LIMIT));
        let task = |plan| Task {
            plan,
            filters: &filters,
            facets: request.facets.iter().filter_map(|id| facet(id)).collect(),
            sort: request.sort,
            wanted: if limit == 0 {
                0
            } else {
                (offset + limit) as usize
            },
            enough: ENOUGH,
            pool: None,
        };
        let seen = self.snapshot();
        let (plan, every) = self.read(&seen, texts, &labels, &mut query)?;
        let Ranked {
            hits,
            counts,
            relaxed,
        } = rank(self, &seen, texts, every, &task(&plan))?;
        let marker = Marker::new(&query);
        let all = relaxed == Relaxed::All;
        let page = hits.get(offset as usize..).unwrap_or_default();
        let page = &page[..page.len().min(limit as usize)];
        let rows = in_parts(page, |part| {
            let rows = read(texts, part).filter_map(|(hit, reference, record)| {
                let record = record?;
                let mut row = row(&reference, &record, hit.links, taxonomies, Some(&marker));
                row.exact = all || hit.exact;
                Some(row)
            });
            rows.collect()
        });
        Ok(SearchPage {
            total: counts.total,
            unfiltered: counts.unfiltered,
            relaxed,
            query,
            rows,
            facets: counts.into_facets(),
        })
    }

    /// The records that a search request finds, in its order and at most `most` of them. Its page plays no part.
    pub fn references(
        &self,
        texts: &dyn Texts,
        taxonomies: &Taxonomies,
        request: &SearchRequest,
        most: usize,
    ) -> Result<Vec<RecordRef>, IndexError> {
        let labels = self.labels(taxonomies);
        let mut query = query::parse(&request.text, &labels);
        let filters = filters(&query, request);
        let seen = self.snapshot();
        let (plan, every) = self.read(&seen, texts, &labels, &mut query)?;
        let task = Task {
            plan: &plan,
            filters: &filters,
            facets: Vec::new(),
            sort: request.sort,
            wanted: most,
            enough: ENOUGH,
            pool: None,
        };
        let ranked = rank(self, &seen, texts, every, &task)?;
        let hits = ranked.hits.iter().take(most);
        Ok(hits.filter_map(|hit| hit.reference.parse().ok()).collect())
    }

    /// The records of the same kind that are most like a record, best first.
    pub fn similar(
        &self,
        texts: &dyn Texts,
        taxonomies: &Taxonomies,
        record: &Record,
        reference: &RecordRef,
        limit: u32,
    ) -> Result<Vec<Row>, IndexError> {
        let content = Content::of(record);
        let mut text: String = content.names.join(" ");
        for piece in &content.body {
            text.push(' ');
            text.push_str(piece.text);
        }
        let text: String = text.chars().take(LIKENESS).collect();
        let mut plan = Plan::new(&query::free(&text), &Labels::default(), Latin::Words);
        plan.need = true;
        plan.key.clear();
        for clause in &mut plan.clauses {
            clause.readings.clear();
        }
        let kind = facet("kind").map(|facet| (facet, vec![record.kind().as_str().to_owned()]));
        let seen = self.snapshot();
        let task = Task {
            plan: &plan,
            filters: &kind.into_iter().collect(),
            facets: Vec::new(),
            sort: Sort::Relevance,
            wanted: limit.min(LIMIT) as usize + 1,
            enough: ENOUGH,
            pool: None,
        };
        let none: Matches = seen.segments.iter().map(|_| Vec::new()).collect();
        let ranked = rank(self, &seen, texts, none, &task)?;
        let own = reference.to_string();
        let mut others = ranked.hits;
        others.retain(|hit| hit.reference != own);
        Ok(read(texts, &others)
            .filter_map(|(hit, reference, record)| {
                Some(row(&reference, &*record?, hit.links, taxonomies, None))
            })
            .take(limit as usize)
            .collect())
    }

    /// Ranks records by a free text, as evaluations do: relaxed until `depth` records are found, or over the
    /// records of a pool alone. Grammar, filters, pinyin and corrections play no part; a text that matches
    /// nothing is translated as a query is.
    pub(super) fn rank_text(
        &self,
        texts: &dyn Texts,
        title: &str,
        text: &str,
        pool: Option<&BTreeSet<String>>,
        depth: usize,
    ) -> Result<Vec<(RecordRef, f64)>, IndexError> {
        let mut plan = Plan::of_text(title, text, TITLE);
        let seen = self.snapshot();
        let mut every = match_all(self, &seen, texts, &plan)?;
        if !plan.has_text() {
            return Ok(Vec::new());
        }
        if !holds(&every) {
            let query = query::free(&format!("{title} {text}"));
            let found = self.translated(&seen, texts, &Labels::default(), &query, &plan)?;
            if let Some((_, translated, found)) = found {
                (plan, every) = (translated, found);
            }
        }
        let task = Task {
            plan: &plan,
            filters: &Filters::new(),
            facets: Vec::new(),
            sort: Sort::Relevance,
            wanted: depth,
            enough: depth,
            pool,
        };
        let ranked = rank(self, &seen, texts, every, &task)?;
        let hits = ranked.hits.into_iter().take(depth);
        Ok(hits
            .filter_map(|hit| Some((hit.reference.parse().ok()?, hit.score)))
            .collect())
    }

    /// Reads the words of a query so that something matches: as they are, as pinyin, translated, corrected.
    pub(super) fn read(
        &self,
        seen: &Snapshot,
        texts: &dyn Texts,
        labels: &Labels,
        query: &mut ParsedQuery,
    ) -> Result<(Plan, Matches), IndexError> {
        let plan = Plan::new(query, labels, Latin::Words);
        let every = match_all(self, seen, texts, &plan)?;
        if plan.need
            && !holds(&every)
            && let Some((used, translated, every)) =
                self.translated(seen, texts, labels, query, &plan)?
        {
            query.corrected = used;
            return Ok((translated, every));
        }
        if plan.clauses.is_empty() || plan.need || holds(&every) {
            query.pinyin = reads_pinyin(seen, &plan.clauses)?;
            return Ok((plan, every));
        }
        let by_pinyin = Plan::new(query, labels, Latin::Pinyin);
        if by_pinyin.clauses != plan.clauses {
            let every = match_all(self, seen, texts, &by_pinyin)?;
            if holds(&every) {
                query.pinyin = reads_pinyin(seen, &by_pinyin.clauses)?;
                return Ok((by_pinyin, every));
            }
        }
        if let Some((used, translated, every)) =
            self.translated(seen, texts, labels, query, &plan)?
        {
            query.corrected = used;
            return Ok((translated, every));
        }
        let mut used = query.clone();
        for (at, clause) in plan.clauses.iter().enumerate() {
            let [Atom::Word(word)] = clause.atoms.as_slice() else {
                continue;
            };
            if occurs(seen, std::slice::from_ref(&plan.clauses[at]))? {
                continue;
            }
            if let Some(better) = correct(&seen.segments, word)? {
                for typed in used
                    .words
                    .iter_mut()
                    .filter(|typed| super::text::normalise(typed) == *word)
                {
                    query
                        .corrected
                        .push((std::mem::replace(typed, better.clone()), better.clone()));
                }
            }
        }
        if query.corrected.is_empty() {
            return Ok((plan, every));
        }
        let plan = Plan::new(&used, labels, Latin::Words);
        let every = match_all(self, seen, texts, &plan)?;
        Ok((plan, every))
    }
}

/// Whether anything matched.
pub(super) fn holds(matches: &Matches) -> bool {
    matches.iter().any(|docs| !docs.is_empty())
}

pub(super) fn occurs(seen: &Snapshot, clauses: &[Clause]) -> Result<bool, IndexError> {
    for segment in &seen.segments {
        if matching::any(segment, clauses)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether some word occurs as pinyin only.
fn reads_pinyin(seen: &Snapshot, clauses: &[Clause]) -> Result<bool, IndexError> {
    for clause in clauses.iter().filter(|clause| !clause.readings.is_empty()) {
        let literal = Clause {
            readings: Vec::new(),
            ..clause.clone()
        };
        if !occurs(seen, &[literal])? && occurs(seen, std::slice::from_ref(clause))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Filters of the text and of the request; the values of one facet are alternatives.
pub(super) fn filters(query: &ParsedQuery, request: &SearchRequest) -> Filters {
    let mut filters: Filters = BTreeMap::new();
    for (id, codes) in query.filters.iter().chain(&request.filters) {
        if let Some(facet) = facet(id).filter(|_| !codes.is_empty()) {
            filters
                .entry(facet)
                .or_default()
                .extend(codes.iter().cloned());
        }
    }
    filters
}

/// The records of hits: those that ranking read, and all others at once.
fn read<'h>(
    texts: &dyn Texts,
    hits: &'h [Hit],
) -> impl Iterator<Item = (&'h Hit, RecordRef, Option<Arc<Record>>)> {
    let hits: Vec<(&Hit, RecordRef)> = hits
        .iter()
        .filter_map(|hit| Some((hit, hit.reference.parse().ok()?)))
        .collect();
    let unread: Vec<RecordRef> = hits
        .iter()
        .filter(|(hit, _)| hit.record.is_none())
        .map(|(_, reference)| reference.clone())
        .collect();
    let mut found = texts.records(&unread).into_iter();
    hits.into_iter().map(move |(hit, reference)| {
        let record = match &hit.record {
            Some(record) => Some(record.clone()),
            None => found.next().flatten(),
        };
        (hit, reference, record)
    })
}
