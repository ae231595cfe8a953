//! Bringing the index to the catalog.
//!
//! The order of things after a crash: `catalog.db` is the truth, the index follows it by the revision in its
//! commit payload, the outbox is pruned last. An index that does not fit is replayed or built anew.

use std::fs;
use std::path::Path;

use super::app::{OnProgress, phase};
use super::types::{ApiError, ErrorCode, Phase};
use crate::model::RecordRef;
use crate::search::{self, Document, Facts, Index, IndexError};
use crate::store::catalog::{Catalog, LinkCounts};
use crate::store::{Folder, StoreError};

/// Memory of the index writer: with its one thread the order of documents, and so the files, are always the same.
const WRITER_BYTES: usize = 64 << 20;

/// Brings the index to the catalog's revision. Answers whether it had to be built anew. Of a catalog that was
/// begun anew (`suspect`) the revisions begin anew too, so an index left from before proves nothing.
pub(super) fn reconcile(
    catalog: &Catalog,
    folder: &Folder,
    suspect: bool,
    progress: &mut OnProgress<'_>,
) -> Result<(Index, bool), ApiError> {
    let path = folder.file("index");
    let revision = catalog.revision()?;
    if !suspect && let Ok(index) = Index::open(&path) {
        Index::sweep(&path)?;
        if index.stamp() == search::STAMP && index.revision() == revision {
            return Ok((index, false));
        }
        if index.stamp() == search::STAMP
            && index.revision() < revision
            && let Some(changed) = catalog.outbox(index.revision())?
            && replay(catalog, &index, &changed, revision).is_ok()
        {
            catalog.prune_outbox(revision)?;
            return Ok((index, false));
        }
    }
    let index = rebuild(catalog, &path, progress)?;
    catalog.prune_outbox(index.revision())?;
    Ok((index, true))
}

/// Writes the documents of changed records anew.
fn replay(
    catalog: &Catalog,
    index: &Index,
    changed: &[RecordRef],
    revision: u32,
) -> Result<(), ApiError> {
    let mut writer = index.writer(1, WRITER_BYTES)?;
    for reference in changed {
        match catalog.record(reference)? {
            Some(record) => {
                let facts = facts(catalog.link_counts(reference)?);
                writer.put(&Document {
                    reference,
                    record: &record,
                    facts,
                })?;
            }
            None => writer.delete(reference),
        }
    }
    writer.commit(revision)?;
    writer.finish()?;
    Ok(())
}

fn rebuild(
    catalog: &Catalog,
    path: &Path,
    progress: &mut OnProgress<'_>,
) -> Result<Index, ApiError> {
    if path.exists() {
        fs::remove_dir_all(path).map_err(|error| StoreError::io(path, error))?;
    }
    fs::create_dir_all(path).map_err(|error| StoreError::io(path, error))?;
    let index = Index::create(path)?;
    let mut writer = index.builder(1, WRITER_BYTES)?;
    let total: u32 = catalog.kinds()?.values().sum();
    let mut done = 0;
    let revision = catalog.for_each(|reference, record, counts| -> Result<(), ApiError> {
        writer.add(&Document {
            reference,
            record,
            facts: facts(counts),
        })?;
        done += 1;
        if done % 256 == 0 && progress(phase(Phase::Index, done, total)).is_break() {
            return Err(ApiError::new(ErrorCode::Cancelled));
        }
        Ok(())
    })?;
    writer.commit(revision)?;
    writer.finish()?;
    let _ = progress(phase(Phase::Index, total, total));
    Ok(index)
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
