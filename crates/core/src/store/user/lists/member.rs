//! The records of a list: adding them, taking them off, their order.

use rusqlite::{OptionalExtension as _, params};

use super::{Desk, Edited, LISTS, MEMBERS_MAX, refused};
use crate::api::types::{Edit, StoredMember};
use crate::model::{Record, RecordRef};
use crate::store::StoreError;

/// The members of a list as stored, by place.
pub(super) fn members_of(desk: &Desk<'_>, list: &str) -> Result<Vec<StoredMember>, StoreError> {
    let mut statement = desk
        .transaction
        .prepare_cached("select ref, place, added, copy from member where list = ? order by place")
        .map_err(|error| desk.sql(error))?;
    let rows = statement
        .query_map([list], |row| {
            Ok((
                row.get::<_, String>("ref")?,
                row.get("place")?,
                row.get("added")?,
                row.get("copy")?,
            ))
        })
        .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
        .map_err(|error| desk.sql(error))?;
    Ok(rows
        .into_iter()
        .filter_map(|(reference, place, added, copy)| {
            Some(StoredMember {
                reference: reference.parse().ok()?,
                place,
                added,
                copy,
            })
        })
        .collect())
}

/// Puts members at their places, which follow from the first to the last, and answers how many were not there.
pub(super) fn insert(
    desk: &Desk<'_>,
    list: &str,
    members: &[StoredMember],
) -> Result<Vec<RecordRef>, StoreError> {
    let mut inserted = Vec::new();
    let mut count = desk
        .members(list)?
        .ok_or_else(|| StoreError::NotFound(list.to_owned()))?;
    for member in members {
        if holds(desk, list, &member.reference)? {
            continue;
        }
        if count as usize >= MEMBERS_MAX {
            return refused("members");
        }
        let place = member.place.min(count);
        desk.shift_members(list, place, 1)?;
        desk.run(
            "insert into member values (?, ?, ?, ?, ?)",
            params![
                list,
                member.reference.to_string(),
                place,
                member.added,
                member.copy
            ],
        )?;
        count += 1;
        inserted.push(member.reference.clone());
    }
    Ok(inserted)
}

fn holds(desk: &Desk<'_>, list: &str, reference: &RecordRef) -> Result<bool, StoreError> {
    desk.transaction
        .query_row(
            "select exists (select 1 from member where list = ? and ref = ?)",
            params![list, reference.to_string()],
            |row| row.get(0),
        )
        .map_err(|error| desk.sql(error))
}

/// Adds records at the end, with copies of them as they are now.
pub(in crate::store::user) fn add_members(
    desk: &Desk<'_>,
    list: &str,
    refs: &[RecordRef],
) -> Edited {
    if refs.len() > MEMBERS_MAX {
        return refused("refs");
    }
    let mut members = Vec::new();
    for reference in refs {
        if holds(desk, list, reference)? {
            continue;
        }
        let missing = || StoreError::NotFound(reference.to_string());
        members.push(StoredMember {
            reference: reference.clone(),
            place: u32::MAX,
            added: desk.now.to_owned(),
            copy: desk.copy_of(reference)?.ok_or_else(missing)?,
        });
    }
    put(desk, list, &members)
}

/// Puts records back as they were.
pub(in crate::store::user) fn restore_members(
    desk: &Desk<'_>,
    list: &str,
    members: &[StoredMember],
) -> Edited {
    let whole = |member: &StoredMember| serde_json::from_str::<Record>(&member.copy).is_ok();
    if members.len() > MEMBERS_MAX || !members.iter().all(whole) {
        return refused("members");
    }
    put(desk, list, members)
}

fn put(desk: &Desk<'_>, list: &str, members: &[StoredMember]) -> Edited {
    let refs = insert(desk, list, members)?;
    let inverse = (!refs.is_empty()).then(|| Edit::RemoveMembers {
        list: list.to_owned(),
        refs,
    });
    Ok((inverse, LISTS))
}

/// Takes records off a list.
pub(in crate::store::user) fn remove_members(
    desk: &Desk<'_>,
    list: &str,
    refs: &[RecordRef],
) -> Edited {
    if refs.len() > MEMBERS_MAX {
        return refused("refs");
    }
    let mut removed: Vec<StoredMember> = Vec::new();
    for reference in refs {
        let member = desk
            .transaction
            .query_row(
                "delete from member where list = ? and ref = ? returning place, added, copy",
                params![list, reference.to_string()],
                |row| {
                    Ok(StoredMember {
                        reference: reference.clone(),
                        place: row.get("place")?,
                        added: row.get("added")?,
                        copy: row.get("copy")?,
                    })
                },
            )
            .optional()
            .map_err(|error| desk.sql(error))?;
        if let Some(member) = member {
            desk.shift_members(list, member.place + 1, -1)?;
            removed.push(member);
        }
    }
    if removed.is_empty() {
        return Ok((None, LISTS));
    }
    // The last one taken off goes back first: each place is that of the list as it was then.
    removed.reverse();
    let inverse = Edit::RestoreMembers {
        list: list.to_owned(),
        members: removed,
    };
    Ok((Some(inverse), LISTS))
}

/// Gives a record another place.
pub(in crate::store::user) fn move_member(
    desk: &Desk<'_>,
    list: &str,
    reference: &RecordRef,
    to: u32,
) -> Edited {
    let from: Option<u32> = desk
        .transaction
        .query_row(
            "select place from member where list = ? and ref = ?",
            params![list, reference.to_string()],
            |row| row.get("place"),
        )
        .optional()
        .map_err(|error| desk.sql(error))?;
    let from = from.ok_or_else(|| StoreError::NotFound(reference.to_string()))?;
    let last = desk.members(list)?.unwrap_or(1).saturating_sub(1);
    let to = to.min(last);
    if to == from {
        return Ok((None, LISTS));
    }
    desk.shift_members(list, from + 1, -1)?;
    desk.shift_members(list, to, 1)?;
    desk.run(
        "update member set place = ?3 where list = ?1 and ref = ?2",
        params![list, reference.to_string(), to],
    )?;
    let inverse = Edit::MoveMember {
        list: list.to_owned(),
        reference: reference.clone(),
        to: from,
    };
    Ok((Some(inverse), LISTS))
}
