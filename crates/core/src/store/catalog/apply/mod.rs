//! The one door by which records enter the catalog: the bundled catalog, a sync, a stick.
//!
//! One transaction writes records, links, counts and outbox, recomputes the digests of the buckets that
//! were touched and compares the whole with the digest that the plan promises, before it commits. A plan
//! that is refused, cancelled or killed leaves the old state. The cost follows the plan, not the catalog: nothing
//! here counts or reads what the plan does not touch.

mod digest;
mod news;
mod records;

pub(super) use news::change_name;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::Catalog;
use super::panorama::Counts;
use crate::feed::{Manifest, Op, PackError, PackInfo, PackReader};
use crate::model::{RecordRef, Taxonomies};
use crate::store::StoreError;
use news::Told;

/// What to apply: a generation and the packs that lead there.
pub struct Plan<'a> {
    /// The generation.
    pub manifest: &'a Manifest,
    /// Generation from which a delta leads; `None` for a snapshot.
    pub from: Option<u32>,
    /// The packs with their bytes.
    pub packs: Vec<(&'a PackInfo, Bytes<'a>)>,
    /// Feed whose records this one replaces.
    pub replaces: Option<&'a str>,
    /// Copy of what is known about the source of the feed, kept beside its records.
    pub source: Option<String>,
    /// The time, for the news.
    pub at: &'a str,
}

/// Where the bytes of a pack are.
#[derive(Debug, Clone, Copy)]
pub enum Bytes<'a> {
    /// In memory; size and hash are checked on reading.
    Memory(&'a [u8]),
    /// In a file whose size and hash were checked as it was staged.
    Staged(&'a Path),
}

impl<'a> Bytes<'a> {
    fn open(self, info: &PackInfo) -> Result<PackReader<'a>, StoreError> {
        match self {
            Self::Memory(bytes) => Ok(PackReader::open(bytes, info)?),
            Self::Staged(path) => {
                let file = File::open(path).map_err(|error| StoreError::io(path, error))?;
                let length = file
                    .metadata()
                    .map_err(|error| StoreError::io(path, error))?;
                if length.len() != u64::from(info.size) {
                    return Err(PackError::Hash.into());
                }
                Ok(PackReader::stream(file, info)?)
            }
        }
    }
}

/// What a plan changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    /// Records that are new.
    pub added: u32,
    /// Records that differ from before.
    pub changed: u32,
    /// Records that are gone.
    pub removed: u32,
    /// Revision of the catalog afterwards.
    pub revision: u32,
}

impl Catalog {
    /// Applies a plan. `progress` is told records done and in all, and may stop the work.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the plan does not lead from what is stored, or its result is not what
    /// its manifest promises; [`StoreError::Pack`] when a pack is unreadable. Nothing is changed then.
    pub fn apply(
        &self,
        plan: &Plan<'_>,
        taxonomies: &Taxonomies,
        progress: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
    ) -> Result<Applied, StoreError> {
        self.write(|transaction| {
            let mut work = Work::begin(self, transaction, plan, taxonomies)?;
            work.run(plan, progress)?;
            work.finish(plan)
        })
    }

    /// Removes a feed with its records and news, and nothing else.
    ///
    /// # Errors
    /// Those of writing the catalog.
    pub fn remove_feed(&self, feed: &str, taxonomies: &Taxonomies) -> Result<Applied, StoreError> {
        self.write(|transaction| {
            let mut work = Work::new(self, transaction, feed, taxonomies)?;
            work.remove_feed(feed)?;
            work.close()
        })
    }
}

struct Work<'a> {
    catalog: &'a Catalog,
    transaction: &'a Transaction<'a>,
    taxonomies: &'a Taxonomies,
    feed: &'a str,
    revision: u32,
    applied: Applied,
    /// Generation and records of the feed before.
    stored: Option<(u32, u32)>,
    buckets: BTreeSet<u16>,
    counts: Counts,
    kinds: BTreeMap<String, i64>,
    told: Told,
    /// Whether anything changed that the index shows.
    posted: bool,
}

