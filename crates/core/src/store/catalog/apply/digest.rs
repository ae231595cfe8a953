//! The digest over the stored bucket digests: only the buckets that a plan touched are computed anew.

use rusqlite::params;

use super::Work;
use crate::feed::digest::{self, BUCKETS, BucketHasher, Digest};
use crate::store::StoreError;

impl Work<'_> {
    pub(super) fn digest(&mut self) -> Result<Digest, StoreError> {
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
