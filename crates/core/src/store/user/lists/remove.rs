//! Removing a list, and putting it back whole.

use rusqlite::{OptionalExtension as _, params};

use super::member::{insert, members_of};
use super::{Desk, Edited, LISTS, LISTS_MAX, MEMBERS_MAX, NOTE_MAX, named, refused};
use crate::api::types::{Edit, StoredList};
use crate::model::reference::is_uuid;

/// Removes a list with its members; the records stay where they are.
pub(in crate::store::user) fn remove(desk: &Desk<'_>, list: &str) -> Edited {
    let stored: Option<StoredList> = desk
        .transaction
        .query_row("select * from list where id = ?", [list], |row| {
            Ok(StoredList {
                id: row.get("id")?,
                name: row.get("name")?,
                note: row.get("note")?,
                place: row.get("place")?,
                created: row.get("created")?,
                members: Vec::new(),
            })
        })
        .optional()
        .map_err(|error| desk.sql(error))?;
    let Some(mut stored) = stored else {
        return Ok((None, LISTS));
    };
    stored.members = members_of(desk, list)?;
    desk.run("delete from list where id = ?", [list])?;
    desk.shift_lists(stored.place + 1, -1)?;
    let inverse = Edit::RestoreList {
        list: Box::new(stored),
    };
    Ok((Some(inverse), LISTS))
}

/// Puts a list back as it was.
pub(in crate::store::user) fn restore(desk: &Desk<'_>, stored: &StoredList) -> Edited {
    let lists = desk.count("select count(*) from list")?;
    if !is_uuid(&stored.id) || lists >= LISTS_MAX || desk.members(&stored.id)?.is_some() {
        return refused("list");
    }
    let name = named(&stored.name, "name")?;
    if stored.note.len() > NOTE_MAX {
        return refused("note");
    }
    if stored.members.len() > MEMBERS_MAX {
        return refused("members");
    }
    let place = stored.place.min(lists);
    desk.shift_lists(place, 1)?;
    desk.run(
        "insert into list values (?, ?, ?, ?, ?)",
        params![stored.id, name, stored.note, place, stored.created],
    )?;
    insert(desk, &stored.id, &stored.members)?;
    let inverse = Edit::RemoveList {
        list: stored.id.clone(),
    };
    Ok((Some(inverse), LISTS))
}
