//! tantivy as one would use it by hand: one text field of the same terms, facets as fast fields, and one collector
//! that filters, counts and keeps the best.
//!
//! This is a strong opponent on purpose: columns and code tables are opened once, there are no positions, no rows,
//! no query language, no second way to understand a word.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector, TopNComputer};
use tantivy::columnar::StrColumn;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{
    AllQuery, BooleanQuery, InvertedIndexRangeQuery, Occur, Query as TantivyQuery, TermQuery,
};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{
    DocAddress, DocId, Index, IndexWriter, Score, Searcher, SegmentOrdinal, SegmentReader,
    TantivyDocument, Term,
};

use super::Failure;
use super::engine::{Answer, Engine};
use super::facets::{FACETS, codes};
use super::queries::{Query, ROWS, Terms};
use super::{ours, store, terms};

fn schema() -> (Schema, Field, Field, Vec<Field>) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqs);
    let text = builder.add_text_field(
        "text",
        TextOptions::default().set_indexing_options(indexing),
    );
    let reference = builder.add_text_field("ref", STRING | FAST);
    let facets = FACETS
        .iter()
        .map(|facet| builder.add_text_field(facet, STRING | FAST))
        .collect();
    (builder.build(), text, reference, facets)
}

pub fn build(dir: &Path, into: &Path) -> Result<(), Failure> {
    let (schema, text, reference, facets) = schema();
    std::fs::create_dir_all(into)?;
    let index = Index::create_in_dir(into, schema)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, ours::WRITER_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    store::each(dir, |target, record, _| {
        let mut doc = TantivyDocument::new();
        doc.add_text(reference, target.to_string());
        doc.add_text(text, terms::cut(record));
        for (field, codes) in facets.iter().zip(codes(record)) {
            for code in codes {
                doc.add_text(*field, code);
            }
        }
        writer.add_document(doc)?;
        Ok(())
    })?;
    writer.commit()?;
    // Merged into one segment, as ours is.
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    Ok(writer.wait_merging_threads()?)
}

pub struct Raw {
    searcher: Searcher,
    text: Field,
    segments: Arc<Vec<Segment>>,
    /// Codes of each facet over all segments.
    codes: Arc<Vec<Vec<String>>>,
}

struct Segment {
    references: StrColumn,
    facets: Vec<Facet>,
}

struct Facet {
    column: StrColumn,
    /// From the ordinal in the segment to the place among all codes.
    codes: Vec<u32>,
}

impl Raw {
    pub fn open(from: &Path) -> Result<Self, Failure> {
        let index = Index::open_in_dir(from)?;
        let searcher = index.reader()?.searcher();
        let mut known: Vec<BTreeMap<String, u32>> =
            FACETS.iter().map(|_| BTreeMap::new()).collect();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let column = |name: &str| -> Result<StrColumn, Failure> {
                Ok(reader
                    .fast_fields()
                    .str(name)?
                    .ok_or_else(|| format!("no column {name}"))?)
            };
            let mut facets = Vec::new();
            for (facet, known) in FACETS.iter().zip(&mut known) {
                let column = column(facet)?;
                let mut codes = Vec::new();
                for ord in 0..column.num_terms() as u64 {
                    let mut code = String::new();
                    column.ord_to_str(ord, &mut code)?;
                    let next = known.len() as u32;
                    codes.push(*known.entry(code).or_insert(next));
                }
                facets.push(Facet { column, codes });
            }
            segments.push(Segment {
                references: column("ref")?,
                facets,
            });
        }
        let codes = known.into_iter().map(|known| {
            let mut codes = vec![String::new(); known.len()];
            for (code, at) in known {
                codes[at as usize] = code;
            }
            codes
        });
        let (codes, text) = (Arc::new(codes.collect()), schema().1);
        Ok(Self {
            searcher,
            text,
            segments: Arc::new(segments),
            codes,
        })
    }

    fn query(&self, terms: &Terms) -> Box<dyn TantivyQuery> {
        let term = |text: &str| Term::from_field_text(self.text, text);
        let clauses = |occur: Occur, texts: &[&str]| -> Box<dyn TantivyQuery> {
            let found = texts
                .iter()
                .flat_map(|text| terms::asked(text))
                .map(|text| {
                    let query: Box<dyn TantivyQuery> =
                        Box::new(TermQuery::new(term(&text), IndexRecordOption::WithFreqs));
                    (occur, query)
                });
            Box::new(BooleanQuery::new(found.collect()))
        };
        match terms {
            Terms::Nothing => Box::new(AllQuery),
            Terms::All(words) => clauses(
                Occur::Must,
                &words.iter().map(String::as_str).collect::<Vec<_>>(),
            ),
            Terms::Any(text) => clauses(Occur::Should, &[text]),
            Terms::Char(c) => {
                let next = char::from_u32(*c as u32 + 1).unwrap_or(*c);
                Box::new(InvertedIndexRangeQuery::new(
                    Bound::Included(term(&c.to_string())),
                    Bound::Excluded(term(&next.to_string())),
                ))
            }
        }
    }
}

