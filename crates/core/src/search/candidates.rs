//! The records that may answer a need, from the index alone: any term is enough, the weightiest terms decide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tantivy::DocId;

use super::affinity::{Wording, speaks_english};
use super::best::Best;
use super::gloss;
use super::index::{Index, IndexError, Snapshot};
use super::plain::TITLE;
use super::plan::Plan;
use super::schema::{NONE, facet};
use super::score::Scoring;
use super::segment::Segment;
use super::sets::{self, Bits};
use super::statistics::Statistics;
use crate::model::RecordRef;

/// Among which records candidates are looked for.
#[derive(Debug, Clone, Copy)]
pub enum Among<'a> {
    /// Records of these kinds.
    Kinds(&'a [&'a str]),
    /// These records, whether they share a term or not.
    These(&'a BTreeSet<String>),
    /// All records.
    All,
}

impl Index {
    /// The best `wanted` records for a need, best first, ties by reference. When as many are wanted as there are,
    /// those that share nothing come last.
    pub fn candidates(
        &self,
        wording: Wording<'_>,
        among: Among<'_>,
        wanted: usize,
    ) -> Result<Vec<(RecordRef, f64)>, IndexError> {
        let lists = self.candidates_of(wording, &[(among, wanted)])?;
        Ok(lists.into_iter().next().unwrap_or_default())
    }

