//! Reading the catalog: records, links, counts, state of the feeds.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::Catalog;
use super::apply::reference;
use crate::api::types::{FeedStatus, LinkView};
use crate::model::{Code, Kind, Name, Record, RecordRef, Text};
use crate::store::StoreError;

/// A record by its reference.
const RAW: &str = "select raw from record where feed = ? and kind = ? and id = ?";

/// How a record is linked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LinkCounts {
    /// Links in both directions, lists not counted.
    pub links: u32,
    /// Cases that point to the record.
    pub cases: u32,
}

impl Catalog {
    /// Local revision; grows with every change.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn revision(&self) -> Result<u32, StoreError> {
        self.read(|connection| {
            connection.query_row("select value from meta where key = 'revision'", [], |row| {
                row.get(0)
            })
        })
    }

    /// The feeds, by id.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn feeds(&self) -> Result<Vec<FeedStatus>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select * from feed order by feed")?
                .query_map([], feed_from_row)?
                .collect()
        })
    }

    /// Which feed replaced which, by the id of the replacing one.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn replaced(&self) -> Result<BTreeMap<String, String>, StoreError> {
        self.pairs("select feed, continues from feed where continues is not null")
    }

    /// The copies of what is known about the sources of feeds.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn sources(&self) -> Result<BTreeMap<String, String>, StoreError> {
        self.pairs("select feed, source from feed where source is not null")
    }

    fn pairs(&self, sql: &str) -> Result<BTreeMap<String, String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(sql)?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }

    /// Records per kind.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn kinds(&self) -> Result<BTreeMap<String, u32>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select kind, records from kind_count")?
                .query_map([], |row| Ok((row.get("kind")?, row.get("records")?)))?
                .collect()
        })
    }

    /// A record exactly as published.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn raw(&self, reference: &RecordRef) -> Result<Option<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(RAW)?
                .query_row(
                    params![reference.feed, reference.kind, reference.id],
                    |row| row.get("raw"),
                )
                .optional()
        })
    }

    /// A record of a kind that this version knows.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn record(&self, reference: &RecordRef) -> Result<Option<Arc<Record>>, StoreError> {
        Ok(self
            .raw(reference)?
            .and_then(|raw| serde_json::from_str(&raw).ok())
            .map(Arc::new))
    }

    /// Several records in the order asked for, all as of one revision; nothing for those that are not there.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn records(
        &self,
        references: &[RecordRef],
    ) -> Result<Vec<Option<Arc<Record>>>, StoreError> {
        self.read(|connection| {
            // One transaction: each of its own would lock the file again.
            let transaction = connection.unchecked_transaction()?;
            let mut statement = transaction.prepare_cached(RAW)?;
            let mut records = Vec::with_capacity(references.len());
            for reference in references {
                let record = statement
                    .query_row(
                        params![reference.feed, reference.kind, reference.id],
                        |row| Ok(serde_json::from_str(row.get_ref("raw")?.as_str()?).ok()),
                    )
                    .optional()?;
                records.push(record.flatten().map(Arc::new));
            }
            Ok(records)
        })
    }

    /// The records that point to a record by a relation, in the order of their references.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn pointing_at(
        &self,
        target: &RecordRef,
        relation: &str,
    ) -> Result<Vec<RecordRef>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select source.feed, source.kind, source.id from link
                     join record as source on source.rowid = link.source
                     where link.feed = ? and link.kind = ? and link.id = ? and link.rel = ?
                     order by source.feed, source.kind, source.id",
                )?
                .query_map(
                    params![target.feed, target.kind, target.id, relation],
                    reference,
                )?
                .collect()
        })
    }

    /// Every record of a kind exactly as published, in reference order.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn all_of(&self, kind: Kind) -> Result<Vec<(RecordRef, String)>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "select feed, kind, id, raw from record where kind = ? order by feed, id",
                )?
                .query_map([kind.as_str()], |row| {
                    Ok((reference(row)?, row.get("raw")?))
                })?
                .collect()
        })
    }

    /// How a record is linked.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn link_counts(&self, reference: &RecordRef) -> Result<LinkCounts, StoreError> {
        self.read(|connection| link_counts(connection, reference))
    }

    /// Links of a record in both directions, forward ones first, each with the name of the other record.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn links(&self, reference: &RecordRef) -> Result<Vec<LinkView>, StoreError> {
        self.read(|connection| {
            let mut links: Vec<LinkView> = connection
                .prepare_cached(include_str!("links.sql"))?
                .query_map(
                    params![reference.feed, reference.kind, reference.id],
                    link_from_row,
                )?
                .filter_map(Result::transpose)
                .collect::<rusqlite::Result<_>>()?;
            links.sort_by(|a, b| {
                (b.forward, &a.rel, &a.reference).cmp(&(a.forward, &b.rel, &b.reference))
            });
            Ok(links)
        })
    }

    /// Name of a record, if it is there.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn name(&self, reference: &RecordRef) -> Result<Option<Text>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("select raw -> '$.name' as name from record where feed = ? and kind = ? and id = ?")?
                .query_row(params![reference.feed, reference.kind, reference.id], |row| Ok(name_from_json(&row.get::<_, String>("name")?)))
                .optional()
        })
    }

    /// Records changed after `revision`, if the outbox still reaches back so far.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn outbox(&self, revision: u32) -> Result<Option<Vec<RecordRef>>, StoreError> {
        self.read(|connection| {
            let current: u32 = connection.query_row("select value from meta where key = 'revision'", [], |row| row.get(0))?;
            let mut covered = connection.prepare_cached("select count(distinct revision) from outbox where revision > ?")?;
            let covered: u32 = covered.query_row([revision], |row| row.get(0))?;
            if revision > current || covered != current - revision {
                return Ok(None);
            }
            connection
                .prepare_cached("select distinct feed, kind, id from outbox where revision > ? order by feed, kind, id")?
                .query_map([revision], reference)?
                .collect::<rusqlite::Result<Vec<_>>>()
                .map(Some)
        })
    }

    /// Entries of the outbox.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn outbox_len(&self) -> Result<u32, StoreError> {
        self.read(|connection| {
            connection.query_row("select count(*) from outbox", [], |row| row.get(0))
        })
    }

    /// Forgets the outbox up to a revision that the index has committed.
    ///
    /// # Errors
    /// Those of writing the catalog.
    pub fn prune_outbox(&self, revision: u32) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .execute("delete from outbox where revision <= ?", [revision])
                .map(|_| ())
                .map_err(|error| StoreError::sqlite(self.path(), error))
        })
    }

    /// Visits every record of a known kind in reference order, all as of one revision, which is answered.
    ///
    /// # Errors
    /// Those of reading the catalog, and what `visit` returns.
    pub fn for_each<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(&RecordRef, &Record, LinkCounts) -> Result<(), E>,
    ) -> Result<u32, E> {
        let mut failure = None;
        let revision = self.read(|connection| {
            // One read transaction: the walk sees one state even when a sync commits meanwhile.
            let transaction = connection.unchecked_transaction()?;
            let revision = transaction.query_row(
                "select value from meta where key = 'revision'",
                [],
                |row| row.get(0),
            )?;
            let mut statement = transaction
                .prepare("select feed, kind, id, raw from record order by feed, kind, id")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let target = reference(row)?;
                let raw = row.get_ref("raw")?.as_str()?;
                if Kind::parse(&target.kind).is_none() {
                    continue;
                }
                let Ok(record) = serde_json::from_str::<Record>(raw) else {
                    continue;
                };
                let counts = link_counts(&transaction, &target)?;
                if let Err(error) = visit(&target, &record, counts) {
                    failure = Some(error);
                    break;
                }
            }
            Ok(revision)
        })?;
        failure.map_or(Ok(revision), Err)
    }
}

