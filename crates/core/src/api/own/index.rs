//! The index of own records follows `user.db`, which is the truth. Sync never touches it.
//!
//! Its commit carries the revision of own records that it shows and the digest of how that came to be, so that an
//! index that belongs to another file, or to a time that was never, is recognised and thrown away.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::api::types::ApiError;
use crate::model::{NeedStatus, Record, RecordRef};
use crate::search::{Document, Facts, Index, Writer};
use crate::store::StoreError;
use crate::store::user::User;

/// Memory of the index writer.
const WRITER_BYTES: usize = 32 << 20;
/// Above so many changed records the whole index is written anew: that is faster.
const REFILL: usize = 20_000;
/// Changed records for which a search waits.
const WAIT: u32 = 200;

/// The index of own records.
pub(in crate::api) struct OwnIndex {
    pub(in crate::api) index: Index,
    /// One writes at a time. Kept between edits: beginning to write costs more than an edit.
    writer: Mutex<Option<Writer>>,
    /// Edits of this process, and how many of them the index shows.
    edits: AtomicU32,
    shown: AtomicU32,
}

/// Told records done and in all.
type OnIndex<'a> = dyn FnMut(u32, u32) -> ControlFlow<()> + 'a;

impl OwnIndex {
    /// Opens the index in a folder and brings it to what `user.db` holds.
    ///
    /// # Errors
    /// Those of reading the records and writing the index.
    pub(in crate::api) fn open(
        user: &User,
        path: &Path,
        suspect: bool,
        progress: &mut OnIndex<'_>,
    ) -> Result<Self, ApiError> {
        if !suspect
            && let Ok(index) = Index::open(path)
            && Index::sweep(path).is_ok()
        {
            let own = Self::with(index);
            if own.belongs(user)? && own.follow_with(user, progress).is_ok() {
                return Ok(own);
            }
        }
        if path.exists() {
            fs::remove_dir_all(path).map_err(|error| StoreError::io(path, error))?;
        }
        fs::create_dir_all(path).map_err(|error| StoreError::io(path, error))?;
        let own = Self::with(Index::create(path)?);
        own.refill(user, progress)?;
        Ok(own)
    }

    /// The index as it lies beside another process, or an empty one where there is none.
    ///
    /// # Errors
    /// When not even an empty one can be made.
    pub(in crate::api) fn read(path: &Path) -> Result<Self, ApiError> {
        let index = match Index::open(path) {
            Ok(index) => index,
            Err(_) => Index::in_memory()?,
        };
        Ok(Self::with(index))
    }

    fn with(index: Index) -> Self {
        Self {
            index,
            writer: Mutex::new(None),
            edits: AtomicU32::new(0),
            shown: AtomicU32::new(0),
        }
    }

    /// Whether the index shows something that `user.db` once was.
    fn belongs(&self, user: &User) -> Result<bool, StoreError> {
        Ok(user.own_history(self.index.revision())? == Some(self.index.mark()))
    }

    /// Notes that something was edited.
    pub(in crate::api) fn fall_behind(&self) {
        self.edits.fetch_add(1, Ordering::AcqRel);
    }

    /// Whether so much was edited that whoever searches next should not wait for it.
    pub(in crate::api) fn is_far_behind(&self, user: &User) -> bool {
        user.own_changed(self.index.revision())
            .is_ok_and(|changed| changed > WAIT)
    }

    /// Brings the index to what `user.db` holds, if something was edited; the cost follows what changed. Where much is
    /// being written already, what is there has to do until that is done.
    ///
    /// # Errors
    /// Those of reading the records and writing the index; the index then shows what it showed.
    pub(in crate::api) fn catch_up(&self, user: &User) -> Result<(), ApiError> {
        let edits = self.edits.load(Ordering::Acquire);
        if self.shown.load(Ordering::Acquire) == edits
            || self.is_far_behind(user) && self.writer.try_lock().is_err()
        {
            return Ok(());
        }
        let followed = self.follow_with(user, &mut |_, _| ControlFlow::Continue(()));
        // What failed is not tried again until something else is edited.
        self.shown.store(edits, Ordering::Release);
        followed
    }

