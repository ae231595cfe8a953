//! The one door by which records enter the catalog: the bundled catalog, a sync, a stick.
//!
//! One transaction writes records, links, counts and outbox, recomputes the digests of the buckets that
//! were touched and compares the whole with the digest that the plan promises, before it commits. A plan
//! that is refused, cancelled or killed leaves the old state.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::Catalog;
use super::panorama::Counts;
use crate::feed::digest::{self, BUCKETS, BucketHasher, Digest};
use crate::feed::{Manifest, Op, PackInfo, PackReader};
use crate::model::{Kind, Record, RecordRef, Taxonomies};
use crate::store::StoreError;

/// What to apply: a generation and the packs that lead there.
pub struct Plan<'a> {
    /// The generation.
    pub manifest: &'a Manifest,
    /// Generation from which a delta leads; `None` for a snapshot.
    pub from: Option<u32>,
    /// The packs with their bytes.
    pub packs: Vec<(&'a PackInfo, &'a [u8])>,
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
}

struct Work<'a> {
    catalog: &'a Catalog,
    transaction: &'a Transaction<'a>,
    taxonomies: &'a Taxonomies,
    feed: &'a str,
    revision: u32,
    applied: Applied,
    buckets: BTreeSet<u16>,
    outbox: BTreeSet<RecordRef>,
    counts: Counts,
    kinds: BTreeMap<String, i64>,
}

struct Stored {
    rowid: i64,
    sha256: Vec<u8>,
    raw: String,
}