fn link_counts(connection: &Connection, reference: &RecordRef) -> rusqlite::Result<LinkCounts> {
    connection
        .prepare_cached(include_str!("link_counts.sql"))?
        .query_row(
            params![reference.feed, reference.kind, reference.id],
            |row| {
                Ok(LinkCounts {
                    links: row.get("links")?,
                    cases: row.get("cases")?,
                })
            },
        )
}

fn feed_from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<FeedStatus> {
    let title: String = row.get("title")?;
    Ok(FeedStatus {
        feed: row.get("feed")?,
        title: text_from_json(&title),
        generation: row.get("generation")?,
        digest: row.get("digest")?,
        published: row.get("published")?,
        records: row.get("records")?,
    })
}

/// A link whose other end is a record of a known kind.
fn link_from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<LinkView>> {
    let target = reference(row)?;
    let Some(kind) = Kind::parse(&target.kind) else {
        return Ok(None);
    };
    Ok(Some(LinkView {
        rel: Code(row.get("rel")?),
        forward: row.get("forward")?,
        reference: target,
        kind,
        name: name_from_json(&row.get::<_, String>("name")?),
        clause: row.get("clause")?,
        inferred: row.get("inferred")?,
    }))
}

pub(super) fn text_from_json(json: &str) -> Text {
    serde_json::from_str(json).unwrap_or_default()
}

pub(super) fn name_from_json(json: &str) -> Text {
    let name: Name = serde_json::from_str(json).unwrap_or_default();
    Text {
        zh: name.zh,
        en: name.en,
    }
}
