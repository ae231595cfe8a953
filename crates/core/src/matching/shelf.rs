//! The records of a match, each read once: a provider stands behind many solutions, a case speaks for many candidates.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Library;
use crate::model::{Kind, Record, RecordRef};
use crate::search::spread::in_parts;

/// Records that are kept; a portfolio of many needs reads far more.
const MOST: usize = 20_000;

/// A library that keeps what was read.
pub(super) struct Shelf<'a> {
    library: &'a dyn Library,
    read: Mutex<HashMap<RecordRef, Option<Arc<Record>>>>,
}

impl<'a> Shelf<'a> {
    pub(super) fn over(library: &'a dyn Library) -> Self {
        Self {
            library,
            read: Mutex::default(),
        }
    }

    /// Reads many records at once.
    pub(super) fn fetch(&self, references: &[RecordRef]) -> Vec<Option<Arc<Record>>> {
        in_parts(references, |part| self.records(part))
    }

    /// A record.
    pub(super) fn record(&self, reference: &RecordRef) -> Option<Arc<Record>> {
        if let Some(record) = self.known().get(reference) {
            return record.clone();
        }
        let record = self.library.record(reference);
        self.known().insert(reference.clone(), record.clone());
        record
    }

    fn records(&self, references: &[RecordRef]) -> Vec<Option<Arc<Record>>> {
        let mut missing: Vec<RecordRef> = Vec::new();
        {
            let mut known = self.known();
            if known.len() > MOST {
                known.clear();
            }
            let others = references.iter().filter(|one| !known.contains_key(*one));
            missing.extend(others.cloned());
        }
        let found = self.library.records(&missing);
        let mut known = self.known();
        known.extend(missing.into_iter().zip(found));
        let of = |reference| known.get(reference).cloned().flatten();
        references.iter().map(of).collect()
    }

    fn known(&self) -> MutexGuard<'_, HashMap<RecordRef, Option<Arc<Record>>>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The records that point to a record by a relation, in the order of their references.
    pub(super) fn pointing_at(&self, reference: &RecordRef, relation: &str) -> Vec<RecordRef> {
        self.library.pointing_at(reference, relation)
    }

    /// Every record of a kind, in the order of their references.
    pub(super) fn all_of(&self, kind: Kind) -> Vec<(RecordRef, Arc<Record>)> {
        self.library.all_of(kind)
    }
}