    /// The same for several sets of records, each with how many are wanted of it; the terms are read once.
    pub fn candidates_of(
        &self,
        wording: Wording<'_>,
        asked: &[(Among<'_>, usize)],
    ) -> Result<Vec<Vec<(RecordRef, f64)>>, IndexError> {
        let seen = self.snapshot();
        let native = Plan::of_text(wording.title, wording.text, TITLE);
        let own = self.lists(&seen, &native, asked)?;
        let Some(translated) = translated(wording, &Statistics::new(&seen.segments, self.fields()))
        else {
            return Ok(own.into_iter().map(parsed).collect());
        };
        let other = self.lists(&seen, &translated, asked)?;
        let fused = own.into_iter().zip(other).zip(asked);
        Ok(fused
            .map(|((own, other), (_, wanted))| parsed(fuse([own, other], *wanted)))
            .collect())
    }

    /// The best records of one plan, for each set.
    fn lists(
        &self,
        seen: &Snapshot,
        plan: &Plan,
        asked: &[(Among<'_>, usize)],
    ) -> Result<Vec<Vec<(String, f64)>>, IndexError> {
        let scoring = Scoring::new(plan, self.fields(), &seen.segments)?;
        let mut lists: Vec<Vec<(String, f64)>> = vec![Vec::new(); asked.len()];
        for (at, segment) in seen.segments.iter().enumerate() {
            let segment = &**segment;
            let place = (at, segment);
            let order = segment.references.ords();
            let mut scores = None;
            for ((among, wanted), found) in asked.iter().zip(&mut lists) {
                let all = *wanted as u64 >= seen.documents() || matches!(among, Among::These(_));
                let docs = members(segment, *among)?;
                let wanted = (*wanted).min(docs.len());
                let best = if docs.len() < segment.max_doc() as usize / FEW {
                    scoring.best(place, seen, &docs, &[], wanted)?
                } else {
                    let scores = match &mut scores {
                        Some(scores) => scores,
                        none => none.insert(scoring.all(place)?),
                    };
                    let mut best = Best::new(wanted);
                    for doc in docs {
                        best.offer(scores[doc as usize], doc, |doc| {
                            order.first(doc).unwrap_or_default()
                        });
                    }
                    best.into_sorted()
                };
                for (score, doc) in best {
                    if score > 0.0 || all {
                        found.push((segment.reference_of(doc)?, score));
                    }
                }
            }
        }
        for ((_, wanted), found) in asked.iter().zip(&mut lists) {
            best_first(found);
            found.truncate(*wanted);
        }
        Ok(lists)
    }

    /// How many records have each code of a facet, codes above it included.
    pub fn code_counts(&self, id: &str) -> Result<Arc<BTreeMap<String, u32>>, IndexError> {
        let Some(facet) = facet(id) else {
            return Ok(Arc::default());
        };
        let seen = self.snapshot();
        seen.code_counts(facet, || {
            let mut counts = BTreeMap::new();
            for segment in &seen.segments {
                let column = segment.facet(facet)?;
                for (set, total) in column.sets.iter().zip(&column.totals) {
                    for code in set {
                        *counts
                            .entry(column.codes[*code as usize].clone())
                            .or_default() += total;
                    }
                }
            }
            counts.remove(NONE);
            Ok(counts)
        })
    }

    /// The records of a kind that have most of some codes, given with their facets; ties by reference.
    pub fn with_codes(
        &self,
        wanted: &[(&str, &str)],
        kind: &str,
        most: usize,
    ) -> Result<Vec<RecordRef>, IndexError> {
        let mut found: Vec<(usize, String)> = Vec::new();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        for segment in &self.snapshot().segments {
            let mut columns = Vec::new();
            for (id, code) in wanted {
                if let Some(facet) = facet(id) {
                    let column = segment.facet(facet)?;
                    let having: Vec<bool> = column
                        .sets
                        .iter()
                        .map(|set| set.iter().any(|own| column.codes[*own as usize] == *code))
                        .collect();
                    columns.push((column, having));
                }
            }
            let mut scored: Vec<(usize, DocId)> = members(segment, Among::Kinds(&[kind]))?
                .into_iter()
                .filter_map(|doc| {
                    let has = columns
                        .iter()
                        .filter(|(column, having)| having[column.ids[doc as usize] as usize])
                        .count();
                    (has > 0).then_some((has, doc))
                })
                .collect();
            // Within a segment, ordinals of references are in the order of the references.
            let order = segment.references.ords();
            // Most of a large catalog may have one of the codes; only the first are put in order.
            let key = |(has, doc): &(usize, DocId)| {
                (
                    std::cmp::Reverse(*has),
                    order.first(*doc).unwrap_or_default(),
                )
            };
            if scored.len() > most && most > 0 {
                scored.select_nth_unstable_by_key(most - 1, key);
                scored.truncate(most);
            }
            scored.sort_unstable_by_key(key);
            for (has, doc) in scored.into_iter().take(most) {
                found.push((has, segment.reference_of(doc)?));
            }
        }
        found.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
        found.truncate(most);
        Ok(found
            .into_iter()
            .filter_map(|(_, reference)| reference.parse().ok())
            .collect())
    }
}

/// How fast ranks lose in a fused list.
const RRF: f64 = 60.0;
/// Sets smaller than one in so many documents are scored one by one.
const FEW: usize = 16;
/// Translations of one word that are looked for.
const TRANSLATIONS: usize = 4;

/// Fuses two lists by reciprocal ranks.
fn fuse(lists: [Vec<(String, f64)>; 2], wanted: usize) -> Vec<(String, f64)> {
    let mut fused: BTreeMap<String, f64> = BTreeMap::new();
    for list in lists {
        for (rank, (reference, _)) in list.into_iter().enumerate() {
            *fused.entry(reference).or_default() += 1.0 / (RRF + rank as f64 + 1.0);
        }
    }
    let mut fused: Vec<(String, f64)> = fused.into_iter().collect();
    best_first(&mut fused);
    fused.truncate(wanted);
    fused
}

fn best_first(list: &mut [(String, f64)]) {
    list.sort_by(|left, right| {
        right
            .1
            .total_cmp(&left.1)
            .then_with(|| left.0.cmp(&right.0))
    });
}

fn parsed(list: Vec<(String, f64)>) -> Vec<(RecordRef, f64)> {
    list.into_iter()
        .filter_map(|(reference, score)| Some((reference.parse().ok()?, score)))
        .collect()
}

/// The plan of a need's translations, where there are any that records may hold.
fn translated(wording: Wording<'_>, statistics: &Statistics<'_>) -> Option<Plan> {
    let words = |text: &str| {
        let mut classes = gloss::chinese(text);
        if speaks_english(statistics) {
            classes.extend(gloss::english(text));
        }
        let words = classes
            .iter()
            .flat_map(|class| class.words.iter().take(TRANSLATIONS));
        words.fold(String::new(), |all, word| all + word + " ")
    };
    let (title, text) = (words(wording.title), words(wording.text));
    (!title.is_empty() || !text.is_empty()).then(|| Plan::of_text(&title, &text, TITLE))
}

/// The living documents among which to look.
fn members(segment: &Segment, among: Among<'_>) -> Result<Vec<DocId>, IndexError> {
    match among {
        Among::All => Ok(segment.alive()),
        Among::These(references) => {
            let mut bits = Bits::new(segment.max_doc());
            for reference in references {
                if let Some(term) = sets::term(&segment.reference, reference)? {
                    sets::add_term(&mut bits, &segment.reference, &term)?;
                }
            }
            let mut docs = bits.docs();
            docs.retain(|doc| segment.is_alive(*doc));
            Ok(docs)
        }
        Among::Kinds(kinds) => {
            let Some(facet) = facet("kind") else {
                return Ok(Vec::new());
            };
            let column = segment.facet(facet)?;
            let wanted: Vec<bool> = column
                .sets
                .iter()
                .map(|set| {
                    set.iter()
                        .any(|code| kinds.contains(&column.codes[*code as usize].as_str()))
                })
                .collect();
            Ok((0..segment.max_doc())
                .filter(|doc| wanted[column.ids[*doc as usize] as usize] && segment.is_alive(*doc))
                .collect())
        }
    }
}