impl<'a> Work<'a> {
    fn begin(
        catalog: &'a Catalog,
        transaction: &'a Transaction<'a>,
        plan: &Plan<'a>,
        taxonomies: &'a Taxonomies,
    ) -> Result<Self, StoreError> {
        let manifest = plan.manifest;
        let mut work = Self {
            catalog,
            transaction,
            taxonomies,
            feed: &manifest.feed,
            revision: 0,
            applied: Applied::default(),
            buckets: BTreeSet::new(),
            outbox: BTreeSet::new(),
            counts: Counts::default(),
            kinds: BTreeMap::new(),
        };
        work.revision = 1 + work.sql(transaction.query_row(
            "select value from meta where key = 'revision'",
            [],
            |row| row.get::<_, u32>(0),
        ))?;
        let stored: Option<u32> = work.sql(
            transaction
                .query_row(
                    "select generation from feed where feed = ?",
                    [work.feed],
                    |row| row.get(0),
                )
                .optional(),
        )?;
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
        if let Some(continued) = manifest
            .continues
            .as_deref()
            .filter(|continued| *continued != work.feed)
        {
            work.remove_feed(continued)?;
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
        let total = plan.packs.iter().map(|(info, _)| info.lines).sum();
        let mut done = 0;
        let snapshot = plan.from.is_none();
        if snapshot {
            self.sql(self.transaction.execute_batch(
                "create temp table if not exists kept (rowid integer primary key); delete from kept;",
            ))?;
        }
        for (part, (info, bytes)) in plan.packs.iter().enumerate() {
            let pack = PackReader::open(bytes, info)?;
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
            self.delete_where(
                "feed = ?1 and rowid not in (select rowid from temp.kept)",
                self.feed,
            )?;
        }
        let _ = progress(total, total);
        Ok(())
    }

    fn stored(&self, kind: &str, id: &str) -> Result<Option<Stored>, StoreError> {
        let mut statement = self.sql(self.transaction.prepare_cached(
            "select rowid, sha256, raw from record where feed = ? and kind = ? and id = ?",
        ))?;
        self.sql(
            statement
                .query_row(params![self.feed, kind, id], |row| {
                    Ok(Stored {
                        rowid: row.get("rowid")?,
                        sha256: row.get("sha256")?,
                        raw: row.get("raw")?,
                    })
                })
                .optional(),
        )
    }

    fn put(&mut self, kind: &str, id: &str, raw: &str, snapshot: bool) -> Result<(), StoreError> {
        let sha256 = Digest::of(raw.as_bytes());
        let stored = self.stored(kind, id)?;
        let rowid = match stored {
            Some(stored) if stored.sha256 == sha256.0 => stored.rowid,
            Some(stored) => {
                self.count(kind, &stored.raw, -1)?;
                self.unlink(stored.rowid)?;
                let mut statement = self.sql(
                    self.transaction
                        .prepare_cached("update record set sha256 = ?, raw = ? where rowid = ?"),
                )?;
                self.sql(statement.execute(params![sha256.0, raw, stored.rowid]))?;
                self.applied.changed += 1;
                self.enter(kind, id, raw, stored.rowid)?;
                stored.rowid
            }
            None => {
                let mut statement = self.sql(self.transaction.prepare_cached(
                    "insert into record (feed, kind, id, bucket, sha256, raw) values (?, ?, ?, ?, ?, ?)",
                ))?;
                let rowid = self.sql(statement.insert(params![
                    self.feed,
                    kind,
                    id,
                    digest::bucket(kind, id),
                    sha256.0,
                    raw
                ]))?;
                self.applied.added += 1;
                self.enter(kind, id, raw, rowid)?;
                rowid
            }
        };
        if snapshot {
            let mut statement = self.sql(
                self.transaction
                    .prepare_cached("insert into temp.kept values (?)"),
            )?;
            self.sql(statement.execute([rowid]))?;
        }
        Ok(())
    }

    /// Everything that follows from a record: links, counts, digest, index document.
    fn enter(&mut self, kind: &str, id: &str, raw: &str, rowid: i64) -> Result<(), StoreError> {
        self.touch(kind, id);
        let Some(record) = self.count(kind, raw, 1)? else {
            return Ok(());
        };
        if record.head().id != id {
            return Err(StoreError::Refused(format!(
                "record {kind}/{id} calls itself {}",
                record.head().id
            )));
        }
        let lists = record
            .head()
            .lists
            .iter()
            .map(|membership| ("listed_in", &membership.list, None));
        let links = record
            .head()
            .links
            .iter()
            .map(|link| (link.rel.as_str(), &link.to, link.clause.as_deref()));
        let targets: Vec<_> = links.chain(lists).collect();
        for (rel, to, clause) in targets {
            // A target that is no reference leads nowhere; the publisher's checks refuse it, a reader lives with it.
            let Ok(target) = RecordRef::resolve(self.feed, to) else {
                continue;
            };
            let mut statement = self.sql(self.transaction.prepare_cached(
                "insert into link (source, rel, feed, kind, id, clause) values (?, ?, ?, ?, ?, ?)",
            ))?;
            self.sql(statement.execute(params![
                rowid,
                rel,
                target.feed,
                target.kind,
                target.id,
                clause
            ]))?;
            // The number of links is part of the target's index document.
            self.outbox.insert(target);
        }
        Ok(())
    }

    fn touch(&mut self, kind: &str, id: &str) {
        self.buckets.insert(digest::bucket(kind, id));
        self.outbox.insert(RecordRef {
            feed: self.feed.to_owned(),
            kind: kind.to_owned(),
            id: id.to_owned(),
        });
    }

    /// Adds a record to the counts or takes it out; answers the record if its kind is known.
    fn count(&mut self, kind: &str, raw: &str, by: i64) -> Result<Option<Record>, StoreError> {
        *self.kinds.entry(kind.to_owned()).or_default() += by;
        let Some(known) = Kind::parse(kind) else {
            return Ok(None);
        };
        let record: Record = serde_json::from_str(raw).map_err(|error| {
            StoreError::Refused(format!("a record of kind {kind} cannot be read: {error}"))
        })?;
        if record.kind() != known {
            return Err(StoreError::Refused(format!(
                "a record under kind {kind} calls itself {}",
                record.kind().as_str()
            )));
        }
        self.counts.add(&record, self.taxonomies, by);
        Ok(Some(record))
    }

    fn unlink(&mut self, rowid: i64) -> Result<(), StoreError> {
        let mut statement = self.sql(
            self.transaction
                .prepare_cached("select feed, kind, id from link where source = ?"),
        )?;
        let targets = self.sql(
            statement
                .query_map([rowid], reference)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>),
        )?;
        self.outbox.extend(targets);
        let mut statement = self.sql(
            self.transaction
                .prepare_cached("delete from link where source = ?"),
        )?;
        self.sql(statement.execute([rowid]))?;
        Ok(())
    }

    fn delete(&mut self, kind: &str, id: &str) -> Result<(), StoreError> {
        match self.stored(kind, id)? {
            Some(stored) => self.delete_row(stored.rowid, kind, id, &stored.raw),
            None => Err(StoreError::Refused(format!(
                "delta removes {kind}/{id}, which is not stored"
            ))),
        }
    }

    fn delete_row(
        &mut self,
        rowid: i64,
        kind: &str,
        id: &str,
        raw: &str,
    ) -> Result<(), StoreError> {
        self.touch(kind, id);
        self.count(kind, raw, -1)?;
        self.unlink(rowid)?;
        let mut statement = self.sql(
            self.transaction
                .prepare_cached("delete from record where rowid = ?"),
        )?;
        self.sql(statement.execute([rowid]))?;
        self.applied.removed += 1;
        Ok(())
    }