    fn follow_with(&self, user: &User, progress: &mut OnIndex<'_>) -> Result<(), ApiError> {
        let mut slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let (revision, history) = user.own_revision()?;
        if (self.index.revision(), self.index.mark()) == (revision, history.clone()) {
            return Ok(());
        }
        let changed = user.own_changes(self.index.revision())?;
        if changed.len() > REFILL {
            // A writer that merges at the end takes the place of the one that is kept.
            *slot = None;
            drop(slot);
            return self.refill(user, progress);
        }
        let mut writer = match slot.take() {
            Some(writer) => writer,
            None => self.index.writer(1, WRITER_BYTES)?,
        };
        let total = changed.len() as u32;
        for (done, reference) in (0..).zip(&changed) {
            replace(user, &mut writer, reference)?;
            if done % 256 == 0 {
                let _ = progress(done, total);
            }
        }
        writer.commit_marked(revision, &history)?;
        *slot = Some(writer);
        Ok(())
    }

    /// Throws away all that the index holds and writes it anew: nothing is left of what was deleted, and another
    /// `user.db` may have taken the place of the one that it showed.
    ///
    /// # Errors
    /// Those of reading the records and writing the index.
    pub(in crate::api) fn rebuild(&self, user: &User) -> Result<(), ApiError> {
        *self.writer.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.refill(user, &mut |_, _| ControlFlow::Continue(()))
    }

    /// Writes the whole index anew.
    fn refill(&self, user: &User, progress: &mut OnIndex<'_>) -> Result<(), ApiError> {
        let slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        // What changes while this goes on is followed after it.
        let (revision, history) = user.own_revision()?;
        let total = user.own_counts()?.values().sum();
        let mut writer = self.index.builder(1, WRITER_BYTES)?;
        writer.clear()?;
        let mut done = 0;
        user.each_own(|reference, record| -> Result<(), ApiError> {
            writer.add(&document(reference, record))?;
            done += 1;
            if done % 256 == 0 {
                let _ = progress(done, total);
            }
            Ok(())
        })?;
        for row in user.needs(&crate::api::types::NeedsRequest::default())? {
            replace(user, &mut writer, &row.reference)?;
        }
        writer.commit_marked(revision, &history)?;
        writer.finish()?;
        drop(slot);
        Ok(())
    }
}

impl Drop for OwnIndex {
    /// Waits for the merge of small segments that may be under way: cut off, it would leave files that belong to nothing.
    fn drop(&mut self) {
        let slot = self.writer.get_mut();
        if let Some(writer) = slot.unwrap_or_else(PoisonError::into_inner).take() {
            // What could not be written is made up for at the next start.
            let _ = writer.finish();
        }
    }
}

fn replace(user: &User, writer: &mut Writer, reference: &RecordRef) -> Result<(), ApiError> {
    // A need that is settled is in the list of needs, but nobody looks for an answer to it any more.
    let settled = reference.is_own_need()
        && user.need(reference)?.is_some_and(|need| {
            matches!(need.form.status, NeedStatus::Contract | NeedStatus::Dropped)
        });
    match user.own(reference)?.filter(|_| !settled) {
        Some(mut record) => {
            // A need is matched by its own words: counted with those of the records, words that nobody else uses would
            // look like rare and telling ones, and crowd out those that are.
            if let Record::Need(need) = &mut record {
                need.problem = None;
                need.wanted = None;
                need.data_text = None;
                need.head.summary = None;
                need.head.notes.clear();
            }
            writer.put(&document(reference, &record))?;
        }
        None => writer.delete(reference),
    }
    Ok(())
}

fn document<'a>(reference: &'a RecordRef, record: &'a Record) -> Document<'a> {
    Document {
        reference,
        record,
        // Links of own records are counted when they are shown: a new one would touch documents at both ends.
        facts: Facts::default(),
    }
}
