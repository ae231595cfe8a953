//! Reading what is new.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};
use serde_json::Value;

use super::Catalog;
use super::apply::change_name;
use crate::api::types::{
    Change, FieldChange, NewsEntry, NewsPage, NewsRecord, NewsRequest, NewsSync,
};
use crate::model::{Name, RecordRef, Text};
use crate::store::StoreError;

/// Objects are compared field by field down to here; what is deeper changes as a whole.
const DEPTH: usize = 3;

const FROM: &str = "from news join news_sync using (revision)
  where (:revision is null or news.revision = :revision) and (:feed is null or news_sync.feed = :feed)
    and (:kind is null or news.kind = :kind) and (:change is null or news.change = :change)";

const ENTRY: &str = "select news.revision, news_sync.feed, news.kind, news.id, news.change, news.name, news.before, news.after,
  exists (select 1 from record where record.feed = news_sync.feed and record.kind = news.kind and record.id = news.id) as present";

impl Catalog {
    /// A page of news.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn news(&self, request: &NewsRequest) -> Result<NewsPage, StoreError> {
        self.read(|connection| {
            let narrow = named_params! {
                ":revision": request.revision,
                ":feed": request.feed,
                ":kind": request.kind,
                ":change": request.change.map(change_name),
            };
            let total = connection
                .prepare_cached(&format!("select count(*) {FROM}"))?
                .query_row(narrow, |row| row.get(0))?;
            // Numbers of our own, not texts of somebody: they may stand in the statement.
            let page = format!(
                "{ENTRY} {FROM} order by news.revision desc, news.kind, news.id limit {} offset {}",
                request.limit, request.offset
            );
            let entries = connection
                .prepare(&page)?
                .query_map(narrow, |row| entry(row).map(|(entry, _, _)| entry))?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(NewsPage {
                syncs: syncs(connection, request)?,
                total,
                entries,
            })
        })
    }

    /// The records that syncs added or changed after the one that [`Self::newest_sync`] named, as far as they are in the
    /// catalog; and whether there may be more, because not all were listed one by one. The first generation of a feed is
    /// no news.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn changed_since(&self, seen: &str) -> Result<(BTreeSet<String>, bool), StoreError> {
        self.read(|connection| {
            let changed = connection
                .prepare_cached(
                    "select distinct feed || '/' || kind || '/' || id from news join news_sync using (revision)
                     where at || printf(' %010d', revision) > ? and change <> 'removed'",
                )?
                .query_map([seen], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let more = connection
                .prepare_cached(
                    "select exists (select 1 from news_sync
                     where at || printf(' %010d', revision) > ? and from_generation > 0 and listed < added + changed + removed)",
                )?
                .query_row([seen], |row| row.get(0))?;
            Ok((changed, more))
        })
    }

    /// Names the newest sync so that names sort as syncs follow each other, even when a catalog is built anew and counts
    /// from one again: when it was applied (ISO 8601), then its revision. Empty while there was none.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn newest_sync(&self) -> Result<String, StoreError> {
        self.read(|connection| {
            connection.query_row(
                "select coalesce(max(at || printf(' %010d', revision)), '') from news_sync",
                [],
                |row| row.get(0),
            )
        })
    }

    /// One record of a sync, before and after.
    ///
    /// # Errors
    /// Those of reading the catalog.
    pub fn news_record(
        &self,
        revision: u32,
        reference: &RecordRef,
    ) -> Result<Option<NewsRecord>, StoreError> {
        self.read(|connection| {
            let select = format!(
                "{ENTRY} from news join news_sync using (revision)
                 where news.revision = ? and news_sync.feed = ? and news.kind = ? and news.id = ?"
            );
            connection
                .prepare_cached(&select)?
                .query_row(
                    params![revision, reference.feed, reference.kind, reference.id],
                    |row| {
                        let (entry, before, after) = entry(row)?;
                        Ok(NewsRecord {
                            entry,
                            before,
                            after,
                        })
                    },
                )
                .optional()
        })
    }
}

fn syncs(connection: &Connection, request: &NewsRequest) -> rusqlite::Result<Vec<NewsSync>> {
    connection
        .prepare_cached(
            "select news_sync.*, coalesce(feed.title, '{}') as title from news_sync left join feed using (feed)
             where (?1 is null or revision = ?1) and (?2 is null or feed = ?2) order by revision desc",
        )?
        .query_map(params![request.revision, request.feed], |row| {
            let title: String = row.get("title")?;
            Ok(NewsSync {
                revision: row.get("revision")?,
                feed: row.get("feed")?,
                title: serde_json::from_str(&title).unwrap_or_default(),
                at: row.get("at")?,
                from: row.get("from_generation")?,
                to: row.get("to_generation")?,
                added: row.get("added")?,
                changed: row.get("changed")?,
                removed: row.get("removed")?,
                listed: row.get("listed")?,
            })
        })?
        .collect()
}

fn entry(row: &Row<'_>) -> rusqlite::Result<(NewsEntry, Option<Value>, Option<Value>)> {
    let json = |column: &str| -> rusqlite::Result<Option<Value>> {
        let text: Option<String> = row.get(column)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    };
    let (before, after) = (json("before")?, json("after")?);
    let change: String = row.get("change")?;
    let change = [Change::Added, Change::Changed, Change::Removed]
        .into_iter()
        .find(|known| change_name(*known) == change)
        .unwrap_or(Change::Changed);
    let name: String = row.get("name")?;
    let name: Name = serde_json::from_str(&name).unwrap_or_default();
    let mut fields = Vec::new();
    if change == Change::Changed {
        compare(
            String::new(),
            before.as_ref(),
            after.as_ref(),
            DEPTH,
            &mut fields,
        );
    }
    let kind: String = row.get("kind")?;
    let entry = NewsEntry {
        revision: row.get("revision")?,
        change,
        reference: RecordRef {
            feed: row.get("feed")?,
            kind: kind.clone(),
            id: row.get("id")?,
        },
        kind,
        name: Text {
            zh: name.zh,
            en: name.en,
        },
        fields,
        present: row.get("present")?,
    };
    Ok((entry, before, after))
}

/// Notes the fields in which two values differ, in the order of their paths.
fn compare(
    path: String,
    old: Option<&Value>,
    new: Option<&Value>,
    depth: usize,
    fields: &mut Vec<FieldChange>,
) {
    if old == new {
        return;
    }
    if depth > 0
        && let (Some(Value::Object(before)), Some(Value::Object(after))) = (old, new)
    {
        let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let inner = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            compare(inner, before.get(key), after.get(key), depth - 1, fields);
        }
        return;
    }
    fields.push(FieldChange {
        field: path,
        old: old.cloned(),
        new: new.cloned(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_compared_one_by_one_and_lists_as_a_whole() {
        let old =
            json!({ "name": { "zh": "甲", "en": "A" }, "city": "x", "stage": ["a"], "same": 1 });
        let new = json!({ "name": { "zh": "乙", "en": "A" }, "stage": ["a", "b"], "same": 1, "date": "2026" });
        let mut fields = Vec::new();
        compare(String::new(), Some(&old), Some(&new), DEPTH, &mut fields);
        let paths: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(paths, ["city", "date", "name.zh", "stage"]);
        assert_eq!((&fields[0].old, &fields[0].new), (&Some(json!("x")), &None));
    }
}