    fn delete_where(&mut self, condition: &str, feed: &str) -> Result<(), StoreError> {
        let mut statement = self.sql(self.transaction.prepare(&format!(
            "select rowid, kind, id, raw from record where {condition}"
        )))?;
        let rows = self.sql(
            statement
                .query_map([feed], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })
                .and_then(Iterator::collect::<Result<Vec<(i64, String, String, String)>, _>>),
        )?;
        for (rowid, kind, id, raw) in rows {
            self.delete_row(rowid, &kind, &id, &raw)?;
        }
        Ok(())
    }

    fn remove_feed(&mut self, feed: &'a str) -> Result<(), StoreError> {
        let own = std::mem::replace(&mut self.feed, feed);
        self.delete_where("feed = ?1", feed)?;
        self.feed = own;
        // Buckets of the other feed go as a whole; what was touched there says nothing about this one.
        self.buckets.clear();
        self.sql(
            self.transaction
                .execute("delete from bucket where feed = ?", [feed]),
        )?;
        self.sql(
            self.transaction
                .execute("delete from feed where feed = ?", [feed]),
        )?;
        Ok(())
    }

    fn finish(mut self, plan: &Plan<'_>) -> Result<Applied, StoreError> {
        let manifest = plan.manifest;
        let digest = self.digest()?;
        let records: u32 = self.sql(self.transaction.query_row(
            "select count(*) from record where feed = ?",
            [self.feed],
            |row| row.get(0),
        ))?;
        if digest.to_string() != manifest.state.digest || records != manifest.state.records {
            return Err(StoreError::Refused(format!(
                "the result has {records} records and digest {digest}, promised were {} and {}",
                manifest.state.records, manifest.state.digest
            )));
        }
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
        let title = serde_json::to_string(&manifest.title).unwrap_or_default();
        self.sql(self.transaction.execute(
            "insert or replace into feed (feed, generation, digest, published, title, records) values (?, ?, ?, ?, ?, ?)",
            params![self.feed, manifest.generation, manifest.state.digest, manifest.published, title, records],
        ))?;
        for target in &self.outbox {
            let mut statement = self.sql(
                self.transaction
                    .prepare_cached("insert into outbox values (?, ?, ?, ?)"),
            )?;
            self.sql(statement.execute(params![
                self.revision,
                target.feed,
                target.kind,
                target.id
            ]))?;
        }
        self.sql(self.transaction.execute(
            "update meta set value = ? where key = 'revision'",
            [self.revision],
        ))?;
        self.applied.revision = self.revision;
        Ok(self.applied)
    }

    fn digest(&mut self) -> Result<Digest, StoreError> {
        for bucket in std::mem::take(&mut self.buckets) {
            let mut hasher = BucketHasher::default();
            let mut statement = self.sql(self.transaction.prepare_cached(
                "select kind, id, sha256 from record where feed = ? and bucket = ? order by kind, id",
            ))?;
            let mut rows = self.sql(statement.query(params![self.feed, bucket]))?;
            while let Some(row) = self.sql(rows.next())? {
                let (kind, id, sha256): (String, String, [u8; 32]) =
                    self.sql((|| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))())?;
                hasher.add(&kind, &id, &Digest(sha256));
            }
            let mut statement = self.sql(
                self.transaction
                    .prepare_cached("insert or replace into bucket values (?, ?, ?)"),
            )?;
            self.sql(statement.execute(params![self.feed, bucket, hasher.finish().0]))?;
        }
        let mut buckets = vec![BucketHasher::default().finish(); usize::from(BUCKETS)];
        let mut statement = self.sql(
            self.transaction
                .prepare_cached("select bucket, digest from bucket where feed = ?"),
        )?;
        let mut rows = self.sql(statement.query([self.feed]))?;
        while let Some(row) = self.sql(rows.next())? {
            let (bucket, digest): (u16, [u8; 32]) =
                self.sql((|| Ok((row.get(0)?, row.get(1)?)))())?;
            if let Some(slot) = buckets.get_mut(usize::from(bucket)) {
                *slot = Digest(digest);
            }
        }
        Ok(digest::whole(buckets.into_iter()))
    }
}

pub(super) fn reference(row: &rusqlite::Row<'_>) -> rusqlite::Result<RecordRef> {
    Ok(RecordRef {
        feed: row.get("feed")?,
        kind: row.get("kind")?,
        id: row.get("id")?,
    })
}
