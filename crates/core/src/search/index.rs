//! The index on disk: opening, creating, writing, and what is kept in memory per segment.
//!
//! The index is a cache of the store: its commit carries the catalog revision and [`STAMP`], and an index that
//! does not fit is thrown away. One writer lives as long as the index is written. Searching never locks.
//!
//! A second index may stand beside the first ([`Index::beside`]): what is asked is then answered from the segments of
//! both as if they were one, with the same statistics for all. While the second is empty nothing differs.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, MergePolicy, NoMergePolicy};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::codes::FacetCodes;
use super::document::Document;
use super::labels::Labels;
use super::schema::{FACETS, Fields, STAMP, STEMS, TERMS, schema};
use super::segment::{Columns, Segment};
use super::tokenizer::{Analyzer, Keep};
use crate::model::{RecordRef, Taxonomies};

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// It was built with another schema, analyzer or lexicon; rebuild it.
    #[error("the index carries {found:?}")]
    Outdated {
        /// The stamp found.
        found: String,
    },
    /// It is missing or damaged; rebuild it.
    #[error("the index cannot be read")]
    Damaged(#[from] tantivy::TantivyError),
    /// Reading or writing failed.
    #[error("the index cannot be accessed")]
    Io(#[from] std::io::Error),
}

/// What one search sees.
pub(super) struct Snapshot {
    pub(super) searcher: Searcher,
    pub(super) segments: Vec<Arc<Segment>>,
    counted: Counted,
    revision: u32,
    mark: String,
}

/// What is counted over all segments when it is first asked for.
struct Counted {
    /// The codes of each facet, by its position in [`FACETS`].
    facets: Vec<OnceLock<Arc<FacetCodes>>>,
    /// How many documents have each of them.
    codes: Vec<OnceLock<Arc<BTreeMap<String, u32>>>>,
    /// In how many documents single characters occur.
    chars: Mutex<HashMap<char, u64>>,
}

impl Default for Counted {
    fn default() -> Self {
        Self {
            facets: FACETS.iter().map(|_| OnceLock::new()).collect(),
            codes: FACETS.iter().map(|_| OnceLock::new()).collect(),
            chars: Mutex::default(),
        }
    }
}

impl Snapshot {
    /// The segments of two snapshots as one.
    fn joined(first: &Self, second: &Self) -> Self {
        Self {
            searcher: first.searcher.clone(),
            segments: first
                .segments
                .iter()
                .chain(&second.segments)
                .cloned()
                .collect(),
            counted: Counted::default(),
            revision: first.revision,
            mark: first.mark.clone(),
        }
    }

    /// How many documents are not deleted.
    pub(super) fn documents(&self) -> u64 {
        self.segments
            .iter()
            .map(|segment| segment.documents())
            .sum()
    }

    /// The codes of a facet over all segments, by its position in [`FACETS`]; gathered when first used.
    pub(super) fn codes(&self, facet: usize) -> Result<Arc<FacetCodes>, IndexError> {
        let slot = &self.counted.facets[facet];
        if let Some(codes) = slot.get() {
            return Ok(codes.clone());
        }
        let codes = Arc::new(FacetCodes::of(&self.segments, facet)?);
        Ok(slot.get_or_init(|| codes).clone())
    }

    /// How many documents have each code of a facet, by its position in [`FACETS`].
    pub(super) fn code_counts(
        &self,
        facet: usize,
        count: impl FnOnce() -> Result<BTreeMap<String, u32>, IndexError>,
    ) -> Result<Arc<BTreeMap<String, u32>>, IndexError> {
        let slot = &self.counted.codes[facet];
        if let Some(counts) = slot.get() {
            return Ok(counts.clone());
        }
        let counts = Arc::new(count()?);
        Ok(slot.get_or_init(|| counts).clone())
    }

    /// In how many documents a character occurs; many terms begin with it.
    pub(super) fn char_count(
        &self,
        c: char,
        count: impl FnOnce() -> Result<u64, IndexError>,
    ) -> Result<u64, IndexError> {
        let known = || {
            self.counted
                .chars
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(found) = known().get(&c) {
            return Ok(*found);
        }
        let found = count()?;
        known().insert(c, found);
        Ok(found)
    }
}

/// A search index. Cheap to clone; clones see the same commits.
#[derive(Clone)]
pub struct Index {
    inner: Arc<Inner>,
    beside: Option<Arc<Beside>>,
}

/// An index that is searched together with another, and what both showed last.
struct Beside {
    inner: Arc<Inner>,
    joined: Mutex<Option<Joined>>,
}

/// Two snapshots with what they are together.
struct Joined {
    parts: [Arc<Snapshot>; 2],
    whole: Arc<Snapshot>,
}

struct Inner {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    snapshot: RwLock<Arc<Snapshot>>,
    labels: Mutex<Arc<Labels>>,
}

impl Index {
    /// Creates an empty index in an empty or missing folder.
    pub fn create(dir: &Path) -> Result<Self, IndexError> {
        std::fs::create_dir_all(dir)?;
        Self::begin(tantivy::Index::create_in_dir(dir, schema().0)?)
    }

    /// Creates an empty index that lives in memory, for tests and evaluations.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::begin(tantivy::Index::create_in_ram(schema().0))
    }

    fn begin(index: tantivy::Index) -> Result<Self, IndexError> {
        register(&index);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000)?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload(0, ""));
        commit.commit()?;
        writer.wait_merging_threads()?;
        Self::over(index)
    }

    /// Opens an index.
    ///
    /// # Errors
    /// [`IndexError::Outdated`] when it was built by another version, otherwise when it cannot be read.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        let index = tantivy::Index::open_in_dir(dir)?;
        let found = index.load_metas()?.payload.unwrap_or_default();
        let fits = read_payload(&found).is_some() && index.schema() == schema().0;
        if !fits {
            return Err(IndexError::Outdated { found });
        }
        register(&index);
        Self::over(index)
    }

    /// Removes what a commit that was killed left half-written in a folder: files that no index ever refers to.
    ///
    /// These are the files of a commit that never came about, and those of segments that the last one let go.
    pub fn sweep(dir: &Path) -> Result<(), IndexError> {
        let metas = tantivy::Index::open_in_dir(dir)?.load_metas()?;
        let living: Vec<String> = metas
            .segments
            .iter()
            .map(|segment| segment.id().uuid_string())
            .collect();
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let segment = name.split('.').next().unwrap_or_default();
            let of_a_segment =
                segment.len() == 32 && segment.bytes().all(|b| b.is_ascii_hexdigit());
            if name.starts_with(".tmp")
                || of_a_segment && !living.iter().any(|living| living == segment)
            {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn over(index: tantivy::Index) -> Result<Self, IndexError> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let fields = schema().1;
        let snapshot = RwLock::new(Arc::new(snapshot(&index, &reader, &fields, None)?));
        let inner = Inner {
            index,
            reader,
            fields,
            snapshot,
            labels: Mutex::default(),
        };
        Ok(Self {
            inner: Arc::new(inner),
            beside: None,
        })
    }

    /// This index with another beside it: what is asked is answered from both. Written and reloaded are both on
    /// their own.
    #[must_use]
    pub fn beside(&self, other: &Self) -> Self {
        Self {
            inner: self.inner.clone(),
            beside: Some(Arc::new(Beside {
                inner: other.inner.clone(),
                joined: Mutex::default(),
            })),
        }
    }

    /// Shows what was committed since, by this or another process.
    pub fn reload(&self) -> Result<(), IndexError> {
        let inner = &self.inner;
        inner.reader.reload()?;
        let before = inner.snapshot();
        let after = snapshot(&inner.index, &inner.reader, &inner.fields, Some(&before))?;
        *inner
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(after);
        Ok(())
    }

    /// The catalog revision that the index shows.
    pub fn revision(&self) -> u32 {
        self.inner.snapshot().revision
    }

    /// What the last commit was marked with besides its revision.
    pub fn mark(&self) -> String {
        self.inner.snapshot().mark.clone()
    }

    /// Documents in it, without those of an index beside it.
    pub fn documents(&self) -> u32 {
        self.inner.snapshot().searcher.num_docs() as u32
    }

    /// Versions of schema, analyzer and lexicon.
    pub fn stamp(&self) -> &str {
        STAMP
    }

    /// The writer; there can be one at a time. `bytes` are shared by the threads, 15 MB each at least.
    pub fn writer(&self, threads: usize, bytes: usize) -> Result<Writer, IndexError> {
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(0.3);
        self.write_with(threads, bytes, Box::new(merging), false)
    }

    /// The writer of an index that is built whole: segments are merged once, at the end, into one. A query then pays
    /// for looking up its terms once instead of once per segment.
    pub fn builder(&self, threads: usize, bytes: usize) -> Result<Writer, IndexError> {
        self.write_with(threads, bytes, Box::new(NoMergePolicy), true)
    }

    fn write_with(
        &self,
        threads: usize,
        bytes: usize,
        merging: Box<dyn MergePolicy>,
        whole: bool,
    ) -> Result<Writer, IndexError> {
        let threads = threads.max(1);
        let writer: IndexWriter = self
            .inner
            .index
            .writer_with_num_threads(threads, bytes.max(threads * 15_000_000))?;
        writer.set_merge_policy(merging);
        Ok(Writer {
            index: self.clone(),
            documents: writer,
            whole,
        })
    }

    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        let first = self.inner.snapshot();
        let Some(beside) = &self.beside else {
            return first;
        };
        let second = beside.inner.snapshot();
        if second.segments.is_empty() {
            return first;
        }
        let mut joined = beside.joined.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(joined) = joined.as_ref().filter(|joined| {
            Arc::ptr_eq(&joined.parts[0], &first) && Arc::ptr_eq(&joined.parts[1], &second)
        }) {
            return joined.whole.clone();
        }
        let whole = Arc::new(Snapshot::joined(&first, &second));
        *joined = Some(Joined {
            parts: [first, second],
            whole: whole.clone(),
        });
        whole
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.inner.fields
    }

    /// The names of the codes of these taxonomies; made anew only when the taxonomies changed.
    pub(super) fn labels(&self, taxonomies: &Taxonomies) -> Arc<Labels> {
        let mut labels: MutexGuard<'_, Arc<Labels>> = self
            .inner
            .labels
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if !labels.fit(taxonomies) {
            *labels = Arc::new(Labels::new(taxonomies));
        }
        labels.clone()
    }
}

