//! BM25 over the fields of the index.
//!
//! Scores are summed in double precision and in the order of the terms, from [`Statistics`] of the whole index: they
//! do not depend on how documents are spread over segments, nor on what was there before. tantivy's block-max WAND, whose
//! sums vary in the last bit, only proposes documents.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Term};

use super::best::Best;
use super::bm25::{Cursor, K1, idf, norms, saturated};
use super::index::{IndexError, Snapshot};
use super::plan::{Atom, Plan};
use super::schema::Fields;
use super::segment::Segment;
use super::sets::{self, Bits};
use super::statistics::{Part, Statistics};

/// Weight of a term in a name or alias, beside the 1 that it has as part of the text.
const NAME: f64 = 2.0;
/// Weight of a shared English stem: `detecting` says more by what it shares with `detection` than by its form.
const STEM: f64 = 1.5;
/// Terms of a need that are scored.
const TERMS: usize = 64;
/// Result sets above this size, and above one in so many documents of the segment, are pruned by block-max WAND:
/// where most documents of the terms are results, it finds the best ones soonest.
const SMALL: u32 = 512;
const COMMON: u32 = 16;

/// A segment with its place in the snapshot.
pub(super) type Place<'a> = (usize, &'a Segment);

/// A term in a field with its weight.
#[derive(Debug, Clone)]
struct Scored {
    part: Part,
    field: Field,
    text: String,
    /// Boost times frequency in the query.
    boost: f64,
    /// Boost times inverse document frequency times `k1 + 1`.
    weight: f64,
    average: f64,
    /// Where the term lies in each segment, looked up once.
    places: Vec<Option<TermInfo>>,
}

/// How documents are scored for one query.
pub(super) struct Scoring {
    terms: Vec<Scored>,
    query: BooleanQuery,
    fields: Fields,
}

impl Scoring {
    pub(super) fn new(
        plan: &Plan,
        fields: &Fields,
        segments: &[Arc<Segment>],
    ) -> Result<Self, IndexError> {
        let statistics = Statistics::new(segments, fields);
        let documents = statistics.documents;
        let mut terms = Vec::new();
        let mut add = |part: Part, text: &str, boost: f64| -> Result<(), IndexError> {
            let places = segments
                .iter()
                .map(|segment| sets::term(part.reader(segment), text))
                .collect::<Result<Vec<_>, _>>()?;
            let found = statistics.found(part, &places)?;
            if found > 0 {
                terms.push(Scored {
                    part,
                    field: part.field(fields),
                    text: text.to_owned(),
                    boost,
                    weight: boost * idf(found, documents) * (K1 + 1.0),
                    average: statistics.average(part),
                    places,
                });
            }
            Ok(())
        };
        for (atom, count) in chosen(plan, &statistics)? {
            let count = f64::from(count);
            let text = match &atom {
                Atom::Char(_) => continue,
                Atom::Bigram(text) | Atom::Word(text) => text,
            };
            add(Part::Text, text, count)?;
            add(Part::Title, text, NAME * count)?;
            add(Part::Alias, text, NAME * count)?;
            if let Some(stem) = atom.stem() {
                add(Part::Stem, &stem, STEM * count)?;
            }
        }
        // The weightiest first: soon it is known whether the others can still make a document one of the best.
        terms.sort_by(|left: &Scored, right| right.weight.total_cmp(&left.weight));
        let clauses = terms
            .iter()
            .map(|term| {
                let query = TermQuery::new(
                    Term::from_field_text(term.field, &term.text),
                    IndexRecordOption::WithFreqs,
                );
                let boosted: Box<dyn Query> =
                    Box::new(BoostQuery::new(Box::new(query), term.boost as Score));
                (Occur::Should, boosted)
            })
            .collect();
        Ok(Self {
            terms,
            query: BooleanQuery::new(clauses),
            fields: fields.clone(),
        })
    }

