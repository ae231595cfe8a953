//! What is new: written down in the transaction that makes it so, and only for the last syncs of a feed.

use rusqlite::params;

use super::Work;
use crate::api::types::Change;
use crate::store::StoreError;

/// Syncs kept per feed.
const SYNCS: u32 = 30;
/// Records listed per sync; of more only the counts are kept.
const LISTED: u32 = 5_000;
/// Bytes kept per sync.
const BYTES: usize = 16 << 20;

/// How a change is named in the database.
pub(in crate::store::catalog) fn change_name(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Changed => "changed",
        Change::Removed => "removed",
    }
}

/// What was written down so far.
#[derive(Default)]
pub(super) struct Told {
    /// The first generation of a feed is no news.
    pub(super) silent: bool,
    listed: u32,
    bytes: usize,
}

impl Work<'_> {
    pub(super) fn tell(
        &mut self,
        change: Change,
        kind: &str,
        id: &str,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<(), StoreError> {
        let name_of = after.or(before).unwrap_or("{}");
        // An added record is in the catalog; what is kept of it is the name, should it go again.
        let after = after.filter(|_| change != Change::Added);
        let bytes = before.map_or(0, str::len) + after.map_or(0, str::len);
        if self.told.silent || self.told.listed >= LISTED || self.told.bytes + bytes > BYTES {
            return Ok(());
        }
        self.told.listed += 1;
        self.told.bytes += bytes;
        let mut statement = self.sql(self.transaction.prepare_cached(
            "insert into news (revision, kind, id, change, name, before, after)
             values (?1, ?2, ?3, ?4, coalesce(?5 -> '$.name', '{}'), ?6, ?7)",
        ))?;
        self.sql(statement.execute(params![
            self.revision,
            kind,
            id,
            change_name(change),
            name_of,
            before,
            after
        ]))?;
        Ok(())
    }

    pub(super) fn finish_news(&self, at: &str, from: u32, to: u32) -> Result<(), StoreError> {
        let done = &self.applied;
        self.sql(self.transaction.execute(
            "insert into news_sync values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                self.revision,
                self.feed,
                at,
                from,
                to,
                done.added,
                done.changed,
                done.removed,
                self.told.listed
            ],
        ))?;
        let old = "select revision from news_sync where feed = ?1 order by revision desc limit -1 offset ?2";
        for table in ["news", "news_sync"] {
            self.sql(self.transaction.execute(
                &format!("delete from {table} where revision in ({old})"),
                params![self.feed, SYNCS],
            ))?;
        }
        Ok(())
    }

    pub(super) fn forget_news(&self, feed: &str) -> Result<(), StoreError> {
        let all = "select revision from news_sync where feed = ?";
        for table in ["news", "news_sync"] {
            self.sql(self.transaction.execute(
                &format!("delete from {table} where revision in ({all})"),
                [feed],
            ))?;
        }
        Ok(())
    }
}
