//! The index follows the catalog. `catalog.db` is the truth; the index carries the revision it shows, and the outbox is
//! pruned only after the index has committed.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use crate::api::types::{ApiError, ErrorCode};
use crate::model::RecordRef;
use crate::search::{self, Document, Facts, Index, IndexError};
use crate::store::StoreError;
use crate::store::catalog::{Catalog, LinkCounts};

/// Memory of the index writer. One thread keeps the order of documents, and with it the files, the same.
const WRITER_BYTES: usize = 64 << 20;
/// Above so many changed records the whole index is written anew: that is faster, and their names need not fit in memory.
const REFILL: u32 = 50_000;

/// Told records done and in all; may stop the work.
pub type OnIndex<'a> = dyn FnMut(u32, u32) -> ControlFlow<()> + 'a;

/// Brings the index in a folder to the catalog's revision. Answers whether it had to be built anew. Of a catalog that
/// was begun anew (`suspect`) the revisions begin anew too, so an index left from before proves nothing.
///
/// # Errors
/// Those of reading the catalog and writing the index.
pub fn reconcile(
    catalog: &Catalog,
    path: &Path,
    suspect: bool,
    progress: &mut OnIndex<'_>,
) -> Result<(Index, bool), ApiError> {
    if !suspect
        && let Ok(index) = Index::open(path)
        && index.stamp() == search::STAMP
        && Index::sweep(path).is_ok()
        && follow(catalog, &index, progress).is_ok()
    {
        return Ok((index, false));
    }
    let index = rebuild(catalog, path, progress)?;
    catalog.prune_outbox(index.revision())?;
    Ok((index, true))
}

/// Brings an open index to the catalog's revision.
///
/// # Errors
/// `Damaged` when the outbox does not reach back to what the index shows; otherwise those of reading and writing.
pub fn follow(
    catalog: &Catalog,
    index: &Index,
    progress: &mut OnIndex<'_>,
) -> Result<(), ApiError> {
    let revision = catalog.revision()?;
    if index.revision() == revision {
        return Ok(());
    }
    let gap = || ApiError::new(ErrorCode::Damaged).with("path", "index");
    if index.revision() > revision {
        return Err(gap());
    }
    let waiting = catalog.outbox_len()?;
    if waiting > REFILL {
        refill(catalog, index, true, progress)?;
    } else {
        let changed = catalog.outbox(index.revision())?.ok_or_else(gap)?;
        replay(catalog, index, &changed, revision, progress)?;
    }
    catalog.prune_outbox(index.revision())?;
    Ok(())
}

/// Writes the documents of changed records anew.
fn replay(
    catalog: &Catalog,
    index: &Index,
    changed: &[RecordRef],
    revision: u32,
    progress: &mut OnIndex<'_>,
) -> Result<(), ApiError> {
    let mut writer = index.writer(1, WRITER_BYTES)?;
    let total = u32::try_from(changed.len()).unwrap_or(u32::MAX);
    let fresh = index.documents() == 0;
    for (done, reference) in (0..).zip(changed) {
        match catalog.record(reference)? {
            Some(record) => {
                let facts = facts(catalog.link_counts(reference)?);
                let document = Document {
                    reference,
                    record: &record,
                    facts,
                };
                if fresh {
                    writer.add(&document)?;
                } else {
                    writer.put(&document)?;
                }
            }
            None => writer.delete(reference),
        }
        // What is committed to the catalog is committed: the index follows to the end.
        if done % 256 == 0 {
            let _ = progress(done, total);
        }
    }
    writer.commit(revision)?;
    writer.finish()?;
    let _ = progress(total, total);
    Ok(())
}

fn rebuild(catalog: &Catalog, path: &Path, progress: &mut OnIndex<'_>) -> Result<Index, ApiError> {
    if path.exists() {
        fs::remove_dir_all(path).map_err(|error| StoreError::io(path, error))?;
    }
    fs::create_dir_all(path).map_err(|error| StoreError::io(path, error))?;
    let index = Index::create(path)?;
    refill(catalog, &index, false, progress)?;
    Ok(index)
}

fn refill(
    catalog: &Catalog,
    index: &Index,
    clear: bool,
    progress: &mut OnIndex<'_>,
) -> Result<(), ApiError> {
    let mut writer = index.builder(1, WRITER_BYTES)?;
    if clear {
        writer.clear()?;
    }
    let total: u32 = catalog.kinds()?.values().sum();
    let mut done = 0;
    let revision = catalog.for_each(|reference, record, counts| -> Result<(), ApiError> {
        writer.add(&Document {
            reference,
            record,
            facts: facts(counts),
        })?;
        done += 1;
        if done % 256 == 0 && progress(done, total).is_break() && !clear {
            return Err(ApiError::new(ErrorCode::Cancelled));
        }
        Ok(())
    })?;
    writer.commit(revision)?;
    writer.finish()?;
    let _ = progress(total, total);
    Ok(())
}

fn facts(counts: LinkCounts) -> Facts {
    Facts {
        links: counts.links,
        cases: counts.cases,
    }
}

impl From<IndexError> for ApiError {
    fn from(error: IndexError) -> Self {
        ApiError::new(ErrorCode::Damaged)
            .with("path", "index")
            .caused_by(&error)
    }
}