impl Engine for Raw {
    fn answer(&mut self, query: &Query) -> Result<Option<Answer>, Failure> {
        let wanted = query.filters.iter().map(|(facet, codes)| {
            let wanted = self.codes[*facet]
                .iter()
                .map(|code| codes.contains(code))
                .collect();
            (*facet, wanted)
        });
        let collect = Collect {
            segments: self.segments.clone(),
            codes: self.codes.clone(),
            filters: Arc::new(wanted.collect()),
            counted: query.counted,
        };
        let found = self.searcher.search(&*self.query(&query.terms), &collect)?;
        let mut answer = Answer {
            total: found.total,
            ..Answer::default()
        };
        for (_, address) in &found.best {
            let mut reference = String::new();
            let column = &self.segments[address.segment_ord as usize].references;
            if let Some(ord) = column.term_ords(address.doc_id).next() {
                column.ord_to_str(ord, &mut reference)?;
            }
            answer.best.push(reference);
        }
        answer.facets = found
            .counts
            .iter()
            .zip(self.codes.iter())
            .map(|(counts, codes)| {
                let counted = counts.iter().zip(codes).filter(|(count, _)| **count > 0);
                counted
                    .map(|(count, code)| (code.clone(), *count))
                    .collect()
            })
            .collect();
        Ok(Some(answer))
    }
}

/// Wanted codes of a facet, by their place among all codes.
type Filter = (usize, Vec<bool>);

struct Collect {
    segments: Arc<Vec<Segment>>,
    codes: Arc<Vec<Vec<String>>>,
    filters: Arc<Vec<Filter>>,
    counted: bool,
}

#[derive(Default)]
struct Found {
    total: u32,
    best: Vec<(Score, DocAddress)>,
    counts: Vec<Vec<u32>>,
}

struct Child {
    ord: SegmentOrdinal,
    segments: Arc<Vec<Segment>>,
    filters: Arc<Vec<Filter>>,
    total: u32,
    best: TopNComputer<Score, DocId, tantivy::collector::sort_key::ReverseComparator>,
    counts: Vec<Vec<u32>>,
}

impl Collector for Collect {
    type Fruit = Found;
    type Child = Child;

    fn for_segment(&self, ord: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Child> {
        let counts = self
            .codes
            .iter()
            .filter(|_| self.counted)
            .map(|codes| vec![0; codes.len()]);
        Ok(Child {
            ord,
            segments: self.segments.clone(),
            filters: self.filters.clone(),
            total: 0,
            best: TopNComputer::new(ROWS),
            counts: counts.collect(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Found> {
        let mut all = Found::default();
        for found in fruits {
            all.total += found.total;
            all.best.extend(found.best);
            if all.counts.is_empty() {
                all.counts = found.counts;
            } else {
                for (all, found) in all
                    .counts
                    .iter_mut()
                    .flatten()
                    .zip(found.counts.iter().flatten())
                {
                    *all += found;
                }
            }
        }
        all.best.sort_by(|left, right| {
            right
                .0
                .total_cmp(&left.0)
                .then_with(|| left.1.cmp(&right.1))
        });
        all.best.truncate(ROWS);
        Ok(all)
    }
}

impl SegmentCollector for Child {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, score: Score) {
        let facets = &self.segments[self.ord as usize].facets;
        let mut failed = None;
        for (facet, wanted) in self.filters.iter() {
            let Facet { column, codes } = &facets[*facet];
            if !column
                .term_ords(doc)
                .any(|ord| wanted[codes[ord as usize] as usize])
            {
                if failed.is_some() {
                    return;
                }
                failed = Some(*facet);
            }
        }
        // What fails one filter still counts in the facet of that filter.
        for (place, counts) in self.counts.iter_mut().enumerate() {
            if failed.is_none_or(|failed| failed == place) {
                let Facet { column, codes } = &facets[place];
                for ord in column.term_ords(doc) {
                    counts[codes[ord as usize] as usize] += 1;
                }
            }
        }
        if failed.is_none() {
            self.total += 1;
            self.best.push(score, doc);
        }
    }

    fn harvest(self) -> Found {
        let ord = self.ord;
        let best = self.best.into_sorted_vec().into_iter();
        let best = best
            .map(|found| (found.sort_key, DocAddress::new(ord, found.doc)))
            .collect();
        Found {
            total: self.total,
            best,
            counts: self.counts,
        }
    }
}