    /// What the terms outside or inside of names give to documents, which are in order.
    fn sums(
        &self,
        segment: Place<'_>,
        names: bool,
        docs: &[DocId],
    ) -> Result<Vec<f64>, IndexError> {
        let mut sums = vec![0.0; docs.len()];
        for mut cursor in self.cursors(segment, names)? {
            for (doc, sum) in docs.iter().zip(&mut sums) {
                *sum += cursor.score(*doc);
            }
        }
        Ok(sums)
    }

    fn cursors(&self, (at, segment): Place<'_>, names: bool) -> Result<Vec<Cursor>, IndexError> {
        let mut cursors = Vec::new();
        for term in self
            .terms
            .iter()
            .filter(|term| term.part.is_name() == names)
        {
            let Some(place) = &term.places[at] else {
                continue;
            };
            let postings = term
                .part
                .reader(segment)
                .read_postings_from_terminfo(place, IndexRecordOption::WithFreqs)?;
            cursors.push(Cursor {
                postings,
                lengths: term.part.lengths(segment).clone(),
                weight: term.weight,
                average: term.average,
            });
        }
        Ok(cursors)
    }

    /// The scores of all documents of a segment, term by term: for the many terms of a need sooner than any pruning,
    /// and to the last bit what scoring one document gives.
    pub(super) fn all(&self, (at, segment): Place<'_>) -> Result<Vec<f64>, IndexError> {
        let mut sums = [false, true].map(|_| vec![0.0; segment.max_doc() as usize]);
        for term in &self.terms {
            let Some(place) = &term.places[at] else {
                continue;
            };
            let sums = &mut sums[usize::from(term.part.is_name())];
            let lengths = term.part.lengths(segment);
            let norms = norms(term.average);
            let mut blocks = term
                .part
                .reader(segment)
                .read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs)?;
            while !blocks.docs().is_empty() {
                for (doc, frequency) in blocks.docs().iter().zip(blocks.freqs()) {
                    let norm = norms[usize::from(lengths.fieldnorm_id(*doc))];
                    sums[*doc as usize] += saturated(term.weight, *frequency, norm);
                }
                blocks.advance();
            }
        }
        let [mut texts, names] = sums;
        for (text, name) in texts.iter_mut().zip(names) {
            *text += name;
        }
        Ok(texts)
    }

    /// The best `wanted` of `docs` by score plus `extra`, ties by `order`; best first.
    pub(super) fn best(
        &self,
        place: Place<'_>,
        seen: &Snapshot,
        docs: &[DocId],
        extra: &[(Bits, f64)],
        wanted: usize,
    ) -> Result<Vec<(f64, DocId)>, IndexError> {
        let segment = place.1;
        let order = segment.references.ords();
        let mut best = Best::new(wanted);
        let constant = |doc: DocId| {
            extra
                .iter()
                .filter(|(bits, _)| bits.contains(doc))
                .map(|(_, weight)| weight)
                .sum::<f64>()
        };
        let order = |doc: DocId| order.first(doc).unwrap_or_default();
        let most: f64 = extra.iter().map(|(_, weight)| weight).sum();
        if docs.len() as u32 > (segment.max_doc() / COMMON).max(SMALL) && !self.terms.is_empty() {
            self.prune(place, seen, docs, most, &constant, &order, &mut best)?;
            return Ok(best.into_sorted());
        }
        // Names decide most: the records with the best names are scored whole first, and the others only if their
        // texts can still lift them among the best.
        let names = self.sums(place, true, docs)?;
        let mut leading: Vec<usize> = (0..docs.len()).collect();
        if leading.len() > wanted && wanted > 0 {
            leading.select_nth_unstable_by(wanted - 1, |left, right| {
                names[*right].total_cmp(&names[*left])
            });
            leading.truncate(wanted);
            leading.sort_unstable();
        }
        let leaders: Vec<DocId> = leading.iter().map(|at| docs[*at]).collect();
        for (at, text) in leading.iter().zip(self.sums(place, false, &leaders)?) {
            best.offer(text + names[*at] + constant(docs[*at]), docs[*at], order);
        }
        if leaders.len() < docs.len() {
            let mut cursors = self.cursors(place, false)?;
            // What the terms from each one on can give at most.
            let mut reach = vec![most; cursors.len() + 1];
            for at in (0..cursors.len()).rev() {
                reach[at] = reach[at + 1] + cursors[at].weight * (1.0 + 1e-9);
            }
            'docs: for (doc, name) in docs.iter().zip(&names) {
                if leaders.binary_search(doc).is_ok() {
                    continue;
                }
                let mut text = 0.0;
                for (cursor, reach) in cursors.iter_mut().zip(&reach) {
                    if best
                        .floor()
                        .is_some_and(|floor| name + text + reach < floor)
                    {
                        continue 'docs;
                    }
                    text += cursor.score(*doc);
                }
                best.offer(text + name + constant(*doc), *doc, order);
            }
        }
        Ok(best.into_sorted())
    }

    /// Offers those of very many documents that can be among the best.
    #[expect(
        clippy::too_many_arguments,
        reason = "the second half of `best`, apart for its length"
    )]
    fn prune(
        &self,
        place: Place<'_>,
        seen: &Snapshot,
        docs: &[DocId],
        most: f64,
        constant: &impl Fn(DocId) -> f64,
        order: &impl Fn(DocId) -> u64,
        best: &mut Best,
    ) -> Result<(), IndexError> {
        let segment = place.1;
        let members = Bits::from_docs(segment.max_doc(), docs);
        let mut texts = self.cursors(place, false)?;
        let mut names = self.cursors(place, true)?;
        let mut offered = Bits::new(segment.max_doc());
        let weight = self
            .query
            .weight(EnableScoring::enabled_from_statistics_provider(
                &Statistics::new(&seen.segments, &self.fields),
                &seen.searcher,
            ))?;
        let mut threshold = Score::MIN;
        weight.for_each_pruning(threshold, &segment.reader, &mut |doc, _| {
            if members.contains(doc) {
                let text: f64 = texts.iter_mut().map(|cursor| cursor.score(doc)).sum();
                let name: f64 = names.iter_mut().map(|cursor| cursor.score(doc)).sum();
                offered.extend(&[doc]);
                best.offer(text + name + constant(doc), doc, order);
                // Below this not even a tie is possible, whatever the rounding of single precision.
                let reached = |floor: f64| ((floor - most) * (1.0 - 1e-5)) as Score;
                threshold = best.floor().map_or(Score::MIN, reached);
            }
            threshold
        })?;
        // Documents without any scored term are never proposed.
        if best.floor().is_none_or(|floor| floor <= most) {
            for doc in docs.iter().filter(|doc| !offered.contains(**doc)) {
                best.offer(constant(*doc), *doc, order);
            }
        }
        Ok(())
    }
}

/// The terms of a plan that are scored: all, or the weightiest ones of a need.
fn chosen(plan: &Plan, statistics: &Statistics<'_>) -> Result<Vec<(Atom, u32)>, IndexError> {
    let mut terms: Vec<(Atom, u32)> = plan
        .counts
        .iter()
        .map(|(atom, count)| (atom.clone(), *count))
        .collect();
    if terms.len() <= TERMS {
        return Ok(terms);
    }
    let mut weighed = Vec::with_capacity(terms.len());
    for (atom, count) in terms {
        let text = match &atom {
            Atom::Bigram(text) | Atom::Char(text) | Atom::Word(text) => text,
        };
        let found = statistics.frequency(Part::Text, text)?;
        weighed.push((
            f64::from(count) * idf(found, statistics.documents),
            found > 0,
            atom,
            count,
        ));
    }
    weighed.retain(|(_, found, ..)| *found);
    weighed.sort_by(|left, right| {
        right
            .0
            .total_cmp(&left.0)
            .then_with(|| left.2.cmp(&right.2))
    });
    weighed.truncate(TERMS);
    terms = weighed
        .into_iter()
        .map(|(_, _, atom, count)| (atom, count))
        .collect();
    terms.sort_unstable();
    Ok(terms)
}
