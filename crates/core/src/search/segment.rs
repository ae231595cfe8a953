//! One segment as searching sees it: term dictionaries and columns.
//!
//! A facet column holds one small number per document, which stands for the whole set of codes of that
//! document: counting a facet costs one array look-up per record however many codes it has.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, OnceLock};

use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader};

use super::index::IndexError;
use super::schema::{CODE_SEPARATOR, FACETS, Fields};
use super::sets;

/// One segment.
pub(super) struct Segment {
    pub(super) reader: SegmentReader,
    pub(super) reference: Arc<InvertedIndexReader>,
    pub(super) text: Arc<InvertedIndexReader>,
    pub(super) title: Arc<InvertedIndexReader>,
    pub(super) alias: Arc<InvertedIndexReader>,
    pub(super) stem: Arc<InvertedIndexReader>,
    pub(super) name: Arc<InvertedIndexReader>,
    pub(super) start: Arc<InvertedIndexReader>,
    pub(super) pinyin: Arc<InvertedIndexReader>,
    pub(super) code: Arc<InvertedIndexReader>,
    /// Lengths of text, title, alias and stem of every document, in this order.
    pub(super) lengths: [FieldNormReader; 4],
    pub(super) references: StrColumn,
    pub(super) names: StrColumn,
    pub(super) updated: Column<u64>,
    pub(super) evidence: Column<u64>,
    pub(super) links: Column<u64>,
    pub(super) columns: Arc<Columns>,
    /// Documents that are there no more, in order.
    deleted: Vec<DocId>,
    /// Sums of `lengths`, deleted documents left out; computed when first used.
    tokens: [OnceLock<u64>; 4],
}

/// What is kept in memory, loaded when first used.
#[derive(Default)]
pub(super) struct Columns {
    facets: Vec<OnceLock<Arc<FacetColumn>>>,
    references: OnceLock<References>,
    /// Sums of [`Segment::lengths`], deleted documents included.
    tokens: [OnceLock<u64>; 4],
}

/// All references of a segment in order: the dictionary on disk takes too long to look up twenty of them.
#[derive(Debug, Default)]
struct References {
    text: String,
    ends: Vec<usize>,
}

/// One facet of one segment.
#[derive(Debug, Default)]
pub(super) struct FacetColumn {
    /// For every document the number of its set of codes.
    pub(super) ids: Vec<u32>,
    /// The sets, as numbers of codes.
    pub(super) sets: Vec<Vec<u32>>,
    /// The codes.
    pub(super) codes: Vec<String>,
    /// How many documents have each set, deleted ones included.
    pub(super) totals: Vec<u32>,
}

impl Segment {
    pub(super) fn open(
        reader: &SegmentReader,
        fields: &Fields,
        columns: Option<Arc<Columns>>,
    ) -> Result<Self, IndexError> {
        let fast = reader.fast_fields();
        Ok(Self {
            reference: reader.inverted_index(fields.reference)?,
            text: reader.inverted_index(fields.text)?,
            title: reader.inverted_index(fields.title)?,
            alias: reader.inverted_index(fields.alias)?,
            stem: reader.inverted_index(fields.stem)?,
            name: reader.inverted_index(fields.name)?,
            start: reader.inverted_index(fields.start)?,
            pinyin: reader.inverted_index(fields.pinyin)?,
            code: reader.inverted_index(fields.code)?,
            lengths: [
                reader.get_fieldnorms_reader(fields.text)?,
                reader.get_fieldnorms_reader(fields.title)?,
                reader.get_fieldnorms_reader(fields.alias)?,
                reader.get_fieldnorms_reader(fields.stem)?,
            ],
            references: string_column(reader, "ref")?,
            names: string_column(reader, "sort_name")?,
            updated: fast.u64("updated")?,
            evidence: fast.u64("evidence")?,
            links: fast.u64("links")?,
            columns: columns.unwrap_or_else(|| {
                let facets = FACETS.iter().map(|_| OnceLock::new()).collect();
                Arc::new(Columns {
                    facets,
                    references: OnceLock::new(),
                    tokens: Default::default(),
                })
            }),
            deleted: match reader.alive_bitset() {
                Some(alive) => (0..reader.max_doc())
                    .filter(|doc| alive.is_deleted(*doc))
                    .collect(),
                None => Vec::new(),
            },
            tokens: Default::default(),
            reader: reader.clone(),
        })
    }

    pub(super) fn max_doc(&self) -> DocId {
        self.reader.max_doc()
    }

    pub(super) fn is_alive(&self, doc: DocId) -> bool {
        self.reader
            .alive_bitset()
            .is_none_or(|alive| alive.is_alive(doc))
    }

    /// How many documents are not deleted.
    pub(super) fn documents(&self) -> u64 {
        u64::from(self.max_doc()) - self.deleted.len() as u64
    }