impl<'a> Work<'a> {
    fn new(
        catalog: &'a Catalog,
        transaction: &'a Transaction<'a>,
        feed: &'a str,
        taxonomies: &'a Taxonomies,
    ) -> Result<Self, StoreError> {
        let mut work = Self {
            catalog,
            transaction,
            taxonomies,
            feed,
            revision: 0,
            applied: Applied::default(),
            stored: None,
            buckets: BTreeSet::new(),
            counts: Counts::default(),
            kinds: BTreeMap::new(),
            told: Told::default(),
            posted: false,
        };
        work.revision = 1 + work.sql(transaction.query_row(
            "select value from meta where key = 'revision'",
            [],
            |row| row.get::<_, u32>(0),
        ))?;
        work.stored = work.sql(
            transaction
                .query_row(
                    "select generation, records from feed where feed = ?",
                    [feed],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional(),
        )?;
        Ok(work)
    }

    fn begin(
        catalog: &'a Catalog,
        transaction: &'a Transaction<'a>,
        plan: &Plan<'a>,
        taxonomies: &'a Taxonomies,
    ) -> Result<Self, StoreError> {
        let manifest = plan.manifest;
        let mut work = Self::new(catalog, transaction, &manifest.feed, taxonomies)?;
        let stored = work.stored.map(|(generation, _)| generation);
        work.told.silent = stored.is_none();
        // Re-checked inside the transaction: somebody may have applied another plan since this one was made.
        if plan.from.is_some() && plan.from != stored {
            return Err(StoreError::Refused(format!(
                "delta from generation {:?}, stored is {stored:?}",
                plan.from
            )));
        }
        if stored.is_some_and(|stored| manifest.generation < stored) {
            return Err(StoreError::Refused(format!(
                "generation {} is older than stored {stored:?}",
                manifest.generation
            )));
        }
        if let Some(replaced) = plan.replaces.filter(|replaced| *replaced != work.feed) {
            work.remove_feed(replaced)?;
            // What went with the other feed is no change of this one.
            work.applied = Applied::default();
        }
        Ok(work)
    }

    fn sql<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::sqlite(self.catalog.path(), error))
    }

    fn run(
        &mut self,
        plan: &Plan<'_>,
        progress: &mut dyn FnMut(u32, u32) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let total = plan
            .packs
            .iter()
            .fold(0, |total: u32, (info, _)| total.saturating_add(info.lines));
        let mut done = 0;
        let snapshot = plan.from.is_none();
        if snapshot {
            self.sql(self.transaction.execute_batch(
                "create temp table if not exists kept (rowid integer primary key); delete from kept;",
            ))?;
        }
        for (part, (info, bytes)) in plan.packs.iter().enumerate() {
            let pack = bytes.open(info)?;
            let header = pack.header();
            if header.feed != self.feed
                || header.to != plan.manifest.generation
                || header.from != plan.from
                || header.part as usize != part
                || header.parts as usize != plan.packs.len()
                || (header.pack == "snapshot") != snapshot
            {
                return Err(StoreError::Refused(
                    "pack header does not fit the plan".to_owned(),
                ));
            }
            for op in pack {
                match op? {
                    Op::Put { kind, id, raw } => self.put(&kind, &id, &raw, snapshot)?,
                    Op::Delete { kind, id } => self.delete(&kind, &id)?,
                }
                done += 1;
                if done % 256 == 0 && progress(done, total).is_break() {
                    return Err(StoreError::Cancelled);
                }
            }
        }
        if snapshot {
            self.delete_all("rowid not in (select rowid from temp.kept)", self.feed)?;
        }
        let _ = progress(total, total);
        Ok(())
    }

    fn remove_feed(&mut self, feed: &'a str) -> Result<(), StoreError> {
        let own = std::mem::replace(&mut self.feed, feed);
        let silent = std::mem::replace(&mut self.told.silent, true);
        self.delete_all("true", feed)?;
        self.forget_news(feed)?;
        self.feed = own;
        self.told.silent = silent;
        // Buckets of the other feed go as a whole; what was touched there says nothing about this one.
        self.buckets.clear();
        for table in ["bucket", "feed"] {
            self.sql(
                self.transaction
                    .execute(&format!("delete from {table} where feed = ?"), [feed]),
            )?;
        }
        Ok(())
    }

    fn finish(mut self, plan: &Plan<'_>) -> Result<Applied, StoreError> {
        let manifest = plan.manifest;
        let digest = self.digest()?;
        let (from, before) = self.stored.unwrap_or_default();
        let records = (before + self.applied.added).saturating_sub(self.applied.removed);
        if digest.to_string() != manifest.state.digest || records != manifest.state.records {
            return Err(StoreError::Digest(format!(
                "the result has {records} records and digest {digest}, promised were {} and {}",
                manifest.state.records, manifest.state.digest
            )));
        }
        let title = serde_json::to_string(&manifest.title).unwrap_or_default();
        self.sql(self.transaction.execute(
            "insert or replace into feed (feed, generation, digest, published, title, records, continues, source)
             values (?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                self.feed,
                manifest.generation,
                manifest.state.digest,
                manifest.published,
                title,
                records,
                plan.replaces,
                plan.source,
            ],
        ))?;
        if self.posted {
            self.finish_news(plan.at, from, manifest.generation)?;
        }
        self.close()
    }

    /// Writes what was gathered on the way.
    fn close(mut self) -> Result<Applied, StoreError> {
        self.sql(self.counts.store(self.transaction))?;
        for (kind, by) in &self.kinds {
            self.sql(self.transaction.execute(
                "insert into kind_count values (?1, ?2) on conflict do update set records = records + ?2",
                params![kind, by],
            ))?;
        }
        self.sql(
            self.transaction
                .execute("delete from kind_count where records = 0", []),
        )?;
        // A generation without a change leads to no new revision: the index has nothing to follow.
        if !self.posted {
            self.revision -= 1;
        }
        self.sql(self.transaction.execute(
            "update meta set value = ? where key = 'revision'",
            [self.revision],
        ))?;
        self.applied.revision = self.revision;
        Ok(self.applied)
    }
}

pub(super) fn reference(row: &rusqlite::Row<'_>) -> rusqlite::Result<RecordRef> {
    Ok(RecordRef {
        feed: row.get("feed")?,
        kind: row.get("kind")?,
        id: row.get("id")?,
    })
}
