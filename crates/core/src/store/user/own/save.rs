//! Writing own records, and moving them to the trash.

use rusqlite::{OptionalExtension as _, params};

use super::{Desk, OWN, RECORDS_MAX, check, links};
use crate::api::types::{Changes, Edit};
use crate::model::RecordRef;
use crate::store::StoreError;
use crate::store::user::edit::{Edited, refused};
use crate::store::user::{drafts, trash};

/// Puts each record in the place of what is there; one without a document goes to the trash.
pub(in crate::store::user) fn save(
    desk: &Desk<'_>,
    records: &[(RecordRef, Option<String>)],
) -> Edited {
    if records.len() > RECORDS_MAX {
        return refused("records");
    }
    let mut former = Vec::new();
    let mut removed = Vec::new();
    for (reference, document) in records {
        let Some(document) = document else {
            if !reference.is_own() {
                return refused("ref");
            }
            if let Some(document) = remove(desk, reference)? {
                removed.push((reference.clone(), document));
            }
            continue;
        };
        let stored = stored(desk, reference)?;
        if stored.as_ref() != Some(document) {
            let created = trash::take(desk, reference)?.map(|taken| taken.created);
            put(desk, reference, document, created.as_deref())?;
            former.push((reference.clone(), stored));
        }
        // What was being written is written.
        drafts::delete(desk, reference)?;
    }
    let changes = Changes {
        trash: !removed.is_empty(),
        ..OWN
    };
    if former.is_empty() && removed.is_empty() {
        return Ok((None, changes));
    }
    // What went to the trash lies there whole: no need to keep it in memory too.
    if former.is_empty() {
        let refs = removed.into_iter().map(|(reference, _)| reference);
        let refs = refs.collect();
        return Ok((Some(Edit::RestoreTrash { refs }), changes));
    }
    former.extend(
        removed
            .into_iter()
            .map(|(reference, document)| (reference, Some(document))),
    );
    // Taken back in the opposite order, should one record be named twice.
    former.reverse();
    let changes = Changes {
        trash: true,
        ..changes
    };
    Ok((Some(Edit::SaveRecords { records: former }), changes))
}

/// Writes a record in the place of what is there. A new one was written down when `created` says, otherwise now.
pub(in crate::store::user) fn put(
    desk: &Desk<'_>,
    reference: &RecordRef,
    document: &str,
    created: Option<&str>,
) -> Result<(), StoreError> {
    let record = check(reference, document)?;
    desk.transaction
        .prepare_cached(
            "insert into own (ref, kind, name, created, changed, document) values (?1, ?2, ?3, ?4, ?5, ?6) \
             on conflict (ref) do update set name = ?3, changed = ?5, document = ?6",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                reference.to_string(),
                reference.kind,
                record.head().name.any(),
                created.unwrap_or(desk.now),
                desk.now,
                document,
            ])
        })
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    links::write(desk, reference, &record)?;
    desk.touch(reference, document)
}

/// Moves a record to the trash and answers its document; nothing happens when it is not there.
pub(in crate::store::user) fn remove(
    desk: &Desk<'_>,
    reference: &RecordRef,
) -> Result<Option<String>, StoreError> {
    let row: Option<(String, String, String)> = desk
        .transaction
        .prepare_cached("delete from own where ref = ? returning name, created, document")
        .and_then(|mut statement| {
            statement
                .query_row([reference.to_string()], |row| {
                    Ok((row.get("name")?, row.get("created")?, row.get("document")?))
                })
                .optional()
        })
        .map_err(|error| StoreError::sqlite(desk.path, error))?;
    let Some((name, created, document)) = row else {
        return Ok(None);
    };
    trash::put(desk, reference, &name, &created, &document)?;
    desk.touch(reference, "")?;
    Ok(Some(document))
}

/// The document of a record as stored.
pub(in crate::store::user) fn stored(
    desk: &Desk<'_>,
    reference: &RecordRef,
) -> Result<Option<String>, StoreError> {
    desk.transaction
        .prepare_cached("select document from own where ref = ?")
        .and_then(|mut statement| {
            statement
                .query_row([reference.to_string()], |row| row.get("document"))
                .optional()
        })
        .map_err(|error| StoreError::sqlite(desk.path, error))
}
