//! One record: its row, links, counts and everything else that follows from it.

use rusqlite::{OptionalExtension as _, params};

use super::{Work, reference};
use crate::api::types::Change;
use crate::feed::digest::{self, Digest};
use crate::model::{Kind, Record, RecordRef};
use crate::store::StoreError;

/// Relation under which `same_as` is stored: it joins two records wherever links are shown, and counts as no evidence.
const SAME_AS: &str = "same_as";

struct Stored {
    rowid: i64,
    sha256: Vec<u8>,
    raw: String,
}

impl Work<'_> {
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

    pub(super) fn put(
        &mut self,
        kind: &str,
        id: &str,
        raw: &str,
        snapshot: bool,
    ) -> Result<(), StoreError> {
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
                self.tell(Change::Changed, kind, id, Some(&stored.raw), Some(raw))?;
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
                self.tell(Change::Added, kind, id, None, Some(raw))?;
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
        self.touch(kind, id)?;
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
        let same = record.head().same_as.iter().map(ToString::to_string);
        let same: Vec<String> = same.collect();
        let same = same.iter().map(|to| (SAME_AS, to, None));
        let targets: Vec<_> = links.chain(lists).chain(same).collect();
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
            self.post(&target)?;
        }
        Ok(())
    }

    fn touch(&mut self, kind: &str, id: &str) -> Result<(), StoreError> {
        self.buckets.insert(digest::bucket(kind, id));
        self.post(&RecordRef {
            feed: self.feed.to_owned(),
            kind: kind.to_owned(),
            id: id.to_owned(),
        })
    }

    /// Has the index document of a record written anew.
    fn post(&mut self, target: &RecordRef) -> Result<(), StoreError> {
        self.posted = true;
        let mut statement = self.sql(
            self.transaction
                .prepare_cached("insert or ignore into outbox values (?, ?, ?, ?)"),
        )?;
        self.sql(statement.execute(params![self.revision, target.feed, target.kind, target.id]))?;
        Ok(())
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
        for target in &targets {
            self.post(target)?;
        }
        let mut statement = self.sql(
            self.transaction
                .prepare_cached("delete from link where source = ?"),
        )?;
        self.sql(statement.execute([rowid]))?;
        Ok(())
    }

    pub(super) fn delete(&mut self, kind: &str, id: &str) -> Result<(), StoreError> {
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
        self.touch(kind, id)?;
        self.count(kind, raw, -1)?;
        self.unlink(rowid)?;
        self.tell(Change::Removed, kind, id, Some(raw), None)?;
        let mut statement = self.sql(
            self.transaction
                .prepare_cached("delete from record where rowid = ?"),
        )?;
        self.sql(statement.execute([rowid]))?;
        self.applied.removed += 1;
        Ok(())
    }

    /// Removes the records of a feed that meet a condition, a few at a time: they may be many. The table is walked once,
    /// in its own order; by an index, each step would sort the rest.
    pub(super) fn delete_all(&mut self, condition: &str, feed: &str) -> Result<(), StoreError> {
        let select = format!(
            "select rowid, kind, id, raw from record not indexed where rowid > ?2 and feed = ?1 and {condition} order by rowid limit 256"
        );
        let mut last = -1_i64;
        loop {
            let rows = {
                let mut statement = self.sql(self.transaction.prepare_cached(&select))?;
                self.sql(
                    statement
                        .query_map(params![feed, last], |row| {
                            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                        })
                        .and_then(
                            Iterator::collect::<Result<Vec<(i64, String, String, String)>, _>>,
                        ),
                )?
            };
            if rows.is_empty() {
                return Ok(());
            }
            for (rowid, kind, id, raw) in rows {
                self.delete_row(rowid, &kind, &id, &raw)?;
                last = rowid;
            }
        }
    }
}
