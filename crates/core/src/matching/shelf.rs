//! The records of a match, each read once: a provider stands behind many solutions, a case speaks for many candidates.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Library;
use super::form::need_form;
use crate::model::{Kind, NeedForm, Record, RecordRef};

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

    /// A record.
    pub(super) fn record(&self, reference: &RecordRef) -> Option<Arc<Record>> {
        if let Some(record) = self.known().get(reference) {
            return record.clone();
        }
        let record = self.library.record(reference);
        self.known().insert(reference.clone(), record.clone());
        record
    }

    /// Several records, in the order in which they are asked for.
    pub(super) fn records(&self, references: &[RecordRef]) -> Vec<Option<Arc<Record>>> {
        let mut records = vec![None; references.len()];
        let (mut places, mut missing) = (Vec::new(), Vec::new());
        {
            let mut known = self.known();
            if known.len() > MOST {
                known.clear();
            }
            for (place, reference) in references.iter().enumerate() {
                if let Some(record) = known.get(reference) {
                    records[place].clone_from(record);
                } else {
                    places.push(place);
                    missing.push(reference.clone());
                }
            }
        }
        // Others read meanwhile.
        let found = self.library.records(&missing);
        let mut known = self.known();
        for ((place, reference), record) in places.into_iter().zip(missing).zip(found) {
            records[place].clone_from(&record);
            known.insert(reference, record);
        }
        records
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

    /// A need as it is matched: the form of one's own, else what its record says.
    pub(super) fn need(&self, reference: &RecordRef, record: &Record) -> Option<NeedForm> {
        let own = self.library.own_form(reference);
        own.or_else(|| need_form(record))
    }
}