impl Inner {
    fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The writer of an index.
pub struct Writer {
    index: Index,
    documents: IndexWriter,
    /// Whether all segments are merged into one at the end.
    whole: bool,
}

impl Writer {
    /// Adds a record or replaces the one of the same reference.
    pub fn put(&mut self, document: &Document<'_>) -> Result<(), IndexError> {
        self.delete(document.reference);
        self.add(document)
    }

    /// Adds a record that the index is known not to hold, as when it is built anew.
    pub fn add(&mut self, document: &Document<'_>) -> Result<(), IndexError> {
        let doc: TantivyDocument = document.build(self.index.fields(), Taxonomies::bundled());
        self.documents.add_document(doc)?;
        Ok(())
    }

    /// Removes a record, if the index holds it.
    pub fn delete(&mut self, reference: &RecordRef) {
        self.documents.delete_term(Term::from_field_text(
            self.index.fields().reference,
            &reference.to_string(),
        ));
    }

    /// Removes every record.
    pub fn clear(&mut self) -> Result<(), IndexError> {
        self.documents.delete_all_documents()?;
        Ok(())
    }

    /// Makes everything since the last commit visible and durable, as the state of a catalog revision.
    pub fn commit(&mut self, revision: u32) -> Result<(), IndexError> {
        self.commit_marked(revision, "")
    }