    /// Tokens of a part (see [`Segment::lengths`]) in the documents that are not deleted.
    pub(super) fn tokens(&self, part: usize) -> u64 {
        let lengths = &self.lengths[part];
        let length = |doc: DocId| u64::from(lengths.fieldnorm(doc));
        *self.tokens[part].get_or_init(|| {
            let all =
                self.columns.tokens[part].get_or_init(|| (0..self.max_doc()).map(length).sum());
            all - self.deleted.iter().copied().map(length).sum::<u64>()
        })
    }

    /// How many documents that are not deleted hold a term of a field.
    pub(super) fn found(&self, field: &InvertedIndexReader, term: &TermInfo) -> io::Result<u64> {
        let mut found = u64::from(term.doc_freq);
        if self.deleted.is_empty() {
            return Ok(found);
        }
        // Reading a posting costs far less than seeking one.
        if (term.doc_freq as usize) < self.deleted.len() * 16 {
            sets::each_block(field, term, |docs| {
                found -= docs.iter().filter(|doc| !self.is_alive(**doc)).count() as u64;
            })?;
            return Ok(found);
        }
        let mut postings = field.read_postings_from_terminfo(term, IndexRecordOption::Basic)?;
        for doc in &self.deleted {
            let at = if postings.doc() < *doc {
                postings.seek(*doc)
            } else {
                postings.doc()
            };
            found -= u64::from(at == *doc);
        }
        Ok(found)
    }

    /// The documents that are not deleted.
    pub(super) fn alive(&self) -> Vec<DocId> {
        (0..self.max_doc())
            .filter(|doc| self.is_alive(*doc))
            .collect()
    }

    /// The column of a facet, by its position in [`FACETS`].
    pub(super) fn facet(&self, facet: usize) -> Result<Arc<FacetColumn>, IndexError> {
        let slot = &self.columns.facets[facet];
        if let Some(column) = slot.get() {
            return Ok(column.clone());
        }
        let column = Arc::new(load(&self.reader, &format!("facet_{}", FACETS[facet]))?);
        Ok(slot.get_or_init(|| column).clone())
    }

    /// The reference of a document.
    pub(super) fn reference_of(&self, doc: DocId) -> Result<String, IndexError> {
        let slot = &self.columns.references;
        let all = if let Some(all) = slot.get() {
            all
        } else {
            let loaded = References::load(&self.references)?;
            slot.get_or_init(|| loaded)
        };
        let ord = self.references.ords().first(doc).unwrap_or_default() as usize;
        let start = if ord == 0 { 0 } else { all.ends[ord - 1] };
        Ok(all.text[start..all.ends[ord]].to_owned())
    }

    /// The sort key of a document's name.
    pub(super) fn sort_name(&self, doc: DocId) -> Result<String, IndexError> {
        string_of(&self.names, doc)
    }
}

impl References {
    fn load(column: &StrColumn) -> Result<Self, IndexError> {
        let mut all = Self {
            text: String::new(),
            ends: Vec::with_capacity(column.num_terms()),
        };
        let mut stream = column.dictionary().stream()?;
        while let Some((reference, ())) = stream.next() {
            all.text.push_str(&String::from_utf8_lossy(reference));
            all.ends.push(all.text.len());
        }
        Ok(all)
    }
}

fn string_of(column: &StrColumn, doc: DocId) -> Result<String, IndexError> {
    let mut text = String::new();
    if let Some(ord) = column.term_ords(doc).next() {
        column.ord_to_str(ord, &mut text)?;
    }
    Ok(text)
}

fn string_column(reader: &SegmentReader, name: &str) -> Result<StrColumn, IndexError> {
    // A column in which no document has a value is not written.
    let column = reader.fast_fields().str(name)?;
    Ok(column.unwrap_or_else(|| StrColumn::wrap(BytesColumn::empty(reader.max_doc()))))
}

fn load(reader: &SegmentReader, name: &str) -> Result<FacetColumn, IndexError> {
    let column = string_column(reader, name)?;
    let mut sets = Vec::with_capacity(column.num_terms());
    let mut codes = Vec::new();
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut joined = String::new();
    for ord in 0..column.num_terms() as u64 {
        column.ord_to_str(ord, &mut joined)?;
        let set = joined.split(CODE_SEPARATOR).map(|code| {
            *known.entry(code.to_owned()).or_insert_with(|| {
                codes.push(code.to_owned());
                codes.len() as u32 - 1
            })
        });
        sets.push(set.collect());
    }
    let mut totals = vec![0; sets.len()];
    let ids: Vec<u32> = (0..reader.max_doc())
        .map(|doc| {
            // Every document has exactly one value in every facet column.
            let id = column.ords().first(doc).unwrap_or_default() as u32;
            if let Some(total) = totals.get_mut(id as usize) {
                *total += 1;
            }
            id
        })
        .collect();
    Ok(FacetColumn {
        ids,
        sets,
        codes,
        totals,
    })
}