    /// The same with a mark beside the revision.
    pub fn commit_marked(&mut self, revision: u32, mark: &str) -> Result<(), IndexError> {
        let mut commit = self.documents.prepare_commit()?;
        commit.set_payload(&payload(revision, mark));
        commit.commit()?;
        self.index.reload()
    }

    /// Waits for merges and ends the writer.
    pub fn finish(mut self) -> Result<(), IndexError> {
        let segments = self.index.inner.index.searchable_segment_ids()?;
        if self.whole && segments.len() > 1 {
            self.documents.merge(&segments).wait()?;
        }
        self.documents.wait_merging_threads()?;
        self.index.reload()
    }
}

fn register(index: &tantivy::Index) {
    index.tokenizers().register(TERMS, Analyzer(Keep::Terms));
    index.tokenizers().register(STEMS, Analyzer(Keep::Stems));
}

fn payload(revision: u32, mark: &str) -> String {
    match mark {
        "" => format!("revision {revision}, {STAMP}"),
        mark => format!("revision {revision}, {STAMP}, mark {mark}"),
    }
}

/// Revision and mark of a payload that this version wrote.
fn read_payload(payload: &str) -> Option<(u32, &str)> {
    let (revision, rest) = payload.strip_prefix("revision ")?.split_once(", ")?;
    let rest = rest.strip_prefix(STAMP)?;
    let mark = match rest {
        "" => "",
        rest => rest.strip_prefix(", mark ")?,
    };
    Some((revision.parse().ok()?, mark))
}

fn snapshot(
    index: &tantivy::Index,
    reader: &IndexReader,
    fields: &Fields,
    before: Option<&Snapshot>,
) -> Result<Snapshot, IndexError> {
    let payload = index.load_metas()?.payload.unwrap_or_default();
    let searcher = reader.searcher();
    // Columns do not change while a segment lives, whatever is deleted from it.
    let known: HashMap<SegmentId, Arc<Columns>> = before
        .iter()
        .flat_map(|snapshot| &snapshot.segments)
        .map(|segment| (segment.reader.segment_id(), segment.columns.clone()))
        .collect();
    let segments = searcher
        .segment_readers()
        .iter()
        .map(|reader| {
            let columns = known.get(&reader.segment_id()).cloned();
            Segment::open(reader, fields, columns).map(Arc::new)
        })
        .collect::<Result<_, _>>()?;
    Ok(Snapshot {
        searcher,
        segments,
        counted: Counted::default(),
        revision: read_payload(&payload).map_or(0, |(revision, _)| revision),
        mark: read_payload(&payload).map_or_else(String::new, |(_, mark)| mark.to_owned()),
    })
}
